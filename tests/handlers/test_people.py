"""Looking people up: at most once a day for each, side by side, and never for longer than a second."""

import json
import threading
import time
import urllib.parse
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest
from slack_sdk import WebClient

from handlers.people import Directory, profile_of

NOW = datetime(2026, 3, 2, 15, 0, tzinfo=UTC)
SECOND = timedelta(seconds=1)


class UsersInfo(ThreadingHTTPServer):
    """Answers `users.info` and nothing else; `USLOW` only once `go_on` is set, and others as their names say."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Answer)
        self.asked: list[str] = []
        self.go_on = threading.Event()
        self.client = WebClient(
            token="xoxb-1", base_url=f"http://127.0.0.1:{self.server_port}/api/", timeout=2, retry_handlers=[]
        )


class _Answer(BaseHTTPRequestHandler):
    server: UsersInfo

    def do_POST(self) -> None:
        form = urllib.parse.parse_qs(self.rfile.read(int(self.headers["content-length"])).decode())
        slack_id = form["user"][0]
        self.server.asked.append(slack_id)
        if slack_id == "USLOW":
            self.server.go_on.wait(5)
        if slack_id == "UDROPPED":
            self.close_connection = True
            return
        user = {"id": slack_id, "name": slack_id.lower(), "tz": "America/Chicago", "locale": "en-US"}
        found: dict[str, Any] = {"ok": True, "user": user}
        body = json.dumps({"ok": False, "error": "user_not_found"} if slack_id == "UNOBODY" else found).encode()
        body = b"<html>" if slack_id == "UBROKEN" else body
        self.send_response(500 if slack_id == "UBROKEN" else 200)
        self.send_header("content-type", "application/json")
        self.send_header("content-length", str(len(body) + (100 if slack_id == "UHALF" else 0)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - its name in the standard library
        """Says nothing."""


@pytest.fixture
def slack() -> Iterator[UsersInfo]:
    server = UsersInfo()
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield server
    server.go_on.set()
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def directory() -> Iterator[Directory]:
    with ThreadPoolExecutor(8) as pool:
        yield Directory(pool)


def test_people_are_looked_up_once_each_with_what_slack_says(slack: UsersInfo, directory: Directory) -> None:
    found = directory.look_up(slack.client, "T1", ["U1", "U2", "U1"], NOW)
    assert sorted(slack.asked) == ["U1", "U2"]
    assert {one: profile["name"] for one, profile in found.items()} == {"U1": "u1", "U2": "u2"}
    assert found["U1"]["zone"] == "America/Chicago"
    assert directory.look_up(slack.client, "T1", [], NOW) == {}


@pytest.mark.parametrize(
    ("later", "is_fresh"),
    [(timedelta(0), True), (timedelta(days=1) - SECOND, True), (timedelta(days=1), False), (-SECOND, False)],
)
def test_what_was_kept_is_fresh_for_a_day(
    slack: UsersInfo, directory: Directory, later: timedelta, is_fresh: bool
) -> None:
    directory.remember("T1", directory.look_up(slack.client, "T1", ["U1"], NOW), NOW)
    again = directory.look_up(slack.client, "T1", ["U1"], NOW + later)
    assert (again == {}) is is_fresh
    assert slack.asked == ["U1"] * (1 if is_fresh else 2)


def test_what_was_not_kept_is_asked_again_and_so_is_another_workspaces(slack: UsersInfo, directory: Directory) -> None:
    for _ in range(2):
        assert set(directory.look_up(slack.client, "T1", ["U1"], NOW)) == {"U1"}
    directory.remember("T1", ["U1"], NOW)
    assert set(directory.look_up(slack.client, "T2", ["U1"], NOW)) == {"U1"}
    assert slack.asked == ["U1"] * 3


@pytest.mark.parametrize("slack_id", ["UNOBODY", "UDROPPED", "UBROKEN", "UHALF"])
def test_who_cannot_be_looked_up_is_left_out_and_the_others_are_not(
    slack: UsersInfo, directory: Directory, slack_id: str
) -> None:
    assert set(directory.look_up(slack.client, "T1", ["U1", slack_id], NOW)) == {"U1"}
    assert slack.asked.count(slack_id) == 1


def test_nobody_there_to_ask_is_nobody_looked_up(directory: Directory) -> None:
    client = WebClient(token="xoxb-1", base_url="http://127.0.0.1:9/api/", timeout=2, retry_handlers=[])
    assert directory.look_up(client, "T1", ["U1"], NOW) == {}


def test_a_slow_slack_is_waited_for_a_second_in_all(slack: UsersInfo, directory: Directory) -> None:
    started = time.monotonic()
    found = directory.look_up(slack.client, "T1", ["U1", "USLOW", "U2"], NOW, within=5)
    spent = time.monotonic() - started
    slack.go_on.set()
    assert set(found) == {"U1", "U2"}
    assert 0.9 < spent < 1.9


def test_less_than_a_second_is_kept_to_and_two_who_ask_at_once_ask_once(slack: UsersInfo, directory: Directory) -> None:
    assert directory.look_up(slack.client, "T1", ["USLOW"], NOW, within=0.02) == {}
    assert directory.look_up(slack.client, "T1", ["USLOW"], NOW, within=-1) == {}
    slack.go_on.set()
    assert set(directory.look_up(slack.client, "T1", ["USLOW", "U1"], NOW)) == {"USLOW", "U1"}
    assert slack.asked.count("USLOW") <= 2


@pytest.mark.parametrize(
    ("user", "columns"),
    [
        ({"profile": {"display_name": "Ana"}, "real_name": "Ana Torres", "name": "ana"}, {"name": "Ana"}),
        ({"profile": {"display_name": ""}, "real_name": "Ana Torres", "name": "ana"}, {"name": "Ana Torres"}),
        ({"profile": {"real_name": "Ana Torres"}, "name": "ana"}, {"name": "Ana Torres"}),
        ({"name": "ana"}, {"name": "ana"}),
        ({}, {"name": "", "zone": "UTC", "is_bot": False, "is_guest": False, "is_stranger": False, "is_gone": False}),
        ({"profile": None, "tz": None}, {"name": "", "zone": "UTC"}),
        ({"is_bot": True}, {"is_bot": True}),
        ({"id": "USLACKBOT"}, {"is_bot": True}),
        ({"is_restricted": True}, {"is_guest": True}),
        ({"is_ultra_restricted": True}, {"is_guest": True}),
        ({"is_stranger": True}, {"is_stranger": True}),
        ({"team_id": "T1"}, {"is_stranger": False}),
        ({"team_id": "T2"}, {"is_stranger": True}),
        ({"team_id": "T2", "enterprise_user": {"id": "W1", "teams": ["T1", "T2"]}}, {"is_stranger": False}),
        ({"team_id": "T2", "enterprise_user": {"id": "W1", "teams": ["T2"]}}, {"is_stranger": True}),
        ({"team_id": "T2", "enterprise_user": {"id": "W1"}}, {"is_stranger": True}),
        ({"team_id": "T2", "enterprise_user": None}, {"is_stranger": True}),
        ({"deleted": True}, {"is_gone": True}),
        ({"is_admin": True}, {"is_admin": True}),
        ({"is_owner": True}, {"is_admin": True}),
        ({"locale": "sv-SE"}, {"locale": "sv-SE"}),
    ],
)
def test_what_slack_says_becomes_what_we_know(user: dict[str, Any], columns: dict[str, Any]) -> None:
    profile = profile_of(user, "T1")
    assert {name: profile[name] for name in columns} == columns


def test_a_language_that_is_not_said_leaves_the_one_we_know() -> None:
    assert "locale" not in profile_of({"name": "ana"}, "T1")
