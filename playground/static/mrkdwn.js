// Slack's own markup: *bold* _italic_ ~strike~ `code` ```blocks``` > quotes, <@U> <#C> <!date^...> <url|text>
// :emoji: and entities.
// The result is made of nodes; text never becomes markup.

import { h } from "./dom.js";
import { emojiCharacter } from "./emoji.js";
import { conversationById, page, personById } from "./page.js";
import { fillDateTokens } from "./zones.js";

const STYLES = { "*": "strong", _: "em", "~": "s" };
const ENTITIES = { "&lt;": "<", "&gt;": ">", "&amp;": "&" };
const EMOJI = /^:([a-z0-9_+'-]+(?:::skin-tone-[2-6])?):/;
const WORD = /[\p{L}\p{N}]/u;

/** Returns a node for a Slack text object ({type, text}) or for a bare string of mrkdwn. */
export function textNode(text) {
  if (!text) return document.createTextNode("");
  if (typeof text === "string") return mrkdwn(text);
  return text.type === "mrkdwn" ? mrkdwn(text.text) : plainText(text.text);
}

/** Returns mrkdwn as a fragment: code blocks, quotes, and lines of inline text. */
export function mrkdwn(text) {
  const root = document.createDocumentFragment();
  for (const [index, part] of String(text).split("```").entries()) {
    if (index % 2) root.append(h("pre", {}, h("code", {}, decode(part.replace(/^\n|\n$/g, "")))));
    else if (part) appendLines(root, index ? part.replace(/^\n/, "") : part);
  }
  return root;
}

/** Returns plain text (or a plain_text object) as a fragment, with emoji names drawn and line breaks kept. */
export function plainText(text) {
  const root = document.createDocumentFragment();
  const parts = String(text?.text ?? text).split(/(:[a-z0-9_+'-]+:)/);
  root.append(...parts.map((part) => (part.startsWith(":") && emojiCharacter(part.slice(1, -1))) || decode(part)));
  return root;
}

/** Returns text with Slack's three entities decoded, for attributes and labels. */
function decode(text) {
  return text.replace(/&(?:lt|gt|amp);/g, (entity) => ENTITIES[entity]);
}

/** Returns text without any markup, for labels and previews. */
export function bareText(text) {
  const holder = h("div", {}, textNode(text));
  return holder.textContent;
}

/** Returns the chip of a mentioned person. */
export function personChip(id, label) {
  const person = personById(id);
  const mine = id === page.as ? " mention-me" : "";
  return h("span", { class: `mention${mine}`, "data-user": id }, `@${person?.real_name ?? label ?? id}`);
}

/** Returns the chip of a mentioned channel. */
export function channelChip(id, label) {
  return h(
    "span",
    { class: "mention", "data-channel": id },
    `#${conversationById(id)?.name ?? (label || "private channel")}`,
  );
}

/** Returns a link that opens in a new tab; addresses that are neither web nor mail are shown as text. */
export function link(address, ...label) {
  if (!/^(https?|mailto|tel):/i.test(address)) return h("span", {}, ...label);
  return h("a", { href: address, target: "_blank", rel: "noopener noreferrer" }, ...label);
}

function appendLines(root, text) {
  const lines = text.split("\n");
  let index = 0;
  while (index < lines.length) {
    const quoted = takeQuote(lines, index);
    if (quoted.length) {
      root.append(h("blockquote", {}, inline(quoted.join("\n"))));
      index += quoted.length;
      continue;
    }
    root.append(inline(lines[index]));
    index += 1;
    if (index < lines.length && !takeQuote(lines, index).length) root.append(h("br"));
  }
}

function takeQuote(lines, from) {
  if (/^(&gt;|>){3}/.test(lines[from])) {
    return lines.slice(from).map((line, i) => (i ? line : line.replace(/^(&gt;|>){3} ?/, "")));
  }
  const end = lines.slice(from).findIndex((line) => !/^(&gt;|>)/.test(line));
  return lines.slice(from, end < 0 ? undefined : from + end).map((line) => line.replace(/^(&gt;|>) ?/, ""));
}

function inline(text) {
  const root = document.createDocumentFragment();
  let plain = "";
  let at = 0;
  const flush = () => {
    if (plain) root.append(decode(plain));
    plain = "";
  };
  while (at < text.length) {
    const found = special(text, at);
    if (found) {
      flush();
      root.append(found.node);
      at = found.end;
    } else {
      plain += text[at];
      at += 1;
    }
  }
  flush();
  return root;
}

function special(text, at) {
  const first = text[at];
  if (first === "<") return angle(text, at);
  if (first === "\n") return { node: h("br"), end: at + 1 };
  if (first === "`") return code(text, at);
  if (first === ":") return emoji(text, at);
  return STYLES[first] ? styled(text, at, first) : null;
}

function angle(text, at) {
  const end = text.indexOf(">", at);
  return end < 0 ? null : { node: angleNode(text.slice(at + 1, end)), end: end + 1 };
}

function angleNode(inside) {
  const bar = inside.indexOf("|");
  const target = bar < 0 ? inside : inside.slice(0, bar);
  const label = bar < 0 ? null : inside.slice(bar + 1);
  if (target.startsWith("@")) return personChip(target.slice(1), label);
  if (target.startsWith("#")) return channelChip(target.slice(1), label);
  if (target.startsWith("!date^")) return dateNode(target.split("^"), label);
  if (target.startsWith("!")) return h("span", { class: "mention" }, label || `@${target.slice(1).split("^")[0]}`);
  return link(decode(target), label === null ? decode(target.replace(/^mailto:/, "")) : inline(label));
}

function dateNode([, seconds, format, address], fallback) {
  const shown = fillDateTokens(decode(format ?? "{date} {time}"), seconds);
  const time = h("time", { title: decode(fallback ?? "") }, shown);
  return address ? link(decode(address), time) : time;
}

function code(text, at) {
  const end = text.indexOf("`", at + 1);
  if (end <= at + 1 || text.slice(at, end).includes("\n")) return null;
  return { node: h("code", {}, decode(text.slice(at + 1, end).replace(/<([^>|]*\|)?([^>]*)>/g, "$2"))), end: end + 1 };
}

function emoji(text, at) {
  const found = EMOJI.exec(text.slice(at, at + 60));
  const character = found && emojiCharacter(found[1]);
  if (!character) return null;
  return {
    node: h("span", { class: "emoji", role: "img", "aria-label": found[1], title: found[0] }, character),
    end: at + found[0].length,
  };
}

function styled(text, at, mark) {
  const opens = !WORD.test(text[at - 1] ?? " ") && text[at - 1] !== mark && /\S/.test(text[at + 1] ?? " ");
  if (!opens || text[at + 1] === mark) return null;
  for (let end = text.indexOf(mark, at + 2); end > 0; end = text.indexOf(mark, end + 1)) {
    const inside = text.slice(at + 1, end);
    if (inside.includes("\n")) return null;
    if (/\S$/.test(inside) && !WORD.test(text[end + 1] ?? " ")) {
      return { node: h(STYLES[mark], {}, inline(inside)), end: end + 1 };
    }
  }
  return null;
}
