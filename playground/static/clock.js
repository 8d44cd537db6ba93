// The playground's clock: it shows the acting person's time, and moves time forward.

import { askWith } from "./dialogs.js";
import { h } from "./dom.js";
import { icon } from "./icons.js";
import { page, playgroundNow, reader } from "./page.js";
import { openMenu } from "./popover.js";
import { moveClock } from "./server.js";
import { dayAndTime, instantAt, localDay, wallClock } from "./zones.js";

const HOUR_S = 3_600;
const DAY_S = 86_400;
const FRIDAY = 5;

/** Puts the clock into `root`. `changed` is called after each move. Returns a function that shows the time anew. */
export function startClock(root, changed) {
  const face = h("span", { class: "clock-face" });
  const shift = h("span", { class: "clock-shift" });
  const button = h(
    "button",
    { type: "button", class: "clock", "aria-haspopup": "menu", "aria-expanded": "false", "data-testid": "clock" },
    icon("clock"),
    face,
    shift,
  );
  const move = async (change) => {
    await moveClock(change);
    changed();
  };
  button.addEventListener("click", () =>
    openMenu(button, "Move the clock", [
      { label: "+1 hour", run: () => move({ add: HOUR_S }) },
      { label: "+1 day", run: () => move({ add: DAY_S }) },
      { label: "Next Friday, 4:00 PM", hint: reader().tz, run: () => move({ to: nextFriday() }) },
      { label: "Set...", run: () => askForTime(move) },
      "line",
      { label: "Reset to the real time", run: () => move({ reset: true }) },
    ]),
  );
  const draw = () => {
    face.textContent = dayAndTime(playgroundNow());
    shift.textContent = page.state.offset ? shiftInWords(page.state.offset) : "";
    button.setAttribute(
      "aria-label",
      `Playground time: ${face.textContent}${shift.textContent ? `, ${shift.textContent}` : ""}. Move the clock`,
    );
  };
  root.replaceChildren(button);
  setInterval(() => page.state && draw(), 5_000);
  return draw;
}

/** Returns the next Friday, 16:00, on the acting person's wall, as an ISO instant. */
function nextFriday() {
  const now = playgroundNow();
  for (let days = 0; days <= 7; days += 1) {
    const day = localDay(new Date(now.getTime() + days * DAY_S * 1000));
    const at = instantAt(`${day}T16:00`);
    if (new Date(`${day}T12:00Z`).getUTCDay() === FRIDAY && at > now) return at.toISOString();
  }
  return now.toISOString();
}

async function askForTime(move) {
  const field = h("input", {
    type: "datetime-local",
    class: "field",
    value: wallClock(playgroundNow()),
    required: true,
  });
  const body = h("label", { class: "stacked" }, `Date and time in ${reader().tz}`, field);
  if ((await askWith("Set the clock", body, { yes: "Set", no: "Cancel" })) && field.value)
    await move({ to: instantAt(field.value).toISOString() });
}

function shiftInWords(seconds) {
  const size = Math.abs(seconds);
  const [amount, unit] =
    size >= DAY_S ? [size / DAY_S, "d"] : size >= HOUR_S ? [size / HOUR_S, "h"] : [size / 60, "min"];
  return `${seconds < 0 ? "−" : "+"}${Math.round(amount * 10) / 10} ${unit}`;
}
