"""Topics: what members follow, and which texts are about it. Matched on words that both used, and on nothing else.

A text's score is BM25 (Robertson and Zaragoza 2009, k1 1.2, b 0.75) over the texts at hand, for the words that a member follows
or has used; a word that they follow weighs as much as three that they have only used.
"""

import math
import re
from collections import Counter
from collections.abc import Iterable, Mapping
from functools import cache
from typing import Any, NamedTuple

MOST_TOPICS = 20
MOST_CHARACTERS = 300  # of all of a member's topics
MOST_LISTED = 600  # characters of all of a workspace's list
LONGEST_LISTED = 75  # of one of them: an entry of a menu holds no more
FOLLOWED, USED = 3.0, 1.0
FEWEST_USED = 2  # words that a text must share with what a member wrote, where they follow none in it
_K1, _B = 1.2, 0.75
_WORD = re.compile(r"[^\W_]{2,}")
# Words that say nothing of what a text is about.
_EMPTY = """
    about after all also an and any anyone are as at be been but by can could did do does for from get had has have he her him
    his how if in into is it its just know like look looking me more most my need needs new no not of on one or other our out
    over please she so some somebody someone than that the their them then there these they this to up us was we were what when
    where which who why will with would you your
    """


_SAYS_NOTHING = frozenset(_EMPTY.split())


class Match(NamedTuple):
    """A text that fits: its key, how well, and the member's own topic or words that are in it."""

    key: str
    score: float
    topic: str
    shared: tuple[str, ...]


def read(typed: str) -> list[str]:
    """Returns the topics that somebody typed, with commas or lines between them, each once and as it was written."""
    found = (" ".join(part.split()) for part in re.split(r"[,;\n]", typed))
    return list({one.casefold(): one for one in found if one}.values())


def join(ticked: Iterable[str], typed: str) -> str:
    """Returns topics that were ticked in a list with those that were typed, each once, with commas between them."""
    return ", ".join(read(", ".join((*ticked, typed))))


def divide(followed: str, listed: Iterable[str]) -> tuple[list[str], str]:
    """Returns those of some topics that are in a list, as they stand there, and the others as they would be typed."""
    known = {one.casefold(): one for one in listed}
    kept = read(followed)
    ticked = [known[one.casefold()] for one in kept if one.casefold() in known]
    return ticked, ", ".join(one for one in kept if one.casefold() not in known)


class Shelf:
    """Some texts, each with its key, read once; those that fit somebody are found in them as often as one likes."""

    def __init__(self, texts: Mapping[str, str]) -> None:
        self._counts = {key: Counter(stems(text)) for key, text in texts.items()}
        self._with = Counter(stem for found in self._counts.values() for stem in found)
        self._usual = sum(map(Counter.total, self._counts.values())) / max(len(texts), 1)

    def fitting(self, topics: Iterable[str], used: Iterable[str]) -> list[Match]:
        """Returns those texts that fit what a member follows and what they wrote, the best first."""
        followed = {topic: stems(topic) for topic in topics}
        weights: dict[str, float] = dict.fromkeys((stem for one in used for stem in stems(one)), USED)
        weights |= dict.fromkeys((stem for found in followed.values() for stem in found), FOLLOWED)
        matches = []
        for key, found in self._counts.items():
            topic = next((one for one, words in followed.items() if words and all(word in found for word in words)), "")
            shared = tuple(sorted(found.keys() & weights.keys()))
            if topic or len(shared) >= FEWEST_USED:
                score = sum(weights[stem] * self._worth(stem, found) for stem in shared)
                matches.append(Match(key, score, topic, shared))
        return sorted(matches, key=lambda match: (not match.topic, -match.score, match.key))

    def _worth(self, stem: str, found: Counter[str]) -> float:
        return _rarity(len(self._counts), self._with[stem]) * _fullness(found[stem], found.total() / self._usual)


def stems(text: str) -> list[str]:
    """Returns the words of a text that say what it is about, each by its stem: "estimators" and "estimating" are one."""
    words = [word for word in _WORD.findall(text.casefold()) if word not in _SAYS_NOTHING]
    stemmed: list[str] = _stemmer().stemWords(words)
    return stemmed


def _rarity(texts: int, with_it: int) -> float:
    """Returns how much a word tells texts apart, in nats; never less than nothing."""
    return math.log(1 + (texts - with_it + 0.5) / (with_it + 0.5))


def _fullness(count: int, length: float) -> float:
    return count * (_K1 + 1) / (count + _K1 * (1 - _B + _B * length))


@cache
def _stemmer() -> Any:
    import snowballstemmer  # 30 languages' tables; only when somebody follows a topic

    return snowballstemmer.stemmer("english")
