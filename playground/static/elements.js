// Block Kit's interactive elements: buttons, menus, pickers, boxes. Fields for words and times are in fields.js.

import { askFirst } from "./dialogs.js";
import { h, newId } from "./dom.js";
import { FIELDS } from "./fields.js";
import { icon } from "./icons.js";
import { bareText, textNode } from "./mrkdwn.js";
import { conversationName, nameOf, page } from "./page.js";
import { picker } from "./picker.js";
import { openMenu } from "./popover.js";

const ELEMENTS = {
  ...FIELDS,
  button,
  overflow,
  image: (given) => image(given.element),
  checkboxes: boxes,
  radio_buttons: boxes,
  static_select: select,
  users_select: select,
  channels_select: select,
  conversations_select: select,
  multi_static_select: select,
  multi_users_select: select,
  multi_channels_select: select,
  multi_conversations_select: select,
};

/**
 * Returns an element as a node. `field`: attributes that name it; `dispatches`: whether a change is sent to the
 * app at once.
 */
export function element(spec, blockId, surface, { field = {}, dispatches = true } = {}) {
  const build = ELEMENTS[spec.type];
  if (!build) return h("span", { class: "unknown" }, `(${spec.type})`);
  const key = `${surface.key}/${blockId}/${spec.action_id}`;
  const named = { "data-key": key, "data-action-id": spec.action_id, ...field };
  if (!named.id && !named["aria-label"]) named["aria-label"] = spec.placeholder ? bareText(spec.placeholder) : null;
  const given = { element: spec, blockId, surface, field: named };
  given.dispatch = dispatcher(given, dispatches);
  return build(given);
}

/** Returns an image element or block's picture. */
export function image(spec) {
  const address = spec.image_url ?? spec.slack_file?.url ?? (spec.slack_file?.id ? `/files/${spec.slack_file.id}` : "");
  return h("img", { class: "picture", src: address, alt: spec.alt_text ?? "", loading: "lazy" });
}

function dispatcher({ element: spec, blockId, surface }, wanted) {
  const dispatch = async (picked, node) => {
    if (!wanted || node?.getAttribute("aria-busy") === "true") return false;
    if (spec.confirm && !(await askFirst(spec.confirm))) return false;
    node?.setAttribute("aria-busy", "true");
    await surface.press(blockId, spec, picked);
    node?.removeAttribute("aria-busy");
    return true;
  };
  dispatch.wanted = wanted;
  return dispatch;
}

function button({ element: spec, field, dispatch }) {
  const style = { primary: "btn-primary", danger: "btn-danger" }[spec.style] ?? "";
  const press = (event) => {
    if (/^https?:/i.test(spec.url ?? "")) window.open(spec.url, "_blank", "noopener");
    dispatch(undefined, event.currentTarget);
  };
  const label = spec.accessibility_label ?? null;
  return h(
    "button",
    { type: "button", class: `btn ${style}`, ...field, "aria-label": label, onclick: press },
    textNode(spec.text),
  );
}

function overflow({ element: spec, field, dispatch }) {
  const open = (event) => {
    const anchor = event.currentTarget;
    openMenu(
      anchor,
      "More",
      spec.options.map((option) => ({
        label: textNode(option.text),
        hint: option.description && bareText(option.description),
        run: () => {
          if (/^https?:/i.test(option.url ?? "")) window.open(option.url, "_blank", "noopener");
          dispatch(option.value, anchor);
        },
      })),
    );
  };
  const props = { type: "button", class: "btn btn-more", "aria-haspopup": "menu", "aria-expanded": "false", ...field };
  return h(
    "button",
    { ...props, "aria-label": field["aria-label"] ? `More: ${field["aria-label"]}` : "More", onclick: open },
    icon("more"),
  );
}

function boxes({ element: spec, blockId, surface, field, dispatch }) {
  const many = spec.type === "checkboxes";
  const before = [surface.read(blockId, spec)].flat();
  const group = h("div", { class: "boxes", role: many ? "group" : "radiogroup", ...field, "data-key": null });
  const name = newId("boxes");
  const picked = () => [...group.querySelectorAll("input:checked")].map((box) => box.value);
  const change = () => {
    const now = many ? picked() : (picked()[0] ?? null);
    surface.write(blockId, spec, now);
    dispatch(now);
  };
  group.append(
    ...spec.options.map((option, index) =>
      h(
        "label",
        { class: "box" },
        h("input", {
          type: many ? "checkbox" : "radio",
          name,
          value: option.value,
          checked: before.includes(option.value),
          onchange: change,
          "data-key": `${field["data-key"]}/${option.value}`,
          "data-focus": index === 0 && spec.focus_on_load,
        }),
        h(
          "span",
          {},
          textNode(option.text),
          option.description && h("span", { class: "hint" }, textNode(option.description)),
        ),
      ),
    ),
  );
  return group;
}

function select({ element: spec, blockId, surface, field, dispatch }) {
  const many = spec.type.startsWith("multi_");
  const before = surface.read(blockId, spec);
  const node = picker({
    options: optionsOf(spec),
    chosen: (many ? before : [before]).filter((value) => value !== null),
    many,
    max: spec.max_selected_items,
    placeholder: spec.placeholder ? bareText(spec.placeholder) : many ? "Choose some" : "Choose one",
    field: { ...field, "data-focus": spec.focus_on_load },
    onPick: async (values) => {
      const now = many ? values : values[0];
      surface.write(blockId, spec, now);
      if ((await dispatch(now, node)) || !dispatch.wanted) return;
      surface.write(blockId, spec, before);
      node.replaceWith(select({ element: spec, blockId, surface, field, dispatch }));
    },
  });
  return node;
}

function optionsOf(spec) {
  if (spec.type.endsWith("static_select")) return staticOptions(spec);
  if (spec.type.endsWith("users_select")) {
    const people = page.state.people.filter((person) => !person.deleted);
    return people.map((person) => ({ value: person.id, label: nameOf(person.id), hint: person.is_bot ? "app" : null }));
  }
  const kinds = spec.type.endsWith("channels_select")
    ? ["public"]
    : (spec.filter?.include ?? ["public", "private", "im", "mpim"]);
  const wanted = (one) => kinds.includes(one.kind === "channel" ? "public" : one.kind) && !one.archived;
  const sign = { channel: "#", private: "#" };
  return page.state.conversations
    .filter(wanted)
    .map((one) => ({ value: one.id, label: `${sign[one.kind] ?? ""}${conversationName(one)}` }));
}

function staticOptions(spec) {
  const groups = spec.option_groups ?? [{ options: spec.options ?? [] }];
  return groups.flatMap((group) =>
    group.options.map((option) => ({
      value: option.value,
      label: bareText(option.text),
      hint: option.description && bareText(option.description),
      group: group.label && bareText(group.label),
    })),
  );
}
