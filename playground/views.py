"""Forms and Home tabs: one stack of forms per person, opened, pushed, changed and closed. Raises Slack's errors."""

from __future__ import annotations

import json

from playground.blocks import faults_in_view
from playground.elements import with_ids
from playground.errors import SlackError
from playground.posting import faults_in_files
from playground.slack import TRIGGER_LIVES, Slack, Trigger
from playground.workspace import Json, View, Workspace

LARGEST_VIEW = 250_000  # bytes of JSON: views.open, view_too_large
DEEPEST_STACK = 3  # docs.slack.dev: at most three views at once


def checked_view(slack: Slack, workspace: Workspace, view: object, *types: str) -> Json:
    """Returns a view's content with ids filled in; raises invalid_arguments or view_too_large."""
    if len(json.dumps(view).encode()) > LARGEST_VIEW:
        raise SlackError("view_too_large")
    if not isinstance(view, dict):
        raise SlackError("invalid_arguments", ["[ERROR] must be a view object [json-pointer:/view]"])
    faults = faults_in_view(view) or faults_in_files(workspace, view.get("blocks", []))
    if not faults and view.get("type") not in types:
        faults = [f"must be a {' or '.join(types)} view [json-pointer:/view/type]"]
    if faults:
        raise SlackError("invalid_arguments", [f"[ERROR] {one}" for one in faults])
    return view | {"blocks": with_ids(view["blocks"], lambda prefix: f"{prefix}{slack.number():04d}")}


def use_trigger(slack: Slack, workspace: Workspace, trigger_id: object) -> Trigger:
    """Uses a trigger up; raises when it is unknown, used or older than three seconds."""
    trigger = slack.triggers.get(str(trigger_id))
    if trigger is None or trigger.team != workspace.id:
        raise SlackError("invalid_trigger_id")
    if trigger.used:
        raise SlackError("exchanged_trigger_id")
    if slack.clock() - trigger.issued_at > TRIGGER_LIVES:
        raise SlackError("expired_trigger_id")
    trigger.used = True
    return trigger


def open_form(slack: Slack, workspace: Workspace, user: str, content: Json) -> View:
    """Shows somebody a form in place of any they had open."""
    return _put(slack, workspace, user, content, [])


def push_form(slack: Slack, workspace: Workspace, user: str, content: Json) -> View:
    """Puts a form on top of the one somebody has open; raises push_limit_reached above three."""
    stack = workspace.modals.get(user, [])
    if not stack:
        raise SlackError("not_found")
    if len(stack) >= DEEPEST_STACK:
        raise SlackError("push_limit_reached")
    return _put(slack, workspace, user, content, stack)


def publish_home(slack: Slack, workspace: Workspace, user: str, content: Json) -> View:
    """Shows somebody a new Home; its id stays the same."""
    view = workspace.homes.get(user)
    if view is not None:
        return change(slack, workspace, view, content)
    _refuse_double(workspace, content, None)
    view = View(workspace.new_id("V"), user, content, _new_hash(slack))
    view.root_id = view.id
    workspace.homes[user] = view
    slack.changed()
    return view


def change(slack: Slack, workspace: Workspace, view: View, content: Json) -> View:
    """Replaces a view's content; what was filled in stays where block_id and action_id stay."""
    _refuse_double(workspace, content, view)
    view.content = content
    view.hash = _new_hash(slack)
    view.errors = {}
    slack.changed()
    return view


def check_hash(view: View, given: object) -> None:
    """Raises hash_conflict if the caller knew an older state of the view."""
    if given and given != view.hash:
        raise SlackError("hash_conflict")


def close_top(slack: Slack, workspace: Workspace, user: str) -> None:
    """Closes the form on top; the one below shows again."""
    stack = workspace.modals.get(user, [])
    if stack:
        stack.pop()
    slack.changed()


def close_all(slack: Slack, workspace: Workspace, user: str) -> None:
    """Closes all of somebody's forms."""
    workspace.modals.pop(user, None)
    slack.changed()


def _put(slack: Slack, workspace: Workspace, user: str, content: Json, below: list[View]) -> View:
    _refuse_double(workspace, content, None)
    view = View(workspace.new_id("V"), user, content, _new_hash(slack))
    view.root_id = below[0].id if below else view.id
    view.previous_id = below[-1].id if below else None
    workspace.modals[user] = [*below, view]
    slack.changed()
    return view


def _refuse_double(workspace: Workspace, content: Json, itself: View | None) -> None:
    external = content.get("external_id")
    if external and any(one is not itself for one in with_external_id(workspace, external)):
        raise SlackError("duplicate_external_id")


def with_external_id(workspace: Workspace, external: str) -> list[View]:
    """Returns the views that carry this external_id: one, or none."""
    open_views = [*workspace.homes.values(), *(one for stack in workspace.modals.values() for one in stack)]
    return [one for one in open_views if one.content.get("external_id") == external]


def _new_hash(slack: Slack) -> str:
    return f"{int(slack.clock().timestamp())}.{slack.number()}"
