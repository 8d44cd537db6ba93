"""A text as the words that the grammar knows, and the way back from them to what was typed."""

import re
from bisect import bisect_right
from dataclasses import dataclass
from functools import cache

from bot.when.beside import COMPANIES, FEASTS
from bot.when.masks import NOTHING, masked
from bot.when.words import (
    CANON,
    DOUBTFUL_DAYS,
    FOLLOWS_DAY,
    GLUED,
    MONTHS,
    NAMES,
    NUMBERS,
    ORDINALS,
    PARTS,
    PLURALS,
    SAYS_DAY,
    SLIPS,
    TENS,
    UNITS,
    WEEKDAYS,
)

UNKNOWN = "\x01"  # a word without a meaning to the grammar, and nothing that a rule could match
DOUBT = "\x01?"  # what may be a day and may be a name, or owns something: "Friday's call"
_SHORTEST_SLIP = 6
_SAME = str.maketrans(
    {"\u2019": "'", "\u2018": "'", "\u2013": "-", "\u2014": "-", "\u2212": "-", "\u00a0": " ", "\u202f": " "}
)
_TOKEN = (
    rf"{NOTHING}+"
    r"|2(?:day|moro|morrow|mrw|mro|nite|night)\b"
    r"|\d{4}-\d\d-\d\d[t ]\d\d:?\d\d(?::?\d\d(?:\.\d{1,6})?)?(?: ?z|[+-]\d\d(?::?\d\d)?)?(?![\w:])"
    r"|\d{8}t\d{4}(?:\d\d)?z?(?!\w)"
    r"|\d{4}[-/.]\d{1,2}[-/.]\d{1,2}(?![\w/])"
    r"|\d{1,2}([/.-])\d{1,2}\1(?:\d{4}|\d\d)(?![\w/])"
    r"|\d{1,2}/\d{1,2}(?![\w/])"
    r"|\d{1,2}:\d\d(?::\d\d)?(?!\d)"
    r"|\d{1,2}\.[0-5]\d(?= ?[ap]\.?m)"
    r"|\d+(?:st|nd|rd|th)(?!\w)"
    r"|\d+(?:,\d{3})*(?:\.\d+)?"
    r"|[ap]\.m\b\.?"
    r"|'\d\d(?![\w'])"
    r"|utc[+-]\d{1,2}(?::?\d\d)?|gmt[+-]\d{1,2}(?::?\d\d)?"
    r"|(?:africa|america|antarctica|asia|atlantic|australia|europe|indian|pacific|us|canada|etc)/[a-z_]+(?:/[a-z_]+)?(?!\w)"
    r"|[^\W\d_]+(?:'[^\W\d_]+)*"
    r"|\S"
)


@dataclass(frozen=True)
class Words:
    """The words of a text in the grammar's form, one space between them, and where each was typed."""

    text: str
    line: str
    tokens: tuple[str, ...]
    starts: tuple[int, ...]
    typed: tuple[tuple[int, int], ...]

    def index(self, place: int) -> int:
        """Returns the number of the word at a place in `line`."""
        return bisect_right(self.starts, place) - 1

    def raw(self, number: int) -> str:
        """Returns a word as it was typed."""
        start, end = self.typed[number]
        return self.text[start:end]


@cache
def _pattern() -> re.Pattern[str]:
    return re.compile(_TOKEN)


def read_words(text: str) -> Words:
    """Reads a text into words."""
    lower = "".join(one if len(one.lower()) != 1 else one.lower() for one in text.translate(_SAME))
    found = [(one[0], one.start(), one.end()) for one in _pattern().finditer(masked(lower))]
    known = [_known(word) for word, _, _ in found]
    for number in range(1, len(found)):
        if found[number][0] == "." and found[number - 1][0] in CANON and found[number - 1][2] == found[number][1]:
            known[number] = ""  # of "Apr. 5"
    _glue(known, found, text)
    has_case = text != text.upper() and text != text.lower()
    tokens: list[str] = []
    typed: list[tuple[int, int]] = []
    for number, (_, start, end) in enumerate(found):
        for word in _in_place(known, number, found, text if has_case else "").split():
            tokens.append(word)
            typed.append((start, end))
    _count(tokens, typed)
    starts, place = [], 0
    for word in tokens:
        starts.append(place)
        place += len(word) + 1
    return Words(text, " ".join(tokens), tuple(tokens), tuple(starts), tuple(typed))


def _known(word: str) -> str:
    """Returns the grammar's form of a word: without short forms, slips and numbers in letters."""
    if word[0] == NOTHING:
        return UNKNOWN
    if not word[0].isalpha():
        if word[0] == "'":
            return f"20{word[1:]}" if word[1:] else ""  # of "Mar 5 '27", and of "two weeks' time"
        return CANON.get(word, word)
    if word in CANON:
        return word if word in DOUBTFUL_DAYS else CANON[word]
    if word in NUMBERS:
        return str(NUMBERS[word])
    if word in ORDINALS and word != "second":  # which is a unit as well: the grammar takes it as it stands
        return f"{ORDINALS[word]}th"
    if len(word) >= _SHORTEST_SLIP and word not in SLIPS:
        return next((meant for meant in SLIPS if _is_slip(word, meant)), word)
    return word


