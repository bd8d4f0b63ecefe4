/** One message (or one album) as a bubble with its tools, reactions and buttons. */

import { avatar, element, hue, icon, iconButton } from "./element.js";
import { link, textNodes } from "./entities.js";
import { gist, mediaNode, photoNode } from "./media.js";
import { hourOf } from "./clock.js";
import { nameOf } from "./world.js";

/** Who a message is from, as shown. */
export function senderOf(message) {
  return nameOf(message.sender_chat ?? message.from);
}

const SERVICE = {
  new_chat_members: (m) => `${m.new_chat_members.map(nameOf).join(", ")} er med i gruppen`,
  left_chat_member: (m) => `${nameOf(m.left_chat_member)} har forladt gruppen`,
  new_chat_title: (m) => `Gruppen hedder nu ${m.new_chat_title}`,
  group_chat_created: () => "Gruppen er oprettet",
  supergroup_chat_created: () => "Gruppen er oprettet",
  migrate_to_chat_id: () => "Gruppen er blevet en supergruppe",
  migrate_from_chat_id: () => "Gruppen er blevet en supergruppe",
  pinned_message: (m) => `${senderOf(m)} fastgjorde “${firstLine(gist(m.pinned_message))}”`,
  forum_topic_created: (m) => `Emnet “${m.forum_topic_created.name}” er oprettet`,
  forum_topic_edited: (m) => (m.forum_topic_edited.name ? `Emnet hedder nu “${m.forum_topic_edited.name}”` : "Emnet har fået et nyt tegn"),
  forum_topic_closed: () => "Emnet er lukket",
  forum_topic_reopened: () => "Emnet er åbnet igen",
  general_forum_topic_hidden: () => "Generelt er skjult",
  general_forum_topic_unhidden: () => "Generelt vises igen",
  message_auto_delete_timer_changed: () => "Tiden for selvsletning er ændret",
};

function firstLine(words) {
  const line = words.split("\n")[0];
  return line.length > 40 ? `${line.slice(0, 39).trimEnd()}…` : line;
}

/** The line for a service message, or null when it is an ordinary one. */
export function serviceLine(message) {
  const kind = Object.keys(SERVICE).find((name) => message[name] !== undefined);
  return kind ? SERVICE[kind](message) : null;
}

/**
 * The node for a block: one message, or the items of one album in order.
 * `view`: {viewer, group, first (first of a run by one sender), acts}. `acts` holds what a person can do:
 * reply, menu (of a message, or of one item of an album alone), press, reveal, start, command, username, byId.
 */
export function blockNode(block, view) {
  const lead = block[0];
  const line = serviceLine(lead);
  if (line) return element("p", { class: "service", dataset: { message: lead.message_id } }, line);
  const own = lead.from?.id === view.viewer && !lead.sender_chat;
  const bubble = bubbleNode(block, view, own);
  const node = element(
    "div",
    {
      class: `message ${own ? "own" : "theirs"}${view.first ? " first" : ""}${lead.reply_markup?.inline_keyboard?.length ? " buttoned" : ""}`,
      role: "article",
      tabindex: "-1",
      "aria-label": `${own ? "Dig" : senderOf(lead)}, kl. ${hourOf(lead.date)}`,
      dataset: { message: lead.message_id },
    },
    view.group && !own ? (view.first ? avatar(senderOf(lead), (lead.sender_chat ?? lead.from).id) : element("span", { class: "avatar-gap" })) : null,
    element("div", { class: "stack" }, bubble, reactionsNode(block), keyboardNode(lead, view)),
    toolsNode(lead, view),
  );
  return node;
}

function bubbleNode(block, view, own) {
  const lead = block[0];
  const captioned = block.filter((message) => message.caption);
  const bubble = element("div", { class: `bubble${lead.photo ? " pictured" : ""}` });
  if (view.group && !own && view.first) {
    const author = lead.sender_chat ?? lead.from;
    bubble.append(element("p", { class: `sender hue-${hue(author.id)}` }, senderOf(lead)));
  }
  if (lead.forward_origin) bubble.append(element("p", { class: "forwarded" }, `Videresendt fra ${originOf(lead.forward_origin)}`));
  if (lead.reply_to_message && !isTopicRoot(lead)) bubble.append(quoteNode(lead.reply_to_message, view));
  if (block.length > 1) bubble.append(albumNode(block, view));
  else bubble.append(mediaNode(lead) ?? "");
  if (lead.text) bubble.append(element("div", { class: "text" }, textNodes(lead.text, lead.entities, view.acts)));
  for (const message of captioned) bubble.append(element("div", { class: "text" }, textNodes(message.caption, message.caption_entities, view.acts)));
  const edited = block.find((message) => message.edit_date);
  bubble.append(
    element(
      "p",
      { class: "meta" },
      edited ? element("span", { class: "edited" }, `rettet ${hourOf(edited.edit_date)}`) : null,
      element("time", { datetime: new Date(lead.date * 1000).toISOString() }, hourOf(lead.date)),
    ),
  );
  return bubble;
}

