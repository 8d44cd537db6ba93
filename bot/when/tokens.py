"""A text as the words that the grammar knows, and the way back from them to what was typed."""

import re
from bisect import bisect_right
from dataclasses import dataclass

from bot.when.masks import DAY_NAMED, NOTHING, masked
from bot.when.names import DOUBT, TITLES, UNKNOWN, Typed, in_place
from bot.when.words import CANON, DOUBTFUL_DAYS, GLUED, NUMBERS, ORDINALS, SLIPS, TENS, UNITS, WEEKDAYS

_SHORTEST_SLIP = 6
_BEFORE_NUMBERS = frozenset(  # in "1h30m", "@3" and "fri10am"
    {"hours", "minutes", "days", "weeks", "@", "at", "in", "today", "tomorrow", "tonight", *WEEKDAYS}
)
_ESCAPED = {"&amp;": "&", "&lt;": "<", "&gt;": ">"}  # how Slack hands these on
_SPACES = re.compile(r"[ \t]+")
_SAME = str.maketrans(
    {"\u2019": "'", "\u2018": "'", "\u2013": "-", "\u2014": "-", "\u2212": "-", "\u00a0": " ", "\u202f": " "}
)
_TOKEN = re.compile(
    rf"{NOTHING}+|{DAY_NAMED}+|&(?:amp|lt|gt);"
    r"|2(?:day|moro|morrow|mrw|mro|nite|night)\b"
    r"|\d{4}-\d\d-\d\d[t ]\d\d:?\d\d(?::?\d\d(?:\.\d{1,6})?)?(?: ?z|[+-]\d\d(?::?\d\d)?)?(?!\w|:\d)"
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
    r"|\n|\S"
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


def read_words(text: str) -> Words:
    """Reads a text into words."""
    text = _SPACES.sub(" ", text)
    lower = "".join(one if len(one.lower()) != 1 else one.lower() for one in text.translate(_SAME))
    found = [(one[0], one.start(), one.end()) for one in _TOKEN.finditer(masked(lower, text))]
    known = [_known(word) for word, _, _ in found]
    _glue(known, found, text)
    for number in range(1, len(found)):
        before = found[number - 1]
        if found[number][0] == "." and (before[0] in CANON or before[0] in TITLES) and before[2] == found[number][1]:
            known[number] = ""  # of "Apr. 5" and "Mr. March"
    found = [one for one, word in zip(found, known, strict=True) if word]
    known = [word for word in known if word]
    tokens: list[str] = []
    typed: list[tuple[int, int]] = []
    for word, (_, start, end) in zip(in_place(known, found, text), found, strict=True):
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
    if word[0] in (NOTHING, DAY_NAMED):
        return UNKNOWN if word[0] == NOTHING else DOUBT
    if word[0] == "\n":
        return ";"  # a line's end parts what stands on both sides of it
    if not word[0].isalpha():
        if word[0] == "'":
            return f"20{word[1:]}" if word[1:] else ""  # of "Mar 5 '27", and of "two weeks' time"
        return CANON.get(word, _ESCAPED.get(word, word))
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


def _glue(known: list[str], found: list[Typed], text: str) -> None:
    """Reads letters that stand at a number without a space, and takes numbers inside of names for no numbers."""
    for number, (word, start, end) in enumerate(found):
        if not word[0].isdigit() or not known[number][:1].isdigit():
            continue
        before = found[number - 1] if number else ("", -1, -1)
        is_inside = before[2] == start and (
            before[0][-1].isalpha() or (before[0] == "_" and text[max(start - 2, 0)].isalnum())
        )
        if is_inside and known[number - 1] not in _BEFORE_NUMBERS:
            is_quarter = before[0] == "q" and word in "1234"
            known[number - 1 : number + 1] = ["", f"q{word}"] if is_quarter else [UNKNOWN, UNKNOWN]
        elif number + 1 < len(found) and found[number + 1][1] == end and found[number + 1][0][0].isalpha():
            meant = _meant(word, known[number + 1], found[number + 1][0], text[end])
            known[number : number + 2] = [word, meant] if meant else [UNKNOWN, UNKNOWN]


def _meant(number: str, word: str, letters: str, letter: str) -> str:
    """Returns the unit that letters at a number are: of "15m" and "3pm", and of none of "3M", "2H", "5k"."""
    if letters == "z" and ":" in number:
        return "utc"
    is_name = letter in "MDK" or (letter == "H" and number in "12")
    meant = word if len(letters) == 1 and is_name else GLUED.get(letters, word)
    return meant if meant.removesuffix("s") in UNITS or meant in ("am", "pm", "ish") else ""


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
