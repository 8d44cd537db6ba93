"""Sending: each due row is taken by one, is theirs until its lease is over, and comes to one end."""

import threading
from datetime import timedelta
from typing import Any

import pytest

from storage import outbox, sending
from storage.database import Database, Session
from storage.sending import LEASE
from storage.tables import Outgoing
from tests.storage.rows import MINUTE, NOW, a_member, add_outgoing, due, outgoing, put_outgoing


@pytest.fixture
def ana(database: Database) -> str:
    with database.transaction() as session:
        return a_member(session, "ana").id


def _claimed(session: Session, row_id: str, now: Any = NOW) -> Outgoing:
    row = sending.claim(session, "T1", row_id, now)
    assert row is not None
    return row


def test_the_longest_due_comes_first_and_no_more_than_asked_for(database: Database, ana: str) -> None:
    with database.transaction() as session:
        people = [a_member(session, name).id for name in ("raj", "mira", "bo")]
        moments = enumerate((NOW, NOW, NOW - MINUTE))
        second, third, first = (add_outgoing(session, people[n], f"k{n}", due_at=at) for n, at in moments)
        assert due(session) == [first, second, third]
        assert due(session, limit=2) == [first, second]


def test_a_row_is_claimed_once_until_its_lease_is_over(database: Database, ana: str) -> None:
    with database.transaction() as session:
        row = add_outgoing(session, ana)
    with database.transaction() as session:
        claimed = sending.claim(session, "T1", row, NOW)
        assert claimed is not None
        assert (claimed.state, claimed.lease_until, claimed.tried) == ("sending", NOW + LEASE, 1)
        assert sending.claim(session, "T1", row, NOW) is None
        assert sending.claim(session, "T2", row, NOW) is None
        just_before = NOW + LEASE - timedelta(milliseconds=1)
        assert sending.claim(session, "T1", row, just_before) is None
        assert due(session, just_before) == []
        assert due(session, NOW + LEASE) == [row]
    with database.transaction() as session:
        again = sending.claim(session, "T1", row, NOW + LEASE)
        assert again is not None
        assert again.tried == 2


def test_what_is_not_due_cannot_be_claimed(database: Database, ana: str) -> None:
    with database.transaction() as session:
        later = add_outgoing(session, ana, due_at=NOW + MINUTE)
        assert sending.claim(session, "T1", later, NOW) is None
        for state in ("sent", "unconfirmed", "dead", "expired", "cancelled"):
            put_outgoing(session, later, state)
            assert sending.claim(session, "T1", later, NOW + MINUTE) is None


