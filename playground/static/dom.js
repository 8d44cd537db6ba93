// Building and patching the document: plain nodes only, so that no text of a message can ever become markup.

const SVG = "http://www.w3.org/2000/svg";

/**
 * Returns a new element. `props` holds attributes; `on*` are listeners, `class` and `data-*` are as in HTML, false
 * and null are left out.
 */
export function h(tag, props = {}, ...children) {
  return fill(document.createElement(tag), props, children);
}

/** Returns a new SVG element, in the same manner as `h`. */
export function s(tag, props = {}, ...children) {
  return fill(document.createElementNS(SVG, tag), props, children);
}

/** Replaces the children of `parent`, keeping the keyboard's focus on the element of the same `data-key`. */
export function replaceChildren(parent, ...children) {
  keepFocus(parent, () => parent.replaceChildren(...children.flat().filter((child) => child || child === 0)));
}

/**
 * Fills `root` with what `build` returns, unless `signature` (anything JSON can hold) is what it was drawn from
 * last time.
 */
export function redraw(root, signature, build) {
  const drawnFrom = JSON.stringify(signature);
  if (root.drawnFrom === drawnFrom) return;
  root.drawnFrom = drawnFrom;
  replaceChildren(root, build());
}

/**
 * Runs `change`, then gives the focus back to the element inside `root` that has the `data-key` of the one that
 * had it.
 */
export function keepFocus(root, change) {
  const before = document.activeElement;
  const key = before && root.contains(before) ? before.dataset.key : undefined;
  const caret = key && "selectionStart" in before ? caretOf(before) : null;
  change();
  if (!key || (document.activeElement && document.activeElement !== document.body)) return;
  const after = root.querySelector(`[data-key="${CSS.escape(key)}"]`);
  if (!after) return;
  after.focus({ preventScroll: true });
  if (caret && typeof after.setSelectionRange === "function") setCaret(after, caret);
}

/**
 * Brings the children of `parent` in line with `items` ({key, signature, build}); a child whose signature is the
 * same is left as it is.
 */
export function patchList(parent, items) {
  const wanted = new Map(items.map((item) => [item.key, item.signature]));
  keepFocus(parent, () => {
    const kept = new Map();
    for (const child of [...parent.children]) {
      if (wanted.get(child.dataset.item) === child.signature) kept.set(child.dataset.item, child);
      else child.remove();
    }
    let cursor = parent.firstElementChild;
    for (const { key, signature, build } of items) {
      const node = kept.get(key) ?? Object.assign(build(), { signature });
      node.dataset.item = key;
      if (node === cursor) cursor = cursor.nextElementSibling;
      else parent.insertBefore(node, cursor);
    }
  });
}

let lastId = 0;

/** Returns an id that no other element of the page has. */
export function newId(prefix) {
  lastId += 1;
  return `${prefix}-${lastId}`;
}

function fill(element, props, children) {
  for (const [name, value] of Object.entries(props)) {
    if (value === null || value === undefined || value === false) continue;
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else if (name === "value") element.value = value;
    else element.setAttribute(name, value === true ? "" : value);
  }
  element.append(...children.flat(Infinity).filter((child) => child || child === 0));
  return element;
}

function caretOf(field) {
  return field.selectionStart === null ? null : [field.selectionStart, field.selectionEnd];
}

function setCaret(field, [start, end]) {
  if (field.selectionStart !== null) field.setSelectionRange(start, end);
}
