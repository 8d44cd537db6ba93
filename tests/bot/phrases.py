"""Reads the tables of phrases, and says how each phrase was read."""

import re
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path

from dateutil.rrule import rrulestr

from bot.when import find_time, why_none, zone_named

TABLE, BY_ANOTHER, BY_A_THIRD = (
    Path(__file__).with_name(f"{name}.txt") for name in ("phrases", "phrases_by_another", "phrases_by_a_third")
)
GUESSES = ("hour", "year", "meridiem")


@dataclass(frozen=True)
class Case:
    """One line of the table, with the line above it that says when and where it is typed."""

    phrase: str
    expected: str
    rest: str | None
    now: datetime
    zone: str
    locale: str

    @property
    def is_time(self) -> bool:
        return self.expected[:1].isdigit()

    def answer(self) -> str:
        """Returns what the phrase is read as, in the table's own words."""
        found = find_time(self.phrase, self.now, self.zone, self.locale)
        if found is None:
            return why_none(self.phrase, self.now, self.zone, self.locale).reason
        wall = f"{found.at.astimezone(zone_named(self.zone)):%Y-%m-%d %H:%M}"
        return " ".join([wall, *sorted(found.guessed), *([found.every] if found.every else [])])

    def is_right(self, answer: str) -> bool:
        return _sorted(answer) == _sorted(self.expected)

    def is_wrong_silently(self, answer: str) -> bool:
        """Says whether a time was taken that was not said: another one, or one where there was none."""
        if not answer[:1].isdigit():
            return False
        return not self.is_time or answer[:16] != self.expected[:16] or _rule(answer) != _rule(self.expected)


@dataclass(frozen=True)
class CaseByAnother(Case):
    """A line of the other author's table: several answers can be right, and a rule is known by its occurrences."""

    def is_right(self, answer: str) -> bool:
        return any(_is_same(answer, one) for one in self.expected.split(" or "))

    def is_wrong_silently(self, answer: str) -> bool:
        return answer[:1].isdigit() and not self.is_right(answer)


def cases_by_another(table: Path = BY_ANOTHER) -> list[CaseByAnother]:
    return [CaseByAnother(**vars(case)) for case in cases(table)]


def _is_same(answer: str, expected: str) -> bool:
    if not expected[:1].isdigit():
        return not answer[:1].isdigit()
    is_time = answer[:16] == expected[:16]
    return is_time and _days(answer[:16], _rule(answer)) == _days(
        expected[:16], expected[16:].strip().removeprefix("RRULE:")
    )


def _days(first: str, rule: str) -> list[datetime]:
    return list(islice(rrulestr(rule, dtstart=datetime.fromisoformat(first)), 8)) if rule else []


def cases(table: Path = TABLE) -> list[Case]:
    """Returns the lines of a table."""
    found, now, zone, locale = [], datetime.min.replace(tzinfo=UTC), "", ""
    for line in table.read_text().splitlines():
        if line.startswith("@ "):
            day, clock, zone, locale = line[2:].split(" ")
            now = datetime.fromisoformat(f"{day} {clock}").replace(tzinfo=zone_named(zone)).astimezone(UTC)
        elif line and not line.startswith("--"):
            phrase, expected, *more = re.split(r" \|(?= |$)", line)
            rest = more[0].strip() if more else ""
            found.append(Case(phrase, expected.strip(), rest, now, zone, locale.strip("?")))
    return found


def _sorted(answer: str) -> list[str]:
    return sorted(answer.split())


def _rule(answer: str) -> str:
    return next((word for word in answer.split() if word.startswith("FREQ=")), "")
