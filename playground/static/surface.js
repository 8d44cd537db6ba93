// What people have filled in on a message, a form or Home, and what happens when they press something there.

import { page } from "./page.js";
import { act } from "./server.js";

const INITIAL = {
  static_select: (e) => e.initial_option?.value ?? null,
  radio_buttons: (e) => e.initial_option?.value ?? null,
  checkboxes: (e) => (e.initial_options ?? []).map((option) => option.value),
  multi_static_select: (e) => (e.initial_options ?? []).map((option) => option.value),
  users_select: (e) => e.initial_user ?? null,
  channels_select: (e) => e.initial_channel ?? null,
  conversations_select: (e) => e.initial_conversation ?? (e.default_to_current_conversation ? page.channel : null),
  multi_users_select: (e) => e.initial_users ?? [],
  multi_channels_select: (e) => e.initial_channels ?? [],
  multi_conversations_select: (e) =>
    e.initial_conversations ?? (e.default_to_current_conversation ? [page.channel] : []),
  datepicker: (e) => e.initial_date ?? null,
  timepicker: (e) => e.initial_time ?? null,
  datetimepicker: (e) => e.initial_date_time ?? null,
};
const SILENT = { timeout: "did not answer within three seconds.", unreachable: "is not connected." };
const filled = new Map();
let hooks = { settled: async () => {}, failed: () => {} };

/** Says what to do once an act was answered (`settled`) and when it was not done (`failed`, with a sentence). */
export function connectSurfaces(given) {
  hooks = given;
}

/**
 * Does something on the server, waits for the state that follows, and tells the person if it was refused. Returns
 * the answer.
 * When the app does not answer, the server itself leaves a notice; a form says so too, by its own `failed` and
 * `silent`.
 */
export async function perform(what, failed = hooks.failed, silent = () => {}) {
  const answer = await act(what);
  await hooks.settled();
  if (!answer.ok) failed(answer.error);
  else if (SILENT[answer.status]) silent(`${page.state.app.name} ${SILENT[answer.status]}`);
  return answer;
}

/** Returns the surface of a message. */
export function messageSurface(channel, message) {
  const where = { message: { channel, ts: message.ts } };
  return surface(`${page.as}/${channel}/${message.ts}`, where, message.blocks, { strict: true });
}

/**
 * Returns the surface of a form or of Home. `strict`: what was filled in is dropped when its element changes, as
 * on Home.
 */
export function viewSurface(view, { strict = false, failed, silent } = {}) {
  return surface(`${page.as}/${view.id}`, { view: view.id }, view.blocks, {
    strict,
    failed,
    silent,
    errors: view.errors ?? {},
  });
}

function surface(key, where, blocks, { strict, failed, silent, errors = {} }) {
  if (!filled.has(key)) filled.set(key, {});
  const kept = filled.get(key);
  const slot = (blockId, element) => `${blockId}\n${element.action_id}`;
  const held = (blockId, element) => {
    const found = kept[slot(blockId, element)];
    return found && (!strict || found.spec === JSON.stringify(element)) ? found : null;
  };
  return {
    key,
    errors,
    read(blockId, element) {
      const found = held(blockId, element);
      return found ? found.picked : (INITIAL[element.type] ?? ((e) => e.initial_value ?? ""))(element);
    },
    write(blockId, element, picked) {
      kept[slot(blockId, element)] = { picked, spec: JSON.stringify(element) };
    },
    /** Everything filled in that is still there, as {block_id: {action_id: picked}}. */
    values() {
      const values = {};
      for (const [blockId, element] of elementsIn(blocks)) {
        const found = held(blockId, element);
        if (found) (values[blockId] ??= {})[element.action_id] = found.picked;
      }
      return values;
    },
    press(blockId, element, picked) {
      const what = { do: "press", where, block_id: blockId, action_id: element.action_id, values: this.values() };
      return perform(picked === undefined ? what : { ...what, picked }, failed, silent);
    },
    forget() {
      filled.delete(key);
    },
  };
}

function elementsIn(blocks) {
  return (blocks ?? []).flatMap((block) =>
    [block.element, block.accessory, ...(block.elements ?? [])]
      .filter((element) => element?.action_id)
      .map((element) => [block.block_id, element]),
  );
}
