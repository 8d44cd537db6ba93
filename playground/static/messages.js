// The list of messages: days, people, words, blocks, reactions. What one can do with a message is in message-menu.js.

import { blocksOf } from "./blocks.js";
import { h, patchList } from "./dom.js";
import { icon } from "./icons.js";
import { reactions, toolbar } from "./message-menu.js";
import { mrkdwn } from "./mrkdwn.js";
import { goToThread } from "./navigation.js";
import { nameOf, page, personById, playgroundNow } from "./page.js";
import { avatar } from "./people.js";
import { messageSurface } from "./surface.js";
import { dayAndTime, dayName, localDay, timeOfDay } from "./zones.js";

const TOGETHER_S = 300;
const NEAR_BOTTOM_PX = 80;

/**
 * Draws messages into `root`, keeping what did not change. `moved`: another conversation is shown, so its end
 * comes into view.
 */
export function drawMessages(root, conversation, messages, { moved, inThread = false }) {
  const stay = !isNearEnd(root);
  const top = root.scrollTop;
  patchList(root, itemsOf(conversation, messages, inThread));
  root.scrollTop = stay && !moved ? top : root.scrollHeight;
  rove(root);
}

/**
 * Lets the arrow keys walk from message to message, and keeps the end in view while sizes change. `area` holds its
 * composer.
 */
export function listenForWalking(root, area) {
  root.addEventListener("keydown", (event) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    const here = event.target.closest?.(".message");
    if (!step || (event.target !== here && event.target !== root)) return;
    const all = [...root.querySelectorAll(".message")];
    const next = here ? all[all.indexOf(here) + step] : all.at(-1);
    if (!next) return;
    event.preventDefault();
    all.forEach((one) => one.setAttribute("tabindex", one === next ? "0" : "-1"));
    next.focus();
  });
  let atEnd = true;
  const followEnd = () => {
    if (atEnd) root.scrollTop = root.scrollHeight;
  };
  root.addEventListener("scroll", () => {
    atEnd = isNearEnd(root);
  });
  root.addEventListener("load", followEnd, true);
  new ResizeObserver(followEnd).observe(root);
  area.addEventListener("sent", () => {
    root.scrollTop = root.scrollHeight;
  });
}

function itemsOf(conversation, messages, inThread) {
  const today = localDay(playgroundNow());
  const items = [];
  let before = null;
  for (const message of messages) {
    const day = localDay(dateOf(message));
    const newDay = !inThread && (!before || localDay(dateOf(before)) !== day);
    if (newDay)
      items.push({ key: `day-${conversation.id}-${day}`, signature: today + page.as, build: () => dayLine(message) });
    const joined = !newDay && isContinued(before, message);
    const signature = JSON.stringify([
      message,
      joined,
      page.as,
      today,
      page.state.me.tz,
      page.state.shortcuts.length,
      nameOf(message.user),
    ]);
    const key = `${page.as}-${conversation.id}-${message.ts}-${inThread}-${message.ephemeral}`;
    items.push({ key, signature, build: () => messageNode(conversation, message, joined, inThread) });
    before = message;
  }
  return items;
}

function isContinued(before, message) {
  return (
    before &&
    before.user === message.user &&
    before.ephemeral === message.ephemeral &&
    !message.ephemeral &&
    Number(message.ts) - Number(before.ts) < TOGETHER_S
  );
}

function dayLine(message) {
  return h("div", { class: "day", role: "separator" }, h("span", {}, dayName(dateOf(message))));
}

function messageNode(conversation, message, joined, inThread) {
  const date = dateOf(message);
  const name = personById(message.user) ? nameOf(message.user) : message.bot ? page.state.app.name : message.user;
  const time = h("time", { datetime: date.toISOString(), title: dayAndTime(date) }, timeOfDay(date));
  const head = h(
    "div",
    { class: "message-head" },
    h("span", { class: "author" }, name),
    message.bot && h("span", { class: "app-badge" }, "APP"),
    time,
  );
  const side = joined
    ? h("span", { class: "side-time", "aria-hidden": "true" }, timeOfDay(date).replace(/\s?[AP]M/i, ""))
    : avatar(message.user);
  return h(
    "article",
    {
      class: `message ${message.ephemeral ? "ephemeral" : ""} ${joined ? "joined" : ""}`,
      tabindex: "-1",
      "aria-label": `${name}, ${timeOfDay(date)}`,
      "data-testid": "message",
      "data-ts": message.ts,
      "data-key": `message-${message.ts}`,
    },
    message.ephemeral && h("p", { class: "only-you" }, icon("eye"), "Only visible to you"),
    h(
      "div",
      { class: "message-row" },
      h("div", { class: "message-side" }, side),
      h(
        "div",
        { class: "message-main" },
        joined ? h("span", { class: "unseen" }, `${name}, `, time) : head,
        bodyOf(conversation, message, inThread),
      ),
    ),
    !message.ephemeral && !message.deleted && toolbar(conversation, message, inThread),
  );
}

function bodyOf(conversation, message, inThread) {
  if (message.deleted) return h("p", { class: "hint" }, "This message was deleted.");
  const surface = messageSurface(conversation.id, message);
  const words = message.blocks?.length
    ? blocksOf(message.blocks, surface)
    : h("div", { class: "words" }, mrkdwn(message.text ?? ""));
  return [
    h("div", { class: "message-body" }, words, message.edited && h("span", { class: "edited" }, " (edited)")),
    (message.files ?? []).map(fileNode),
    message.failed &&
      h("p", { class: "failed" }, icon("warning"), `${page.state.app.name} could not be reached (${message.failed}).`),
    message.reactions?.length ? reactions(conversation, message) : null,
    message.reply_count && !inThread ? repliesButton(message) : null,
  ];
}

function fileNode(file) {
  if (file.mimetype?.startsWith("image/")) {
    const title = file.title ?? file.name;
    return h(
      "figure",
      { class: "file" },
      h("figcaption", { class: "hint" }, title),
      h("img", { class: "picture", src: file.url, alt: file.alt ?? title }),
    );
  }
  return h(
    "a",
    { class: "file file-card", href: file.url, download: file.name },
    file.title ?? file.name,
    h("span", { class: "hint" }, file.mimetype),
  );
}

function repliesButton(message) {
  const words = message.reply_count === 1 ? "1 reply" : `${message.reply_count} replies`;
  return h(
    "button",
    { type: "button", class: "replies", "data-key": `replies-${message.ts}`, onclick: () => goToThread(message.ts) },
    words,
  );
}

function isNearEnd(root) {
  return root.scrollHeight - root.scrollTop - root.clientHeight < NEAR_BOTTOM_PX;
}

function rove(root) {
  const all = [...root.querySelectorAll(".message")];
  if (all.length && !all.some((one) => one.getAttribute("tabindex") === "0")) all.at(-1).setAttribute("tabindex", "0");
}

function dateOf(message) {
  return new Date(Number(message.ts) * 1000);
}
