// Short notes near the composer that only the acting person sees: what Slack itself says, and what could not be done.

import { h, patchList } from "./dom.js";
import { icon } from "./icons.js";
import { page } from "./page.js";

const MOST = 3;
const gone = new Set();
let own = [];
let count = 0;

/** Shows a sentence of the page's own. */
export function say(root, text) {
  count += 1;
  own = [...own, { id: `own-${count}`, as: page.as, text }].slice(-MOST);
  drawNotices(root);
}

/** Puts away the notes that are there, as one does by going elsewhere. */
export function leaveNotices(root) {
  for (const note of root.children) gone.add(note.dataset.item);
}

/** Draws the notes that were not put away. */
export function drawNotices(root) {
  const notices = [...(page.state.notices ?? []), ...own.filter((one) => one.as === page.as)];
  const shown = notices.filter((notice) => !gone.has(keyOf(notice))).slice(-MOST);
  patchList(
    root,
    shown.map((notice) => ({ key: keyOf(notice), signature: notice.text, build: () => note(root, notice) })),
  );
}

function note(root, notice) {
  const away = () => {
    gone.add(keyOf(notice));
    drawNotices(root);
  };
  return h(
    "div",
    { class: "notice", "data-testid": "notice" },
    icon("eye"),
    h("p", {}, h("span", { class: "hint" }, "Only visible to you "), notice.text),
    h("button", { type: "button", class: "icon-button", "aria-label": "Dismiss", onclick: away }, icon("close")),
  );
}

function keyOf(notice) {
  return `${page.as}/${notice.id}/${notice.text}`;
}
