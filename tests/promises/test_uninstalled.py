"""A workspace removes the app: nothing is said to it any more, and after 30 days nothing of it is left, unless it comes back."""

import json
from collections.abc import Mapping
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlmodel import SQLModel

from handlers import uninstalling
from handlers.outbound.sender import Sender
from storage import erase_log, erasures, sending, workspaces
from storage.tables import Workspace
from tests.conftest import MovableClock
from tests.promises.deliveries import TEAM, Bot, Signed, command, event
from tests.promises.listeners import ANA, BO, rows
from tests.promises.test_every_listener import give
from tests.storage.everything import leave_traces
from tests.storage.rows import a_member, add_act, take_back

BOTH = [("app_uninstalled", "tokens_revoked"), ("tokens_revoked", "app_uninstalled")]
GRACE = uninstalling.GRACE


def gone(kind: str, at: float | None = None, **fields: Any) -> Signed:
    """Is one of the two events; nobody causes them."""
    told: dict[str, Any] = {"type": kind} | ({"tokens": {"bot": ["UBOT"]}} if kind == "tokens_revoked" else {}) | fields
    body = {"type": "event_callback", "team_id": TEAM, "event_id": f"Ev{kind}{at}", "event": told}
    return Signed(json.dumps(body | ({"event_time": int(at)} if at else {})), "application/json")


def silent(bot: Bot) -> bool:
    with bot.database.reading() as session:
        return workspaces.is_silent(session, TEAM)


def due(bot: Bot, now: MovableClock) -> list[str]:
    with bot.database.reading() as session:
        return sending.teams_with_due(session, now())


def left(bot: Bot) -> dict[str, int]:
    return {table: len(found) for table, found in rows(bot.database).items() if found}


@pytest.mark.parametrize("order", BOTH)
def test_in_either_order_nothing_is_due_any_more_and_nothing_is_asked(
    bot: Bot, now: MovableClock, order: tuple[str, str]
) -> None:
    bot.takes(give(bot))
    assert due(bot, now) == [TEAM]
    for kind in order:
        assert bot.takes(gone(kind)).status == 200
        assert silent(bot)
    assert due(bot, now) == []
    assert isinstance(bot.good_turn.sender, Sender)
    assert bot.good_turn.sender.send_due() == 0


def test_a_revoked_token_of_a_person_is_none_of_ours(bot: Bot, now: MovableClock) -> None:
    bot.takes(give(bot))
    bot.takes(gone("tokens_revoked", tokens={"oauth": ["U001"]}))
    assert not silent(bot)
    assert due(bot, now) == [TEAM]


def test_a_late_event_changes_nothing_and_asks_nobody(bot: Bot, now: MovableClock) -> None:
    bot.takes(give(bot))
    bot.takes(gone("app_uninstalled"))
    stood = rows(bot.database)
    for late in (
        event("U0NEW", "app_home_opened", tab="home"),
        event(ANA, "message", channel_type="im", text="help"),
        event(ANA, "user_change"),
    ):
        assert bot.takes(late).status == 200
    assert rows(bot.database) == stood


def test_installed_anew_in_time_it_goes_on_as_it_was(bot: Bot, now: MovableClock) -> None:
    bot.takes(give(bot))
    before = left(bot)
    bot.takes(gone("app_uninstalled"))
    now.move(days=29)
    uninstalling.purge(bot.database, now)
    uninstalling.note_installed(bot.database, TEAM, now())
    now.move(days=2)
    uninstalling.purge(bot.database, now)
    assert left(bot) == before
    assert due(bot, now) == [TEAM]


def test_an_event_of_before_it_was_installed_anew_does_not_silence_it(bot: Bot, now: MovableClock) -> None:
    happened = now().timestamp()
    now.move(hours=1)
    uninstalling.note_installed(bot.database, TEAM, now())
    bot.takes(gone("tokens_revoked", happened))
    assert not silent(bot)
    bot.takes(gone("app_uninstalled", now().timestamp() + 60))
    assert silent(bot)


