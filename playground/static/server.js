// Every request the page makes. Only this file knows addresses.

import { page } from "./page.js";

/** Returns the state of the workspace as `as` may see it; without `as`, as the first person does. */
export async function fetchState(as, team) {
  return get(`/playground/state?${query({ as, team })}`);
}

/** Does something as the acting person and returns the server's answer: {ok, answer, status} or {ok: false, error}. */
export async function act(what) {
  const who = page.team ? { as: page.as, team: page.team } : { as: page.as };
  try {
    return await post("/playground/act", { ...who, ...what });
  } catch (error) {
    return { ok: false, error: `The playground did not answer (${error.message}).` };
  }
}

/** Does a managing thing and returns the server's answer: {ok, ...} or {ok: false, error}. */
export async function manage(what) {
  try {
    return await post("/playground/manage", what);
  } catch (error) {
    return { ok: false, error: `The playground did not answer (${error.message}).` };
  }
}

/** Moves the playground's clock: {add: seconds}, {to: ISO time} or {reset: true}. */
export async function moveClock(change) {
  return post("/playground/clock", change);
}

/** Returns the calls and deliveries recorded after number `since`. */
export async function fetchTraffic(since) {
  return get(`/playground/traffic?${query({ since })}`);
}

/** Calls `onChange` at each change of the workspace, `onTrouble(true|false)` when the server goes and comes back. */
export function listen(onChange, onTrouble) {
  const changes = new EventSource("/playground/changes");
  changes.addEventListener("message", () => onChange());
  changes.addEventListener("open", () => onTrouble(false));
  changes.addEventListener("error", () => onTrouble(true));
}

async function get(path) {
  return readAnswer(await fetch(path, { cache: "no-store" }));
}

async function post(path, body) {
  const headers = { "Content-Type": "application/json" };
  return readAnswer(await fetch(path, { method: "POST", headers, body: JSON.stringify(body) }));
}

async function readAnswer(response) {
  const text = await response.text();
  try {
    return JSON.parse(text);
  } catch {
    throw new Error(`status ${response.status}: ${text.slice(0, 200)}`);
  }
}

function query(fields) {
  const given = Object.entries(fields).filter(([, value]) => value !== null && value !== undefined && value !== "");
  return new URLSearchParams(given).toString();
}
