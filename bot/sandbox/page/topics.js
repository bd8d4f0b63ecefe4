/** A forum's topics: which one a message belongs to, and the list with the latest message of each. */

import { briefOf, dayKey } from "./clock.js";
import { element, hue, icon } from "./element.js";
import { gist } from "./media.js";
import { senderOf, serviceLine } from "./message.js";

/** The number of the topic that every forum has. */
export const GENERAL = 1;

/** The topic of a message in a forum. */
export function threadOf(message) {
  return message.is_topic_message ? message.message_thread_id : GENERAL;
}

/** Topics with the newest talk first, each with `id`, `name`, `row(open)`, a button, and `sign`, what its look depends on. */
export function topicList(chat, messages, world) {
  const latest = new Map();
  for (const message of messages) {
    const before = latest.get(threadOf(message));
    // That something was fastened says less than the words before it.
    if (!message.pinned_message || !before) latest.set(threadOf(message), message);
  }
  const known = chat.topics.filter((topic) => !topic.hidden);
  if (!known.some((topic) => topic.thread_id === GENERAL)) known.push({ thread_id: GENERAL, name: "General" });
  return known
    .map((topic) => ({
      id: topic.thread_id,
      name: topic.thread_id === GENERAL && topic.name === "General" ? "Generelt" : topic.name,
      at: latest.get(topic.thread_id)?.message_id ?? 0,
      sign: [topic.closed, latest.get(topic.thread_id)?.seq, dayKey(world.now() / 1000)],
      row(open) {
        return topicRow(this, topic, latest.get(topic.thread_id), world, open);
      },
    }))
    .sort((a, b) => b.at - a.at);
}

function topicRow({ id, name }, topic, message, world, open) {
  const line = message ? serviceLine(message) ?? `${senderOf(message)}: ${gist(message)}` : "Ingen beskeder endnu";
  return element(
    "button",
    { type: "button", class: "topic-row", dataset: { topic: id }, onclick: open },
    element("span", { class: `avatar square hue-${hue(id)}`, "aria-hidden": "true" }, topic.closed ? icon("lock") : signOf(id, name)),
    element("span", { class: "topic-words" }, element("strong", {}, name, topic.closed ? element("span", { class: "visually-hidden" }, " (lukket)") : null), element("span", {}, line.slice(0, 110))),
    message ? element("time", { datetime: new Date(message.date * 1000).toISOString() }, briefOf(message.date, world.now())) : null,
  );
}

/** What stands in a topic's square: the initiative's number if its name has one. */
function signOf(id, name) {
  if (id === GENERAL) return "#";
  return name.match(/\d{1,4}/)?.[0] ?? Array.from(name)[0].toUpperCase();
}
