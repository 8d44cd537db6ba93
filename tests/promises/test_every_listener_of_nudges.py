"""Each thing that can be done about nudges: delivered again, done by others, and with values that are nobody's."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import time
from typing import Any

import pytest
from sqlalchemy import text

from bot import nudges
from storage import members as people
from storage import nudges as stored
from storage.tables import Nudge, Suggested
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
    rows,
)

FILLED: dict[str, Any] = {
    "whether": ("selected_option", {"value": "on"}), "every": ("selected_option", {"value": "weekly"}),
    "weekday": ("selected_option", {"value": "1"}), "wall": ("selected_time", "09:00"), "topics": "surveys",
    "reach": ("selected_options", [{"value": "asks"}, {"value": "found"}]),
    "news": ("selected_option", {"value": "ties"}),
}  # fmt: skip


def nudged(bot: Bot) -> Signed:
    """Ana has got a nudge about Bo, and looks at her month."""
    with bot.database.transaction() as session:
        ana, bo = people.meet(session, TEAM, [ANA, BO], bot.clock())
        nudges.choose(
            session,
            ana,
            every="weekly",
            weekday=1,
            wall=time(9),
            topics_typed="",
            takes_asks=False,
            is_hidden=False,
            news_from="ties",
            is_on=True,
            now=bot.clock(),
        )
        nudge = Nudge(team_id=TEAM, id="nudge1", member_id=ana.id, day=bot.clock().date(), at=bot.clock())
        one = Suggested(team_id=TEAM, nudge_id="nudge1", number=0, member_id=ana.id, source="quiet", about=bo.id, names=bo.id,
                        at=bot.clock())  # fmt: skip
        stored.add(session, nudge, [one])
    return command(ANA, "", "/network")


def paused(bot: Bot) -> Signed:
    """Ana's nudges have paused."""
    with bot.database.transaction() as session:
        session.connection().execute(text("UPDATE nudging SET state = 'paused' WHERE team_id = :t"), {"t": TEAM})
    return command(ANA, "", "/network")


@dataclass(frozen=True)
class Done:
    """What Ana does after what came `before`, to the thing of this value, and a word of the answer."""

    before: tuple[Step, ...]
    answer: str
    about: str = ""
    filled: dict[str, Any] | None = None
    changes: bool = True

    def by(self, who: str, name: str, about: str) -> Signed:
        """Returns the request, whoever makes it."""
        return form(who, name, about, **self.filled) if self.filled is not None else press(who, name, about)


DONE: dict[str, Done] = {
    "nudges.open": Done((), "The form did not open", changes=False),
    "nudges.chosen": Done((), "Nudges come Tuesdays at 9:00 AM", filled=FILLED),
    "nudges.do": Done((nudged,), "The form did not open", "nudge1:0"),
    "nudges.not_this": Done((nudged,), "", "nudge1:0"),
    "nudges.keep": Done((nudged, paused), "Your nudges go on."),
    "nudges.later": Done((nudged, paused), "Your nudges go on."),
    "nudges.stop": Done((nudged, paused), "Your nudges are off."),
}
WRONG: list[dict[str, Any]] = [
    {"every": ("selected_option", {"value": "hourly"})}, {"weekday": ("selected_option", {"value": "7"})}, {"every": ""},
    {"wall": ("selected_time", "25:00")}, {"wall": ("selected_time", "\x00")}, {"wall": ""}, {"topics": "x, " * 21 + "x" * 400},
    {"news": ("selected_option", {"value": "friends"})}, {"news": ""},
]  # fmt: skip


def test_all_of_them_are_here(bot: Bot) -> None:
    routes = bot.good_turn.routes
    assert {name for name in {**routes.buttons, **routes.forms} if name.startswith("nudges.")} == set(DONE)


@pytest.mark.parametrize("what", DONE)
def test_what_comes_again_is_answered_again_and_changes_nothing(bot: Bot, now: MovableClock, what: str) -> None:
    done = DONE[what]
    again: Callable[[Bot], Signed] = lambda _: done.by(ANA, what, done.about)  # noqa: E731
    comes_again_and_changes_nothing(bot, now, done.before, again, done.answer, done.changes)


@pytest.mark.parametrize("what", ["nudges.do", "nudges.not_this"])
def test_nobody_does_it_for_somebody_else_or_to_what_is_nobodys(bot: Bot, now: MovableClock, what: str) -> None:
    make_admin(bot)
    bot.takes(nudged(bot))
    for who in (BO, CY):
        bot.takes(command(who, "", "/network"))
    stood = rows(bot.database)
    values = ("nothing", "nudge1", "nudge1:1", "nudge1:-1", "nudge1:\u0660", "nudge1:99", "x" * 2000, "' OR 1=1 --")
    others = [press(who, what, "nudge1:0") for who in (STRANGER, ADMIN, BO, CY)]
    for request in [*others, *(press(ANA, what, value) for value in values)]:
        status, said = bot.tells(request)
        assert status == 200
        assert NOT_OPEN in said, request.body
        assert rows(bot.database) == stood, request.body


@pytest.mark.parametrize("what", ["nudges.keep", "nudges.later"])
def test_what_has_not_paused_does_not_go_on(bot: Bot, what: str) -> None:
    bot.takes(nudged(bot))
    stood = rows(bot.database)
    assert NOT_OPEN in bot.tells(press(ANA, what, ""))[1]
    assert rows(bot.database) == stood


@pytest.mark.parametrize("wrong", WRONG, ids=str)
def test_what_no_form_of_ours_would_hold_changes_nothing(bot: Bot, wrong: dict[str, Any]) -> None:
    bot.takes(command(ANA, "", "/network"))
    stood = rows(bot.database)
    assert bot.takes(form(ANA, "nudges.chosen", "", **{**FILLED, **wrong})).status == 200
    assert {**rows(bot.database), "drafts": []} == {**stood, "drafts": []}
