"""Words go when they are as old as a workspace's admins chose; what is open, what is younger and what is counted stays."""

from collections.abc import Iterator
from datetime import date, timedelta

from sqlmodel import select

from handlers import retention
from storage import measures, workspaces
from storage import retention as stored
from storage.database import Database, Session
from storage.tables import Act, Ask, Callback, Introduction, Mark, Side, Turn
from tests.conftest import MovableClock
from tests.storage.everything import put
from tests.storage.rows import NOW, a_member, add_act, mark

OLD, YOUNG = NOW - timedelta(days=400), NOW - timedelta(days=300)
YEAR = timedelta(days=365)


def _write(session: Session, team_id: str, months: int | None) -> None:
    """Writes old and young words, and old ones of what is open."""
    workspaces.meet(session, team_id, NOW)
    workspaces.change(session, team_id, keeps_words_for=months)
    ana, raj = a_member(session, "ana", team_id), a_member(session, "raj", team_id)
    for at, age in ((OLD, "old"), (YOUNG, "young")):
        act = add_act(session, ana, raj, words=f"{age} act", recorded_at=at)
        mark(session, act, "thanks", raj, words=f"{age} thanks", at=at)
        for state in ("open", "closed"):
            put(session, Ask, team_id, id=f"{age}{state}", asker_id=ana.id, words=f"{age} {state} ask", topics="",
                until=date(2025, 1, 1), state=state, asked_at=at, closes_at=at)  # fmt: skip
            call = put(session, Callback, team_id, id=f"{age}{state}", owner_id=ana.id, member_id=raj.id,
                       about=f"{age} {state} call", note="", noted_at=at)  # fmt: skip
            ended = {} if state == "open" else {"ended": "dropped", "ended_at": at}
            put(
                session,
                Turn,
                team_id,
                id=f"{age}{state}",
                callback_id=call.id,
                owner_id=ana.id,
                number=1,
                due_at=at,
                **ended,
            )
            made = put(session, Introduction, team_id, id=f"{age}{state}", connector_id=ana.id, created_at=at,
                       state="asked" if state == "open" else "met")  # fmt: skip
            put(session, Side, team_id, id=f"{age}{state}", introduction_id=made.id, number=0, member_id=raj.id,
                line=f"{age} {state} line", words=f"{age} {state} word")  # fmt: skip


def _words(database: Database, team_id: str = "T1") -> Iterator[str]:
    with database.reading() as session:
        for table, blanks in stored.BLANK.items():
            for row in session.exec(select(table).where(table.team_id == team_id)):  # type: ignore[attr-defined]
                yield from (str(getattr(row, name)) for name in blanks if getattr(row, name))


KEPT = {
    "old open ask", "old open call", "old open line", "old open word", "young act", "young thanks", "young open ask",
    "young closed ask", "young open call", "young closed call", "young open line", "young open word", "young closed line",
    "young closed word",
}  # fmt: skip


def test_old_words_go_and_nothing_else(database: Database) -> None:
    with database.transaction() as session:
        _write(session, "T1", 12)
    before = set(_words(database))
    assert before - KEPT == {
        "old act",
        "old thanks",
        "old closed ask",
        "old closed call",
        "old closed line",
        "old closed word",
    }
    retention.forget_words(database, MovableClock(NOW))
    assert set(_words(database)) == KEPT


def test_without_a_choice_words_are_kept_for_good(database: Database) -> None:
    with database.transaction() as session:
        _write(session, "T1", None)
    before = set(_words(database))
    retention.forget_words(database, MovableClock(NOW + 10 * YEAR))
    assert set(_words(database)) == before


def test_what_counts_counts_as_before(database: Database) -> None:
    with database.transaction() as session:
        _write(session, "T1", 6)
        ana = a_member(session, "ana").id

    def counts() -> tuple[int, int, int]:
        with database.reading() as session:
            helped = measures.count_people_helped(session, "T1", ana, OLD - YEAR, NOW)
            acts = session.exec(select(Act).where(Act.team_id == "T1")).all()
            marks = session.exec(select(Mark).where(Mark.team_id == "T1")).all()
            return helped, len(acts), len(marks)

    before = counts()
    assert before == (1, 2, 2)
    retention.forget_words(database, MovableClock(NOW))
    assert counts() == before


def test_it_goes_on_day_by_day_and_in_small_steps(database: Database) -> None:
    clock = MovableClock(NOW)
    with database.transaction() as session:
        workspaces.meet(session, "T1", NOW)
        workspaces.change(session, "T1", keeps_words_for=12)
        ana, raj = a_member(session, "ana"), a_member(session, "raj")
        for number in range(2 * stored.AT_ONCE + 50):
            add_act(session, ana, raj, words=f"act {number}", recorded_at=OLD)
        add_act(session, ana, raj, words="the next", recorded_at=NOW - YEAR + timedelta(hours=30))
    commits: list[float] = []
    database.on_commit = commits.append
    retention.forget_words(database, clock)
    assert set(_words(database)) == {"the next"}
    assert len(commits) == 4, "three steps, and the note that it is done"
    for _ in range(30):
        clock.move(hours=1)
        retention.forget_words(database, clock)
    assert len(commits) == 5, "once a day"
    clock.move(days=1)
    retention.forget_words(database, clock)
    assert list(_words(database)) == []


def test_each_workspace_keeps_its_words_for_as_long_as_it_chose(database: Database) -> None:
    with database.transaction() as session:
        _write(session, "T1", 12)
        _write(session, "T2", 36)
    before = set(_words(database, "T2"))
    retention.forget_words(database, MovableClock(NOW))
    assert set(_words(database, "T1")) == KEPT
    assert set(_words(database, "T2")) == before
