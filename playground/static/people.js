// People: their square with initials, and the menu that says as whom one acts.

import { h, redraw } from "./dom.js";
import { icon } from "./icons.js";
import { actAs } from "./navigation.js";
import { nameOf, page, personById } from "./page.js";
import { openMenu } from "./popover.js";
import { act } from "./server.js";

/** Returns the square with a person's initials; the name stands beside it, so it is hidden from screen readers. */
export function avatar(id, size = "") {
  const person = personById(id);
  const square = h("span", { class: `avatar ${size}`, "aria-hidden": "true" }, person?.initials ?? "?");
  const color = person?.color?.startsWith("#") ? person.color : `#${person?.color ?? "616061"}`;
  square.style.backgroundColor = color;
  square.style.color = isPale(color) ? "#1d1c1d" : "#ffffff";
  return square;
}

/** Returns what is special about a person in a word or two, or "". */
export function roleOf(person) {
  if (person.deleted) return "deactivated";
  if (person.is_bot) return "app";
  if (person.is_owner || person.is_admin) return "admin";
  if (person.is_stranger) return "from another company";
  return person.is_restricted ? "guest" : "";
}

function quietOf(person) {
  return person.dnd ? "do not disturb" : "";
}

/** Draws the button that shows as whom one acts. */
export function drawActingAs(root) {
  redraw(root, page.state.me, actingButton);
}

function actingButton() {
  const me = page.state.me;
  const label = h(
    "span",
    { class: "acting-words" },
    h("span", { class: "acting-name" }, h("span", { class: "acting-label" }, "Acting as "), me.real_name),
    h("span", { class: "acting-time" }, [me.local_time, roleOf(me), quietOf(me)].filter(Boolean).join(" · ")),
  );
  return h(
    "button",
    {
      type: "button",
      class: "acting-as",
      "aria-haspopup": "menu",
      "aria-expanded": "false",
      "data-key": "acting-as",
      "data-testid": "acting-as",
      "aria-label": `Acting as ${me.real_name}`,
      onclick: (event) => openPeople(event.currentTarget),
    },
    avatar(me.id),
    label,
    icon("down"),
  );
}

function openPeople(anchor) {
  const people = page.state.people.filter((person) => !person.is_bot);
  people.sort((one, other) => Number(one.deleted) - Number(other.deleted));
  const { dnd } = page.state.me;
  const quiet = {
    label: dnd ? "End do-not-disturb" : "Do not disturb for an hour",
    run: () => act({ do: "dnd", minutes: dnd ? 0 : 60 }),
  };
  openMenu(anchor, "Act as", [
    ...people.map((person) => ({
      label: nameOf(person.id),
      hint: [person.local_day, person.local_time, roleOf(person), quietOf(person)].filter(Boolean).join(" · "),
      before: avatar(person.id),
      checked: person.id === page.as,
      disabled: person.deleted,
      run: () => actAs(person.id),
    })),
    "line",
    quiet,
  ]);
}

/** Tells whether dark letters read better than white ones on this color (WCAG's relative luminance). */
function isPale(color) {
  const parts = [1, 3, 5].map((at) => parseInt(color.slice(at, at + 2), 16) / 255);
  const [red, green, blue] = parts.map((part) => (part <= 0.03928 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4));
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue > 0.179;
}
