"""What a workspace's admins choose: the emoji that thanks, how many a day and a month hold, whose holidays hold, which topics."""

import re
from datetime import datetime, timedelta

from bot import countries, members, topics
from bot.errors import NotAnEmoji, NotANumber, Stale
from bot.nudge_errors import TooManyTopics, TopicTooLong
from storage import workspaces
from storage.database import Session
from storage.tables import Member, Workspace

MOST_A_DAY, MOST_A_MONTH = 500, 30
# For how many months words can be kept; 0 is for good. Fewer are none: what is said of an act can be changed for 90 days.
KEPT_FOR = {0: "for good", 6: "6 months", 12: "1 year", 24: "2 years", 36: "3 years", 60: "5 years"}
_MONTH, _DAY = timedelta(days=365 / 12), timedelta(days=1)
_NUMBER = re.compile(r"\d{1,9}")
_SLACKS_OWN = {"thumbsup": "+1", "thumbsdown": "-1"}  # the names by which Slack tells of them
_EMOJI = re.compile(r":?([a-z0-9_+\-']{1,100}):?")


def settings(session: Session, team_id: str, now: datetime) -> Workspace:
    """Returns what was chosen, or what holds until somebody chooses."""
    return workspaces.find(session, team_id) or Workspace(team_id=team_id, created_at=now)


def with_old_words(session: Session, now: datetime) -> list[tuple[str, datetime]]:
    """Returns the workspaces in which words may have become too old since it was looked last, with the moment before which."""
    found = []
    for one in workspaces.that_forget(session):
        before = now - _MONTH * (one.keeps_words_for or 0)
        if one.words_gone_until is None or before - one.words_gone_until >= _DAY:
            found.append((one.team_id, before))
    return found


def choose(
    session: Session,
    actor: Member,
    *,
    emoji: str,
    acts_a_day: str,
    introductions_a_month: str,
    country: str,
    words: str = "0",
    now: datetime,
) -> None:
    """Keeps an admin's choice of all of it, as they were typed; no emoji means that none thanks, no country no holidays.

    `words` is for how many months words are kept. Raises NotAnEmoji, NotANumber, NotACountry, or Stale for no such choice.
    """
    members.require("change settings", actor)
    name = _EMOJI.fullmatch(emoji.strip())
    if emoji.strip() and name is None:
        raise NotAnEmoji(emoji)
    if not _NUMBER.fullmatch(acts_a_day) or not 1 <= int(acts_a_day) <= MOST_A_DAY:
        raise NotANumber(acts_a_day, 1, MOST_A_DAY)
    if not _NUMBER.fullmatch(introductions_a_month) or int(introductions_a_month) > MOST_A_MONTH:
        raise NotANumber(introductions_a_month, 0, MOST_A_MONTH, "introductions_a_month")
    if words not in map(str, KEPT_FOR):
        raise Stale
    workspaces.meet(session, actor.team_id, now)
    chosen = None if name is None else _SLACKS_OWN.get(name[1], name[1])
    held = countries.find(country) or None
    workspaces.change(session, actor.team_id, thanks_emoji=chosen, acts_a_day=int(acts_a_day),
                      introductions_a_month=int(introductions_a_month), country=held,
                      keeps_words_for=int(words) or None)  # fmt: skip
    members.refresh_home(session, [actor], now)


def list_topics(session: Session, actor: Member, typed: str, now: datetime) -> None:
    """Keeps the list of topics that members can tick. What is taken off it stays with those who follow it, as if typed.

    Raises TooManyTopics or TopicTooLong.
    """
    members.require("change settings", actor)
    found = topics.read(typed)
    if len(found) > topics.MOST_TOPICS or len(", ".join(found)) > topics.MOST_LISTED:
        raise TooManyTopics(topics.MOST_TOPICS, topics.MOST_LISTED)
    for one in found:
        if len(one) > topics.LONGEST_LISTED:
            raise TopicTooLong(one, topics.LONGEST_LISTED)
    workspaces.meet(session, actor.team_id, now)
    workspaces.change(session, actor.team_id, topics=", ".join(found))
    members.refresh_home(session, [actor], now)


def topics_of(session: Session, team_id: str) -> list[str]:
    """Returns the topics that members can tick."""
    found = workspaces.find(session, team_id)
    return topics.read(found.topics) if found else []
