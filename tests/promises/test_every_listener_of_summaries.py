"""Each thing that can be done about weekly summaries: delivered again, done by others, and with values that are nobody's."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pytest

from bot import channels as joined
from handlers.views import schedules
from storage import channels
from storage import members as people
from storage.tables import Summary
from tests.conftest import MovableClock
from tests.promises.deliveries import TEAM, Bot, Signed, command, event, form, press
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

PLACE, WEEK = "C9PLAZA", "2026-W10"


def invited(bot: Bot) -> Signed:
    """Ana has invited the bot; and looks at her month."""
    with bot.database.transaction() as session:
        ana = people.meet(session, TEAM, [ANA], bot.clock())[0]
        joined.note_joined(session, TEAM, PLACE, ana, bot.clock(), is_shared=False)
    return command(ANA, "", "/network")


def missed(bot: Bot) -> Signed:
    """A week was not told, since nobody was there to tell it."""
    with bot.database.transaction() as session:
        channel = channels.find(session, TEAM, PLACE)
        assert channel is not None
        until = bot.clock()
        channels.add_week(
            session,
            Summary(team_id=TEAM, channel=PLACE, week=WEEK, since=until - timedelta(days=7), until=until),
        )
    return command(ANA, "", "/network")


@dataclass(frozen=True)
class Done:
    """What Ana does after what came `before`, to the thing of this value, and a word of the answer."""

    before: tuple[Step, ...]
    answer: str
    about: str = PLACE
    filled: dict[str, Any] | None = None
    changes: bool = True
    is_anybodys: bool = False

    def by(self, who: str, name: str, about: str) -> Signed:
        """Returns the request, whoever makes it."""
        if self.filled is not None:
            return form(who, name, about, **self.filled)
        return press(who, name, about)


CHOSEN: dict[str, Any] = {
    "weekday": ("selected_option", {"value": "1"}), "wall": ("selected_time", "09:30"),
    "zone": ("selected_option", {"value": "Asia/Kolkata"}),
}  # fmt: skip
DONE: dict[str, Done] = {
    "summaries.open": Done((invited,), "The form did not open", changes=False),
    "summaries.chosen": Done((invited,), "Tuesdays at 9:30 AM, Kolkata", filled=CHOSEN),
    "summaries.stop": Done((invited,), "The channel is not told."),
    "summaries.keep": Done((invited,), "Fridays at 4:00 PM"),
    "summaries.pause": Done((invited,), "has its summary again from"),
    "summaries.post": Done((invited, missed), "It goes out now.", f"{PLACE}:{WEEK}"),
    "summaries.name": Done((), "Summaries count you and never name you.", schedules.LEFT_OUT, is_anybodys=True),
    "summaries.example": Done((invited,), "The form did not open", changes=False, is_anybodys=True),
}
# *Save* reads what was picked in the message beside it, which the conversations press; the fields are heard and do nothing.
IN_MESSAGES = {"summaries.save", "summaries.weekday", "summaries.wall", "summaries.zone"}
WRONG: list[dict[str, Any]] = [
    {"weekday": ("selected_option", {"value": "7"})}, {"weekday": ""}, {"wall": ("selected_time", "25:00")}, {"wall": ""},
    {"zone": ("selected_option", {"value": "Mars/Olympus"})}, {"zone": ("selected_option", {"value": "../etc/passwd"})},
    {"wall": ("selected_time", "\x00")}, {"wall": ("selected_time", "09:30+05:00")},
]  # fmt: skip
OWN = [name for name, done in DONE.items() if not done.is_anybodys]


def test_all_of_them_are_here(bot: Bot) -> None:
    routes = bot.good_turn.routes
    heard = {name for name in {**routes.buttons, **routes.forms} if name.startswith("summaries.")}
    assert set(DONE) | IN_MESSAGES == heard


@pytest.mark.parametrize("what", DONE)
def test_what_comes_again_is_answered_again_and_changes_nothing(bot: Bot, now: MovableClock, what: str) -> None:
    done = DONE[what]
    again: Callable[[Bot], Signed] = lambda _: done.by(ANA, what, done.about)  # noqa: E731
    comes_again_and_changes_nothing(bot, now, done.before, again, done.answer, done.changes)


@pytest.mark.parametrize("kind", ["channel_shared", "channel_unshared"])
def test_that_a_channel_is_shared_is_heard_once_and_of_others_nothing_changes(
    bot: Bot, now: MovableClock, kind: str
) -> None:
    def shared(_: Bot, channel: str = PLACE) -> Signed:
        return event("", kind, channel=channel, connected_team_id="T0ELSEWHERE", is_ext_shared=False)

    before: tuple[Step, ...] = (invited,) if kind == "channel_shared" else (invited, _shared_before)
    comes_again_and_changes_nothing(bot, now, before, shared, "", changes=True)
    stood = {**rows(bot.database), "inbox": []}
    for other in ("C0NOBODYS", "", "x" * 2000):
        assert bot.takes(shared(bot, other)).status == 200
    assert {**rows(bot.database), "inbox": []} == stood


def _shared_before(_: Bot) -> Signed:
    return event("", "channel_shared", channel=PLACE, connected_team_id="T0ELSEWHERE")


@pytest.mark.parametrize("what", OWN)
def test_nobody_does_it_for_somebody_else_or_to_what_is_nobodys(bot: Bot, now: MovableClock, what: str) -> None:
    done = DONE[what]
    for step in done.before:
        bot.takes(step(bot))
        now.move(seconds=1)
    bot.takes(command(BO, "", "/network"))
    bot.takes(command(CY, "", "/network"))
    stood = rows(bot.database)
    requests = [done.by(who, what, done.about) for who in (STRANGER, BO, CY)]
    for request in [*requests, *(done.by(ANA, what, value) for value in ("nothing", "x" * 2000, "' OR 1=1 --"))]:
        status, said = bot.tells(request)
        assert status == 200
        assert NOT_OPEN in said, request.body
        assert rows(bot.database) == stood, request.body


@pytest.mark.parametrize("what", ["summaries.chosen", "summaries.stop", "summaries.pause"])
def test_an_admin_may(bot: Bot, what: str) -> None:
    make_admin(bot)
    bot.takes(invited(bot))
    status, said = bot.tells(DONE[what].by(ADMIN, what, PLACE))
    assert status == 200
    assert DONE[what].answer in said


@pytest.mark.parametrize("wrong", WRONG, ids=str)
def test_what_no_form_of_ours_would_hold_changes_nothing(bot: Bot, wrong: dict[str, Any]) -> None:
    bot.takes(invited(bot))
    stood = rows(bot.database)
    assert bot.takes(form(ANA, "summaries.chosen", PLACE, **{**CHOSEN, **wrong})).status == 200
    assert rows(bot.database) == stood
