"""What a channel's week is counted from: its acts and introductions, who gave for the first time, and which ties are new.

The acts of the week are read once, and all that is counted of them is asked in the same statement.
"""

from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any, NamedTuple

from sqlalchemy import (
    ColumnElement,
    Date,
    String,
    and_,
    bindparam,
    case,
    cast,
    func,
    literal,
    null,
    or_,
    select,
    union,
    union_all,
)  # fmt: skip
from sqlalchemy.orm import aliased
from sqlmodel import Session, col

from storage.tables import Act, Introduction, Mark, Side, TieDay
from storage.weeks import CHANNEL, IN_WORDS, PRIVATE, SINCE, TEAM, THANKED, UNTIL, acts_of, all_at_once, one_by_one

MOST_STORIES = 20  # that are looked at for one that can be told

_ONE, _NO_KEY = literal(1), cast(null(), String)


@dataclass
class Counted:
    """A channel's week in numbers. `first_givers` are members, and whether there is an act of theirs for which they may be named.

    `stories` are acts for which both sides may be named, and that somebody put into words.
    """

    people_helped: int = 0
    ties: int = 0
    kinds: dict[str, int] = field(default_factory=dict)
    first_givers: dict[str, bool] = field(default_factory=dict)
    stories: list[str] = field(default_factory=list)


def count_week(
    session: Session, team_id: str, channel: str, since: datetime, until: datetime, known_by: datetime
) -> Counted:
    """Counts the acts of a channel in a time: recorded there then, or shared there then. What is private is not among them.

    For thanks somebody may be named where they have known of them since before `known_by`.
    """
    counted = Counted()
    week = {"since": since, "until": until, "day": since.astimezone(UTC).date()}
    values = {"team_id": team_id, "channel": channel, "known_by": known_by, **week}
    for what, key, number in session.connection().execute(_ask(session).count, values):
        match what:
            case "helped":
                counted.people_helped = number
            case "ties":
                counted.ties = number
            case "kind":
                counted.kinds[key] = number
            case "first":
                counted.first_givers[key] = bool(number)
            case "story":
                counted.stories.append(key)
    return counted


def _gave_before(helper: Any, helped: Any = None) -> ColumnElement[bool]:
    """Asks whether somebody gave before the week; with one `helped`, whether they gave to that one, and both agreed on it."""
    earlier, reversal, thanks = aliased(Act), aliased(Act), aliased(Mark)
    undone = select(_ONE).where(col(reversal.team_id) == TEAM, col(reversal.reverses) == col(earlier.id)).exists()
    found = select(_ONE).where(
        col(earlier.team_id) == TEAM, col(earlier.helper_id) == helper, col(earlier.recorded_at) < SINCE,
        col(earlier.reverses).is_(None), ~undone,
    )  # fmt: skip
    if helped is not None:
        agreed = (col(thanks.team_id) == TEAM, col(thanks.act_id) == col(earlier.id), col(thanks.mark) == "thanks")
        pair = (col(earlier.helped_id) == helped, col(earlier.contact_id).is_(None))
        found = found.where(*pair, select(_ONE).where(*agreed).exists())
    return found.exists()


