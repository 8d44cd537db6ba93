"""Much at once, into the real program: every command is answered in time, every event recorded once."""

import sqlite3
import threading
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

from playground import membership
from playground.deliveries import EVENT
from playground.posting import post
from playground.slack import Slack
from playground.workspace import Message
from storage import migrate, workspaces
from storage.database import Database
from tests.cast import AUSTIN
from tests.handlers.programs import beside
from tests.test_program import until

EVENTS = 1_000
RETRIES = (timedelta(0), timedelta(minutes=1, seconds=1), timedelta(minutes=5, seconds=1))


class Ahead:
    """The time as it is, and as much later as was asked for."""

    def __init__(self) -> None:
        self.by = timedelta(0)

    def __call__(self) -> datetime:
        return datetime.now(UTC) + self.by


def test_commands_at_once_are_all_answered_within_three_seconds(
    tmp_path: Path, figure: Callable[[str], None], long: bool
) -> None:
    """Two hundred at once with `--long`, for a machine that does nothing else: Slack gives each of them three seconds."""
    count = 200 if long else 100
    with beside(tmp_path) as program:
        answers: list[str] = []
        threads = [threading.Thread(target=lambda n=n: answers.append(program.give(n))) for n in range(count)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    figure(f"{count} commands at once: {answers.count('acked')} answered within 3 s")
    assert answers == ["acked"] * count


def test_a_thousand_events_at_once_are_each_recorded_once_and_stand_in_no_commands_way(
    tmp_path: Path, figure: Callable[[str], None]
) -> None:
    _allow(tmp_path, 2 * EVENTS)
    clock = Ahead()
    with beside(tmp_path, clock=clock) as program:
        slack = program.slack.slack
        slack.deliveries.log = []
        program.in_slack(lambda: _react_to_all(slack))
        answers = [program.give(number) for number in range(20)]
        for later in RETRIES:
            clock.by += later
            until(lambda: program.in_slack(lambda: _is_quiet(slack)), 60)
        assert slack.deliveries.retries == []
        first = [one.status for one in slack.deliveries.log if one.kind == EVENT]
        until(lambda: _recorded(tmp_path)[0] == EVENTS, 60)
    recorded = _recorded(tmp_path)
    in_time = first.count("acked")
    figure(f"{EVENTS:,} events at once: {in_time} acknowledged, the others delivered again; {recorded[0]:,} recorded")
    assert len(first) == EVENTS
    assert recorded == (EVENTS, EVENTS)
    assert answers == ["acked"] * len(answers)


def _allow(folder: Path, acts_a_day: int) -> None:
    """Lets everybody record so many acts a day."""
    database = Database(f"sqlite:///{folder}/good_turn.db")
    migrate.upgrade(database)
    with database.transaction() as session:
        workspaces.meet(session, "T1", datetime.now(UTC))
        workspaces.change(session, "T1", thanks_emoji="pray", acts_a_day=acts_a_day)
    database.close()


def _recorded(folder: Path) -> tuple[int, int]:
    """Returns how many acts are about messages, and about how many."""
    with closing(sqlite3.connect(folder / "good_turn.db")) as rows:
        found: tuple[int, int] = rows.execute("SELECT count(about), count(DISTINCT about) FROM acts").fetchone()
    return found


def _is_quiet(slack: Slack) -> bool:
    """Says whether nothing is on its way, or about to be."""
    now = slack.deliveries.clock()
    return not slack.deliveries.waiting and not any(at <= now for at, _ in slack.deliveries.retries)


def _react_to_all(slack: Slack) -> None:
    """Has Alice thank Bob for each of as many messages."""
    workspace = slack.workspace("T1")
    conversation = workspace.conversations[AUSTIN]
    messages = [Message("", "U2BOB", f"tour {number}") for number in range(EVENTS)]
    for message in messages:
        post(slack, workspace, conversation, message)
    for message in messages:
        membership.react(slack, workspace, conversation, message, "U1ALICE", "pray")
