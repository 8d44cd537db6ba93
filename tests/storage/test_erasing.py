"""What is left of a member whose data was removed: a row without a name, and what counts for others. No word, name or id."""

import sqlite3
import subprocess
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import event, text
from sqlmodel import SQLModel, select

from storage import backup, contacts, erasing, measures, members, ties, wiping
from storage.database import Database, NotSaved
from storage.tables import Act, Contact, Member, TieDay
from tests.postgres import run
from tests.storage.everything import SLACK_ID, found, leave_traces
from tests.storage.rows import MINUTE, NOW, a_member, add_act, mark
from tests.storage.test_backup_of_postgres import tools

HOUR = 60 * MINUTE
CANARIES = (b"canary", b"CANARY", b"Canary")


def erase(database: Database, member: Member, most: int = 3) -> int:
    """Removes a member's rows in small steps, and returns how many steps it took."""
    with database.transaction() as session:
        erasing.make_nameless(session, member)
    for steps in range(1_000):
        with database.transaction() as session:
            if not erasing.empty_some(session, "T1", member.id, most):
                return steps
    raise AssertionError("there is no end to it")


def rows(database: Database) -> dict[str, int]:
    with database.engine.connect() as connection:
        tables = SQLModel.metadata.sorted_tables
        said = {"across_workspaces": True}
        return {one.name: len(connection.execute(one.select(), execution_options=said).all()) for one in tables}


def test_no_row_of_any_table_holds_a_word_a_name_or_an_id_of_theirs(database: Database) -> None:
    with database.transaction() as session:
        canary, _ = leave_traces(session)
    before = {(table, column) for table, column, _ in found(database)}
    assert before >= {
        ("acts", "words"),
        ("marks", "words"),
        ("members", "slack_id"),
        ("drafts", "body"),
        ("asks", "topics"),
    }
    assert all(rows(database)[table.name] for table in SQLModel.metadata.sorted_tables if table.name != "erasures")
    assert erase(database, canary) > 5
    assert list(found(database)) == []


def test_what_goes_whole_is_theirs_alone_and_everything_else_keeps_its_rows(database: Database) -> None:
    with database.transaction() as session:
        canary, _ = leave_traces(session)
    before = rows(database)
    erase(database, canary)
    gone = {table: count - rows(database)[table] for table, count in before.items() if count != rows(database)[table]}
    assert gone == {
        "drafts": 2, "suggested": 1, "nudges": 1, "nudging": 1, "reporting": 1, "left_out": 1, "unwanted": 2, "goings": 1,
        "callbacks": 1, "callback_turns": 1, "outbox": 2,
    }  # fmt: skip


def test_the_row_that_stays_says_nothing_of_them(database: Database) -> None:
    with database.transaction() as session:
        canary, _ = leave_traces(session)
    erase(database, canary)
    with database.reading() as session:
        left = session.get(Member, ("T1", canary.id))
        assert left is not None
        assert erasing.is_nameless(left)
        plain = Member(team_id="T1", id=left.id, slack_id=left.slack_id, created_at=left.created_at)
        assert left.model_dump() == plain.model_dump() | {"is_gone": True, "is_unnamed": True}


def test_totals_of_others_are_what_they_were(database: Database) -> None:
    with database.transaction() as session:
        canary, raj = leave_traces(session)
        raj_id = raj.id

    def totals() -> tuple[Any, ...]:
        with database.reading() as session:
            helped = measures.count_people_helped(session, "T1", raj_id, NOW - HOUR, NOW + HOUR)
            here = select(Act).where(Act.team_id == "T1")
            kinds = [(act.id, act.kind, act.helper_id, act.helped_id, act.is_private) for act in session.exec(here)]
            days = [one.model_dump() for one in session.exec(select(TieDay).where(TieDay.team_id == "T1"))]
            return helped, sorted(map(str, kinds)), sorted(map(str, days))

    before = totals()
    assert before[0] == 1
    assert len(before[2]) >= 3
    erase(database, canary)
    assert totals() == before


@pytest.mark.parametrize("was", [{}, {"left_at": NOW}, {"is_gone": True}], ids=["here", "had left", "was gone"])
def test_ties_with_them_are_counted_on_or_not_as_they_were(database: Database, was: dict[str, Any]) -> None:
    with database.transaction() as session:
        ana, raj = a_member(session, "ana", **was), a_member(session, "raj")
        mark(session, add_act(session, ana, raj), "thanks", raj)
        raj_id = raj.id
        before = ties.count(session, "T1", raj_id, NOW.date())
    assert before == ((0, 0) if was else (1, 1))
    erase(database, ana)
    with database.reading() as session:
        assert ties.count(session, "T1", raj_id, NOW.date()) == before
        assert [tie.name for tie in ties.of(session, "T1", raj_id)] == [""] * before[0]


def test_somebody_elses_rows_are_left_alone(database: Database) -> None:
    with database.transaction() as session:
        canary, raj = leave_traces(session)
        mira = a_member(session, "mira")
        act = add_act(session, mira, raj, words="a word to Raj", about="C1:9.9")
        mark(session, act, "thanks", raj, words="thanks Mira")
        fay, gil = a_member(session, "fay", "T2"), a_member(session, "gil", "T2")
        other = add_act(session, fay, gil, words="in another workspace")
        canary = members.known(session, "T1", [SLACK_ID])[SLACK_ID]
    erase(database, canary)
    with database.reading() as session:
        kept = session.get(Act, ("T1", act["id"]))
        assert kept is not None
        assert (kept.words, kept.about) == ("a word to Raj", "C1:9.9")
        elsewhere = session.get(Act, ("T2", other["id"]))
        assert elsewhere is not None
        assert elsewhere.words == "in another workspace"


