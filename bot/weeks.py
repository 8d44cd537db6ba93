"""What a channel's week tells: how many were helped and how, and names only of those who agreed on it.

It ranks nobody: one story, sums, and who gave for the first time. Whoever left their name out is counted, and never named.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from bot import kinds, members, when
from storage import asks, stories, summaries
from storage import members as people
from storage.database import Session
from storage.stories import Story
from storage.tables import Ask, Channel, Member, Summary

KNOWN_FOR = timedelta(days=1)  # whoever is thanked has had so long to keep it private
MOST_NAMES = 3
_WEEK = timedelta(days=7)
MOST_QUOTED = 300
_AT_ONCE = 4  # stories of which it is asked whether they can be told


@dataclass(frozen=True)
class Told:
    """A channel's week. `words` are those of somebody who was helped, `said_by` them; `newcomers` are named, others counted.

    `ask` is the open one of the channel that closes first, `asked_by` whoever asks.
    """

    week: Summary
    people_helped: int
    kinds: Mapping[str, int]
    introductions: int
    introductions_met: int
    ties: int
    newcomers: tuple[str, ...] = ()
    other_newcomers: int = 0
    said_by: str = ""
    words: str = ""
    ask: Ask | None = None
    asked_by: str = ""


def tell(session: Session, week: Summary, now: datetime) -> Told:
    """Returns what there is to tell of a channel's week."""
    counted = summaries.count_week(session, week.team_id, week.channel, week.since, week.until, now - KNOWN_FOR)
    made, met = stories.count_introductions(session, week.team_id, week.channel, week.since, week.until)
    named = [one for one, is_named in counted.first_givers.items() if is_named]
    known = people.by_id(session, week.team_id, named)
    newcomers = sorted(known[one].name for one in named if may_be_named(known[one]))[:MOST_NAMES]
    ask, asker = _open_ask(session, week, now)
    story = _first_story(session, week.team_id, counted.stories)
    return Told(
        week,
        counted.people_helped,
        {kind: counted.kinds[kind] for kind in kinds.NAMES if kind in counted.kinds},
        made,
        met,
        counted.ties,
        tuple(newcomers),
        len(counted.first_givers) - len(newcomers),
        story.helped.name if story else "",
        _words_of(story) if story else "",
        ask,
        asker,
    )


def history(session: Session, week: Summary, channel: Channel, count: int = 12) -> list[tuple[date, dict[str, int]]]:
    """Returns how often each kind of help was recorded in so many weeks that end with this one, each by its first day there.

    They begin with the first in which there was help, or the bot.
    """
    zone = when.zone_named(channel.zone)
    ends = [week.until - _WEEK * back for back in range(count - 1, -1, -1)]
    found = [(end, summaries.count_kinds(session, week.team_id, week.channel, end - _WEEK, end)) for end in ends]
    first = next(
        place for place, (end, counts) in enumerate(found) if counts or end > channel.noted_at or end == week.until
    )
    begins = [end - _WEEK for end in ends[first:]]
    if not found[first][1] or week.is_first:
        begins[0] = max(begins[0], channel.noted_at)
    return [(at.astimezone(zone).date(), counts) for at, (_, counts) in zip(begins, found[first:], strict=True)]


def has_history(session: Session, week: Summary, count: int = 12) -> bool:
    """Says whether any help was recorded in so many weeks."""
    return summaries.has_any(session, week.team_id, week.channel, week.until - _WEEK * count, week.until)


def may_be_named(member: Member) -> bool:
    """Says whether a channel may read somebody's name."""
    return members.is_here(member) and not member.is_unnamed and bool(member.name)


def is_quiet(told: Told) -> bool:
    """Says whether there is nothing to tell."""
    return not (told.people_helped or told.introductions or told.introductions_met)


def _open_ask(session: Session, week: Summary, now: datetime) -> tuple[Ask | None, str]:
    """Returns the ask of a channel that closes first and whose asker may be named, with their name."""
    found = asks.open_in(session, week.team_id, week.channel, now, MOST_NAMES)
    known = people.by_id(session, week.team_id, [one.asker_id for one in found])
    here = [one for one in found if may_be_named(known[one.asker_id])]
    return (here[0], known[here[0].asker_id].name) if here else (None, "")


def _first_story(session: Session, team_id: str, act_ids: Sequence[str]) -> Story | None:
    """Returns the first of some acts that can be told; mostly it is among the first few, and the others are not read then."""
    for first in range(0, len(act_ids), _AT_ONCE):
        for story in stories.of_acts(session, team_id, act_ids[first : first + _AT_ONCE]):
            if _can_be_told(story):
                return story
    return None


def _can_be_told(story: Story) -> bool:
    """Says whether a story can be told: in words that fit, and of two who both may be named."""
    return may_be_named(story.helper) and may_be_named(story.helped) and 0 < len(_words_of(story)) <= MOST_QUOTED


def _words_of(story: Story) -> str:
    """Returns the words of whoever was helped: what they added to their thanks, or the thanks themselves."""
    if story.thanks.words:
        return story.thanks.words
    return story.act.words if story.act.written_by == story.act.helped_id else ""
