"""HTTP as it comes from anywhere: only what Slack signed a moment ago is heard, and nothing else leaves a trace."""

import hashlib
import hmac
import http.client
import sqlite3
import time
import urllib.parse
from collections.abc import Iterator
from dataclasses import dataclass, field

import pytest
from sqlalchemy import event
from sqlalchemy.orm import Session

from app import GoodTurn
from handlers.serving import transport
from handlers.serving.transport import MOST_BODY_BYTES, http_app
from tests.cast import AUSTIN, CAST
from tests.conversation import World

SECRET = b"playground-secret"
PATH = "/slack/events"
GIVE = urllib.parse.urlencode(
    {
        "command": "/give", "text": "Jane Doe (Acme) the airport RFP", "team_id": "T1", "user_id": CAST["alice"]["id"],
        "channel_id": AUSTIN, "channel_name": "austin-chapter", "trigger_id": "1.2.abc", "api_app_id": "A1",
        "response_url": "http://127.0.0.1:9/response",
    }
)  # fmt: skip
TOO_LONG = "text=" + "x" * MOST_BODY_BYTES
LATE = 6 * 60


def _sign(body: bytes, stamp: str, secret: bytes = SECRET, version: str = "v0") -> str:
    return f"{version}=" + hmac.new(secret, f"{version}:{stamp}:".encode() + body, hashlib.sha256).hexdigest()


@dataclass
class Post:
    """A request that is signed as it must be, except for what is given."""

    body: bytes = GIVE.encode()
    late: int = 0
    stamp: str | None = None
    signature: str | None = None
    secret: bytes = SECRET
    without: tuple[str, ...] = ()
    sends: bytes | None = None
    chunks: bool = False
    headers: dict[str, str] = field(default_factory=dict)

    def to(self, url: str) -> tuple[int, str]:
        """Sends it, and returns the status and the body of the answer."""
        stamp = str(int(time.time()) - self.late) if self.stamp is None else self.stamp
        signature = _sign(self.body, stamp, self.secret) if self.signature is None else self.signature
        headers = {
            "content-type": "application/x-www-form-urlencoded",
            "x-slack-request-timestamp": stamp,
            "x-slack-signature": signature,
        }
        headers = {name: value for name, value in (headers | self.headers).items() if name not in self.without}
        sends = self.body if self.sends is None else self.sends
        connection = http.client.HTTPConnection(str(urllib.parse.urlparse(url).netloc), timeout=10)
        parts = (sends[at : at + 65_536] for at in range(0, len(sends), 65_536)) if self.chunks else sends
        connection.request("POST", PATH, parts, headers, encode_chunked=self.chunks)
        answer = connection.getresponse()
        found = answer.status, answer.read().decode()
        connection.close()
        return found


@pytest.fixture
def rows(bot: GoodTurn) -> Iterator[sqlite3.Connection]:
    connection = sqlite3.connect(str(bot.database.url.database))
    yield connection
    connection.close()


def _count(rows: sqlite3.Connection) -> int:
    tables = ("workspaces", "members", "contacts", "acts", "marks", "drafts", "inbox", "outbox")
    return sum(rows.execute(f"SELECT count(*) FROM {table}").fetchone()[0] for table in tables)


HEARD = {
    "as Slack sends it": Post(),
    "four minutes old": Post(late=240),
    "four minutes ahead": Post(late=-240),
    "in pieces": Post(chunks=True, headers={"transfer-encoding": "chunked"}),
    "delivered again": Post(headers={"x-slack-retry-num": "1", "x-slack-retry-reason": "http_timeout"}),
}


@pytest.mark.parametrize("case", HEARD)
def test_what_slack_signed_a_moment_ago_is_heard(world: World, rows: sqlite3.Connection, case: str) -> None:
    status, answer = HEARD[case].to(world.bot_url)
    assert status == 200
    assert "Recorded for Jane Doe" in answer
    assert rows.execute("SELECT words FROM acts").fetchall() == [("the airport RFP",)]


