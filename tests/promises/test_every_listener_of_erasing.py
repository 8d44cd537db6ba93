"""Deleting one's data, and people outside Slack: delivered again, pressed by others, and with values that are nobody's."""

from typing import Any

import pytest
from sqlalchemy import text

from handlers.erasing import finish
from storage import members
from tests.conftest import MovableClock
from tests.promises.deliveries import TEAM, Bot, Signed, command, form, press
from tests.promises.listeners import ANA, BO, Step, comes_again_and_changes_nothing, make_admin, newest, rows
from tests.promises.test_every_listener import give, leave

DELETED = "Your data is deleted."


def note(_: Bot) -> Signed:
    return command(ANA, "Jane Doe (Acme) pricing the survey")


def deletes(_: Bot) -> Signed:
    return form(ANA, "data.deleted", "")


def _removes(who: str, *ids: str) -> Signed:
    return form(who, "data.contacts_removed", "", contacts=("selected_options", [{"value": one} for one in ids]))


def _jane(bot: Bot) -> str:
    return newest(bot, "contacts", "id")


DONE: dict[str, tuple[tuple[Step, ...], Step, str]] = {
    "data.deleted": ((give, note), deletes, DELETED),
    "data.deleted: after leaving": ((give, leave), deletes, DELETED),
    "data.contacts_removed": ((note,), lambda bot: _removes(ANA, _jane(bot)), "1 person is removed."),
}


def test_all_of_them_are_here(bot: Bot) -> None:
    heard = {name for name in bot.good_turn.routes.forms if name.startswith("data.")}
    assert {name.partition(":")[0] for name in DONE} == heard


@pytest.mark.parametrize("what", DONE)
def test_what_comes_again_is_answered_again_and_changes_nothing(bot: Bot, now: MovableClock, what: str) -> None:
    comes_again_and_changes_nothing(bot, now, *DONE[what], changes=True)


@pytest.mark.parametrize("action", ["data.delete", "data.contacts"])
@pytest.mark.parametrize("value", ["", "nothing", "x" * 2000, "' OR 1=1 --"])
def test_to_ask_changes_nothing_whatever_the_button_carries(bot: Bot, action: str, value: str) -> None:
    bot.takes(note(bot))
    stood = rows(bot.database)
    assert bot.takes(press(ANA, action, value)).status == 200
    assert rows(bot.database) == stood


def test_whoever_deletes_deletes_their_own_and_nobody_elses(bot: Bot) -> None:
    before = _names(bot, "members")
    for request in (note(bot), command(BO, "Joe Roe (Bau) a tour")):
        bot.takes(request)
    bot.takes(form(BO, "data.deleted", "U001"))
    finish(bot.database, bot.clock)
    assert _names(bot, "members") == before - {BO} | {""}
    assert _names(bot, "contacts") == {"Jane Doe", ""}


@pytest.mark.parametrize("ids", [("nothing",), ("x" * 3000,), ("' OR 1=1 --",), ("theirs",), ("mine", "theirs")])
def test_nobody_removes_what_is_not_theirs(bot: Bot, ids: tuple[str, ...]) -> None:
    bot.takes(note(bot))
    theirs = _jane(bot)
    bot.takes(command(BO, "Joe Roe (Bau) a tour"))
    known = {"theirs": theirs, "mine": _jane(bot)}
    stood = rows(bot.database)
    status, said = bot.tells(_removes(BO, *(known.get(one, one) for one in ids)))
    assert (status, "This is no longer open." in said) == (200, True)
    assert rows(bot.database) == stood


@pytest.mark.parametrize("who", [{"is_stranger": True}, {"is_bot": True}])
def test_people_of_elsewhere_and_apps_delete_nothing(bot: Bot, who: dict[str, Any]) -> None:
    make_admin(bot)
    with bot.database.transaction() as session:
        members.meet(session, TEAM, ["U0ELSE"], bot.clock(), profiles={"U0ELSE": {"name": "Else", **who}})
    bot.good_turn.desk.directory.remember(TEAM, ["U0ELSE"], bot.clock())
    status, said = bot.tells(form("U0ELSE", "data.deleted", ""))
    assert (status, "This is no longer open." in said) == (200, True)
    assert "Else" in _names(bot, "members")


def _names(bot: Bot, table: str) -> set[str]:
    with bot.database.reading() as session:
        found = session.connection().execute(text(f"SELECT name FROM {table} WHERE team_id = :t"), {"t": TEAM})
        return {str(one) for one in found.scalars()}
