"""The HTTP side that a bot meets: /api, /socket, /response, /upload and /files. Turns requests into core calls."""

from __future__ import annotations

import asyncio
import base64
import json

from aiohttp import WSMsgType, web

from playground import responses, web_api
from playground.slack import APP_ID, Slack
from playground.wires import TRANSPORT, Wires
from playground.workspace import Json

MOST_SOCKETS = 10  # docs.slack.dev, Socket Mode
SLACK = web.AppKey("slack", Slack)
WIRES = web.AppKey("wires", Wires)
CLOSING = web.AppKey("closing", asyncio.Event)
HOLD_AT_MOST, LOOK_EVERY = 30, 0.1  # seconds an answer that does not come is waited for; between looks for the caller


def routes() -> list[web.RouteDef]:
    """Returns the routes of Slack's own side."""
    return [
        web.route("*", "/api/{method}", _api),
        web.get("/socket/{ticket}", _socket),
        web.post("/response/{key}", _response),
        web.post("/upload/{team}/{file}", _upload),
        web.get("/files/{file}", _file),
    ]


async def _api(request: web.Request) -> web.Response:
    given = await _arguments(request)
    if given is None:
        return web.json_response({"ok": False, "error": "invalid_json"})
    scheme, _, bearer = request.headers.get("Authorization", "").partition(" ")
    token = bearer.strip() if scheme.lower() == "bearer" else given.get("token")
    if scheme.lower() == "basic":
        given["client_id"], _, given["client_secret"] = base64.b64decode(bearer).decode().partition(":")
    answer = web_api.call(request.app[SLACK], request.match_info["method"], given, token)
    if answer.lost:
        await _lose(request, answer.lost)
    content_type = "text/html" if answer.raw else "application/json"
    return web.Response(text=answer.text(), status=answer.status, headers=answer.headers, content_type=content_type)


async def _lose(request: web.Request, how: str) -> None:
    """Lets the answer not come, until the caller has gone, or breaks the connection."""
    loop = asyncio.get_running_loop()
    end = loop.time() + HOLD_AT_MOST if how == "timeout" else 0
    closing = request.app[CLOSING]
    while _is_there(request) and loop.time() < end and not await happens_within(closing, LOOK_EVERY):
        pass
    if request.transport is not None:
        request.transport.abort()


async def happens_within(event: asyncio.Event, seconds: float) -> bool:
    """Waits for an event, so many seconds at most; returns whether it happened."""
    try:
        await asyncio.wait_for(event.wait(), seconds)
    except TimeoutError:
        return False
    return True


def _is_there(request: web.Request) -> bool:
    return request.transport is not None and not request.transport.is_closing()


async def _arguments(request: web.Request) -> Json | None:
    given: Json = dict(request.query)
    if request.content_type == "application/json":
        try:
            body = json.loads(await request.text() or "{}")
        except ValueError:
            return None
        return given | body if isinstance(body, dict) else None
    form = await request.post()
    return given | {name: value for name, value in form.items() if isinstance(value, str)}


async def _response(request: web.Request) -> web.Response:
    try:
        given = json.loads(await request.text())
    except ValueError:
        given = None
    status, body = responses.respond(request.app[SLACK], request.match_info["key"], given)
    return web.Response(status=status, text=body)


async def _upload(request: web.Request) -> web.Response:
    content = await _uploaded(request)
    answer = web_api.bring(request.app[SLACK], request.match_info["team"], request.match_info["file"], content)
    if answer.lost:
        await _lose(request, answer.lost)
    return web.Response(text=answer.text(), status=answer.status, headers=answer.headers)


async def _uploaded(request: web.Request) -> bytes:
    if request.content_type != "multipart/form-data":
        return await request.read()
    form = await request.post()
    first = next((one for one in form.values() if isinstance(one, web.FileField)), None)
    return first.file.read() if first else b""


async def _file(request: web.Request) -> web.Response:
    for workspace in request.app[SLACK].workspaces.values():
        file = workspace.files.get(request.match_info["file"])
        if file is not None and file.content is not None and file.complete:
            return web.Response(body=file.content, content_type=file.mimetype)
    raise web.HTTPNotFound


async def _socket(request: web.Request) -> web.WebSocketResponse:
    slack, wires = request.app[SLACK], request.app[WIRES]
    ticket = request.match_info["ticket"]
    if ticket not in slack.tickets:
        raise web.HTTPUnauthorized
    slack.tickets.discard(ticket)
    if slack.faults.for_socket() is not None:
        raise web.HTTPServiceUnavailable
    socket = web.WebSocketResponse(heartbeat=30, timeout=1)
    await socket.prepare(request)
    if len(wires.sockets) >= MOST_SOCKETS:
        await socket.send_json({"type": "disconnect", "reason": "too_many_websockets"})
        await socket.close()
        return socket
    if request.transport is not None:
        socket[TRANSPORT] = request.transport
    wires.sockets.append(socket)
    slack.changed()
    try:
        await socket.send_json(_hello(len(wires.sockets)))
        await _listen(slack, socket)
    finally:
        wires.sockets.remove(socket)
        slack.changed()
    return socket


async def _listen(slack: Slack, socket: web.WebSocketResponse) -> None:
    async for message in socket:
        if message.type is not WSMsgType.TEXT:
            continue
        try:
            ack = json.loads(message.data)
        except ValueError:
            continue  # Slack, too, ignores what is not an ack
        if isinstance(ack, dict) and "envelope_id" in ack:
            slack.deliveries.ack(ack["envelope_id"], ack.get("payload"))


def _hello(connections: int) -> Json:
    return {
        "type": "hello",
        "num_connections": connections,
        "debug_info": {"host": "playground", "build_number": 1, "approximate_connection_time": 18060},
        "connection_info": {"app_id": APP_ID},
    }
