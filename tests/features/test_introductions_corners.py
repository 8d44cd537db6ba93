"""Introductions in their corners: what gives nothing away, what is asked twice, and what is typed otherwise than meant."""

import pytest
from sqlalchemy import text

from app import GoodTurn
from tests.conversation import Person, World, words
from tests.features.introducing import WHY, Until, ask, chats, choose


def count(bot: GoodTurn, question: str) -> int:
    """Asks the database."""
    with bot.database.engine.connect().execution_options(across_workspaces=True) as connection:
        return int(connection.execute(text(question)).scalar_one())


@pytest.mark.parametrize("is_unwanted", [False, True])
def test_the_cap_does_not_tell_whether_somebody_is_on_the_confidential_list(
    alice: Person, bob: Person, carol: Person, is_unwanted: bool
) -> None:
    choose(bob, most="1", **({"unwanted": ["carol"]} if is_unwanted else {}))
    ask(alice, "bob", "carol")
    alice.types(f"/intro @bob @dan {WHY}")
    alice.sees("Bob is at capacity for introductions")


@pytest.mark.parametrize("day", ["2026-03-01", "2026-03-02"])
def test_a_day_that_has_passed_is_no_day_to_be_asked_again(alice: Person, bob: Person, day: str) -> None:
    ask(alice, "bob", "carol")
    bob.clicks("Not now")
    bob.chooses("Pick a day")
    bob.fills("Ask me once more on", day).submits()
    assert bob.state()["modals"], "the form stays, with the mistake under its field"
    assert "passed" in words(bob.form())


def test_a_reason_that_is_too_long_is_not_cut(alice: Person) -> None:
    alice.types(f"/intro @bob @carol {'timber ' * 50}")
    alice.sees("300 fit.")


def test_a_guest_who_introduces_is_told_why_not(kim: Person) -> None:
    kim.types(f"/intro @bob @carol {WHY}")
    kim.does_not_see("This is no longer open.")


def test_a_guest_learns_it_before_the_form_and_home_offers_none(kim: Person, alice: Person) -> None:
    kim.opens_home()
    assert "Introductions." not in kim.text()
    kim.types("/intro")
    assert not kim.state()["modals"]
    kim.sees("Guests cannot introduce people here.", "record a good turn with /give")
    alice.opens_home()
    alice.sees("Introductions.")
    alice.types("/intro")
    assert alice.form()["title"]["text"] == "Introduce people"


def test_who_has_left_learns_it_before_the_form(alice: Person) -> None:
    alice.types("/network leave")
    alice.types("/intro")
    assert not alice.state()["modals"]
    alice.sees("You have left")


def test_who_changes_only_the_list_follows_the_workspace_as_before(
    alice: Person, bob: Person, dan: Person, bot: GoodTurn
) -> None:
    choose(bob, unwanted=["eve"])
    assert count(bot, "SELECT count(*) FROM members WHERE introductions_a_month IS NOT NULL") == 0


def test_a_name_that_cannot_be_read_does_not_cost_the_lines(alice: Person) -> None:
    alice.types("/intro")
    alice.fills("First person", "bob").fills("Or someone outside Slack", "Jane ((Acme")
    alice.fills("What the first person reads", "Jane sails.").fills("What the second person reads", "Bob sails.")
    alice.submits()
    assert alice.form()["title"]["text"] == "Introduce people", words(alice.form())


def test_a_reminder_of_a_draft_does_not_say_what_is_not_so(alice: Person, bob: Person, until: Until) -> None:
    choose(bob, rest="2026-04-01")
    alice.types(f"/intro @bob @carol {WHY}")
    alice.clicks("Remind me then")
    until(3, 20, 12, by=24)
    choose(bob, rest="2026-05-01")
    until(4, 1, 12, by=24)
    alice.does_not_see("there is room for it now")


