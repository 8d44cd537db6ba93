"""Several processes on one database replace a token that has ended, at the same moment: Slack is asked once, and all go on."""

import sqlite3
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, closing, contextmanager
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from handlers.workspaces import keys
from handlers.workspaces.keys import Keys, Tokens
from handlers.workspaces.tokens import InstalledTokens
from storage import installations
from storage.database import Database, NotSaved
from storage.tables import Installation
from tests import postgres as server
from tests.conftest import MONDAY_MORNING, MovableClock
from tests.lookout import KEY, OTHER_KEY

RING, ROUNDS = Keys([KEY]), 15


class Slack:
    """Gives each next token once, as Slack does: a refresh token that was used is worth nothing."""

    def __init__(self) -> None:
        self.asked: list[str] = []
        self.under_way, self.answers = threading.Event(), threading.Event()
        self.answers.set()

    def ask_next(self, refresh: str) -> Any:
        self.asked.append(refresh)
        self.under_way.set()
        assert self.answers.wait(20)
        number = len(self.asked)
        return {"access_token": f"xoxe.xoxb-{number}", "refresh_token": f"xoxe-{number}", "expires_in": 43200}


@pytest.fixture(scope="module")
def postgres() -> Iterator[Database]:
    with server.running() as database:
        yield database


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def url(request: pytest.FixtureRequest, empty_database: Path, tmp_path: Path) -> str:
    if request.param == "sqlite":
        (tmp_path / "good_turn.db").write_bytes(empty_database.read_bytes())
        return f"sqlite:///{tmp_path}/good_turn.db"
    database: Database = request.getfixturevalue("postgres")
    server.empty(database)
    return database.url.render_as_string(hide_password=False)


@pytest.fixture
def slack() -> Slack:
    return Slack()


@pytest.fixture
def now() -> MovableClock:
    return MovableClock(MONDAY_MORNING)


@pytest.fixture
def process(url: str, slack: Slack, now: MovableClock) -> Iterator[Callable[[], InstalledTokens]]:
    """Starts another process's tokens, with connections of their own."""
    opened: list[Database] = []

    def start() -> InstalledTokens:
        opened.append(Database(url))
        return InstalledTokens(opened[-1], now, RING, WebClient(), slack.ask_next)

    opened.append(Database(url))
    with opened[-1].transaction() as session:
        installations.save(session, _ended(now()))
    yield start
    for database in opened:
        database.close()


def _ended(now: datetime) -> Installation:
    sealed = RING.close("T1", Tokens("xoxe.xoxb-0", "xoxe-0"))
    return Installation(
        team_id="T1", sealed=sealed, installed_at=now - timedelta(days=1), ends_at=now - timedelta(hours=1)
    )


def answers_with(tokens: InstalledTokens) -> str:
    """Returns the token with which a request of the workspace is answered."""
    found = tokens.authorize(None, "T1", "U1ALICE")
    assert found is not None, "told that the app is not installed"
    return str(found.bot_token)


def test_who_comes_while_another_asks_waits_and_goes_on_with_the_next_token(
    process: Callable[[], InstalledTokens], slack: Slack
) -> None:
    first, second = process(), process()
    slack.answers.clear()
    with ThreadPoolExecutor(2) as pool:
        one = pool.submit(answers_with, first)
        assert slack.under_way.wait(20)
        other = pool.submit(answers_with, second)
        threading.Event().wait(0.2)
        assert not other.done()
        slack.answers.set()
        assert (one.result(), other.result()) == ("xoxe.xoxb-1", "xoxe.xoxb-1")
    assert slack.asked == ["xoxe-0"]
    assert {tokens.client_for("T1").token for tokens in (first, second)} == {"xoxe.xoxb-1"}


def test_time_and_again_at_the_same_moment_slack_is_asked_once(
    process: Callable[[], InstalledTokens], slack: Slack, now: MovableClock
) -> None:
    both, barrier = (process(), process()), threading.Barrier(2)

    def at_once(tokens: InstalledTokens) -> str:
        barrier.wait(20)
        return answers_with(tokens)

    with ThreadPoolExecutor(2) as pool:
        for number in range(1, ROUNDS + 1):
            assert list(pool.map(at_once, both)) == [f"xoxe.xoxb-{number}"] * 2
            now.move(hours=13)
    assert slack.asked == [f"xoxe-{number}" for number in range(ROUNDS)]


