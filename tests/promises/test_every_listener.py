"""Each thing that a member can do, delivered again: the same kind of answer, and nothing changes."""

from typing import Any

import pytest
from sqlalchemy import text

from tests.conftest import MovableClock
from tests.promises.deliveries import TEAM, Bot, Signed, command, emoji, event, form, press, shortcut
from tests.promises.listeners import ANA, BO, CY, Step, comes_again_and_changes_nothing, make_admin, newest


def give(bot: Bot) -> Signed:
    return command(ANA, f"<@{BO}> the RFP")


def call(_: Bot) -> Signed:
    return command(ANA, "Jane Doe (Acme) tomorrow 3pm about the RFP", "/callback")


def pause(_: Bot) -> Signed:
    return command(ANA, "pause until friday", "/network")


def leave(_: Bot) -> Signed:
    return command(ANA, "leave", "/network")


def a_draft(bot: Bot) -> Signed:
    return command(ANA, "")


def _said(bot: Bot) -> str:
    return newest(bot, "acts", "said_id")


def _root(bot: Bot) -> str:
    return newest(bot, "acts", "root_id")


def _draft(bot: Bot) -> str:
    return newest(bot, "drafts", "id")


def _turn(bot: Bot, number: int = 0) -> str:
    """Returns the newest turn of a call, or the one of a number."""
    with bot.database.reading() as session:
        found = session.connection().execute(
            text("SELECT id FROM callback_turns WHERE team_id = :t AND :n IN (0, number) ORDER BY number DESC LIMIT 1"),
            {"t": TEAM, "n": number},
        )
        return str(found.scalar_one())


