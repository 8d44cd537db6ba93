// What the page knows: the last state the server sent, who acts, and what is being looked at. No requests, no drawing.

/**
 * The page's own state. `state` is what the server last sent for the acting person; `channel` and `tab` are what
 * is shown.
 */
export const page = { state: null, as: null, team: null, channel: null, tab: "home", thread: null, receivedAt: 0 };

/** Returns the person of this id, or null. */
export function personById(id) {
  return page.state.people.find((person) => person.id === id) ?? null;
}

/** Returns the name to show for a person of this id: their own, or the id itself when nobody has it. */
export function nameOf(id) {
  return personById(id)?.real_name ?? id;
}

/** Returns the conversation of this id that the acting person may see, or null. */
export function conversationById(id) {
  return page.state.conversations.find((conversation) => conversation.id === id) ?? null;
}

/** Returns the conversation that is shown, or null. */
export function currentConversation() {
  return page.channel ? conversationById(page.channel) : null;
}

/** Returns the name of a conversation as the acting person reads it. */
export function conversationName(conversation) {
  if (conversation.kind === "im") return nameOf(conversation.with);
  if (conversation.kind !== "mpim") return conversation.name;
  const others = conversation.members.filter((id) => id !== page.as).map(nameOf);
  return others.join(", ") || conversation.name;
}

/** Tells whether this conversation is the acting person's direct message with the app. */
export function isAppConversation(conversation) {
  return conversation?.kind === "im" && conversation.with === page.state.app.bot_user_id;
}

/** Returns the acting person's direct message with the app, or null if nobody has opened it. */
export function appConversation() {
  return page.state.conversations.find(isAppConversation) ?? null;
}

/** Returns the playground's time as a Date, ticking on between two answers of the server. */
export function playgroundNow() {
  return new Date(Date.parse(page.state.now) + (performance.now() - page.receivedAt));
}

/** Returns the acting person's IANA zone and locale, for every time the page shows. */
export function reader() {
  const { tz, locale } = page.state.me;
  return { tz: tz || "UTC", locale: (locale || "en-US").replace("_", "-") };
}
