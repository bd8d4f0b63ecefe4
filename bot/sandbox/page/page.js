/** The page: the list of phones, the phones that are open, and the bar of time. */

import { runTimeBar } from "./clock.js";
import { askForm, field } from "./dialog.js";
import { avatar, element, icon } from "./element.js";
import { Phone } from "./phone.js";
import { World, nameOf } from "./world.js";

const MEMORY = "prøvetelefoner";
const FIRST_OPEN = 3;
/** Where two phones fit beside each other, they are seen whole: none is put in the middle between two halves. */
const TWO_FIT = window.matchMedia("(min-width: 40.01rem) and (max-width: 56rem)");
const LANGUAGES = [["da", "Dansk"], ["en", "English"], ["uk", "Українська"], ["ar", "العربية"], ["de", "Deutsch"], ["pl", "Polski"], ["tr", "Türkçe"]];

const world = new World();
const phones = new Map();
const unread = new Map();
let chosen = null;
const memory = remember();
const rail = document.getElementById("rail");
const deck = document.getElementById("phones");
const notices = document.getElementById("notices");

/** What this browser keeps: which phones are open and who one is in each group. */
function remember() {
  try {
    return { open: null, identities: {}, ...JSON.parse(localStorage.getItem(MEMORY) ?? "{}") };
  } catch {
    return { open: null, identities: {} };
  }
}

function keep() {
  try {
    localStorage.setItem(MEMORY, JSON.stringify(memory));
  } catch {
    notices.dataset.unsaved = "true";
  }
}

/** A short line at the page's edge; `unseen` ones are for screen readers alone, of what the eye sees anyway. */
function notify(text, unseen = false) {
  const line = element("p", { class: unseen ? "visually-hidden" : null }, text);
  notices.append(line);
  setTimeout(() => line.remove(), 5000);
}

const host = {
  notify,
  close: closePhone,
  identity: (chat) => memory.identities[chat],
  setIdentity(chat, person) {
    memory.identities[chat] = person;
    keep();
  },
  askTopic,
};

function sections() {
  const people = world.state.people;
  const entry = (person) => ({ id: person.id, name: nameOf(person), note: person.blocked ? "har blokeret botten" : person.started ? "" : "ikke begyndt" });
  return [
    ["Borgere", people.filter((person) => !world.isStaff(person.id)).map(entry)],
    ["Grupper", world.groups().map((chat) => ({ id: chat.id, name: chat.title, note: chat.is_forum ? "med emner" : "" }))],
    ["Medarbejdere", people.filter((person) => world.isStaff(person.id)).map(entry)],
  ];
}

/** The phones open before anybody chose: the first citizen, the first group, the first of the staff. */
function usual() {
  const firsts = sections().flatMap(([, entries]) => entries.slice(0, 1));
  const rest = sections().flatMap(([, entries]) => entries.slice(1));
  return [...firsts, ...rest].slice(0, FIRST_OPEN).map((entry) => entry.id);
}

function openIds() {
  const all = sections().flatMap(([, entries]) => entries.map((entry) => entry.id));
  const wanted = new Set(memory.open ?? []);
  const chosen = all.filter((id) => wanted.has(id));
  if (memory.open && (chosen.length || wanted.size === 0)) return chosen;
  const first = new Set(usual());
  return all.filter((id) => first.has(id));
}

/** The page is called by the name that the bot has now. */
function drawTitle() {
  const name = world.state.bot.name;
  document.title = `${name} · prøvetelefoner`;
  document.getElementById("title").replaceChildren(name, " ", element("span", {}, "prøvetelefoner"));
}

function drawPage() {
  drawTitle();
  const ids = openIds();
  for (const [id, phone] of phones) {
    if (ids.includes(id)) continue;
    phone.root.remove();
    phones.delete(id);
  }
  for (const id of ids) if (!phones.has(id)) phones.set(id, new Phone(world, id, host));
  drawOrder(ids);
  for (const phone of phones.values()) phone.draw();
  drawRail();
}

