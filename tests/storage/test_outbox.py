"""The outbox: what is to be said goes out once, is changed while it waits, and is cancelled when it is no longer true."""

from typing import Any

import pytest
from sqlmodel import select

from storage import outbox
from storage.database import Database, NotSaved
from storage.tables import STATES, Outgoing
from tests.storage.rows import MINUTE, NOW, a_member, add_outgoing, due, outgoing, put_outgoing

ALL = select(Outgoing).where(Outgoing.team_id == "T1")


@pytest.fixture
def ana(database: Database) -> str:
    with database.transaction() as session:
        return a_member(session, "ana").id


def test_what_is_added_is_due_at_once_unless_it_says_when(database: Database, ana: str) -> None:
    with database.transaction() as session:
        raj = a_member(session, "raj").id
        first = add_outgoing(session, ana)
        later = add_outgoing(session, raj, "later", due_at=NOW + MINUTE, not_after=NOW + 2 * MINUTE)
        assert due(session) == [first]
        assert due(session, NOW + MINUTE) == [first, later]
        assert (outgoing(session, first).planned_for, outgoing(session, later).planned_for) == (None, NOW + MINUTE)
        assert outgoing(session, first).not_after is None
        assert outgoing(session, later).not_after == NOW + 2 * MINUTE
        assert outbox.find(session, "T2", first) is None


def test_a_key_says_something_once_in_a_workspace(database: Database, ana: str) -> None:
    with database.transaction() as session:
        add_outgoing(session, ana)
        fay = a_member(session, "fay", "T2")
        outbox.add(session, "T2", key="k", kind="act", subject="act-1", member_id=fay.id, now=NOW)
    with pytest.raises(NotSaved), database.transaction() as session:
        add_outgoing(session, ana)


@pytest.mark.parametrize(
    ("state", "is_said_again"),
    [
        ("pending", False), ("sending", False), ("sent", False), ("unconfirmed", False),
        ("cancelled", True), ("dead", True), ("expired", True),
    ],
)  # fmt: skip
def test_once_means_once_unless_the_first_never_went_out(
    database: Database, ana: str, state: str, is_said_again: bool
) -> None:
    for _ in range(2):
        with database.transaction() as session:
            outbox.add_once(session, "T1", key="th", kind="act.thanked", subject="act-1", member_id=ana, now=NOW)
            for row_id in due(session):
                put_outgoing(session, row_id, state)
    with database.transaction() as session:
        assert len(session.exec(ALL).all()) == (2 if is_said_again else 1)
        outbox.add_once(session, "T1", key="other", kind="act.fixed", subject="act-1", member_id=ana, now=NOW)
        assert len(session.exec(ALL).all()) == (3 if is_said_again else 2)


@pytest.mark.parametrize("state", ["sending", "unconfirmed"])
def test_what_was_cancelled_under_way_and_is_wanted_again_is_no_longer_cancelled(
    database: Database, ana: str, state: str
) -> None:
    with database.transaction() as session:
        thanks, other = (add_outgoing(session, ana, kind, kind=kind) for kind in ("act.thanked", "act"))
        for row_id in (thanks, other):
            put_outgoing(session, row_id, state)
        outbox.cancel(session, "T1", "act-1", NOW)
        outbox.add_once(session, "T1", key="th", kind="act.thanked", subject="act-1", member_id=ana, now=NOW)
        assert len(session.exec(ALL).all()) == 2
        assert [outgoing(session, one).cancelled_at for one in (thanks, other)] == [None, NOW]


@pytest.mark.parametrize("state", ["pending", "sending", "sent", "unconfirmed", "dead", "expired", "cancelled"])
def test_only_what_has_gone_out_is_brought_up_to_date(database: Database, ana: str, state: str) -> None:
    with database.transaction() as session:
        post = add_outgoing(session, ana)
        put_outgoing(session, post, state)
        outbox.change(session, "T1", "act-1", NOW)
        updates = [row for row in session.exec(ALL) if row.verb == "update"]
    has_gone_out = state in ("sending", "sent", "unconfirmed")
    assert [(row.target, row.member_id, row.kind) for row in updates] == [(post, ana, "act")] * has_gone_out


def test_a_waiting_update_serves_for_all_changes_and_a_sent_one_does_not(database: Database, ana: str) -> None:
    with database.transaction() as session:
        put_outgoing(session, add_outgoing(session, ana), "sent")
        for _ in range(3):
            outbox.change(session, "T1", "act-1", NOW)
        assert len(due(session)) == 1
        put_outgoing(session, due(session)[0], "sent")
        outbox.change(session, "T1", "act-1", NOW)
        outbox.change(session, "T1", "act-2", NOW)
        assert len(due(session)) == 1


