"""What a member takes along, and what an admin may know of the workspace: which of it, under which names, and how it is worded.

A member gets what they could see at any time: their own acts, introductions, calls and contacts; asks and nudges are in
`exports_of_asks.py`. Of an introduction that is their own answers; never another's, never that somebody declined or was spared.
Nothing is held whole: it is read page by page.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from functools import partial

from bot import exports_of_asks, kinds, members, when
from bot.pages import OUTSIDER, SOMEONE, Page, Record, iso, names_of, read
from storage import exports, outbox
from storage import members as people
from storage.database import Reading, Session, new_id
from storage.exports import FIRST, Place
from storage.introductions import Standing
from storage.tables import Member, Side
from storage.tables.introductions import OPEN

MINE, PUBLIC = "export", "ledger"  # the kinds of files in the outbox
NEEDS = {MINE: "export", PUBLIC: "export the ledger"}
# Somebody who was thanked is named once their quiet message is a day old, so that they could keep it private.
A_DAY = timedelta(days=1)
_BEING_ASKED, _INTRODUCED = "being asked", "introduced"
# What a connector is told of an introduction; whatever its other states say stays between those who are asked and the bot.
_MADE = {
    "drafted": "not asked yet", "opening": "all said yes", "passed on": "text sent", "met": "met",
    "led to something": "led to something", "expired": "did not go ahead", "withdrawn": "taken back",
} | dict.fromkeys(OPEN, _BEING_ASKED)  # fmt: skip
_NOT_INTRODUCED = (*OPEN, "drafted", "opening", "passed on", "expired", "withdrawn")


def ask(session: Session, actor: Member, kind: str, now: datetime) -> None:
    """Has files made and sent to the actor's own DM, unless those are on their way already."""
    members.require(NEEDS[kind], actor)
    people.hold(session, actor.team_id, actor.id)
    if not exports.is_under_way(session, actor.team_id, actor.id, kind):
        key = f"{kind}:{actor.id}:{new_id(now)}"
        whose = {"subject": actor.id, "member_id": actor.id, "owner_id": actor.id}
        outbox.add(session, actor.team_id, key=key, kind=kind, now=now, verb="file", **whose)


def of_member(reading: Reading, member: Member) -> Iterator[tuple[str, Iterator[Record]]]:
    """Yields the parts of what a member takes along, each with its records, oldest first."""
    yield "good_turns", _good_turns(reading, member)
    yield "introductions", _introductions(reading, member)
    yield "calls", read(reading, partial(_calls, member))
    yield "contacts", read(reading, partial(_contacts, member))
    yield from exports_of_asks.parts_of(reading, member)


def of_workspace(reading: Reading, admin: Member, now: datetime) -> Iterator[tuple[str, Iterator[Record]]]:
    """Yields what was done in channels and is private to nobody: with names where both sides agreed, and counted elsewhere.

    Days and months are those of the admin's zone. The words that people wrote are theirs, and are in neither.
    """
    counted: Counter[tuple[str, str, str]] = Counter()
    yield "by_name", read(reading, partial(_public, admin, now, counted))
    names = ("month", "channel", "kind", "good_turns")
    yield "asks", read(reading, partial(exports_of_asks.of_channels, admin))
    yield "counted", (dict(zip(names, (*key, count), strict=True)) for key, count in sorted(counted.items()))


def _good_turns(reading: Reading, member: Member) -> Iterator[Record]:
    for part in exports.PARTS:
        yield from read(reading, partial(_acts, member, part))


def _introductions(reading: Reading, member: Member) -> Iterator[Record]:
    yield from read(reading, partial(_made, member))
    yield from read(reading, partial(_asked, member))


def _acts(member: Member, part: str, session: Session, behind: Place) -> Page:
    rows = exports.acts_of(session, member.team_id, member.id, part, behind)
    ids = {one for row in rows for one in (row.helper_id, row.helped_id, row.recorded_by)}
    names = names_of(session, member, ids, {row.contact_id for row in rows})
    records = [
        {
            "recorded_at": when.iso(row.recorded_at, member.zone),
            "part": part,
            "from": names.get(row.helper_id or row.contact_id, OUTSIDER),
            "to": names.get(row.helped_id or row.contact_id, OUTSIDER),
            "kind": kinds.NAMES[row.kind],
            "words": row.words,
            "state": "removed" if not row.stands else "recorded" if row.thanks_at is None else "thanked",
            "thanked_at": iso(row.thanks_at, member),
            "thanks": row.thanks_words,
            "recorded_by": names.get(row.recorded_by, SOMEONE),
            "channel": row.channel,
            "is_private": bool(row.is_private),
        }
        for row in rows
    ]
    return records, (rows[-1].recorded_at, rows[-1].id) if rows else None


def _made(member: Member, session: Session, behind: Place) -> Page:
    found = exports.made_by(session, member.team_id, member.id, behind)
    names = _names_in(session, member, found)
    records = [
        {
            **_introduction(member, standing, "made", names),
            "at": when.iso(standing.introduction.created_at, member.zone),
            "people": [_side(side, names) for side in standing.sides],
            "lines": [side.line for side in standing.sides],
            "is_business": standing.introduction.is_business,
            "state": _made_state(standing),
        }
        for standing in found
    ]
    last = found[-1].introduction if found else None
    return records, (last.created_at, last.id) if last else None


