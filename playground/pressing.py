"""People use what the bot put before them: buttons, menus, forms and shortcuts."""

from __future__ import annotations

from typing import Any

from playground import views
from playground.conversing import find_message
from playground.deliveries import INTERACTION, UNREACHABLE
from playground.elements import WrongPickError, check_picks, fault_in_text, find, is_empty, picked_value, state_values
from playground.errors import SlackError
from playground.payloads import (
    action_ts,
    closing_payload,
    message_press_payload,
    message_shortcut_payload,
    shortcut_payload,
    submission_payload,
    view_press_payload,
)
from playground.slack import PlaygroundError, Slack
from playground.workspace import Json, Message, Person, View, Workspace

TROUBLE = "We had some trouble connecting. Try again?"
REQUIRED = "Please complete this required field."


def press(slack: Slack, workspace: Workspace, person: Person, request: Json) -> Json:
    """Uses an interactive element on a message, on Home or in the form on top."""
    where = request.get("where") or {}
    if "message" in where:
        return _press_on_message(slack, workspace, person, where["message"], request)
    view = _pressable_view(workspace, person, str(where.get("view")))
    block, element = _element(view.blocks, request)
    _keep(view, _with_pick(request, element))
    slack.changed()
    if block["type"] == "input" and not block.get("dispatch_action"):
        return {}
    action = _action(slack, block, element, request.get("picked"))
    payload = view_press_payload(slack, workspace, person, view, action)
    _send(slack, workspace, person, payload, element["action_id"])
    return {}


def submit(slack: Slack, workspace: Workspace, person: Person, request: Json) -> Json:
    """Submits the form on top; what Slack's own client refuses does not reach the bot."""
    view = _top(workspace, person, request)
    _keep(view, request.get("values") or {})
    view.errors = _faults_before_sending(view)
    slack.changed()
    if view.errors:
        return {"errors": view.errors}

    def take(answer: object) -> None:
        _take_answer(slack, workspace, person, view, answer)

    payload = submission_payload(slack, workspace, person, view)
    _send(slack, workspace, person, payload, view.content.get("callback_id", ""), take)
    return {}


def close(slack: Slack, workspace: Workspace, person: Person, request: Json) -> Json:
    """Closes the form on top without submitting it; `all` closes the whole stack."""
    view = _top(workspace, person, request)
    everything = bool(request.get("all") or view.content.get("clear_on_close"))
    closing = workspace.modals[person.id] if everything else [view]
    payloads = [
        closing_payload(slack, workspace, person, one, everything)
        for one in reversed(closing)
        if one.content.get("notify_on_close")
    ]
    if everything:
        views.close_all(slack, workspace, person.id)
    else:
        views.close_top(slack, workspace, person.id)
    for payload in payloads:
        name = payload["view"]["callback_id"]
        slack.deliveries.send(INTERACTION, workspace.id, f"view_closed {name}".strip(), payload)
    return {}


def use_shortcut(slack: Slack, workspace: Workspace, person: Person, request: Json) -> Json:
    """Uses a global shortcut, or one from a message's menu."""
    shortcut = slack.manifest.shortcuts.get(str(request.get("callback_id")))
    if shortcut is None or not workspace.installed or "commands" not in workspace.scopes:
        raise PlaygroundError("There is no such shortcut.")
    if shortcut.type == "global":
        payload = shortcut_payload(slack, workspace, person, shortcut.callback_id)
    elif request.get("message"):
        conversation, message = find_message(workspace, person, request["message"])
        if message.to is not None:
            raise PlaygroundError("A message that only you see has no menu.")
        payload = message_shortcut_payload(slack, workspace, person, conversation, message, shortcut.callback_id)
    else:
        raise PlaygroundError("This shortcut is used on a message.")
    _send(slack, workspace, person, payload, shortcut.callback_id)
    return {}


def _press_on_message(slack: Slack, workspace: Workspace, person: Person, where: Json, request: Json) -> Json:
    conversation, message = find_message(workspace, person, where)
    blocks = message.blocks or []
    block, element = _element(blocks, request)
    picks = _with_pick(request, element)
    values = state_values(blocks, picks)
    action = _action(slack, block, element, request.get("picked"))
    payload = message_press_payload(slack, workspace, person, conversation, message, action, values)
    message.failed_for.pop(person.id, None)
    _send(slack, workspace, person, payload, element["action_id"], message=message)
    return {}


