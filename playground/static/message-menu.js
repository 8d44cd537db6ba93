// What one can do with a message: react, reply, use a message shortcut, delete one's own.

import { askWith } from "./dialogs.js";
import { h } from "./dom.js";
import { emojiOrName } from "./emoji.js";
import { icon } from "./icons.js";
import { goToThread } from "./navigation.js";
import { nameOf, page } from "./page.js";
import { closePopover, focusAnchor, openMenu, showPopover } from "./popover.js";
import { perform } from "./surface.js";

/** Returns the small row of buttons that shows while a message is pointed at or has the focus. */
export function toolbar(conversation, message, inThread) {
  const at = { channel: conversation.id, ts: message.ts };
  const tool = (key, label, drawing, onclick, props = {}) =>
    h(
      "button",
      {
        type: "button",
        class: "icon-button",
        "aria-label": label,
        title: label,
        "data-key": `${key}-${message.ts}`,
        onclick,
        ...props,
      },
      icon(drawing),
    );
  return h(
    "div",
    { class: "toolbar", role: "toolbar", "aria-label": "Message actions" },
    tool("react", "Add reaction", "smile", (event) => openEmoji(event.currentTarget, at, message), {
      "aria-haspopup": "true",
    }),
    !inThread && tool("reply", "Reply in thread", "reply", () => goToThread(message.thread_ts ?? message.ts)),
    tool("more", "More actions", "more", (event) => openActions(event.currentTarget, at, message), {
      "aria-haspopup": "menu",
      "aria-expanded": "false",
    }),
  );
}

/** Returns the row of reactions under a message; pressing one puts or takes back one's own. */
export function reactions(conversation, message) {
  const at = { channel: conversation.id, ts: message.ts };
  return h(
    "div",
    { class: "reactions", role: "group", "aria-label": "Reactions" },
    message.reactions.map(({ name, users }) => {
      const mine = users.includes(page.as);
      const who = `${users.map(nameOf).join(", ")} reacted with :${name}:`;
      return h(
        "button",
        {
          type: "button",
          class: "reaction",
          "aria-pressed": String(mine),
          title: who,
          "aria-label": `${name}, ${users.length}: ${who}`,
          "data-key": `reaction-${message.ts}-${name}`,
          onclick: () => perform({ do: mine ? "unreact" : "react", ...at, name }),
        },
        h("span", { class: "emoji", "aria-hidden": "true" }, emojiOrName(name)),
        h("span", { "aria-hidden": "true" }, users.length),
      );
    }),
  );
}

function openEmoji(anchor, at, message) {
  const mine = new Set((message.reactions ?? []).filter((one) => one.users.includes(page.as)).map((one) => one.name));
  const choose = (name) => {
    focusAnchor(anchor);
    closePopover();
    perform({ do: mine.has(name) ? "unreact" : "react", ...at, name });
  };
  const panel = h(
    "div",
    { class: "emoji-grid", role: "group", "aria-label": "Reactions to choose from" },
    page.state.emoji.map((name) =>
      h(
        "button",
        {
          type: "button",
          "aria-label": name,
          title: `:${name}:`,
          "aria-pressed": String(mine.has(name)),
          onclick: () => choose(name),
        },
        emojiOrName(name),
      ),
    ),
  );
  panel.addEventListener("keydown", (event) => {
    const all = [...panel.children];
    const step = { ArrowRight: 1, ArrowLeft: -1, ArrowDown: 8, ArrowUp: -8 }[event.key];
    if (step) all[(all.indexOf(document.activeElement) + step + all.length) % all.length].focus();
    else if (event.key === "Escape") {
      focusAnchor(anchor);
      closePopover();
    } else return;
    event.preventDefault();
  });
  showPopover(anchor, panel);
  panel.querySelector("button")?.focus();
}

function openActions(anchor, at, message) {
  const shortcuts = page.state.shortcuts.filter((one) => one.type === "message");
  const items = shortcuts.map((one) => ({
    label: one.name,
    hint: page.state.app.name,
    run: () => perform({ do: "shortcut", callback_id: one.callback_id, message: at }),
  }));
  const remove = { label: "Delete message", danger: true, run: () => removeMessage(at) };
  if (message.user === page.as) items.push(...(items.length ? ["line"] : []), remove);
  openMenu(
    anchor,
    "More actions",
    items.length ? items : [{ label: "The app has no message shortcuts", disabled: true }],
  );
}

async function removeMessage(at) {
  const sure = await askWith("Delete message", h("p", {}, "It goes for everyone who can see it."), {
    yes: "Delete",
    no: "Cancel",
    danger: true,
  });
  if (sure) perform({ do: "delete", ...at });
}