function drawOrder(ids) {
  deck.querySelector(".welcome")?.remove();
  if (!ids.length) deck.prepend(welcomeNode());
  ids.forEach((id, at) => {
    const node = phones.get(id).root;
    if (deck.children[at] !== node) deck.insertBefore(node, deck.children[at] ?? null);
  });
}

function welcomeNode() {
  const nobody = world.state.people.length === 0;
  return element(
    "div",
    { class: "welcome" },
    icon("people"),
    element("h2", {}, nobody ? "Her er ingen endnu" : "Ingen telefoner er åbne"),
    element("p", {}, nobody ? "Lav en borger, og skriv til botten fra borgerens telefon." : "Vælg en telefon i listen, eller lav en ny borger."),
    element("button", { type: "button", class: "primary", onclick: askPerson }, "Lav en borger"),
  );
}

let drawnRail = "";

/** The list is made anew only when it changes: a button that is replaced under the finger loses the press. */
function drawRail() {
  const sign = JSON.stringify([sections(), [...phones.keys()], [...unread]]);
  if (sign !== drawnRail) fillRail();
  drawnRail = sign;
  markInView();
}

function fillRail() {
  const held = document.activeElement?.dataset?.open;
  rail.replaceChildren(...sections().filter(([, entries]) => entries.length).map(([title, entries]) => railSection(title, entries)));
  if (held) rail.querySelector(`[data-open="${held}"]`)?.focus({ preventScroll: true });
}

function railSection(title, entries) {
  const id = `rail-${title.toLowerCase()}`;
  return element(
    "section",
    { "aria-labelledby": id },
    element("h2", { id }, title),
    element("ul", {}, entries.map((entry) => element("li", {}, railButton(entry)))),
  );
}

function railButton({ id, name, note }) {
  const waiting = unread.get(id) ?? 0;
  return element(
    "button",
    { type: "button", class: `rail-button${phones.has(id) ? " is-open" : ""}`, dataset: { open: id }, onclick: () => openPhone(id) },
    avatar(name, id),
    element("span", { class: "rail-words" }, element("span", {}, name), note ? element("small", {}, note) : null),
    waiting ? element("span", { class: "badge" }, String(waiting), element("span", { class: "visually-hidden" }, waiting === 1 ? " ny besked" : " nye beskeder")) : null,
    phones.has(id) ? element("span", { class: "visually-hidden" }, ", åben") : null,
  );
}

function openPhone(id) {
  if (!phones.has(id)) {
    memory.open = [...openIds(), id];
    keep();
    drawPage();
  }
  unread.delete(id);
  drawRail();
  const phone = phones.get(id);
  chosen = id;
  phone.root.scrollIntoView({ inline: TWO_FIT.matches ? "nearest" : "center", block: "nearest" });
  markInView();
  const target = phone.composer.root.hidden ? phone.topics.querySelector("button") : phone.root.querySelector(".gate:not([hidden]) button, form:not([hidden]) textarea");
  // On a touch screen the focus would open the keyboard over the phone that one wants to see.
  if (window.matchMedia("(hover: hover)").matches) target?.focus({ preventScroll: true });
}

function closePhone(id) {
  memory.open = openIds().filter((one) => one !== id);
  keep();
  drawPage();
  (rail.querySelector(`[data-open="${id}"]`) ?? deck).focus();
}

/** The phone that fills the view gets the mark in the list: on a narrow screen the list works as tabs. */
function markInView() {
  const middle = deck.scrollLeft + deck.clientWidth / 2;
  let nearest = null;
  for (const [id, phone] of phones) {
    const centre = phone.root.offsetLeft - deck.offsetLeft + phone.root.offsetWidth / 2;
    // Among several that are seen whole it is the one that was chosen.
    const whole = Math.abs(centre - middle) + phone.root.offsetWidth / 2 <= deck.clientWidth / 2;
    const far = whole && id === chosen ? -1 : Math.abs(centre - middle);
    if (!nearest || far < nearest.far) nearest = { id, far };
  }
  const narrow = deck.scrollWidth > deck.clientWidth + 8;
  for (const button of rail.querySelectorAll("[data-open]")) {
    const current = narrow && Number(button.dataset.open) === nearest?.id;
    if (current && button.getAttribute("aria-current") !== "true") reach(button);
    if (current) button.setAttribute("aria-current", "true");
    else button.removeAttribute("aria-current");
  }
  if (narrow && nearest && unread.delete(nearest.id)) drawRail();
}