def test_remind_me_then_pressed_twice_reminds_once(alice: Person, bob: Person, world: World, until: Until) -> None:
    choose(bob, rest="2026-03-10")
    alice.types(f"/intro @bob @carol {WHY}")
    draft_id = alice.button("Remind me then")["value"]
    for _ in range(2):
        assert world.forge("alice", "introductions.keep", draft_id)[0] == 200
    until(3, 11, 12)
    reminders = [one for one in alice.from_the_bot_by_dm() if "there is room for it now" in one["text"]]
    assert len(reminders) == 1


def test_a_pair_is_asked_again_within_a_year_only_when_the_connector_says_so_be_it_with_a_third(
    alice: Person, bob: Person, carol: Person, dan: Person, until: Until
) -> None:
    ask(alice, "bob", "carol")
    until(4, 20, 10, by=24)
    ask(alice, "bob", "carol", "dan")
    bob.does_not_see("introduce you to Carol and Dan")


def test_who_said_no_is_not_asked_again_by_taking_it_back_and_asking_anew(alice: Person, bob: Person) -> None:
    ask(alice, "bob", "carol")
    bob.clicks("No")
    alice.clicks("Take it back")
    ask(alice, "bob", "carol")
    asked = [one for one in bob.from_the_bot_by_dm() if "would like to introduce you" in one["text"]]
    assert asked == []


def test_the_second_not_now_reads_sensibly(alice: Person, bob: Person, until: Until) -> None:
    ask(alice, "bob", "carol")
    bob.clicks("Not now")
    bob.chooses("In three days")
    until(3, 5, 10)
    bob.clicks("Not now")
    bob.does_not_see("before then")


def test_four_without_a_reason_are_not_silently_three(alice: Person) -> None:
    alice.types("/intro @bob @carol @dan @eve")
    alice.sees("two or three people")


def test_the_text_for_a_guest_can_become_an_ask_of_members(alice: Person) -> None:
    alice.types(f"/intro @bob @kim {WHY}")
    alice.clicks("Show the text")
    alice.clicks("Edit")
    alice.fills("Second person", "carol").submits()
    alice.sees("Each is asked alone and in private.")


def test_what_somebody_chooses_under_an_ask_does_not_tell_its_connector_their_answer(
    alice: Person, bob: Person
) -> None:
    ask(alice, "bob", "carol")
    bob.chooses("No introductions")
    alice.types(f"/intro @bob @dan {WHY}")
    alice.does_not_see("Bob is asked about no introductions for now.")


def test_who_takes_back_not_to_carol_and_says_yes_is_introduced(alice: Person, bob: Person, carol: Person) -> None:
    ask(alice, "bob", "carol")
    bob.chooses("Not to Carol")
    bob.clicks("Change my answer")
    bob.clicks("Yes")
    bob.sees("If Carol says yes too, your group chat opens.")
    carol.clicks("Yes")
    assert len(chats(carol)) == 1


@pytest.mark.parametrize(
    ("entry", "said"), [("Not to Carol", "introduced to Carol"), ("No introductions", "no introductions")]
)
def test_what_was_chosen_in_the_menu_is_said_and_can_be_changed(
    alice: Person, bob: Person, entry: str, said: str
) -> None:
    ask(alice, "bob", "carol")
    bob.chooses(entry)
    bob.sees(said)


def test_who_is_asked_a_last_time_reads_that_it_is_the_last(alice: Person, bob: Person, until: Until) -> None:
    ask(alice, "bob", "carol")
    first = bob.from_the_bot_by_dm()[0]["text"]
    bob.clicks("Not now")
    bob.chooses("In three days")
    until(3, 5, 10)
    second = bob.from_the_bot_by_dm()[1]
    assert "not ask again" in words(second) or "once more" in words(second), (first, second["text"])


def test_a_kept_draft_that_was_asked_meanwhile_is_not_reminded_of(alice: Person, bob: Person, until: Until) -> None:
    choose(bob, rest="2026-03-10")
    alice.types(f"/intro @bob @carol {WHY}")
    alice.clicks("Remind me then")
    choose(bob, rest=None)
    ask(alice, "bob", "carol")
    until(3, 11, 12)
    alice.does_not_see("there is room for it now", "Nobody has been asked.")
