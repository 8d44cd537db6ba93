"""What feeds and calendars suggest: news for somebody one has helped, events that come, and who wants to meet others there."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from bot import items, members, shares, topics
from bot.suggesting.candidates import Candidate
from storage import items as stored
from storage import members as people
from storage import nudges, ties
from storage import shares as kept
from storage.database import Session
from storage.tables import Item, Member, Nudging

FRESH = items.TOO_OLD
MOST_NEWS = 200  # that are looked at for one that fits
AHEAD = {"weekly": timedelta(days=10), "fortnightly": timedelta(days=17), "monthly": timedelta(days=31)}


def news_to_share(session: Session, member: Member, _chosen: Nudging, now: datetime) -> list[Candidate]:
    """Finds news for those with whom a member has a tie: about a topic that they follow, the best one for each.

    Who follows nothing, or takes no news from the member, is left out; so is what they were sent already.
    """
    news = {one.id: one for one in stored.fresh(session, member.team_id, now - FRESH, MOST_NEWS)}
    if not news:
        return []
    known = people.by_id(session, member.team_id, ties.helped_each_other(session, member.team_id, member.id))
    follow = [
        one
        for one in nudges.with_topics(session, member.team_id, list(known))
        if one.news_from != "nobody" and members.is_here(known[one.member_id])
    ]
    if not follow:
        return []
    had = kept.had(session, member.team_id, [one.member_id for one in follow], now - FRESH)
    shelf, found = _shelf(list(news.values())), []
    for theirs in follow:
        fits = shelf.fitting(topics.read(theirs.topics), [])
        new = [one for one in fits if one.topic and (theirs.member_id, one.key) not in had]
        found += [(one.score, theirs.member_id, one) for one in new[:1]]
    return [
        Candidate("item", shares.about(one.key, other), (other,), {"topic": one.topic})
        for _, other, one in sorted(found, key=lambda each: (-each[0], each[1]))
    ]


def events_ahead(session: Session, member: Member, chosen: Nudging, now: datetime) -> list[Candidate]:
    """Finds the events until the member's next nudge but one, those about their topics first, then the next one."""
    going = stored.goings_of(session, member.team_id, member.id)
    coming = {
        one.id: one
        for one in stored.coming_events(session, member.team_id, now, now + AHEAD[chosen.every])
        if one.id not in going
    }
    if not coming:
        return []
    fits = {one.key: one for one in _shelf(list(coming.values())).fitting(topics.read(chosen.topics), [])}
    followed = [key for key, one in fits.items() if one.topic]
    return [
        Candidate("event", key, (), {"topic": fits[key].topic if key in followed else ""})
        for key in [*followed, *(key for key in coming if key not in followed)]
    ]


def others_who_go(session: Session, member: Member, _chosen: Nudging, now: datetime) -> list[Candidate]:
    """Finds who goes to an event as well, where both asked to meet others there; those first with whom there is no tie."""
    tied = set(ties.helped_each_other(session, member.team_id, member.id))
    found = []
    for item_id, wants in stored.goings_of(session, member.team_id, member.id).items():
        item = stored.find(session, member.team_id, item_id) if wants else None
        if item is not None and items.is_ahead(session, item, now):
            others = [one.id for one in items.to_meet(session, member, item_id)]
            found += [Candidate("there", shares.about(item_id, one), (one,)) for one in others]
    return sorted(found, key=lambda one: one.names[0] in tied)


def _shelf(found: Sequence[Item]) -> topics.Shelf:
    return topics.Shelf({one.id: f"{one.title} {one.words} {one.topics}" for one in found})
