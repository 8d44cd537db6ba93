"""A restored backup says nothing twice and leaves nothing unsaid; the commands tell the operator what there is now."""

import sqlite3
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

import pytest
import structlog
from sqlmodel import select

from app import GoodTurn
from handlers import schedule
from handlers.operating import backups
from handlers.operating.backups import Keeping
from storage import backup, migrate, outbox
from storage.database import Database
from storage.locks import in_use
from storage.tables import Act, Member
from tests.conftest import MONDAY_MORNING, MovableClock
from tests.conversation import Person, World
from tests.handlers.operating import refused, said, states, types_unsent
from tests.storage import migrating

POSTGRES = "postgresql://me:geheim@127.0.0.1:9/name"


@pytest.fixture
def office(bot: GoodTurn, clock: MovableClock) -> Keeping:
    return Keeping(bot.database, clock, None, bot.routes.messages)


def heard(person: Person, words: str) -> int:
    return sum(words in str(message) for message in person.from_the_bot())


def plan_for(bot: GoodTurn, act_key: str, slack_id: str, due_at: datetime) -> None:
    """Plans a message for later, as a reminder is planned."""
    with bot.database.transaction() as session:
        act = session.exec(select(Act).where(Act.team_id == "T1")).first()
        member = session.exec(select(Member).where(Member.team_id == "T1", Member.slack_id == slack_id)).one()
        assert act is not None
        now = MONDAY_MORNING
        outbox.plan(session, "T1", key=act_key, kind="act", subject=act.id, member_id=member.id, now=now, due_at=due_at)


def test_after_yesterdays_backup_nothing_is_said_twice_and_nothing_is_left_unsaid(
    alice: Person,
    bob: Person,
    carol: Person,
    bot: GoodTurn,
    world: World,
    office: Keeping,
    figure: Callable[[str], None],
) -> None:
    alice.types("/give @bob said before the backup")
    for number in range(12):
        types_unsent(alice, f"/give @{('bob', 'carol')[number % 2]} tour number {number:02}")
        world.now.move(seconds=1)
    plan_for(bot, "rem:said:1", "U2BOB", world.now() + timedelta(hours=1))
    plan_for(bot, "rem:unsaid:1", "U2BOB", world.now() + timedelta(hours=20))
    said(office, "backup")
    [yesterday] = (office.folder).iterdir()

    world.settle()
    world.now.move(hours=2)
    world.settle()
    alice.types("/give @bob recorded after the backup")
    before = (len(bob.from_the_bot()), len(carol.from_the_bot()))
    assert before == (1 + 6 + 1 + 1, 6)

    world.now.move(hours=22)
    said(office, "restore", str(yesterday))
    world.settle()
    assert set(states(bot).values()) == {"sent"}
    assert (len(bob.from_the_bot()), len(carol.from_the_bot())) == (before[0] + 1, before[1])
    for number in range(12):
        assert heard((bob, carol)[number % 2], f"tour number {number:02}") == 1
    looked = bot.metrics.text()
    assert 'lookup_total{result="found"} 13' in looked
    assert 'lookup_total{result="missing"} 1' in looked
    figure("yesterday's backup restored: 13 messages found in Slack, 0 said again; 1 that nobody had said is said")

    alice.types("/give @carol from now on")
    assert heard(carol, "from now on") == 1
    assert 'lookup_total{result="found"} 13' in bot.metrics.text(), "what is due since is not looked for"


def test_without_the_note_of_a_restore_a_message_would_be_said_twice(
    alice: Person, bob: Person, bot: GoodTurn, world: World, office: Keeping
) -> None:
    types_unsent(alice, "/give @bob tour")
    said(office, "backup")
    [yesterday] = office.folder.iterdir()
    world.settle()
    said(office, "restore", str(yesterday))
    with bot.database.engine.begin() as connection:
        connection.exec_driver_sql("UPDATE workspaces SET restored_at = NULL WHERE team_id = 'T1'")
    world.settle()
    assert heard(bob, "tour") == 2


