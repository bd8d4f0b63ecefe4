/** One phone: a person's chat with the bot, or a group as one of its members sees it. */

import { alertBox } from "./dialog.js";
import { avatar, element, icon, iconButton } from "./element.js";
import { Composer } from "./composer.js";
import { Log } from "./log.js";
import { gist } from "./media.js";
import { openMenu } from "./menu.js";
import { markupFor } from "./markup.js";
import { GENERAL, threadOf, topicList } from "./topics.js";
import { Refused, nameOf } from "./world.js";

const EMOJI = ["👍", "❤️", "👏", "😁", "🤔", "🙏"];
const PRESS_WAIT_MS = 15000;

/** `host`: {close(chat), notify(text), identity(chat), setIdentity(chat, person)}. */
export class Phone {
  constructor(world, chatId, host) {
    this.world = world;
    this.id = chatId;
    this.host = host;
    this.thread = null;
    this.presses = new Map();
    this.dismissed = new Set();
    this.build();
    world.watch(chatId).then(() => this.draw(), (error) => this.toast(error.message));
  }

  get chat() {
    return this.world.chat(this.id);
  }

  get isGroup() {
    return this.id < 0;
  }

  /** The id of the person who holds this phone now. */
  get viewer() {
    if (!this.isGroup) return this.id;
    const people = this.members();
    const chosen = this.host.identity(this.id);
    return people.some((person) => person.id === chosen) ? chosen : people[0]?.id ?? null;
  }

  get isAdmin() {
    return this.chat.admins.includes(this.viewer);
  }

  members() {
    return (this.chat?.members ?? []).map((id) => this.world.person(id)).filter(Boolean);
  }

  /** Whose messages this phone sends, in words. */
  label() {
    return this.viewer ? nameOf(this.world.person(this.viewer)) : "ingen";
  }

  build() {
    this.owner = element("header", { class: "owner" });
    this.head = element("div", { class: "chat-head" });
    this.pinned = element("button", { type: "button", class: "pinned", hidden: true });
    this.toastBox = element("div", { class: "toast", role: "status", "aria-live": "polite" });
    this.log = new Log("Beskeder", this.acts());
    this.topics = element("div", { class: "topics", hidden: true });
    this.composer = new Composer(this);
    this.screen = element("div", { class: "screen" }, this.head, this.pinned, this.toastBox, this.topics, this.log.root, this.composer.root);
    this.root = element("section", { class: `phone ${this.isGroup ? "group" : "private"}`, "aria-labelledby": `owner-${this.id}`, dataset: { chat: this.id } }, this.owner, this.screen);
    this.draw();
  }

  acts() {
    return {
      reply: (message) => this.reply(message),
      replyById: (id) => this.withMessage(id, (message) => this.reply(message)),
      deleteById: (id) => this.withMessage(id, (message) => this.remove(this.album(message))),
      menu: (message, anchor, alone) => this.menu(message, anchor, alone),
      press: (message, row, col, node) => this.press(message, row, col, node),
      reveal: (id) => this.reveal(id),
      start: (payload) => this.guard(() => this.world.post("start", { person: this.viewer, ...(payload ? { payload } : {}) })),
      command: (text) => this.guard(() => this.send({ text })),
      toText: () => this.composer.text.focus(),
      username: this.world.state.bot.username,
    };
  }

  /** All that this phone shows, from the world as it is now. */
  draw() {
    if (!this.chat) return;
    if (this.thread !== null && this.thread !== GENERAL && !this.chat.topics.some((topic) => topic.thread_id === this.thread)) {
      this.thread = null;
      this.toast("Emnet er slettet.");
    }
    const choosing = this.chat.is_forum && this.thread === null;
    this.log.acts.username = this.world.state.bot.username;
    this.log.list.setAttribute("aria-label", `Beskeder, ${this.title()}`);
    this.drawOwner();
    this.drawHead();
    this.topics.hidden = !choosing;
    this.log.root.hidden = choosing;
    this.composer.root.hidden = choosing || !this.viewer;
    this.drawPinned(choosing);
    if (choosing) this.drawTopics();
    else this.drawMessages();
  }

