"""The page on which somebody lets the app into a workspace, or does not. Where Slack's own is: /oauth/v2/authorize."""

from __future__ import annotations

from html import escape

from aiohttp import web

from playground import oauth
from playground.http_slack import SLACK
from playground.slack import PlaygroundError, Slack
from playground.workspace import Json

_PAGE = """<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>Pretend Slack</title><link rel="icon" href="data:,">
<style>:root{color-scheme:light dark}body{font:16px/1.5 system-ui;max-width:32rem;margin:3rem auto;padding:0 1rem}
form{margin:1rem 0}button{font:inherit;padding:.4rem .9rem;margin-right:.5rem}</style>"""


def routes() -> list[web.RouteDef]:
    """Returns the routes of letting an app in."""
    return [web.get("/oauth/v2/authorize", _ask), web.post("/oauth/v2/authorize", _decide)]


async def _ask(request: web.Request) -> web.Response:
    slack, asked = request.app[SLACK], dict(request.query)
    if asked.get("client_id") != slack.grants.client_id or not asked.get("redirect_uri"):
        return _page("<h1>There is no such app.</h1>", 400)
    scopes = ", ".join(sorted(asked.get("scope", "").split(",")))
    forms = "".join(_form(asked, owner, name) for owner, name in _owners(slack, asked.get("team")))
    return _page(f"<h1>{escape(slack.manifest.name)} asks to be let in</h1><p>{escape(scopes)}</p>{forms}", 200)


async def _decide(request: web.Request) -> web.Response:
    given = {name: str(value) for name, value in (await request.post()).items()}
    try:
        back = oauth.decide(request.app[SLACK], given, given["owner"], allows=given.get("decision") == "allow")
    except PlaygroundError as error:
        return _page(f"<h1>{escape(str(error))}</h1>", 400)
    return web.Response(status=302, headers={"Location": back})


def _owners(slack: Slack, team: str | None) -> list[tuple[str, str]]:
    teams = [(one.id, one.name) for one in slack.workspaces.values() if team in (None, one.id)]
    return teams + [(org, f"all of {org}") for org in oauth.organizations(slack) if team is None]


def _form(asked: Json, owner: str, name: str) -> str:
    kept = {"owner": owner, "state": asked.get("state", ""), "redirect_uri": asked["redirect_uri"]}
    fields = "".join(f'<input type="hidden" name="{key}" value="{escape(value)}">' for key, value in kept.items())
    choices = "".join(
        f'<button name="decision" value="{value}" aria-label="{label}: {escape(name)}">{label}</button>'
        for value, label in (("allow", "Allow"), ("deny", "Cancel"))
    )
    return f'<form method="post" action="/oauth/v2/authorize"><b>{escape(name)}</b> {fields}{choices}</form>'


def _page(body: str, status: int) -> web.Response:
    return web.Response(text=_PAGE + body, status=status, content_type="text/html")