def test_a_restore_says_what_there_is_now_and_what_there_was(alice: Person, office: Keeping, tmp_path: Path) -> None:
    alice.types("/give @bob tour")
    file = tmp_path / "mine.db"
    assert f"Backed up to {file}" in said(office, "backup", str(file))
    assert f"{file} is there already; name another file. Nothing was changed." in refused(office, "backup", str(file))
    shown = said(office, "restore", str(file))
    assert "1 workspace, 2 members, 1 act; its tables are at version" in shown
    assert "is kept as" in shown
    assert "looked for in Slack, so that none is sent twice" in shown
    assert "Now start the program: python app.py" in shown


def test_a_restore_that_cannot_be_is_one_line_and_changes_nothing(office: Keeping, tmp_path: Path) -> None:
    (tmp_path / "letter.db").write_text("a letter" * 1000)
    line = refused(office, "restore", str(tmp_path / "letter.db"))
    assert "cannot be used (file is not a database). Nothing was changed." in line
    assert line.count("\n") == 1
    good = backup.add(office.database, office.folder, MONDAY_MORNING)
    with in_use(office.database.file):
        for words in (("restore", str(good)), ("restored",)):
            assert "Stop the program first. Nothing was changed." in refused(office, *words)
    with sqlite3.connect(good) as newer:
        newer.execute("UPDATE alembic_version SET version_num = '9999'")
    newer.close()
    assert "Update the program, and do it again." in refused(office, "restore", str(good))


def test_the_tables_of_a_program_that_runs_are_not_brought_up_to_date(tmp_path: Path) -> None:
    older = Database(f"sqlite:///{tmp_path}/older.db")
    migrating.bring_to(older, "0001")
    with in_use(older.file):
        assert "Stop the program first." in refused(Keeping(older, MovableClock(), None, {}), "restored")
    with older.reading() as session:
        assert migrate.version(session.connection()) == "0001"
    older.close()


def test_another_tools_restore_is_noted(alice: Person, office: Keeping) -> None:
    alice.types("/give @bob tour")
    assert "Noted for 1 workspace." in said(office, "restored")


@pytest.mark.parametrize(
    ("words", "tool"),
    [(("backup",), "pg_dump"), (("restore", "x"), "pg_restore"), (("drill",), "createdb")],
)
def test_postgresql_is_left_to_its_own_tools_and_no_password_is_shown(words: tuple[str, ...], tool: str) -> None:
    office = Keeping(Database(POSTGRES), MovableClock(), None, {})
    shown = refused(office, *words, code=2)
    assert f"  {tool} " in shown
    assert '"postgresql://me@127.0.0.1:9/name"' in shown
    assert "geheim" not in shown


def test_the_schedule_makes_one_backup_a_day_and_says_when_it_cannot(
    office: Keeping, clock: MovableClock, tmp_path: Path
) -> None:
    for _ in range(30):
        schedule.back_up(office.database, office.folder, clock)
        clock.move(hours=1)
    assert len(list(office.folder.iterdir())) == 2
    (tmp_path / "no_folder").touch()
    with structlog.testing.capture_logs() as lines:
        schedule.back_up(office.database, tmp_path / "no_folder", clock)
        schedule.back_up(office.database, None, clock)
    assert [line["event"] for line in lines] == ["no backup was made"]


def test_before_an_upgrade_there_is_a_backup_of_the_older_tables(tmp_path: Path) -> None:
    database = Database(f"sqlite:///{tmp_path}/old.db")
    migrating.fill_first(database, 10)
    migrate.upgrade(database, backups.before_upgrade(database, None, MovableClock()))
    database.close()
    name = f"old-20260302T150000Z-before-{migrate.newest()}.db"
    with sqlite3.connect(tmp_path / "backups" / name) as kept:
        assert kept.execute("SELECT version_num FROM alembic_version").fetchall() == [("0001",)]
        assert kept.execute("SELECT count(*) FROM acts").fetchall() == [(10,)]
    kept.close()


def test_a_database_that_is_no_file_has_no_backup_before_an_upgrade() -> None:
    database = Database(POSTGRES)
    assert backups.before_upgrade(database, None, MovableClock()) is None
    database.close()