def _asked(member: Member, session: Session, behind: Place) -> Page:
    found = exports.asked_of(session, member.team_id, member.id, behind)
    names = _names_in(session, member, [standing for _, standing in found])
    records = [
        {
            **_introduction(member, standing, "asked", names),
            "at": iso(mine.asked_at, member),
            "people": [_side(side, names) for side in standing.sides if side.id != mine.id],
            "lines": [mine.line],
            "state": _asked_state(standing),
            "your_answer": mine.answer,
            "answered_at": iso(mine.answered_at, member),
            "asked_again_at": iso(mine.again_at, member),
            "you_met": mine.met,
            "your_words": mine.words,
        }
        for mine, standing in found
    ]
    last = found[-1][0] if found else None
    return records, (last.asked_at, last.id) if last and last.asked_at else None


def _introduction(member: Member, standing: Standing, part: str, names: dict[str, str]) -> Record:
    """Returns what a record of an introduction has whoever reads it, with room for the rest of it, in order."""
    introduction = standing.introduction
    all_agreed = introduction.state not in _NOT_INTRODUCED and not introduction.is_outside
    later = ("is_business", "your_answer", "answered_at", "asked_again_at", "you_met", "your_words")
    return {
        "at": None, "part": part, "connector": names.get(introduction.connector_id, SOMEONE), "people": [], "lines": [],
        "state": "", "all_agreed_at": iso(introduction.connected_at, member) if all_agreed else None,
        **dict.fromkeys(later),
    }  # fmt: skip


def _made_state(standing: Standing) -> str:
    introduction = standing.introduction
    known = _MADE.get(introduction.state, _INTRODUCED)
    return _MADE["passed on"] if introduction.is_outside and known == _INTRODUCED else known


def _asked_state(standing: Standing) -> str:
    """Words how far it came as every one of those who are asked may know it: whether others met is theirs to say."""
    state = standing.introduction.state
    if state in ("expired", "withdrawn"):
        return _MADE[state]
    return _BEING_ASKED if state in _NOT_INTRODUCED else _INTRODUCED


def _calls(member: Member, session: Session, behind: Place) -> Page:
    found = exports.callbacks_of(session, member.team_id, member.id, behind[1])
    names = names_of(session, member, {one.member_id for one, _ in found}, {one.contact_id for one, _ in found})
    records = [
        {
            "noted_at": when.iso(call.noted_at, member.zone),
            "who": names.get(call.member_id or call.contact_id or "", SOMEONE),
            "about": call.about,
            "note": call.note,
            "repeats": call.every,
            "plans": [
                {
                    "due_at": when.iso(turn.due_at, member.zone),
                    "outcome": turn.ended or "open",
                    "ended_at": iso(turn.ended_at, member),
                }
                for turn in plans
            ],
        }
        for call, plans in found
    ]
    return records, (FIRST[0], found[-1][0].id) if found else None


def _contacts(member: Member, session: Session, behind: Place) -> Page:
    found = exports.contacts_of(session, member.team_id, member.id, behind[1])
    records = [
        {"noted_at": when.iso(one.created_at, member.zone), "name": one.name, "company": one.company} for one in found
    ]
    return records, (FIRST[0], found[-1].id) if found else None


def _public(
    admin: Member, now: datetime, counted: Counter[tuple[str, str, str]], session: Session, behind: Place
) -> Page:
    """Returns a page of the acts with names, and counts the others."""
    rows = exports.public_acts(session, admin.team_id, behind[1])
    thanked = [row.root_id for row in rows if row.thanks_member_id == row.recorded_by]
    not_told = exports.not_told_since(session, admin.team_id, thanked, now - A_DAY) if thanked else set()
    known = people.by_id(session, admin.team_id, {one for row in rows for one in (row.helper_id, row.helped_id) if one})
    records = []
    for row in rows:
        sides = [known.get(row.helper_id), known.get(row.helped_id)]
        is_agreed = row.thanks_at is not None and row.root_id not in not_told
        day, kind = when.iso(row.recorded_at, admin.zone)[:10], kinds.NAMES[row.kind]
        if is_agreed and all(side is not None and side.left_at is None and not side.is_unnamed for side in sides):
            helper, helped = (side.name or SOMEONE for side in sides if side is not None)
            records.append({"day": day, "channel": row.channel, "kind": kind, "from": helper, "to": helped})
        else:
            counted[day[:7], row.channel, kind] += 1
    return records, (FIRST[0], rows[-1].id) if rows else None


def _names_in(session: Session, member: Member, found: Sequence[Standing]) -> dict[str, str]:
    sides = [side for standing in found for side in standing.sides]
    ids = {standing.introduction.connector_id for standing in found} | {side.member_id for side in sides}
    return names_of(session, member, ids, {side.contact_id for side in sides})


def _side(side: Side, names: dict[str, str]) -> str:
    return names.get(side.member_id or side.contact_id or "", OUTSIDER)
