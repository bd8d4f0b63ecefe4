/** The list of messages in a phone: draws only what is new, keeps the focus and the place, moves by keys and swipes. */

import { dayKey, dayOf } from "./clock.js";
import { element, icon } from "./element.js";
import { blockNode, blocksOf, serviceLine } from "./message.js";

const RUN_SECONDS = 300;

/** `acts` are the deeds of message.js's view. */
export class Log {
  constructor(label, acts) {
    this.acts = acts;
    this.drawn = new Map();
    this.list = element("div", { class: "log", role: "log", "aria-label": label, tabindex: "0" });
    this.down = element("button", { type: "button", class: "to-bottom", "aria-label": "Gå til nyeste besked", hidden: true, onclick: () => this.toBottom() }, icon("down"));
    this.root = element("div", { class: "log-slot" }, this.list, this.down);
    this.list.addEventListener("keydown", (event) => this.key(event));
    this.list.addEventListener("scroll", () => this.offerDown(!this.nearBottom()), { passive: true });
    new ResizeObserver(() => this.stuck && this.toBottom()).observe(this.list);
    this.list.addEventListener("load", () => this.stuck && this.toBottom(), true);
    watchSwipes(this.list, (id) => this.acts.replyById(id));
  }

  get stuck() {
    return this.down.hidden;
  }

  nearBottom() {
    return this.list.scrollHeight - this.list.scrollTop - this.list.clientHeight < 60;
  }

  toBottom() {
    this.list.scrollTop = this.list.scrollHeight;
    this.offerDown(false);
  }

  /** The way down goes when one is there; the keyboard's place, if it was on it, goes to the messages. */
  offerDown(offered) {
    if (!offered && document.activeElement === this.down) this.list.focus({ preventScroll: true });
    this.down.hidden = !offered;
  }

  /** Draws `messages` (in order) as `viewer` sees them; `head` is a node above them, or null. */
  draw(messages, viewer, group, head) {
    const stay = this.stuck;
    const wanted = [];
    if (head) wanted.push(["head", head.dataset.key, () => head]);
    let day = null;
    let before = null;
    for (const block of blocksOf(messages)) {
      const lead = block[0];
      const key = dayKey(lead.date);
      if (key !== day) wanted.push([`day-${key}`, key, () => element("p", { class: "day" }, element("span", {}, dayOf(lead.date)))]);
      const first = key !== day || !continues(before, lead);
      const sign = [viewer, first, ...block.map((message) => `${message.message_id}.${message.seq}`)].join(" ");
      wanted.push([lead.message_id, sign, () => blockNode(block, { viewer, group, first, acts: this.acts })]);
      day = key;
      before = lead;
    }
    this.list.setAttribute("aria-busy", String(this.drawn.size === 0));
    this.place(wanted);
    this.list.setAttribute("aria-busy", "false");
    if (stay) this.toBottom();
    else this.offerDown(!this.nearBottom());
  }

  place(wanted) {
    const keys = new Set(wanted.map(([key]) => key));
    for (const [key, { node }] of this.drawn) if (!keys.has(key)) this.leave(node);
    const kept = new Map();
    let before = null;
    for (const [key, sign, make] of wanted) {
      const old = this.drawn.get(key);
      const node = old?.sign === sign ? old.node : make();
      if (old && old.node !== node) exchange(old.node, node);
      const spot = before ? before.nextSibling : this.list.firstChild;
      if (node !== spot) this.list.insertBefore(node, spot);
      kept.set(key, { sign, node });
      before = node;
    }
    this.drawn = kept;
  }

  /** A message that goes must not take the keyboard's place with it. */
  leave(node) {
    const held = node.contains(document.activeElement);
    const neighbour = node.previousElementSibling ?? node.nextElementSibling;
    node.remove();
    if (held) (neighbour?.matches?.(".message") ? neighbour : this.list).focus({ preventScroll: true });
  }

  clear() {
    this.list.replaceChildren();
    this.drawn.clear();
    this.offerDown(false);
  }

  nodeOf(id) {
    return this.drawn.get(id)?.node ?? null;
  }

  /** Scrolls to a message, marks it for a moment and puts the focus there. */
  reveal(id) {
    const node = this.nodeOf(id);
    if (!node) return;
    node.scrollIntoView({ block: "center" });
    node.focus({ preventScroll: true });
    node.classList.remove("revealed");
    void node.offsetWidth;
    node.classList.add("revealed");
  }

  focusLast() {
    const all = this.list.querySelectorAll(".message");
    (all[all.length - 1] ?? this.list).focus();
  }

  key(event) {
    const message = event.target.closest?.(".message");
    const atMessage = message && event.target === message;
    if (event.target !== this.list && !atMessage) return;
    const all = [...this.list.querySelectorAll(".message")];
    const at = all.indexOf(message);
    const id = message ? Number(message.dataset.message) : null;
    if (event.key === "ArrowUp") (all[at === -1 ? all.length - 1 : Math.max(0, at - 1)] ?? this.list).focus();
    else if (event.key === "ArrowDown" && at >= 0) (all[at + 1] ?? all[at]).focus();
    else if (event.key === "Home" && at >= 0) all[0].focus();
    else if (event.key === "End" && at >= 0) all[all.length - 1].focus();
    else if (event.key === "Escape") this.acts.toText();
    else if (atMessage && (event.key === "Enter" || event.key === "ContextMenu")) message.querySelector(".tool:last-child").click();
    else if (atMessage && event.key.toLowerCase() === "r" && !event.ctrlKey && !event.metaKey) this.acts.replyById(id);
    else if (atMessage && event.key === "Delete") this.acts.deleteById(id);
    else return;
    event.preventDefault();
  }
}

function continues(before, message) {
  if (!before || serviceLine(before) || serviceLine(message)) return false;
  const author = (one) => one.sender_chat?.id ?? one.from?.id;
  return author(before) === author(message) && message.date - before.date < RUN_SECONDS;
}

/** Puts a newer form of a message in the older one's place; the focus stays on the same button if there still is one. */
function exchange(old, node) {
  const held = old.contains(document.activeElement) ? document.activeElement : null;
  const at = held && held !== old ? [...old.querySelectorAll("button, a")].indexOf(held) : -1;
  const same = held?.textContent;
  old.replaceWith(node);
  if (!held) return;
  const target = [...node.querySelectorAll("button, a")][at];
  (target && target.textContent === same ? target : node).focus({ preventScroll: true });
}

/** A swipe to the left on a message with a finger replies to it. */
function watchSwipes(list, reply) {
  let start = null;
  const stop = () => {
    if (start) start.node.style.translate = "";
    start = null;
  };
  list.addEventListener("pointerdown", (event) => {
    const node = event.target.closest(".message");
    if (event.pointerType === "mouse" || !node) return;
    start = { node, x: event.clientX, y: event.clientY };
  });
  list.addEventListener("pointermove", (event) => {
    if (!start) return;
    const moved = event.clientX - start.x;
    if (Math.abs(event.clientY - start.y) > 40) return stop();
    start.moved = Math.max(-80, Math.min(0, moved));
    start.node.style.translate = `${start.moved}px 0`;
  });
  list.addEventListener("pointerup", () => {
    const { moved, node } = start ?? {};
    stop();
    if (moved <= -56) reply(Number(node.dataset.message));
  });
  list.addEventListener("pointercancel", stop);
}
