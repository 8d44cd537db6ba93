"""The workspace's list of topics: delivered again, kept by others, and with values that are nobody's."""

from typing import Any

import pytest

from tests.conftest import MovableClock
from tests.promises.deliveries import Bot, Signed, command, form, press
from tests.promises.listeners import (
    ADMIN,
    ANA,
    BO,
    NOT_OPEN,
    STRANGER,
    comes_again_and_changes_nothing,
    make_admin,
    rows,
)
from tests.promises.test_every_listener_of_nudges import FILLED


def listing(who: str, typed: Any = "mass timber, estimating") -> Signed:
    return form(who, "topics.listed", "", topics=typed)


def test_all_of_them_are_here(bot: Bot) -> None:
    routes = bot.good_turn.routes
    heard = {name for name in {**routes.buttons, **routes.forms} if name.startswith("topics.")}
    assert heard == {"topics.open", "topics.listed"}


def test_what_comes_again_is_answered_again_and_changes_nothing(bot: Bot, now: MovableClock) -> None:
    make_admin(bot)
    comes_again_and_changes_nothing(bot, now, (), lambda _: listing(ADMIN), "There are 2 topics to tick.", changes=True)
    opened = press(ADMIN, "topics.open", "")
    comes_again_and_changes_nothing(bot, now, (), lambda _: opened, "The form did not open", changes=False)


@pytest.mark.parametrize("who", [ANA, BO, STRANGER])
def test_nobody_does_it_who_is_no_admin(bot: Bot, who: str) -> None:
    bot.takes(command(who, "", "/network"))
    stood = rows(bot.database)
    for request in (listing(who), press(who, "topics.open", "")):
        assert NOT_OPEN in bot.tells(request)[1]
        assert rows(bot.database) == stood


@pytest.mark.parametrize("typed", ["x" * 3_000, ", ".join("abcdefghijklmnopqrstuvwxyz"), "x" * 76])
def test_what_does_not_fit_changes_nothing(bot: Bot, typed: str) -> None:
    make_admin(bot)
    stood = rows(bot.database)
    status, said = bot.tells(listing(ADMIN, typed))
    assert status == 200
    assert "errors" in said
    assert rows(bot.database) == stood


@pytest.mark.parametrize("ticked", [[{"value": "a\x00b"}], [{"value": "x" * 400}], [{"value": "' OR 1=1 --, b"}], []])
def test_whatever_is_ticked_is_kept_as_if_it_were_typed_or_said_not_to_fit(bot: Bot, ticked: list[Any]) -> None:
    bot.takes(command(ANA, "", "/network"))
    status, said = bot.tells(form(ANA, "nudges.chosen", "", **FILLED, ticked=("selected_options", ticked)))
    assert status == 200
    assert ("topics fit" in said) == (ticked == [{"value": "x" * 400}])