WORDS = {"kind": ("selected_option", {"value": "advice"}), "words": "how to price it"}
HOURS: dict[str, Any] = {
    "starts": ("selected_time", "10:00"), "ends": ("selected_time", "11:30"), "country": "Sweden",
    "days": ("selected_options", [{"value": "0"}, {"value": "1"}]),
}  # fmt: skip
STATEMENT = {"people": [CY], "outsiders": "", **WORDS}
THANKED: tuple[Step, ...] = (give, lambda bot: press(BO, "acts.thank", _root(bot), where="posted"))
WHEN = {"day": ("selected_date", "2026-03-05"), "time": ("selected_time", "15:00")}
CALL: dict[str, Any] = {
    "person": ("selected_user", BO), "outsiders": "", "about": "the survey", "note": "", "every": ("value", ""), **WHEN
}  # fmt: skip
MOVED: tuple[Step, ...] = (call, lambda bot: press(ANA, "callbacks.tomorrow", _turn(bot)))
RETURNED: tuple[Step, ...] = (call, lambda bot: press(ANA, "callbacks.called_back", _turn(bot)))
CALLS: dict[str, tuple[tuple[Step, ...], Step, str]] = {
    "call": ((), call, "Call Jane Doe (Acme): Tue 3 Mar, 3:00 PM UTC, about the RFP"),
    "call without a time": ((), lambda _: command(ANA, f"<@{BO}>", "/callback"), "When should I remind you"),
    "call by form": ((), lambda _: form(ANA, "callbacks.noted", "", **CALL), "Thu 5 Mar, 3:00 PM UTC"),
    "change a call": ((call,), lambda bot: form(ANA, "callbacks.changed", _turn(bot), **CALL), "about the survey"),
    "called back": ((call,), lambda bot: press(ANA, "callbacks.called_back", _turn(bot)), "Called back: Jane Doe (Acme)"),
    "tomorrow": ((call,), lambda bot: press(ANA, "callbacks.tomorrow", _turn(bot)), "Moved to Tue 3 Mar"),
    "another time": ((call,), lambda bot: form(ANA, "callbacks.moved", _turn(bot), **WHEN), "Moved to Thu 5 Mar"),
    "drop": ((call,), lambda bot: press(ANA, "callbacks.drop", _turn(bot)), "Dropped"),
    "undo a call": ((call,), lambda bot: press(ANA, "callbacks.take_back", _turn(bot)), "It is off your list."),
    "undo a move": (MOVED, lambda bot: press(ANA, "callbacks.undo", _turn(bot, 1)), "Call Jane Doe (Acme): Tue 3 Mar"),
    "undo a return": (RETURNED, lambda bot: press(ANA, "callbacks.undo", _turn(bot, 1)), "Call Jane Doe (Acme): Tue 3 Mar"),
}  # fmt: skip
# What is done, what came before it, and a word of the answer.
DONE: dict[str, tuple[tuple[Step, ...], Step, str]] = {
    "give": ((), give, "Recorded for"),
    "thanks": ((), lambda _: command(ANA, f"<@{BO}> the survey", "/thanks"), "Your thanks to"),
    "give alone": ((), a_draft, "The form did not open"),
    "a mistake": ((), lambda _: command(ANA, f"<@{ANA}> myself"), "Good turns are for other people"),
    "words and nobody": ((), lambda _: command(ANA, "the RFP"), "Who did you help?"),
    "the menu": ((), lambda _: shortcut(ANA, "the plan", BO), "The form did not open"),
    "the form": ((a_draft,), lambda bot: form(ANA, "acts.recorded", _draft(bot), **STATEMENT), "Recorded for U003"),
    "again": ((give, give), lambda bot: press(ANA, "acts.again", _draft(bot)), "Recorded for"),
    "edit": ((give,), lambda bot: form(ANA, "acts.edited", _said(bot), **STATEMENT), "Recorded for U003"),
    "the kind": ((give,), lambda bot: press(ANA, "acts.kind", _said(bot), picked="advice"), "ideas and advice"),
    "undo": ((give,), lambda bot: press(ANA, "acts.undo", _said(bot)), "Undone. It counts nowhere. U002 was not told."),
    "share": (
        (lambda _: command(ANA, "Jane Doe (Acme) a tour"),),
        lambda bot: form(ANA, "acts.shared", _said(bot), channel=("selected_conversation", "C9")),
        "Recorded for Jane Doe",
    ),
    "thank": ((give,), lambda bot: press(BO, "acts.thank", _root(bot), where="posted"), ""),
    "thank on Home": ((give,), lambda bot: press(BO, "acts.thank", _root(bot), where="home"), ""),
    "take thanks back": (THANKED, lambda bot: press(BO, "acts.unthank", _root(bot), where="posted"), ""),
    "a word": (THANKED, lambda bot: form(BO, "acts.word_added", _root(bot), words="It won us the bid"), "clear"),
    "fix": ((give,), lambda bot: form(BO, "acts.fixed", _root(bot), helper=("selected_user", ANA), **WORDS), "clear"),
    "another helped": (
        (give,), lambda bot: form(BO, "acts.fixed", _root(bot), helper=("selected_user", CY), **WORDS), "clear"
    ),
    "remove": ((give,), lambda bot: press(BO, "acts.remove", _root(bot), where="posted"), ""),
    "keep private": ((give,), lambda bot: press(BO, "acts.private", _root(bot), where="posted"), ""),
    "the emoji": ((), lambda _: emoji(ANA, BO, "1.1", "1772463600.000100"), ""),
    "the emoji off": (
        (lambda _: emoji(ANA, BO, "1.1", "1772463600.000100"),),
        lambda _: emoji(ANA, BO, "1.1", "1772463600.000200", off=True),
        "",
    ),
    **CALLS,
    "pause": ((), pause, "Paused until"),
    "pause by form": ((), lambda _: form(ANA, "network.paused", "", day=("selected_date", "2026-03-06")), "Paused until"),
    "end the pause": ((pause,), lambda _: press(ANA, "network.resume", ""), "The pause is over."),
    "leave": ((), leave, "You have left"),
    "come back": ((leave,), lambda _: press(ANA, "network.come_back", ""), "Welcome back."),
    "hours": ((), lambda _: form(ANA, "hours.chosen", "", **HOURS), "You work Mon and Tue, 10:00 AM to 11:30 AM, UTC"),
    "settings": ((), lambda _: form("UADMIN", "home.workspace_chosen", "", emoji="tada", acts_a_day="7",
        introductions_a_month="4", admins=[BO]), "Saved."),
    "Home": ((), lambda _: event(ANA, "app_home_opened", tab="home"), ""),
    "a word to the bot": ((), lambda _: event(ANA, "message", channel_type="im", text="help"), ""),
    "somebody gone": ((give,), lambda _: _gone(BO), ""),
}  # fmt: skip


def _gone(slack_id: str) -> Signed:
    user = {"id": slack_id, "deleted": True, "updated": 1772463700, "tz": "UTC", "profile": {}}
    return event(slack_id, "user_change", user=user)


@pytest.mark.parametrize("what", DONE)
def test_what_comes_again_is_answered_again_and_changes_nothing(bot: Bot, now: MovableClock, what: str) -> None:
    make_admin(bot)
    comes_again_and_changes_nothing(bot, now, *DONE[what], changes=True)
