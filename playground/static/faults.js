// The faults: what goes wrong on purpose, switched on and off in plain words.

import { h, patchList } from "./dom.js";
import { icon } from "./icons.js";
import { page } from "./page.js";
import { startPanel } from "./panels.js";
import { manage } from "./server.js";

const ANY = { calls: "any call", deliveries: "anything", history: "both" };
const OFTEN = [
  ["1", "Once"],
  ["3", "Three times"],
  ["", "Until switched off"],
];
const GROUPS = [
  ["calls", "What the app calls"],
  ["history", "Reading what was said"],
  ["deliveries", "What the app is sent"],
  ["sockets", "Sockets"],
];
const REFUSED = "socket_refused";

/**
 * Prepares the panel and its button. `failed` is called with a sentence when something could not be done. Returns a
 * function that shows what is on now.
 */
export function startFaults(root, toggle, failed) {
  let offered = null;
  const active = h("ul", { class: "faults-on", "aria-label": "On now", "data-testid": "faults-on" });
  const none = h("p", { class: "hint" }, "Nothing goes wrong on purpose.");
  const groups = h("div", { class: "faults-groups" });
  const badge = h("span", { class: "fault-count", "aria-hidden": "true" });
  toggle.append(icon("warning"), badge);
  let asking = 0; // while something is asked, what was drawn before does not put a switch back
  const ask = async (what) => {
    asking += 1;
    const answer = await manage(what).finally(() => (asking -= 1));
    if (answer.ok) return;
    failed(answer.error);
    draw(); // the switch goes back
  };

  const draw = () => {
    const { active: on, revoked, sockets } = page.state.faults;
    const count = on.length + Number(revoked);
    badge.textContent = count || "";
    toggle.setAttribute("aria-label", count ? `Faults: ${count} on` : "Faults: what goes wrong on purpose");
    if (root.hidden || !offered) return;
    none.hidden = count > 0;
    const words = Object.fromEntries(offered.kinds.map((kind) => [kind.what, kind.words]));
    const rows = on.map((fault, at) => [`${at}`, words[fault.what], detail(fault), () => off(fault.what)]);
    if (revoked) rows.push(["revoked", "The token is revoked.", "every call", renew]);
    patchList(
      active,
      rows.map(([key, text, more, stop]) => ({
        key,
        signature: text + more,
        build: () => activeRow(text, more, stop),
      })),
    );
    for (const box of asking ? [] : groups.querySelectorAll("input[role=switch]"))
      box.checked = box.name === "revoked" ? revoked : on.some((fault) => fault.what === box.name);
    groups.querySelector(".sockets-open").textContent = `${sockets} open now`;
  };
  const renew = () => ask({ do: "install", team: page.state.team.id });
  const off = (what) => ask({ do: "clear_faults", what });
  const extra = h(
    "button",
    { type: "button", class: "btn btn-quiet", onclick: () => ask({ do: "clear_faults" }) },
    "Switch all off",
  );
  startPanel(root, toggle, "Faults", extra, async () => {
    offered ??= await manage({ do: "faults" });
    if (!groups.firstChild) groups.append(...build(offered, { ask, off }));
    draw();
    return groups.querySelector("select");
  });
  root.append(h("div", { class: "faults-now" }, h("h3", {}, "On now"), none, active), groups);
  return draw;
}

/** Returns the fields that say how, and a section for each group of faults. */
function build(offered, { ask, off }) {
  const often = h("select", { class: "field", "data-testid": "fault-times" }, OFTEN.map(option));
  const seconds = h("input", { class: "field", type: "number", min: "0", placeholder: "as usual" });
  const error = h("input", { class: "field", type: "text", placeholder: "internal_error", spellcheck: "false" });
  const switchOn = (kind, on) =>
    ask({
      do: "fault",
      what: kind.what,
      on,
      times: often.value ? Number(often.value) : null,
      ...(kind.seconds && seconds.value && { seconds: Number(seconds.value) }),
      ...(kind.error && error.value.trim() && { error: error.value.trim() }),
    });
  const fields = h(
    "div",
    { class: "faults-how" },
    labelled("How often", often),
    labelled("Seconds", seconds),
    labelled("Slack's error", error),
  );
  const sections = GROUPS.map(([group, title]) => {
    const places = offered.places[group];
    const place = h("select", { class: "field" }, places.map((one) => option([one, one === "*" ? ANY[group] : one])));
    const boxes = offered.kinds
      .filter((kind) => kind.group === group)
      .map((kind) =>
        switchFor(kind.what, kind.words, (on) => (on ? switchOn(kind, place.value) : off(kind.what))),
      );
    const where = places.length > 1 ? labelled("Happens to", place) : null;
    return section(title, where, boxes, group === "sockets" ? socketButtons(ask) : null);
  });
  const revoked = switchFor("revoked", "The token is revoked: every call is refused.", (on) =>
    ask({ do: on ? "revoke" : "install", team: page.state.team.id }),
  );
  return [fields, ...sections, section("The token", null, [revoked], null)];
}

function section(title, where, boxes, after) {
  return h("section", {}, h("h3", {}, title), where, h("div", { class: "boxes" }, boxes), after);
}

function switchFor(name, words, change) {
  const box = h("input", { type: "checkbox", role: "switch", name, onchange: () => change(box.checked) });
  return h("label", { class: "box" }, box, words);
}

function socketButtons(ask) {
  const button = (label, what) =>
    h("button", { type: "button", class: "btn", onclick: () => ask({ do: "sockets", ...what }) }, label);
  return [
    h("p", { class: "hint sockets-open" }),
    h(
      "div",
      { class: "faults-buttons" },
      button("Drop them", { drop: true }),
      button("Ask for a refresh", { refresh: true }),
      button("Warn of one", { warning: true }),
    ),
  ];
}

function activeRow(words, detail, stop) {
  return h(
    "li",
    {},
    h("span", {}, words, h("span", { class: "hint" }, detail)),
    h("button", { type: "button", class: "btn", "aria-label": `Switch off: ${words}`, onclick: stop }, "Off"),
  );
}

function detail({ what, on, times, seconds, error, channel }) {
  const where = what === REFUSED ? "" : on === "*" ? "anything" : on;
  const left = times === null ? "until switched off" : times === 1 ? "once more" : `${times} more times`;
  return [where, channel, error, seconds ? `${seconds} s` : "", left].filter(Boolean).join(" · ");
}

function labelled(words, field) {
  return h("label", { class: "stacked" }, words, field);
}

function option([value, label]) {
  return h("option", { value }, label);
}
