"""Tells days and months from names that are written like them: "April Jones", "Friday Group", "sat down"."""

from bot.when.beside import COMPANIES, FEASTS, GLUE, JOINS
from bot.when.places import ABBREVIATIONS, AMBIGUOUS
from bot.when.words import CANON, DOUBTFUL_DAYS, FOLLOWS_DAY, MONTHS, NAMES, PARTS, PLURALS, SAYS_DAY, WEEKDAYS

UNKNOWN = "\x01"  # a word without a meaning to the grammar, and nothing that a rule could match
DOUBT = "\x01?"  # what may be a day and may be a name, or owns something: "Friday's call"
Typed = tuple[str, int, int]  # a word in small letters, and where it was typed

_ZONES = {
    word for word in (*ABBREVIATIONS, *AMBIGUOUS) if len(word) <= len("aest")
}  # and not "Central", which begins names
_KNOWN = frozenset((*CANON.values(), *WEEKDAYS, *MONTHS, *NAMES, *GLUE, *JOINS, *_ZONES))
_LEADS_DAY = (SAYS_DAY | {"at"}) - {",", "-"}
_LEADS_SHORT = frozenset(("on", "next", "every", "each", "this"))  # before "Sun" and "Wed", which begin names too
_LEADS_MONTH = frozenset(("of", "in", "mid", "end", "by", "until", "till", "early", "late", "next", "-"))
TITLES = frozenset(("mr", "mrs", "ms", "dr", "prof", "sir", "st"))
_ENDS_TIME = frozenset(("time", "eod", "tonight", *PARTS, *ABBREVIATIONS, *AMBIGUOUS))
_MOST_IN_A_NAME = 3  # words: a longer text in capitals is a title, and says nothing about names


def in_place(known: list[str], found: list[Typed], text: str) -> list[str]:
    """Returns words as their neighbours have them: a short day or a plain word, a time or somebody's name."""
    padded = ["", *known, "", ""]
    has_case = _has_case(found, text)
    return [
        _in_place(
            word,
            padded[number],
            padded[number + 2],
            padded[number + 3],
            has_case and _is_name(number, found, text, padded),
        )
        for number, word in enumerate(known)
    ]


def _in_place(word: str, before: str, after: str, later: str, is_name: bool) -> str:
    if (before in FEASTS and (word in WEEKDAYS or word in PLURALS)) or (before in TITLES and word in NAMES):
        return DOUBT
    if word in PLURALS:
        return f"{PLURALS[word]}s"
    if word.endswith("'s") and CANON.get(word[:-2], word[:-2]) in NAMES:
        return DOUBT
    if is_name:
        return UNKNOWN if after in COMPANIES or word in MONTHS else DOUBT
    if word in DOUBTFUL_DAYS:
        is_dated = after == "the" and later[:1].isdigit()
        is_day = is_dated or before in SAYS_DAY or before in _ENDS_TIME or after in FOLLOWS_DAY or after[:1].isdigit()
        return CANON[word] if is_day else word
    return word


def _has_case(found: list[Typed], text: str) -> bool:
    """Says whether capitals tell names from other words here."""
    first = [text[start] for word, start, _ in found if word[0].isalpha()]
    has_glue = any(word in GLUE or word in JOINS for word, _, _ in found if word[0].isalpha())
    is_title = has_glue and len(first) > _MOST_IN_A_NAME and all(letter.isupper() for letter in first)
    return not is_title and text not in (text.upper(), text.lower())


def _is_name(number: int, found: list[Typed], text: str, padded: list[str]) -> bool:
    """Says whether a word and the next are written as a name is: "April Jones", "Friday Group", and no "March 5"."""
    word, start, end = found[number]
    known, before, after = padded[number + 1], padded[number], padded[number + 2]
    if (known not in NAMES and word not in NAMES) or number + 1 == len(found):
        return False
    is_capital = text[start].isupper() and not (text[start:end].isupper() and end - start > len("MON"))
    next_start, next_end = found[number + 1][1:]
    following = text[next_start:next_end]
    if not is_capital or next_start != end + 1 or not following[:1].isupper() or following.isupper():
        return False
    if after in COMPANIES:
        return True
    if after in PARTS and number + 2 < len(found):
        last = text[found[number + 2][1] : found[number + 2][2]]
        return last.istitle() and last.lower() not in _KNOWN  # "Friday Night Lights"
    leads = _LEADS_MONTH if known in MONTHS else _LEADS_SHORT if word in DOUBTFUL_DAYS else _LEADS_DAY
    is_listed = (
        before in (",", "-", "/")
        and number > 1
        and (padded[number - 1] in WEEKDAYS or padded[number - 1] in DOUBTFUL_DAYS)
    )
    is_led = before in leads or is_listed
    is_dated = before[:1].isdigit() or before in ("first", "second", "last")
    is_said = after in _KNOWN or following.lower() in _KNOWN or after[:1].isdigit() or following in ("I'm", "I'll")
    return not (is_led or is_dated or is_said)
