"""Which requests were acted on, and what was said and not yet recorded."""

from datetime import timedelta

import pytest

from storage import drafts, inbox
from storage.database import Database, NotSaved
from tests.storage.rows import MINUTE, NOW, a_member

BODY = {"words": "the RFP — früh", "slack_ids": ["U1"], "kind": None}


def test_a_request_that_came_before_is_known_by_its_key(database: Database) -> None:
    with database.transaction() as session:
        assert inbox.result_of(session, "T1", "event:1") is None
        inbox.add(session, "T1", "event:1", "act-1", NOW)
        assert inbox.result_of(session, "T1", "event:1") == "act-1"
        assert inbox.result_of(session, "T1", "event:2") is None
        assert inbox.result_of(session, "T2", "event:1") is None
        inbox.add(session, "T2", "event:1", "act-9", NOW)


def test_the_second_of_two_with_the_same_key_writes_nothing(database: Database) -> None:
    with database.transaction() as session:
        inbox.add(session, "T1", "event:1", "act-1", NOW)
    with pytest.raises(NotSaved), database.transaction() as session:  # noqa: PT012 - the refusal comes while it is written
        a_member(session, "ana")
        inbox.add(session, "T1", "event:1", "act-2", NOW)
    with database.transaction() as session:
        assert inbox.result_of(session, "T1", "event:1") == "act-1"
        assert a_member(session, "ana").created_at == NOW


def test_keys_older_than_a_moment_are_forgotten_in_one_workspace_only(database: Database) -> None:
    with database.transaction() as session:
        inbox.add(session, "T1", "old", "x", NOW - MINUTE)
        inbox.add(session, "T1", "new", "x", NOW)
        inbox.add(session, "T2", "old", "x", NOW - MINUTE)
        assert inbox.forget(session, "T1", NOW) == 1
        assert inbox.forget(session, "T1", NOW) == 0
        assert inbox.result_of(session, "T1", "old") is None
        assert inbox.result_of(session, "T1", "new") == "x"
        assert inbox.result_of(session, "T2", "old") == "x"


def test_a_draft_is_found_by_the_one_who_said_it_and_nobody_else(database: Database) -> None:
    with database.transaction() as session:
        ana, raj = a_member(session, "ana"), a_member(session, "raj")
        fay = a_member(session, "fay", "T2")
        draft = drafts.keep(session, "T1", ana.id, BODY, NOW)
        assert drafts.find(session, "T1", ana.id, draft) == BODY
        assert drafts.find(session, "T1", raj.id, draft) is None
        assert drafts.find(session, "T2", fay.id, draft) is None
        assert drafts.find(session, "T1", ana.id, "another") is None


def test_a_draft_that_became_something_else_is_gone(database: Database) -> None:
    with database.transaction() as session:
        ana = a_member(session, "ana")
        first, second = (drafts.keep(session, "T1", ana.id, BODY, NOW) for _ in range(2))
        assert not drafts.drop(session, "T2", first)
        assert drafts.find(session, "T1", ana.id, first) == BODY
        assert drafts.drop(session, "T1", first)
        assert not drafts.drop(session, "T1", first)
    with database.reading() as session:
        assert drafts.find(session, "T1", ana.id, first) is None
        assert drafts.find(session, "T1", ana.id, second) == BODY


def test_drafts_older_than_a_moment_are_forgotten(database: Database) -> None:
    with database.transaction() as session:
        ana = a_member(session, "ana")
        old, new = (drafts.keep(session, "T1", ana.id, BODY, at) for at in (NOW - timedelta(days=1, seconds=1), NOW))
        session.flush()
        assert drafts.forget(session, "T2", NOW) == 0
        assert drafts.forget(session, "T1", NOW - timedelta(days=1)) == 1
        session.expire_all()
        assert drafts.find(session, "T1", ana.id, old) is None
        assert drafts.find(session, "T1", ana.id, new) == BODY
