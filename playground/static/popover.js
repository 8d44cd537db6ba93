// Small panels that float beside a button: menus and lists. They close at Escape, at a click elsewhere and when
// their anchor moves away.

import { h } from "./dom.js";
import { icon } from "./icons.js";

const GAP = 4;
let open = null;

/** Shows `panel` beside `anchor` and returns a function that closes it. `onClose` hears of every closing. */
export function showPopover(anchor, panel, { onClose = () => {}, matchWidth = false } = {}) {
  open?.close();
  panel.setAttribute("popover", "manual");
  panel.classList.add("popover");
  (anchor.closest("dialog") ?? document.body).append(panel);
  panel.showPopover();
  place(anchor, panel, matchWidth);
  const close = () => {
    if (open?.panel !== panel) return;
    open = null;
    panel.remove();
    onClose();
  };
  open = { anchor, panel, close };
  return close;
}

/** Closes whatever floats. */
export function closePopover() {
  open?.close();
}

/**
 * Opens a menu under `anchor`. `items`: {label, hint?, checked?, disabled?, danger?, run} or "line". The focus
 * returns to `anchor`.
 */
export function openMenu(anchor, label, items) {
  if (open?.anchor === anchor) return open.close();
  const panel = h("div", {
    class: "menu",
    role: "menu",
    "aria-label": label,
    onkeydown: (event) => moveInMenu(event, anchor),
  });
  panel.append(...items.map((item) => (item === "line" ? h("hr") : menuItem(item, anchor))));
  anchor.setAttribute("aria-expanded", "true");
  showPopover(anchor, panel, { onClose: () => anchor.setAttribute("aria-expanded", "false") });
  (
    panel.querySelector("[aria-checked=true]") ??
    panel.querySelector("[role]:not([aria-disabled])") ??
    panel.querySelector("[role]")
  )?.focus();
}

/**
 * Gives the focus back to an anchor (before its popover closes: it may show only while that is open), or to what
 * was drawn in its place.
 */
export function focusAnchor(anchor) {
  const { key } = anchor.dataset;
  const there = anchor.isConnected || !key ? anchor : document.querySelector(`[data-key="${CSS.escape(key)}"]`);
  there?.focus({ preventScroll: true });
}

function menuItem(item, anchor) {
  const kind = item.checked === undefined ? "menuitem" : "menuitemradio";
  const choose = () => {
    if (item.disabled) return;
    focusAnchor(anchor);
    closePopover();
    item.run();
  };
  const props = {
    type: "button",
    role: kind,
    tabindex: "-1",
    class: item.danger ? "danger" : null,
    onclick: choose,
    "aria-disabled": item.disabled ? "true" : null,
    "aria-checked": kind === "menuitemradio" ? String(Boolean(item.checked)) : null,
  };
  const words = h(
    "span",
    { class: "menu-words" },
    h("span", {}, item.label),
    item.hint && h("span", { class: "hint" }, item.hint),
  );
  return h("button", props, item.before, words, item.checked && icon("check"));
}

function moveInMenu(event, anchor) {
  const items = [...event.currentTarget.querySelectorAll("[role^=menuitem]")];
  const at = items.indexOf(document.activeElement);
  const to = { ArrowDown: at + 1, ArrowUp: at - 1 + items.length, Home: 0, End: items.length - 1 }[event.key];
  if (to !== undefined) items[to % items.length].focus();
  else if (event.key === "Escape" || event.key === "Tab") {
    focusAnchor(anchor);
    closePopover();
  } else {
    const begins = (item) => item.textContent.trim().toLowerCase().startsWith(event.key.toLowerCase());
    if (event.key.length > 1 || event.key === " ") return;
    [...items.slice(at + 1), ...items].find(begins)?.focus();
  }
  event.preventDefault();
  event.stopPropagation();
}

function place(anchor, panel, matchWidth) {
  const box = anchor.getBoundingClientRect();
  if (matchWidth) panel.style.minWidth = `${box.width}px`;
  const { width, height } = panel.getBoundingClientRect();
  const below = window.innerHeight - box.bottom - GAP;
  const top = below >= height || below >= box.top ? box.bottom + GAP : Math.max(GAP, box.top - GAP - height);
  panel.style.top = `${top}px`;
  panel.style.left = `${Math.max(GAP, Math.min(box.left, window.innerWidth - width - GAP))}px`;
  panel.style.maxHeight = `${top > box.top ? below - GAP : box.top - 2 * GAP}px`;
}

document.addEventListener("pointerdown", (event) => {
  if (open && !open.panel.contains(event.target) && !open.anchor.contains(event.target)) open.close();
});
window.addEventListener("resize", closePopover);
document.addEventListener(
  "scroll",
  (event) => {
    if (open && !open.panel.contains(event.target) && event.target.contains?.(open.anchor)) open.close();
  },
  true,
);
