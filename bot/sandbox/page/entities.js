/** A message's text with its entities (Bot API MessageEntity) as DOM nodes. */

import { element } from "./element.js";

const TAGS = {
  bold: "strong",
  italic: "em",
  underline: "u",
  strikethrough: "s",
  code: "code",
  blockquote: "blockquote",
  expandable_blockquote: "blockquote",
};

const BLOCKS = new Set(["pre", "blockquote", "expandable_blockquote"]);

/**
 * Nodes for `text`. Offsets are UTF-16 units, as JavaScript strings count.
 * `acts.start(payload)` and `acts.command(text)` are called for links to the bot and for commands.
 */
export function textNodes(text, entities, acts) {
  const sorted = [...(entities ?? [])].sort((a, b) => a.offset - b.offset || b.length - a.length);
  return build(text, 0, text.length, sorted, acts);
}

function build(text, start, end, entities, acts) {
  const nodes = [];
  let at = start;
  for (let index = 0; index < entities.length; ) {
    const entity = entities[index];
    const stop = Math.min(entity.offset + entity.length, end);
    const inside = [];
    for (index += 1; index < entities.length && entities[index].offset < stop; index += 1) inside.push(entities[index]);
    if (entity.offset < at || stop <= at) continue;
    const block = BLOCKS.has(entity.type);
    if (entity.offset > at) nodes.push(block ? text.slice(at, entity.offset).replace(/\n$/, "") : text.slice(at, entity.offset));
    nodes.push(wrap(entity, text.slice(entity.offset, stop), build(text, entity.offset, stop, inside, acts), acts));
    // A block stands on lines of its own anyway: the break after it would show as an empty line.
    at = block && text[stop] === "\n" && stop < end ? stop + 1 : stop;
  }
  if (at < end) nodes.push(text.slice(at, end));
  return nodes;
}

function wrap(entity, words, children, acts) {
  if (TAGS[entity.type]) return element(TAGS[entity.type], {}, children);
  if (entity.type === "pre") return element("pre", {}, element("code", {}, children));
  if (entity.type === "spoiler") return spoiler(children);
  if (entity.type === "text_link") return link(entity.url, children, acts);
  if (entity.type === "url") return link(/^[a-z][a-z0-9+.-]*:/i.test(words) ? words : `https://${words}`, children, acts);
  if (entity.type === "email") return link(`mailto:${words}`, children, acts);
  if (entity.type === "phone_number") return link(`tel:${words.replace(/\s/g, "")}`, children, acts);
  if (entity.type === "bot_command") {
    return element("button", { type: "button", class: "command", onclick: () => acts.command(words) }, children);
  }
  return element("span", { class: "mention" }, children);
}

function spoiler(children) {
  const hidden = element("button", { type: "button", class: "spoiler", "aria-expanded": "false", "aria-label": "Vis skjult tekst" }, children);
  hidden.addEventListener("click", () => hidden.replaceWith(...hidden.childNodes));
  return hidden;
}

/** A link when the address is of a harmless kind; a link to the bot itself starts it on this phone instead. */
export function link(address, children, acts, properties = {}) {
  let url;
  try {
    url = new URL(address);
  } catch {
    return element("span", properties, children);
  }
  const payload = startPayload(url, acts.username);
  if (payload !== null) {
    return element("button", { type: "button", class: "command", ...properties, onclick: () => acts.start(payload) }, children);
  }
  if (!["http:", "https:", "mailto:", "tel:"].includes(url.protocol)) return element("span", properties, children);
  return element("a", { ...properties, href: url.href, target: "_blank", rel: "noopener noreferrer" }, children);
}

function startPayload(url, username) {
  if (!username || !["t.me", "telegram.me"].includes(url.hostname)) return null;
  if (url.pathname.slice(1).toLowerCase() !== username.toLowerCase()) return null;
  return url.searchParams.get("start") ?? "";
}
