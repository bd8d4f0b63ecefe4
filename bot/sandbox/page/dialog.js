/** Questions that need more than a line: native dialogs, one at a time. */

import { element } from "./element.js";

let serial = 0;

/**
 * Opens a form in a dialog. `submit` may return a promise; a thrown error is shown in the dialog, which then stays open.
 * If it gives a function, that runs once the dialog is gone and may put the focus where it wants.
 */
export function askForm({ title, body, submitLabel, submit }) {
  serial += 1;
  const fault = element("p", { class: "fault", role: "alert" });
  const send = element("button", { type: "submit", class: "primary" }, submitLabel);
  const form = element(
    "form",
    { class: "dialog-form" },
    element("h2", { id: `dialog-${serial}` }, title),
    body,
    fault,
    element("div", { class: "dialog-actions" }, element("button", { type: "button", onclick: () => dialog.close() }, "Fortryd"), send),
  );
  const dialog = show(form, `dialog-${serial}`, "dialog");
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    send.disabled = true;
    try {
      const after = await submit();
      if (typeof after === "function") dialog.addEventListener("close", after, { once: true });
      dialog.close();
    } catch (error) {
      fault.textContent = error.message;
    } finally {
      send.disabled = false;
    }
  });
  return { dialog, send };
}

/** The bot's alert: stays until it is read and closed. */
export function alertBox(title, text) {
  serial += 1;
  const body = element(
    "div",
    { class: "dialog-form" },
    element("h2", { id: `dialog-${serial}` }, title),
    element("p", { class: "alert-text" }, text),
    element("div", { class: "dialog-actions" }, element("button", { type: "button", class: "primary", onclick: () => dialog.close() }, "OK")),
  );
  const dialog = show(body, `dialog-${serial}`, "alertdialog");
}

function show(content, labelledBy, role) {
  const dialog = element("dialog", { "aria-labelledby": labelledBy, role: role === "dialog" ? null : role }, content);
  const before = document.activeElement;
  dialog.addEventListener("close", () => {
    dialog.remove();
    if (before?.isConnected) before.focus({ preventScroll: true });
  });
  dialog.addEventListener("click", (event) => {
    if (event.target === dialog) dialog.close();
  });
  document.body.append(dialog);
  dialog.showModal();
  return dialog;
}

/** A labelled field: the label's words above the input. */
export function field(label, input) {
  serial += 1;
  input.id = input.id || `field-${serial}`;
  return element("div", { class: "field" }, element("label", { for: input.id }, label), input);
}