def test_cancelling_reaches_what_waits_and_says_whether_anything_went_out(database: Database, ana: str) -> None:
    with database.transaction() as session:
        waiting, other = add_outgoing(session, ana), add_outgoing(session, ana, "other", subject="act-2")
        assert outbox.cancel(session, "T1", "act-1", NOW) is False
        assert (outgoing(session, waiting).state, outgoing(session, other).state) == ("cancelled", "pending")
        put_outgoing(session, add_outgoing(session, ana, "sent"), "sent")
        assert outbox.cancel(session, "T1", "act-1", NOW) is True
        assert outbox.cancel(session, "T2", "act-1", NOW) is False
        assert outgoing(session, other).state == "pending"


def test_cancelling_one_kind_leaves_the_others(database: Database, ana: str) -> None:
    with database.transaction() as session:
        told, thanked = add_outgoing(session, ana, kind="act"), add_outgoing(session, ana, "t", kind="act.thanked")
        outbox.cancel(session, "T1", "act-1", NOW, kind="act.thanked")
        assert (outgoing(session, told).state, outgoing(session, thanked).state) == ("pending", "cancelled")


def test_who_leaves_gets_nothing_more_and_others_do(database: Database, ana: str) -> None:
    with database.transaction() as session:
        raj = a_member(session, "raj").id
        to_ana, to_raj, gone = (
            add_outgoing(session, ana),
            add_outgoing(session, raj, "r"),
            add_outgoing(session, ana, "gone"),
        )
        put_outgoing(session, gone, "sent")
        outbox.cancel_for(session, "T1", ana, NOW)
        states = [outgoing(session, one).state for one in (to_ana, to_raj, gone)]
    assert states == ["cancelled", "pending", "sent"]


def test_what_is_planned_twice_is_there_once_and_wakes_the_sender_once(database: Database, ana: str) -> None:
    told: dict[str, Any] = {"kind": "notice", "subject": "s", "member_id": ana, "now": NOW, "due_at": NOW + MINUTE}
    for key, is_new in (("a", True), ("a", False), ("b", True)):
        with database.transaction() as session:
            outbox.plan(session, "T1", key=key, **told)
            assert session.info.get("outgoing", False) is is_new
    with database.reading() as session:
        assert [row.key for row in session.exec(ALL)] == ["a", "b"]


def test_a_cancel_ends_what_waits_and_marks_what_might_go_out_once_more(database: Database, ana: str) -> None:
    with database.transaction() as session:
        rows = {state: add_outgoing(session, ana, state) for state in STATES}
        for state, row_id in rows.items():
            put_outgoing(session, row_id, state)
        assert outbox.cancel(session, "T1", "act-1", NOW) is True
        found = {
            state: (outgoing(session, one).state, outgoing(session, one).cancelled_at) for state, one in rows.items()
        }
    assert found.pop("pending") == ("cancelled", NOW)
    for settled in ("sent", "cancelled"):
        assert found.pop(settled) == (settled, None)
    assert found == {state: (state, NOW) for state in ("sending", "unconfirmed", "dead", "expired")}


def test_who_leaves_stops_no_post_into_a_channel(database: Database, ana: str) -> None:
    with database.transaction() as session:
        here = add_outgoing(session, ana, "c", channel="C1")
        outbox.cancel_for(session, "T1", ana, NOW)
        assert outgoing(session, here).state == "pending"


@pytest.mark.parametrize(
    ("is_there", "was_cancelled", "state"),
    [(True, False, "sent"), (True, True, "sent"), (False, False, "pending"), (False, True, "cancelled")],
)
def test_an_unconfirmed_post_is_answered_once(
    database: Database, ana: str, is_there: bool, was_cancelled: bool, state: str
) -> None:
    with database.transaction() as session:
        post = add_outgoing(session, ana)
        assert outbox.answer_unconfirmed(session, "T1", post, NOW, is_there=is_there) is False
        put_outgoing(session, post, "unconfirmed", tried=2, cancelled_at=NOW if was_cancelled else None)
        assert outbox.answer_unconfirmed(session, "T2", post, NOW, is_there=is_there) is False
        assert outbox.answer_unconfirmed(session, "T1", post, NOW + MINUTE, is_there=is_there) is True
        assert outbox.answer_unconfirmed(session, "T1", post, NOW + MINUTE, is_there=not is_there) is False
        assert (outgoing(session, post).state, outgoing(session, post).tried) == (state, 0)


def test_unconfirmed_posts_are_named_for_a_workspace_and_for_the_one_who_can_see_them(
    database: Database, ana: str
) -> None:
    with database.transaction() as session:
        raj = a_member(session, "raj").id
        to_ana, to_raj, here, sent = (
            add_outgoing(session, who, key, channel=channel)
            for key, who, channel in (("a", ana, None), ("r", raj, None), ("c", ana, "C1"), ("s", ana, None))
        )
        for row_id in (to_ana, to_raj, here):
            put_outgoing(session, row_id, "unconfirmed")
        put_outgoing(session, sent, "sent")
        assert [row.id for row in outbox.unconfirmed(session, "T1")] == [to_ana, to_raj, here]
        assert [row.id for row in outbox.unconfirmed(session, "T1", ana)] == [to_ana]
        assert outbox.unconfirmed(session, "T2") == []
