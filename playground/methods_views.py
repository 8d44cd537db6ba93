"""views.*: the app opens, pushes, changes and publishes views."""

from __future__ import annotations

from playground import views
from playground.errors import SlackError
from playground.objects import view_object
from playground.slack import Slack
from playground.workspace import Json, View, Workspace


def _open(slack: Slack, workspace: Workspace, given: Json) -> Json:
    content = views.checked_view(slack, workspace, given["view"], "modal")
    trigger = views.use_trigger(slack, workspace, given.get("trigger_id"))
    return _shown(workspace, views.open_form(slack, workspace, trigger.user, content))


def _push(slack: Slack, workspace: Workspace, given: Json) -> Json:
    content = views.checked_view(slack, workspace, given["view"], "modal")
    trigger = views.use_trigger(slack, workspace, given.get("trigger_id"))
    if trigger.view_id is None:
        raise SlackError("not_found")
    return _shown(workspace, views.push_form(slack, workspace, trigger.user, content))


def _update(slack: Slack, workspace: Workspace, given: Json) -> Json:
    view = _asked(workspace, given)
    content = views.checked_view(slack, workspace, given["view"], str(view.content["type"]))
    views.check_hash(view, given.get("hash"))
    return _shown(workspace, views.change(slack, workspace, view, content))


def _publish(slack: Slack, workspace: Workspace, given: Json) -> Json:
    if not slack.manifest.home_tab:
        raise SlackError("not_enabled")
    person = workspace.people.get(str(given["user_id"]))
    if person is None or person.deleted or person.is_bot:
        raise SlackError("user_not_found")
    content = views.checked_view(slack, workspace, given["view"], "home")
    if person.id in workspace.homes:
        views.check_hash(workspace.homes[person.id], given.get("hash"))
    return _shown(workspace, views.publish_home(slack, workspace, person.id, content))


def _asked(workspace: Workspace, given: Json) -> View:
    view = workspace.view(str(given["view_id"])) if given.get("view_id") else None
    if view is None and given.get("external_id"):
        view = next(iter(views.with_external_id(workspace, given["external_id"])), None)
    if view is None:
        raise SlackError("not_found")
    return view


def _shown(workspace: Workspace, view: View) -> Json:
    return {"view": view_object(workspace, view)}


VIEWS = {"views.open": _open, "views.push": _push, "views.update": _update, "views.publish": _publish}
