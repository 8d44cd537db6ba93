"""A small bot made with the real SDK, and the two ways it meets a running playground: sockets and signed HTTP."""

import asyncio
import json
import threading
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from slack_bolt import App, BoltRequest
from slack_bolt.adapter.socket_mode.aiohttp import SocketModeHandler
from slack_sdk import WebClient
from slack_sdk.web.async_client import AsyncWebClient

from playground.server import Running
from tests.playground.conftest import button, buttons, field, modal

SECRET = "playground-secret"


def ask(running: Running, path: str, body: dict[str, Any] | None = None) -> Any:
    data = None if body is None else json.dumps(body).encode()
    with urllib.request.urlopen(f"{running.url}/playground/{path}", data, timeout=20) as answer:
        return json.load(answer)


def act(running: Running, who: str, do: str, **what: Any) -> Any:
    return ask(running, "act", {"as": who, "do": do, **what})


def shown(running: Running, who: str, channel: str) -> list[str]:
    rooms = ask(running, f"state?as={who}")["conversations"]
    return [one["text"] for room in rooms if room["id"] == channel for one in room["messages"]]


def bolt(client: WebClient) -> App:
    """A small bot: /give answers with a button, which opens a form, which says what was written in it."""
    app = App(client=client, signing_secret=SECRET, process_before_response=True)
    view = modal(field({"type": "plain_text_input", "action_id": "words", "initial_value": "tea"}))

    @app.command("/give")
    def give(ack: Any, command: dict[str, str]) -> None:
        ack(text=f"Given: {command['text']}", blocks=[buttons(button())])

    @app.action("go")
    def go(ack: Any, body: dict[str, Any], client: WebClient) -> None:
        client.views_open(trigger_id=body["trigger_id"], view=view)
        ack()

    @app.view("form")
    def form(ack: Any, view: dict[str, Any], body: dict[str, Any], client: WebClient) -> None:
        words = view["state"]["values"]["field"]["words"]["value"]
        client.chat_postMessage(channel=body["user"]["id"], text=f"You wrote {words}")
        ack()

    @app.event("message")
    def hear(event: dict[str, Any], say: Any) -> None:
        say(f"You said {event['text']}")

    @app.event("app_home_opened")
    def home(event: dict[str, Any], client: WebClient) -> None:
        client.views_publish(user_id=event["user"], view={"type": "home", "blocks": [buttons()]})

    return app


@contextmanager
def over_sockets(app: App, running: Running, sockets: int = 1) -> Iterator[None]:
    """Runs the bot over so many sockets in a thread of its own."""
    done, ready = threading.Event(), threading.Event()

    async def run() -> None:
        web = AsyncWebClient("xapp-1", base_url=f"{running.url}/api/", retry_handlers=[])
        handlers = [SocketModeHandler(app, "xapp-1", web_client=web) for _ in range(sockets)]
        for handler in handlers:
            await handler.connect_async()  # type: ignore[no-untyped-call] # the SDK leaves it untyped
        ready.set()
        await asyncio.to_thread(done.wait)
        for handler in handlers:
            await handler.close_async()  # type: ignore[no-untyped-call] # the SDK leaves it untyped

    thread = threading.Thread(target=lambda: asyncio.run(run()))
    thread.start()
    assert ready.wait(10)
    until(lambda: bool(ask(running, "state")["app"]["connected"]))
    try:
        yield
    finally:
        done.set()
        thread.join()


@contextmanager
def over_http(app: App) -> Iterator[str]:
    """Runs the bot behind an HTTP address, with Bolt's own check of the signature."""

    class Door(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["content-length"])).decode()
            headers: dict[str, Any] = {name.lower(): [value] for name, value in self.headers.items()}
            answer = app.dispatch(BoltRequest(body=body, headers=headers))
            content = (answer.body or "").encode()
            self.send_response(answer.status)
            self.send_header("content-length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, *_: Any) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Door)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/slack/events"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def until(holds: Any) -> None:
    """Polls for something that another thread brings about."""
    for _ in range(500):
        if holds():
            return
        threading.Event().wait(0.01)
    raise AssertionError("it did not happen")
