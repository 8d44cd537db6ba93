"""The picture of a member's own network, for that member alone: nobody in it is counted, sorted or compared.

Where matplotlib is not installed there is no picture; `network_words` says the same in words, and is its alternative text.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt

from handlers.views.drawing import HAIRLINE, INK, PAPER, SMALL_PRINT, WIDTH, Point, Sheet, can_draw, sheet
from handlers.views.harmless import UNSEEN, in_line
from handlers.views.lettering import MOST_OF_A_NAME

MOST_PEOPLE = 40  # twenty lines on each side are what a phone shows at a readable size
MOST_CHARACTERS = 1_000  # of the words: a screen reader reads them in one go

# Told apart with any sight, and in grey: tests/views/test_pictures.py measures it. Each has its own form or word, too.
BOTH_COLOR, GAVE_COLOR, GOT_COLOR, NEW_COLOR = "#121562", "#0A7380", "#D87005", "#7E2431"

_MEANINGS = {
    (True, True): "each of you helped",
    (True, False): "you helped",
    (False, True): "helped you",
    (False, False): "introduced",
}  # gave, got

_MARGIN = 12
_TOP, _BELOW = 62, 50  # what is over the people, and what is under them
_LINE, _WIDEST_LINE, _LEAST_HIGH = 17, 26, 96  # a person, a person among few, all of them
_MIDDLE, _WIDE = WIDTH / 2, 42  # where the member is, and how far from there the farthest are
_NAME, _SMALL = 11.5, 10.5  # sizes of letters


@dataclass(frozen=True)
class Tie:
    """Somebody a member and they have helped: whether that is new, how often the member gave to them, and got from them."""

    name: str
    is_new: bool
    gave: int
    got: int


def my_network(ties: Sequence[Tie]) -> bytes | None:
    """Returns those with whom a member has helped each other, around "You", as a PNG; None where nothing can be drawn.

    They stand in the order given, down the left side and then the right; of more than forty the new ones stay. A name that no
    font here can write is "no. 7", the seventh in `network_words`.
    """
    shown = _shown(ties)
    if not shown or not can_draw():
        return None
    half = (len(shown) + 1) // 2
    line = min(_WIDEST_LINE, max(_LINE, 200 / half))
    high = max(half * line, _LEAST_HIGH)
    middle = (_MIDDLE, _TOP + high / 2)
    places = [_place(number, half, len(shown), line, high) for number in range(len(shown))]
    more = len(ties) - len(shown)
    with sheet(_TOP + high + (_BELOW if more else _BELOW - 18)) as paper:
        paper.write((_MARGIN, 31), "Your network", 16, bold=True)
        paper.write((_MARGIN, 49), _counted(ties), 11, SMALL_PRINT)
        for tie, place in sorted(zip(shown, places, strict=True), key=lambda one: one[0].is_new):
            paper.line(middle, place, NEW_COLOR if tie.is_new else HAIRLINE, 1.6 if tie.is_new else 1)
        for number, (tie, place) in enumerate(zip(shown, places, strict=True), 1):
            _draw_form(paper, place, gave=bool(tie.gave), got=bool(tie.got))
            _draw_name(paper, place, tie, f"no. {number}")
        _draw_member(paper, middle)
        _draw_legend(paper, shown, more, _TOP + high + 18)
        return paper.png()


def network_words(ties: Sequence[Tie]) -> str:
    """Returns the same in a sentence, the names in the same order and as they are: plain text, not yet escaped for a message."""
    if not ties:
        return ""
    shown = [_named(tie) for tie in _shown(ties)]
    said = f"Your network has {_counted(ties)}: "
    while len(said) + len("; ".join(shown)) > MOST_CHARACTERS - len("; and 100,000 more."):
        shown.pop()
    more = [f"and {len(ties) - len(shown):,} more"] if len(shown) < len(ties) else []
    return said + "; ".join([*shown, *more]) + "."


def _named(tie: Tie) -> str:
    name = in_line(tie.name)[:MOST_OF_A_NAME].strip()
    name = name if name.strip(UNSEEN) else "someone"
    return f"{name}, new" if tie.is_new else name


def _shown(ties: Sequence[Tie]) -> list[Tie]:
    """Returns those who are drawn, in the order given: where they are too many, first those who are new."""
    first = sorted(range(len(ties)), key=lambda place: not ties[place].is_new)[:MOST_PEOPLE]
    return [ties[place] for place in sorted(first)]


def _counted(ties: Sequence[Tie]) -> str:
    new = sum(tie.is_new for tie in ties)
    return f"{len(ties):,} {'tie' if len(ties) == 1 else 'ties'}" + (f", {new:,} new" if new else "")


def _place(number: int, half: int, count: int, line: float, high: float) -> Point:
    """Returns where a person stands: lines under each other, as far from the middle as an ellipse is there."""
    on_left = number < half
    on_side, row = (half, number) if on_left else (count - half, number - half)
    down = (row - (on_side - 1) / 2) * line
    out = _WIDE * max(0.2, sqrt(1 - (down / (high / 2 + line)) ** 2))
    return _MIDDLE - out if on_left else _MIDDLE + out, _TOP + high / 2 + down


def _draw_form(paper: Sheet, at: Point, *, gave: bool, got: bool) -> None:
    """Draws a disk for help both ways, a triangle up for help given, one down for help got; paper around it."""
    x, y = at
    paper.disk(at, 6.5, PAPER)
    if gave and got:
        paper.disk(at, 4.5, BOTH_COLOR)
    elif gave:
        paper.shape([(x - 5, y + 4), (x + 5, y + 4), (x, y - 5)], GAVE_COLOR)
    elif got:
        paper.shape([(x - 5, y - 4), (x + 5, y - 4), (x, y + 5)], GOT_COLOR)
    else:
        paper.disk(at, 2.5, SMALL_PRINT)


def _draw_name(paper: Sheet, at: Point, tie: Tie, otherwise: str) -> None:
    """Writes a name outside of its form, and "new" behind it where it is new."""
    y = at[1] + 4
    tag = 29 if tie.is_new else 0
    if at[0] < _MIDDLE:
        start = at[0] - 10
        words = paper.fitted(tie.name, _NAME, start - _MARGIN - tag, otherwise=otherwise)
        paper.write((start - tag, y), words, _NAME, side="right")
        tag_at = start
    else:
        words = paper.fitted(tie.name, _NAME, WIDTH - _MARGIN - at[0] - 10 - tag, otherwise=otherwise)
        tag_at = at[0] + 10 + paper.write((at[0] + 10, y), words, _NAME) + tag
    if tie.is_new:
        paper.write((tag_at, y), "new", _SMALL, NEW_COLOR, bold=True, side="right")


def _draw_member(paper: Sheet, at: Point) -> None:
    width = paper.write((at[0], at[1] + 4), "You", 12, PAPER, bold=True, side="center")
    paper.pill(at, width + 20, 23, INK)
    paper.write((at[0], at[1] + 4), "You", 12, PAPER, bold=True, side="center")


def _draw_legend(paper: Sheet, shown: Sequence[Tie], more: int, y: float) -> None:
    """Says what the forms that are there mean, and how many people are not."""
    there = {(bool(tie.gave), bool(tie.got)) for tie in shown}
    x = _MARGIN + 6.0
    for (gave, got), meaning in _MEANINGS.items():
        if (gave, got) in there:
            _draw_form(paper, (x, y - 4), gave=gave, got=got)
            x += 10 + paper.write((x + 10, y), meaning, _SMALL, SMALL_PRINT) + 20
    if more:
        paper.write((_MARGIN, y + 18), f"and {more:,} more", _SMALL, SMALL_PRINT)
