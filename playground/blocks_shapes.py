"""A small language for the shape of Slack's JSON: each kind is a function that tells what is wrong with a value.

The facts are not here; they are the tables in blocks_elements.py, blocks_rich_text.py and blocks_types.py.
The sentences are Slack's own wherever one of its answers has shown them.
"""

from __future__ import annotations

import datetime
import math
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

Json = dict[str, Any]
Kind = Callable[[object, str], Iterator[str]]
"""Takes a value and the JSON pointer to it; yields one fault a line, and nothing for a good value."""
Rule = Callable[[Json, str], Iterator[str]]
"""As a kind, for an object as a whole; it is asked only when every field by itself is right."""

DAY = re.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}")


@dataclass(frozen=True)
class Needed:
    """A field that must be there."""

    kind: Kind


def fault(says: str, at: str) -> str:
    """Returns a fault as Slack words it, pointer included."""
    return f"{says} [json-pointer:{at}]"


def need(kind: Kind) -> Needed:
    """Returns the kind of a field that must be there; without it a field may be left out (but not be null)."""
    return Needed(kind)


def boolean(value: object, at: str) -> Iterator[str]:
    """Yields a fault for anything but true and false."""
    if not isinstance(value, bool):
        yield fault("must provide a boolean", at)


def number(value: object, at: str) -> Iterator[str]:
    """Yields a fault for anything but a number."""
    known = isinstance(value, int) or (isinstance(value, float) and math.isfinite(value))
    if isinstance(value, bool) or not known:
        yield fault("must provide a number", at)


def day(value: object, at: str) -> Iterator[str]:
    """Yields a fault for anything but a day of the calendar, YYYY-MM-DD."""
    if not isinstance(value, str) or not DAY.fullmatch(value) or not _is_day(value):
        yield fault("must be a valid date in the format YYYY-MM-DD", at)


def integer(least: int = 0, most: int | None = None) -> Kind:
    """Returns the kind of a whole number between two bounds, both allowed."""

    def faults(value: object, at: str) -> Iterator[str]:
        if isinstance(value, bool) or not isinstance(value, int):
            yield fault("must provide an integer", at)
        elif value < least:
            yield fault(f"must be at least {least}", at)
        elif most is not None and value > most:
            yield fault(f"must be at most {most}", at)

    return faults


def string(most: int | None = None, least: int = 1) -> Kind:
    """Returns the kind of a string of so many characters, both bounds allowed; None where Slack names no limit."""

    def faults(value: object, at: str) -> Iterator[str]:
        if not isinstance(value, str):
            yield fault("must provide a string", at)
        elif len(value) < least:
            yield fault(f"must be more than {least - 1} characters", at)
        elif most is not None and len(value) > most:
            yield fault(f"must be less than {most + 1} characters", at)

    return faults


def matching(pattern: str, says: str) -> Kind:
    """Returns the kind of a string of up to 3000 characters that a regular expression matches in full."""
    form = re.compile(pattern, re.ASCII)

    def faults(value: object, at: str) -> Iterator[str]:
        yield from (wrong := list(string(3000)(value, at)))
        if not wrong and not form.fullmatch(str(value)):
            yield fault(says, at)

    return faults


def one_of(*words: str) -> Kind:
    """Returns the kind of a string out of a few."""

    def faults(value: object, at: str) -> Iterator[str]:
        if value not in words:
            yield fault("must be a valid enum value", at)

    return faults


def or_null(kind: Kind) -> Kind:
    """Returns a kind for which null is good too."""
    return lambda value, at: iter(()) if value is None else kind(value, at)


def listing(kind: Kind, least: int, most: int | None) -> Kind:
    """Returns the kind of a list of so many things of one kind, both bounds allowed."""

    def faults(value: object, at: str) -> Iterator[str]:
        if not isinstance(value, list):
            yield fault("must provide an array", at)
            return
        if len(value) < least:
            yield fault(f"must provide at least {least} items", at)
        if most is not None and len(value) > most:
            yield fault(f"no more than {most} items allowed", at)
        for place, item in enumerate(value[:most]):
            yield from kind(item, f"{at}/{place}")

    return faults


def shape(*rules: Rule, **fields: Kind | Needed) -> Kind:
    """Returns the kind of an object with these fields and no others."""

    def faults(value: object, at: str) -> Iterator[str]:
        if not isinstance(value, dict):
            yield fault("must provide an object", at)
            return
        wrong = list(_faults_in_fields(value, fields, at))
        yield from wrong or (one for rule in rules for one in rule(value, at))

    return faults


def typed(table: Mapping[str, Kind], *names: str) -> Kind:
    """Returns the kind of an object whose `type` names its shape in a table: these types, or any of the table."""

    def faults(value: object, at: str) -> Iterator[str]:
        if not isinstance(value, dict):
            yield fault("must provide an object", at)
        elif "type" not in value:
            yield fault("missing required field: type", at)
        elif not isinstance(value["type"], str):
            yield fault("must provide a string", f"{at}/type")
        elif value["type"] not in (names or table):
            yield fault(f"unsupported type: {value['type']}", f"{at}/type")
        else:
            yield from table[value["type"]]({key: part for key, part in value.items() if key != "type"}, at)

    return faults


def some(*names: str) -> Rule:
    """Returns the rule that an object has at least one of these fields."""

    def faults(value: Json, at: str) -> Iterator[str]:
        if not any(name in value for name in names):
            yield fault(f"must define either {_either(names)}", at)

    return faults


def either(*names: str) -> Rule:
    """Returns the rule that an object has exactly one of these fields."""

    def faults(value: Json, at: str) -> Iterator[str]:
        if sum(name in value for name in names) != 1:
            yield fault(f"must define exactly one of {_either(names)}", at)

    return faults


def not_above(low: str, high: str) -> Rule:
    """Returns the rule that one number of an object is not greater than another; strings of digits count."""

    def faults(value: Json, at: str) -> Iterator[str]:
        if low in value and high in value and float(value[low]) > float(value[high]):
            yield fault(f"`{low}` must not be greater than `{high}`", at)

    return faults


def _faults_in_fields(value: Json, fields: Mapping[str, Kind | Needed], at: str) -> Iterator[str]:
    for name, kind in fields.items():
        if name in value:
            yield from (kind.kind if isinstance(kind, Needed) else kind)(value[name], f"{at}/{name}")
        elif isinstance(kind, Needed):
            yield fault(f"missing required field: {name}", at)
    for name in value:
        if name not in fields:
            yield fault(f"invalid additional property: {name}", at)


def _is_day(text: str) -> bool:
    try:
        datetime.date.fromisoformat(text)
    except ValueError:
        return False
    return True


def _either(names: tuple[str, ...]) -> str:
    return " or ".join(f"`{name}`" for name in names)
