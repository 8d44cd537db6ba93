// The app's forms: one dialog that shows the top of the stack. What was typed stays while its block and action stay.

import { blocksOf } from "./blocks.js";
import { openDialog } from "./dialogs.js";
import { h, keepFocus } from "./dom.js";
import { plainText } from "./mrkdwn.js";
import { page } from "./page.js";
import { closePopover } from "./popover.js";
import { perform, viewSurface } from "./surface.js";
import { localDay } from "./zones.js";

const FOCUSABLE = "input, textarea, select, .dialog-body button, [type=submit]";
let shown = null;

/** Shows the top form of the acting person, updates it in place, or closes the dialog when there is none. */
export function drawModal() {
  const views = page.state.modals ?? [];
  const view = views.at(-1);
  if (!view) return shut();
  const key = `${page.as}/${view.id}`;
  const signature = JSON.stringify([view, views.length, localDay(new Date(page.state.now))]);
  if (shown?.key === key && shown.signature === signature) return undefined;
  if (shown?.key !== key) show(key, view);
  shown.view = view;
  shown.signature = signature;
  return fillDialog(view, views.length);
}

function show(key, view) {
  const before = shown?.before ?? document.activeElement;
  shut({ keepFocusThere: true });
  shown = { key, before };
  shown.dialog = openDialog({ title: plainText(view.title), className: "modal", testid: "modal", onClose: closeTop });
  shown.fresh = true;
}

function fillDialog(view, depth) {
  const { dialog } = shown;
  const surface = viewSurface(view, { failed: showFailure, silent: showSilence });
  dialog.querySelector("h2").replaceChildren(plainText(view.title));
  const scrolled = dialog.querySelector(".dialog-body")?.scrollTop ?? 0;
  const form = h(
    "form",
    { class: "dialog-form", novalidate: true },
    h(
      "div",
      { class: "dialog-body" },
      h("p", { class: "failure", role: "alert", hidden: true }),
      blocksOf(view.blocks, surface),
    ),
    h(
      "footer",
      { class: "dialog-foot" },
      h(
        "button",
        { type: "button", class: "btn", "data-key": "modal-close", onclick: closeTop },
        view.close ? plainText(view.close) : depth > 1 ? "Back" : "Close",
      ),
      view.submit &&
        h("button", { type: "submit", class: "btn btn-primary", "data-key": "modal-submit" }, plainText(view.submit)),
    ),
  );
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    submit(view, surface);
  });
  closePopover();
  keepFocus(dialog, () => {
    dialog.querySelector("form")?.remove();
    dialog.append(form);
  });
  form.querySelector(".dialog-body").scrollTop = scrolled;
  chooseFocus(form, view);
  setBusy(false);
}

function chooseFocus(form, view) {
  const wrong = form.querySelector(".input-wrong :is(input, textarea)");
  const first = form.querySelector("[data-focus]") ?? form.querySelector(FOCUSABLE);
  if (wrong && JSON.stringify(view.errors) !== shown.errors) wrong.focus();
  else if (shown.fresh || !shown.dialog.contains(document.activeElement)) first?.focus();
  shown.fresh = false;
  shown.errors = JSON.stringify(view.errors);
}

async function submit(view, surface) {
  if (shown?.busy) return;
  setBusy(true);
  shown.errors = null;
  const answer = await perform({ do: "submit", view: view.id, values: surface.values() }, showFailure, showSilence);
  if (shown?.view.id === view.id) setBusy(false);
  if (answer.ok && !page.state.modals.some((one) => one.id === view.id)) surface.forget();
}

async function closeTop() {
  const { view } = shown;
  const answer = await perform({ do: "close", view: view.id }, showFailure);
  if (answer.ok) viewSurface(view).forget();
}

function showSilence(sentence) {
  showFailure(`${sentence} Your words are still here: you can try again.`);
}

function showFailure(sentence) {
  const place = shown?.dialog.querySelector(".failure");
  if (!place) return;
  place.hidden = false;
  place.textContent = sentence;
  place.scrollIntoView({ block: "nearest" });
}

function setBusy(busy) {
  if (!shown) return;
  shown.busy = busy;
  shown.dialog.classList.toggle("busy", busy);
  shown.dialog.setAttribute("aria-busy", String(busy));
}

function shut({ keepFocusThere = false } = {}) {
  if (!shown) return;
  closePopover();
  shown.dialog.remove();
  const { before } = shown;
  shown = null;
  if (!keepFocusThere) (before?.isConnected ? before : document.querySelector("#composer textarea"))?.focus();
}
