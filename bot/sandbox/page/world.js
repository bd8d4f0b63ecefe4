/** The page's picture of the sandbox: people, chats and messages, kept fresh by the event stream. */

/** Error whose message is the server's own sentence. */
export class Refused extends Error {}

/**
 * Holds the state and tells of changes by events: `state`, `messages` {chat}, `arrival` {chat, message},
 * `answer` {callback_query_id, text, show_alert}, `action` {chat, ...}, `connection` {on}, and `reset`
 * when the world was emptied.
 */
export class World extends EventTarget {
  constructor() {
    super();
    this.state = { now: new Date().toISOString(), bot: {}, people: [], chats: [], seq: 0 };
    this.messages = new Map();
    this.answers = new Map();
    this.clockLead = 0;
    this.newest = 0;
    this.loading = new Map();
    this.early = new Map();
    this.stream = null;
    this.retryDelay = 500;
  }

  /** The sandbox's time now, in milliseconds since 1970. */
  now() {
    return Date.now() + this.clockLead;
  }

  /** Reads the whole state and opens the stream from there. */
  async open() {
    try {
      await this.refresh();
      if (this.state.seq < this.newest) this.forget();
      this.newest = this.state.seq;
      await Promise.all([...this.messages.keys()].map((chat) => this.reload(chat)));
    } catch {
      this.retry();
      return;
    }
    this.listen();
  }

  listen() {
    this.stream?.close();
    const stream = new EventSource(`/sandbox/stream?after=${this.state.seq}`);
    this.stream = stream;
    stream.onopen = () => {
      this.retryDelay = 500;
      this.tell("connection", { on: true });
    };
    stream.onmessage = (event) => this.take(JSON.parse(event.data));
    stream.onerror = () => {
      stream.close();
      if (this.stream === stream) this.retry();
    };
  }

  /** A server that came back may be a new one with an empty world: read everything again. */
  retry() {
    this.tell("connection", { on: false });
    setTimeout(() => this.open(), this.retryDelay);
    this.retryDelay = Math.min(this.retryDelay * 2, 5000);
  }

  /** The world that we knew is gone. */
  forget() {
    this.messages.clear();
    this.answers.clear();
    this.tell("reset");
  }

  async refresh() {
    const state = await this.get("/sandbox/state");
    this.state = state;
    this.clockLead = Date.parse(state.now) - Date.now();
    const known = new Set(state.chats.map((chat) => chat.id));
    for (const chat of this.messages.keys()) if (!known.has(chat)) this.messages.delete(chat);
    this.tell("state");
  }

  /** Several events in a row cost one reading of the state. */
  refreshSoon() {
    if (this.refreshing) return;
    this.refreshing = true;
    setTimeout(() => {
      this.refreshing = false;
      this.refresh().catch(() => this.tell("connection", { on: false }));
    }, 30);
  }

  /** Loads a chat's messages once; later calls give what is here. */
  async watch(chat) {
    if (this.messages.has(chat)) return;
    if (!this.loading.has(chat)) this.loading.set(chat, this.reload(chat).finally(() => this.loading.delete(chat)));
    await this.loading.get(chat);
  }

  /** Reads a chat; what the stream told meanwhile, and the answer could not know, is added. */
  async reload(chat) {
    this.early.set(chat, []);
    const viewer = chat > 0 ? chat : (this.chat(chat)?.members ?? []).find((id) => id !== this.state.bot.id);
    let answer;
    try {
      answer = await this.get(`/sandbox/chat/${chat}${viewer ? `?viewer=${viewer}` : ""}`);
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      answer = { messages: [] };
    }
    const kept = new Map();
    for (const message of answer.messages) if (!message.deleted) kept.set(message.message_id, message);
    this.messages.set(chat, kept);
    const early = this.early.get(chat) ?? [];
    this.early.delete(chat);
    for (const event of early) if (event.seq > answer.seq) this.change(event);
    this.tell("messages", { chat });
  }

  take(event) {
    const { seq, type, chat, payload } = event;
    this.newest = seq;
    if (type === "message" || type === "edited" || type === "reaction" || type === "deleted") this.takeMessage(event);
    else if (type === "press_answer") {
      this.answers.set(payload.callback_query_id, payload);
      this.tell("answer", payload);
    } else if (type === "action") this.tell("action", { chat, ...payload });
    else {
      if (payload.reset) this.forget();
      this.refreshSoon();
    }
  }

  takeMessage(event) {
    this.early.get(event.chat)?.push(event);
    this.change(event);
    if (!this.chat(event.chat)) this.refreshSoon();
    if (event.type === "message") this.tell("arrival", { chat: event.chat, message: event.payload });
    this.tell("messages", { chat: event.chat });
  }

  /** Puts one message's new form, or its absence, among those of its chat. */
  change({ chat, payload }) {
    const here = this.messages.get(chat);
    if (payload.deleted) here?.delete(payload.message_id);
    else here?.set(payload.message_id, payload);
  }

  tell(type, detail = {}) {
    this.dispatchEvent(new CustomEvent(type, { detail }));
  }

  chat(id) {
    return this.state.chats.find((chat) => chat.id === id);
  }

  person(id) {
    return this.state.people.find((person) => person.id === id);
  }

  groups() {
    return this.state.chats.filter((chat) => chat.type.endsWith("group") && !chat.migrated_to);
  }

  /** True for a member of any group: the page calls these people staff. */
  isStaff(person) {
    return this.groups().some((chat) => chat.members.includes(person));
  }

  async get(path) {
    return read(await fetch(path, { headers: { Accept: "application/json" }, cache: "no-store" }));
  }

  /** Posts to the sandbox; throws Refused with the server's sentence when it says no. */
  async post(name, body) {
    return read(
      await fetch(`/sandbox/${name}`, {
        method: "POST",
        headers: { "Content-Type": "application/json" },
        body: JSON.stringify(body),
      }),
    );
  }
}

async function read(response) {
  const body = await response.json().catch(() => ({}));
  if (!response.ok) throw new Refused(body.error ?? `Serveren svarede ${response.status}.`);
  return body;
}

/** A person's whole name. */
export function nameOf(person) {
  if (!person) return "Ukendt";
  return [person.first_name, person.last_name].filter(Boolean).join(" ") || person.title || "Ukendt";
}
