"""Each thing that can be done about asks: delivered again, done by others, and with values that are nobody's."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest
from sqlalchemy import text

from tests.conftest import MovableClock
from tests.promises.deliveries import TEAM, Bot, Signed, command, form, press
from tests.promises.listeners import (
    ADMIN,
    ANA,
    BO,
    CY,
    NOT_OPEN,
    STRANGER,
    Step,
    comes_again_and_changes_nothing,
    make_admin,
    newest,
    rows,
)

FILLED: dict[str, Any] = {
    "words": "a surveyor", "until": ("selected_date", "2026-03-13"), "topics": "surveys",
    "channel": ("selected_conversation", "C1"),
}  # fmt: skip


def asked(bot: Bot) -> Signed:
    return form(ANA, "asks.asked", "", **FILLED)


def asked_for_today(bot: Bot) -> Signed:
    return form(ANA, "asks.asked", "", **{**FILLED, "until": ("selected_date", f"{bot.clock():%Y-%m-%d}")})


def offered(bot: Bot) -> Signed:
    return press(BO, "asks.offer", ask_id(bot))


def ask_id(bot: Bot) -> str:
    return newest(bot, "asks", "id")


def offer_id(bot: Bot) -> str:
    with bot.database.reading() as session:
        found = session.connection().execute(
            text("SELECT ask_id, helper_id FROM offers WHERE team_id = :t"), {"t": TEAM}
        )
        return ":".join(found.one())


@dataclass(frozen=True)
class Done:
    """What `who` does after what came `before`, to the thing `about` which it is, and a word of the answer."""

    before: tuple[Step, ...]
    who: str
    answer: str
    about: Callable[[Bot], str] | None = None
    filled: dict[str, Any] | None = None
    changes: bool = True
    is_anybodys: bool = False

    def by(self, who: str, name: str, about: str) -> Signed:
        """Returns the request, whoever makes it."""
        return form(who, name, about, **self.filled) if self.filled is not None else press(who, name, about)


DONE: dict[str, Done] = {
    "asks.open": Done((), ANA, "The form did not open", changes=False, is_anybodys=True),
    "asks.asked": Done((), ANA, "Asked, until Fri 13 Mar.", filled=FILLED, is_anybodys=True),
    "asks.offer": Done((asked,), BO, "hears that you can help", ask_id, is_anybodys=True),
    "asks.someone": Done((asked,), BO, "The form did not open", ask_id, is_anybodys=True),
    "asks.take_back": Done((asked, offered), BO, "Taken back.", ask_id),
    "asks.accept": Done((asked, offered), ANA, "You said yes to", offer_id),
    "asks.covered": Done((asked, offered), ANA, "You are covered.", offer_id),
    "asks.solved": Done((asked,), ANA, "The form did not open", ask_id, changes=False),
    "asks.thanked": Done((asked, offered), ANA, "It is solved.", ask_id, {"helpers": ("selected_users", [BO])}),
    "asks.close": Done((asked,), ANA, "It is closed.", ask_id),
    "asks.keep": Done((asked_for_today,), ANA, "Asked, until Mon 9 Mar.", ask_id),
}
LINKS = {"asks.message"}
OWN = [name for name, done in DONE.items() if not done.is_anybodys]
WRONG: list[dict[str, Any]] = [
    {"words": ""}, {"words": "x" * 301}, {"words": "\x00"}, {"until": ""}, {"until": ("selected_date", "0001-01-01")},
    {"until": ("selected_date", "9999-12-31")}, {"until": ("selected_date", "soon")}, {"until": ("selected_date", "\x00")},
    {"topics": "x" * 201},
]  # fmt: skip


def test_all_of_them_are_here(bot: Bot) -> None:
    routes = bot.good_turn.routes
    heard = {name for name in {**routes.buttons, **routes.forms} if name.startswith("asks.")}
    assert set(DONE) | LINKS == heard


@pytest.mark.parametrize("what", DONE)
def test_what_comes_again_is_answered_again_and_changes_nothing(bot: Bot, now: MovableClock, what: str) -> None:
    done = DONE[what]
    comes_again_and_changes_nothing(
        bot, now, done.before, lambda bot: _by(bot, done.who, what), done.answer, done.changes
    )


@pytest.mark.parametrize("what", OWN)
def test_nobody_does_it_for_somebody_else_or_to_what_is_nobodys(bot: Bot, now: MovableClock, what: str) -> None:
    done = DONE[what]
    make_admin(bot)
    for step in done.before:
        bot.takes(step(bot))
        now.move(seconds=1)
    for who in (BO, CY):
        bot.takes(command(who, "", "/network"))
    stood = rows(bot.database)
    by_others = [_by(bot, who, what) for who in {STRANGER, ADMIN, ANA, BO, CY} - {done.who}]
    for request in [
        *by_others,
        *(done.by(done.who, what, value) for value in ("nothing", "x" * 2000, "' OR 1=1 --", ":")),
    ]:
        status, said = bot.tells(request)
        assert status == 200
        assert NOT_OPEN in said, request.body
        assert rows(bot.database) == stood, request.body


@pytest.mark.parametrize("what", ["asks.offer", "asks.someone"])
def test_what_is_nobodys_is_no_longer_open(bot: Bot, what: str) -> None:
    bot.takes(asked(bot))
    bot.takes(command(BO, "", "/network"))
    stood = rows(bot.database)
    for value in ("nothing", "x" * 2000, "' OR 1=1 --"):
        assert NOT_OPEN in bot.tells(press(BO, what, value))[1]
        assert rows(bot.database) == stood


@pytest.mark.parametrize("wrong", WRONG, ids=str)
def test_what_no_form_of_ours_would_hold_changes_nothing(bot: Bot, wrong: dict[str, Any]) -> None:
    bot.takes(command(ANA, "", "/network"))
    stood = rows(bot.database)
    assert bot.takes(form(ANA, "asks.asked", "", **{**FILLED, **wrong})).status == 200
    assert {**rows(bot.database), "drafts": []} == {**stood, "drafts": []}


def _by(bot: Bot, who: str, what: str) -> Signed:
    done = DONE[what]
    return done.by(who, what, done.about(bot) if done.about else "")
