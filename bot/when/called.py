"""What is called by a time or a date and is none: "the 3pm", "2nd & Main", "Sept Eleven LLC"."""

import re

from bot.when.beside import COMPANIES, FIRMS, SUFFIXES
from bot.when.pieces import Ask, Piece, Place
from bot.when.tokens import Words
from bot.when.words import MONTHS, WEEKDAYS

_MEETING = re.compile(r"the (?:\d{1,2}(?::\d\d)? (?:am|pm)|\d{1,2}:\d\d|noon|midnight)(?= |$)")
_CORNER = re.compile(r"\d{1,3}(?:st|nd|rd|th) (?:&|and) (?P<street>[^\W\d_]+)(?= |$)")


def read_meeting(place: Place) -> Piece | None:
    """Reads "the 3pm" as the name of a meeting, a train, a show."""
    found = _MEETING.match(place.words.line, place.at)
    return Piece("name", None, place.at, found.end()) if found else None


def read_corner(place: Place, before: Piece | None) -> Piece | None:
    """Reads "2nd & Main" as the corner of two streets; in small letters it can be a day as well."""
    found = _CORNER.match(place.words.line, place.at)
    if found is None or found["street"] in (*WEEKDAYS, *MONTHS, "the") or (before and before.role in ("day", "repeat")):
        return None
    is_name = place.words.raw(place.words.index(found.start("street")))[0].isupper()
    return Piece("name" if is_name else "ask", None if is_name else Ask(), place.at, found.end())


def or_company(piece: Piece, words: Words) -> Piece:
    """Returns a piece as the name it is before "LLC" or "& Co", and as a question where it may be one."""
    first, last = words.index(piece.start), words.index(piece.end - 1)
    is_joined = words.tokens[last + 1 : last + 2] in (("&",), (",",))
    suffix = last + 2 if is_joined else last + 1
    if suffix >= len(words.tokens) or piece.role == "zone":
        return piece
    word, raw = words.tokens[suffix], [words.raw(number) for number in range(first, suffix + 1)]
    is_title = all(not one[0].isalpha() or one[0].isupper() for one in raw) and raw[0][0].isalpha()
    is_suffix = word in SUFFIXES and (words.tokens[last + 1] == "&" or word not in ("co", "sons", "partners"))
    if is_suffix:
        is_name = is_title and piece.role not in ("clock", "part")
        return piece._replace(role="name", value=None) if is_name else piece._replace(role="ask", value=Ask())
    is_caseless = len({one.isupper() for one in raw}) == 1 and not raw[-1].istitle()
    is_firm = word in FIRMS if is_caseless else word in COMPANIES and is_title
    may_be = is_firm and not is_joined and piece.role not in ("clock", "part")
    return piece._replace(role="ask", value=Ask()) if may_be else piece
