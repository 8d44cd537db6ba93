"""The HTTP side that the page and the tests' people meet: state, changes, acts, clock, managing and traffic."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Awaitable, Callable
from functools import partial
from pathlib import Path

from aiohttp import web

from playground import actions
from playground.deliveries import Delivery
from playground.http_slack import CLOSING, SLACK, happens_within
from playground.manage import manage, move_clock
from playground.slack import PlaygroundError, Slack
from playground.state import seen_by
from playground.workspace import Json

STATIC = Path(__file__).with_name("static")
STILL_THERE_EVERY = 15  # seconds between comments that keep an event stream open

Answering = Callable[[Slack, Json], Awaitable[Json]]


def routes() -> list[web.AbstractRouteDef]:
    """Returns the routes of the page's side."""
    return [
        web.get("/", _index),
        web.static("/static", STATIC),
        web.get("/playground/state", _state),
        web.get("/playground/changes", _changes),
        web.get("/playground/traffic", _traffic),
        web.post("/playground/act", _answering(_act)),
        web.post("/playground/clock", _answering(_clock)),
        web.post("/playground/manage", _answering(_manage)),
    ]


async def settled(deliveries: list[Delivery]) -> None:
    """Waits until each delivery was acked or given up."""
    loop = asyncio.get_running_loop()
    for delivery in deliveries:
        if delivery.status:
            continue
        done: asyncio.Future[None] = loop.create_future()
        delivery.whenever_settled.append(partial(_finish, done))
        await done


def _finish(future: asyncio.Future[None]) -> None:
    if not future.done():
        future.set_result(None)


def _answering(doing: Answering) -> Callable[[web.Request], Awaitable[web.Response]]:
    """Wraps a core call: JSON in, JSON out, and a plain sentence for what cannot be done."""

    async def answer(request: web.Request) -> web.Response:
        try:
            given = json.loads(await request.text() or "{}")
        except ValueError:
            return _refusal("That is not JSON.")
        if not isinstance(given, dict):
            return _refusal("That is not a JSON object.")
        try:
            return web.json_response(await doing(request.app[SLACK], given))
        except PlaygroundError as error:
            return _refusal(str(error))

    return answer


async def _act(slack: Slack, given: Json) -> Json:
    act = actions.act(slack, given)
    await settled(act.deliveries)
    return act.answer()


async def _clock(slack: Slack, given: Json) -> Json:
    return move_clock(slack, given)


async def _manage(slack: Slack, given: Json) -> Json:
    log: list[Delivery] = []
    slack.deliveries.log = log
    try:
        result = manage(slack, given)
    finally:
        slack.deliveries.log = None
    await settled(log)
    return result


async def _index(_request: web.Request) -> web.FileResponse:
    return web.FileResponse(STATIC / "index.html")


async def _state(request: web.Request) -> web.Response:
    try:
        return web.json_response(seen_by(request.app[SLACK], request.query.get("as"), request.query.get("team")))
    except PlaygroundError as error:
        return _refusal(str(error))


async def _traffic(request: web.Request) -> web.Response:
    since = request.query.get("since", "0")
    return web.json_response(request.app[SLACK].traffic.since(int(since) if since.isdigit() else 0))


async def _changes(request: web.Request) -> web.StreamResponse:
    slack, closing = request.app[SLACK], request.app[CLOSING]
    response = web.StreamResponse(headers={"Content-Type": "text/event-stream", "Cache-Control": "no-store"})
    await response.prepare(request)
    changed = asyncio.Event()
    changed.set()
    slack.watchers.append(changed.set)
    closing_task = asyncio.ensure_future(closing.wait())
    closing_task.add_done_callback(lambda _: changed.set())
    try:
        while True:
            text = (
                f"data: {slack.version}\n\n"
                if await happens_within(changed, STILL_THERE_EVERY)
                else ": still there\n\n"
            )
            changed.clear()
            if closing.is_set():
                break
            await response.write(text.encode())
    except ConnectionError:
        pass  # the page was closed
    finally:
        slack.watchers.remove(changed.set)
        closing_task.cancel()
    return response


def _refusal(sentence: str) -> web.Response:
    return web.json_response({"ok": False, "error": sentence})
