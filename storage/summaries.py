"""What a channel's week is counted from: its acts and introductions, who gave for the first time, and which ties are new.

The acts of the week are read once, and all that is counted of them is asked in the same statement.
"""

from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import (
    BindParameter,
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
    true,
    union,
    union_all,
)  # fmt: skip
from sqlalchemy.orm import aliased
from sqlmodel import Session, col

from storage.tables import Act, Introduction, Mark, Outgoing, Side, TieDay

MOST_STORIES = 20  # that are looked at for one that can be told

# What was said of an act since, the weightiest of it; 0 is nothing.
_THANKED, _IN_WORDS, _PRIVATE = 1, 2, 3
_ONE, _NO_KEY = literal(1), cast(null(), String)
_TEAM: BindParameter[str] = bindparam("team_id")
_CHANNEL: BindParameter[str] = bindparam("channel")
_SINCE: BindParameter[datetime] = bindparam("since", type_=Act.__table__.c.recorded_at.type)  # type: ignore[attr-defined]
_UNTIL: BindParameter[datetime] = bindparam("until", type_=Act.__table__.c.recorded_at.type)  # type: ignore[attr-defined]


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
    for what, key, number in session.connection().execute(_COUNT, values):
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


def _of(mark: Any, word: str) -> ColumnElement[bool]:
    return and_(mark.team_id == Act.team_id, mark.act_id == Act.id, mark.mark == word)


def _told() -> Any:
    """Selects what stands, with what was said of it since; what somebody made private is among it.

    Each of these questions is asked of one act at a time. As joins PostgreSQL took them for questions about all acts, and read
    every one that was ever taken back.
    """
    reversal, mark = aliased(Act), aliased(Mark)
    ends = (col(reversal.team_id) == col(Act.team_id), col(reversal.reverses) == col(Act.id))
    is_end_of = select(col(reversal.id)).where(*ends).correlate(Act).scalar_subquery()
    with_words = and_(col(mark.mark) == "thanks", col(mark.words).is_not(None))
    degree = case(
        (col(mark.mark) == "private", _PRIVATE), (with_words, _IN_WORDS), (col(mark.mark) == "thanks", _THANKED)
    )
    of_act = (col(mark.team_id) == col(Act.team_id), col(mark.act_id) == col(Act.id))
    said = func.coalesce(select(func.max(degree)).where(*of_act).correlate(Act).scalar_subquery(), 0)
    are_thanks, is_theirs = col(Act.recorded_by) == col(Act.helped_id), col(Act.written_by) == col(Act.helped_id)
    told = (col(Outgoing.team_id) == _TEAM, col(Outgoing.subject) == col(Act.root_id), col(Outgoing.kind) == "act")
    in_time = col(Outgoing.sent_at) < bindparam("known_by")
    knows = select(_ONE).where(*told, col(Outgoing.state) == "sent", in_time).correlate(Act).exists()
    return select(
        *(col(one) for one in (Act.id, Act.helper_id, Act.helped_id, Act.contact_id, Act.kind, Act.recorded_at)),
        said.label("said"),
        case((are_thanks, knows), else_=true()).label("may_be_named"),
        and_(is_theirs, col(Act.words) != "").label("are_their_words"),
    ).where(col(Act.team_id) == _TEAM, col(Act.reverses).is_(None), is_end_of.is_(None))


def _gave_before(helper: Any, helped: Any = None) -> ColumnElement[bool]:
    """Asks whether somebody gave before the week; with one `helped`, whether they gave to that one, and both agreed on it."""
    earlier, reversal, thanks = aliased(Act), aliased(Act), aliased(Mark)
    undone = select(_ONE).where(col(reversal.team_id) == _TEAM, col(reversal.reverses) == col(earlier.id)).exists()
    found = select(_ONE).where(
        col(earlier.team_id) == _TEAM, col(earlier.helper_id) == helper, col(earlier.recorded_at) < _SINCE,
        col(earlier.reverses).is_(None), ~undone,
    )  # fmt: skip
    if helped is not None:
        agreed = (col(thanks.team_id) == _TEAM, col(thanks.act_id) == col(earlier.id), col(thanks.mark) == "thanks")
        pair = (col(earlier.helped_id) == helped, col(earlier.contact_id).is_(None))
        found = found.where(*pair, select(_ONE).where(*agreed).exists())
    return found.exists()


