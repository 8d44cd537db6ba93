"""What nobody may learn of an introduction: who said no, who said not now, who was silent, and who was never asked."""

from collections.abc import Callable
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from tests.conversation import Person

WHY = "you both fight for mass timber"


# What Alice, who asked, and Carol, who said yes, have read after three weeks: when, in Chicago, and what, whatever Bob did.
ALICE = [
    ("Mon 09:00", "Bob and Carol are being asked. You will hear by Mon 16 Mar."),
    ("Mon 10:00", "Bob and Carol: this one will not go ahead. Thank you for thinking of them both."),
]
CAROL = [
    ("Mon 09:00", "This one is closed. Alice asked about Bob; nothing is asked of you any more."),
    ("Mon 10:00", "The introduction to Bob will not go ahead for now. Thank you for being open to it."),
]


def _read(person: Person) -> list[tuple[str, str]]:
    """Returns all that somebody reads from the bot now, with the moment at which it came."""
    zone = ZoneInfo("America/Chicago")
    return [
        (f"{datetime.fromtimestamp(float(one['ts']), zone):%a %H:%M}", one["text"]) for one in person.from_the_bot()
    ]


def _says_no(bob: Person) -> None:
    bob.clicks("No")


def _says_not_now(bob: Person) -> None:
    bob.clicks("Not now")


def _says_not_now_for_long(bob: Person) -> None:
    bob.clicks("Not now")
    bob.chooses("Pick a day")
    bob.fills("Ask me once more on", "2026-03-20").submits()
    bob.closes()


def _wants_none_of_carol(bob: Person) -> None:
    bob.chooses("Not to Carol")


def _wants_none(bob: Person) -> None:
    bob.chooses("No introductions")


def _changes_from_yes_to_no(bob: Person) -> None:
    bob.clicks("Yes")
    bob.clicks("Change my answer")
    bob.clicks("No")


def _leaves(bob: Person) -> None:
    bob.types("/network leave")


def _never_wanted_carol(bob: Person) -> None:
    bob.types("/network settings")
    bob.clicks("Change", near="Introductions")
    bob.fills("Do not introduce me to", ["carol"]).submits()
    bob.closes()


def _is_silent(_bob: Person) -> None:
    pass


WAYS = [
    _is_silent, _says_no, _says_not_now, _says_not_now_for_long, _wants_none_of_carol, _wants_none, _changes_from_yes_to_no,
    _leaves, _never_wanted_carol,
]  # fmt: skip


@pytest.mark.parametrize("way", WAYS, ids=lambda way: way.__name__.strip("_"))
def test_whatever_the_other_does_reads_as_silence_does(
    alice: Person, bob: Person, carol: Person, until: Callable[..., None], way: Callable[[Person], None]
) -> None:
    if way is _never_wanted_carol:
        way(bob)
    alice.types(f"/intro @bob @carol {WHY}")
    alice.clicks("Ask them both")
    if way is _changes_from_yes_to_no:
        way(bob)
    carol.clicks("Yes")
    if way not in (_never_wanted_carol, _changes_from_yes_to_no):
        way(bob)
    alice.opens_home()
    alice.sees("Bob and Carol are being asked. You will hear by Mon 16 Mar.")
    until(3, 24, 12)
    assert (_read(alice), _read(carol)) == (ALICE, CAROL)


def test_who_does_not_want_somebody_is_not_asked(alice: Person, bob: Person, carol: Person) -> None:
    _never_wanted_carol(bob)
    bob_read = len(bob.from_the_bot())
    alice.types(f"/intro @bob @carol {WHY}")
    alice.clicks("Ask them both")
    carol.sees("Alice would like to introduce you to Bob.")
    carol.clicks("Yes")
    assert len(bob.from_the_bot()) == bob_read


def test_at_capacity_and_asked_often_enough_read_alike(alice: Person, bob: Person, carol: Person) -> None:
    bob.types("/network settings")
    bob.clicks("Change", near="Introductions")
    bob.fills("At capacity until", "2026-04-01").submits()
    bob.closes()
    alice.types(f"/intro @bob @carol {WHY}")
    alice.sees("Bob is at capacity for introductions until Wed 1 Apr. Your draft is kept.", "Nobody was asked.")


def test_an_ask_over_the_cap_is_not_made_and_can_be_kept(
    alice: Person, bob: Person, dan: Person, eve: Person, until: Callable[..., None]
) -> None:
    bob.types("/network settings")
    bob.clicks("Change", near="Introductions")
    bob.fills("Asks in 30 days, at most", "1").submits()
    bob.closes()
    dan.types(f"/intro @bob @eve {WHY}")
    dan.clicks("Ask them both")
    alice.types(f"/intro @bob @carol {WHY}")
    alice.sees("Bob is at capacity for introductions until Wed 1 Apr.")
    alice.clicks("Remind me then")
    alice.sees("I will remind you on Wed 1 Apr. Nobody was asked.")
    until(4, 1, 12, by=6)
    alice.sees("You wanted to introduce Bob and Carol, and there is room for it now. Do you still?")
    alice.clicks("Read it first")
    assert WHY in str(alice.form())
