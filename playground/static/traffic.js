// The inspector: every request between the pretend Slack and the app, with its answer.

import { h, patchList } from "./dom.js";
import { startPanel } from "./panels.js";
import { fetchTraffic } from "./server.js";

const MOST = 500;
const EVERY_MS = 1_500;
const BAD = /fail|error|timeout|unreachable|refused|reset|http|nonsense|limited|revoked/;

/** Prepares the inspector's panel and its button. Returns a function that fetches what is new, if the panel is open. */
export function startTraffic(root, toggle) {
  let entries = [];
  let hiddenTo = 0;
  const list = h("ul", { class: "traffic-list" });
  const filter = h("input", {
    type: "search",
    class: "field",
    placeholder: "Filter by any word",
    "aria-label": "Filter",
  });
  const way = h(
    "select",
    { class: "field", "aria-label": "Direction" },
    [
      ["", "Both ways"],
      ["to bot", "To the app"],
      ["from bot", "From the app"],
    ].map(([value, label]) => h("option", { value }, label)),
  );
  const draw = () => {
    const words = filter.value.trim().toLowerCase();
    const fits = (entry) =>
      entry.n > hiddenTo &&
      (!way.value || entry.way === way.value) &&
      (!words || JSON.stringify(entry).toLowerCase().includes(words));
    const shown = entries.filter(fits).reverse();
    patchList(
      list,
      shown.map((entry) => ({
        key: String(entry.n),
        signature: `${entry.n}${entry.status}${entry.ms}`,
        build: () => row(entry),
      })),
    );
  };
  const refresh = async () => {
    if (root.hidden) return;
    const known = new Map(entries.map((entry) => [entry.n, entry]));
    const since = Math.max(0, (entries.at(-1)?.n ?? 0) - 20);
    for (const entry of await fetchTraffic(since)) known.set(entry.n, entry);
    entries = [...known.values()].sort((one, other) => one.n - other.n).slice(-MOST);
    draw();
  };
  const clear = () => {
    hiddenTo = entries.at(-1)?.n ?? 0;
    draw();
  };
  const extra = h("button", { type: "button", class: "btn btn-quiet", onclick: clear }, "Clear");
  startPanel(root, toggle, "Inspector", extra, () => {
    refresh();
    return filter;
  });
  root.append(h("div", { class: "traffic-tools" }, filter, way), list);
  filter.addEventListener("input", draw);
  way.addEventListener("change", draw);
  setInterval(refresh, EVERY_MS);
  return refresh;
}

function row(entry) {
  const answer = entry.response ?? null;
  const bad = answer?.ok === false || BAD.test(String(entry.status));
  const name = h(
    "span",
    { class: "traffic-name" },
    h("span", { class: "way", "aria-hidden": "true" }, entry.way === "to bot" ? "→" : "←"),
    h("span", { class: "unseen" }, `${entry.way}: `),
    entry.name,
  );
  const end = [
    entry.fault && `on purpose: ${entry.fault}`,
    answer?.error ?? entry.status,
    entry.ms === null || entry.ms === undefined ? null : `${Math.round(entry.ms)} ms`,
  ]
    .filter(Boolean)
    .join(" · ");
  return h(
    "li",
    { class: bad ? "bad" : "" },
    h(
      "details",
      {},
      h("summary", {}, name, h("span", { class: "hint" }, end)),
      h("p", { class: "hint" }, entry.at),
      h("h3", {}, "Request"),
      pretty(entry.request),
      h("h3", {}, "Answer"),
      pretty(answer),
    ),
  );
}

function pretty(value) {
  return h(
    "pre",
    { tabindex: "0" },
    value === null || value === undefined
      ? "(nothing)"
      : typeof value === "string"
        ? value
        : JSON.stringify(value, null, 2),
  );
}
