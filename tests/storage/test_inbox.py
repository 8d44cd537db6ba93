"""Which requests were acted on, and what was said and not yet recorded."""

import contextlib
import threading
from concurrent.futures import ThreadPoolExecutor
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
        draft = drafts.keep(session, "T1", ana.id, BODY, NOW, "trigger:1")
        assert drafts.find(session, "T1", ana.id, draft) == BODY
        assert drafts.find(session, "T1", raj.id, draft) is None
        assert drafts.find(session, "T2", fay.id, draft) is None
        assert drafts.find(session, "T1", ana.id, "another") is None


def test_what_one_request_says_is_kept_once_however_often_it_comes(database: Database) -> None:
    def keep(slack_id: str, words: str, cause: str) -> str:
        with database.transaction() as session:
            return drafts.keep(session, "T1", a_member(session, slack_id).id, BODY | {"words": words}, NOW, cause)

    first = keep("ana", "the RFP", "trigger:1")
    assert keep("ana", "the RFP", "trigger:1") == first
    others = [("raj", "the RFP", "trigger:1"), ("ana", "a tour", "trigger:1"), ("ana", "the RFP", "trigger:2")]
    assert len({first, *(keep(*other) for other in others)}) == 4


def test_a_request_is_claimed_once_and_then_answered_from_what_came_of_it(database: Database) -> None:
    with database.transaction() as session:
        assert inbox.claim(session, "T1", "event:1", "act-1", NOW) is None
        assert inbox.claim(session, "T1", "event:1", "act-2", NOW) == "act-1"
        assert inbox.claim(session, "T1", "event:2", "act-2", NOW) is None
        assert inbox.claim(session, "T2", "event:1", "act-9", NOW) is None


def test_of_two_who_claim_at_once_one_does(database: Database) -> None:
    start = threading.Barrier(2)

    def claim(result: str) -> str | None:
        start.wait(5)
        with database.transaction() as session:
            return inbox.claim(session, "T1", "event:1", result, NOW)

    with ThreadPoolExecutor(2) as pool:
        first, second = pool.map(claim, ["act-1", "act-2"])
    assert (first, second) in [(None, "act-1"), ("act-2", None)]


def test_a_claim_in_a_transaction_that_fails_leaves_the_request_new(database: Database) -> None:
    with contextlib.suppress(KeyError), database.transaction() as session:
        inbox.claim(session, "T1", "event:1", "act-1", NOW)
        raise KeyError
    with database.reading() as session:
        assert inbox.result_of(session, "T1", "event:1") is None


@pytest.mark.parametrize(
    ("moments", "news"),
    [
        (["1772463600.000100", "1772463600.000200"], [True, True]),
        (["1772463600.000200", "1772463600.000100"], [True, False]),
        (["1772463600.000100", "1772463600.000100"], [True, False]),
        (["1772463600.000100", "1772463600.000100 off", "1772463600.000100"], [True, True, False]),
        (["1772463599.999999", "1772463600.000000"], [True, True]),
    ],
)
def test_only_what_is_newer_than_what_is_known_is_news(
    database: Database, moments: list[str], news: list[bool]
) -> None:
    with database.transaction() as session:
        assert inbox.hear_of(session, "T2", "emoji:1", "9999999999.000000", NOW)
        assert [inbox.hear_of(session, "T1", "emoji:1", moment, NOW) for moment in moments] == news
        assert inbox.hear_of(session, "T1", "emoji:2", moments[0], NOW)


def test_a_draft_that_became_something_else_is_gone(database: Database) -> None:
    with database.transaction() as session:
        ana = a_member(session, "ana")
        first, second = (drafts.keep(session, "T1", ana.id, BODY, NOW, cause) for cause in ("trigger:1", "trigger:2"))
        assert not drafts.drop(session, "T2", ana.id, first)
        assert not drafts.drop(session, "T1", "somebody else", first)
        assert drafts.find(session, "T1", ana.id, first) == BODY
        assert drafts.drop(session, "T1", ana.id, first)
        assert not drafts.drop(session, "T1", ana.id, first)
    with database.reading() as session:
        assert drafts.find(session, "T1", ana.id, first) is None
        assert drafts.find(session, "T1", ana.id, second) == BODY


def test_drafts_older_than_a_moment_are_forgotten(database: Database) -> None:
    with database.transaction() as session:
        ana = a_member(session, "ana")
        old = drafts.keep(session, "T1", ana.id, BODY, NOW - timedelta(days=1, seconds=1), "trigger:1")
        new = drafts.keep(session, "T1", ana.id, BODY, NOW, "trigger:2")
        session.flush()
        assert drafts.forget(session, "T2", NOW) == 0
        assert drafts.forget(session, "T1", NOW - timedelta(days=1)) == 1
        session.expire_all()
        assert drafts.find(session, "T1", ana.id, old) is None
        assert drafts.find(session, "T1", ana.id, new) == BODY