  drawOwner() {
    const person = this.world.person(this.id);
    const role = this.world.isStaff(this.id) ? "Medarbejder" : "Borger";
    const name = this.isGroup ? this.chat.title : nameOf(person);
    const sign = JSON.stringify([name, role, person?.blocked, this.viewer, this.members().map(nameOf)]);
    if (sign === this.ownerSign) return;
    this.ownerSign = sign;
    const held = this.owner.contains(document.activeElement) ? document.activeElement.className : null;
    const more = iconButton("more", `Mere om ${name}`, () => this.ownerMenu(more), { "aria-haspopup": "menu", "aria-expanded": "false" });
    this.owner.replaceChildren(
      avatar(name, this.id),
      element("div", { class: "owner-words" }, element("h2", { id: `owner-${this.id}` }, name), this.isGroup ? this.identityNode() : element("p", {}, person?.blocked ? `${role} · har blokeret botten` : role)),
      more,
    );
    if (held) this.owner.querySelector(`[class="${held}"]`)?.focus();
    this.composer.rename();
  }

  identityNode() {
    const select = element("select", { id: `identity-${this.id}`, class: "identity" }, this.members().map((person) => element("option", { value: person.id, selected: person.id === this.viewer }, nameOf(person))));
    select.addEventListener("change", () => {
      this.host.setIdentity(this.id, Number(select.value));
      this.log.clear();
      this.draw();
    });
    return element("div", { class: "identity-field" }, element("label", { for: select.id }, "Du er"), select);
  }

  title() {
    if (!this.isGroup) return this.world.state.bot.name;
    return this.thread === null ? this.chat.title : topicList(this.chat, this.all(), this.world).find((topic) => topic.id === this.thread)?.name ?? "";
  }

  drawHead() {
    const topic = this.thread === null ? null : this.chat.topics.find((one) => one.thread_id === this.thread);
    const member = this.isGroup ? `${this.members().length} personer og botten` : "bot";
    const below = this.doing ? "skriver …" : topic?.closed ? "Emnet er lukket" : this.thread === null ? member : this.chat.title;
    const sign = JSON.stringify([this.title(), below, this.thread]);
    if (sign === this.headSign) return;
    this.headSign = sign;
    this.head.replaceChildren(
      this.thread === null ? avatar(this.title() || "?", this.isGroup ? this.id : this.world.state.bot.id) : iconButton("back", "Tilbage til emnerne", () => this.openTopic(null)),
      element("div", { class: "head-words" }, element("h3", {}, this.title()), element("p", { class: this.doing ? "doing" : null }, below)),
      topic?.closed ? icon("lock") : "",
    );
  }

  drawPinned(choosing) {
    const here = new Set(this.shown().map((message) => message.message_id));
    const id = choosing ? undefined : [...this.chat.pinned].sort((a, b) => a - b).reverse().find((one) => here.has(one));
    const message = id && this.world.messages.get(this.id)?.get(id);
    this.pinned.hidden = !message;
    if (!message) return;
    this.pinned.replaceChildren(icon("pin"), element("span", {}, element("strong", {}, "Fastgjort"), gist(message).slice(0, 90)));
    this.pinned.onclick = () => this.reveal(id);
  }

  drawTopics() {
    const rows = topicList(this.chat, this.all(), this.world);
    // Rows are made anew only when they change: a row that is replaced under the finger loses the press.
    const sign = JSON.stringify(rows.map((topic) => [topic.id, topic.name, topic.sign]));
    if (sign === this.topicsSign) return;
    this.topicsSign = sign;
    const held = document.activeElement?.dataset?.topic;
    this.topics.replaceChildren(element("ul", {}, rows.map((topic) => element("li", {}, topic.row(() => this.openTopic(topic.id))))));
    if (held) this.topics.querySelector(`[data-topic="${held}"]`)?.focus();
  }

