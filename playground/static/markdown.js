// The `markdown` block, simply: headings, lists, quotes, code, bold, italic, strike and links of standard Markdown.

import { h } from "./dom.js";
import { link, plainText } from "./mrkdwn.js";

const INLINE = /(`[^`]+`|\*\*[^*]+\*\*|__[^_]+__|~~[^~]+~~|\*[^*\s][^*]*\*|_[^_\s][^_]*_|\[[^\]]+\]\([^)\s]+\))/;
const LINES = [
  [/^(#{1,6})\s+(.*)/, (found) => h(`h${Math.min(6, found[1].length + 2)}`, {}, inline(found[2]))],
  [/^\s*[-*+]\s+(.*)/, (found) => h("li", {}, inline(found[1]))],
  [/^\s*\d+[.)]\s+(.*)/, (found) => h("li", { class: "numbered" }, inline(found[1]))],
  [/^>\s?(.*)/, (found) => h("blockquote", {}, inline(found[1]))],
  [/^\s*(?:---|\*\*\*|___)\s*$/, () => h("hr", { class: "block-divider" })],
];

/** Returns standard Markdown as nodes. */
export function markdown(text) {
  return String(text)
    .split("```")
    .flatMap((part, index) => {
      if (index % 2) return [h("pre", {}, h("code", {}, part.replace(/^\w*\n|\n$/g, "")))];
      return inLists(
        part
          .split("\n")
          .filter((line) => line.trim())
          .map(line),
      );
    });
}

function inLists(nodes) {
  return nodes.reduce((done, node) => {
    const kind = node.classList.contains("numbered") ? "OL" : "UL";
    if (node.tagName !== "LI") return [...done, node];
    if (done.at(-1)?.tagName === kind) done.at(-1).append(node);
    else done.push(h(kind.toLowerCase(), {}, node));
    return done;
  }, []);
}

function line(text) {
  for (const [pattern, build] of LINES) {
    const found = pattern.exec(text);
    if (found) return build(found);
  }
  return h("p", {}, inline(text));
}

function inline(text) {
  return text.split(INLINE).map((part, index) => (index % 2 ? styled(part) : plainText(part)));
}

function styled(part) {
  const [, label, address] = /^\[([^\]]+)\]\(([^)]+)\)$/.exec(part) ?? [];
  if (address) return link(address, label);
  if (part.startsWith("`")) return h("code", {}, part.slice(1, -1));
  const mark = /^(\*\*|__|~~)/.exec(part)?.[0] ?? part[0];
  const tag = { "**": "strong", __: "strong", "~~": "s" }[mark] ?? "em";
  return h(tag, {}, inline(part.slice(mark.length, -mark.length)));
}
