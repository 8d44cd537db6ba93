"""Each thing that can be done about introductions: delivered again, done by others, and with values that are nobody's."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

import pytest
from sqlalchemy import text

from bot import introductions
from storage import introductions as stored
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
    newest,
    rows,
)


def draft(bot: Bot) -> str:
    return newest(bot, "drafts", "id")


def introduction(bot: Bot) -> str:
    return newest(bot, "introductions", "id")


def side(bot: Bot, number: int = 1) -> str:
    """Returns one side of the newest introduction: Bo's is the first, Cy's the second."""
    question = "SELECT id FROM introduction_sides WHERE team_id = :t AND introduction_id = :i AND number = :n"
    with bot.database.reading() as session:
        found = session.connection().execute(text(question), {"t": TEAM, "i": introduction(bot), "n": number})
        return str(found.scalar_one())


def intro(_: Bot) -> Signed:
    return command(ANA, f"<@{BO}> <@{CY}> you both sail", "/intro")


def ask(bot: Bot) -> Signed:
    return press(ANA, "introductions.ask", draft(bot))


def answers(action_id: str, number: int = 1) -> Step:
    return lambda bot: press((BO, CY)[number - 1], action_id, side(bot, number))


def a_week_later(bot: Bot) -> Signed:
    """Has a week pass for the newest introduction; Ana looks at Home."""
    with bot.database.transaction() as session:
        standing = stored.find(session, TEAM, introduction(bot))
        assert standing is not None
        if standing.introduction.state == "opening":
            standing = introductions.take(session, standing, "the chat is open", introductions.CLOCK, bot.clock())
        introductions.take(session, standing, "a week has passed", introductions.CLOCK, bot.clock())
    return event(ANA, "app_home_opened", tab="home")


def rests(_: Bot) -> Signed:
    return form(BO, "introductions.chosen", "", **{**WANTS, "day": ("selected_date", "2026-04-01")})


WANTS: dict[str, Any] = {"a_month": "3", "day": "", "unwanted": [CY]}
FILLED: dict[str, Any] = {
    "person_1": ("selected_user", BO), "person_2": ("selected_user", CY), "person_3": "", "outsider": "",
    "line_1": "Cy sails.", "line_2": "Bo sails.", "line_3": "", "business": ("selected_options", [{"value": "business"}]),
}  # fmt: skip
ASKED: tuple[Step, ...] = (intro, ask)
NOT_NOW: tuple[Step, ...] = (*ASKED, answers("introductions.not_now"))
CHAT: tuple[Step, ...] = (*ASKED, answers("introductions.yes"), answers("introductions.yes", 2))
WEEK: tuple[Step, ...] = (*CHAT, a_week_later)
LED: tuple[Step, ...] = (*WEEK, answers("meetings.said.3"))
KEPT: tuple[Step, ...] = (rests, intro, lambda bot: press(ANA, "introductions.keep", draft(bot)))
DAY = {"day": ("selected_date", "2026-03-06")}


@dataclass(frozen=True)
class Done:
    """What `who` does after what came `before`, to the thing `about` which it is, and a word of the answer."""

    before: tuple[Step, ...]
    who: str
    answer: str
    about: Callable[[Bot], str] | None = None
    filled: dict[str, Any] | None = None
    picked: str = ""
    changes: bool = True  # or it only shows something
    others: tuple[str, ...] = (BO, CY, ANA)  # of those in it, who may not do it for `who`

    def by(self, who: str, name: str, about: str) -> Signed:
        """Returns the request, whoever makes it."""
        if self.filled is not None:
            return form(who, name, about, **self.filled)
        return press(who, name, about, picked=self.picked)


# By the listener's name; what stands behind a colon tells two of one listener apart.
DONE: dict[str, Done] = {
    "introductions.open": Done((intro,), ANA, "The form did not open", draft),
    "introductions.open: from Home": Done((), ANA, "The form did not open"),
    "introductions.drafted": Done((intro,), ANA, "What they will read", draft, FILLED),
    "introductions.approved": Done((intro,), ANA, "are being asked", draft, {}),
    "introductions.ask": Done((intro,), ANA, "are being asked", draft),
    "introductions.again": Done((*CHAT, intro, ask), ANA, "are being asked", draft),
    "introductions.text": Done((intro,), ANA, "A text for you to send", draft),
    "introductions.leave": Done((intro,), ANA, "Nobody was asked.", changes=False),
    "introductions.keep": Done((rests, intro), ANA, "I will remind you on Wed 1 Apr", draft),
    "introductions.reopen": Done(KEPT, ANA, "The form did not open", introduction),
    "introductions.withdraw": Done(ASKED, ANA, "Nobody is asked any more.", introduction),
    "introductions.settings": Done((), BO, "The form did not open", changes=False),
    "introductions.chosen": Done((), BO, "It holds from now on.", filled=WANTS),
    "introductions.look": Done(ASKED, BO, "The form did not open", side, changes=False),
    "introductions.yes": Done(ASKED, BO, "If U003 says yes too", side),
    "introductions.yes: the last": Done((*ASKED, answers("introductions.yes", 2)), BO, "You both said yes.", side),
    "introductions.not_now": Done(ASKED, BO, "When may I ask once more", side),
    "introductions.no": Done(ASKED, BO, "Nobody is told your answer", side),
    "introductions.change": Done(NOT_NOW, BO, "would like to introduce you to", side),
    "introductions.again_in": Done(NOT_NOW, BO, "I ask you once more on Thu 5 Mar", side, picked="3"),
    "introductions.again_in: a day": Done(NOT_NOW, BO, "The form did not open", side, picked="pick", changes=False),
    "introductions.again_on": Done(NOT_NOW, BO, "I ask you once more on Fri 6 Mar", side, DAY),
    "introductions.more": Done(ASKED, BO, "Nobody is told your answer", side, picked="unwanted"),
    "introductions.more: none": Done(ASKED, BO, "Nobody is told your answer", side, picked="none"),
    "introductions.more: a day": Done(ASKED, BO, "The form did not open", side, picked="rest", changes=False),
    "introductions.resting": Done(ASKED, BO, "Nobody is told your answer", side, DAY),
    "introductions.written": Done(CHAT, BO, "Thank you.", introduction, others=()),
    "meetings.said.0": Done(WEEK, BO, "met. Good to hear.", side),
    "meetings.said.1": Done(WEEK, BO, "Scheduled, good to hear.", side),
    "meetings.said.2": Done(WEEK, BO, "Not yet, and that is fine.", side),
    "meetings.said.3": Done(WEEK, BO, "That is good news.", side),
    "meetings.change": Done(LED, BO, "One tap is enough.", side),
    "meetings.word": Done(LED, BO, "The form did not open", side, changes=False),
    "meetings.words": Done(LED, BO, "We bid for the library", side, {"words": "We bid for the library"}),
    "meetings.look": Done(WEEK, BO, "The form did not open", side, changes=False),
}  # fmt: skip
TYPED = {
    "/intro @bo @cy why": (intro, "What U002 and U003 will read"),
    "/intro": (lambda _: command(ANA, "", "/intro"), "The form did"),
}
NOBODYS = ("nothing", "x" * 2000, "' OR 1=1 --")
DAYS = [{"day": day} for day in ("", "soon", ("selected_date", "2026-02-01"), "0001-01-01", "9999-12-31", "\x00")]
ENTRIES = ["soon", "0", "-3", "\u0663", "9" * 5000, "\x00"]
WRONG: dict[str, list[Any]] = {
    "introductions.drafted": [
        {"person_2": ("selected_user", BO)}, {"person_2": ""}, {"person_1": ("selected_user", ANA)},
        {"outsider": "Jane Doe, Joe Doe"}, {"line_1": ""}, {"line_2": "x" * 301},
    ],
    "introductions.chosen": [{"a_month": text} for text in ("", "many", "-1", "31", "\u0663", "9" * 5000, "\x00")] + DAYS[2:5],
    "introductions.again_in": ENTRIES,
    "introductions.again_on": DAYS,
    "introductions.more": ENTRIES,
    "introductions.resting": DAYS,
}  # fmt: skip
OWN = [name for name, done in DONE.items() if done.about is not None]


def test_all_of_them_are_here(bot: Bot) -> None:
    routes = bot.good_turn.routes
    heard = {name for name in {**routes.buttons, **routes.forms} if name.startswith(("introductions.", "meetings."))}
    assert {name.partition(":")[0] for name in DONE} == heard


@pytest.mark.parametrize("what", DONE)
def test_what_comes_again_is_answered_again_and_changes_nothing(bot: Bot, now: MovableClock, what: str) -> None:
    done = DONE[what]
    comes_again_and_changes_nothing(
        bot, now, done.before, lambda bot: _by(bot, done.who, what), done.answer, done.changes
    )


@pytest.mark.parametrize("what", TYPED)
def test_a_command_that_comes_again_is_answered_again(bot: Bot, now: MovableClock, what: str) -> None:
    comes_again_and_changes_nothing(bot, now, (), *TYPED[what], changes=True)


@pytest.mark.parametrize("what", OWN)
def test_nobody_does_it_for_somebody_else_or_to_what_is_nobodys(bot: Bot, now: MovableClock, what: str) -> None:
    done = DONE[what]
    make_admin(bot)
    _come_to(bot, now, done.before)
    stood = rows(bot.database)
    by_others = [_by(bot, who, what) for who in {STRANGER, ADMIN, *done.others} - {done.who}]
    for request in [*by_others, *(done.by(done.who, what.partition(":")[0], value) for value in NOBODYS)]:
        status, said = bot.tells(request)
        assert status == 200
        assert NOT_OPEN in said, request.body
        assert rows(bot.database) == stood, request.body


@pytest.mark.parametrize("what", WRONG)
def test_what_no_form_of_ours_would_hold_changes_nothing(bot: Bot, now: MovableClock, what: str) -> None:
    done = DONE[what]
    _come_to(bot, now, done.before)
    stood = rows(bot.database)
    for wrong in WRONG[what]:
        twisted = (
            replace(done, picked=wrong)
            if isinstance(wrong, str)
            else replace(done, filled={**(done.filled or {}), **wrong})
        )
        assert bot.takes(twisted.by(done.who, what, done.about(bot) if done.about else "")).status == 200, wrong
        assert {**rows(bot.database), "drafts": []} == {**stood, "drafts": []}, (
            wrong
        )  # what was said is kept, and given back


def _by(bot: Bot, who: str, what: str) -> Signed:
    done = DONE[what]
    return done.by(who, what.partition(":")[0], done.about(bot) if done.about else "")


def _come_to(bot: Bot, now: MovableClock, before: tuple[Step, ...]) -> None:
    for step in before:
        bot.takes(step(bot))
        now.move(seconds=1)