/** Brings a tab into the strip without moving the page. */
function reach(button) {
  const strip = rail.parentElement;
  strip.scrollLeft += button.getBoundingClientRect().left - strip.getBoundingClientRect().left - 60;
}

function askPerson() {
  const first = element("input", { type: "text", required: true, maxlength: 64, autocomplete: "off" });
  const last = element("input", { type: "text", maxlength: 64, autocomplete: "off" });
  const language = element("select", {}, LANGUAGES.map(([code, name]) => element("option", { value: code }, name)));
  askForm({
    title: "Ny borger",
    body: [field("Fornavn", first), field("Efternavn, hvis du vil", last), field("Telefonens sprog", language)],
    submitLabel: "Lav borger",
    async submit() {
      const person = await world.post("people", { first_name: first.value.trim(), ...(last.value.trim() ? { last_name: last.value.trim() } : {}), language_code: language.value });
      await world.refresh();
      return () => openPhone(person.id);
    },
  });
}

function askTopic(chat, person) {
  const name = element("input", { type: "text", required: true, maxlength: 128, autocomplete: "off" });
  askForm({
    title: "Nyt emne",
    body: field("Emnets navn", name),
    submitLabel: "Lav emne",
    submit: () => world.post("topic", { chat, by: person, action: "create", name: name.value.trim() }),
  });
}

const undrawn = new Set();

/** Messages that come in a row are drawn together. */
function drawSoon(chat) {
  if (undrawn.has(chat)) return;
  undrawn.add(chat);
  setTimeout(() => {
    undrawn.delete(chat);
    phones.get(chat)?.draw();
  }, 16);
}

/** Counts what comes to phones that nobody sees. */
function arrival({ chat, message }) {
  const phone = phones.get(chat);
  const mine = message.from && message.from.id !== world.state.bot.id;
  if (phone) phone.rest();
  if (!mine && !(phone && inView(phone.root))) unread.set(chat, (unread.get(chat) ?? 0) + 1);
  drawRail();
}

function inView(node) {
  const box = node.getBoundingClientRect();
  const frame = deck.getBoundingClientRect();
  const middle = (box.left + box.right) / 2;
  return middle > frame.left && middle < frame.right;
}

function watchConnection() {
  let line = null;
  world.addEventListener("connection", ({ detail }) => {
    if (detail.on) {
      line?.remove();
      line = null;
    } else if (!line) {
      line = element("p", { class: "lasting" }, "Forbindelsen til serveren er væk. Prøver igen …");
      notices.append(line);
    }
  });
}

/** A link with ?start= presses START on the first citizen's phone, as Telegram's own links do on one's own. */
async function followLink() {
  const payload = new URLSearchParams(location.search).get("start");
  const citizen = world.state.people.find((person) => !world.isStaff(person.id));
  if (!payload || !citizen) return;
  history.replaceState(null, "", location.pathname);
  await world.post("start", { person: citizen.id, payload });
  openPhone(citizen.id);
}

world.addEventListener("state", drawPage);
world.addEventListener("state", followLink, { once: true });
world.addEventListener("reset", () => {
  for (const phone of phones.values()) phone.root.remove();
  phones.clear();
  unread.clear();
});
world.addEventListener("messages", ({ detail }) => drawSoon(detail.chat));
world.addEventListener("arrival", ({ detail }) => arrival(detail));
world.addEventListener("answer", ({ detail }) => phones.forEach((phone) => phone.answer(detail)));
world.addEventListener("action", ({ detail }) => phones.get(detail.chat)?.act(detail));
deck.addEventListener("scroll", () => requestAnimationFrame(markInView), { passive: true });
window.addEventListener("resize", markInView);
document.getElementById("new-person").prepend(icon("plus"));
document.getElementById("new-person").addEventListener("click", askPerson);
watchConnection();
runTimeBar(world, document.querySelector(".timebar"), notify);
world.open();
