"""What makes another time of a time, or none: "before 5", "Friday doesn't work", "at 3, sorry 4", "Bob called at 9"."""

import re

from bot.when.beside import (
    AWAY,
    CORRECTS,
    DENIES,
    DENIES_NOTHING,
    EXCEPTS,
    GLUE,
    IS,
    JOINS,
    OBJECTS,
    PAST_VERBS,
    SAYS_MORE,
    TAILS,
    TURNS_AFTER,
    TURNS_BEFORE,
)  # fmt: skip
from bot.when.pieces import Day, Piece
from bot.when.places import ABBREVIATIONS, AMBIGUOUS, CITIES
from bot.when.tokens import Words
from bot.when.words import DOUBTFUL_DAYS, LEFT_OVER

_OWNERS = frozenset({"the", "a", "my", "our", "your", "his", "her", "their", "its", "that", "these", "those"})
_BEFORE_NAMES = frozenset({"before", "after", "until", "till", "since", "between"})
_NEAR = 3  # words: as far before a time as "can't do" and "is not free on" stand
_LAST_DAY, _LAST_MINUTE = 31, 59


def is_clean(words: Words, pieces: list[Piece], taken: set[int]) -> bool:
    """Says whether no word that is left over is about time, neither by itself nor beside a piece."""
    tokens = words.tokens
    left = [number for number in range(len(tokens)) if number not in taken]
    if any(_is_time(tokens, number) or _corrects(words, number, taken) for number in left):
        return False
    has_clock = any(piece.role in ("clock", "part", "name", "duration", "bare", "ask") for piece in pieces)
    if pieces and not has_clock and re.fullmatch(r"[1-9]|1[0-2]", tokens[-1]) and len(tokens) - 1 not in taken:
        return False  # "tomorrow Jane Doe 3"
    if any(piece.role == "clock" for piece in pieces) and any(_is_zone(words, number, taken) for number in left):
        return False
    return not any(
        _is_turned_name(words, piece, taken) if piece.role == "name" else _is_turned(words, piece, taken)
        for piece in pieces
        if piece.role != "length"
    )


def _is_time(tokens: tuple[str, ...], number: int) -> bool:
    token, following = tokens[number], tokens[number + 1 : number + 2]
    if token in ("every", "each"):
        return bool(following) and (following[0][0].isdigit() or following[0] in LEFT_OVER)
    return token in LEFT_OVER or (token in ("am", "pm") and number > 0 and tokens[number - 1][0].isdigit())


def _is_zone(words: Words, number: int, taken: set[int]) -> bool:
    """Says whether a zone stands where none is read, before its time or far from it: "UTC 15:00", "London time: 3pm"."""
    tokens, word = words.tokens, words.tokens[number]
    if word == "time" and number:
        return (
            tokens[number - 1] in CITIES
            or tokens[number - 1] in ABBREVIATIONS
            or " ".join(tokens[number - 2 : number]) in CITIES
        )
    is_said = words.raw(number).isupper() or word in ("utc", "gmt")
    return (word in ABBREVIATIONS or word in AMBIGUOUS) and is_said and (len(word) > 2 or number + 1 in taken)


def _corrects(words: Words, number: int, taken: set[int]) -> bool:
    """Says whether a word puts one number in another's place: "at 3, sorry 4", "3 no 4pm"."""
    tokens = words.tokens
    if tokens[number] not in CORRECTS:
        return False
    after, before = number + 1, number - 1
    while after < len(tokens) and (
        tokens[after] in GLUE or tokens[after] in CORRECTS or tokens[after] in ("that", "it")
    ):
        after += 1
    while before >= 0 and (tokens[before] in GLUE or tokens[before] in CORRECTS):
        before -= 1
    is_after = after < len(tokens) and after not in taken and _is_number(words, after)
    is_before = before >= 0 and before not in taken and after in taken and _is_number(words, before)
    return is_after or is_before


def _is_turned_name(words: Words, piece: Piece, taken: set[int]) -> bool:
    """Says whether a meeting's name is a part of the time after all: "after the 4pm standup", "move the 3pm to 4pm"."""
    before, after = words.index(piece.start) - 1, words.index(piece.end - 1) + 1
    return (before >= 0 and words.tokens[before] in _BEFORE_NAMES) or (
        words.tokens[after : after + 1] == ("to",) and after + 1 in taken
    )


