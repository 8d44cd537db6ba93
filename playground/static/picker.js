// One list to choose from, with a field to search in it: every select menu, for one choice or several.

import { h, newId } from "./dom.js";
import { icon } from "./icons.js";
import { closePopover, showPopover } from "./popover.js";

/**
 * Returns a combobox. `options`: {value, label, hint?, group?}; `chosen`: values; `many`: several may be chosen,
 * at most `max`.
 * `onPick` gets the chosen values after each change. `field`: attributes for the text field (id, aria-*, data-key).
 */
export function picker({ options, chosen, many = false, max = Infinity, placeholder = "", field = {}, onPick }) {
  const listId = newId("list");
  const picked = new Set(chosen);
  const byValue = new Map(options.map((option) => [option.value, option]));
  const chips = h("span", { class: "chips" });
  const input = h("input", {
    type: "text",
    role: "combobox",
    autocomplete: "off",
    spellcheck: "false",
    "aria-autocomplete": "list",
    "aria-expanded": "false",
    "aria-controls": listId,
    placeholder,
    ...field,
  });
  const root = h("div", { class: `picker ${many ? "picker-many" : ""}` }, chips, input, icon("down"));
  let shown = [];
  let at = -1;
  let list = null;

  const labelOf = (value) => byValue.get(value)?.label ?? value;
  const showChosen = () => {
    if (!many) {
      input.value = picked.size ? labelOf([...picked][0]) : "";
      return;
    }
    input.placeholder = picked.size ? "" : placeholder;
    chips.replaceChildren(
      ...[...picked].map((value) =>
        h(
          "span",
          { class: "chip" },
          labelOf(value),
          h(
            "button",
            { type: "button", "aria-label": `Remove ${labelOf(value)}`, onclick: () => toggle(value) },
            icon("close"),
          ),
        ),
      ),
    );
  };
  const mark = () => {
    list?.querySelectorAll("[role=option]").forEach((node, index) => {
      node.classList.toggle("at", index === at);
      if (index === at) node.scrollIntoView({ block: "nearest" });
    });
    if (list && at >= 0) input.setAttribute("aria-activedescendant", `${listId}-${at}`);
    else input.removeAttribute("aria-activedescendant");
  };
  const close = () => closePopover();
  const openWith = (search) => {
    const words = search.trim().toLowerCase();
    shown = options.filter((option) => `${option.label} ${option.hint ?? ""}`.toLowerCase().includes(words));
    at = Math.max(
      0,
      shown.findIndex((option) => picked.has(option.value)),
    );
    const mine = h(
      "ul",
      { class: "menu options", role: "listbox", id: listId, "aria-multiselectable": many ? "true" : null },
      optionNodes(),
    );
    list = mine;
    showPopover(root, mine, {
      matchWidth: true,
      onClose: () => {
        if (list !== mine) return; // a newer list of this picker took its place
        list = null;
        input.setAttribute("aria-expanded", "false");
        mark();
        if (!many) showChosen();
        else input.value = "";
      },
    });
    input.setAttribute("aria-expanded", "true");
    mark();
  };
  const optionNodes = () => {
    if (!shown.length) return [h("li", { class: "nothing", role: "presentation" }, "Nothing found")];
    return shown.flatMap((option, index) => {
      const heading =
        option.group &&
        option.group !== shown[index - 1]?.group &&
        h("li", { class: "group", role: "presentation" }, option.group);
      const node = h(
        "li",
        {
          role: "option",
          id: `${listId}-${index}`,
          "aria-selected": String(picked.has(option.value)),
          onpointerdown: (event) => event.preventDefault(),
          onclick: () => toggle(option.value),
        },
        h("span", {}, option.label, option.hint && h("span", { class: "hint" }, option.hint)),
        picked.has(option.value) && icon("check"),
      );
      return heading ? [heading, node] : [node];
    });
  };
  const toggle = (value) => {
    if (many) {
      if (picked.has(value)) picked.delete(value);
      else if (picked.size < max) picked.add(value);
    } else {
      picked.clear();
      picked.add(value);
    }
    close();
    showChosen();
    input.focus();
    onPick([...picked]);
  };

  root.addEventListener("click", (event) => {
    if (event.target.closest(".chip")) return;
    input.focus();
    if (list) return;
    if (!many) input.select();
    openWith("");
  });
  input.addEventListener("input", () => openWith(input.value));
  input.addEventListener("blur", () => setTimeout(() => list && document.activeElement !== input && close(), 0));
  input.addEventListener("keydown", (event) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if ((step || event.key === "Enter") && !list) openWith("");
    else if (step) {
      at = (at + step + shown.length) % (shown.length || 1);
      mark();
    } else if (event.key === "Enter" && list && shown[at]) toggle(shown[at].value);
    else if (event.key === "Escape" && list) close();
    else if (event.key === "Backspace" && many && !input.value && picked.size) toggle([...picked].at(-1));
    else return;
    event.preventDefault();
    event.stopPropagation();
  });
  showChosen();
  return root;
}
