// Start here: fetch the state, draw every part of the page, and do so again at each change the server reports.

import { drawSidebar } from "./channels.js";
import { startClock } from "./clock.js";
import { composer } from "./composer.js";
import { h } from "./dom.js";
import { startFaults } from "./faults.js";
import { drawHead, drawHome, isHomeShown } from "./home.js";
import { icon } from "./icons.js";
import { drawMessages, listenForWalking } from "./messages.js";
import { drawModal } from "./modals.js";
import { chooseConversation, connectNavigation, goToApp, readAddress } from "./navigation.js";
import { drawNotices, leaveNotices, say } from "./notices.js";
import { conversationName, currentConversation, isAppConversation, page } from "./page.js";
import { drawActingAs } from "./people.js";
import { act, fetchState, listen } from "./server.js";
import { connectSurfaces } from "./surface.js";
import { startTheme } from "./theme.js";
import { startTraffic } from "./traffic.js";
import { drawThread } from "./thread.js";
import { drawWelcome } from "./welcome.js";

const SETTLE_MS = 40;
const part = (id) => document.getElementById(id);
let loading = null;
let timer = null;
let drawClock = () => {};
let drawFaults = () => {};
let refreshTraffic = () => {};

async function load() {
  // One request at a time: a change during a request asks for one more after it.
  if (loading) {
    loading.again = true;
    return loading.promise;
  }
  const mine = { again: false };
  loading = mine;
  mine.promise = (async () => {
    do {
      mine.again = false;
      const as = page.as;
      const state = await fetchState(as, page.team);
      if (page.as !== as) {
        mine.again = true; // somebody else acts by now
        continue;
      }
      page.state = state;
      page.as = state.me.id;
      page.receivedAt = performance.now();
    } while (mine.again);
  })().finally(() => {
    loading = null;
  });
  return mine.promise;
}

async function refresh() {
  try {
    await load();
    showTrouble("");
  } catch (error) {
    showTrouble(`The playground does not answer (${error.message}). It is asked again at the next change.`);
    return;
  }
  chooseConversation();
  draw({ moved: false });
  refreshTraffic();
}

function draw({ moved }) {
  const conversation = currentConversation();
  const home = isHomeShown();
  document.title = `${conversation ? conversationName(conversation) : "Playground"} · ${page.state.team.name}`;
  drawActingAs(part("acting-as"));
  drawClock();
  drawSidebar(part("sidebar"));
  drawHead(part("pane-head"));
  part("home").hidden = !home;
  part("conversation").hidden = home;
  part("composer").hidden = home;
  setTabPanels(isAppConversation(conversation));
  if (home) drawHome(part("home"));
  else if (conversation) drawConversation(conversation, moved);
  if (moved) leaveNotices(part("notices"));
  drawNotices(part("notices"));
  drawThread(part("thread"), home ? null : conversation);
  drawModal();
  drawFaults();
  if (!moved) return;
  setDrawer(false);
  focusComposer();
}

function drawConversation(conversation, moved) {
  const root = part("messages");
  const first = root.about !== conversation.id;
  root.about = conversation.id;
  const inChannel = conversation.messages.filter(
    (message) => !message.thread_ts || message.thread_ts === message.ts || message.ephemeral,
  );
  drawComposer(conversation);
  drawWelcome(part("welcome"), (example) => part("composer").firstElementChild.write?.(example));
  drawMessages(root, conversation, inChannel, { moved: moved || first });
  markRead(conversation);
}

function drawComposer(conversation) {
  const about = [page.as, conversation.id, conversation.archived].join("/");
  const root = part("composer");
  if (root.about === about) return;
  root.about = about;
  const sign = conversation.kind === "channel" ? "#" : "";
  if (conversation.archived) root.replaceChildren(h("p", { class: "closed" }, "This channel is archived."));
  else root.replaceChildren(composer(conversation.id, sign + conversationName(conversation)));
}

function markRead(conversation) {
  const mark = `${page.as}/${conversation.id}/${conversation.unread}/${conversation.messages.at(-1)?.ts}`;
  if (!conversation.unread || document.hidden || markRead.last === mark) return;
  markRead.last = mark;
  act({ do: "open", channel: conversation.id });
}

/** Puts the caret into the composer for whoever goes about with a mouse; a keyboard's focus stays where it is. */
function focusComposer() {
  const byKeyboard = document.activeElement?.matches(":focus-visible");
  if (!byKeyboard && matchMedia("(hover: hover)").matches) part("composer").querySelector("textarea")?.focus();
}

function setTabPanels(isApp) {
  for (const [id, tab] of [
    ["home", "tab-home"],
    ["conversation", "tab-messages"],
  ]) {
    if (isApp) part(id).setAttribute("role", "tabpanel");
    else part(id).removeAttribute("role");
    if (isApp) part(id).setAttribute("aria-labelledby", tab);
    else part(id).removeAttribute("aria-labelledby");
  }
}

function showTrouble(words) {
  part("trouble").textContent = words;
  part("trouble").hidden = !words;
}

function setDrawer(open) {
  part("sidebar").classList.toggle("open", open);
  part("sidebar-shade").hidden = !open;
  part("sidebar-toggle").setAttribute("aria-expanded", String(open));
  if (open) part("sidebar").querySelector("button")?.focus();
}

function startFurniture() {
  startTheme(part("theme-toggle"));
  part("sidebar-toggle").append(icon("menu"));
  part("traffic-toggle").append(icon("traffic"));
  part("sidebar-toggle").addEventListener("click", () => setDrawer(!part("sidebar").classList.contains("open")));
  part("sidebar-shade").addEventListener("click", () => setDrawer(false));
  part("sidebar").addEventListener("keydown", (event) => event.key === "Escape" && setDrawer(false));
  listenForWalking(part("messages"), part("pane"));
  drawClock = startClock(part("clock"), refresh);
  document.addEventListener("visibilitychange", () => document.hidden || refresh());
  drawFaults = startFaults(part("faults"), part("faults-toggle"), (sentence) => say(part("notices"), sentence));
  refreshTraffic = startTraffic(part("traffic"), part("traffic-toggle"));
}

async function start() {
  readAddress();
  connectNavigation({ draw, load });
  connectSurfaces({ settled: refresh, failed: (sentence) => say(part("notices"), sentence) });
  await refresh();
  if (!page.state) return;
  startFurniture();
  draw({ moved: true });
  if (isHomeShown()) goToApp("home");
  listen(
    () => {
      clearTimeout(timer);
      timer = setTimeout(refresh, SETTLE_MS);
    },
    (gone) => showTrouble(gone ? "The playground does not answer. It is asked again every few seconds." : ""),
  );
}

start();