NOT_HEARD = {
    "six minutes old": Post(late=LATE),
    "six minutes ahead": Post(late=-LATE),
    "tampered with": Post(sends=GIVE.replace("RFP", "RFQ").encode()),
    "cut short": Post(sends=GIVE.encode()[:-1]),
    "signed with another secret": Post(secret=b"another"),
    "signed in another version": Post(signature="v1=" + "0" * 64),
    "without a signature": Post(without=("x-slack-signature",)),
    "with an empty signature": Post(signature=""),
    "with a signature that is not ASCII": Post(signature="v0=\u00e9\u00fc"),
    "with half a signature": Post(signature="v0="),
    "without a timestamp": Post(without=("x-slack-request-timestamp",)),
    "without either": Post(without=("x-slack-signature", "x-slack-request-timestamp")),
    "with an empty timestamp": Post(stamp=""),
    "with a timestamp in words": Post(stamp="noon"),
    "with a timestamp in fractions": Post(stamp="1772463600.5"),
    "with a negative timestamp": Post(stamp="-1772463600"),
    "with a timestamp in small figures": Post(stamp="1772463600\u00b2"),
    "with a timestamp far ahead": Post(stamp="1" + "0" * 30),
    "with a timestamp without end": Post(stamp="1" * 5000),
    "too long": Post(body=TOO_LONG.encode()),
    "too long, in pieces": Post(body=TOO_LONG.encode(), chunks=True, headers={"transfer-encoding": "chunked"}),
    "not text": Post(body=GIVE.encode() + b"\xff\xfe"),
    "empty and unsigned": Post(body=b"", without=("x-slack-signature",)),
}


@pytest.mark.parametrize("case", NOT_HEARD)
def test_what_slack_did_not_sign_a_moment_ago_is_refused_and_leaves_nothing(
    world: World, rows: sqlite3.Connection, case: str, caplog: pytest.LogCaptureFixture
) -> None:
    before = _count(rows)
    status, answer = NOT_HEARD[case].to(world.bot_url)
    assert status == 401
    assert _count(rows) == before
    assert "Traceback" not in caplog.text + answer
    assert "RFP" not in answer


@pytest.mark.parametrize("field", ["text", "channel_name", "team_domain"])
def test_a_command_with_a_word_that_bolt_takes_for_a_field_is_heard(
    world: World, rows: sqlite3.Connection, field: str
) -> None:
    fields = dict(urllib.parse.parse_qsl(GIVE))
    fields[field] = f"{fields.get(field, '')} the payload=7".strip()
    status, answer = Post(body=urllib.parse.urlencode(fields).encode()).to(world.bot_url)
    assert status == 200
    assert "Recorded for Jane Doe" in answer
    (words,) = rows.execute("SELECT words FROM acts").fetchone()
    assert words == "the airport RFP" + (" the payload=7" if field == "text" else "")


def test_a_form_that_says_it_is_json_is_answered(world: World, rows: sqlite3.Connection) -> None:
    claims = Post(headers={"content-type": "application/json"})
    assert claims.to(world.bot_url) == (401, "this is no request of Slack's")
    assert _count(rows) == 0


def test_a_signature_is_good_for_what_it_signed_and_an_old_request_is_acted_on_once(
    world: World, rows: sqlite3.Connection
) -> None:
    for _ in range(2):
        assert Post().to(world.bot_url)[0] == 200
    assert rows.execute("SELECT count(*) FROM acts").fetchone() == (1,)


def test_one_request_too_many_is_sent_away_and_the_next_is_heard(
    world: World, rows: sqlite3.Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(transport, "MOST_WAITING", 0)
    assert Post().to(world.bot_url)[0] == 503
    assert _count(rows) == 0
    monkeypatch.undo()
    assert Post().to(world.bot_url)[0] == 200


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", PATH, 405),
        ("POST", "/elsewhere", 404),
        ("GET", "/", 404),
        ("GET", "/healthz", 200),
        ("GET", "/readyz", 404),
        ("GET", "/metrics", 404),
    ],
)
def test_health_is_served_beside_it_and_nothing_else(world: World, method: str, path: str, status: int) -> None:
    connection = http.client.HTTPConnection(str(urllib.parse.urlparse(world.bot_url).netloc), timeout=10)
    connection.request(method, path)
    assert connection.getresponse().status == status
    connection.close()


def test_with_sockets_nothing_of_slacks_is_served_over_http() -> None:
    assert [getattr(route, "path", None) for route in http_app(None).routes] == ["/healthz"]


def test_whatever_a_request_writes_knows_its_cause(world: World, bot: GoodTurn) -> None:
    causes: list[object] = []

    def note(session: Session) -> None:
        causes.append(session.info.get("cause"))

    event.listen(Session, "before_commit", note)
    try:
        assert Post().to(world.bot_url)[0] == 200
    finally:
        event.remove(Session, "before_commit", note)
    assert set(causes) == {"trigger:1.2.abc"}
