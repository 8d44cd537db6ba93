"""The machine of introductions, driven at random and in parallel: no step that the table lacks, no chat before all said yes."""

from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from random import Random

import pytest
from sqlmodel import col, func, select

from bot import absences, consequences, introductions, meetings, members, openness, proposals
from bot.errors import Mistake, NoSuchStep, Stale
from bot.introduction_errors import AtCapacity
from bot.introductions import ASKED, CLOCK, CONNECTOR, STEPS, Step
from bot.proposals import Proposal
from storage import introductions as stored
from storage import members as people
from storage import outbox
from storage.database import Database, Session
from storage.tables import Act, Member, Outgoing, Side
from storage.tables.introductions import INTRODUCTION_STATES
from tests.storage.rows import NOW, a_member

LINES = ("Mira leads the timber group.", "Raj stamped the first one.", "Bo knows both.")
ANSWERS = (introductions.say_yes, introductions.say_no, introductions.say_not_now, introductions.take_answer_back)


def _asked(
    session: Session, names: tuple[str, ...] = ("raj", "mira"), connector: str = "ana"
) -> tuple[str, list[Member]]:
    """Has people asked; returns the introduction's id, and the connector with those who are asked."""
    ana, *others = [a_member(session, one) for one in (connector, *names)]
    proposal = Proposal(others, LINES[: len(others)], channel="C1")
    standing = proposals.ask(session, ana, proposal, NOW, f"trigger:{connector}:{names}")
    return standing.introduction.id, [ana, *others]


def _said(session: Session, kind: str) -> list[Outgoing]:
    rows = select(Outgoing).where(Outgoing.team_id == "T1", Outgoing.kind == kind, Outgoing.verb == "post")
    return list(session.exec(rows))


def test_the_table_leads_everywhere_and_names_each_step_once() -> None:
    steps = [(step.state, step.happens) for step in STEPS]
    assert len(steps) == len(set(steps))
    assert {step.state for step in STEPS} | {step.becomes for step in STEPS} == set(INTRODUCTION_STATES)
    assert {step.who for step in STEPS} == {ASKED, CLOCK, CONNECTOR}
    reached, before = {"drafted"}, set[str]()
    while reached != before:
        before = set(reached)
        reached |= {step.becomes for step in STEPS if step.state in before}
    assert reached == set(INTRODUCTION_STATES)


@pytest.mark.parametrize("state", INTRODUCTION_STATES)
def test_what_the_table_does_not_have_is_refused_by_name(database: Database, state: str) -> None:
    with database.transaction() as session:
        introduction_id, _ = _asked(session)
        stored.change(session, "T1", introduction_id, state=state)
        standing = stored.find(session, "T1", introduction_id)
        assert standing is not None
        known = {step.happens for step in STEPS if step.state == state}
        for happens in {step.happens for step in STEPS} - known:
            for who in (ASKED, CLOCK, CONNECTOR):
                with pytest.raises(NoSuchStep) as refused:
                    introductions.take(session, standing, happens, who, NOW)
                assert (refused.value.state, refused.value.happens) == (state, happens)


@pytest.mark.parametrize("step", STEPS, ids=lambda step: f"{step.state}: {step.happens}")
def test_a_step_is_taken_by_nobody_but_whom_the_table_names(database: Database, step: Step) -> None:
    with database.transaction() as session:
        introduction_id, _ = _asked(session)
        stored.change(session, "T1", introduction_id, state=step.state)
        standing = stored.find(session, "T1", introduction_id)
        assert standing is not None
        for who in {ASKED, CLOCK, CONNECTOR} - {step.who}:
            with pytest.raises(NoSuchStep):
                introductions.take(session, standing, step.happens, who, NOW)
        assert introductions.take(session, standing, step.happens, step.who, NOW).introduction.state == step.becomes


def _do_something(session: Session, chance: Random, introduction_id: str, cast: list[str], now: datetime) -> None:
    """Has one of the cast, allowed or not, do one thing."""
    standing = stored.find(session, "T1", introduction_id)
    assert standing is not None
    actor_id, side = chance.choice(cast), chance.choice(standing.sides)
    actor = people.by_id(session, "T1", [actor_id])[actor_id]
    match chance.randrange(12):
        case 0:
            introductions.withdraw(session, actor, introduction_id, now)
        case 1:
            meetings.note_written(session, actor, introduction_id, now)
        case 2 | 3:
            met = chance.choice(("met", "scheduled", "not yet", "led to something", None))
            meetings.say_whether_met(session, actor, side.id, met, now)
        case 4:
            introductions.ask_again_at(session, actor, side.id, now + timedelta(days=chance.randrange(12)), now)
        case 5:
            openness.want_none_with(session, actor, {chance.choice(cast)} - {actor.id}, now)
        case 6:
            if chance.random() < 0.2:
                members.leave(session, actor, now)
                absences.let_go(session, actor, now)
            else:
                members.come_back(session, actor, now)
                absences.resume(session, actor, now)
        case _:
            chance.choice(ANSWERS)(session, actor, side.id, now)


