// The head of the pane (name, members, tabs of the app) and the app's Home.

import { blocksOf } from "./blocks.js";
import { askWith } from "./dialogs.js";
import { h, redraw } from "./dom.js";
import { icon } from "./icons.js";
import { goToApp } from "./navigation.js";
import { conversationName, currentConversation, isAppConversation, nameOf, page } from "./page.js";
import { avatar } from "./people.js";
import { picker } from "./picker.js";
import { openMenu } from "./popover.js";
import { perform, viewSurface } from "./surface.js";
import { localDay } from "./zones.js";

const TABS = [
  ["home", "Home"],
  ["messages", "Messages"],
];

/** Tells whether the app's Home is what is shown. */
export function isHomeShown() {
  return page.tab === "home" && isAppConversation(currentConversation());
}

/** Draws the head of the pane for the shown conversation. */
export function drawHead(root) {
  const { messages, ...conversation } = currentConversation() ?? {};
  redraw(root, [page.as, page.tab, page.state.app.name, conversation, page.state.people.length], () => {
    if (!conversation.id) return h("div", { class: "head" }, h("h2", {}, "No conversation"));
    return isAppConversation(conversation) ? appHead() : channelHead(conversation);
  });
}

/** Draws the app's Home; `root` is its tab panel. */
export function drawHome(root) {
  const view = page.state.home;
  const top = root.scrollTop;
  redraw(root, [view, page.as, localDay(new Date(page.state.now))], () => {
    if (!view) return h("p", { class: "empty" }, `${page.state.app.name} has not put anything here yet.`);
    return h(
      "div",
      { class: "home-blocks", "data-testid": "home" },
      blocksOf(view.blocks, viewSurface(view, { strict: true })),
    );
  });
  root.scrollTop = top;
}

function appHead() {
  const name = page.state.app.name;
  const tab = ([id, label]) =>
    h(
      "button",
      {
        type: "button",
        role: "tab",
        id: `tab-${id}`,
        "data-key": `tab-${id}`,
        "aria-selected": String(page.tab === id),
        "aria-controls": id === "home" ? "home" : "conversation",
        tabindex: page.tab === id ? "0" : "-1",
        onclick: () => goToApp(id),
      },
      label,
    );
  const tabs = h("div", { class: "tabs", role: "tablist", "aria-label": name }, TABS.map(tab));
  tabs.addEventListener("keydown", (event) => {
    if (event.key !== "ArrowLeft" && event.key !== "ArrowRight") return;
    const other = [...tabs.children].find((one) => one.getAttribute("aria-selected") !== "true");
    other.focus();
    other.click();
  });
  return h(
    "div",
    { class: "head head-app" },
    h(
      "div",
      { class: "head-row" },
      avatar(page.state.app.bot_user_id),
      h("h2", {}, name),
      h("span", { class: "app-badge" }, "APP"),
    ),
    tabs,
  );
}

function channelHead(conversation) {
  const isRoom = conversation.kind === "channel" || conversation.kind === "private";
  const title = isRoom
    ? `${conversation.kind === "channel" ? "#" : ""}${conversation.name}`
    : conversationName(conversation);
  const count = conversation.members.length;
  const members = h(
    "button",
    {
      type: "button",
      class: "btn btn-quiet",
      "aria-haspopup": "menu",
      "aria-expanded": "false",
      "data-key": "members",
      "aria-label": `Members: ${count}`,
      onclick: (event) => openMembers(event.currentTarget, conversation, isRoom),
    },
    icon("person"),
    count,
  );
  const topic = [
    conversation.archived && "Archived",
    conversation.shared && "Shared with another company",
    conversation.topic,
  ]
    .filter(Boolean)
    .join(" · ");
  return h(
    "div",
    { class: "head" },
    h(
      "div",
      { class: "head-row" },
      h("h2", {}, title),
      topic && h("span", { class: "hint topic" }, topic),
      h("span", { class: "spring" }),
      members,
    ),
  );
}

function openMembers(anchor, conversation, isRoom) {
  const people = conversation.members.map((id) => ({
    label: nameOf(id),
    before: avatar(id, "small"),
    disabled: true,
    run: () => {},
  }));
  const bot = page.state.app.bot_user_id;
  const channel = conversation.id;
  const acts = !isRoom
    ? []
    : [
        "line",
        !conversation.members.includes(bot) && {
          label: `Add ${page.state.app.name}`,
          run: () => perform({ do: "invite", channel, user: bot }),
        },
        { label: "Add people", run: () => addPeople(conversation) },
        conversation.members.includes(page.as) && {
          label: "Leave channel",
          danger: true,
          run: () => perform({ do: "leave", channel }),
        },
      ];
  openMenu(anchor, "Members", [...people, ...acts].filter(Boolean));
}

async function addPeople(conversation) {
  const others = page.state.people.filter((one) => !one.deleted && !conversation.members.includes(one.id));
  let chosen = [];
  const choose = picker({
    options: others.map((one) => ({ value: one.id, label: nameOf(one.id), hint: one.is_bot ? "app" : null })),
    chosen,
    many: true,
    placeholder: "Names",
    field: { "aria-label": "People" },
    onPick: (values) => {
      chosen = values;
    },
  });
  if (!(await askWith(`Add people to #${conversation.name}`, choose, { yes: "Add", no: "Cancel" }))) return;
  for (const user of chosen) await perform({ do: "invite", channel: conversation.id, user });
}
