"""The workspace's list of topics: kept by admins, ticked by members for their nudges and asks."""

from typing import Any

import pytest

from bot import nudges
from tests.conversation import Person, World
from tests.features.introducing import Until, home

THEIRS = "Topics of this workspace"
FOLLOWED, OTHERS = "Topics you follow", "Other topics you follow"


@pytest.fixture(autouse=True)
def never_held(monkeypatch: pytest.MonkeyPatch) -> None:
    """Has no nudge held back."""
    monkeypatch.setattr(nudges, "HELD_OF", 10**9)


def lists(admin: Person, typed: str) -> None:
    """Keeps the list."""
    admin.opens_home()
    admin.clicks("Change", near="*Topics:*")
    admin.fills(THEIRS, typed).submits()


def opens(person: Person) -> dict[str, dict[str, Any]]:
    """Opens the form of nudges, with them switched on, and returns its fields."""
    person.opens_home()
    person.clicks("Change", near="Nudges")
    person.fills("Nudges", "On")
    return fields(person)


def fields(person: Person) -> dict[str, dict[str, Any]]:
    """Returns the fields of the open form by their labels."""
    return {one["label"]["text"]: one["element"] for one in person.form()["blocks"] if one["type"] == "input"}


def ticked(field: dict[str, Any]) -> list[str]:
    return [one["value"] for one in field.get("initial_options", [])]


def test_without_a_list_members_type_what_they_follow(alice: Person, dan: Person) -> None:
    assert "Topics: no list yet. Members type what they follow." in home(dan)
    assert FOLLOWED in opens(alice)
    assert OTHERS not in fields(alice)


def test_what_an_admin_lists_can_be_ticked_beside_what_is_typed(
    alice: Person, bob: Person, dan: Person, until: Until
) -> None:
    lists(dan, "Mass timber\nEstimating, structural engineers")
    dan.sees("Saved. There are 3 topics to tick.")
    dan.closes()
    assert "Topics: 3 to tick." in home(dan)
    assert [one["value"] for one in opens(bob)[FOLLOWED]["options"]] == [
        "Mass timber",
        "Estimating",
        "structural engineers",
    ]
    bob.fills(FOLLOWED, ["structural engineers"]).fills(OTHERS, "Colorado, ESTIMATING")
    bob.fills("What may reach you", ["Asks that fit my topics"]).submits()
    bob.sees("You follow structural engineers, Colorado, ESTIMATING.")
    bob.closes()
    found = opens(bob)
    assert ticked(found[FOLLOWED]) == ["structural engineers", "Estimating"]
    assert found[OTHERS]["initial_value"] == "Colorado"
    bob.closes()
    alice.types("/ask somebody who knows bridges")
    assert ticked(fields(alice)["Topics"]) == []
    alice.fills("Topics", ["structural engineers"]).fills("In which channel?", "").submits()
    alice.closes()
    until(3, 3, 12)
    bob.sees("You follow structural engineers.")


def test_what_is_taken_off_the_list_stays_with_those_who_follow_it(alice: Person, dan: Person) -> None:
    lists(dan, "mass timber, estimating")
    dan.closes()
    opens(alice)
    alice.fills(FOLLOWED, ["mass timber", "estimating"]).submits()
    alice.closes()
    lists(dan, "estimating")
    dan.sees("Saved. There is 1 topic to tick.")
    dan.closes()
    found = opens(alice)
    assert ticked(found[FOLLOWED]) == ["estimating"]
    assert found[OTHERS]["initial_value"] == "mass timber"
    alice.submits()
    alice.sees("You follow estimating, mass timber.")
    alice.closes()
    lists(dan, "")
    dan.closes()
    assert opens(alice)[FOLLOWED]["initial_value"] == "estimating, mass timber"


def test_a_form_that_was_open_while_the_list_changed_keeps_what_was_ticked(alice: Person, dan: Person) -> None:
    lists(dan, "mass timber, estimating")
    dan.closes()
    opens(alice)
    lists(dan, "estimating")
    alice.fills(FOLLOWED, ["mass timber"]).fills(OTHERS, "Colorado").submits()
    alice.sees("You follow mass timber, Colorado.")


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        (", ".join(f"t{number}" for number in range(21)), "20 topics fit, of 600 characters in all."),
        ("x" * 76, "is longer than 75 characters."),
        (", ".join(f"{'x' * 70}{number}" for number in range(10)), "20 topics fit, of 600 characters in all."),
    ],
)
def test_a_list_that_no_form_could_show_is_not_kept(dan: Person, typed: str, said: str) -> None:
    lists(dan, typed)
    assert said in str(dan.form()["errors"])
    dan.closes()
    assert "no list yet" in home(dan)


def test_all_that_is_ticked_and_typed_has_to_fit(alice: Person, dan: Person) -> None:
    lists(dan, ", ".join(f"topic {number}" for number in range(20)))
    dan.closes()
    opens(alice)
    alice.fills(FOLLOWED, [f"topic {number}" for number in range(20)]).fills(OTHERS, "one more").submits()
    assert "20 topics fit" in str(alice.form()["errors"])


def test_nobody_but_an_admin_keeps_the_list(alice: Person, dan: Person, world: World) -> None:
    assert "to tick" not in home(alice)
    world.forge("alice", "topics.open", "")
    world.settle()
    assert alice.state()["modals"] == []
