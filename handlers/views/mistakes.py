"""Words and buttons for every mistake of `bot/errors.py`: what is needed, what does it, and that nothing was recorded."""

from collections.abc import Mapping
from typing import Any

from bot import ask_errors, errors, feed_errors, nudge_errors, share_errors
from bot.introduction_errors import (
    AskedBefore,
    AskedThisMonth,
    AtCapacity,
    CannotBeAsked,
    NobodyAsked,
    NoLine,
    NotForGuests,
    NotLookedUp,
    NotTwoPeople,
)
from handlers.views.harmless import unescape
from handlers.views.kit import Block, Message, actions, button, context, quote, section
from handlers.views.sentences import SENTENCES
from storage.database import Unsure

NOTHING = "Nothing was recorded."
NOTHING_CHANGED = "Nothing was changed."
# Under which field of a form each mistake belongs; the first that the form has.
_FIELDS: dict[type[Exception], tuple[str, ...]] = {
    errors.NoWords: ("words",),
    errors.TooLong: ("words",),
    errors.DayIsFull: ("words",),
    errors.NotAName: ("outsiders", "outsider"),
    errors.NobodyToCall: ("person",),
    errors.ZoneNotKnown: ("day",),
    errors.NoTimePicked: ("day",),
    errors.TimeHasPassed: ("day",),
    errors.TimeTooFar: ("day",),
    errors.NoSuchTime: ("day",),
    errors.TooLate: ("day",),
    errors.TooFar: ("day",),
    errors.NotAnEmoji: ("emoji",),
    errors.EndsTooSoon: ("ends",),
    errors.NoDay: ("days",),
    errors.NotACountry: ("country",),
    NotTwoPeople: ("person_1",),
    ask_errors.NothingAsked: ("words",),
    ask_errors.NotByThen: ("until",),
    ask_errors.NobodyThanked: ("helpers",),
    nudge_errors.TooManyTopics: ("topics",),
    share_errors.TooLongALine: ("line",),
    nudge_errors.TopicTooLong: ("topics",),
    feed_errors.NotAnAddress: ("address",),
}
_PEOPLE_FIELDS = ("people", "helper", "helpers", "admins", "person_1", "unwanted")
_NOT_IN_A_FIELD = (
    errors.Stale,
    errors.YouHaveLeft,
    errors.SaidBefore,
    ask_errors.TooManyAsks,
    ask_errors.OwnAsk,
    ask_errors.AskIsOver,
    feed_errors.TooManyFeeds,
    share_errors.TakesNoNews,
    share_errors.HasIt,
    NotForGuests,
    AtCapacity,
    AskedBefore,
    AskedThisMonth,
    CannotBeAsked,
    NotLookedUp,
)
_CHANGES_NOTHING = (
    errors.Stale,
    errors.NotAnEmoji,
    errors.NotANumber,
    errors.NoSuchTime,
    errors.TooLate,
    errors.TooFar,
    errors.EndsTooSoon,
    errors.NoDay,
    errors.NotACountry,
    feed_errors.NotAnAddress,
    feed_errors.TooManyFeeds,
    nudge_errors.TooManyTopics,
    nudge_errors.TopicTooLong,
)


def message(mistake: Exception, draft_id: str, said: str, home_url: str, form: str = "acts.open") -> Message:
    """Answers a mistake; its buttons carry the draft that keeps the words given, which `form` opens. `said` are those words.

    What is not a mistake of the member's is ours: the words come back, to be sent once more.
    """
    if isinstance(mistake, Unsure):
        return _unsure(said, home_url)
    if type(mistake) not in SENTENCES:
        return _ours(said)
    sentence, buttons = SENTENCES[type(mistake)]
    line = sentence(mistake)
    blocks: list[Block] = [section(line)]
    if isinstance(mistake, (errors.DayIsFull, errors.TakesNoPart, errors.ZoneNotKnown)) and said:
        blocks += [section("Your words:"), quote(said)]
    others = {action for _, action in buttons if action.startswith("acts.")} - {"acts.open"}
    is_about_acts = form == "acts.open"  # the others of their buttons know nothing of what another form keeps
    offered = [] if _offers_nothing(mistake) else [one for one in buttons if is_about_acts or one[1] not in others]
    shown = [
        button(
            label, form if action == "acts.open" else action, draft_id, url=home_url if action == "home.open" else None
        )
        for label, action in offered
        if (draft_id or action not in _NEEDS_DRAFT) and not (action == "introductions.keep" and _has_no_end(mistake))
    ]
    if shown:
        blocks.append(actions(*shown))
    blocks.append(context(_end(mistake)))
    return Message(f"{_unmarked(line)} {_end(mistake)}", blocks)


def under_fields(mistake: Exception, view: Mapping[str, Any]) -> dict[str, str]:
    """Returns the mistake's sentence by the field of the open form that it belongs under; nothing where it has none."""
    there = {block.get("block_id"): block for block in view.get("blocks") or [] if block.get("type") == "input"}
    if isinstance(mistake, Unsure):
        return dict.fromkeys(list(there)[-1:], f"{_UNSURE} {_LOOK}")
    if type(mistake) not in SENTENCES:
        return dict.fromkeys(list(there)[-1:], f"{_OURS} Nothing was recorded. Please press it once more.")
    if isinstance(mistake, _NOT_IN_A_FIELD):
        return {}
    line = unescape(_unmarked(SENTENCES[type(mistake)][0](mistake)))
    fields = _FIELDS.get(type(mistake), _PEOPLE_FIELDS)
    if isinstance(mistake, (errors.TooLong, errors.NotANumber)):
        fields = (mistake.field,)
    elif isinstance(mistake, NoLine):
        fields = (f"line_{mistake.number}",)
    return next(({one: line} for one in fields if one in there), {})


_NEEDS_DRAFT = frozenset(
    {
        "callbacks.open",
        "acts.open",
        "acts.outside",
        "acts.again",
        "acts.once",
        "acts.thank_someone",
        "introductions.open",
        "introductions.again",
        "introductions.keep",
        "introductions.text",
        "asks.open",
    }
)


_OURS = "I could not save that. The trouble is on my side."
_UNSURE = "I do not know whether I saved that. The trouble is on my side."
_LOOK = "Home shows what was recorded: please look there before you send it once more."


def _ours(said: str) -> Message:
    line = _OURS
    words = [section("Your words:"), quote(said)] if said else []
    first = section(f"*{line}* Please send it once more.")
    return Message(f"{line} {NOTHING}", [first, *words, context(NOTHING)])


def _unsure(said: str, home_url: str) -> Message:
    words = [section("Your words:"), quote(said)] if said else []
    first = section(f"*{_UNSURE}* {_LOOK}")
    return Message(f"{_UNSURE} {_LOOK}", [first, *words, actions(button("Open Home", "home.open", url=home_url))])


def _end(mistake: Exception) -> str:
    if isinstance(mistake, errors.SaidBefore):
        return "Nothing new is recorded until you choose."
    if isinstance(mistake, NobodyAsked):
        is_asked = isinstance(mistake, AskedBefore) and mistake.is_open
        return "Nobody is asked twice." if is_asked else "Nobody was asked."
    return NOTHING_CHANGED if isinstance(mistake, _CHANGES_NOTHING) else NOTHING


def _offers_nothing(mistake: Exception) -> bool:
    return isinstance(mistake, AskedBefore) and mistake.is_open


def _has_no_end(mistake: Exception) -> bool:
    return isinstance(mistake, AtCapacity) and mistake.until is None


def _unmarked(line: str) -> str:
    """Returns a line without its marks, as a notification has it."""
    return line.replace("*", "").replace("`", "")
