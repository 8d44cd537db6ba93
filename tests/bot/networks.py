"""Networks to measure: a planted one that anybody can make again, and events as hypothesis thinks of them."""

import random
from datetime import UTC, datetime, timedelta

from hypothesis import strategies as st

from bot.network import Event

NOW = datetime(2026, 3, 4, 15, 0, tzinfo=UTC)
DAY = timedelta(days=1)
KINDS = ("information", "introduction", "advice", "help", "call")
PEOPLE = [f"m{number:02}" for number in range(30)]

_ages = st.one_of(st.integers(0, 720), st.floats(0, 720))
events = st.builds(
    lambda pair, kind, age: Event(pair[0], pair[1], kind, NOW - age * DAY),
    st.lists(st.sampled_from(PEOPLE[:12]), min_size=2, max_size=2, unique=True),
    st.sampled_from(KINDS),
    _ages,
)
records = st.lists(events, max_size=60)


def ago(days: float, giver: str, receiver: str, kind: str = "help") -> Event:
    """Returns an act of so many days ago."""
    return Event(giver, receiver, kind, NOW - days * DAY)


def thirty_people() -> list[Event]:
    """Returns 400 acts of thirty people in five circles, always the same ones."""
    state, found = 1, []
    for number in range(400):
        drawn = []
        for _ in range(3):
            state = state * 1103515245 % 2**31 + 12345
            drawn.append(state >> 16)
        giver = drawn[0] % 30
        circle = giver // 6 * 6 + drawn[1] % 6 if drawn[2] % 10 < 8 else drawn[1] % 30
        if circle != giver:
            found.append(ago(400 - number + 0.25, PEOPLE[giver], PEOPLE[circle], KINDS[drawn[2] % 5]))
    return found


def planted(seed: int, people: int = 150, acts: int = 6000, circles: int = 10) -> list[Event]:
    """Returns a network in circles: nine of ten acts repeat a tie, 3 % of people know many, and once everybody moves on.

    A tie's chance to be repeated halves in 60 days. From day 300 of 720 on, each person is in another circle, so that what was
    before says little about whom they meet.
    """
    chance = random.Random(seed)
    ties: list[tuple[int, int, float]] = []
    found = []
    for number in range(acts):
        day = 720 * number / acts
        one, other = _old_tie(chance, ties, day) or _new_tie(chance, people, circles, has_moved=day > 300)
        ties.append((one, other, day))
        found.append(ago(720 - day, f"p{one:03}", f"p{other:03}"))
    return found


def _old_tie(chance: random.Random, ties: list[tuple[int, int, float]], day: float) -> tuple[int, int] | None:
    for _ in range(20 if ties and chance.random() < 0.9 else 0):
        one, other, last = chance.choice(ties)
        if chance.random() < 2 ** ((last - day) / 60):
            return (one, other) if chance.random() < 0.5 else (other, one)
    return None


def _new_tie(chance: random.Random, people: int, circles: int, *, has_moved: bool) -> tuple[int, int]:
    size = people // circles
    while True:
        one, place = chance.randrange(people), chance.randrange(size)
        near = one % circles + place * circles if has_moved else one // size * size + place
        other = chance.choice([near] * 14 + [chance.randrange(people * 3 // 100), chance.randrange(people)])
        if one != other:
            return one, other
