// Light, dark, or as the computer has it. Remembered in this browser.

import { icon } from "./icons.js";

const ORDER = ["auto", "light", "dark"];
const WORDS = { auto: "as your computer has it", light: "light", dark: "dark" };

/** Applies the remembered theme and lets the button go to the next one. */
export function startTheme(button) {
  let now = localStorage.getItem("theme") ?? "auto";
  const apply = () => {
    if (now === "auto") delete document.documentElement.dataset.theme;
    else document.documentElement.dataset.theme = now;
    button.setAttribute("aria-label", `Theme: ${WORDS[now]}`);
    button.title = `Theme: ${WORDS[now]}`;
  };
  button.append(icon("theme"));
  button.addEventListener("click", () => {
    now = ORDER[(ORDER.indexOf(now) + 1) % ORDER.length];
    localStorage.setItem("theme", now);
    apply();
  });
  apply();
}
