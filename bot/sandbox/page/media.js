/** Pictures, voice, places, files and the rest of what a message can carry. */

import { element, icon } from "./element.js";

const address = (fileId) => `/sandbox/file/${encodeURIComponent(fileId)}`;

/** A size in bytes, in words. */
export function sizeInWords(bytes) {
  if (!bytes) return "";
  if (bytes < 1000) return `${bytes} B`;
  if (bytes < 1e6) return `${Math.round(bytes / 1000)} kB`;
  return `${(bytes / 1e6).toFixed(1).replace(".", ",")} MB`;
}

/** Minutes and seconds, as 0.47. */
export function lengthInWords(seconds) {
  return `${Math.floor(seconds / 60)}.${String(Math.floor(seconds % 60)).padStart(2, "0")}`;
}

/** A short text for previews and screen readers: what the message is when it is not text. */
export function gist(message) {
  if (message.text) return message.text;
  const kinds = [
    ["photo", "Billede"],
    ["voice", "Talebesked"],
    ["venue", "Sted"],
    ["location", "Sted"],
    ["document", message.document?.file_name ?? "Fil"],
    ["video", "Video"],
    ["video_note", "Videobesked"],
    ["animation", "Animation"],
    ["audio", "Lyd"],
    ["sticker", `Klistermærke ${message.sticker?.emoji ?? ""}`.trim()],
    ["contact", "Kontakt"],
    ["poll", message.poll?.question ?? "Afstemning"],
    ["dice", message.dice?.emoji ?? "Terning"],
  ];
  const kind = kinds.find(([name]) => message[name]);
  const words = kind ? kind[1] : "Besked";
  return message.caption ? `${words}: ${message.caption}` : words;
}

/** The node for what a message carries beside text, or null. */
export function mediaNode(message) {
  if (message.photo) return photoNode(message);
  if (message.voice) return voiceNode(message.voice, "Talebesked");
  if (message.audio) return voiceNode(message.audio, message.audio.title ?? message.audio.file_name ?? "Lyd");
  if (message.location) return placeNode(message.location, message.venue);
  if (message.animation) return fileNode("Animation", message.animation, "play");
  if (message.document) return fileNode(message.document.file_name ?? "Fil", message.document, "file");
  if (message.video) return fileNode(message.video.file_name ?? "Video", message.video, "play");
  if (message.video_note) return fileNode("Videobesked", message.video_note, "play");
  if (message.sticker) return element("div", { class: "sticker" }, message.sticker.emoji ?? "Klistermærke");
  if (message.contact) return contactNode(message.contact);
  if (message.dice) return element("div", { class: "sticker" }, message.dice.emoji, element("small", {}, ` ${message.dice.value}`));
  if (message.poll) return pollNode(message.poll);
  return null;
}

/** One picture; when its bytes are no picture (tests send any bytes) a drawn stand-in. */
export function photoNode(message) {
  const biggest = message.photo[message.photo.length - 1];
  const frame = element("div", { class: "photo" });
  const image = element("img", { src: address(biggest.file_id), alt: message.caption ? `Billede: ${message.caption}` : "Billede", loading: "lazy" });
  image.addEventListener("error", () => {
    image.remove();
    frame.classList.add("unseen");
    frame.append(icon("photo"), element("span", {}, "Billede"));
  });
  frame.append(image);
  return frame;
}

/** The sandbox's voices hold no sound: playing runs the mark along the waves for as long as the voice is said to last. */
function voiceNode(voice, title) {
  const seconds = voice.duration ?? 0;
  const time = element("span", { class: "voice-time" }, lengthInWords(seconds));
  const waves = element("progress", { class: "voice-waves", max: Math.max(seconds, 1), value: 0, "aria-label": "Afspillet" });
  const button = element("button", { type: "button", class: "voice-play", "aria-label": `Afspil: ${title}, ${seconds} sekunder` }, icon("play"));
  let timer = null;
  const stop = () => {
    clearInterval(timer);
    timer = null;
    waves.value = 0;
    time.textContent = lengthInWords(seconds);
    button.replaceChildren(icon("play"));
  };
  button.addEventListener("click", () => {
    if (timer) return stop();
    const begun = performance.now();
    button.replaceChildren(icon("stop"));
    timer = setInterval(() => {
      const gone = (performance.now() - begun) / 1000;
      if (gone >= seconds || !button.isConnected) return stop();
      waves.value = gone;
      time.textContent = lengthInWords(gone);
    }, 200);
  });
  return element("div", { class: "voice" }, button, element("div", { class: "voice-body" }, element("span", { class: "voice-title" }, title), waves), time);
}

/** A drawn map: real map tiles would need another host. */
function placeNode(location, venue) {
  const position = `${location.latitude.toFixed(4)}, ${location.longitude.toFixed(4)}`;
  const words = venue ? `${venue.title}, ${venue.address}` : location.live_period ? "Sted, deles live" : "Sted";
  return element(
    "div",
    { class: "place" },
    element("div", { class: "place-map" }, icon("place")),
    element("div", { class: "place-words" }, element("strong", {}, words), element("span", {}, position)),
  );
}

function fileNode(name, file, sign) {
  return element(
    "a",
    { class: "file", href: address(file.file_id), download: file.file_name ?? name },
    element("span", { class: "file-sign" }, icon(sign)),
    element("span", { class: "file-words" }, element("strong", {}, name), element("span", {}, [file.duration ? lengthInWords(file.duration) : null, sizeInWords(file.file_size)].filter(Boolean).join(" · "))),
  );
}

function contactNode(contact) {
  return element(
    "div",
    { class: "file" },
    element("span", { class: "file-sign" }, icon("contact")),
    element("span", { class: "file-words" }, element("strong", {}, [contact.first_name, contact.last_name].filter(Boolean).join(" ")), element("span", {}, contact.phone_number)),
  );
}

function pollNode(poll) {
  return element(
    "div",
    { class: "poll" },
    element("strong", {}, poll.question),
    element("ul", {}, poll.options.map((option) => element("li", {}, option.text, element("span", {}, ` ${option.voter_count ?? 0}`)))),
  );
}
