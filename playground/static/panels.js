// The panels at the side that a button in the bar opens. One at a time: two would leave no room for the conversation.

import { h } from "./dom.js";
import { icon } from "./icons.js";

const panels = [];

/**
 * Puts a head with `title`, `extra` and a cross into `root`, and has `toggle` open and close it. `opened` is called
 * at each opening and returns what gets the focus.
 */
export function startPanel(root, toggle, title, extra, opened) {
  const set = (open) => {
    root.hidden = !open;
    toggle.setAttribute("aria-expanded", String(open));
  };
  const show = async (open) => {
    if (open) for (const panel of panels) if (panel.root !== root) panel.set(false);
    set(open);
    (open ? await opened() : toggle).focus();
  };
  const close = h(
    "button",
    { type: "button", class: "icon-button", "aria-label": `Close: ${title}`, onclick: () => show(false) },
    icon("close"),
  );
  panels.push({ root, set });
  root.append(h("header", { class: "side-head" }, h("h2", {}, title), extra, close));
  root.addEventListener("keydown", (event) => event.key === "Escape" && show(false));
  toggle.addEventListener("click", () => show(root.hidden));
}
