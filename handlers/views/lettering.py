"""Names as the fonts at hand can write them: no box for a letter that none of them has, no mark that hides or turns others."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from functools import cached_property
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from matplotlib.ft2font import FT2Font

# Comes with matplotlib: Latin, Greek, Cyrillic, Arabic, Hebrew, Armenian, Georgian and more.
FONT = "DejaVu Sans"
# What it has not, the first of these that the machine has: on Debian, in fonts-noto-core and fonts-noto-cjk.
MORE_FONTS = (
    "Noto Sans CJK JP", "Noto Sans CJK SC", "Noto Sans JP", "Noto Sans SC", "Noto Sans KR", "Noto Sans Devanagari",
    "Noto Sans Thai", "Noto Sans Bengali", "Noto Sans Tamil", "Noto Sans Telugu", "Noto Sans Gujarati", "Noto Sans Khmer",
    "Noto Sans Ethiopic", "Droid Sans Fallback", "WenQuanYi Zen Hei",
)  # fmt: skip

MOST_OF_A_NAME = 80  # characters, as many as Slack has
_MOST_MARKS = 2  # on one letter: one with dozens would run over its neighbors
_UNSEEN = frozenset(
    {*range(0xFE00, 0xFE10), *range(0xE0100, 0xE01F0), 0x034F, 0x115F, 0x1160, 0x17B4, 0x17B5, 0x3164, 0xFFA0}
)
_WRITTEN = (
    "L",
    "M",
    "N",
    "P",
    "Sc",
    "Sm",
)  # letters, marks on them, numbers, signs; not emoji, nor what turns the direction


class Fonts:
    """The fonts of this machine that names are written with."""

    @cached_property
    def families(self) -> list[str]:
        """Returns their names, the first first."""
        from matplotlib.font_manager import fontManager

        here = {entry.name for entry in fontManager.ttflist}
        return [FONT, *(name for name in MORE_FONTS if name in here)]

    def has(self, letter: str) -> bool:
        """Says whether one of them has this letter, both upright and bold."""
        return any(all(face.get_char_index(ord(letter)) for face in faces) for faces in self._faces)

    @cached_property
    def _faces(self) -> list[list[FT2Font]]:
        from matplotlib.font_manager import FontProperties, findfont, get_font

        looks = [
            [FontProperties(family=name, weight=weight) for weight in ("normal", "bold")] for name in self.families
        ]
        return [[get_font(findfont(look)) for look in weights] for weights in looks]


def writable(words: str, has: Callable[[str], bool]) -> str:
    """Returns a name on one line, without its emoji and without words that hold a letter nobody can write; "" if none is left."""
    shown = (_word(word, has) for word in unicodedata.normalize("NFC", words[: MOST_OF_A_NAME * 4]).split())
    name = " ".join(word for word in shown if word)[:MOST_OF_A_NAME].rstrip()
    return name if any(letter.isalnum() for letter in name) else ""


def cut(words: str, fits: Callable[[str], bool]) -> str:
    """Returns as much of the beginning as fits, with an ellipsis behind it where something is missing."""
    if fits(words):
        return words
    least, most = 0, len(words) - 1
    while least < most:
        middle = (least + most + 1) // 2
        least, most = (middle, most) if fits(_ended(words, middle)) else (least, middle - 1)
    return _ended(words, least)


def _ended(words: str, at: int) -> str:
    return f"{words[:at].rstrip()}…"


def _word(word: str, has: Callable[[str], bool]) -> str:
    """Returns one word of a name, a letter that is missing replaced by its plain form; "" where there is none."""
    written, marks = "", 0
    for letter in word:
        category = unicodedata.category(letter)
        if ord(letter) in _UNSEEN or not (category.startswith(_WRITTEN) or letter in "^`"):
            continue
        marks = marks + 1 if category[0] == "M" else 0
        if marks > (_MOST_MARKS if written else 0):
            continue
        plain = next((form for form in _forms(letter) if form and all(map(has, form))), None)
        if plain is None and category[0] in "LN":
            return ""
        written += plain or ""
    return written


def _forms(letter: str) -> tuple[str, str, str]:
    """Returns a letter, the one it stands for, and that without marks: \U0001d4e1, R; \u1e9e, S."""
    plain = unicodedata.normalize("NFKC", letter)
    bare = "".join(one for one in unicodedata.normalize("NFKD", letter) if unicodedata.category(one)[0] != "M")
    return letter, plain, bare
