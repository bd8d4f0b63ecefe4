/** What can be sent beside text: pictures, a place, a file, a contact. */

import { askForm, field } from "./dialog.js";
import { element, iconButton } from "./element.js";
import { sizeInWords } from "./media.js";

const PLACES = [
  ["Ordrup Station", 55.7637, 12.5789],
  ["Gentofte Rådhus", 55.7497, 12.5497],
  ["Hellerup Strand", 55.7293, 12.5826],
  ["Byens Hus, Hellerup", 55.7317, 12.5711],
  ["Malmö, Sverige", 55.605, 13.0038],
];

/** Asks for one to ten pictures with a text each; `send(pictures)` gets {content_base64, file_name, mime_type, caption}. */
export function askPhotos(send) {
  const pictures = [];
  const list = element("ul", { class: "picture-list" });
  const status = element("p", { class: "hint", "aria-live": "polite" });
  const picker = element("input", { type: "file", accept: "image/*", multiple: true, class: "visually-hidden", id: "picture-files" });
  const body = element(
    "div",
    {},
    list,
    status,
    element(
      "div",
      { class: "button-row" },
      element("button", { type: "button", onclick: () => add(samplePicture(pictures.length + 1)) }, "Endnu et prøvebillede"),
      picker,
      element("label", { class: "button", for: "picture-files" }, "Vælg egne billeder"),
    ),
  );
  const { send: button } = askForm({
    title: "Send billeder",
    body,
    submitLabel: "Send",
    submit: () => send(pictures.map(({ caption, url, name }) => ({ ...contentOf(url), file_name: name, caption: caption.value.trim() }))),
  });
  const show = () => {
    list.replaceChildren(...pictures.map((picture, at) => pictureItem(picture, at, remove)));
    status.textContent = pictures.length > 1 ? `${pictures.length} billeder bliver sendt som ét album.` : "";
    button.disabled = pictures.length === 0;
  };
  const add = (picture) => {
    if (pictures.length >= 10) return;
    pictures.push({ ...picture, caption: element("input", { type: "text", maxlength: 1024, placeholder: "Hvis du vil" }) });
    show();
  };
  const remove = (at) => {
    pictures.splice(at, 1);
    show();
  };
  picker.addEventListener("change", async () => {
    for (const file of picker.files) add({ name: file.name, url: await readAddress(file) });
    picker.value = "";
  });
  add(samplePicture(1));
}

function pictureItem(picture, at, remove) {
  return element(
    "li",
    {},
    element("img", { src: picture.url, alt: `Billede ${at + 1}` }),
    field(`Tekst til billede ${at + 1}`, picture.caption),
    iconButton("close", `Fjern billede ${at + 1}`, () => remove(at)),
  );
}

/** A small drawn street with bicycles, so that nobody needs a picture at hand. */
function samplePicture(number) {
  const canvas = element("canvas", { width: 640, height: 440 });
  const pen = canvas.getContext("2d");
  const sky = pen.createLinearGradient(0, 0, 0, 300);
  sky.addColorStop(0, ["#9cc7de", "#f0c9a0", "#b6d3c4", "#c5bfe0"][number % 4]);
  sky.addColorStop(1, "#f5efe2");
  pen.fillStyle = sky;
  pen.fillRect(0, 0, 640, 440);
  pen.fillStyle = "#b5664d";
  pen.fillRect(40 + number * 12, 90, 300, 210);
  pen.fillStyle = "#f4e6cf";
  for (let column = 0; column < 4; column += 1) pen.fillRect(70 + number * 12 + column * 66, 130, 40, 60);
  pen.fillStyle = "#8f9a92";
  pen.fillRect(0, 300, 640, 140);
  pen.lineWidth = 6;
  for (let bicycle = 0; bicycle < 2 + (number % 4); bicycle += 1) drawBicycle(pen, 60 + bicycle * 112, 352 + (bicycle % 2) * 22);
  return { name: `billede-${number}.jpg`, url: canvas.toDataURL("image/jpeg", 0.82) };
}

function drawBicycle(pen, x, y) {
  pen.strokeStyle = "#22333b";
  pen.beginPath();
  pen.arc(x, y, 26, 0, 7);
  pen.moveTo(x + 96, y);
  pen.arc(x + 70, y, 26, 0, 7);
  pen.stroke();
  pen.strokeStyle = "#0d6b60";
  pen.beginPath();
  pen.moveTo(x, y);
  pen.lineTo(x + 24, y - 38);
  pen.lineTo(x + 60, y - 38);
  pen.lineTo(x + 36, y);
  pen.lineTo(x, y);
  pen.moveTo(x + 70, y);
  pen.lineTo(x + 56, y - 54);
  pen.stroke();
}