  openTopic(thread) {
    const from = this.thread;
    this.thread = thread;
    this.log.clear();
    this.composer.clearContext(false);
    this.composer.forced = null;
    this.draw();
    if (thread === null) this.topics.querySelector(`[data-topic="${from}"]`)?.focus();
    else {
      this.log.toBottom();
      // On a touch screen the focus would open the keyboard over what one wants to read.
      if (window.matchMedia("(hover: hover)").matches) this.composer.text.focus({ preventScroll: true });
    }
  }

  drawMessages() {
    const messages = this.shown();
    const person = this.world.person(this.id);
    const empty = !this.isGroup && messages.length === 0 && this.world.messages.has(this.id);
    this.log.draw(messages, this.viewer, this.isGroup, empty ? this.descriptionNode() : null);
    this.composer.setMode(this.mode(person));
    const viewer = this.world.person(this.viewer);
    if (viewer) this.composer.setMarkup(markupFor(messages, viewer, this.dismissed));
  }

  /** Whether one may write here, and if not, what stands in the way. */
  mode(person) {
    if (person?.blocked) return "blocked";
    if (person && !person.started) return "start";
    const topic = this.chat.topics.find((one) => one.thread_id === this.thread);
    return topic?.closed && !this.isAdmin ? "closed" : "open";
  }

  /** What Telegram shows in a chat that is still empty. */
  descriptionNode() {
    const words = this.world.state.bot.description || "Tryk START for at skrive med botten.";
    return element("div", { class: "description", dataset: { key: words } }, element("h4", {}, "Hvad kan denne bot?"), words.split("\n").map((line) => element("p", {}, line)));
  }

  all() {
    return [...(this.world.messages.get(this.id)?.values() ?? [])].sort((a, b) => a.message_id - b.message_id);
  }

  shown() {
    const all = this.all();
    return this.chat?.is_forum ? all.filter((message) => threadOf(message) === this.thread) : all;
  }

  withMessage(id, act) {
    const message = this.world.messages.get(this.id)?.get(id);
    if (message) act(message);
  }

  reveal(id) {
    this.withMessage(id, (message) => {
      const thread = this.chat.is_forum ? threadOf(message) : null;
      if (thread !== this.thread) this.openTopic(thread);
      this.log.reveal(id);
    });
  }

  reply(message) {
    this.composer.setContext("reply", message);
    this.composer.text.focus({ preventScroll: true });
  }

  dismissForced(id) {
    this.dismissed.add(id);
  }

  lastOwn() {
    return this.shown().filter((message) => message.from?.id === this.viewer && (message.text || message.caption)).at(-1);
  }

  focusLog() {
    this.log.focusLast();
  }

  where(message) {
    return { person: this.viewer, chat: this.id, message_id: message.message_id };
  }

  /** All messages of the album that a message belongs to, or the message alone. */
  album(message) {
    const album = message.media_group_id;
    return album ? this.shown().filter((one) => one.media_group_id === album) : [message];
  }

  /** What can be done with a message; an album's menu is about all of it, unless one of its items is meant `alone`. */
  menu(message, anchor, alone = false) {
    const block = alone ? [message] : this.album(message);
    const own = message.from?.id === this.viewer;
    const pinned = this.chat.pinned.includes(message.message_id);
    const items = [{ label: "Svar", icon: "reply", act: () => this.reply(message) }];
    if (own) items.push(...this.editItems(block, alone));
    items.push({ label: pinned ? "Løsn" : "Fastgør", icon: "pin", act: () => this.guard(() => this.world.post(pinned ? "unpin" : "pin", this.where(message))) });
    if (own || !this.isGroup || this.isAdmin) items.push({ label: block.length > 1 ? `Slet alle ${block.length}` : "Slet", icon: "trash", danger: true, act: () => this.remove(block) });
    const act = (emoji) => this.guard(() => this.world.post("react", { ...this.where(message), emoji }));
    openMenu(anchor, "Beskeden", items, { list: EMOJI, act });
  }

