"""What goes wrong, met over real connections: by the real SDK, by Bolt, and by a bare socket."""

import asyncio
import time
from collections.abc import Callable, Coroutine, Iterator
from concurrent.futures import ThreadPoolExecutor
from http.client import RemoteDisconnected
from typing import Any

import pytest
from aiohttp import ClientSession, ClientWebSocketResponse, WSMsgType, WSServerHandshakeError
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from playground import manage as core
from playground import seed
from playground.manifest import manifest_from
from playground.server import Running, serve_in_thread
from playground.slack import PlaygroundError, Slack
from tests.playground.bots import act, ask, bolt, over_http, over_sockets, shown, until
from tests.playground.conftest import CAST, MANIFEST


@pytest.fixture
def running() -> Iterator[Running]:
    slack = Slack(manifest_from(MANIFEST))
    seed.reset(slack, CAST)
    server = serve_in_thread(slack)
    yield server
    server.stop()


@pytest.fixture
def client(running: Running) -> WebClient:
    return WebClient("xoxb-1", base_url=f"{running.url}/api/", retry_handlers=[], timeout=1)


def manage(running: Running, do: str, **what: Any) -> Any:
    answer = ask(running, "manage", {"do": do, **what})
    assert answer["ok"], answer
    return answer


def post(client: WebClient) -> Any:
    return client.chat_postMessage(channel="C1", text="hello")


@pytest.mark.parametrize(("what", "posted"), [("timeout", []), ("timeout_delivered", ["hello"])])
def test_an_answer_does_not_come(running: Running, client: WebClient, what: str, posted: list[str]) -> None:
    manage(running, "fault", what=what)
    with pytest.raises(TimeoutError):
        post(client)
    assert shown(running, "U1", "C1") == posted
    assert post(client)["ok"]


@pytest.mark.parametrize(("what", "posted"), [("reset", []), ("reset_delivered", ["hello"]), ("refused", [])])
def test_a_connection_breaks(running: Running, client: WebClient, what: str, posted: list[str]) -> None:
    manage(running, "fault", what=what)
    with pytest.raises((ConnectionResetError, RemoteDisconnected)):
        post(client)
    assert shown(running, "U1", "C1") == posted
    assert post(client)["ok"]


def test_what_timed_out_lands_when_the_clock_comes_to_it(running: Running, client: WebClient) -> None:
    manage(running, "fault", what="timeout_late", seconds=3600)
    with pytest.raises(TimeoutError):
        post(client)
    assert shown(running, "U1", "C1") == []
    ask(running, "clock", {"add": 3600})
    assert shown(running, "U1", "C1") == ["hello"]


def test_what_timed_out_lands_by_itself(running: Running, client: WebClient) -> None:
    manage(running, "fault", what="timeout_late", seconds=0.1)
    with pytest.raises(TimeoutError):
        post(client)
    until(lambda: shown(running, "U1", "C1") == ["hello"])


def test_who_waits_for_an_answer_does_not_keep_the_server_from_stopping(running: Running, client: WebClient) -> None:
    client.timeout = 20
    manage(running, "fault", what="timeout")
    with ThreadPoolExecutor(1) as pool:
        waiting = pool.submit(post, client)
        until(lambda: len(running.slack.traffic.exchanges) == 1)
        started = time.monotonic()
        running.stop()
        with pytest.raises((ConnectionResetError, RemoteDisconnected)):
            waiting.result(timeout=5)
    assert time.monotonic() - started < 5


@pytest.mark.parametrize(
    ("fault", "status", "error"),
    [
        ({"what": "http_500"}, 500, "non-JSON"),
        ({"what": "nonsense"}, 200, "non-JSON"),
        ({"what": "limited", "seconds": 7}, 429, "ratelimited"),
        ({"what": "error"}, 200, "internal_error"),
        ({"what": "error", "error": "token_revoked"}, 200, "token_revoked"),
    ],
)
def test_an_answer_that_is_not_ok_reaches_the_sdk(
    running: Running, client: WebClient, fault: dict[str, Any], status: int, error: str
) -> None:
    manage(running, "fault", **fault)
    with pytest.raises(SlackApiError, match=error) as refused:
        post(client)
    answer: Any = refused.value.response
    assert (answer["status"] if isinstance(answer, dict) else answer.status_code) == status
    if status == 429:
        assert answer.headers["Retry-After"] == "7"
    assert shown(running, "U1", "C1") == []
    assert post(client)["ok"]


def test_a_page_of_html_is_sent_as_one(running: Running) -> None:
    manage(running, "fault", what="nonsense", on="api.test")

    async def look() -> tuple[str, str]:
        async with ClientSession() as session, session.get(f"{running.url}/api/api.test") as answer:
            return answer.content_type, (await answer.text())[:15]

    assert asyncio.run(look()) == ("text/html", "<!doctype html>")


def test_no_socket_can_be_asked_for(running: Running) -> None:
    manage(running, "fault", what="error", on="apps.connections.open")
    web = WebClient("xapp-1", base_url=f"{running.url}/api/", retry_handlers=[])
    with pytest.raises(SlackApiError, match="internal_error"):
        web.apps_connections_open(app_token="xapp-1")
    assert web.apps_connections_open(app_token="xapp-1")["ok"]


