"""Each way to ask for an export: delivered again, pressed by others, and with values that are nobody's."""

import pytest
from sqlalchemy import text

from storage import members
from tests.conftest import MovableClock
from tests.promises.deliveries import TEAM, Bot, Signed, command, press
from tests.promises.listeners import ADMIN, ANA, Step, comes_again_and_changes_nothing, make_admin, rows
from tests.promises.test_every_listener import give, leave

MINE, LEDGER = "Your data is on its way.", "The public ledger is on its way."


def _typed(_: Bot) -> Signed:
    return command(ANA, "export", "/network")


DONE: dict[str, tuple[tuple[Step, ...], Step, str]] = {
    "exports.mine": ((give,), lambda _: press(ANA, "exports.mine", "", where="home"), MINE),
    "exports.mine: from a message": ((give,), lambda _: press(ANA, "exports.mine", "", where="posted"), MINE),
    "exports.mine: typed": ((give,), _typed, MINE),
    "exports.mine: after leaving": ((leave,), lambda _: press(ANA, "exports.mine", ""), MINE),
    "exports.ledger": ((give,), lambda _: press(ADMIN, "exports.ledger", ""), LEDGER),
}


def waiting(bot: Bot) -> list[tuple[str, str]]:
    """Returns the files that wait, each by kind and by whom it is for."""
    question = (
        "SELECT outbox.kind, members.slack_id FROM outbox JOIN members ON members.team_id = outbox.team_id"
        " AND members.id = outbox.member_id WHERE outbox.team_id = :t AND outbox.verb = 'file'"
    )
    with bot.database.reading() as session:
        return [(str(kind), str(who)) for kind, who in session.connection().execute(text(question), {"t": TEAM})]


def test_all_of_them_are_here(bot: Bot) -> None:
    heard = {name for name in bot.good_turn.routes.buttons if name.startswith("exports.")}
    assert {name.partition(":")[0] for name in DONE} == heard


@pytest.mark.parametrize("what", DONE)
def test_what_comes_again_is_answered_again_and_changes_nothing(bot: Bot, now: MovableClock, what: str) -> None:
    make_admin(bot)
    before, do, answer = DONE[what]
    # On Home the answer is a form, which reaches nobody here.
    comes_again_and_changes_nothing(bot, now, before, do, "" if what == "exports.mine" else answer, changes=True)
    assert len(waiting(bot)) == 1


def test_two_requests_while_one_waits_make_one(bot: Bot) -> None:
    for _ in range(3):
        assert MINE in bot.tells(_typed(bot))[1]
    assert waiting(bot) == [("export", ANA)]


@pytest.mark.parametrize("value", ["", "nothing", "x" * 2000, "' OR 1=1 --", ADMIN])
def test_whatever_the_button_carries_it_is_the_one_who_presses_who_gets_their_own(bot: Bot, value: str) -> None:
    make_admin(bot)
    bot.takes(give(bot))
    assert bot.takes(press(ANA, "exports.mine", value)).status == 200
    stood = rows(bot.database)
    status, said = bot.tells(press(ANA, "exports.ledger", value))
    assert (status, "This is no longer open." in said) == (200, True)
    assert rows(bot.database) == stood
    assert waiting(bot) == [("export", ANA)]


@pytest.mark.parametrize("who", [{"is_stranger": True}, {"is_bot": True}])
@pytest.mark.parametrize("action", ["exports.mine", "exports.ledger"])
def test_people_of_elsewhere_and_apps_get_nothing(bot: Bot, action: str, who: dict[str, bool]) -> None:
    with bot.database.transaction() as session:
        members.meet(session, TEAM, ["U0ELSE"], bot.clock(), profiles={"U0ELSE": {"is_admin": True, **who}})
    bot.good_turn.desk.directory.remember(TEAM, ["U0ELSE"], bot.clock())
    status, said = bot.tells(press("U0ELSE", action, ""))
    assert (status, "This is no longer open." in said) == (200, True)
    assert waiting(bot) == []


def test_an_admin_who_has_left_does_not_get_the_ledger(bot: Bot) -> None:
    make_admin(bot)
    bot.takes(command(ADMIN, "leave", "/network"))
    bot.takes(press(ADMIN, "exports.ledger", ""))
    assert waiting(bot) == []
