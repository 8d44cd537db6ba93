"""Input that cannot be recorded: each gets a clear private sentence, nothing is recorded, and no words are lost."""

import time
from datetime import timedelta

import pytest
from sqlalchemy import event

from app import GoodTurn
from tests.conversation import Person, World

NOTHING = "Nothing was recorded."


@pytest.mark.parametrize(
    ("typed", "answer"),
    [
        ("/give the airport RFP went out", "Who did you help?"),
        ("/give @bob", "What happened?"),
        ("/give @rajesh the airport RFP", 'I cannot tell who "@rajesh" is.'),
        ("/give @alice myself", "Good turns are for other people."),
        ("/give @builder the build", "Builder is an app."),
        ("/give @gus a lead", "Gus is no longer in this workspace."),
        ("/give @stella a plan", "Stella is from another workspace"),
        ("/give <!channel> free lunch", '"@channel" is not one person.'),
        ("/give <!here> free lunch", '"@here" is not one person.'),
        ("/give @bob " + "x" * 4000, "500 fit."),
        ("/thanks the RFP", "Who helped you?"),
        ("/thanks @alice for me", "Good turns are for other people."),
    ],
)
def test_a_mistake_is_a_next_step(alice: Person, bob: Person, typed: str, answer: str) -> None:
    alice.types(typed)
    said = alice.from_the_bot()[-1]
    assert said["ephemeral"]
    alice.sees(answer, NOTHING)
    assert bob.from_the_bot() == []


def test_eleven_people_are_one_too_many(alice: Person, world: World) -> None:
    for number in range(11):
        world.ask(
            "manage",
            {"do": "person", "id": f"UX{number}", "name": f"x{number}", "real_name": f"X{number}", "tz": "UTC"},
        )
    alice.acts("say", channel="C1AUSTIN", text="/give " + " ".join(f"<@UX{n}>" for n in range(11)) + " a tour")
    alice.sees("That is 11 people; 10 fit in one.", NOTHING)
    alice.clicks("Open the form")
    assert "a tour" in str(alice.form())


def test_the_words_come_back_in_the_form(alice: Person, bob: Person) -> None:
    alice.types("/give @rajesh the airport RFP went out today")
    alice.clicks("Pick a person")
    assert "the airport RFP went out today" in str(alice.form())
    alice.fills("Who did you help?", ["bob"]).submits()
    bob.sees("the airport RFP went out today")


def test_a_name_that_is_not_in_slack_can_be_kept_as_a_contact(alice: Person) -> None:
    alice.types("/give @rajesh the airport RFP went out today")
    alice.clicks("Not in Slack")
    alice.submits()
    alice.sees("Recorded for Rajesh")


def test_somebody_gone_can_be_kept_as_a_contact(alice: Person) -> None:
    alice.types("/give @gus the airport RFP went out today")
    alice.clicks("Keep as a contact")
    alice.submits()
    alice.sees("Recorded for Gus")


def test_who_gave_to_themselves_is_led_to_thanks(alice: Person, bob: Person) -> None:
    alice.types("/give @alice the airport RFP went out today")
    alice.clicks("Thank someone")
    alice.fills("Who helped you?", ["bob"]).submits()
    bob.sees("Alice thanks you")


def test_text_without_a_name_opens_the_form_filled_in(alice: Person) -> None:
    alice.types("/give the airport RFP went out today")
    assert "the airport RFP went out today" in str(alice.form())


def test_an_empty_form_says_under_the_field_what_is_missing(alice: Person) -> None:
    alice.types("/give")
    alice.fills("What happened?", "a tour").submits()
    assert "Pick a person" in str(alice.form()["errors"])


@pytest.mark.parametrize(
    "text",
    [
        "🎉🎉🎉",
        "عملت معه على العرض",
        "<b>&amp;</b> \"quotes\" 'and' `ticks` *stars*",
        "see https://example.org/a?b=c&d=e",
        "a\nb\nc",
    ],
)
def test_strange_words_arrive_as_they_were_written(alice: Person, bob: Person, text: str) -> None:
    alice.types(f"/give @bob {text}")
    quoted = [block for block in bob.from_the_bot()[-1]["blocks"] if block["type"] == "rich_text"]
    assert quoted[0]["elements"][0]["elements"] == [{"type": "text", "text": text}]


def test_a_broadcast_in_the_words_pings_nobody(alice: Person, bob: Person) -> None:
    alice.types("/give @bob told <!channel> about the RFP")
    said = bob.from_the_bot()[-1]
    assert "<!channel>" not in str(said)
    assert "told @channel about the RFP" in str(said)


def test_a_guest_can_be_helped(alice: Person, kim: Person) -> None:
    alice.types("/give @kim a tour of the site")
    kim.sees("Alice recorded a good turn for you")


def test_a_clock_that_is_put_back_gives_a_request_no_more_time(
    alice: Person, bob: Person, bot: GoodTurn, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Elapsed:
        monotonic = staticmethod(lambda: time.monotonic() + 3)

    def take_long(*_: object) -> None:
        world.now.move(hours=-1)
        monkeypatch.setattr("handlers.requests.time", Elapsed)

    monkeypatch.setattr("handlers.requests.ANSWER_WITHIN", timedelta(seconds=2.5))
    event.listen(bot.database.engine, "before_cursor_execute", take_long, once=True)
    alice.types("/give @bob the airport RFP")
    alice.sees("could not save")
    assert bob.from_the_bot() == []