def _count(week: Any) -> Any:
    """Builds the statement that counts a week."""
    one = week.c
    is_told, is_agreed = one.said < PRIVATE, one.said.between(THANKED, IN_WORDS)
    is_named, has_words = and_(is_agreed, one.may_be_named), or_(one.said == IN_WORDS, one.are_their_words)
    helped = select(func.coalesce(one.helped_id, one.contact_id)).where(is_told).distinct().subquery("helped")
    named = func.max(case((is_named, 1), else_=0)).label("named")
    by_members = select(one.helper_id, named).where(is_told, one.helper_id.is_not(None))
    givers = by_members.group_by(one.helper_id).subquery("givers").c
    is_first = one.helper_id < one.helped_id
    pair = [
        case((is_first, low), else_=high)
        for low, high in ((one.helper_id, one.helped_id), (one.helped_id, one.helper_id))
    ]
    agreed = select(pair[0].label("low"), pair[1].label("high")).where(is_agreed, one.contact_id.is_(None))
    pairs = union(agreed, _met_pairs()).subquery("pairs").c
    is_new = ~_had_a_tie(pairs.low, pairs.high)
    told = select(one.id).where(is_named, has_words).order_by(one.recorded_at.desc(), one.id.desc())
    stories = told.limit(MOST_STORIES).subquery("stories").c.id
    return union_all(
        select(_what("helped"), _NO_KEY, func.count()).select_from(helped),
        select(_what("ties"), _NO_KEY, func.count()).select_from(pairs.low.table).where(is_new),
        select(_what("kind"), one.kind, func.count()).where(is_told).group_by(one.kind),
        select(_what("first"), givers.helper_id, givers.named).where(~_gave_before(givers.helper_id)),
        select(_what("story"), stories, literal(0)),
    )


def _met_pairs() -> Any:
    """Selects who met in the week by an introduction that was begun in the channel, two and two."""
    low, high = aliased(Side), aliased(Side)
    same = (col(high.team_id) == TEAM, col(high.introduction_id) == col(low.introduction_id))
    its = (col(Introduction.team_id) == col(low.team_id), col(Introduction.id) == col(low.introduction_id))
    return (
        select(col(low.member_id), col(high.member_id))
        .join(Introduction, and_(*its))
        .join(high, and_(*same, col(high.member_id) > col(low.member_id)))
        .where(col(low.team_id) == TEAM, col(Introduction.channel) == CHANNEL, col(Introduction.is_outside).is_(False))
        .where(col(Introduction.met_at) >= SINCE, col(Introduction.met_at) < UNTIL)
    )


def _had_a_tie(low: Any, high: Any) -> ColumnElement[bool]:
    """Asks whether two had a tie before the week. Of the very day on which it began, the acts are asked.

    Most had none until then, and of those nothing more is asked.
    """
    theirs = (col(TieDay.team_id) == TEAM, col(TieDay.member_id) == low, col(TieDay.other_id) == high)
    by_then = select(_ONE).where(*theirs, col(TieDay.day) <= bindparam("day", type_=Date)).exists()
    earlier = select(_ONE).where(*theirs, col(TieDay.day) < bindparam("day", type_=Date)).exists()
    return by_then & (earlier | _gave_before(low, high) | _gave_before(high, low))


def _what(word: str) -> ColumnElement[str]:
    return literal(word, String)


class _Asked(NamedTuple):
    """What is asked of a whole week."""

    count: Any
    kinds: Any


def _asked(week: Any) -> _Asked:
    """Builds what is asked; each statement once, and not each time."""
    return _Asked(_count(week), select(week.c.kind, func.count()).where(week.c.said < PRIVATE).group_by(week.c.kind))


_ASKED = {"sqlite": _asked(acts_of(one_by_one)), "postgresql": _asked(acts_of(all_at_once))}
_ANY = (lambda one: select(one.id).where(one.said < PRIVATE).limit(1))(acts_of(one_by_one).c)


def _ask(session: Session) -> _Asked:
    return _ASKED[session.connection().dialect.name]


def count_kinds(session: Session, team_id: str, channel: str, since: datetime, until: datetime) -> dict[str, int]:
    """Counts the acts of a channel in a time by their kinds, as a summary does."""
    values = {"team_id": team_id, "channel": channel, "since": since, "until": until, "known_by": until}
    return {str(row[0]): int(row[1]) for row in session.connection().execute(_ask(session).kinds, values)}


def has_any(session: Session, team_id: str, channel: str, since: datetime, until: datetime) -> bool:
    """Says whether a summary of a channel in a time would count any act."""
    values = {"team_id": team_id, "channel": channel, "since": since, "until": until, "known_by": until}
    return session.connection().execute(_ANY, values).first() is not None
