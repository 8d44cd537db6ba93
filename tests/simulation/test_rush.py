"""Five hundred messages due at nine in one workspace, in virtual time: limits delay them, drop none, and delay nobody else."""

import itertools
import urllib.request
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random
from typing import Any

import pytest
from slack_sdk import WebClient
from slack_sdk.web.base_client import BaseClient

from handlers.metrics import Metrics
from handlers.outbound.sender import Sender
from playground import seed
from playground.faults import Fault
from playground.slack import Slack
from playground.workspace import Json, Sight
from storage import members, outbox
from storage.database import Database, Session
from tests.conftest import MovableClock
from tests.simulation.story import render
from tests.simulation.wire import ask, hand_over, opened_by

NINE = datetime(2026, 3, 2, 15, 0, tzinfo=UTC)
MANY, INTO_A_CHANNEL = 500, 60
ELSEWHERE_EVERY = timedelta(seconds=4)
ELSEWHERE = 40
A_CALL = 0.25  # seconds
TICK = timedelta(seconds=5)


def _team(number: int) -> Json:
    people = [{"id": f"U{number}P{one}", "name": f"person{one}"} for one in range(MANY)]
    return {
        "team": {"id": f"T{number}", "name": f"Team {number}", "domain": f"team{number}"},
        "people": people,
        "channels": [{"id": f"C{number}", "name": "chapter", "members": [people[0]["id"]], "bot": True}],
        "tokens": {"bot": f"xoxb-{number}", "app": f"xapp-{number}"},
    }


@pytest.fixture
def database(empty_database: Path, tmp_path: Path) -> Iterator[Database]:
    file = tmp_path / "rush.db"
    file.write_bytes(empty_database.read_bytes())
    given = Database(f"sqlite:///{file}")
    yield given
    given.close()


def _plan(session: Session, team: int, number: int, due_at: datetime, channel: str | None = None) -> None:
    person = members.meet(session, f"T{team}", [f"U{team}P{number % MANY}"], NINE)[0]
    outbox.plan(
        session, f"T{team}", key=f"rush:{number}", kind="notice", subject=f"N{number}n", member_id=person.id,
        now=NINE - timedelta(hours=1), due_at=due_at, channel=channel,
    )  # fmt: skip


def _posted(slack: Slack, team: str) -> list[Sight]:
    return [one for one in slack.workspace(team).seen if one.what == "posted"]


def test_five_hundred_at_nine_delay_nobody_else(database: Database, figure: Callable[[str], None]) -> None:
    clock, chance = MovableClock(NINE), Random(9)
    slack = Slack(clock=clock)
    seed.reset(slack, {"teams": [_team(1), _team(2)]})
    slack.pace = True

    def limits(method: str, _given: Json, team: str) -> Fault | None:
        is_limited = team == "T1" and method == "chat.postMessage" and chance.random() < 0.03
        return Fault("limited", on=method, seconds=chance.randint(1, 9)) if is_limited else None

    def open_url(_client: BaseClient, request: urllib.request.Request) -> dict[str, Any]:
        clock.move(seconds=A_CALL)
        return hand_over(ask(slack, request))

    slack.faults.choose = limits
    clients = {
        team: WebClient(f"xoxb-{team[1:]}", "http://pretend/api/", 10, retry_handlers=[]) for team in ("T1", "T2")
    }
    sender = Sender(database, clock, {"notice": render}, clients.__getitem__, Metrics())
    with database.transaction() as session:
        for number in range(MANY):
            _plan(session, 1, number, NINE, "C1" if number < INTO_A_CHANNEL else None)
        for number in range(ELSEWHERE):
            _plan(session, 2, number, NINE + number * ELSEWHERE_EVERY)
    with opened_by(slack, open_url):
        while len(_posted(slack, "T1")) < MANY or len(_posted(slack, "T2")) < ELSEWHERE:
            assert clock.now < NINE + timedelta(hours=1), "the rush never came to its end"
            sender.send_due()
            clock.now = min(
                clock.now + TICK, max(sender.free_at or clock.now + TICK, clock.now + timedelta(seconds=0.05))
            )
    _judge(slack, figure)


def _judge(slack: Slack, figure: Callable[[str], None]) -> None:
    posts, others = _posted(slack, "T1"), _posted(slack, "T2")
    assert len(posts) == len({one.text for one in posts}) == MANY
    in_channel = sorted(one.at for one in posts if one.channel == "C1")
    gaps = [after - before for before, after in itertools.pairwise(in_channel)]
    due = {f"Notice N{number}n for you.": NINE + number * ELSEWHERE_EVERY for number in range(ELSEWHERE)}
    delays = sorted((one.at - due[one.text.split(" This was")[0]]).total_seconds() for one in others)
    took = (max(one.at for one in posts) - NINE).total_seconds()
    p95 = delays[int(len(delays) * 0.95) - 1]
    figure(
        f"{MANY} due at 09:00 in one workspace, with limits: all sent in {took:.0f} s of virtual time, at least"
        f" {min(gaps).total_seconds():.2f} s between two in a channel; elsewhere p95 delay {p95:.2f} s"
    )
    assert min(gaps) >= timedelta(seconds=1)
    assert p95 < 5
