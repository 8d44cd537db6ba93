// The panel beside the conversation that shows one message and its replies.

import { composer } from "./composer.js";
import { h } from "./dom.js";
import { icon } from "./icons.js";
import { drawMessages, listenForWalking } from "./messages.js";
import { goToThread } from "./navigation.js";
import { conversationName, page } from "./page.js";

/** Draws the open thread of a conversation, or hides the panel. */
export function drawThread(root, conversation) {
  const about = page.thread && conversation ? `${page.as}/${conversation.id}/${page.thread}` : null;
  root.hidden = !about;
  const moved = root.about !== about;
  if (moved) build(root, about, conversation);
  if (!about) return;
  const inThread = (message) => message.ts === page.thread || message.thread_ts === page.thread;
  drawMessages(root.querySelector(".messages"), conversation, conversation.messages.filter(inThread), {
    moved,
    inThread: true,
  });
}

function build(root, about, conversation) {
  root.about = about;
  root.replaceChildren();
  if (!about) return;
  const list = h("div", { class: "messages", role: "log", "aria-label": "Replies", tabindex: "0" });
  const area = h(
    "div",
    { class: "conversation" },
    list,
    composer(conversation.id, conversationName(conversation), page.thread),
  );
  root.append(
    h(
      "header",
      { class: "side-head" },
      h("h2", {}, "Thread"),
      h("span", { class: "spring" }),
      h(
        "button",
        { type: "button", class: "icon-button", "aria-label": "Close the thread", onclick: () => goToThread(null) },
        icon("close"),
      ),
    ),
    area,
  );
  listenForWalking(list, area);
}
