"""What was deleted stays deleted, whichever older backup takes the database's place, and however it does."""

import shutil
from pathlib import Path

import pytest
from sqlmodel import select

from app import GoodTurn
from handlers import erasing
from handlers.operating import backups
from handlers.operating.backups import Keeping
from storage import backup, erase_log, erasures, members, workspaces
from storage.database import Database
from storage.tables import Erasure, Member
from tests.conversation import Person, World
from tests.features.test_my_data import deletes
from tests.handlers.operating import said
from tests.storage.everything import found


@pytest.fixture
def office(bot: GoodTurn, world: World) -> Keeping:
    return Keeping(bot.database, world.now, None, bot.routes.messages)


@pytest.fixture
def yesterday(alice: Person, bob: Person, office: Keeping, world: World) -> Path:
    """A backup that has all of Alice's data, and of a contact of Bob's."""
    alice.types("/give @bob the canary RFP")
    bob.clicks("Thanks, it helped")
    alice.types("/callback Canary Doe (Acme) tomorrow 3pm about the canary RFP")
    bob.types("/give Canary Roe (Acme) a canary tour")
    made = backup.add(office.database, office.folder, world.now())
    world.now.move(days=1)
    return made


@pytest.fixture
def deleted(yesterday: Path, alice: Person, bob: Person, bot: GoodTurn, world: World, office: Keeping) -> Path:
    """Alice has deleted her data since, and Bob his contact."""
    deletes(alice, bot, world)
    bob.opens_home()
    bob.clicks("People outside Slack")
    bob.fills("Whom to remove", ["Canary Roe (Acme)"]).submits()
    bob.closes()
    erasing.finish(bot.database, world.now, office.log)
    assert list(found(bot.database)) == []
    return yesterday


def test_a_restored_backup_has_nothing_of_it_not_even_a_byte(deleted: Path, office: Keeping) -> None:
    assert "Deleted from it again, as it had been deleted since: 2." in said(office, "restore", str(deleted))
    assert list(found(office.database)) == []
    file = office.database.file
    assert file is not None
    office.database.close()
    assert b"anary" not in file.read_bytes()
    assert b"anary" in deleted.read_bytes(), "the backup itself keeps it until it is too old"


def test_the_log_alone_is_enough_where_the_database_is_lost(deleted: Path, office: Keeping) -> None:
    assert office.database.file is not None
    office.database.file.unlink()
    assert "Deleted from it again, as it had been deleted since: 2." in said(office, "restore", str(deleted))
    assert list(found(office.database)) == []


def test_and_so_is_the_database_where_the_log_is_lost(deleted: Path, office: Keeping) -> None:
    assert office.log is not None
    office.log.unlink()
    assert "Deleted from it again, as it had been deleted since: 2." in said(office, "restore", str(deleted))
    assert list(found(office.database)) == []


def test_a_backup_that_was_copied_into_place_is_put_right_before_anything_is_said(
    deleted: Path, office: Keeping, world: World
) -> None:
    file = office.database.file
    assert file is not None
    office.database.close()
    shutil.copy(deleted, file)
    assert list(found(office.database))
    backups.bring_up_to_date(office.database, None, world.now)
    with office.database.reading() as session:
        assert members.known(session, "T1", ["U1ALICE"]) == {}
    erasing.finish(office.database, world.now, office.log)
    assert list(found(office.database)) == []


def test_what_another_tool_restored_is_put_right_by_restored(deleted: Path, office: Keeping, tmp_path: Path) -> None:
    kept = tmp_path / "kept.log"
    kept.write_text(said(office, "erased"))
    file = office.database.file
    assert file is not None
    office.database.close()
    shutil.copy(deleted, file)
    assert office.log is not None
    office.log.unlink()
    assert "Deleted from it again, as it had been deleted since: 2." in said(office, "restored", str(kept))
    assert list(found(office.database)) == []


def test_who_came_back_since_and_is_in_the_backup_is_not_deleted_with_their_former_self(
    alice: Person, bob: Person, bot: GoodTurn, world: World, office: Keeping
) -> None:
    alice.types("/give @bob the canary RFP")
    deletes(alice, bot, world)
    alice.types("/give @bob the harbor RFP")
    erasing.finish(bot.database, world.now, office.log)
    made = backup.add(office.database, office.folder, world.now())
    assert "Deleted from it again" not in said(office, "restore", str(made))
    with office.database.reading() as session:
        assert members.known(session, "T1", ["U1ALICE"])["U1ALICE"].name == "Alice"


def test_the_log_names_nobody_and_cannot_be_told_without_the_key(deleted: Path, office: Keeping) -> None:
    assert office.log is not None
    held = office.log.read_text()
    with office.database.reading() as session:
        workspace = workspaces.find(session, "T1")
        ids = [one.id for one in session.exec(select(Member).where(Member.team_id == "T1"))]
        marks = [one.mark for one in session.exec(select(Erasure).where(Erasure.team_id == "T1"))]
    assert workspace is not None
    assert len(marks) == len(held.splitlines()) == 2
    assert all(one not in held for one in (*ids, "U1ALICE", workspace.key))
    assert {erasures.mark_of(workspace, "member", one) for one in ids} & set(marks)
    workspace.key = "another"
    assert not {erasures.mark_of(workspace, "member", one) for one in ids} & set(marks)


def test_a_line_that_was_cut_short_spoils_neither_itself_nor_the_next(
    tmp_path: Path, bot: GoodTurn, world: World
) -> None:
    log = tmp_path / erase_log.NAME
    log.write_text(f"nonsense\n{world.now().isoformat()} one\n2026-03-0")
    assert erase_log.append(log, {"one": world.now(), "two": world.now()}) == 1
    assert set(erase_log.read(log)) == {"one", "two"}


def test_a_log_is_not_begun_before_somebody_deletes_something(office: Keeping, world: World) -> None:
    erasing.finish(office.database, world.now, office.log)
    assert office.log is not None
    assert not office.log.exists()
    assert isinstance(office.database, Database)
