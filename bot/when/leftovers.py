"""A text without the time in it, and the time as it was typed."""

import re
import string

from bot.when.beside import GLUE, JOINS, TAILS
from bot.when.pieces import Piece
from bot.when.tokens import Words

_LEADS = frozenset(
    {"at", "on", "by", "for", "from", "in", "around", "~", "exactly", "say", "maybe", "like", "the", "of"}
)
_QUOTES = ('""', "''", "**", "__", "~~", "``", "\u201c\u201d", "\u2018\u2019")
_EMOJI = re.compile(r":[\w+-]+:$")
_TAIL = re.compile(r"(?: -)? (?:at the latest|latest|sharp|exactly|prompt|ish|or so)(?= |$)")


def split(words: Words, pieces: list[Piece]) -> tuple[str, str]:
    """Returns the phrase as it was typed, and the text without it."""
    phrases: list[str] = []
    rest = words.text
    for first, last in reversed(_stretches(words, pieces)):
        start, end = words.typed[first][0], words.typed[last][1]
        phrases.append(words.text[start:end])
        is_clock = any(piece.role == "clock" and words.index(piece.start) == first for piece in pieces)
        while first > 0 and (words.tokens[first - 1] in _LEADS or (is_clock and words.tokens[first - 1] == "about")):
            first -= 1
        tail = _TAIL.match(words.line, words.starts[last] + len(words.tokens[last]))
        last = words.index(tail.end() - 1) if tail else last
        start, end = words.typed[first][0], words.typed[last][1]
        rest = _joined(rest[:start], rest[end:])
    return " ".join(reversed(phrases)), _tidy(rest)


def _stretches(words: Words, pieces: list[Piece]) -> list[tuple[int, int]]:
    """Returns the first and the last word of each part of the text that is about time and nothing else."""
    found: list[tuple[int, int]] = []
    for piece in sorted(pieces, key=lambda one: one.start):
        first, last = words.index(piece.start), words.index(piece.end - 1)
        if found and all(
            token in GLUE or token in TAILS or token in JOINS for token in words.tokens[found[-1][1] + 1 : first]
        ):
            found[-1] = (found[-1][0], last)
        else:
            found.append((first, last))
    return found


def _joined(before: str, after: str) -> str:
    """Puts what stood before a phrase and after it together."""
    left, right = before.rstrip(), re.sub(r"^[?!]+(?=\s)", "", after.lstrip()).lstrip()
    if left[-1:] in ("(", "[") and right[:1] in (")", "]"):
        left, right = left[:-1].rstrip(), right[1:].lstrip()
    if left[-1:] in (",", ";", "-", ":") and not _EMOJI.search(left) and right[:1] in (",", ";", ".", "-", ":", ""):
        left = left[:-1].rstrip()
    if left and right and left[-1] + right[0] in _QUOTES:
        left, right = left[:-1].rstrip(), right[1:].lstrip()
    if left[-1:] in ("(", "["):
        left = left[:-1].rstrip()
    gap = "" if not left or not right or right[0] in ",.;:!?)]" or left[-1] in "([" else " "
    return f"{left}{gap}{right}"


def _tidy(rest: str) -> str:
    """Takes away what stands at the ends without a use, and doubled spaces."""
    rest = re.sub(r"[ \t]{2,}", " ", rest).strip()
    if not rest.strip(string.punctuation + " "):
        return ""
    rest = re.sub(r"^(?:[,;]+|[:.\-\u2013\u2014]+(?=\s|$)|\s)+", "", rest)
    return (
        rest if _EMOJI.search(rest) else re.sub(r"(?:\s*[,;:\-\u2013\u2014]|(?:^|\s+)(?:on|at|by))+$", "", rest).strip()
    )
