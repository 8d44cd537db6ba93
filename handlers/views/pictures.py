"""The picture of twelve weeks of help in a channel: data in, a PNG out, no people in it. Its words are in charts.py.

Where matplotlib is not installed there is no picture, and the message is complete without it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from bot.kinds import ADVICE, HELP, INFORMATION, INTRODUCTION, NAMES
from handlers.views.drawing import SMALL_PRINT, WIDTH, Sheet, can_draw, sheet

# Told apart with any sight, and in grey: tests/views/test_pictures.py measures it. Each has its own row and form of bar, too.
COLORS = {INFORMATION: "#121562", INTRODUCTION: "#7E2431", ADVICE: "#0A7380", HELP: "#D87005"}

MOST_WEEKS = 12

_MARGIN = 16
_BAND = "#F4F2ED"  # what bars stand on, as high as the highest of them
_PLOT = 252  # the width of twelve weeks
_FIRST_ROW, _ROW = 64, 71  # where the first kind begins, and the height of each
_HIGH, _LOW = 36, 22  # a band, and one that a single bar lies on
_WEEK, _BAR = _PLOT / MOST_WEEKS, 15  # the width of a week, and of its bar


@dataclass(frozen=True)
class Week:
    """A week of a channel: the day it begins on, and how often each kind of help was recorded in it."""

    begins: date
    counts: Mapping[str, int]


def help_by_week(weeks: Sequence[Week], channel_name: str) -> bytes | None:
    """Returns the last twelve weeks, the latest last, as a PNG, a row for each kind; None where nothing can be drawn."""
    shown = weeks[-MOST_WEEKS:]
    if not shown or not can_draw():
        return None
    most = max(week.counts.get(kind, 0) for week in shown for kind in NAMES)
    floor = _FIRST_ROW + len(NAMES) * _ROW
    with sheet(floor + (8 if len(shown) == 1 else 18)) as paper:
        _draw_head(paper, shown, channel_name, most)
        for place, kind in enumerate(NAMES):
            _draw_kind(paper, kind, _FIRST_ROW + place * _ROW, [week.counts.get(kind, 0) for week in shown], most)
        if len(shown) > 1:
            _draw_days(paper, [week.begins for week in shown], floor)
        return paper.png()


def _draw_head(paper: Sheet, weeks: Sequence[Week], channel_name: str, most: int) -> None:
    name = channel_name.strip().lstrip("#")
    shown = paper.fitted(f"#{name}", 16, WIDTH - 2 * _MARGIN - 68, bold=True) if name else ""
    paper.write((_MARGIN, 31), f"Help in {shown or 'this channel'}", 16, bold=True)
    first = weeks[0].begins
    span = f"{len(weeks)} weeks, the highest bar is {most:,}"
    if len(weeks) == 1 or not most:
        span = f"{len(weeks)} weeks" if len(weeks) > 1 else f"The first week, from {_day(first)}"
    paper.write((_MARGIN, 49), span, 11, SMALL_PRINT)
    paper.write((WIDTH - _MARGIN, 49), "this week", 11, SMALL_PRINT, side="right")


def _draw_kind(paper: Sheet, kind: str, top: float, counts: Sequence[int], most: int) -> None:
    floor = top + 20 + _HIGH
    high = _LOW if len(counts) == 1 else _HIGH
    paper.write((_MARGIN, floor - high - 7), NAMES[kind].capitalize(), 12.5, bold=True)
    paper.box(_MARGIN, floor - high, _PLOT, high, _BAND)
    if len(counts) == 1:
        _draw_bar(paper, kind, _MARGIN, floor, counts[0] / max(most, 1) * _PLOT, _LOW)
    else:
        for place, count in enumerate(counts, MOST_WEEKS - len(counts)):
            left = _MARGIN + _WEEK * place + (_WEEK - _BAR) / 2
            _draw_bar(paper, kind, left, floor, _BAR, max(2.0, count / most * _HIGH) if count else 0)
    figure = f"{counts[-1]:,}"
    size = 21 if len(figure) < 6 else 15
    if counts[-1]:
        paper.write((WIDTH - _MARGIN, floor), figure, size, COLORS[kind], bold=True, side="right")
    else:
        paper.write((WIDTH - _MARGIN, floor), "none", 11, SMALL_PRINT, side="right")


def _draw_bar(paper: Sheet, kind: str, left: float, floor: float, width: float, height: float) -> None:
    """Draws a bar in the form of its kind: whole, in two halves, in slices, or empty."""
    if not height or not width:
        return
    paper.box(left, floor - height, width, height, COLORS[kind])
    if kind == INTRODUCTION:
        paper.box(left + width / 2 - 1, floor - height, 2, height, _BAND)
    if kind == ADVICE:
        for down in range(5, round(height), 5):
            paper.box(left, floor - down, width, 1, _BAND)
    if kind == HELP and height > 6 and width > 6:
        paper.box(left + 2.5, floor - height + 2.5, width - 5, height - 5, _BAND)


def _draw_days(paper: Sheet, days: Sequence[date], floor: float) -> None:
    """Writes the day of the last week under it, and of each fourth before."""
    for back in range(0, len(days), 4):
        middle = _MARGIN + _WEEK * (MOST_WEEKS - back - 0.5)
        paper.write((middle, floor + 3), _day(days[-1 - back]), 10.5, SMALL_PRINT, side="center")


def _day(day: date) -> str:
    return f"{day.day} {day:%b}"