def test_of_two_who_claim_the_same_rows_at_the_same_time_each_row_goes_to_one(database: Database, ana: str) -> None:
    with database.transaction() as session:
        rows = [add_outgoing(session, ana, f"k{n}") for n in range(10)]
    start = threading.Barrier(2)
    taken: list[str] = []

    def claim_all() -> None:
        start.wait(5)
        for row in rows:
            with database.transaction() as session:
                if sending.claim(session, "T1", row, NOW):
                    taken.append(row)

    workers = [threading.Thread(target=claim_all) for _ in range(2)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert sorted(taken) == rows


def test_workspaces_with_something_due_are_named_once_each_and_others_are_not(database: Database, ana: str) -> None:
    with database.transaction() as session:
        assert sending.teams_with_due(session, NOW) == []
        for n in range(2):
            add_outgoing(session, ana, f"k{n}")
        for team, due_at in (("T2", NOW), ("T3", NOW + MINUTE)):
            fay = a_member(session, "fay", team)
            outbox.add(session, team, key="k", kind="act", subject="s", member_id=fay.id, now=NOW, due_at=due_at)
        assert sorted(sending.teams_with_due(session, NOW)) == ["T1", "T2"]
        assert sorted(sending.teams_with_due(session, NOW + MINUTE)) == ["T1", "T2", "T3"]


def test_the_newest_home_takes_the_place_of_one_that_waits(database: Database, ana: str) -> None:
    with database.transaction() as session:
        raj = a_member(session, "raj").id
        message = add_outgoing(session, ana)
        for member_id in (ana, ana, raj, ana):
            outbox.refresh_home(session, "T1", member_id, NOW)
        homes = [row for row in sending.due(session, "T1", NOW, 50) if row.verb == "home"]
        assert [row.place for row in homes] == [raj, ana]
        assert message in due(session)
        sending.drop(session, "T2", homes[0].id)
        sending.drop(session, "T1", homes[1].id)
        assert due(session) == [message, homes[0].id]


def test_of_what_goes_to_one_place_only_the_first_is_due(database: Database, ana: str) -> None:
    with database.transaction() as session:
        first, _, here, change = (
            add_outgoing(session, ana, "1"),
            add_outgoing(session, ana, "2"),
            add_outgoing(session, ana, "c", channel="C1"),
            add_outgoing(session, ana, "u", verb="home"),
        )
        assert due(session) == [first, here, change]


def test_a_change_waits_while_another_of_the_same_message_is_under_way(database: Database, ana: str) -> None:
    with database.transaction() as session:
        post, other = add_outgoing(session, ana, "p"), add_outgoing(session, ana, "o")
        for row_id in (post, other):
            put_outgoing(session, row_id, "sent")
        first, second, third = (
            add_outgoing(session, ana, f"u{number}", verb="update", target=target)
            for number, target in enumerate((post, post, other))
        )
        _claimed(session, first)
        assert due(session) == [third]
        assert sending.claim(session, "T1", second, NOW) is None
        assert set(due(session, NOW + LEASE)) == {first, third}  # who had it ended in the middle


def test_what_came_of_a_row_is_kept_and_ends_its_lease(database: Database, ana: str) -> None:
    with database.transaction() as session:
        row = _claimed(session, add_outgoing(session, ana))
        assert sending.settle(session, row, "sent", sent_at=NOW, slack_channel="D1", slack_ts="1.2") == "sent"
        settled = outgoing(session, row.id)
        assert (settled.state, settled.lease_until, settled.sent_at) == ("sent", None, NOW)
        assert (settled.slack_channel, settled.slack_ts) == ("D1", "1.2")


def test_what_another_has_taken_over_is_left_to_that_one(database: Database, ana: str) -> None:
    with database.transaction() as session:
        row_id = add_outgoing(session, ana)
    with database.transaction() as session:
        asleep = _claimed(session, row_id)
    with database.transaction() as session:
        awake = _claimed(session, row_id, NOW + LEASE)
        sending.look_later(session, asleep, NOW + 9 * LEASE)
        assert sending.settle(session, asleep, "dead") is None
        assert sending.put_back(session, asleep, NOW) is None
        assert (outgoing(session, row_id).state, outgoing(session, row_id).lease_until) == ("sending", NOW + 2 * LEASE)
        assert awake.tried == 2


@pytest.mark.parametrize(("was_cancelled", "state"), [(False, "pending"), (True, "cancelled")])
def test_what_was_cancelled_while_it_was_under_way_is_not_tried_again(
    database: Database, ana: str, was_cancelled: bool, state: str
) -> None:
    with database.transaction() as session:
        row = _claimed(session, add_outgoing(session, ana))
        if was_cancelled:
            outbox.cancel(session, "T1", "act-1", NOW)
        assert sending.put_back(session, row, NOW + MINUTE, tried=0) == state
        assert outgoing(session, row.id).state == state
        assert due(session, NOW + MINUTE) == ([] if was_cancelled else [row.id])


def test_what_is_to_be_looked_for_is_due_at_that_moment(database: Database, ana: str) -> None:
    with database.transaction() as session:
        row = _claimed(session, add_outgoing(session, ana))
        sending.look_later(session, row, NOW + MINUTE, error="missing_scope")
        assert due(session, NOW + MINUTE / 2) == []
        assert due(session, NOW + MINUTE) == [row.id]
        assert outgoing(session, row.id).error == "missing_scope"


@pytest.mark.parametrize("behind", [timedelta(milliseconds=1), timedelta(seconds=1), MINUTE])
def test_a_process_whose_clock_is_behind_leaves_what_another_has_claimed(
    database: Database, ana: str, behind: timedelta
) -> None:
    with database.transaction() as session:
        row_id = add_outgoing(session, ana)
        theirs = _claimed(session, row_id, NOW)
        earlier = NOW - behind
        assert due(session, earlier) == []
        assert sending.teams_with_due(session, earlier) == []
        assert sending.claim(session, "T1", row_id, earlier) is None
        sending.wait_anew(session, "T1", row_id, earlier)
        assert sending.settle(session, theirs, "sent") == "sent"


def test_a_lease_of_a_clock_that_was_put_back_is_made_anew(database: Database, ana: str) -> None:
    with database.transaction() as session:
        row = _claimed(session, add_outgoing(session, ana))
        earlier = NOW - timedelta(hours=1)
        put_outgoing(session, row.id, "sending", due_at=earlier)
        found = sending.due(session, "T1", earlier, 50)
        assert [one.lease_until for one in found] == [NOW + LEASE]
        sending.wait_anew(session, "T1", row.id, earlier)
        assert due(session, earlier) == []
        assert due(session, earlier + LEASE) == [row.id]
        sending.wait_anew(session, "T1", row.id, earlier)  # a lease that is not too long stays as it is
        assert outgoing(session, row.id).lease_until == earlier + LEASE