def with_socket(running: Running, doing: Callable[[ClientWebSocketResponse], Coroutine[Any, Any, Any]]) -> Any:
    """Opens a bare socket and returns what `doing` makes of it; raises WSServerHandshakeError for a refused one."""

    async def run() -> Any:
        headers = {"Authorization": "Bearer xapp-1"}
        async with ClientSession() as session:
            async with session.post(f"{running.url}/api/apps.connections.open", headers=headers) as answer:
                url = (await answer.json())["url"]
            async with session.ws_connect(url) as socket:
                assert (await socket.receive_json(timeout=5))["type"] == "hello"
                return await doing(socket)

    return asyncio.run(run())


async def nothing(_socket: ClientWebSocketResponse) -> str:
    return "open"


def test_sockets_are_refused_until_that_is_switched_off(running: Running) -> None:
    manage(running, "sockets", refuse=True)
    for _ in range(2):
        with pytest.raises(WSServerHandshakeError, match="503"):
            with_socket(running, nothing)
    manage(running, "sockets", refuse=False)
    assert with_socket(running, nothing) == "open"


def test_sockets_are_refused_for_a_while_or_so_many_times(running: Running) -> None:
    manage(running, "sockets", refuse=True, seconds=3600)
    with pytest.raises(WSServerHandshakeError):
        with_socket(running, nothing)
    ask(running, "clock", {"add": 3600})
    assert with_socket(running, nothing) == "open"
    manage(running, "fault", what="socket_refused")
    with pytest.raises(WSServerHandshakeError):
        with_socket(running, nothing)
    assert with_socket(running, nothing) == "open"


def test_open_sockets_are_dropped_without_a_word(running: Running) -> None:
    async def doing(socket: ClientWebSocketResponse) -> WSMsgType:
        dropped = await asyncio.to_thread(manage, running, "sockets", drop=True)
        assert dropped["sockets"] == 1
        return (await socket.receive(timeout=5)).type

    assert with_socket(running, doing) in (WSMsgType.CLOSED, WSMsgType.ERROR)
    until(lambda: ask(running, "state")["faults"]["sockets"] == 0)


def test_a_warning_leaves_the_socket_open_and_a_refresh_closes_it(running: Running) -> None:
    async def doing(socket: ClientWebSocketResponse) -> list[Any]:
        await asyncio.to_thread(manage, running, "sockets", warning=True)
        warning = await socket.receive_json(timeout=5)
        await asyncio.to_thread(manage, running, "sockets", refresh=True)
        refresh = await socket.receive_json(timeout=5)
        return [warning["reason"], refresh["reason"], (await socket.receive(timeout=5)).type]

    assert with_socket(running, doing) == ["warning", "refresh_requested", WSMsgType.CLOSE]


def test_bolt_comes_back_after_a_refresh(running: Running, client: WebClient) -> None:
    with over_sockets(bolt(client), running):
        before = running.slack.traffic.last
        manage(running, "sockets", refresh=True)
        until(lambda: len(running.slack.traffic.since(before)) == 1 and ask(running, "state")["faults"]["sockets"] == 1)
        assert act(running, "U1", "say", channel="C1", text="/give tea")["status"] == "acked"


def test_a_fault_for_sockets_is_refused_where_there_are_none() -> None:
    with pytest.raises(PlaygroundError, match="no sockets here"):
        core.manage(Slack(manifest_from(MANIFEST)), {"do": "sockets", "drop": True})


def test_sockets_are_not_refused_for_a_time_that_is_none(running: Running) -> None:
    answer = ask(running, "manage", {"do": "sockets", "refuse": True, "seconds": "long"})
    assert answer == {"ok": False, "error": "“seconds” is a number from 0."}
    assert with_socket(running, nothing) == "open"


def test_bolt_hears_the_same_envelope_twice(running: Running, client: WebClient) -> None:
    direct = act(running, "U1", "dm", user="UBOT")["channel"]
    with over_sockets(bolt(client), running):
        manage(running, "fault", what="twice", on="event")
        act(running, "U1", "say", channel=direct, text="once")
        until(lambda: shown(running, "U1", direct) == ["once", "You said once", "You said once"])


def test_bolt_hears_it_twice_over_signed_http(running: Running, client: WebClient) -> None:
    direct = act(running, "U1", "dm", user="UBOT")["channel"]
    with over_http(bolt(client)) as url:
        manage(running, "deliver", url=url)
        manage(running, "fault", what="twice", on="event")
        act(running, "U1", "say", channel=direct, text="once")
        until(lambda: shown(running, "U1", direct) == ["once", "You said once", "You said once"])


def test_two_commands_arrive_in_reverse(running: Running, client: WebClient) -> None:
    with over_sockets(bolt(client), running), ThreadPoolExecutor(1) as pool:
        manage(running, "fault", what="overtaken")
        first = pool.submit(act, running, "U1", "say", channel="C1", text="/give one")
        until(lambda: not ask(running, "state")["faults"]["active"])
        assert act(running, "U1", "say", channel="C1", text="/give two")["status"] == "acked"
        assert first.result(timeout=5)["status"] == "acked"
        assert shown(running, "U1", "C1") == ["Given: two", "Given: one"]
