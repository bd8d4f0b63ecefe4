/** Dates and hours in Danish, in Copenhagen's zone, and the bar that moves the sandbox's clock. */

const zone = { timeZone: "Europe/Copenhagen" };
const hourFormat = new Intl.DateTimeFormat("da-DK", { ...zone, hour: "2-digit", minute: "2-digit" });
const dayFormat = new Intl.DateTimeFormat("da-DK", { ...zone, weekday: "long", day: "numeric", month: "long" });
const shortDayFormat = new Intl.DateTimeFormat("da-DK", { ...zone, day: "numeric", month: "short" });
const keyFormat = new Intl.DateTimeFormat("sv-SE", { ...zone, year: "numeric", month: "2-digit", day: "2-digit" });

/** The hour, as 09.10, of a time in seconds since 1970. */
export function hourOf(seconds) {
  return hourFormat.format(seconds * 1000).replace(":", ".");
}

/** The day in words, as "mandag den 2. november". */
export function dayOf(seconds) {
  const parts = Object.fromEntries(dayFormat.formatToParts(seconds * 1000).map(({ type, value }) => [type, value]));
  return `${parts.weekday} den ${parts.day}. ${parts.month}`;
}

/** The hour if it is today, else a short date. */
export function briefOf(seconds, nowMilliseconds) {
  return dayKey(seconds) === dayKey(nowMilliseconds / 1000) ? hourOf(seconds) : shortDayFormat.format(seconds * 1000);
}

const dayKeys = new Map();

/** One text per calendar day in Copenhagen; remembered by quarters of an hour, since each drawing asks for every message. */
export function dayKey(seconds) {
  const quarter = Math.floor(seconds / 900);
  if (!dayKeys.has(quarter)) dayKeys.set(quarter, keyFormat.format(seconds * 1000));
  return dayKeys.get(quarter);
}

const MOVES = {
  hour: { forward: 3600 },
  day: { forward: 86400 },
  monday: { to: "monday9" },
};

/** Shows the sandbox's time and lets the three buttons move it; `notify(text, unseen)` tells of it. */
export function runTimeBar(world, bar, notify) {
  const shown = bar.querySelector("time");
  const show = () => {
    const seconds = world.now() / 1000;
    const text = `${dayOf(seconds)} kl. ${hourOf(seconds)}`;
    if (shown.textContent !== text) {
      shown.textContent = text;
      shown.dateTime = new Date(seconds * 1000).toISOString();
    }
  };
  show();
  setInterval(show, 1000);
  world.addEventListener("state", show);
  for (const button of bar.querySelectorAll("button[data-clock]")) {
    button.addEventListener("click", async () => {
      try {
        await world.post("clock", MOVES[button.dataset.clock]);
        await world.refresh();
        notify(`Nu er det ${shown.textContent}.`, true);
      } catch (error) {
        notify(error.message, false);
      }
    });
  }
}
