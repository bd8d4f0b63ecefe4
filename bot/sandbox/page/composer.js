/** The lower edge of a phone: text field, reply and edit bars, reply keyboard, START and voice. */

import { askContact, askFile, askPhotos, askPlace } from "./attach.js";
import { element, icon, iconButton } from "./element.js";
import { gist, lengthInWords } from "./media.js";
import { openMenu } from "./menu.js";
import { senderOf } from "./message.js";

/**
 * `phone` gives {world, label, send(body), edit(message, text), start(), unblock(), lastOwn(), before(id), focusLog(), guard(act)}.
 */
export class Composer {
  constructor(phone) {
    this.phone = phone;
    this.context = null;
    this.keyboard = null;
    this.keyboardShown = true;
    this.recording = null;
    this.forced = null;
    this.build();
  }

  build() {
    this.bar = element("div", { class: "context", hidden: true });
    this.text = element("textarea", { rows: 1, "aria-label": `Besked fra ${this.phone.label()}`, placeholder: "Skriv en besked", enterkeyhint: "send", autocomplete: "off" });
    this.text.addEventListener("input", () => this.grow());
    this.text.addEventListener("keydown", (event) => this.key(event));
    this.attach = iconButton("attach", "Vedhæft", () => this.attachMenu(), { "aria-haspopup": "menu", "aria-expanded": "false" });
    this.toggle = iconButton("keyboard", "Vis eller skjul knapper", () => this.flip(), { "aria-expanded": "true", hidden: true });
    this.mic = iconButton("mic", "Optag talebesked", () => this.record());
    this.submit = element("button", { type: "submit", class: "icon-button send", "aria-label": "Send", title: "Send (Enter)", hidden: true }, icon("send"));
    this.row = element("div", { class: "composer-row" }, this.attach, this.text, this.toggle, this.mic, this.submit);
    this.suggestions = element("div", { class: "suggestions", role: "group", "aria-label": "Kommandoer", hidden: true });
    this.keys = element("div", { class: "reply-keyboard", role: "group", "aria-label": "Svarknapper", hidden: true });
    this.form = element("form", { class: "composer" }, this.bar, this.suggestions, this.row, this.keys);
    this.form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.sendText();
    });
    this.gate = element("div", { class: "gate", hidden: true });
    this.root = element("div", { class: "composer-slot" }, this.gate, this.form);
  }

  /** mode: "open", "start", "blocked" or "closed". */
  setMode(mode) {
    if (mode === this.mode) return;
    this.mode = mode;
    const held = this.root.contains(document.activeElement);
    this.form.hidden = mode !== "open";
    this.gate.hidden = mode === "open";
    this.gate.replaceChildren();
    if (mode === "start") this.gate.append(element("button", { type: "button", class: "start", onclick: () => this.phone.start() }, "START"));
    if (mode === "blocked") {
      this.gate.append(element("button", { type: "button", class: "start quiet", onclick: () => this.phone.unblock() }, "Fjern blokeringen"));
    }
    if (mode === "closed") this.gate.append(element("p", {}, "Emnet er lukket. Kun administratorer kan skrive her."));
    if (held && mode === "open") this.text.focus({ preventScroll: true });
  }

  rename() {
    this.text.setAttribute("aria-label", `Besked fra ${this.phone.label()}`);
  }

  setContext(kind, message, placeholder = "") {
    this.context = { kind, message };
    const title = kind === "edit" ? "Ret beskeden" : `Svar til ${senderOf(message)}`;
    this.bar.replaceChildren(
      icon(kind === "edit" ? "edit" : "reply"),
      element("div", {}, element("strong", {}, title), element("span", {}, gist(message).slice(0, 90))),
      iconButton("close", kind === "edit" ? "Fortryd rettelsen" : "Fortryd svaret", () => this.clearContext(true)),
    );
    this.bar.hidden = false;
    this.text.placeholder = placeholder || (kind === "edit" ? "Ny tekst" : "Skriv dit svar");
    if (kind === "edit") this.text.value = message.text ?? message.caption ?? "";
    this.grow();
    this.text.setAttribute("aria-description", title);
  }

  /** Ends a reply or an edit; with `focus` it was the person who gave it up, and a forced reply stays away. */
  clearContext(focus) {
    const wasEdit = this.context?.kind === "edit";
    if (this.context?.forced && focus) this.phone.dismissForced(this.context.message.message_id);
    this.context = null;
    this.bar.hidden = true;
    this.bar.replaceChildren();
    this.text.placeholder = "Skriv en besked";
    this.text.removeAttribute("aria-description");
    if (wasEdit) this.text.value = "";
    this.grow();
    if (focus) this.text.focus();
  }

  /** The markup (Bot API ReplyKeyboardMarkup, ForceReply or null) that holds for the person who writes here. */
  setMarkup(source) {
    const markup = source?.reply_markup ?? null;
    this.setForced(markup?.force_reply ? source : null);
    const rows = markup?.keyboard ?? null;
    const same = JSON.stringify(rows) === JSON.stringify(this.keyboard);
    if (!same) {
      this.keyboard = rows;
      this.keyboardShown = true;
      this.keys.replaceChildren(...(rows ?? []).map((row) => element("div", { class: "keyboard-row" }, row.map((key) => this.keyNode(key)))));
    }
    if (rows && !this.context) this.text.placeholder = markup.input_field_placeholder || "Skriv en besked";
    this.showKeys();
  }

  /** A forced reply opens the reply bar once, so that it doesn't take the place of an edit begun later. */
  setForced(source) {
    const id = source?.message_id ?? null;
    if (id === this.forced) return;
    this.forced = id;
    if (source) {
      this.setContext("reply", source, source.reply_markup.input_field_placeholder);
      this.context.forced = true;
    } else if (this.context?.forced) this.clearContext(false);
  }

  keyNode(key) {
    const label = typeof key === "string" ? key : key.text;
    const act = () => {
      if (key.request_location) askPlace((location) => this.phone.send({ location }));
      else if (key.request_contact) askContact((contact) => this.phone.send({ contact }));
      else this.phone.guard(() => this.phone.send({ text: label, ...this.replyTo() }).then(() => this.clearContext(false)));
    };
    return element("button", { type: "button", class: "reply-key", onclick: act }, label);
  }

  flip() {
    this.keyboardShown = !this.keyboardShown;
    this.showKeys();
  }

  showKeys() {
    this.toggle.hidden = !this.keyboard;
    this.keys.hidden = !this.keyboard || !this.keyboardShown;
    this.toggle.setAttribute("aria-expanded", String(!this.keys.hidden));
  }

  replyTo() {
    return this.context?.kind === "reply" ? { reply_to: this.context.message.message_id } : {};
  }

  grow() {
    this.text.style.height = "auto";
    // A field that isn't shown measures 0: leave its height to the style sheet until it is.
    if (this.text.scrollHeight) this.text.style.height = `${Math.min(this.text.scrollHeight + 2, 140)}px`;
    const empty = this.text.value.trim() === "";
    this.submit.hidden = empty;
    this.mic.hidden = !empty;
    this.suggest();
  }

  suggest() {
    const typed = this.text.value;
    const fitting = /^\/[a-z0-9_]*$/i.test(typed) ? (this.phone.world.state.bot.commands ?? []).filter((one) => `/${one.command}`.startsWith(typed.toLowerCase())) : [];
    this.suggestions.hidden = fitting.length === 0;
    this.suggestions.replaceChildren(
      ...fitting.map((one) =>
        element(
          "button",
          { type: "button", onclick: () => this.phone.guard(() => this.phone.send({ text: `/${one.command}` }).then(() => this.empty())) },
          element("strong", {}, `/${one.command}`),
          element("span", {}, one.description),
        ),
      ),
    );
  }

  empty() {
    this.text.value = "";
    this.grow();
    this.text.focus();
  }

  key(event) {
    const plain = !event.shiftKey && !event.altKey && !event.metaKey && !event.isComposing;
    if (event.key === "Enter" && plain && !event.ctrlKey) {
      event.preventDefault();
      this.sendText();
    } else if (event.key === "Escape" && this.context) {
      event.stopPropagation();
      this.clearContext(true);
    } else if (event.key === "ArrowUp" && plain && event.ctrlKey) {
      event.preventDefault();
      this.phone.focusLog();
    } else if (event.key === "ArrowUp" && plain && this.text.value === "" && this.phone.lastOwn()) {
      event.preventDefault();
      this.setContext("edit", this.phone.lastOwn());
    }
  }

  /** The field is emptied at once, so that a second Enter sends nothing twice; a refusal gives the words back. */
  sendText() {
    const text = this.text.value.trim();
    if (!text) return;
    const context = this.context;
    const body = { text, ...this.replyTo() };
    if (context) this.clearContext(false);
    this.empty();
    this.phone.guard(
      () => (context?.kind === "edit" ? this.phone.edit(context.message, text) : this.phone.send(body)),
      () => {
        if (context) this.setContext(context.kind, context.message);
        this.text.value = text;
        this.grow();
      },
    );
  }

  attachMenu() {
    const send = (body) => this.phone.send({ ...body, ...this.replyTo() }).then(() => this.clearContext(false));
    openMenu(this.attach, "Vedhæft", [
      { label: "Billeder", icon: "photo", act: () => askPhotos((pictures) => this.sendPictures(pictures)) },
      { label: "Sted", icon: "place", act: () => askPlace((location) => send({ location })) },
      { label: "Fil eller video", icon: "file", act: () => askFile((kind, { caption, ...file }) => send({ [kind]: file, ...(caption ? { caption } : {}) })) },
      { label: "Talebesked", icon: "mic", act: () => this.record() },
      { label: "Kontaktkort", icon: "contact", act: () => askContact((contact) => send({ contact })) },
    ]);
  }

  async sendPictures(pictures) {
    const album = pictures.length > 1 ? { media_group: `album-${Date.now()}` } : {};
    for (const { caption, ...photo } of pictures) {
      await this.phone.send({ photo, ...(caption ? { caption } : {}), ...album, ...this.replyTo() });
    }
    this.clearContext(false);
  }

  /** A pretended recording: the seconds run, or are typed; nothing listens. */
  record() {
    if (this.recording) return;
    const seconds = element("input", { type: "number", min: 1, max: 3600, value: 1, "aria-label": "Sekunder" });
    let running = true;
    const shown = element("span", { class: "record-time", "aria-hidden": "true" }, lengthInWords(1));
    const update = () => (shown.textContent = lengthInWords(Number(seconds.value) || 0));
    seconds.addEventListener("input", () => {
      running = false;
      update();
    });
    seconds.addEventListener("keydown", (event) => {
      if (event.key === "Enter") {
        event.preventDefault();
        finish();
      }
      if (event.key === "Escape") this.endRecording();
    });
    const timer = setInterval(() => {
      if (!running) return;
      seconds.value = Number(seconds.value) + 1;
      if (document.activeElement === seconds) seconds.select();
      update();
    }, 1000);
    const finish = () => {
      const duration = Math.max(1, Math.round(Number(seconds.value) || 1));
      this.phone.guard(async () => {
        await this.phone.send({ voice: { duration, size: duration * 2000, mime_type: "audio/ogg" }, ...this.replyTo() });
        this.clearContext(false);
        this.endRecording();
      });
    };
    const node = element(
      "div",
      { class: "composer-row recording", role: "group", "aria-label": "Talebesked" },
      iconButton("trash", "Kassér optagelsen", () => this.endRecording()),
      element("span", { class: "record-dot", "aria-hidden": "true" }),
      shown,
      seconds,
      element("span", { "aria-hidden": "true" }, "sek."),
      iconButton("send", "Send talebeskeden", finish, { class: "icon-button send" }),
    );
    this.recording = { node, timer };
    this.row.hidden = true;
    this.row.after(node);
    seconds.focus();
    seconds.select();
  }

  endRecording() {
    if (!this.recording) return;
    clearInterval(this.recording.timer);
    this.recording.node.remove();
    this.recording = null;
    this.row.hidden = false;
    this.text.focus();
  }
}
