"""Sharing news: delivered again, by people who may not, and with values that are nobody's."""

import pytest

from bot import feeds
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

SENT = "Shared with"


def helped(_: Bot) -> Signed:
    """Ana has helped Bo."""
    return command(ANA, f"<@{BO}> the airport RFP", "/give")


def thanked(bot: Bot) -> Signed:
    """Bo agrees."""
    return press(BO, "acts.thank", newest(bot, "acts", "root_id"))


def added(_: Bot) -> Signed:
    """An admin has added a feed."""
    return form(ADMIN, "feeds.added", "", address="https://example.org/feed", topics="")


READY: tuple[Step, ...] = (helped, thanked, added)


def about(bot: Bot, whom: str = BO) -> str:
    """Returns what the form about news for somebody keeps; the feed is read now where it was not yet."""
    now = bot.clock()
    with bot.database.transaction() as session:
        for feed in stored.due(session, TEAM, now):
            claimed = feeds.claim(session, feed, now)
            assert claimed is not None
            found = Found("k", "Mass timber code guide", published_at=now)
            feeds.keep(session, claimed, Parsed("feed", "SMPS", [found]), None, None, now)
        (other,) = members.meet(session, TEAM, [whom], now)
    return f"{newest(bot, 'items', 'id')}:{other.id}"


def send(bot: Bot, who: str = ANA, whom: str = BO) -> Signed:
    """Sends them."""
    return form(who, "shares.sent", about(bot, whom), line="Page 3.")


def get_ready(bot: Bot) -> None:
    """Has all of it happen."""
    make_admin(bot)
    for step in READY:
        bot.takes(step(bot))


def test_all_of_them_are_here(bot: Bot) -> None:
    assert {name for name in bot.good_turn.routes.forms if name.startswith("shares.")} == {"shares.sent"}


def test_what_comes_again_is_answered_again_and_changes_nothing(bot: Bot, now: MovableClock) -> None:
    make_admin(bot)
    comes_again_and_changes_nothing(bot, now, READY, send, SENT, changes=True)


@pytest.mark.parametrize("who", [STRANGER, ADMIN, BO, CY])
def test_who_has_no_tie_sends_nothing(bot: Bot, who: str) -> None:
    get_ready(bot)
    bot.takes(command(who, "", "/network"))
    request = send(bot, who)
    stood = rows(bot.database)
    status, said = bot.tells(request)
    assert status == 200
    assert NOT_OPEN in said or "takes no news" in said
    assert {**rows(bot.database), "drafts": []} == {**stood, "drafts": []}


@pytest.mark.parametrize("value", ["", "nothing", "nothing:nobody", ":", "x" * 2000, "' OR 1=1 --", "\x00"])
def test_what_is_nobodys_is_no_longer_open(bot: Bot, value: str) -> None:
    get_ready(bot)
    stood = rows(bot.database)
    status, said = bot.tells(form(ANA, "shares.sent", value, line=""))
    assert status == 200
    assert NOT_OPEN in said
    assert rows(bot.database) == stood