def test_where_slack_takes_too_long_a_member_is_answered_all_the_same(
    process: Callable[[], InstalledTokens], slack: Slack
) -> None:
    first, second = process(), process()
    slack.answers.clear()
    with ThreadPoolExecutor(1) as pool:
        one = pool.submit(answers_with, first)
        assert slack.under_way.wait(20)
        try:
            assert (
                answers_with(second) == "xoxe.xoxb-0"
            )  # an answer to a command needs none; what does waits for the next
        finally:
            slack.answers.set()
        assert one.result() == "xoxe.xoxb-1"
    assert slack.asked == ["xoxe-0"]


@contextmanager
def nobody_else_writes(url: str) -> Iterator[None]:
    """Holds a SQLite file, so that whoever else would write gives up."""
    with closing(sqlite3.connect(url.removeprefix("sqlite:///"))) as holder:
        holder.execute("BEGIN IMMEDIATE")
        yield
        holder.rollback()


def standing(tokens: InstalledTokens) -> Installation:
    with tokens._database.reading() as session:
        row = installations.find(session, "T1")
    assert row is not None
    return row


@pytest.mark.parametrize("url", ["sqlite"], indirect=True)
@pytest.mark.parametrize("are_rotated", [False, True], ids=["", "with another key by then"])
def test_a_token_that_cannot_be_saved_is_held_and_kept_the_next_time(
    process: Callable[[], InstalledTokens], slack: Slack, url: str, monkeypatch: pytest.MonkeyPatch, are_rotated: bool
) -> None:
    monkeypatch.setattr("handlers.workspaces.tokens.TRIES", 1)
    tokens, held = process(), ExitStack()
    tokens._keys = Keys([OTHER_KEY, KEY])

    def answer_and_hold(refresh: str) -> Any:
        held.enter_context(nobody_else_writes(url))
        return slack.ask_next(refresh)

    tokens._ask_next = answer_and_hold
    with held, pytest.raises(NotSaved):
        tokens.authorize(None, "T1", "U1ALICE")
    assert not are_rotated or keys.rotate(tokens._database, tokens._keys) == (1, 1)
    assert answers_with(tokens) == "xoxe.xoxb-1"
    assert slack.asked == ["xoxe-0"], "Slack would not have given it a second time"


def test_who_was_refused_as_another_was_given_the_token_has_not_lost_it(
    process: Callable[[], InstalledTokens], slack: Slack, now: MovableClock
) -> None:
    slow, other = process(), process()

    def refuse(_: str) -> Any:
        raise SlackApiError("", {"ok": False, "error": "invalid_refresh_token"})  # type: ignore[no-untyped-call]

    def answer_late(refresh: str) -> Any:
        now.move(minutes=1)  # so long that another asks as well
        other._ask_next = refuse
        other.refresh_due()
        assert standing(other).failure == "invalid_refresh_token"
        return slack.ask_next(refresh)

    slow._ask_next = answer_late
    assert answers_with(slow) == "xoxe.xoxb-1"
    assert standing(slow).failure is None
    now.move(hours=13)
    other._ask_next = slack.ask_next
    assert answers_with(other) == "xoxe.xoxb-2"


@pytest.mark.parametrize("url", ["sqlite"], indirect=True)
def test_where_nothing_can_be_saved_what_slack_said_of_a_token_counts_all_the_same(
    process: Callable[[], InstalledTokens], url: str, caplog: pytest.LogCaptureFixture
) -> None:
    tokens = process()
    with nobody_else_writes(url):
        tokens._note_lost(standing(tokens), "token_revoked")
        tokens.refresh_due()
    assert "not noted that a token is worth nothing" in caplog.text
    assert "token not replaced" in caplog.text
    assert standing(tokens).failure is None


def test_what_is_closed_with_another_key_while_slack_is_asked_does_not_cost_the_token(
    process: Callable[[], InstalledTokens], slack: Slack
) -> None:
    tokens, new_in_front = process(), Keys([OTHER_KEY, KEY])
    tokens._keys = new_in_front

    def rotate_meanwhile(refresh: str) -> Any:
        assert keys.rotate(tokens._database, new_in_front) == (1, 1)
        return slack.ask_next(refresh)

    tokens._ask_next = rotate_meanwhile
    assert answers_with(tokens) == "xoxe.xoxb-1"
    assert slack.asked == ["xoxe-0"]
    assert Keys([OTHER_KEY]).open(standing(tokens)).refresh == "xoxe-1"