def _ring_all(session: Session, chance: Random, now: datetime) -> None:
    """Has the clock ring, and what was to be said in the chat be said, refused or given up, as a sender might."""
    for row in _said(session, consequences.HELLO):
        row.state = (
            chance.choice(("sent", "sent", "unconfirmed", "dead", "cancelled")) if row.state == "pending" else row.state
        )
    clocks = select(Outgoing).where(Outgoing.team_id == "T1", Outgoing.kind == consequences.CLOCK)
    for row in session.exec(clocks.where(Outgoing.state == "pending", col(Outgoing.due_at) <= now)).all():
        row.state = "sent"
        introductions.ring(session, row, now)


@pytest.mark.parametrize("number", range(12))
def test_whatever_they_do_nothing_opens_before_all_have_said_yes(database: Database, number: int) -> None:
    chance, now, refused = Random(f"introductions {number}"), NOW, 0
    names = ("raj", "mira", "bo")[: chance.choice((2, 2, 3))]
    with database.transaction() as session:
        introduction_id, asked = _asked(session, names)
        cast = [one.id for one in (*asked, a_member(session, "eve"))]
    for _ in range(60):
        now += timedelta(hours=chance.choice((0, 1, 5, 30)))
        try:
            with database.transaction() as session:
                _ring_all(session, chance, now)
                _do_something(session, chance, introduction_id, cast, now)
        except Mistake:
            refused += 1
        with database.reading() as session:
            _check(session, introduction_id, cast)
    assert refused


def _check(session: Session, introduction_id: str, cast: list[str]) -> None:
    standing = stored.find(session, "T1", introduction_id)
    assert standing is not None
    is_open = standing.introduction.connected_at is not None
    hellos = len(_said(session, consequences.HELLO))
    assert hellos <= 1
    assert len(_said(session, consequences.OPENED)) == is_open <= hellos
    acts = session.exec(select(func.count()).select_from(Act).where(Act.team_id == "T1")).one()
    connector = people.by_id(session, "T1", [cast[0]])[cast[0]]
    assert acts == (len(standing.sides) if is_open else 0) or (acts == 0 and connector.left_at is not None)
    assert all(side.answer == "yes" for side in standing.sides) or not hellos
    assert {row.member_id for row in _said(session, consequences.ASK)} <= {side.member_id for side in standing.sides}
    assert not _said(session, consequences.DID_YOU_MEET) or is_open
    posts = session.exec(select(Outgoing.member_id).where(Outgoing.team_id == "T1", Outgoing.verb == "post")).all()
    assert cast[-1] not in posts, "Eve is in none of it"


def test_of_fifty_who_ask_at_once_no_more_ask_somebody_than_they_take(database: Database) -> None:
    names = [f"n{number}" for number in range(50)]
    with database.transaction() as session:
        for name in ("raj", *names, *(f"m{name}" for name in names)):
            a_member(session, name)

    def ask(name: str) -> bool:
        slack_ids = [f"U{one.upper()}" for one in (name, "raj", f"m{name}")]
        try:
            with database.transaction() as session:
                known = people.known(session, "T1", slack_ids)
                ana, *others = [known[one] for one in slack_ids]
                proposals.ask(session, ana, Proposal(others, LINES[:2]), NOW, f"trigger:{name}")
        except AtCapacity:
            return False
        return True

    with ThreadPoolExecutor(8) as pool:
        asked = sum(pool.map(ask, names))
    with database.reading() as session:
        raj = people.known(session, "T1", ["URAJ"])["URAJ"]
        times = session.exec(select(Side.asked_at).where(Side.team_id == "T1", Side.member_id == raj.id)).all()
    assert asked == len(times) == 4


def test_somebody_else_is_answered_like_somebody_who_is_not_there(database: Database) -> None:
    with database.transaction() as session:
        introduction_id, (ana, raj, _) = _asked(session)
        eve = a_member(session, "eve")
        standing = stored.find(session, "T1", introduction_id)
        assert standing is not None
        side = standing.sides[0]
        for answer in ANSWERS:
            for actor in (ana, eve):
                with pytest.raises(Stale):
                    answer(session, actor, side.id, NOW)
        for actor in (raj, eve):
            with pytest.raises(Stale):
                introductions.withdraw(session, actor, introduction_id, NOW)
        with pytest.raises(Stale):
            meetings.note_written(session, eve, introduction_id, NOW)
        assert outbox.state_of(session, "T1", "nothing") is None
