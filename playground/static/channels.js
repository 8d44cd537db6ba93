// The sidebar: the workspace, its channels, direct messages, the app, and whether the app is connected.

import { askWith } from "./dialogs.js";
import { h, redraw } from "./dom.js";
import { icon } from "./icons.js";
import { goTo, goToApp, startDirectMessage } from "./navigation.js";
import { appConversation, conversationName, isAppConversation, nameOf, page } from "./page.js";
import { avatar } from "./people.js";
import { picker } from "./picker.js";
import { perform } from "./surface.js";

/** Draws the whole sidebar, if something in it changed. */
export function drawSidebar(root) {
  const rows = page.state.conversations.map(({ messages, ...conversation }) => conversation);
  redraw(root, [page.as, page.channel, page.tab, page.state.team, page.state.app, rows, page.state.people.length], () =>
    sidebar(rows),
  );
}

function sidebar(all) {
  const channels = all.filter((one) => one.kind === "channel" || one.kind === "private");
  const direct = all.filter((one) => one.kind === "mpim" || (one.kind === "im" && !isAppConversation(one)));
  const add = h(
    "button",
    {
      type: "button",
      class: "icon-button",
      "aria-label": "New direct message",
      "data-key": "new-dm",
      onclick: newDirectMessage,
    },
    icon("plus"),
  );
  return [
    h("div", { class: "workspace" }, h("h1", {}, page.state.team.name), connection()),
    group("Channels", channels.map(row)),
    group("Direct messages", direct.map(row), add),
    group("Apps", [appRow()]),
  ];
}

function connection() {
  const { name, connected, install_state: installed } = page.state.app;
  const words =
    installed && installed !== "installed"
      ? `${name} is uninstalled`
      : connected
        ? `${name} is connected`
        : `${name} is not connected: waiting for the bot`;
  return h(
    "p",
    { class: `connection ${connected ? "on" : "off"}`, role: "status", "data-testid": "connection" },
    h("span", { class: "dot", "aria-hidden": "true" }),
    words,
  );
}

function group(title, rows, extra) {
  return h(
    "section",
    { class: "group" },
    h("div", { class: "group-head" }, h("h2", {}, title), extra),
    h(
      "ul",
      {},
      rows.map((one) => h("li", {}, one)),
    ),
  );
}

function row(conversation) {
  const name = conversationName(conversation);
  return place({
    id: conversation.id,
    name,
    unread: conversation.unread,
    sign: signOf(conversation),
    current: conversation.id === page.channel,
    go: () => goTo(conversation.id),
    note: [conversation.archived && "archived", conversation.shared && "shared"].filter(Boolean).join(", "),
  });
}

function appRow() {
  const conversation = appConversation();
  const { bot_user_id: bot, name } = page.state.app;
  const unread = conversation?.unread ?? 0;
  const current = Boolean(conversation) && conversation.id === page.channel;
  return place({
    id: "app",
    name,
    unread,
    sign: avatar(bot, "small"),
    current,
    go: () => goToApp(unread ? "messages" : page.tab),
  });
}

function place({ id, name, unread, sign, current, go, note }) {
  const news = unread ? h("span", { class: "badge" }, unread, h("span", { class: "unseen" }, " unread")) : null;
  return h(
    "button",
    {
      type: "button",
      class: `place ${unread ? "unread" : ""}`,
      "aria-current": current ? "page" : null,
      "data-key": `place-${id}`,
      "data-testid": "place",
      "data-channel": id,
      onclick: go,
    },
    sign,
    h("span", { class: "place-name" }, name),
    note && h("span", { class: "hint" }, note),
    news,
  );
}

function signOf(conversation) {
  if (conversation.kind === "channel") return h("span", { class: "sign", "aria-hidden": "true" }, "#");
  if (conversation.kind === "private") return icon("lock");
  if (conversation.kind === "mpim")
    return h("span", { class: "sign count", "aria-hidden": "true" }, conversation.members.length - 1);
  const person = page.state.people.find((one) => one.id === conversation.with);
  return h("span", { class: `presence ${person?.deleted ? "away" : ""}`, "aria-hidden": "true" });
}

async function newDirectMessage() {
  const people = page.state.people.filter((one) => one.id !== page.as && !one.deleted);
  let users = [];
  const choose = picker({
    options: people.map((one) => ({ value: one.id, label: nameOf(one.id), hint: one.is_bot ? "app" : null })),
    chosen: [],
    many: true,
    max: 8,
    placeholder: "Names",
    field: { "aria-label": "People" },
    onPick: (values) => {
      users = values;
    },
  });
  if (!(await askWith("New direct message", choose, { yes: "Open", no: "Cancel" })) || !users.length) return;
  if (users.length === 1) {
    const channel = await startDirectMessage(users[0]);
    if (channel) goTo(channel);
    return;
  }
  const answer = await perform({ do: "group", users });
  const channel = answer.channel ?? answer.answer?.channel;
  if (channel) goTo(channel);
}
