"""Sheets: no cell can be taken for a formula, wherever a spreadsheet splits it, and the JSON has every word as it was."""

import csv
import json
import random
import time
from collections.abc import Iterable
from io import StringIO
from typing import Any

import pytest

from handlers.sheets import IN_MEMORY, Sheets, guarded

FORMULAS = "=+-@\uff1d\uff0b\uff0d\uff20"
SPLITS_AT = ',;|\t\r\n"'  # whatever some spreadsheet takes for the end of a cell
HIDDEN = "\u200b\u200c\u200d\u2060\ufeff"
ALPHABET = [
    *FORMULAS,
    *SPLITS_AT,
    "'",
    " ",
    "\u00a0",
    "\x00",
    "\x0b",
    *HIDDEN,
    "a",
    "1",
    "(",
    "\u00e9",
    "\U0001f98a",
    "\u202e",
    "SUM",
]


def written(records: Iterable[dict[str, Any]], about: dict[str, Any] | None = None) -> tuple[list[list[str]], Any]:
    """Returns the lines of the sheet and what the JSON has, as they are read again."""
    sheets = Sheets("all.json", "All", about or {})
    sheets.add("some", "some.csv", "Some", records)
    *made, everything = sheets.files()
    everything.content.seek(0)
    found = json.loads(everything.content.read())
    lines: list[list[str]] = []
    for file in made:
        file.content.seek(0)
        lines = list(csv.reader(StringIO(file.content.read().decode("utf-8-sig"), newline="")))
        file.content.close()
    everything.content.close()
    return lines, found


def is_harmless(cell: str) -> bool:
    """Says whether no part of a cell begins as a formula does, with what is not seen in front of it passed over."""
    if cell[:1] in ("\t", "\r", "\n"):
        return False
    for at, mark in enumerate(cell):
        before = at - 1
        while mark in FORMULAS and before >= 0 and _is_unseen(cell[before]) and cell[before] not in SPLITS_AT:
            before -= 1
        if mark in FORMULAS and (before < 0 or cell[before] in SPLITS_AT):
            return False
    return True


def _is_unseen(mark: str) -> bool:
    return mark.isspace() or mark < " " or mark in HIDDEN


@pytest.mark.parametrize(
    ("words", "cell"),
    [
        ("=1+1", "'=1+1"),
        ("+1 512", "'+1 512"),
        ("-2", "'-2"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("\t=1", "'\t'=1"),
        ("\rx", "'\rx"),
        ("\nx", "'\nx"),
        ("  =1", "  '=1"),
        ("\uff1d1", "'\uff1d1"),
        ('a";=1', "a\";'=1"),
        ("a,=1", "a,'=1"),
        ("a; \u200b-1", "a; \u200b'-1"),
        ("costs\n- paint\n- nails", "costs\n'- paint\n'- nails"),
        ("a well-known one", "a well-known one"),
        ("2 + 2 = 4", "2 + 2 = 4"),
        ("don't", "don't"),
        ("", ""),
    ],
)
def test_what_a_spreadsheet_would_compute_gets_a_mark_in_front(words: str, cell: str) -> None:
    assert guarded(words) == cell
    assert is_harmless(cell)


def test_five_thousand_hostile_strings_are_harmless_in_the_sheet_and_exact_in_the_json() -> None:
    chance = random.Random(6)
    words = ["".join(chance.choices(ALPHABET, k=chance.randrange(12))) for _ in range(5_000)]
    records = [{"words": one, "other": other} for one, other in zip(words, reversed(words), strict=True)]
    lines, found = written(records, {"member": words[0]})
    assert lines[0] == ["words", "other"]
    assert lines[1:] == [[guarded(one["words"]), guarded(one["other"])] for one in records]
    assert all(is_harmless(cell) for line in lines for cell in line)
    assert sum(not is_harmless(one) for one in words) > 1_000, "the strings are hostile"
    assert (found["some"], found["about"]) == (records, {"member": words[0]})
    bare = [guarded(one).replace("'", "") for one in words]
    assert bare == [one.replace("'", "") for one in words], "marks are added, and nothing is taken away"


def test_records_within_a_record_are_a_line_each_and_lists_one_cell() -> None:
    record = {"who": "Jane", "names": ["=a", "-b"], "plans": [{"due": 1, "done": True}, {"due": 2, "done": None}]}
    lines, found = written([record])
    assert lines == [
        ["who", "names", "due", "done"],
        ["Jane", "'=a; '-b", "1", "yes"],
        ["Jane", "'=a; '-b", "2", ""],
    ]
    assert found == {"about": {}, "some": [record]}


def test_a_part_without_records_has_no_sheet() -> None:
    assert written([]) == ([], {"about": {}, "some": []})


def test_what_is_large_lies_on_the_disk_and_is_the_same() -> None:
    words = ["x" * 1000 + str(number) for number in range(IN_MEMORY // 500)]
    lines, found = written({"words": one} for one in words)
    assert [line[0] for line in lines[1:]] == [one["words"] for one in found["some"]] == words


@pytest.mark.parametrize("run", ["\t", " ;", ";", "\n-", "'", "\u200b"])
def test_long_runs_cost_no_more_than_their_length(run: str) -> None:
    began = time.perf_counter()
    guarded(run * 50_000 + "x")
    assert time.perf_counter() - began < 2