def _send(
    slack: Slack,
    workspace: Workspace,
    person: Person,
    payload: Json,
    name: str,
    take: Any = None,
    message: Message | None = None,
) -> None:
    if not workspace.installed:
        raise PlaygroundError("The app is not installed here any more.")

    def explain(status: str) -> None:
        if message is not None:
            message.failed_for[person.id] = "dispatch_failed" if status == UNREACHABLE else "operation_timeout"
        slack.notify(workspace, person.id, TROUBLE)

    slack.deliveries.send(INTERACTION, workspace.id, f"{payload['type']} {name}".strip(), payload, take, explain)


def _element(blocks: list[Json], request: Json) -> tuple[Json, Json]:
    found = find(blocks, str(request.get("block_id")), str(request.get("action_id")))
    if found is None:
        raise PlaygroundError(f"There is no “{request.get('action_id')}” there now.")
    return found


def _with_pick(request: Json, element: Json) -> Json:
    """The values of the request with the element just used among them."""
    values: Json = {block: dict(given) for block, given in (request.get("values") or {}).items()}
    if "picked" in request:
        values.setdefault(str(request["block_id"]), {})[element["action_id"]] = request["picked"]
    return values


def _action(slack: Slack, block: Json, element: Json, picked: object) -> Json:
    try:
        value = picked_value(element, picked)
    except (WrongPickError, ValueError, TypeError) as error:
        raise PlaygroundError(str(error)) from error
    action: Json = {"action_id": element["action_id"], "block_id": block["block_id"], **value}
    for copied in ("text", "placeholder", "style", *(key for key in element if key.startswith("initial_"))):
        if copied in element and copied != "initial_value":
            action[copied] = element[copied]
    return action | {"action_ts": action_ts(slack)}


def _pressable_view(workspace: Workspace, person: Person, view_id: str) -> View:
    home = workspace.homes.get(person.id)
    stack = workspace.modals.get(person.id, [])
    for view in (home, stack[-1] if stack else None):
        if view is not None and view.id == view_id:
            return view
    raise PlaygroundError("That form is not on top now.")


def _top(workspace: Workspace, person: Person, request: Json) -> View:
    stack = workspace.modals.get(person.id, [])
    if not stack or stack[-1].id != request.get("view"):
        raise PlaygroundError("That form is not on top now.")
    return stack[-1]


def _keep(view: View, picks: Json) -> None:
    try:
        check_picks(view.blocks, picks)
    except (WrongPickError, ValueError, TypeError) as error:
        raise PlaygroundError(str(error)) from error
    for block_id, given in picks.items():
        view.values.setdefault(block_id, {}).update(given)


def _faults_before_sending(view: View) -> dict[str, str]:
    """What Slack's client itself says under the fields: something required is empty, a text too short or long."""
    values = state_values(view.blocks, view.values)
    faults = {}
    for block in view.blocks:
        if block["type"] != "input":
            continue
        value = values[block["block_id"]][block["element"]["action_id"]]
        fault = fault_in_text(block["element"], value)
        if is_empty(value):
            fault = None if block.get("optional") else REQUIRED
        if fault:
            faults[block["block_id"]] = fault
    return faults


def _take_answer(slack: Slack, workspace: Workspace, person: Person, view: View, answer: object) -> None:
    """Does what a submission's ack asks for: errors, update, push, clear, or closing the form."""
    given = answer if isinstance(answer, dict) else {}
    action = given.get("response_action")
    try:
        if action == "errors":
            view.errors = dict(given.get("errors") or {})
        elif action == "update":
            views.change(slack, workspace, view, views.checked_view(slack, workspace, given.get("view"), "modal"))
        elif action == "push":
            content = views.checked_view(slack, workspace, given.get("view"), "modal")
            views.push_form(slack, workspace, person.id, content)
        elif action == "clear":
            views.close_all(slack, workspace, person.id)
        else:
            _close_if_open(slack, workspace, person, view)
    except SlackError as error:
        slack.notify(workspace, person.id, f"{TROUBLE} ({error.code}) {' '.join(error.messages)}".strip())
    slack.changed()


def _close_if_open(slack: Slack, workspace: Workspace, person: Person, view: View) -> None:
    stack = workspace.modals.get(person.id, [])
    if view in stack:
        del stack[stack.index(view) :]
    slack.changed()