def _is_turned(words: Words, piece: Piece, taken: set[int]) -> bool:
    """Says whether a word beside a piece makes another time of it, or is a number that belongs to it in some way."""
    before, after = words.index(piece.start) - 1, words.index(piece.end - 1) + 1
    most = _LAST_MINUTE if piece.role == "clock" else _LAST_DAY
    if before >= 0 and before not in taken and _is_turned_before(words, piece, before, taken):
        return True
    tokens = words.tokens
    while after < len(tokens) and tokens[after] in TAILS and after not in taken:
        after += 1
    if after >= len(tokens) or after in taken:
        return False
    if tokens[after:] in ((",", "no"), ("to",)):
        return True  # "Friday, no" and "tomorrow at ten to"
    is_out = tokens[after] in ("is", "are") and tokens[after + 1 : after + 2] in (
        ("out",),
        ("off",),
        ("full",),
        ("bad",),
    )
    is_turned = tokens[after] in TURNS_AFTER or tokens[after] in DOUBTFUL_DAYS or is_out
    return is_turned or _is_number(words, after, most) or _is_turned_later(words, after, taken)


def _is_turned_before(words: Words, piece: Piece, before: int, taken: set[int]) -> bool:
    tokens = words.tokens
    if piece.role in ("day", "bare"):
        is_owned = isinstance(piece.value, Day) and piece.value.weekday is not None and tokens[before] in _OWNERS
        if is_owned or tokens[before] in ("from", "about"):
            return True  # "the Friday meeting", "the notes from Friday"
    if piece.role == "clock" and tokens[before] in ("from", "in"):
        return True  # "a missed call from 3pm", "ran it in 3:45"
    if _is_over(tokens, before, taken) or _is_denied(tokens, before, taken):
        return True
    while before >= 0 and tokens[before] in GLUE and before not in taken and tokens[before] not in TURNS_BEFORE:
        before -= 1
    if before < 0 or before in taken or (before == 0 and tokens[before] in ("<", ">")):
        return False
    is_turned = tokens[before] in TURNS_BEFORE or tokens[before] in DOUBTFUL_DAYS
    return is_turned or _is_number(words, before, is_before=True)


def _is_over(tokens: tuple[str, ...], before: int, taken: set[int]) -> bool:
    """Says whether something happened then: "Bob called at 3pm", "she emailed me on Monday", "it was due Friday"."""
    if tokens[before] in ("at", "on", "around", "about", "in"):
        before -= 1
    if tokens[max(before - 1, 0) : before + 1] in (("was", "due"), ("were", "due")):
        return True
    if before >= 0 and tokens[before] not in PAST_VERBS and (tokens[before] in OBJECTS or tokens[before].isalpha()):
        before -= 1
    return before >= 0 and before not in taken and tokens[before] in PAST_VERBS


def _is_denied(tokens: tuple[str, ...], before: int, taken: set[int]) -> bool:
    """Says whether it is not to be then: "can't do Friday", "is out on Friday"; and not in "don't forget Friday"."""
    near: list[str] = []
    while before >= 0 and len(near) < _NEAR and before not in taken and tokens[before][0].isalpha():
        near.append(tokens[before])
        before -= 1
    denied = [word for word in near if word in DENIES or word.endswith("n't")]
    is_away = not AWAY.isdisjoint(near[:2]) and any(word in IS or word.endswith("'s") for word in near)
    return is_away or (bool(denied) and DENIES_NOTHING.isdisjoint(near))


def _is_turned_later(words: Words, after: int, taken: set[int]) -> bool:
    """Says whether behind a joining word there is more of the time before it: "on day 15", "or 4", "(except Fridays)"."""
    tokens, joint, following = words.tokens, words.tokens[after], after + 1
    while following < len(tokens) and following not in taken and tokens[following] in GLUE and joint in GLUE:
        following += 1
    if following >= len(tokens) or following in taken or joint not in (*JOINS, *GLUE, ":", ";"):
        return False
    if joint in ("for", "about", "of"):
        return False
    if joint in ("(", ",", ":", ";"):
        is_last = following == len(tokens) - 1 and _is_number(words, following)
        return is_last or (joint == "(" and tokens[following] in EXCEPTS)
    return _is_number(words, following) or tokens[following] in SAYS_MORE


def _is_number(words: Words, number: int, most: int = _LAST_DAY, *, is_before: bool = False) -> bool:
    """Says whether a word is a number that could be an hour, a day or a year."""
    token = words.tokens[number]
    if not token[0].isdigit():
        return False
    if is_before and number and words.raw(number - 1)[:1].isupper() and token.isdigit() and len(token) == 4:
        return False  # "RFP 2027"
    if re.fullmatch(r"\d{1,2}(?::\d\d|\.\d{1,2})?|\d{1,2}/\d{1,2}|\d+(?:st|nd|rd|th)", token):
        return int(re.split(r"\D", token)[0]) <= most
    return re.fullmatch(r"(?:[01]\d|2[0-4])[0-5]\d|20\d\d", token) is not None
