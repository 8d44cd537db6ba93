// The strip that a first visitor sees: what this is, and one thing to try.

import { h } from "./dom.js";
import { icon } from "./icons.js";
import { page } from "./page.js";

const SEEN = "welcome-seen";
const EXAMPLE = "the airport RFP went out today";

/** Draws the strip until it was put away. `write` puts the example into the composer. */
export function drawWelcome(root, write) {
  const command = page.state.commands.find((one) => one.command === "/give")?.command;
  const people = page.state.people.filter((one) => one.id !== page.as && !one.is_bot && !one.deleted);
  const person = people.find((one) => one.real_name.startsWith("Raj")) ?? people[0];
  root.hidden = localStorage.getItem(SEEN) === "yes" || !command || !person;
  const signature = `${page.as}/${page.channel}/${root.hidden}`;
  if (root.signature === signature) return;
  root.signature = signature;
  if (root.hidden) return root.replaceChildren();
  const away = () => {
    localStorage.setItem(SEEN, "yes");
    drawWelcome(root, write);
  };
  const example = [
    { text: `${command} ` },
    { text: `@${person.real_name}`, token: `<@${person.id}>` },
    { text: ` ${EXAMPLE}` },
  ];
  root.replaceChildren(
    h(
      "div",
      { class: "welcome", "data-testid": "welcome" },
      h(
        "p",
        {},
        h("strong", {}, "A pretend Slack, all yours. "),
        "Try typing ",
        h("code", {}, `${command} @${person.real_name.split(" ")[0]} ${EXAMPLE}`),
        `, then act as ${person.real_name.split(" ")[0]} to see what arrives.`,
      ),
      h("button", { type: "button", class: "btn", onclick: () => write(example) }, "Write it for me"),
      h(
        "button",
        { type: "button", class: "icon-button", "aria-label": "Put the welcome away", onclick: away },
        icon("close"),
      ),
    ),
  );
}
