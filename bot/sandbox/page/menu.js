/** A small menu beside a button: arrow keys move, Escape closes and gives the focus back. */

import { element, icon } from "./element.js";

let open = null;

/** Closes the menu that is open, if any. */
export function closeMenu(giveBack = true) {
  if (!open) return;
  const { menu, anchor, stop } = open;
  open = null;
  stop();
  menu.remove();
  anchor.setAttribute("aria-expanded", "false");
  if (giveBack) anchor.focus({ preventScroll: true });
}

/**
 * Opens a menu at `anchor`. `items`: {label, icon?, act, danger?}; `emoji`: {list, act(emoji)} for a row of reactions.
 */
export function openMenu(anchor, label, items, emoji = null) {
  closeMenu(false);
  const menu = element("div", { role: "menu", class: "menu", "aria-label": label });
  if (emoji) menu.append(emojiRow(emoji));
  for (const item of items) {
    menu.append(
      element(
        "button",
        { type: "button", role: "menuitem", class: item.danger ? "danger" : null, tabindex: "-1", onclick: () => choose(item.act) },
        item.icon ? icon(item.icon) : null,
        element("span", {}, item.label),
      ),
    );
  }
  document.getElementById("menus").append(menu);
  place(menu, anchor);
  anchor.setAttribute("aria-expanded", "true");
  menu.addEventListener("keydown", moveByKeys);
  const outside = (event) => {
    if (!menu.contains(event.target) && !anchor.contains(event.target)) closeMenu(false);
  };
  const shut = () => closeMenu(false);
  document.addEventListener("pointerdown", outside, true);
  window.addEventListener("resize", shut);
  const stop = () => {
    document.removeEventListener("pointerdown", outside, true);
    window.removeEventListener("resize", shut);
  };
  open = { menu, anchor, stop };
  menu.querySelector("[role=menuitem]").focus();
}

function emojiRow({ list, act }) {
  const row = element("div", { class: "emoji-row", role: "group", "aria-label": "Reaktioner" });
  for (const sign of list) {
    row.append(
      element("button", { type: "button", role: "menuitem", tabindex: "-1", "aria-label": `Reagér med ${sign}`, onclick: () => choose(() => act(sign)) }, sign),
    );
  }
  return row;
}

function choose(act) {
  closeMenu(true);
  act();
}

function place(menu, anchor) {
  const box = anchor.getBoundingClientRect();
  const size = menu.getBoundingClientRect();
  const frame = (anchor.closest(".screen") ?? document.body).getBoundingClientRect();
  // Right below its button where the screen has room for it; over the neighbour's phone only where it has not.
  const beside = box.right - size.width >= frame.left ? box.right - size.width : box.left;
  const left = Math.max(8, Math.min(beside, window.innerWidth - size.width - 8));
  const below = box.bottom + 4 + size.height < window.innerHeight;
  menu.style.left = `${left}px`;
  menu.style.top = `${below ? box.bottom + 4 : Math.max(8, box.top - size.height - 4)}px`;
}

function moveByKeys(event) {
  const items = [...event.currentTarget.querySelectorAll("[role=menuitem]")];
  const at = items.indexOf(document.activeElement);
  const steps = { ArrowDown: 1, ArrowRight: 1, ArrowUp: -1, ArrowLeft: -1 };
  if (event.key in steps) items[(at + steps[event.key] + items.length) % items.length].focus();
  else if (event.key === "Home") items[0].focus();
  else if (event.key === "End") items[items.length - 1].focus();
  else if (event.key === "Escape") closeMenu(true);
  else if (event.key === "Tab") closeMenu(true);
  else return;
  event.preventDefault();
  event.stopPropagation();
}
