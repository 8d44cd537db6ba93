// The field one writes in: commands and mentions are proposed while typing; Enter sends, Shift+Enter begins a new line.

import { commandOf, completionsAt, exactPerson } from "./completion.js";
import { h, newId } from "./dom.js";
import { icon } from "./icons.js";
import { MentionedText } from "./mentions.js";
import { page } from "./page.js";
import { avatar } from "./people.js";
import { openMenu } from "./popover.js";
import { perform } from "./surface.js";

const drafts = new Map();

/**
 * Returns a composer for a conversation, or for a thread in it. It keeps its draft while one looks elsewhere. Its
 * `write(parts)` fills it.
 */
export function composer(channel, name, threadTs = null) {
  const draftKey = [page.as, channel, threadTs].join("/");
  if (!drafts.has(draftKey)) drafts.set(draftKey, new MentionedText());
  const listId = newId("proposals");
  const field = h("textarea", {
    rows: 1,
    "aria-label": threadTs ? "Reply" : "Message",
    placeholder: threadTs ? "Reply..." : `Message ${name}`,
    "data-testid": threadTs ? "reply" : "message-field",
    "aria-autocomplete": "list",
    "aria-controls": listId,
    "aria-describedby": `${listId}-hint`,
  });
  const shadow = h("div", { class: "shadow", "aria-hidden": "true" });
  const list = h("ul", { class: "proposals", role: "listbox", id: listId, "aria-label": "Suggestions", hidden: true });
  const hint = h("p", { class: "usage", id: `${listId}-hint`, "aria-live": "polite", hidden: true });
  const send = h(
    "button",
    { type: "button", class: "send", "aria-label": "Send", onclick: () => submit() },
    icon("send"),
  );
  const root = h(
    "div",
    { class: "composer" },
    list,
    hint,
    h("div", { class: "writing" }, shadow, field),
    h(
      "div",
      { class: "composer-foot" },
      shortcutsButton(threadTs),
      h("span", { class: "hint keys" }, "Enter sends, Shift+Enter begins a new line"),
      send,
    ),
  );
  let draft = drafts.get(draftKey);
  let open = null;
  let at = 0;

  const draw = () => {
    if (field.value !== draft.text) field.value = draft.text;
    shadow.replaceChildren(
      ...draft.parts().map((part) => (part.token ? h("mark", {}, part.text) : part.text)),
      "\u200b",
    );
    send.disabled = !draft.text.trim();
    const command = threadTs ? null : commandOf(draft.text);
    hint.hidden = !command || Boolean(open);
    if (command)
      hint.replaceChildren(h("strong", {}, command.command), ` ${command.usage_hint ?? command.description ?? ""}`);
    field.style.height = "auto";
    field.style.height = `${Math.min(field.scrollHeight, 200)}px`;
  };
  const propose = () => {
    const found =
      field.selectionStart === field.selectionEnd
        ? completionsAt(draft.text.slice(0, field.selectionStart), Boolean(threadTs))
        : null;
    open = found && !draft.endingAt(field.selectionStart) ? found : null;
    at = 0;
    drawProposals();
  };
  const drawProposals = () => {
    list.hidden = !open;
    list.replaceChildren(
      ...(open?.choices ?? []).map((choice, index) =>
        h(
          "li",
          {
            role: "option",
            id: `${listId}-${index}`,
            class: index === at ? "at" : "",
            "aria-selected": String(index === at),
            onpointerdown: (event) => event.preventDefault(),
            onclick: () => choose(choice),
          },
          choice.person && avatar(choice.person.id, "small"),
          h("span", {}, choice.label),
          h("span", { class: "hint" }, choice.hint),
        ),
      ),
    );
    if (open) field.setAttribute("aria-activedescendant", `${listId}-${at}`);
    else field.removeAttribute("aria-activedescendant");
    list.querySelector(".at")?.scrollIntoView({ block: "nearest" });
  };
  const close = () => {
    open = null;
    drawProposals();
    draw();
  };
  const choose = (choice) => {
    const after = draft.insert(open.start, field.selectionStart, choice.insert, choice.token);
    const spaced =
      choice.token && draft.text[after] !== " " ? draft.insert(after, after, " ") : after + (choice.token ? 1 : 0);
    close();
    field.focus();
    field.setSelectionRange(spaced, spaced);
  };
  const submit = async () => {
    const sent = draft;
    if (!sent.text.trim()) return;
    draft = new MentionedText();
    drafts.set(draftKey, draft);
    close();
    field.focus();
    root.classList.add("busy");
    const what = { do: "say", channel, text: sent.sent().trim() };
    const answer = await perform(threadTs ? { ...what, thread_ts: threadTs } : what);
    root.classList.remove("busy");
    root.dispatchEvent(new CustomEvent("sent", { bubbles: true }));
    if (answer.ok || draft.text) return;
    draft = sent;
    drafts.set(draftKey, draft);
    draw();
  };
  const onKey = (event) => {
    if (event.isComposing || !handleKey(event)) return;
    event.preventDefault();
    event.stopPropagation();
  };
  const handleKey = (event) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    const enter = event.key === "Enter" && !event.shiftKey;
    const wholeCommand = open?.choices[at].command === draft.text.trim();
    if (event.key === "Backspace") return removeMention();
    if (enter && (!open || wholeCommand)) submit();
    else if (!open) return false;
    else if (step) {
      at = (at + step + open.choices.length) % open.choices.length;
      drawProposals();
    } else if (event.key === "Escape") close();
    else if (enter || (event.key === "Tab" && !event.shiftKey)) choose(open.choices[at]);
    else if (event.key === " " && exactPerson(open)) choose(exactPerson(open));
    else return false;
    return true;
  };
  const removeMention = () => {
    const caret = field.selectionStart;
    const mention = caret === field.selectionEnd ? draft.endingAt(caret) : null;
    if (!mention) return false;
    const place = draft.insert(mention.start, mention.end, "");
    draw();
    field.setSelectionRange(place, place);
    return true;
  };

  field.addEventListener("input", () => {
    draft.edit(field.value);
    propose();
    draw();
  });
  field.addEventListener("keydown", onKey);
  field.addEventListener("blur", () => setTimeout(close, 100));
  field.addEventListener("scroll", () => {
    shadow.scrollTop = field.scrollTop;
  });
  root.write = (parts) => {
    draft = new MentionedText();
    drafts.set(draftKey, draft);
    parts.forEach(({ text, token }) => draft.insert(draft.text.length, draft.text.length, text, token ?? null));
    draw();
    field.focus();
  };
  requestAnimationFrame(draw);
  return root;
}

function shortcutsButton(threadTs) {
  const globals = page.state.shortcuts.filter((one) => one.type === "global");
  if (threadTs || !globals.length) return null;
  const items = globals.map((one) => ({
    label: one.name,
    hint: one.description,
    run: () => perform({ do: "shortcut", callback_id: one.callback_id }),
  }));
  return h(
    "button",
    {
      type: "button",
      class: "icon-button",
      "aria-label": "Shortcuts",
      "aria-haspopup": "menu",
      "aria-expanded": "false",
      onclick: (event) => openMenu(event.currentTarget, "Shortcuts", items),
    },
    icon("plus"),
  );
}
