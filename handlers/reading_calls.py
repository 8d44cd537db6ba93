"""Reads what is typed behind `/callback`: whom to call, when, and about what, in whichever order they stand."""

import re
from dataclasses import dataclass
from datetime import datetime

from bot.errors import NobodyToCall, NotAName
from bot.ledger import Outsider
from bot.when import Found, WhyNone, find_time, why_none
from handlers.reading import first_mention, plain_words, read_outsiders, take_people

_MOST_WORDS = 5  # of a name written without a company: what is longer is a sentence
_MOST_NAME = 80
_TO_CALL = re.compile(
    r"^(?:please\s+)?(?:remind\s+me\s+)?(?:to\s+)?(?:(?:call|ring|phone)(?:\s+back)?|return(?:\s+(?:a|the))?\s+call\s+(?:to|from))\s+",
    re.IGNORECASE,
)
_ABOUT = re.compile(r"\b(?:about|re|regarding|concerning)\b\s*:?", re.IGNORECASE)
_LEADING = re.compile(r"^[\s,;:.\-–—]*(?:(?:about|re|regarding|concerning)\b\s*:?\s*)?", re.IGNORECASE)
_TRAILING = re.compile(r"(?:[\s,;:.\-–—]|\b(?:on|at|by|back|and)$)+$", re.IGNORECASE)


@dataclass(frozen=True)
class CallRead:
    """What a text said: whom to call, as a Slack id or somebody outside; when, or `why` that is not clear; and about what.

    `trouble` is what stood in the place of a person and is none.
    """

    slack_id: str | None
    outsider: Outsider | None
    about: str
    found: Found | None = None
    why: WhyNone | None = None
    trouble: NobodyToCall | None = None


def read_call(text: str, now: datetime, zone: str, locale: str) -> CallRead:
    """Reads a text such as `Jane Doe (Acme) tomorrow 3pm about the RFP`, for a member in a zone."""
    text, is_order = _TO_CALL.subn("", " ".join(text.split()))
    slack_ids, outsiders, rest, trouble = take_people(text)
    rest = (
        rest.removeprefix("back ").strip() if is_order and f"{rest} ".startswith("back ") else rest
    )  # "call Jane back"
    if trouble is not None:
        typed = getattr(trouble, "typed", "")
        return CallRead(None, None, "", trouble=NobodyToCall(typed, "group" if typed.startswith("#") else "none"))
    if len(slack_ids) + len(outsiders) > 1:
        return CallRead(None, None, "", trouble=NobodyToCall("", "several"))
    if slack_ids or outsiders:
        found, why = _time_in(rest, now, zone, locale)
        about = found.rest if found else " ".join(_around(rest, why))
        return CallRead(next(iter(slack_ids), None), next(iter(outsiders), None), _tidy(about), found, why)
    return _read_mixed(text, *_time_in(text, now, zone, locale))


def says_about(text: str) -> bool:
    """Says whether a text has a word for what a call is about; what stands there was not meant to be a time."""
    return _ABOUT.search(text) is not None


def _time_in(text: str, now: datetime, zone: str, locale: str) -> tuple[Found | None, WhyNone | None]:
    found = find_time(text, now, zone, locale)
    return (found, None) if found else (None, why_none(text, now, zone, locale))


def _read_mixed(text: str, found: Found | None, why: WhyNone | None) -> CallRead:
    """Reads a text that begins with the time, or with a name that only its place tells."""
    before, after = _around(text, found or why)
    mention = first_mention(f"{before} {after}")
    if mention is not None:
        slack_id, rest = mention
        return CallRead(slack_id, None, _tidy(rest), found, why)
    for first, second in ((before, after), (after, "")):
        _, outsiders, rest, _ = take_people(_TO_CALL.sub("", first))
        if outsiders:
            return CallRead(None, outsiders[0], _tidy(f"{rest} {second}"), found, why)
        head, *about = _ABOUT.split(first, maxsplit=1)
        who = _name_in(_TO_CALL.sub("", head))
        if who is not None:
            return CallRead(None, who, _tidy(" ".join([*about, second])), found, why)
    return CallRead(None, None, _tidy(f"{before} {after}"), found, why, NobodyToCall(""))


def _around(text: str, time: Found | WhyNone | None) -> tuple[str, str]:
    """Returns what stands before and after the time, be it clear or not."""
    before, is_there, after = text.partition(time.words if time and time.words else "\0")
    if isinstance(time, Found) and not is_there:
        return time.rest, ""
    return _TRAILING.sub("", before).strip() if is_there else before, after.strip()


def _name_in(words: str) -> Outsider | None:
    """Returns the name of somebody outside Slack, if these words can be one."""
    words = plain_words(_TRAILING.sub("", words.strip(" ,;:.-")))
    if (
        words.startswith(("#", "@"))
        or not re.search(r"[^\W\d_]", words)
        or len(words) > _MOST_NAME
        or len(words.split("(")[0].split()) > _MOST_WORDS
    ):
        return None
    try:
        return next(iter(read_outsiders(words)), None)
    except NotAName:
        return None


def _tidy(about: str) -> str:
    """Returns what a call is about, without the word that led to it."""
    return _LEADING.sub("", about.strip(), count=1).rstrip(" ,;:.-–—")
