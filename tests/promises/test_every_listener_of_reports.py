"""Each thing that can be done about the weekly report: delivered again, done by others, and with values that are nobody's."""

import pytest

from tests.conftest import MovableClock
from tests.promises.deliveries import Bot, command, press
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

# Of what value, a word of the answer, and whether it changes anything.
DONE: dict[str, tuple[str, str, bool]] = {
    "reports.choose": ("on", "The weekly report is on.", True),
    "reports.send": ("", "On its way to our conversation.", True),
}


def test_all_of_them_are_here(bot: Bot) -> None:
    assert {name for name in bot.good_turn.routes.buttons if name.startswith("reports.")} == set(DONE)


@pytest.mark.parametrize("what", DONE)
def test_what_comes_again_is_answered_again_and_changes_nothing(bot: Bot, now: MovableClock, what: str) -> None:
    make_admin(bot)
    value, answer, changes = DONE[what]
    comes_again_and_changes_nothing(bot, now, (), lambda _: press(ADMIN, what, value), answer, changes)


@pytest.mark.parametrize("what", DONE)
def test_nobody_does_it_who_is_no_admin(bot: Bot, what: str) -> None:
    for who in (ANA, BO):
        bot.takes(command(who, "", "/network"))
    stood = rows(bot.database)
    for who in (ANA, BO, STRANGER):
        for value in (DONE[what][0], "off", "x" * 2000):
            status, said = bot.tells(press(who, what, value))
            assert status == 200
            assert NOT_OPEN in said
            assert rows(bot.database) == stood


@pytest.mark.parametrize("value", ["", "nothing", "ON", "x" * 2000, "' OR 1=1 --"])
def test_what_no_button_of_ours_would_hold_changes_nothing(bot: Bot, value: str) -> None:
    make_admin(bot)
    stood = rows(bot.database)
    assert NOT_OPEN in bot.tells(press(ADMIN, "reports.choose", value))[1]
    assert rows(bot.database) == stood
