// Going somewhere: another person, conversation, tab or thread. The address keeps it, so that a reload stays there.

import { appConversation, conversationById, isAppConversation, page } from "./page.js";
import { act } from "./server.js";
import { perform } from "./surface.js";

let draw = () => {};
let load = async () => {};

/** Says how to draw the page again, and how to load it for another person. */
export function connectNavigation(given) {
  ({ draw, load } = given);
}

/** Reads from the address who acts and what is shown. */
export function readAddress() {
  const query = new URLSearchParams(location.search);
  page.as = query.get("as");
  page.team = query.get("team");
  page.channel = query.get("channel");
  page.tab = query.get("tab") ?? "home";
}

/** Shows a conversation and marks it read. */
export async function goTo(channel) {
  page.channel = channel;
  page.thread = null;
  if (isAppConversation(conversationById(channel))) page.tab = "messages";
  writeAddress();
  draw({ moved: true });
  await act({ do: "open", channel });
}

/** Shows the app's own pane, on Home or on its messages; opens the direct message with it if there is none. */
export async function goToApp(tab) {
  const there = appConversation()?.id ?? (await startDirectMessage(page.state.app.bot_user_id));
  if (!there) return;
  page.channel = there;
  page.tab = tab;
  page.thread = null;
  writeAddress();
  draw({ moved: true });
  await act(tab === "home" ? { do: "open_home" } : { do: "open", channel: there });
}

/** Shows the thread under a message, or none. */
export function goToThread(ts) {
  page.thread = ts;
  draw({ moved: false });
  document.querySelector(ts ? "#thread textarea" : "#composer textarea")?.focus();
}

/** Acts as another person from now on. */
export async function actAs(id) {
  page.as = id;
  page.thread = null;
  await load();
  chooseConversation();
  writeAddress();
  draw({ moved: true });
  const shown = conversationById(page.channel);
  if (isAppConversation(shown) && page.tab === "home") await act({ do: "open_home" });
}

/** Opens the direct message with somebody and returns its id, or null if it could not be opened. */
export async function startDirectMessage(user) {
  const answer = await perform({ do: "dm", user });
  return answer.ok ? (answer.channel ?? answer.answer?.channel) : null;
}

/** Keeps the shown conversation if the acting person may see it; else chooses their first channel. */
export function chooseConversation() {
  if (page.channel && conversationById(page.channel)) return;
  const wasApp = page.channel && page.tab === "home" && appConversation();
  const channels = page.state.conversations.filter((one) => !one.archived);
  const first = channels.find((one) => one.kind === "channel" && one.members.includes(page.as)) ?? channels[0];
  page.channel = (wasApp || first)?.id ?? null;
}

function writeAddress() {
  const query = new URLSearchParams({ as: page.as });
  if (page.team) query.set("team", page.team);
  if (page.channel) query.set("channel", page.channel);
  if (isAppConversation(conversationById(page.channel))) query.set("tab", page.tab);
  history.replaceState(null, "", `?${query}`);
}
