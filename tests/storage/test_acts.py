"""The ledger: what stands after acts were corrected, confirmed, kept private and taken back."""

from datetime import timedelta
from typing import Any

import pytest

from storage import acts, contacts, measures
from storage.database import Database, Session
from storage.tables import Member
from tests.storage.rows import MINUTE, NOW, a_member, act_row, add_act, correct, mark, take_back

FOREVER = (NOW - timedelta(days=1), NOW + timedelta(days=1))


def _two(session: Session) -> tuple[Member, Member]:
    return a_member(session, "ana"), a_member(session, "raj")


def test_an_act_stands_from_the_start_and_is_not_yet_confirmed(database: Database) -> None:
    with database.transaction() as session:
        ana, raj = _two(session)
        act = add_act(session, ana, raj)
        entry = acts.of_root(session, "T1", act["id"])
    assert entry is not None
    assert entry.act.model_dump() == act
    assert (entry.stands, entry.is_confirmed, entry.is_private, entry.channel) == (True, False, False, "C1")


def test_a_root_that_is_not_there_is_none_and_another_workspaces_act_neither(database: Database) -> None:
    with database.transaction() as session:
        act = add_act(session, *_two(session))
        assert acts.of_root(session, "T1", "0" * 28) is None
        assert acts.of_root(session, "T2", act["id"]) is None
        assert acts.of_statement(session, "T2", act["id"]) == []


def test_thanks_confirm_an_act_until_they_are_taken_back(database: Database) -> None:
    with database.transaction() as session:
        ana, raj = _two(session)
        act = add_act(session, ana, raj)
        mark(session, act, "thanks", raj, words="it went well")
        thanked = acts.of_root(session, "T1", act["id"])
        acts.unmark(session, "T1", act["id"], "thanks")
        again = acts.of_root(session, "T1", act["id"])
        acts.unmark(session, "T1", act["id"], "thanks")
    assert thanked is not None
    assert thanked.is_confirmed
    assert thanked.thanks is not None
    assert thanked.thanks.words == "it went well"
    assert again is not None
    assert again.stands
    assert not again.is_confirmed


def test_an_act_that_was_taken_back_neither_stands_nor_is_confirmed(database: Database) -> None:
    with database.transaction() as session:
        ana, raj = _two(session)
        act = add_act(session, ana, raj)
        mark(session, act, "thanks", raj)
        reversal = take_back(session, act, written_by=raj.id)
        entry = acts.of_root(session, "T1", act["id"])
    assert entry is not None
    assert (entry.stands, entry.is_confirmed) == (False, False)
    assert entry.reversal is not None
    assert (entry.reversal.id, entry.reversal.source, entry.reversal.written_by) == (reversal["id"], "removed", raj.id)


def test_a_correction_is_the_latest_word_and_so_is_taking_it_back(database: Database) -> None:
    with database.transaction() as session:
        act = add_act(session, *_two(session))
        second = correct(session, act, words="the airport RFP")
        third = correct(session, second, words="the airport RFP, early")
        latest = acts.of_root(session, "T1", act["id"])
        take_back(session, third)
        gone = acts.of_root(session, "T1", act["id"])
    assert latest is not None
    assert (latest.act.words, latest.stands) == ("the airport RFP, early", True)
    assert gone is not None
    assert (gone.act.id, gone.stands) == (third["id"], False)


@pytest.mark.parametrize(
    ("is_private", "marks", "seen_private", "seen_channel"),
    [
        (False, {}, False, "C1"),
        (True, {}, True, "C1"),
        (False, {"private": {}}, True, "C1"),
        (True, {"shared": {"channel": "C2"}}, False, "C2"),
        (True, {"shared": {"channel": "C2"}, "private": {}}, True, "C2"),
    ],
)
def test_marks_say_where_an_act_belongs(
    database: Database, is_private: bool, marks: dict[str, Any], seen_private: bool, seen_channel: str
) -> None:
    with database.transaction() as session:
        ana, raj = _two(session)
        act = add_act(session, ana, raj, is_private=is_private)
        for word, columns in marks.items():
            mark(session, act, word, ana, **columns)
        entry = acts.of_root(session, "T1", act["id"])
    assert entry is not None
    assert (entry.is_private, entry.channel) == (seen_private, seen_channel)


def test_a_statement_keeps_the_order_of_its_people_however_it_was_corrected(database: Database) -> None:
    with database.transaction() as session:
        ana, raj, mira, bo = (a_member(session, name) for name in ("ana", "raj", "mira", "bo"))
        first, second, third = (add_act(session, ana, one, said_id="s1") for one in (raj, mira, bo))
        add_act(session, ana, raj, said_id="s2")
        correct(session, first, words="the port RFP")
        take_back(session, second)
        entries = acts.of_statement(session, "T1", "s1")
        taken_back = acts.of_statement(session, "T1", "nothing of this name")
    assert [entry.act.helped_id for entry in entries] == [raj.id, mira.id, bo.id]
    assert [entry.act.words for entry in entries] == ["the port RFP", "the RFP", "the RFP"]
    assert [entry.stands for entry in entries] == [True, False, True]
    assert [entry.act.root_id for entry in entries] == [first["id"], second["id"], third["id"]]
    assert taken_back == []