def _week() -> Any:
    """Selects the acts of a channel's week: recorded there in it, or shared there in it."""
    shared = aliased(Mark)
    in_time = (col(Act.channel) == _CHANNEL, col(Act.recorded_at) >= _SINCE, col(Act.recorded_at) < _UNTIL)
    recorded = _told().where(*in_time, col(Act.is_private).is_(False))
    given = (
        col(shared.team_id) == _TEAM,
        col(shared.channel) == _CHANNEL,
        col(shared.at) >= _SINCE,
        col(shared.at) < _UNTIL,
    )
    return union_all(recorded, _told().join(shared, _of(shared, "shared")).where(*given)).cte("week")


def _count() -> Any:
    """Builds the statement that counts a week."""
    week = _week()
    one = week.c
    is_told, is_agreed = one.said < _PRIVATE, one.said.between(_THANKED, _IN_WORDS)
    is_named, has_words = and_(is_agreed, one.may_be_named), or_(one.said == _IN_WORDS, one.are_their_words)
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
    same = (col(high.team_id) == _TEAM, col(high.introduction_id) == col(low.introduction_id))
    its = (col(Introduction.team_id) == col(low.team_id), col(Introduction.id) == col(low.introduction_id))
    return (
        select(col(low.member_id), col(high.member_id))
        .join(Introduction, and_(*its))
        .join(high, and_(*same, col(high.member_id) > col(low.member_id)))
        .where(
            col(low.team_id) == _TEAM, col(Introduction.channel) == _CHANNEL, col(Introduction.is_outside).is_(False)
        )
        .where(col(Introduction.met_at) >= _SINCE, col(Introduction.met_at) < _UNTIL)
    )


def _had_a_tie(low: Any, high: Any) -> ColumnElement[bool]:
    """Asks whether two had a tie before the week. Of the very day on which it began, the acts are asked.

    Most had none until then, and of those nothing more is asked.
    """
    theirs = (col(TieDay.team_id) == _TEAM, col(TieDay.member_id) == low, col(TieDay.other_id) == high)
    by_then = select(_ONE).where(*theirs, col(TieDay.day) <= bindparam("day", type_=Date)).exists()
    earlier = select(_ONE).where(*theirs, col(TieDay.day) < bindparam("day", type_=Date)).exists()
    return by_then & (earlier | _gave_before(low, high) | _gave_before(high, low))


def _what(word: str) -> ColumnElement[str]:
    return literal(word, String)


_COUNT = _count()
_KINDS = (lambda one: select(one.kind, func.count()).where(one.said < _PRIVATE).group_by(one.kind))(_week().c)
_ANY = (lambda one: select(one.id).where(one.said < _PRIVATE).limit(1))(_week().c)


def count_kinds(session: Session, team_id: str, channel: str, since: datetime, until: datetime) -> dict[str, int]:
    """Counts the acts of a channel in a time by their kinds, as a summary does."""
    values = {"team_id": team_id, "channel": channel, "since": since, "until": until, "known_by": until}
    return {str(row[0]): int(row[1]) for row in session.connection().execute(_KINDS, values)}


def has_any(session: Session, team_id: str, channel: str, since: datetime, until: datetime) -> bool:
    """Says whether a summary of a channel in a time would count any act."""
    values = {"team_id": team_id, "channel": channel, "since": since, "until": until, "known_by": until}
    return session.connection().execute(_ANY, values).first() is not None