  /** An entry for each text that can be changed; a picture of an album can be given one. */
  editItems(block, alone) {
    const worded = block.filter((one) => alone || one.text || one.caption);
    const label = (one) => (worded.length > 1 ? `Ret teksten til billede ${block.indexOf(one) + 1}` : one.text || one.caption ? "Ret" : "Skriv en tekst til billedet");
    return worded.map((one) => ({ label: label(one), icon: "edit", act: () => this.startEdit(one) }));
  }

  startEdit(message) {
    this.composer.setContext("edit", message);
    this.composer.text.focus({ preventScroll: true });
  }

  remove(block) {
    this.guard(async () => {
      for (const message of block) await this.world.post("delete", this.where(message));
    });
  }

  ownerMenu(anchor) {
    const person = this.world.person(this.id);
    const items = [];
    if (person?.started && !person.blocked) items.push({ label: "Bloker botten", icon: "block", danger: true, act: () => this.guard(() => this.world.post("block", { person: this.id })) });
    if (person?.blocked) items.push({ label: "Fjern blokeringen", icon: "block", act: () => this.unblock() });
    if (this.isGroup && this.chat.is_forum) items.push({ label: "Nyt emne", icon: "plus", act: () => this.host.askTopic(this.id, this.viewer) });
    items.push({ label: "Luk telefonen", icon: "close", act: () => this.host.close(this.id) });
    openMenu(anchor, "Telefonen", items);
  }

  start() {
    this.guard(() => this.world.post("start", { person: this.id }));
  }

  unblock() {
    this.guard(() => this.world.post("unblock", { person: this.id }));
  }

  send(body) {
    const thread = this.chat.is_forum && this.thread !== GENERAL ? { thread: this.thread } : {};
    return this.world.post("send", { person: this.viewer, chat: this.id, ...thread, ...body }).then(() => this.log.toBottom());
  }

  edit(message, text) {
    return this.world.post("edit", { ...this.where(message), ...(message.text ? { text } : { caption: text }) });
  }

  async press(message, row, col, node) {
    node.classList.add("waiting");
    node.setAttribute("aria-busy", "true");
    const done = () => {
      node.classList.remove("waiting");
      node.removeAttribute("aria-busy");
    };
    setTimeout(done, PRESS_WAIT_MS);
    await this.guard(async () => {
      const { callback_query_id: id } = await this.world.post("press", { ...this.where(message), row, col });
      this.presses.set(id, done);
      if (this.world.answers.has(id)) this.answer(this.world.answers.get(id));
    }, done);
  }

  /** The bot's answer to a press, if the press was made on this phone. */
  answer(answer) {
    const done = this.presses.get(answer.callback_query_id);
    if (!done) return;
    this.presses.delete(answer.callback_query_id);
    done();
    if (!answer.text) return;
    if (answer.show_alert) alertBox(this.world.state.bot.name, answer.text);
    else this.toast(answer.text);
  }

  /** The bot "is writing" for the five seconds that Telegram shows it. */
  act({ message_thread_id: thread }) {
    if (this.chat?.is_forum && (thread ?? GENERAL) !== this.thread) return;
    clearTimeout(this.doing);
    this.doing = setTimeout(() => this.rest(), 5000);
    this.drawHead();
  }

  rest() {
    clearTimeout(this.doing);
    this.doing = null;
    if (this.chat) this.drawHead();
  }

  /** Runs a deed and shows the server's sentence if it refuses. */
  async guard(act, failed = () => undefined) {
    try {
      await act();
    } catch (error) {
      failed();
      this.toast(error instanceof Refused ? `Det kunne ikke lade sig gøre: ${error.message}` : "Serveren svarer ikke. Prøv igen om lidt.");
    }
  }

  toast(text) {
    clearTimeout(this.toastTimer);
    this.toastBox.replaceChildren(element("p", {}, text));
    this.toastTimer = setTimeout(() => this.toastBox.replaceChildren(), Math.max(4000, text.length * 70));
  }
}
