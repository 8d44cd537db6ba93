"""A channel's week is counted as its ledger has it, one act at a time, on both databases."""

from collections import Counter
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from random import Random
from typing import Any

import pytest
from sqlmodel import select

from storage import contacts, summaries
from storage.database import Database, Session
from storage.summaries import MOST_STORIES, Counted
from storage.tables import Act, Mark, Member, Outgoing
from tests.storage.rows import NOW, a_member, add_act, add_outgoing, correct, mark, put_outgoing, take_back

HERE, WEEK, KNOWN_FOR = "C1", timedelta(days=7), timedelta(days=1)
SINCE, UNTIL, KNOWN_BY = NOW - WEEK, NOW, NOW - KNOWN_FOR


def _plainly(session: Session) -> Counted:
    """Counts the week one act at a time."""
    every = list(session.exec(select(Act).where(Act.team_id == "T1")))
    ended = {one.reverses for one in every if one.reverses}
    marks = {(one.act_id, one.mark): one for one in session.exec(select(Mark).where(Mark.team_id == "T1"))}
    sent = session.exec(select(Outgoing).where(Outgoing.team_id == "T1", Outgoing.state == "sent"))
    known = {one.subject for one in sent if one.sent_at is not None and one.sent_at < KNOWN_BY}
    stand = [one for one in every if not one.reverses and one.id not in ended]
    agreed = [one for one in stand if (one.id, "thanks") in marks and one.helper_id and one.helped_id]

    def is_here(one: Act) -> bool:
        shared = marks.get((one.id, "shared"))
        is_given = shared is not None and shared.channel == HERE and SINCE <= shared.at < UNTIL
        is_said = one.channel == HERE and not one.is_private and SINCE <= one.recorded_at < UNTIL
        return (is_given or is_said) and (one.id, "private") not in marks

    def may_be_named(one: Act) -> bool:
        return (one.id, "thanks") in marks and (one.recorded_by != one.helped_id or one.root_id in known)

    def in_words(one: Act) -> bool:
        thanks = marks.get((one.id, "thanks"))
        return (thanks is not None and thanks.words is not None) or (
            one.written_by == one.helped_id and one.words != ""
        )

    week = [one for one in stand if is_here(one)]
    newest = sorted(week, key=lambda one: (one.recorded_at, one.id), reverse=True)
    before = {one.helper_id for one in stand if one.recorded_at < SINCE}
    first = {one.helper_id for one in week if one.helper_id} - before
    return Counted(
        len({one.helped_id or one.contact_id for one in week}),
        len(
            _pairs([one for one in week if one in agreed]) - _pairs([one for one in agreed if one.recorded_at < SINCE])
        ),
        dict(Counter(one.kind for one in week)),
        {giver: any(may_be_named(one) for one in week if one.helper_id == giver) for giver in first if giver},
        [one.id for one in newest if may_be_named(one) and in_words(one)][:MOST_STORIES],
    )


def _pairs(acts: Sequence[Act]) -> set[frozenset[str | None]]:
    return {frozenset((one.helper_id, one.helped_id)) for one in acts}


def _add_one(session: Session, chance: Random, people: Sequence[Member], number: int) -> dict[str, Any]:
    """Adds an act of one kind or another, with what may be said of it."""
    helper, helped = chance.sample(people, 2)
    writer = chance.choice((helper, helped))
    columns: dict[str, Any] = {
        "kind": chance.choice(("help", "advice", "information")), "channel": chance.choice((HERE, HERE, "C2", None)),
        "recorded_at": NOW - timedelta(hours=chance.randrange(24 * 14)), "is_private": chance.random() < 0.2,
        "recorded_by": writer.id, "written_by": writer.id, "words": chance.choice(("", "the RFP")),
    }  # fmt: skip
    if chance.random() < 0.15:
        contact = contacts.meet(session, "T1", helper.id, "Jane", chance.choice(("Acme", "Bolt")), NOW)
        columns |= {"helped_id": None, "contact_id": contact.id, "recorded_by": helper.id, "written_by": helper.id}
        return add_act(session, helper, helped, **columns)
    act = add_act(session, helper, helped, **columns)
    if chance.random() < 0.5:
        row_id = add_outgoing(session, helped.id, f"k{number}", subject=act["root_id"])
        put_outgoing(session, row_id, "sent", sent_at=NOW - timedelta(hours=chance.choice((2, 60, 200))))
    if chance.random() < 0.6:
        mark(session, act, "thanks", helped, words=chance.choice((None, "it went in")))
    if chance.random() < 0.15:
        mark(session, act, "private", chance.choice((helper, helped)))
    if act["is_private"] and chance.random() < 0.6:
        mark(session, act, "shared", writer, channel=HERE, at=NOW - timedelta(hours=chance.randrange(24 * 9)))
    return act


@pytest.mark.parametrize("seed", range(6))
def test_a_week_is_what_the_ledger_has_of_it(database: Database, seed: int) -> None:
    chance = Random(seed)
    with database.transaction() as session:
        people = [a_member(session, f"m{number}") for number in range(9)]
        acts = [_add_one(session, chance, people, number) for number in range(90)]
        for act in chance.sample(acts, 12):
            chance.choice((take_back, correct))(session, act)
    with database.reading() as session:
        counted = summaries.count_week(session, "T1", HERE, SINCE, UNTIL, KNOWN_BY)
        plainly = _plainly(session)
        assert counted == plainly
        assert plainly.stories
        assert plainly.ties
        assert summaries.count_kinds(session, "T1", HERE, SINCE, UNTIL) == plainly.kinds
        assert summaries.has_any(session, "T1", HERE, SINCE, UNTIL)
        assert not summaries.has_any(
            session, "T1", HERE, datetime(2020, 1, 1, tzinfo=UTC), datetime(2020, 2, 1, tzinfo=UTC)
        )
        assert summaries.count_week(session, "T2", HERE, SINCE, UNTIL, KNOWN_BY) == Counted()


def test_what_is_said_and_shared_in_the_same_channel_is_counted_once(database: Database) -> None:
    with database.transaction() as session:
        ana, raj = a_member(session, "ana"), a_member(session, "raj")
        act = add_act(session, ana, raj, recorded_at=NOW - timedelta(hours=3))
        mark(session, act, "shared", ana, channel=HERE, at=NOW - timedelta(hours=2))
    with database.reading() as session:
        assert summaries.count_kinds(session, "T1", HERE, SINCE, UNTIL) == {"help": 1}
