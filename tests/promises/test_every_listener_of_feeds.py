"""Each thing that can be done about feeds and events: delivered again, done by others, and with values that are nobody's."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pytest

from bot import feeds, items
from bot.feeds import Parsed
from bot.items import Found
from storage import feeds as stored
from storage import members
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

FILLED: dict[str, Any] = {"address": "https://example.org/feed", "topics": "mass timber"}


def added(_: Bot) -> Signed:
    return form(ADMIN, "feeds.added", "", **FILLED)


def paused(bot: Bot) -> Signed:
    return press(ADMIN, "feeds.pause", feed_id(bot))


def going(bot: Bot) -> Signed:
    return press(ANA, "items.going", event_id(bot))


def feed_id(bot: Bot) -> str:
    return newest(bot, "feeds", "id")


def event_id(bot: Bot) -> str:
    """Returns the event that a calendar brought, which is read now where that was not yet."""
    now = bot.clock()
    with bot.database.transaction() as session:
        for feed in stored.due(session, TEAM, now):
            claimed = feeds.claim(session, feed, now)
            assert claimed is not None
            soon = now + timedelta(days=7)
            event = Found("k", "Spring meeting", starts_at=soon, ends_at=soon + timedelta(hours=1))
            feeds.keep(session, claimed, Parsed("calendar", "SMPS", [event]), None, None, now)
    return newest(bot, "items", "id")


@dataclass(frozen=True)
class Done:
    """What `who` does after what came `before`, to the thing `about` which it is, and a word of the answer."""

    before: tuple[Step, ...]
    who: str
    answer: str
    about: Callable[[Bot], str] | None = None
    filled: dict[str, Any] | None = None
    changes: bool = True

    def by(self, who: str, name: str, about: str) -> Signed:
        """Returns the request, whoever makes it."""
        return form(who, name, about, **self.filled) if self.filled is not None else press(who, name, about)


DONE: dict[str, Done] = {
    "feeds.open": Done((), ADMIN, "The form did not open", changes=False),
    "feeds.look": Done((added,), ADMIN, "Feeds and calendars", changes=False),
    "feeds.added": Done((), ADMIN, "Added.", filled=FILLED),
    "feeds.pause": Done((added,), ADMIN, "Feeds and calendars", feed_id),
    "feeds.resume": Done((added, paused), ADMIN, "Feeds and calendars", feed_id),
    "feeds.remove": Done((added,), ADMIN, "No feeds.", feed_id),
    "items.going": Done((added,), ANA, "You are going:", event_id),
    "items.meet": Done((added, going), ANA, "You would like to meet others there.", event_id),
    "items.stay": Done((added, going), ANA, "Taken back.", event_id),
}
LINKS = {"items.read"}
OF_ADMINS = [name for name in DONE if name.startswith("feeds.")]
WRONG: list[dict[str, Any]] = [
    {"address": ""}, {"address": "x" * 3_000}, {"address": "\x00"}, {"address": "http://example.org/"}, {"address": "https://[::1"},
    {"address": "https://example.org:99999/"}, {"address": "https://xn--\u2603.example/"}, {"address": "<!channel>"},
    {"address": "https://169.254.169.254/"}, {"topics": "x" * 201}, {"address": ["U1"]},
]  # fmt: skip


@pytest.fixture(autouse=True)
def an_admin(bot: Bot) -> None:
    make_admin(bot)


def test_all_of_them_are_here(bot: Bot) -> None:
    routes = bot.good_turn.routes
    heard = {name for name in {**routes.buttons, **routes.forms} if name.startswith(("feeds.", "items."))}
    assert set(DONE) | LINKS == heard


@pytest.mark.parametrize("what", DONE)
def test_what_comes_again_is_answered_again_and_changes_nothing(bot: Bot, now: MovableClock, what: str) -> None:
    done = DONE[what]
    comes_again_and_changes_nothing(
        bot, now, done.before, lambda bot: _by(bot, done.who, what), done.answer, done.changes
    )


@pytest.mark.parametrize("what", OF_ADMINS)
def test_nobody_but_admins_does_it(bot: Bot, now: MovableClock, what: str) -> None:
    done = DONE[what]
    for step in done.before:
        bot.takes(step(bot))
        now.move(seconds=1)
    for who in (ANA, BO, CY, STRANGER):
        bot.takes(command(who, "", "/network"))
    stood = rows(bot.database)
    for who in (ANA, BO, CY, STRANGER):
        status, said = bot.tells(_by(bot, who, what))
        assert status == 200
        assert NOT_OPEN in said
        assert rows(bot.database) == stood


@pytest.mark.parametrize("what", [name for name, done in DONE.items() if done.about])
def test_what_is_nobodys_is_no_longer_open(bot: Bot, what: str) -> None:
    for step in DONE[what].before:
        bot.takes(step(bot))
    bot.takes(command(DONE[what].who, "", "/network"))
    stood = rows(bot.database)
    for value in ("nothing", "x" * 2000, "' OR 1=1 --", ":"):
        assert NOT_OPEN in bot.tells(press(DONE[what].who, what, value))[1]
        assert rows(bot.database) == stood


def test_who_has_left_goes_nowhere(bot: Bot) -> None:
    bot.takes(added(bot))
    event = event_id(bot)
    bot.takes(command(ANA, "leave", "/network"))
    stood = rows(bot.database)
    assert "You have left" in bot.tells(press(ANA, "items.going", event))[1]
    assert rows(bot.database) == stood


@pytest.mark.parametrize("wrong", WRONG, ids=str)
def test_what_no_form_of_ours_would_hold_changes_nothing(bot: Bot, wrong: dict[str, Any]) -> None:
    bot.takes(command(ADMIN, "", "/network"))
    stood = rows(bot.database)
    assert bot.takes(form(ADMIN, "feeds.added", "", **{**FILLED, **wrong})).status == 200
    assert {**rows(bot.database), "drafts": []} == {**stood, "drafts": []}


def test_who_goes_is_read_by_nobody_else(bot: Bot) -> None:
    bot.takes(added(bot))
    event = event_id(bot)
    for who in (ANA, BO):
        bot.takes(press(who, "items.going", event))
        bot.takes(press(who, "items.meet", event))
    with bot.database.reading() as session:
        ana, cy = (members.known(session, TEAM, [one]).get(one) for one in (ANA, CY))
        assert ana is not None
        assert [one.slack_id for one in items.to_meet(session, ana, event)] == [BO]
        assert cy is None or items.to_meet(session, cy, event) == []


def _by(bot: Bot, who: str, what: str) -> Signed:
    done = DONE[what]
    return done.by(who, what, done.about(bot) if done.about else "")
