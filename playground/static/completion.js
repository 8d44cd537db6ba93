// What the composer proposes while one types: commands with their hints, people, channels, emoji. No drawing here.

import { emojiBeginning, emojiCharacter } from "./emoji.js";
import { conversationName, page } from "./page.js";
import { roleOf } from "./people.js";

const MOST = 8;
const BROADCASTS = [
  ["channel", "everyone in this channel"],
  ["here", "everyone active in this channel"],
];
const WORD = /(^|[\s(])([@#:])([\p{L}\p{N}_.+'-]*(?: [\p{L}\p{N}_.'-]+)?)$/u;

/**
 * Returns what could complete the text before the caret: {start, query, kind, choices}, or null.
 * A choice is {label, hint, insert, token|null, person?}; `insert` replaces the text from `start` to the caret.
 */
export function completionsAt(before, inThread) {
  if (/^\/\S*$/.test(before)) return inThread ? null : found(0, before, "command", commands(before));
  const [, , sign, query] = WORD.exec(before) ?? [];
  if (sign === undefined) return null;
  const start = before.length - query.length - 1;
  const words = query.toLowerCase();
  if (sign === "@") return found(start, query, "person", people(words));
  if (sign === "#") return found(start, query, "channel", channels(words));
  return words.length < 2 || words.includes(" ") ? null : found(start, query, "emoji", emoji(words));
}

/** Returns the command that the text begins with, once its name is whole, or null. */
export function commandOf(text) {
  const [, name] = /^(\/\S+)(?:\s|$)/.exec(text) ?? [];
  return page.state.commands.find((one) => one.command === name) ?? null;
}

/** Returns the one proposed person whose handle, first or full name is exactly what was typed, or null. */
export function exactPerson({ kind, query, choices }) {
  const typed = query.toLowerCase();
  const names = ({ name, real_name: real }) => [name, real, real.split(" ")[0]].map((one) => one.toLowerCase());
  const exact =
    kind === "person" ? choices.filter((choice) => choice.person && names(choice.person).includes(typed)) : [];
  return exact.length === 1 ? exact[0] : null;
}

function found(start, query, kind, choices) {
  return choices.length ? { start, query, kind, choices: choices.slice(0, MOST) } : null;
}

function commands(before) {
  return page.state.commands
    .filter((one) => one.command.startsWith(before))
    .map((one) => ({
      label: `${one.command} ${one.usage_hint ?? ""}`.trim(),
      hint: one.description,
      insert: `${one.command} `,
      token: null,
      command: one.command,
    }));
}

function people(words) {
  const fits = (person) =>
    [person.name, person.real_name, ...person.real_name.split(" ")].some((name) =>
      name.toLowerCase().startsWith(words),
    );
  const persons = page.state.people
    .filter((person) => !person.deleted && fits(person))
    .map((person) => ({
      label: person.real_name,
      hint: [`@${person.name}`, roleOf(person), person.id === page.as && "you"].filter(Boolean).join(" · "),
      insert: `@${person.real_name}`,
      token: `<@${person.id}>`,
      person,
    }));
  const wide = BROADCASTS.filter(([name]) => name.startsWith(words)).map(([name, hint]) => ({
    label: `@${name}`,
    hint,
    insert: `@${name}`,
    token: `<!${name}>`,
  }));
  return [...persons, ...wide];
}

function channels(words) {
  const named = page.state.conversations.filter(
    (one) => (one.kind === "channel" || one.kind === "private") && one.name.startsWith(words),
  );
  return named.map((one) => ({
    label: `#${conversationName(one)}`,
    hint: one.topic ?? "",
    insert: `#${one.name}`,
    token: `<#${one.id}>`,
  }));
}

function emoji(words) {
  return emojiBeginning(words, MOST).map((name) => ({
    label: `${emojiCharacter(name)} :${name}:`,
    hint: "",
    insert: `:${name}: `,
    token: null,
  }));
}