def test_a_contact_goes_with_what_was_written_of_them_and_counts_still(database: Database) -> None:
    with database.transaction() as session:
        ana = a_member(session, "ana")
        ana_id, company = ana.id, "Canary Inc"
        jane, joe = (contacts.meet(session, "T1", ana.id, f"Canary {one}", company, NOW) for one in ("Jane", "Joe"))
        joe_id = joe.id
        for contact in (jane, joe):
            add_act(session, ana, ana, helped_id=None, contact_id=contact.id, words="Canary words")
        erasing.empty_contact(session, jane)
    assert {value for _, _, value in found(database)} == {"Canary Joe", "Canary Inc", "Canary words"}
    with database.transaction() as session:
        still = session.get(Contact, ("T1", joe_id))
        assert still is not None
        erasing.empty_contact(session, still)
    assert list(found(database)) == []
    with database.reading() as session:
        assert measures.count_people_helped(session, "T1", ana_id, NOW - HOUR, NOW + HOUR) == 2


def _filled(database: Database, acts: int) -> Member:
    """Writes so much, in such an order, that rows are moved from page to page; returns whose rows are to go."""
    with database.transaction() as session:
        canary, raj = leave_traces(session)
        mira = a_member(session, "mira")
        for number in range(acts):
            helper, words = (canary, "Canary") if number % 4 == 0 else (mira, "a word")
            act = add_act(session, helper, raj, words=f"{words} " * (number % 23), id=f"{number * 7919 % acts:05d}")
            mark(session, act, "thanks", raj, words=f"{words} {number}")
    return canary


@pytest.mark.parametrize("wal", [False, True], ids=["journal", "write-ahead log"])
def test_no_byte_of_theirs_is_in_a_sqlite_file_its_log_or_the_next_backup(sqlite_file: Path, wal: bool) -> None:
    with closing(sqlite3.connect(sqlite_file)) as file:
        file.execute(f"PRAGMA journal_mode={'WAL' if wal else 'DELETE'}")
    database = Database(f"sqlite:///{sqlite_file}")
    if wal:
        _keep_the_log(database)
    canary = _filled(database, 1_500)
    assert _hits(sqlite_file.parent) > 100
    erase(database, canary, erasing.AT_ONCE)
    copy = sqlite_file.parent / "copy" / "next.db"
    backup.write(database, copy)
    assert _hits(copy.parent) == 0, "the next backup"
    assert wiping.is_asked(database)
    wiping.wipe(database)
    assert not wiping.is_asked(database)
    assert _hits(sqlite_file.parent) == 0, sorted(one.name for one in sqlite_file.parent.iterdir())
    database.close()


def test_what_is_removed_while_the_file_is_written_anew_has_it_written_once_more(sqlite_file: Path) -> None:
    database = Database(f"sqlite:///{sqlite_file}")
    with database.transaction() as session:
        wiping.ask(session)
    assert wiping.is_asked(database)
    with closing(sqlite3.connect(sqlite_file, isolation_level=None)) as reader:
        reader.execute("BEGIN")
        reader.execute("SELECT count(*) FROM members").fetchone()
        with pytest.raises(NotSaved):
            wiping.wipe(database)
    assert wiping.is_asked(database)
    wiping.wipe(database)
    assert not wiping.is_asked(database)
    database.close()


@pytest.mark.postgres
def test_no_byte_of_theirs_is_in_a_dump_of_postgresql_nor_after_vacuum_full_in_its_files(postgres: Database) -> None:
    tables = ", ".join(SQLModel.metadata.tables)
    run(postgres, f"TRUNCATE {tables}")
    database = Database(postgres.url.render_as_string(hide_password=False))
    canary = _filled(database, 400)
    run(postgres, "ANALYZE", "CHECKPOINT")
    assert _hits(_folder(database)) > 100
    erase(database, canary, erasing.AT_ONCE)
    assert _dumped(database) == 0
    run(postgres, "ANALYZE", "VACUUM FULL", "CHECKPOINT")
    assert _hits(_folder(database)) == 0
    database.close()


def _keep_the_log(database: Database) -> None:
    """Has this machine's SQLite keep a write-ahead log, which the program does where it is safe."""
    event.listen(database.engine, "connect", lambda driver, _: driver.execute("PRAGMA journal_mode=WAL"))


def _hits(folder: Path) -> int:
    """Counts the canaries in the bytes of all files of a folder."""
    return sum(_count(file.read_bytes()) for file in folder.rglob("*") if file.is_file())


def _count(held: bytes) -> int:
    return sum(held.count(one) for one in CANARIES)


def _folder(database: Database) -> Path:
    """Returns the folder with this database's tables and indexes, without the server's log of what it wrote."""
    with database.engine.connect() as connection:
        folder = connection.execute(text("SHOW data_directory")).scalar_one()
        oid = connection.execute(text("SELECT oid FROM pg_database WHERE datname = current_database()")).scalar_one()
    return Path(folder) / "base" / str(oid)


def _dumped(database: Database) -> int:
    """Counts the canaries in what the server's own dump holds."""
    line = [str(tools() / "pg_dump"), backup.address(database)]
    return _count(subprocess.run(line, capture_output=True, check=True).stdout)
