"""Events that come in another order than they happened."""

import pytest

from storage import members
from tests.promises.conftest import PEOPLE
from tests.promises.deliveries import TEAM, Bot, Signed, emoji, event
from tests.promises.test_redelivered import column

ANA, BO, CY = PEOPLE[:3]
SECOND = 1772463600


def _put(at: int, slack_id: str = ANA, message: str = "1.1") -> Signed:
    return emoji(slack_id, BO, message, f"{SECOND}.{at:06}")


def _off(at: int) -> Signed:
    return emoji(ANA, BO, "1.1", f"{SECOND}.{at:06}", off=True)


def _standing(bot: Bot) -> int:
    return len(column(bot, "acts", "id", "reverses IS NULL")) - len(column(bot, "acts", "id", "reverses IS NOT NULL"))


@pytest.mark.parametrize(
    ("told", "stands"),
    [
        ([_put(1)], 1),
        ([_put(1), _off(2)], 0),
        ([_off(2), _put(1)], 0),
        ([_off(2)], 0),
        ([_off(2), _put(3)], 1),  # put there anew, of which nothing was recorded before
        ([_put(3), _off(2)], 1),  # taken off before it was put there anew
        ([_put(3), _off(2), _put(1)], 1),
        ([_put(1), _off(2), _put(3)], 0),  # once for each message, whatever comes and goes
        ([_off(2), _put(1, BO)], 0),  # on one's own message
        ([_off(2), _put(1, CY)], 1),  # another's emoji
        ([_off(2), _put(1, message="1.2")], 1),  # another message
    ],
)
def test_an_emoji_stands_as_it_was_last(bot: Bot, told: list[Signed], stands: int) -> None:
    for request in told:
        assert bot.takes(request).status == 200
    assert _standing(bot) == stands


@pytest.mark.parametrize("named_at", [True, False])
def test_an_emoji_that_nobody_chose_is_not_noted(bot: Bot, named_at: bool) -> None:
    told = emoji(ANA, BO, "1.1", f"{SECOND}.000001" if named_at else "", name="wave")
    assert bot.takes(told).status == 200
    assert column(bot, "inbox", "key") == []


def test_an_emoji_of_which_slack_does_not_say_when_is_taken_as_of_now(bot: Bot) -> None:
    assert bot.takes(emoji(ANA, BO, "1.1", "")).status == 200
    assert _standing(bot) == 1


def _renamed(name: str, updated: int | None, slack_id: str = BO, **facts: object) -> Signed:
    user = {"id": slack_id, "tz": "UTC", "profile": {"display_name": name}, "updated": updated, **facts}
    return event(slack_id, "user_change", user=user)


def _name(bot: Bot, slack_id: str = BO) -> str:
    with bot.database.reading() as session:
        return members.known(session, TEAM, [slack_id])[slack_id].name


@pytest.mark.parametrize(
    ("told", "name"),
    [
        ([("New", 20)], "New"),
        ([("Old", 10), ("New", 20)], "New"),
        ([("New", 20), ("Old", 10)], "New"),
        ([("One", 20), ("Two", 20)], "Two"),  # within one second, they count as they come
        ([("Before", -60)], PEOPLE[1].title()),  # older than what Slack said when it was asked
        ([("Undated", None)], "Undated"),
    ],
)
def test_a_profile_is_kept_as_it_was_last(bot: Bot, told: list[tuple[str, int | None]], name: str) -> None:
    for new_name, after in told:
        updated = None if after is None else int(bot.clock().timestamp()) + after
        assert bot.takes(_renamed(new_name, updated)).status == 200
    assert _name(bot) == name


def test_somebody_who_came_back_is_not_gone_again_by_an_old_event(bot: Bot) -> None:
    began = int(bot.clock().timestamp())
    bot.takes(_renamed("Bo", began + 20))
    bot.takes(_renamed("Bo", began + 10, deleted=True))
    with bot.database.reading() as session:
        assert not members.known(session, TEAM, [BO])[BO].is_gone
    bot.takes(_renamed("Bo", began + 30, deleted=True))
    with bot.database.reading() as session:
        assert members.known(session, TEAM, [BO])[BO].is_gone


def test_somebody_unknown_stays_unknown(bot: Bot) -> None:
    bot.takes(_renamed("Zoe", 10, "UZOE"))
    with bot.database.reading() as session:
        assert members.known(session, TEAM, ["UZOE"]) == {}