def test_after_30_days_no_row_of_any_table_is_left_and_others_have_all_of_theirs(bot: Bot, now: MovableClock) -> None:
    with bot.database.transaction() as session:
        canary, raj = leave_traces(session)
        for _ in range(1_200):
            take_back(session, add_act(session, canary, raj))
        fay, gil = a_member(session, "fay", "T2"), a_member(session, "gil", "T2")
        add_act(session, fay, gil)
        workspaces.meet(session, "T2", now())
        erasures.note_member(session, workspaces.meet(session, "T1", now()), raj.id, now())
    assert set(left(bot)) == set(SQLModel.metadata.tables)
    bot.takes(gone("app_uninstalled"))
    now.move(days=29, hours=23)
    uninstalling.purge(bot.database, now)
    assert left(bot)
    now.move(hours=2)
    uninstalling.purge(bot.database, now)
    assert left(bot) == {}
    with bot.database.reading() as session:
        assert workspaces.all_teams(session) == ["T2"]


def test_a_backup_does_not_bring_a_workspace_back_that_went(bot: Bot, now: MovableClock, tmp_path: Path) -> None:
    log = tmp_path / "erased.log"
    bot.takes(give(bot))
    bot.takes(gone("app_uninstalled"))
    with bot.database.reading() as session:
        was = workspaces.find(session, TEAM)
    assert was is not None
    now.move(days=31)
    uninstalling.purge(bot.database, now, log)
    with bot.database.transaction() as session:  # as a backup has it, from before the app was removed
        session.add(Workspace(**was.model_dump() | {"uninstalled_at": None}))
    assert erase_log.replay(bot.database, erase_log.read(log), now()) == 1
    assert silent(bot)
    uninstalling.purge(bot.database, now, log)
    assert left(bot) == {}


def test_one_that_came_back_while_its_rows_were_going_is_not_taken_for_one_that_went(
    bot: Bot, now: MovableClock, tmp_path: Path
) -> None:
    log = tmp_path / "erased.log"
    bot.takes(give(bot))
    bot.takes(gone("app_uninstalled"))
    now.move(days=31)
    with bot.database.reading() as session:
        (workspace,) = workspaces.left_before(session, now())
    erase_log.append(log, {erasures.mark_of(workspace, "workspace", TEAM): now()})  # as far as a killed one came
    now.move(minutes=10)
    uninstalling.note_installed(bot.database, TEAM, now())
    assert erase_log.replay(bot.database, erase_log.read(log), now()) == 0
    assert not silent(bot)
    assert due(bot, now) == [TEAM]
    bot.takes(gone("app_uninstalled"))
    now.move(days=31)
    with bot.database.reading() as session:
        (workspace,) = workspaces.left_before(session, now())
    uninstalling.purge(bot.database, now, log)
    with bot.database.transaction() as session:  # as a backup has it, from the time when it was back
        session.add(Workspace(**workspace.model_dump() | {"uninstalled_at": None}))
    assert erase_log.replay(bot.database, erase_log.read(log), now()) == 1
    assert silent(bot)


def test_one_that_comes_back_just_before_its_rows_go_is_not_taken_for_one_that_went(
    bot: Bot, now: MovableClock, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    log, append = tmp_path / "erased.log", erase_log.append

    def come_back_and_append(file: Path, known: Mapping[str, datetime]) -> int:
        uninstalling.note_installed(bot.database, TEAM, now())  # while the rows of others were going
        now.move(minutes=1)
        return append(file, known)

    bot.takes(give(bot))
    before = left(bot)
    bot.takes(gone("app_uninstalled"))
    now.move(days=31)
    monkeypatch.setattr(erase_log, "append", come_back_and_append)
    uninstalling.purge(bot.database, now, log)
    assert left(bot) == before
    assert erase_log.replay(bot.database, erase_log.read(log), now()) == 0, "as after a backup was put back"
    assert not silent(bot)


def test_installed_after_it_went_it_is_a_new_workspace(bot: Bot, now: MovableClock, tmp_path: Path) -> None:
    log = tmp_path / "erased.log"
    bot.takes(give(bot))
    bot.takes(gone("app_uninstalled"))
    now.move(days=31)
    uninstalling.purge(bot.database, now, log)
    bot.takes(command(ANA, f"<@{BO}> the harbor RFP"))
    assert erase_log.replay(bot.database, erase_log.read(log), now()) == 0
    assert len(rows(bot.database)["acts"]) == 1
    assert not silent(bot)
    assert timedelta(days=30) == GRACE
