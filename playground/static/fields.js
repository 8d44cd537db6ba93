// Block Kit's fields for words, numbers, dates and times. Each gets {element, blockId, surface, field, dispatch}
// and returns a node.

import { h } from "./dom.js";
import { instantAt, wallClock } from "./zones.js";

const NATIVE = {
  email_text_input: { type: "email", autocomplete: "off" },
  url_text_input: { type: "url", autocomplete: "off" },
  datepicker: { type: "date" },
  timepicker: { type: "time" },
  datetimepicker: { type: "datetime-local" },
};

/** Fields by element type. */
export const FIELDS = {
  plain_text_input: textField,
  email_text_input: lineField,
  url_text_input: lineField,
  number_input: lineField,
  datepicker: timeField,
  timepicker: timeField,
  datetimepicker: timeField,
};

function textField(given) {
  const { element, field, surface, blockId } = given;
  const common = { ...field, placeholder: element.placeholder?.text, "data-focus": element.focus_on_load };
  const input = element.multiline
    ? h("textarea", { class: "field", rows: 4, ...common })
    : h("input", { class: "field", type: "text", autocomplete: "off", ...common });
  input.value = surface.read(blockId, element) ?? "";
  const counter = element.max_length && h("span", { class: "counter", "aria-live": "off" });
  const count = () => counter && countDown(counter, input.value.length, element.max_length);
  input.addEventListener("input", count);
  listenForWords(input, given);
  count();
  return h("div", { class: "field-with-counter" }, input, counter);
}

function lineField(given) {
  const { element, field, surface, blockId } = given;
  const number = {
    type: "number",
    step: element.is_decimal_allowed ? "any" : "1",
    min: element.min_value,
    max: element.max_value,
  };
  const props = NATIVE[element.type] ?? number;
  const input = h("input", {
    class: "field",
    ...props,
    ...field,
    placeholder: element.placeholder?.text,
    "data-focus": element.focus_on_load,
  });
  input.value = surface.read(blockId, element) ?? "";
  listenForWords(input, given);
  return input;
}

function timeField({ element, blockId, surface, field, dispatch }) {
  const input = h("input", {
    class: "field field-time",
    ...NATIVE[element.type],
    ...field,
    "data-focus": element.focus_on_load,
  });
  const before = surface.read(blockId, element);
  const isInstant = element.type === "datetimepicker";
  input.value = isInstant && before ? wallClock(new Date(Number(before) * 1000)) : (before ?? "");
  let sent = input.value;
  let typing = false;
  const picked = () => {
    if (!input.value) return null;
    return isInstant ? Math.floor(instantAt(input.value).getTime() / 1000) : input.value;
  };
  const settle = () => {
    if (input.value === sent) return;
    sent = input.value;
    dispatch(picked());
  };
  // A date typed by keyboard changes at every digit: it is sent when the field is left or Enter is pressed.
  input.addEventListener("keydown", (event) => {
    typing = event.key !== "Enter";
    if (!typing) settle();
  });
  input.addEventListener("pointerdown", () => {
    typing = false;
  });
  input.addEventListener("change", () => {
    surface.write(blockId, element, picked());
    if (!typing) settle();
  });
  input.addEventListener("blur", settle);
  const zone = element.timezone && h("span", { class: "hint" }, element.timezone);
  return zone ? h("span", { class: "field-row" }, input, zone) : input;
}

function listenForWords(input, { element, blockId, surface, dispatch }) {
  const triggers = element.dispatch_action_config?.trigger_actions_on ?? ["on_enter_pressed"];
  input.addEventListener("input", () => {
    surface.write(blockId, element, input.value);
    if (triggers.includes("on_character_entered")) dispatch(input.value);
  });
  input.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.shiftKey || !dispatch.wanted || !triggers.includes("on_enter_pressed")) return;
    event.preventDefault();
    dispatch(input.value);
  });
}

function countDown(counter, length, max) {
  counter.textContent = `${length} / ${max}`;
  counter.classList.toggle("over", length > max);
}