function readAddress(file) {
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => resolve(reader.result);
    reader.onerror = () => reject(new Error("Filen kunne ikke læses."));
    reader.readAsDataURL(file);
  });
}

function contentOf(dataAddress) {
  const comma = dataAddress.indexOf(",");
  return { mime_type: dataAddress.slice(5, dataAddress.indexOf(";")), content_base64: dataAddress.slice(comma + 1) };
}

/** Asks for a place; `send({latitude, longitude, live_period?})`. */
export function askPlace(send) {
  const number = (value, limit) => element("input", { type: "number", step: "any", min: -limit, max: limit, required: true, value });
  const latitude = number(PLACES[0][1], 90);
  const longitude = number(PLACES[0][2], 180);
  const known = element("select", {}, PLACES.map(([name], at) => element("option", { value: at }, name)), element("option", { value: "" }, "Et andet sted"));
  const live = element("input", { type: "checkbox", id: "place-live" });
  known.addEventListener("change", () => {
    if (known.value === "") return latitude.focus();
    [, latitude.value, longitude.value] = PLACES[Number(known.value)];
  });
  for (const input of [latitude, longitude]) input.addEventListener("input", () => (known.value = ""));
  askForm({
    title: "Send et sted",
    body: [
      field("Sted", known),
      element("div", { class: "field-pair" }, field("Breddegrad", latitude), field("Længdegrad", longitude)),
      element("div", { class: "check" }, live, element("label", { for: "place-live" }, "Del stedet live i 15 minutter")),
    ],
    submitLabel: "Send sted",
    submit: () => send({ latitude: Number(latitude.value), longitude: Number(longitude.value), ...(live.checked ? { live_period: 900 } : {}) }),
  });
}

/** Asks for a file, real or pretended by name and size; `send(kind, {file_name, mime_type, size?, content_base64?, caption})`. */
export function askFile(send) {
  const picker = element("input", { type: "file" });
  const name = element("input", { type: "text", required: true, value: "tegning.pdf", maxlength: 200 });
  const size = element("input", { type: "number", min: 1, max: 2000000, required: true, value: 120 });
  const kind = element("select", {}, element("option", { value: "document" }, "Fil"), element("option", { value: "video" }, "Video"), element("option", { value: "audio" }, "Lyd"));
  const caption = element("input", { type: "text", maxlength: 1024 });
  const status = element("p", { class: "hint", "aria-live": "polite" });
  picker.addEventListener("change", () => {
    const file = picker.files[0];
    if (!file) return;
    name.value = file.name;
    size.value = Math.max(1, Math.round(file.size / 1000));
    status.textContent = `${file.name}, ${sizeInWords(file.size)}, er valgt.`;
  });
  const submit = async () => {
    const file = picker.files[0];
    const real = file ? contentOf(await readAddress(file)) : { size: Number(size.value) * 1000, mime_type: mimeOf(name.value) };
    await send(kind.value, { ...real, file_name: name.value.trim(), caption: caption.value.trim() });
  };
  askForm({
    title: "Send en fil",
    body: [
      field("Filens navn", name),
      element("div", { class: "field-pair" }, field("Størrelse i kB", size), field("Slags", kind)),
      field("Tekst, hvis du vil", caption),
      field("Eller vælg en rigtig fil", picker),
      status,
    ],
    submitLabel: "Send fil",
    submit,
  });
}

function mimeOf(name) {
  const known = { pdf: "application/pdf", jpg: "image/jpeg", png: "image/png", mp4: "video/mp4", mp3: "audio/mpeg", txt: "text/plain", docx: "application/vnd.openxmlformats-officedocument.wordprocessingml.document" };
  return known[name.split(".").pop().toLowerCase()] ?? "application/octet-stream";
}

/** Asks for a contact card; `send({first_name, phone_number})`. */
export function askContact(send) {
  const name = element("input", { type: "text", required: true, value: "Erik" });
  const phone = element("input", { type: "tel", required: true, value: "+4512345678" });
  askForm({
    title: "Send et kontaktkort",
    body: [field("Navn", name), field("Telefon", phone)],
    submitLabel: "Send kontakt",
    submit: () => send({ first_name: name.value.trim(), phone_number: phone.value.trim() }),
  });
}
