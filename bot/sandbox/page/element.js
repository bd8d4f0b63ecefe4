/** Builds DOM nodes; what people wrote only ever becomes text nodes. */

/**
 * One element with attributes, listeners (`onclick`) and children (nodes or strings).
 * Attributes that are null, undefined or false are left out.
 */
export function element(tag, properties = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) {
    if (value === undefined || value === null || value === false) continue;
    if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
    else if (name === "dataset") Object.assign(node.dataset, value);
    else node.setAttribute(name, value === true ? "" : String(value));
  }
  node.append(...children.flat().filter((child) => child !== null && child !== undefined && child !== false));
  return node;
}

const PATHS = {
  back: "M15 5l-7 7 7 7",
  close: "M6 6l12 12M18 6L6 18",
  more: "M5 12h.01M12 12h.01M19 12h.01",
  reply: "M10 6L4 12l6 6M4 12h9a7 7 0 0 1 7 7",
  edit: "M4 20h4L19 9l-4-4L4 16zM13 7l4 4",
  trash: "M5 7h14M10 7V4h4v3M7 7l1 13h8l1-13",
  pin: "M9 4h6l-1 6 3 3v2H7v-2l3-3zM12 15v6",
  attach: "M20 11l-8.500 8.500a5 5 0 0 1-7-7L13 4a3.500 3.500 0 0 1 5 5l-8.500 8.500a1.800 1.800 0 0 1-2.500-2.500L15 7",
  send: "M4 12l16-8-6 16-3-7z",
  mic: "M12 4a3 3 0 0 0-3 3v4a3 3 0 0 0 6 0V7a3 3 0 0 0-3-3zM6 11a6 6 0 0 0 12 0M12 17v4",
  photo: "M4 6h16v13H4zM4 16l5-5 4 4 2-2 5 5M15.500 9.500h.01",
  place: "M12 21s7-6.500 7-11.500A7 7 0 0 0 5 9.500C5 14.500 12 21 12 21zM12 12a2.500 2.500 0 1 0 0-5 2.500 2.500 0 0 0 0 5z",
  file: "M6 3h8l4 4v14H6zM14 3v4h4",
  plus: "M12 5v14M5 12h14",
  keyboard: "M3 7h18v11H3zM7 11h.01M11 11h.01M15 11h.01M8 15h8",
  block: "M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18zM5.700 5.700l12.600 12.600",
  play: "M8 5l11 7-11 7z",
  stop: "M7 7h10v10H7z",
  down: "M6 9l6 6 6-6",
  lock: "M6 11h12v9H6zM9 11V8a3 3 0 0 1 6 0v3",
  people: "M9 11a3.500 3.500 0 1 0 0-7 3.500 3.500 0 0 0 0 7zM3 20a6 6 0 0 1 12 0M16 4.500a3.500 3.500 0 0 1 0 6.500M17 14.500a6 6 0 0 1 4 5.500",
  contact: "M12 12a4 4 0 1 0 0-8 4 4 0 0 0 0 8zM5 20a7 7 0 0 1 14 0",
  link: "M14 5h5v5M19 5l-8 8M17 14v5H5V7h5",
};

/** A line icon by name, hidden from assistive technology: the button around it carries the words. */
export function icon(name) {
  const space = "http://www.w3.org/2000/svg";
  const svg = document.createElementNS(space, "svg");
  svg.setAttribute("viewBox", "0 0 24 24");
  svg.setAttribute("class", `icon icon-${name}`);
  svg.setAttribute("aria-hidden", "true");
  const path = document.createElementNS(space, "path");
  path.setAttribute("d", PATHS[name]);
  svg.append(path);
  return svg;
}

/** A round button that shows an icon and says `label`. */
export function iconButton(name, label, onclick, properties = {}) {
  return element("button", { type: "button", class: "icon-button", "aria-label": label, title: label, onclick, ...properties }, icon(name));
}

/** A coloured disc with the initials of a name; the colour follows the id, so a person keeps theirs. */
export function avatar(name, id) {
  const words = name.trim().split(/\s+/).filter(Boolean);
  const initials = words.length ? [words[0], words.length > 1 ? words[words.length - 1] : ""] : ["?"];
  const letters = initials.map((word) => Array.from(word)[0] ?? "").join("").toUpperCase();
  return element("span", { class: `avatar hue-${hue(id)}`, "aria-hidden": "true" }, letters);
}

/** The number, 0 to 6, of the colour that belongs to an id. */
export function hue(id) {
  return Math.abs(Number(id) || 0) % 7;
}
