// Block Kit's blocks, drawn as Slack draws them. Interactive elements are in elements.js.

import { chart } from "./charts.js";
import { h, newId } from "./dom.js";
import { element, image } from "./elements.js";
import { markdown } from "./markdown.js";
import { bareText, mrkdwn, plainText, textNode } from "./mrkdwn.js";
import { richText } from "./richtext.js";

const GROUPED = new Set(["checkboxes", "radio_buttons"]);
const BLOCKS = {
  section,
  context,
  actions,
  input,
  header: (block) => h("h3", { class: "block-header" }, plainText(block.text.text)),
  divider: () => h("hr", { class: "block-divider" }),
  image: (block) =>
    h("figure", {}, block.title && h("figcaption", { class: "hint" }, textNode(block.title)), image(block)),
  rich_text: (block) => richText(block),
  markdown: (block) => h("div", { class: "markdown" }, markdown(block.text)),
  data_visualization: (block) => chart(block),
  table,
  data_table: table,
  alert: (block) => h("div", { class: `alert alert-${block.level ?? "default"}` }, textNode(block.text)),
};

/** Returns blocks as nodes on their surface (see surface.js). */
export function blocksOf(blocks, surface) {
  return (blocks ?? []).map((block) => {
    const node = (BLOCKS[block.type] ?? unknown)(block, surface);
    node.classList.add("block");
    if (block.block_id) node.dataset.blockId = block.block_id;
    return node;
  });
}

function section(block, surface) {
  const words = block.text && h("div", { class: "section-text" }, textNode(block.text));
  const fields =
    block.fields &&
    h(
      "div",
      { class: "section-fields" },
      block.fields.map((field) => h("div", {}, textNode(field))),
    );
  const label = block.text ? bareText(block.text).slice(0, 75) : null;
  const field = block.accessory?.placeholder || !label ? {} : { "aria-label": label };
  const accessory =
    block.accessory &&
    h(
      "div",
      { class: `accessory accessory-${block.accessory.type}` },
      element(block.accessory, block.block_id, surface, { field: block.accessory.type === "button" ? {} : field }),
    );
  return h("div", { class: "section" }, h("div", { class: "section-words" }, words, fields), accessory);
}

function context(block) {
  return h(
    "div",
    { class: "context" },
    block.elements.map((part) => (part.type === "image" ? image(part) : h("span", {}, textNode(part)))),
  );
}

function actions(block, surface) {
  return h(
    "div",
    { class: "actions", role: "group" },
    block.elements.map((part) => element(part, block.block_id, surface)),
  );
}

function input(block, surface) {
  const id = newId("field");
  const labelId = `${id}-label`;
  const error = surface.errors[block.block_id];
  const notes = [error && `${id}-error`, block.hint && `${id}-hint`].filter(Boolean).join(" ");
  const grouped = GROUPED.has(block.element.type);
  const field = {
    id,
    "aria-labelledby": grouped ? labelId : null,
    "aria-describedby": notes || null,
    "aria-invalid": error ? "true" : null,
  };
  const label = h(
    grouped ? "div" : "label",
    { class: "field-label", id: labelId, for: grouped ? null : id },
    plainText(block.label.text),
    block.optional && h("span", { class: "hint" }, " (optional)"),
  );
  return h(
    "div",
    { class: `input ${error ? "input-wrong" : ""}` },
    label,
    element(block.element, block.block_id, surface, { field, dispatches: Boolean(block.dispatch_action) }),
    error && h("p", { class: "field-error", id: `${id}-error`, role: "alert" }, mrkdwn(error)),
    block.hint && h("p", { class: "hint", id: `${id}-hint` }, textNode(block.hint)),
  );
}

function table(block) {
  const cell = (tag, spec) =>
    h(tag, {}, spec.type === "rich_text" ? richText(spec) : String(spec.text ?? spec.value ?? ""));
  const align = (index) => block.column_settings?.[index]?.align ?? "left";
  const row = (tag) => (cells) =>
    h(
      "tr",
      {},
      cells.map((spec, index) => {
        const node = cell(tag, spec);
        node.classList.add(`align-${align(index)}`);
        return node;
      }),
    );
  const [first, ...rest] = block.rows ?? [];
  return h(
    "div",
    { class: "table-wrap", tabindex: "0", role: "region", "aria-label": block.caption ?? "Table" },
    h(
      "table",
      {},
      block.caption && h("caption", {}, block.caption),
      first && h("thead", {}, row("th")(first)),
      h("tbody", {}, rest.map(row("td"))),
    ),
  );
}

function unknown(block) {
  return h(
    "details",
    { class: "unknown" },
    h("summary", {}, `A "${block.type}" block, which the playground does not draw`),
    h("pre", {}, JSON.stringify(block, null, 2)),
  );
}
