"""Reads along in every test, at DEBUG, what our formatter would write, and tells where a secret or a member's words are in it.

At DEBUG an exception may say what was typed; what is written at INFO never does. A secret is in no line of either.
"""

import json
import logging
import re
import threading
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import pytest

import logs

# What the pretend world really uses: tests/test_lookout.py compares these with the settings of its programs.
SIGNING_SECRET, CLIENT_SECRET = "playground-secret", "playground-client-secret"
KEY, OTHER_KEY = "b" * 43 + "=", "c" * 42 + "g="
# Of tokens every one begins so: of bots, of the app, of people; those that end, and those that get the next. A code is good once.
_SECRET = re.compile(
    "|".join(
        [
            r"\bxox[a-z][.-]\w",
            r"\bxapp-\w",
            r"\bcode-[TE]\w+-\d",
            *map(re.escape, (SIGNING_SECRET, CLIENT_SECRET, KEY, OTHER_KEY)),
        ]
    )
)
# In the words of rows that tests plant (tests/storage/everything.py), and of what they type to find it again.
PLANTED = ("Canary ", " Canary", "zebrafinch")
# Between these is what somebody said: a command's name and mentions are nobody's words.
_BETWEEN = re.compile(r"^/\w+|<[^>]*>|\s{2,}|\n")
_AT_LEAST = 8  # letters, and a space: shorter words stand in lines by chance


class Lookout(logging.Handler):
    """Takes each record that the program's own handler would take at DEBUG, and keeps what should not be in its line."""

    def __init__(self) -> None:
        super().__init__()
        self.addFilter(logs.is_news)
        self._at_debug, self._at_info = logs.formatter("DEBUG"), logs.formatter("INFO")
        self._guard = threading.Lock()
        self.begin()

    def begin(self) -> None:
        """Forgets the test before."""
        with self._guard:
            self.lines, self.found, self.said = list[str](), list[str](), set(PLANTED)

    def emit(self, record: logging.LogRecord) -> None:
        """Reads one record, as it is written at either level."""
        told = self._at_debug.format(record)
        line = self._at_info.format(record) if record.levelno >= logging.INFO else ""
        with self._guard:
            self.found += [f"a secret: {one}" for one in (told, line) if _SECRET.search(one)]
            self.lines.append(line)

    def hear(self, *texts: str) -> None:
        """Has what people say in this test looked for."""
        pieces = {piece.strip() for text in texts for piece in _BETWEEN.split(text)}
        self.said |= {piece for piece in pieces if len(piece) >= _AT_LEAST and " " in piece}

    def leaks(self) -> list[str]:
        """Returns what was written since the test began and should not have been."""
        with self._guard:
            return [*self.found, *words_in(self.lines, self.said)]


def words_in(lines: Iterable[str], said: Iterable[str]) -> list[str]:
    """Returns the lines in which somebody's words are, as JSON has them."""
    written = "\n".join(lines)
    leaked = [told for told in (json.dumps(one)[1:-1] for one in said) if told in written]
    return [f"words: {line}" for line in written.splitlines() if any(one in line for one in leaked)] if leaked else []


def look_through(written: str) -> None:
    """Fails where what a program wrote, at any level, has a secret in it."""
    leaked = [line for line in written.splitlines() if _SECRET.search(line)]
    assert leaked == [], f"a secret in what a program wrote: {leaked}"


def texts_of(values: Any) -> Iterator[str]:
    """Yields every text in what is typed and filled in."""
    if isinstance(values, str):
        yield values
    elif isinstance(values, Mapping):
        for inner in values.values():
            yield from texts_of(inner)
    elif isinstance(values, list):
        for inner in values:
            yield from texts_of(inner)


LOOKOUT = Lookout()


@pytest.fixture(autouse=True)
def nothing_secret_is_logged() -> Iterator[None]:
    """Fails a test in which a line of the log, of ours or of a library, holds a secret, or at INFO what somebody said."""
    LOOKOUT.begin()
    yield
    leaks = LOOKOUT.leaks()
    assert leaks == [], leaks


def read_along() -> None:
    """Begins to read along, for as long as the tests run."""
    logs.send_ours_along()
    root = logging.getLogger()
    root.addHandler(LOOKOUT)
    root.setLevel(logging.DEBUG)
