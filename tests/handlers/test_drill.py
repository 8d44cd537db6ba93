"""A rehearsal goes the whole way of a restore, notices what is missing at its end, and leaves everything as it was."""

import sqlite3
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from app import GoodTurn
from handlers.operating.backups import Keeping
from storage import restore
from storage.database import Database
from tests.conftest import MovableClock
from tests.conversation import Person
from tests.handlers.operating import refused, said, states, types_unsent


@pytest.fixture
def office(bot: GoodTurn, clock: MovableClock) -> Keeping:
    return Keeping(bot.database, clock, None, bot.routes.messages)


def test_a_rehearsal_does_it_all_and_touches_neither_the_database_nor_slack(
    alice: Person, bob: Person, bot: GoodTurn, office: Keeping
) -> None:
    for number in range(3):
        types_unsent(alice, f"/give @bob tour {number}")
    before = states(bot)
    shown = said(office, "drill")
    for step in ("backup: ", "restore: ", "counts: each of 30 tables", "checks: ", "sender: "):
        assert f"  {step}" in shown or f"s  {step}" in shown
    assert "3 looked for, 3 messages made, for nobody" in shown
    assert shown.splitlines()[-1].startswith("OK, in ")
    assert states(bot) == before
    assert set(before.values()) == {"pending"}
    assert bob.from_the_bot() == []
    assert list(office.folder.iterdir()) == []


def test_a_rehearsal_in_which_words_cannot_be_made_fails(alice: Person, office: Keeping) -> None:
    def speechless(*_: Any) -> None:
        raise LookupError

    types_unsent(alice, "/give @bob tour")
    line = refused(replace(office, messages={"act": speechless, "home": speechless}), "drill")
    assert "FAILED: words could not be made for" in line
    assert "LookupError" in line


@pytest.mark.parametrize("which", ["counts", "checks"])
def test_a_rehearsal_in_which_something_is_missing_fails(
    alice: Person, office: Keeping, monkeypatch: pytest.MonkeyPatch, which: str
) -> None:
    really = restore.restore

    def lose(file: Path, database: Database, now: datetime) -> restore.Restored:
        done = really(file, database, now)
        assert database.file is not None
        with sqlite3.connect(database.file) as other:
            if which == "counts":
                other.execute("DELETE FROM acts")
            else:
                other.execute("UPDATE alembic_version SET version_num = '0001'")
        other.close()
        return done

    alice.types("/give @bob tour")
    monkeypatch.setattr("handlers.operating.drill.restore", lose)
    line = refused(office, "drill")
    assert {"counts": "acts 1, now 0", "checks": "The tables are at 0001"}[which] in line
