// The page's own line icons. They are always beside or inside something that has a name, so they are hidden from
// screen readers.

import { s } from "./dom.js";

const PATHS = {
  menu: "M3 5h14M3 10h14M3 15h14",
  close: "M5 5l10 10M15 5L5 15",
  more: "M4 10h.01M10 10h.01M16 10h.01",
  smile: "M10 17.500a7.500 7.500 0 1 0 0-15 7.500 7.500 0 0 0 0 15M7 8h.01M13 8h.01M6.500 11.500a4 4 0 0 0 7 0",
  reply: "M4 4h12v9h-7l-4 3.500V13H4z",
  trash: "M4 6h12M8 6V4h4v2M6 6l.6 10h6.800L14 6",
  send: "M4 10l-1-6.500L17.500 10 3 16.500 4 10zm0 0h7",
  plus: "M10 4v12M4 10h12",
  clock: "M10 17.500a7.500 7.500 0 1 0 0-15 7.500 7.500 0 0 0 0 15M10 6v4.200l2.800 1.800",
  theme: "M10 17.500a7.500 7.500 0 1 0 0-15 7.500 7.500 0 0 0 0 15M10 2.500v15M13 3.500v13M16 6v8",
  traffic: "M6.500 4L3 7.500 6.500 11M3 7.500h11M13.500 9l3.500 3.500-3.500 3.500M17 12.500H6",
  eye: "M2.500 10S5 5 10 5s7.500 5 7.500 5-2.500 5-7.500 5-7.500-5-7.500-5zM10 12a2 2 0 1 0 0-4 2 2 0 0 0 0 4",
  down: "M5 8l5 5 5-5",
  person:
    "M10 10a3.200 3.200 0 1 0 0-6.400 3.200 3.200 0 0 0 0 6.400M4 16.500c.6-3 3-4.500 6-4.500s5.400 1.500 6 4.500",
  lock: "M5.500 9h9v7h-9zM7 9V6.500a3 3 0 0 1 6 0V9",
  warning: "M10 3.500L18 16.500H2zM10 8.500v3.500M10 14.300h.01",
  check: "M4.500 10.500l3.500 3.500 7.500-8",
};

/** Returns the icon of this name. */
export function icon(name) {
  return s(
    "svg",
    { class: `icon icon-${name}`, viewBox: "0 0 20 20", "aria-hidden": "true" },
    s("path", { d: PATHS[name] }),
  );
}
