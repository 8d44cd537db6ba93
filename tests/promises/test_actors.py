"""Who acts from another workspace, by Slack Connect or Enterprise Grid: nothing is recorded, and nothing is shown to them."""

import json
from typing import Any

import pytest

from handlers.people import profile_of
from storage import members
from tests.promises.deliveries import TEAM, Bot, Signed, command, emoji, event, form, press
from tests.promises.listeners import ANA, BO, NOT_OPEN, newest, rows
from tests.promises.test_every_listener import STATEMENT

GUEST = "U777"  # nobody has heard of them yet
CONNECTED = {"is_ext_shared_channel": True}
ON_GRID = {"enterprise_user": {"id": "W1", "enterprise_id": "E9", "teams": ["T9"]}}


def changed(request: Signed, body: dict[str, Any], **inner: Any) -> Signed:
    """Returns a request with other fields, and other fields in its user or event."""
    if request.body.startswith("{"):
        told = json.loads(request.body)
        return Signed(json.dumps(told | body | {"event": told["event"] | inner}), request.kind)
    return request.with_payload(lambda payload: payload | body | {"user": payload["user"] | inner})


def presses(bot: Bot, who: str) -> list[Signed]:
    """Are presses and forms, as they come from a channel shared with another company."""
    root = newest(bot, "acts", "root_id")
    gives = {**STATEMENT, "people": [ANA]}
    made = [press(who, "acts.thank", root, where="posted"), press(who, "acts.open", ""), press(who, "home.open", ""),
            press(who, "exports.mine", ""), form(who, "acts.recorded", "", **gives)]  # fmt: skip
    return [changed(one, {}, team_id="T9") for one in made]


def emojis(who: str) -> list[Signed]:
    """Are emoji of somebody whose workspace is another one, or is not said."""
    put = [emoji(who, ANA, f"{number}.1", f"177246360{number}.0001") for number in range(4)]
    inner: list[dict[str, str]] = [{}, {"user_team": "T9"}, {"user_team": "E9"}, {"team": "T9"}]
    return [changed(one, CONNECTED, **fields) for one, fields in zip(put, inner, strict=True)]


def test_who_is_of_another_workspace_and_nobody_can_say_more_does_nothing(bot: Bot) -> None:
    bot.takes(command(ANA, f"<@{BO}> the RFP"))
    stood = rows(bot.database)
    for request in presses(bot, GUEST):
        status, said = bot.tells(request)
        assert (status, NOT_OPEN in said) == (200, True), request.body
        assert "RFP" not in said
        assert rows(bot.database) == stood
    for request in emojis(GUEST):
        assert bot.tells(request) == (200, "")
        assert rows(bot.database) == stood


@pytest.mark.parametrize("user", [{"team_id": "T9"}, {"team_id": "T9", **ON_GRID}, {"is_stranger": True}])
def test_who_is_of_another_workspace_as_slack_says_does_nothing(bot: Bot, user: dict[str, Any]) -> None:
    bot.takes(command(ANA, f"<@{BO}> the RFP"))
    known(bot, user)
    stood = rows(bot.database)
    for request in [*presses(bot, GUEST), *emojis(GUEST)]:
        assert bot.takes(request).status == 200
        assert rows(bot.database) == stood, request.body


def test_who_is_of_the_same_organization_and_of_this_workspace_is_a_member(bot: Bot) -> None:
    known(bot, {"team_id": "T9", "enterprise_user": {"id": "W1", "enterprise_id": "E1", "teams": [TEAM, "T9"]}})
    stood = rows(bot.database)
    assert bot.takes(emojis(GUEST)[1]).status == 200
    assert len(rows(bot.database)["acts"]) == len(stood["acts"]) + 1
    assert "The form did not open" in bot.tells(presses(bot, GUEST)[1])[1]


def test_our_own_member_in_a_channel_shared_with_others_is_heard(bot: Bot) -> None:
    bot.takes(command(ANA, f"<@{BO}> the RFP"))
    before = len(rows(bot.database)["acts"])
    for request in emojis(BO)[:1]:  # whose workspace is not said
        assert bot.takes(request).status == 200
    assert len(rows(bot.database)["acts"]) == before + 1


def test_a_word_of_theirs_to_the_bot_is_not_answered(bot: Bot) -> None:
    written = event(GUEST, "message", channel_type="im", text="help")
    stood = rows(bot.database)
    for inner in ({"user_team": "T9"}, {"user_team": "E9"}):
        assert bot.tells(changed(written, CONNECTED, **inner)) == (200, "")
    assert rows(bot.database) == stood


def known(bot: Bot, user: dict[str, Any]) -> None:
    """Lets the bot know today what Slack says of the guest."""
    with bot.database.transaction() as session:
        members.meet(session, TEAM, [GUEST], bot.clock(), profiles={GUEST: profile_of({"name": "gus", **user}, TEAM)})
    bot.good_turn.desk.directory.remember(TEAM, [GUEST], bot.clock())