def test_what_waits_for_thanks_is_newest_first_without_what_was_thanked_corrected_or_removed(
    database: Database,
) -> None:
    with database.transaction() as session:
        ana, raj = _two(session)
        old, thanked, corrected, removed, new = (add_act(session, ana, raj) for _ in range(5))
        add_act(session, raj, ana)
        mark(session, thanked, "thanks", raj)
        correction = correct(session, corrected)
        take_back(session, removed)
        waiting = [entry.act.id for entry in acts.waiting_for(session, "T1", raj.id, 10)]
        few = [entry.act.id for entry in acts.waiting_for(session, "T1", raj.id, 2)]
    assert waiting == [correction["id"], new["id"], old["id"]]
    assert few == waiting[:2]


def test_recent_acts_are_ones_own_with_removed_ones_and_without_what_was_corrected(database: Database) -> None:
    with database.transaction() as session:
        ana, raj = _two(session)
        given = add_act(session, ana, raj)
        removed = add_act(session, ana, raj)
        got = add_act(session, raj, ana, recorded_by=ana.id, written_by=ana.id)
        add_act(session, raj, ana)
        take_back(session, removed)
        latest = given
        for _ in range(4):
            latest = correct(session, latest)
        recent = acts.recent(session, "T1", ana.id, 3)
    assert [entry.act.id for entry in recent] == [latest["id"], got["id"], removed["id"]]
    assert [entry.stands for entry in recent] == [True, True, False]


def test_recent_acts_are_found_behind_any_number_of_corrections(database: Database) -> None:
    with database.transaction() as session:
        ana, raj = _two(session)
        first, latest = add_act(session, ana, raj), add_act(session, ana, raj)
        for _ in range(30):
            latest = correct(session, latest)
        recent = acts.recent(session, "T1", ana.id, 2)
    assert [entry.act.id for entry in recent] == [latest["id"], first["id"]]


def test_an_emojis_act_is_found_by_its_message_also_when_it_was_taken_back(database: Database) -> None:
    with database.transaction() as session:
        ana, raj = _two(session)
        act = add_act(session, raj, ana, recorded_by=ana.id, about="C1:1.2")
        take_back(session, act, "undone")
        found = acts.by_message(session, "T1", ana.id, "C1:1.2")
        of_another = acts.by_message(session, "T1", raj.id, "C1:1.2")
        about_another = acts.by_message(session, "T1", ana.id, "C1:9.9")
    assert [entry.act.id for entry in found] == [act["id"]]
    assert of_another == about_another == []


def test_what_was_said_since_a_moment_leaves_corrections_out_and_says_what_stands(database: Database) -> None:
    with database.transaction() as session:
        ana, raj = _two(session)
        add_act(session, ana, raj, recorded_at=NOW - MINUTE, words="too old")
        corrected = add_act(session, ana, raj, words="said")
        removed = add_act(session, ana, raj, words="taken back")
        add_act(session, ana, raj, words="stands")
        add_act(session, raj, ana, words="by another")
        correct(session, corrected, words="said better")
        take_back(session, removed)
        said = {row.words: bool(row.stands) for row in acts.said_since(session, "T1", ana.id, NOW)}
    assert said == {"said": True, "taken back": False, "stands": True}


def test_people_helped_are_counted_once_each_members_and_contacts(database: Database) -> None:
    with database.transaction() as session:
        ana, raj = _two(session)
        mira = a_member(session, "mira")
        jane = contacts.meet(session, "T1", ana.id, "Jane Doe", "Acme", NOW)
        for _ in range(3):
            add_act(session, ana, raj)
        assert measures.count_people_helped(session, "T1", ana.id, *FOREVER) == 1
        add_act(session, ana, raj, helped_id=None, contact_id=jane.id)
        correct(session, add_act(session, ana, mira))
        assert measures.count_people_helped(session, "T1", ana.id, *FOREVER) == 3
        take_back(session, add_act(session, ana, a_member(session, "bo")))
        add_act(session, raj, ana, recorded_by=ana.id)
        add_act(session, ana, ana, helper_id=None, contact_id=jane.id)
        assert measures.count_people_helped(session, "T1", ana.id, *FOREVER) == 3
        assert measures.count_people_helped(session, "T2", ana.id, *FOREVER) == 0


@pytest.mark.parametrize(("shift", "counted"), [(-1, 0), (0, 1), (59, 1), (60, 0)])
def test_the_first_moment_counts_and_the_last_does_not(database: Database, shift: int, counted: int) -> None:
    with database.transaction() as session:
        ana, raj = _two(session)
        add_act(session, ana, raj, recorded_at=NOW + timedelta(seconds=shift))
        assert measures.count_people_helped(session, "T1", ana.id, NOW, NOW + MINUTE) == counted


def test_acts_and_their_marks_are_added_together(database: Database) -> None:
    with database.transaction() as session:
        ana, raj = _two(session)
        row = act_row(raj, ana, recorded_by=ana.id)
        thanks = {"team_id": "T1", "act_id": row["id"], "mark": "thanks", "member_id": ana.id, "words": None}
        acts.add(session, [row], [thanks | {"channel": None, "at": NOW}])
        entry = acts.of_root(session, "T1", row["id"])
    assert entry is not None
    assert entry.is_confirmed
