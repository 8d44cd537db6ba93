"""How requests are told from each other, also where Slack leaves out what names them best."""

from tests.promises.conftest import PEOPLE
from tests.promises.deliveries import Bot, emoji, event, form, press, without
from tests.promises.test_redelivered import column
from tests.promises.troubles import kept_draft

ANA, BO = PEOPLE[0], PEOPLE[1]


def test_a_press_without_a_trigger_is_named_by_its_place_its_time_and_its_member(bot: Bot) -> None:
    pressed = without(press(ANA, "acts.again", kept_draft(bot, "the RFP")), "trigger_id")
    assert [bot.takes(pressed).status for _ in range(2)] == [200, 200]
    (key,) = column(bot, "inbox", "key")
    assert key.startswith("action:")
    assert ANA not in key, "keys hold only our own ids"
    assert column(bot, "acts", "words") == ["the RFP"]


def test_events_without_an_id_are_told_apart_by_their_time_and_their_member(bot: Bot) -> None:
    told = [event(who, "message", channel="D1", channel_type="im", text="help", event_ts=at)
            for who, at in ((ANA, "1.1"), (ANA, "1.2"), (BO, "1.1"), (ANA, "1.1"))]  # fmt: skip
    for request in told:
        assert bot.takes(without(request, "event_id")).status == 200
    assert len(column(bot, "outbox", "id", "kind = 'help'")) == 3


def test_two_forms_and_two_events_are_two(bot: Bot) -> None:
    for number in range(2):
        bot.takes(emoji(ANA, BO, f"{number}.1", "1772463600.000100"))
        bot.takes(form(ANA, "network.paused", "", day=("selected_date", f"2026-03-1{number}")))
    assert len([one for one in column(bot, "inbox", "key") if one.startswith("event:")]) == 2
    assert len([one for one in column(bot, "inbox", "key") if one.startswith("form:")]) == 2


def test_a_form_that_was_mistaken_is_heard_when_it_is_put_right(bot: Bot) -> None:
    """Slack gives a form that stays open the same id and the same hash."""
    filled = {"outsiders": "", "kind": ("selected_option", {"value": "advice"}), "words": "the RFP"}
    right = form(ANA, "acts.recorded", kept_draft(bot, "the RFP"), people=[BO], **filled)
    wrong = form(ANA, "acts.recorded", kept_draft(bot, "the RFP"), people=[ANA], **filled)
    said = bot.tells(wrong)[1]
    assert "Good turns are for other people" in said
    assert column(bot, "inbox", "key") == []
    assert "Recorded for" in bot.tells(right)[1]
