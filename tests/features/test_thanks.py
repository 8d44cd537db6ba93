"""Recording help that was received: `/thanks`, and the emoji an admin chose."""

from tests.cast import AUSTIN
from tests.conversation import Person, World


def test_thanks_reach_the_one_who_helped(alice: Person, bob: Person) -> None:
    alice.types("/thanks @bob the surveyor you named saved our bid")
    alice.sees("Your thanks to Bob is recorded")
    bob.sees("Alice thanks you", "the surveyor you named saved our bid", "Keep it private", "I am Good Turn")


def test_the_one_thanked_can_keep_it_private(alice: Person, bob: Person) -> None:
    alice.types("/thanks @bob the surveyor you named saved our bid")
    bob.clicks("Keep it private")
    bob.sees("It is private: no summary has it.")
    bob.does_not_see("Keep it private")


def test_the_one_thanked_can_remove_it(alice: Person, bob: Person) -> None:
    alice.types("/thanks @bob the surveyor you named saved our bid")
    bob.clicks("Remove it")
    bob.sees("Removed.")


def test_the_one_thanked_fixes_it_and_the_thanks_must_be_given_anew(alice: Person, bob: Person) -> None:
    alice.types("/thanks @bob the surveyor you named saved our bid")
    bob.clicks("Fix it")
    bob.fills("What happened?", "I named two surveyors").submits()
    alice.sees("Bob changed the good turn you recorded:", "I named two surveyors", "Thanks, it helped")
    alice.clicks("Thanks, it helped")
    bob.sees("Alice says it helped")


def test_undone_thanks_are_taken_back(alice: Person, bob: Person) -> None:
    alice.types("/thanks @bob the surveyor you named saved our bid")
    alice.clicks("Undo")
    bob.sees("Alice took this good turn back.")


def test_somebody_outside_slack_can_be_thanked(alice: Person) -> None:
    alice.types("/thanks Jane Doe (Acme) for the survey")
    alice.sees("Jane Doe (Acme)", "Only you see the name.")


def test_no_emoji_means_anything_until_an_admin_chooses_one(alice: Person, bob: Person) -> None:
    bob.types("The survey is in the shared folder")
    alice.reacts("pray", to=alice.messages(AUSTIN)[-1])
    assert alice.from_the_bot() == bob.from_the_bot() == []


def test_the_chosen_emoji_thanks_and_taking_it_off_undoes(alice: Person, bob: Person, dan: Person) -> None:
    _choose_emoji(dan, ":pray:")
    bob.types("The survey is in the shared folder")
    message = alice.messages(AUSTIN)[-1]
    alice.reacts("pray", to=message)
    bob.sees("Alice thanks you", "for a message in")
    bob.does_not_see("The survey is in the shared folder")
    alice.sees("Your thanks to Bob is recorded.", "Taking the emoji off undoes it.")
    alice.reacts("pray", to=message, undo=True)
    alice.sees("Undone.")
    bob.sees("Alice took this good turn back.")


def test_another_emoji_thanks_nobody(alice: Person, bob: Person, dan: Person) -> None:
    _choose_emoji(dan, "pray")
    bob.types("The survey is in the shared folder")
    alice.reacts("wave", to=alice.messages(AUSTIN)[-1])
    assert bob.from_the_bot() == []


def test_the_emoji_on_ones_own_message_is_just_an_emoji(alice: Person, dan: Person) -> None:
    _choose_emoji(dan, "pray")
    alice.types("The survey is in the shared folder")
    alice.reacts("pray", to=alice.messages(AUSTIN)[-1])
    assert alice.from_the_bot() == []


def test_a_storm_of_emoji_is_one_thanks(alice: Person, bob: Person, dan: Person) -> None:
    _choose_emoji(dan, "pray")
    bob.types("The survey is in the shared folder")
    message = alice.messages(AUSTIN)[-1]
    for _ in range(5):
        alice.reacts("pray", to=message)
        alice.reacts("pray", to=message, undo=True)
    assert len(bob.from_the_bot()) == 1


def _choose_emoji(admin: Person, emoji: str) -> None:
    admin.opens_home()
    admin.clicks("Change", near="This workspace")
    admin.fills("Emoji that thanks", emoji).submits()
    admin.sees("Saved.")
    admin.acts("close", view=admin.form()["id"])


def test_the_workspace_speaks_of_one_person_at_a_time(alice: Person, bob: Person, carol: Person, world: World) -> None:
    alice.types("/thanks @bob @carol the survey")
    bob.sees("Alice thanks you")
    carol.sees("Alice thanks you")
    bob.does_not_see("Carol")
