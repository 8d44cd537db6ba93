// The page's dialogs. <dialog> keeps the focus inside and everything else out of reach; these add a title, buttons
// and a promise.

import { h, newId } from "./dom.js";
import { icon } from "./icons.js";
import { plainText, textNode } from "./mrkdwn.js";

/** Returns an open modal <dialog> with a title; `onClose` is asked to close it, by Escape or by its cross. */
export function openDialog({ title, className = "", testid = null, onClose }) {
  const titleId = newId("title");
  const head = h(
    "header",
    { class: "dialog-head" },
    h("h2", { id: titleId }, title),
    h(
      "button",
      {
        type: "button",
        class: "icon-button",
        "aria-label": "Close dialog",
        "data-key": "cross",
        onclick: () => onClose(),
      },
      icon("close"),
    ),
  );
  const dialog = h("dialog", { class: `dialog ${className}`, "aria-labelledby": titleId, "data-testid": testid }, head);
  dialog.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || event.defaultPrevented) return;
    event.preventDefault();
    event.stopPropagation();
    onClose();
  });
  dialog.addEventListener("cancel", (event) => event.preventDefault());
  document.body.append(dialog);
  dialog.showModal();
  return dialog;
}

/**
 * Asks before an action, as a Slack confirm object says: {title, text, confirm, deny, style}. Resolves to true or
 * false.
 */
export function askFirst(confirm) {
  const body = h("p", {}, textNode(confirm.text));
  const buttons = { yes: plainText(confirm.confirm?.text ?? "Yes"), no: plainText(confirm.deny?.text ?? "Cancel") };
  return askWith(plainText(confirm.title?.text ?? "Are you sure?"), body, {
    ...buttons,
    danger: confirm.style === "danger",
  });
}

/** Shows `body` with two buttons and resolves to true if the first was chosen. Enter in a field counts as the first. */
export function askWith(title, body, { yes, no, danger = false }) {
  return new Promise((resolve) => {
    const finish = (answer) => {
      dialog.remove();
      before?.focus?.();
      resolve(answer);
    };
    const before = document.activeElement;
    const dialog = openDialog({ title, className: "dialog-small", testid: "confirm", onClose: () => finish(false) });
    const form = h(
      "form",
      { class: "dialog-form" },
      h("div", { class: "dialog-body" }, body),
      h(
        "footer",
        { class: "dialog-foot" },
        h("button", { type: "button", class: "btn", onclick: () => finish(false) }, no),
        h("button", { type: "submit", class: `btn ${danger ? "btn-danger-solid" : "btn-primary"}` }, yes),
      ),
    );
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      finish(true);
    });
    dialog.append(form);
    (form.querySelector("input") ?? form.querySelector("[type=submit]")).focus();
  });
}
