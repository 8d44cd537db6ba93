"""The outbox: what is to be said goes out once, is changed while it waits, and is cancelled when it is no longer true."""

import threading
from datetime import timedelta
from typing import Any

import pytest
from sqlmodel import select

from storage import outbox
from storage.database import Database, NotSaved, Session
from storage.tables import Outgoing
from tests.storage.rows import MINUTE, NOW, a_member

LEASE = timedelta(minutes=2)
ALL = select(Outgoing).where(Outgoing.team_id == "T1")


@pytest.fixture
def ana(database: Database) -> str:
    with database.transaction() as session:
        return a_member(session, "ana").id


def _add(session: Session, member_id: str, key: str = "k", **columns: Any) -> str:
    told: dict[str, Any] = {"kind": "act", "subject": "act-1", "now": NOW} | columns
    return outbox.add(session, "T1", key=key, member_id=member_id, **told)


def _row(session: Session, row_id: str) -> Outgoing:
    session.expire_all()
    row = outbox.find(session, "T1", row_id)
    assert row is not None
    return row


def _due(session: Session, now: Any = NOW, limit: int = 50) -> list[str]:
    return [row.id for row in outbox.due(session, "T1", now, limit)]


def test_what_is_added_is_due_at_once_unless_it_says_when(database: Database, ana: str) -> None:
    with database.transaction() as session:
        first = _add(session, ana)
        later = _add(session, ana, "later", due_at=NOW + MINUTE, not_after=NOW + 2 * MINUTE)
        assert _due(session) == [first]
        assert _due(session, NOW + MINUTE) == [first, later]
        assert _row(session, first).not_after is None
        assert _row(session, later).not_after == NOW + 2 * MINUTE
        assert outbox.find(session, "T2", first) is None


def test_the_longest_due_comes_first_and_no_more_than_asked_for(database: Database, ana: str) -> None:
    with database.transaction() as session:
        second, third, first = (_add(session, ana, f"k{n}", due_at=at) for n, at in enumerate((NOW, NOW, NOW - MINUTE)))
        assert _due(session) == [first, second, third]
        assert _due(session, limit=2) == [first, second]


def test_a_key_says_something_once_in_a_workspace(database: Database, ana: str) -> None:
    with database.transaction() as session:
        _add(session, ana)
        fay = a_member(session, "fay", "T2")
        outbox.add(session, "T2", key="k", kind="act", subject="act-1", member_id=fay.id, now=NOW)
    with pytest.raises(NotSaved), database.transaction() as session:
        _add(session, ana)


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
            for row_id in _due(session):
                outbox.settle(session, "T1", row_id, state)
    with database.transaction() as session:
        assert len(session.exec(ALL).all()) == (2 if is_said_again else 1)
        outbox.add_once(session, "T1", key="other", kind="act.fixed", subject="act-1", member_id=ana, now=NOW)
        assert len(session.exec(ALL).all()) == (3 if is_said_again else 2)


@pytest.mark.parametrize("state", ["pending", "sending", "sent", "unconfirmed", "dead", "expired", "cancelled"])
def test_only_what_has_gone_out_is_brought_up_to_date(database: Database, ana: str, state: str) -> None:
    with database.transaction() as session:
        post = _add(session, ana)
        outbox.settle(session, "T1", post, state)
        outbox.change(session, "T1", "act-1", NOW)
        updates = [row for row in session.exec(ALL) if row.verb == "update"]
    has_gone_out = state in ("sending", "sent", "unconfirmed")
    assert [(row.target, row.member_id, row.kind) for row in updates] == [(post, ana, "act")] * has_gone_out


def test_a_waiting_update_serves_for_all_changes_and_a_sent_one_does_not(database: Database, ana: str) -> None:
    with database.transaction() as session:
        outbox.settle(session, "T1", _add(session, ana), "sent")
        for _ in range(3):
            outbox.change(session, "T1", "act-1", NOW)
        assert len(_due(session)) == 1
        outbox.settle(session, "T1", _due(session)[0], "sent")
        outbox.change(session, "T1", "act-1", NOW)
        outbox.change(session, "T1", "act-2", NOW)
        assert len(_due(session)) == 1


def test_cancelling_reaches_what_waits_and_says_whether_anything_went_out(database: Database, ana: str) -> None:
    with database.transaction() as session:
        waiting, other = _add(session, ana), _add(session, ana, "other", subject="act-2")
        assert outbox.cancel(session, "T1", "act-1") is False
        assert (_row(session, waiting).state, _row(session, other).state) == ("cancelled", "pending")
        outbox.settle(session, "T1", _add(session, ana, "sent"), "sent")
        assert outbox.cancel(session, "T1", "act-1") is True
        assert outbox.cancel(session, "T2", "act-1") is False
        assert _row(session, other).state == "pending"


