"""What a member takes along of asks, nudges and events: what they could see of them at any time, and nothing of others' choices.

Of an offer of theirs that was left be they never hear, so it reads as offered. Nudges that were held back did not come.
"""

from collections import defaultdict
from collections.abc import Iterator
from functools import partial

from bot.pages import SOMEONE, Page, Record, iso, names_of, read
from storage import exports_of_asks as exports
from storage.database import Reading, Session
from storage.exports import FIRST, Place
from storage.tables import Member

_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_SUGGESTED = {
    "ask": "an ask that fits", "stuck": "an introduction that waits", "call": "a call to return", "pass on": "help to pass on",
    "item": "news to share", "event": "an event", "quiet": "a tie gone quiet", "meet": "somebody to meet",
}  # fmt: skip
_PRESSED = {"shown": "nothing", "done": "did it", "not this": "not this"}


def parts_of(reading: Reading, member: Member) -> Iterator[tuple[str, Iterator[Record]]]:
    """Yields the parts about asks, nudges and events, each with its records, oldest first."""
    yield "asks", read(reading, partial(_asks, member))
    yield "offers", read(reading, partial(_offers, member))
    yield "nudge_settings", read(reading, partial(_settings, member))
    yield "nudges", read(reading, partial(_nudges, member))
    yield "events", read(reading, partial(_events, member))


def of_channels(admin: Member, session: Session, behind: Place) -> Page:
    """Returns a page of the asks that were posted in channels: without words, and without names of who is never named."""
    found = exports.asks_in_channels(session, admin.team_id, behind[1])
    records = [
        {"day": (iso(ask.asked_at, admin) or "")[:10], "channel": ask.channel, "until": ask.until.isoformat(),
         "asked_by": asker.name if asker.left_at is None and not asker.is_unnamed and asker.name else SOMEONE,
         "state": ask.state}
        for ask, asker in found
    ]  # fmt: skip
    return records, (FIRST[0], found[-1][0].id) if found else None


def _asks(member: Member, session: Session, behind: Place) -> Page:
    found = exports.asks_of(session, member.team_id, member.id, behind[1])
    given = exports.offers_for(session, member.team_id, [one.id for one in found])
    names = names_of(session, member, {one.helper_id for one in given})
    offers = defaultdict(list)
    for one in given:
        offers[one.ask_id].append(f"{names.get(one.helper_id, SOMEONE)}: {one.state}")
    records = [
        {
            "asked_at": iso(one.asked_at, member),
            "words": one.words,
            "topics": one.topics,
            "channel": one.channel,
            "until": one.until.isoformat(),
            "state": one.state,
            "ended_at": iso(one.ended_at, member),
            "offers": offers[one.id],
        }
        for one in found
    ]
    return records, (FIRST[0], found[-1].id) if found else None


def _offers(member: Member, session: Session, behind: Place) -> Page:
    found = exports.offers_of(session, member.team_id, member.id, behind[1])
    names = names_of(session, member, {ask.asker_id for _, ask in found})
    records = [
        {
            "asked_at": iso(ask.asked_at, member),  # the moment of an offer moves when it is left be, and would tell
            "asked_by": names.get(ask.asker_id, SOMEONE),
            "words": ask.words,
            "your_offer": "offered" if offer.state == "covered" else offer.state,
            "ask": "open" if ask.state == "open" else "over",
        }
        for offer, ask in found
    ]
    return records, (FIRST[0], found[-1][1].id) if found else None


def _settings(member: Member, session: Session, behind: Place) -> Page:
    found = exports.nudging_of(session, member.team_id, member.id) if behind == FIRST else None
    if found is None:
        return [], None
    record = {
        "nudges": found.state, "every": found.every, "weekday": _DAYS[found.weekday], "at": found.wall,
        "topics": found.topics, "asks_that_fit": found.takes_asks, "suggested_to_others": not found.is_hidden,
        "later_until": iso(found.later_until, member),
    }  # fmt: skip
    return [record], None


def _nudges(member: Member, session: Session, behind: Place) -> Page:
    found = exports.nudges_of(session, member.team_id, member.id, behind[1])
    suggested = exports.suggested_in(session, member.team_id, [one.id for one in found])
    ids = {one.names for one in suggested}
    names, asked = names_of(session, member, ids, ids), exports.words_of_asks(session, member.team_id, suggested)
    nudges = {one.id: one for one in found}
    records = [
        {
            "at": iso(nudges[one.nudge_id].at, member),
            "suggested": _SUGGESTED[one.source],
            "named": names.get(one.names, SOMEONE),
            "words": asked.get(one.about) if one.source == "ask" else None,
            "pressed": _PRESSED[one.outcome],
            "first_pressed_at": iso(nudges[one.nudge_id].pressed_at, member),
        }
        for one in suggested
    ]
    return records, (FIRST[0], found[-1].id) if found else None


def _events(member: Member, session: Session, behind: Place) -> Page:
    found = exports.goings_of(session, member.team_id, member.id, behind[1])
    records = [
        {
            "said_at": iso(going.at, member),
            "event": item.title,
            "starts_at": iso(item.starts_at, member),
            "place": item.place,
            "wants_to_meet": going.wants_to_meet,
        }
        for going, item in found
    ]
    return records, (FIRST[0], found[-1][0].item_id) if found else None