/** In a topic every first-level message formally replies to the topic's creation; phones don't show that. */
function isTopicRoot(message) {
  return Boolean(message.is_topic_message && message.reply_to_message.message_id === message.message_thread_id);
}

function originOf(origin) {
  return origin.sender_user_name ?? nameOf(origin.sender_user ?? origin.sender_chat ?? origin.chat);
}

function quoteNode(original, view) {
  return element(
    "button",
    { type: "button", class: "quote", onclick: () => view.acts.reveal(original.message_id) },
    element("strong", {}, senderOf(original)),
    element("span", {}, gist(original).slice(0, 120)),
  );
}

/** An album; each of its items has a menu of its own, while the bubble's menu is about all of them. */
function albumNode(block, view) {
  const items = block.map((message, at) => {
    const label = `Mere om billede ${at + 1} af ${block.length}`;
    const open = (event) => view.acts.menu(message, event.currentTarget, true);
    if (!message.photo) return element("div", { class: "album-item" }, mediaNode(message), iconButton("more", label, open, { "aria-haspopup": "menu", "aria-expanded": "false" }));
    return element("button", { type: "button", class: "album-item", "aria-label": label, "aria-haspopup": "menu", "aria-expanded": "false", onclick: open }, photoNode(message));
  });
  return element("div", { class: `album of-${Math.min(block.length, 4)}`, role: "group", "aria-label": `Album med ${block.length} billeder` }, items);
}

function reactionsNode(block) {
  const counts = new Map();
  for (const message of block) {
    for (const emoji of reactionsOf(message)) counts.set(emoji, (counts.get(emoji) ?? 0) + 1);
  }
  if (!counts.size) return null;
  const chips = [...counts].map(([emoji, count]) => element("li", {}, emoji, count > 1 ? ` ${count}` : null));
  return element("ul", { class: "reactions", "aria-label": "Reaktioner" }, chips);
}

/** The sandbox tells who reacted with what: [{user, reaction: [{type, emoji}]}]. */
function reactionsOf(message) {
  return (message.reactions ?? []).flatMap((one) => one.reaction.map((sign) => sign.emoji ?? "★"));
}

function keyboardNode(message, view) {
  const rows = message.reply_markup?.inline_keyboard;
  if (!rows?.length) return null;
  return element(
    "div",
    { class: "inline-keyboard", role: "group", "aria-label": "Knapper" },
    rows.map((row, at) => element("div", { class: "keyboard-row" }, row.map((button, column) => inlineButton(message, button, at, column, view)))),
  );
}

function inlineButton(message, button, row, column, view) {
  if (button.url) return link(button.url, [button.text, icon("link")], view.acts, { class: "inline-button" });
  const node = element("button", { type: "button", class: "inline-button", dataset: { style: button.style } }, button.text);
  node.addEventListener("click", () => {
    if (button.copy_text) navigator.clipboard?.writeText(button.copy_text.text).catch(() => undefined);
    else view.acts.press(message, row, column, node);
  });
  return node;
}

function toolsNode(message, view) {
  const reply = element("button", { type: "button", class: "tool", tabindex: "-1", "aria-label": "Svar på beskeden", title: "Svar (R)" }, icon("reply"));
  reply.addEventListener("click", () => view.acts.reply(message));
  const more = element("button", { type: "button", class: "tool", tabindex: "-1", "aria-label": "Mere om beskeden", "aria-haspopup": "menu", "aria-expanded": "false", title: "Mere (Enter)" }, icon("more"));
  more.addEventListener("click", () => view.acts.menu(message, more));
  return element("div", { class: "tools" }, reply, more);
}

/** Messages in order as blocks: the items of one album together. */
export function blocksOf(messages) {
  const blocks = [];
  const albums = new Map();
  for (const message of messages) {
    const album = message.media_group_id && albums.get(message.media_group_id);
    if (album) album.push(message);
    else {
      blocks.push([message]);
      if (message.media_group_id) albums.set(message.media_group_id, blocks[blocks.length - 1]);
    }
  }
  return blocks;
}