def test_cancelling_one_kind_leaves_the_others(database: Database, ana: str) -> None:
    with database.transaction() as session:
        told, thanked = _add(session, ana, kind="act"), _add(session, ana, "t", kind="act.thanked")
        outbox.cancel(session, "T1", "act-1", kind="act.thanked")
        assert (_row(session, told).state, _row(session, thanked).state) == ("pending", "cancelled")


def test_who_leaves_gets_nothing_more_and_others_do(database: Database, ana: str) -> None:
    with database.transaction() as session:
        raj = a_member(session, "raj").id
        to_ana, to_raj, gone = _add(session, ana), _add(session, raj, "r"), _add(session, ana, "gone")
        outbox.settle(session, "T1", gone, "sent")
        outbox.cancel_for(session, "T1", ana)
        states = [_row(session, one).state for one in (to_ana, to_raj, gone)]
    assert states == ["cancelled", "pending", "sent"]


def test_the_newest_home_takes_the_place_of_one_that_waits(database: Database, ana: str) -> None:
    with database.transaction() as session:
        raj = a_member(session, "raj").id
        message = _add(session, ana)
        for member_id in (ana, ana, raj, ana):
            outbox.refresh_home(session, "T1", member_id, NOW)
        homes = [row for row in outbox.due(session, "T1", NOW, 50) if row.verb == "home"]
        assert [row.member_id for row in homes] == [raj, ana]
        assert message in _due(session)
        outbox.drop(session, "T2", homes[0].id)
        outbox.drop(session, "T1", homes[1].id)
        assert _due(session) == [message, homes[0].id]


def test_a_row_is_claimed_once_until_its_lease_is_over(database: Database, ana: str) -> None:
    with database.transaction() as session:
        row = _add(session, ana)
    with database.transaction() as session:
        claimed = outbox.claim(session, "T1", row, NOW, LEASE)
        assert claimed is not None
        assert (claimed.state, claimed.lease_until, claimed.tried) == ("sending", NOW + LEASE, 1)
        assert outbox.claim(session, "T1", row, NOW, LEASE) is None
        assert outbox.claim(session, "T2", row, NOW, LEASE) is None
        just_before = NOW + LEASE - timedelta(milliseconds=1)
        assert outbox.claim(session, "T1", row, just_before, LEASE) is None
        assert _due(session, just_before) == []
        assert _due(session, NOW + LEASE) == [row]
    with database.transaction() as session:
        again = outbox.claim(session, "T1", row, NOW + LEASE, LEASE)
        assert again is not None
        assert again.tried == 2


def test_what_is_not_due_cannot_be_claimed(database: Database, ana: str) -> None:
    with database.transaction() as session:
        later = _add(session, ana, due_at=NOW + MINUTE)
        assert outbox.claim(session, "T1", later, NOW, LEASE) is None
        for state in ("sent", "unconfirmed", "dead", "expired", "cancelled"):
            outbox.settle(session, "T1", later, state)
            assert outbox.claim(session, "T1", later, NOW + MINUTE, LEASE) is None


def test_of_two_who_claim_the_same_rows_at_the_same_time_each_row_goes_to_one(database: Database, ana: str) -> None:
    with database.transaction() as session:
        rows = [_add(session, ana, f"k{n}") for n in range(10)]
    start = threading.Barrier(2)
    taken: list[str] = []

    def claim_all() -> None:
        start.wait(5)
        for row in rows:
            with database.transaction() as session:
                if outbox.claim(session, "T1", row, NOW, LEASE):
                    taken.append(row)

    workers = [threading.Thread(target=claim_all) for _ in range(2)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert sorted(taken) == rows


def test_settling_keeps_what_is_known_and_ends_the_lease(database: Database, ana: str) -> None:
    with database.transaction() as session:
        row, other = _add(session, ana), _add(session, ana, "other")
        outbox.claim(session, "T1", row, NOW, LEASE)
        outbox.settle(session, "T1", row, "sent", sent_at=NOW, slack_channel="D1", slack_ts="1.2")
        settled = _row(session, row)
        assert (settled.state, settled.lease_until, settled.slack_channel, settled.slack_ts) == (
            "sent",
            None,
            "D1",
            "1.2",
        )
        assert settled.sent_at == NOW
        outbox.settle(session, "T2", other, "dead")
        assert _row(session, other).state == "pending"


def test_workspaces_with_something_due_are_named_once_each_and_others_are_not(database: Database, ana: str) -> None:
    with database.transaction() as session:
        assert outbox.teams_with_due(session, NOW) == []
        for n in range(2):
            _add(session, ana, f"k{n}")
        for team, due_at in (("T2", NOW), ("T3", NOW + MINUTE)):
            fay = a_member(session, "fay", team)
            outbox.add(session, team, key="k", kind="act", subject="s", member_id=fay.id, now=NOW, due_at=due_at)
        assert sorted(outbox.teams_with_due(session, NOW)) == ["T1", "T2"]
        assert sorted(outbox.teams_with_due(session, NOW + MINUTE)) == ["T1", "T2", "T3"]
