// Slack's rich_text blocks: sections, lists, quotes and preformatted text made of small leaves.

import { h } from "./dom.js";
import { emojiOrName } from "./emoji.js";
import { channelChip, link, personChip } from "./mrkdwn.js";
import { fillDateTokens } from "./zones.js";

const STYLE_TAGS = { bold: "strong", italic: "em", strike: "s", underline: "u", code: "code" };
const PARTS = {
  rich_text_section: (part) => h("div", { class: "rich-section" }, leaves(part)),
  rich_text_quote: (part) => h("blockquote", {}, leaves(part)),
  rich_text_preformatted: (part) => h("pre", {}, h("code", {}, leaves(part))),
  rich_text_list: list,
};
const LEAVES = {
  text: (leaf) => lines(leaf.text),
  emoji: (leaf) => h("span", { class: "emoji", role: "img", "aria-label": leaf.name }, emojiOrName(leaf.name)),
  user: (leaf) => personChip(leaf.user_id),
  channel: (leaf) => channelChip(leaf.channel_id),
  usergroup: (leaf) => h("span", { class: "mention" }, `@${leaf.usergroup_id}`),
  broadcast: (leaf) => h("span", { class: "mention" }, `@${leaf.range}`),
  link: (leaf) => link(leaf.url, leaf.text ?? leaf.url),
  date: (leaf) =>
    h("time", { title: leaf.fallback ?? "" }, fillDateTokens(leaf.format ?? "{date} {time}", leaf.timestamp)),
  color: (leaf) => h("code", {}, leaf.value),
};

/** Returns a rich_text block as an element. */
export function richText(block) {
  return h(
    "div",
    { class: "rich-text" },
    (block.elements ?? []).map((part) => PARTS[part.type]?.(part)),
  );
}

function list(part) {
  const items = part.elements.map((item) => h("li", {}, leaves(item)));
  const tag = part.style === "ordered" ? "ol" : "ul";
  return h(tag, { class: `rich-list indent-${part.indent ?? 0}`, start: part.offset ? part.offset + 1 : null }, items);
}

function leaves(part) {
  return (part.elements ?? []).map((leaf) => {
    const drawn = LEAVES[leaf.type]?.(leaf) ?? leaf.text ?? "";
    const tags = Object.keys(leaf.style ?? {}).filter((style) => leaf.style[style] && STYLE_TAGS[style]);
    return tags.reduce((inside, style) => h(STYLE_TAGS[style], {}, inside), drawn);
  });
}

function lines(text) {
  return text.split("\n").flatMap((line, index) => (index ? [h("br"), line] : [line]));
}