def _is_slip(word: str, meant: str) -> bool:
    """Says whether one letter is missing, doubled, exchanged or wrong, or two have changed places."""
    if word[0] != meant[0] or abs(len(word) - len(meant)) > 1 or word == f"{meant}s":
        return False
    start = next((number for number, (one, other) in enumerate(zip(word, meant, strict=False)) if one != other), -1)
    if start < 0:
        return True
    here, there = word[start:], meant[start:]
    swapped = here[1:2] + here[:1] + here[2:]
    return here[1:] == there[1:] or here[1:] == there or here == there[1:] or swapped == there


def _glue(known: list[str], found: list[tuple[str, int, int]], text: str) -> None:
    """Reads letters that stand at a number without a space, and takes numbers inside of names for no numbers."""
    for number, (word, start, end) in enumerate(found):
        if not word[0].isdigit() or not known[number][:1].isdigit():
            continue
        before = (
            number > 0
            and found[number - 1][2] == start
            and (found[number - 1][0][-1].isalpha() or found[number - 1][0] == "_")
        )
        after = number + 1 < len(found) and found[number + 1][1] == end and found[number + 1][0][0].isalpha()
        if before and known[number - 1] not in ("hours", "minutes", "days", "weeks", "@", "at"):
            is_quarter = found[number - 1][0] == "q" and word in "1234"
            known[number - 1 : number + 1] = ["", f"q{word}"] if is_quarter else [UNKNOWN, UNKNOWN]
        if after and known[number] != UNKNOWN:
            letters = found[number + 1][0]
            if letters == "z" and ":" in word:
                known[number + 1] = "utc"
                continue
            is_name = len(letters) == 1 and text[end].isupper()  # "3M", "2H"
            meant = known[number + 1] if is_name else GLUED.get(letters) or known[number + 1]
            is_known = meant.removesuffix("s") in UNITS or meant in ("am", "pm", "ish")
            known[number + 1] = meant if is_known else UNKNOWN
            known[number] = word if is_known else UNKNOWN


def _in_place(known: list[str], number: int, found: list[tuple[str, int, int]], text: str) -> str:
    """Returns a word as its neighbours have it: a short day or a plain word, a time or somebody's name."""
    word = known[number]
    before = known[number - 1] if number else ""
    after = known[number + 1] if number + 1 < len(known) else ""
    if before in FEASTS and (word in WEEKDAYS or word in PLURALS):
        return DOUBT
    if word in PLURALS:
        return f"{PLURALS[word]}s"
    if "'" in word and word.endswith("'s") and CANON.get(word[:-2], word[:-2]) in NAMES:
        return DOUBT
    if word in NAMES or found[number][0] in NAMES:
        if text and _is_name(number, found, text, after):
            return UNKNOWN if after in COMPANIES or word in MONTHS else DOUBT
        if word in DOUBTFUL_DAYS:
            later = known[number + 2] if number + 2 < len(known) else ""
            is_dated = after == "the" and later[:1].isdigit()
            return CANON[word] if is_dated or _is_day(before, after) else word
    return word if word != DOUBT else UNKNOWN


def _is_name(number: int, found: list[tuple[str, int, int]], text: str, after: str) -> bool:
    """Says whether a word and the next are written as a name is: "April Jones", "Friday Group", and no "March 5"."""
    _, start, end = found[number]
    if number + 1 == len(found) or not text[start].isupper() or (text[start:end].isupper() and end - start > 3):
        return False
    next_start, next_end = found[number + 1][1:]
    next_word = text[next_start:next_end]
    if after in COMPANIES and next_start == end + 1 and next_word[:1].isupper():
        return True
    if after in PARTS and number + 2 < len(found):
        last = text[found[number + 2][1] : found[number + 2][2]]
        return last.istitle() and last.lower() not in NAMES  # "Friday Night Lights"
    is_said = after in NAMES or after in WEEKDAYS or after in MONTHS or after in CANON.values() or after[:1].isdigit()
    return (
        next_start == end + 1
        and next_word[:1].isupper()
        and not next_word.isupper()
        and not is_said
        and next_word not in ("I", "I'm", "I'll")
    )


def _is_day(before: str, after: str) -> bool:
    """Says whether "sat" or "sun" is a day here."""
    return before in SAYS_DAY or after in FOLLOWS_DAY or after[:1].isdigit()


def _count(tokens: list[str], typed: list[tuple[int, int]]) -> None:
    """Puts "twenty five" and "twenty-fifth" together."""
    number = 0
    while number < len(tokens):
        if tokens[number] in TENS:
            tens, last = TENS[tokens[number]], number + 1
            if last < len(tokens) and tokens[last] == "-":
                last += 1
            unit = tokens[last] if last < len(tokens) else ""
            if len(unit) == 1 and unit.isdigit() and unit != "0":
                tokens[number : last + 1] = [str(tens + int(unit))]
            elif unit in ("first", "second") or (unit[:-2].isdigit() and unit.endswith("th") and len(unit) == 3):
                ones = int(unit[:-2]) if unit[0].isdigit() else 2
                tokens[number : last + 1] = [f"{tens + ones}th"]
            else:
                tokens[number] = str(tens)
                last = number
            typed[number : last + 1] = [(typed[number][0], typed[last][1])]
        number += 1
