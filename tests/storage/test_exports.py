"""The pages of what somebody takes along: none lost, none twice, and nobody else's."""

from collections import Counter
from datetime import timedelta
from typing import Any

import pytest

from bot import exports as bot_exports
from storage import acts, callbacks, contacts, exports, members
from storage.database import Database
from storage.exports import FIRST, PAGE, PARTS
from tests.storage.rows import MINUTE, NOW, a_member, act_row, add_act, correct, take_back

MANY = 2 * PAGE + 7


def everything(database: Database, name: str, team_id: str = "T1") -> dict[str, list[Any]]:
    with database.reading() as session:
        member = members.known(session, team_id, [name])[name]
    return {part: list(records) for part, records in bot_exports.of_member(database.reading, member)}


def test_each_act_is_on_one_page_also_where_very_many_are_of_one_moment(database: Database) -> None:
    with database.transaction() as session:
        cy, bo, ana = (a_member(session, name) for name in ("cy", "bo", "ana"))
        acts.add(session, [act_row(ana, bo, words=f"gave {number}") for number in range(MANY)])
        later = [act_row(bo, ana, words=f"got {number}", recorded_at=NOW + number * MINUTE) for number in range(PAGE)]
        acts.add(session, later)
        acts.add(session, [act_row(bo, cy, words="not hers")])
        other = a_member(session, "bo", "T2")
        elsewhere = a_member(session, "ana", "T2")
        acts.add(session, [act_row(elsewhere, other, words="elsewhere")])
    said = Counter(one["words"] for one in everything(database, "UANA")["good_turns"])
    assert said == Counter([*(f"gave {one}" for one in range(MANY)), *(f"got {one}" for one in range(PAGE))])
    assert [one["words"] for one in everything(database, "UANA", "T2")["good_turns"]] == ["elsewhere"]


def test_calls_and_contacts_are_on_one_page_each_and_their_owners_alone(database: Database) -> None:
    with database.transaction() as session:
        ana, bo = a_member(session, "ana"), a_member(session, "bo")
        for number in range(PAGE + 3):
            owner = bo if number % 100 == 0 else ana
            jane = contacts.meet(session, "T1", owner.id, f"Jane {number}", "", NOW)
            call = callbacks.add(
                session, "T1", owner.id, NOW, contact_id=jane.id, member_id=None, about="", note="", every=None, starts=None
            )  # fmt: skip
            for turn in (1, 2):
                callbacks.add_turn(session, "T1", owner.id, call, turn, NOW, NOW, wall=None, day=None)
    hers, his = everything(database, "UANA"), everything(database, "UBO")
    assert [one["name"] for one in hers["contacts"]] == [one["who"] for one in hers["calls"]]
    assert len(hers["calls"]) + len(his["calls"]) == PAGE + 3
    assert [one["who"] for one in his["calls"]] == [f"Jane {number}" for number in range(0, PAGE + 3, 100)]
    assert {len(one["plans"]) for one in hers["calls"]} == {2}


def test_the_public_ledger_holds_what_stands_in_channels_and_is_private_to_nobody(database: Database) -> None:
    with database.transaction() as session:
        ana, bo = a_member(session, "ana"), a_member(session, "bo")
        public = add_act(session, ana, bo, words="public")
        private = add_act(session, ana, bo, is_private=True, channel=None)
        take_back(session, add_act(session, ana, bo))
        corrected = correct(session, add_act(session, ana, bo), words="corrected")
        kept, shared = add_act(session, ana, bo), add_act(session, ana, bo, is_private=True, channel=None)
        nothing = {"team_id": "T1", "member_id": bo.id, "words": None, "at": NOW}
        acts.add_marks(session, [
            nothing | {"act_id": kept["id"], "mark": "private", "channel": None},
            nothing | {"act_id": shared["id"], "mark": "shared", "channel": "C2"},
        ])  # fmt: skip
    with database.reading() as session:
        found = exports.public_acts(session, "T1", "")
        assert exports.public_acts(session, "T2", "") == []
    assert [row.id for row in found] == [public["id"], corrected["id"], shared["id"]]
    assert [row.channel for row in found] == ["C1", "C1", "C2"]
    assert private["id"] not in {row.id for row in found}


@pytest.mark.parametrize("part", PARTS)
def test_a_page_begins_behind_the_last_row_of_the_one_before(database: Database, part: str) -> None:
    with database.transaction() as session:
        ana, bo = a_member(session, "ana"), a_member(session, "bo")
        sides = {"gave": (ana, bo), "got": (bo, ana), "noted": (bo, a_member(session, "cy"))}[part]
        add_act(session, *sides, recorded_by=ana.id)
        last = add_act(session, *sides, recorded_by=ana.id, recorded_at=NOW + timedelta(hours=1))
    with database.reading() as session:
        first, second = exports.acts_of(session, "T1", ana.id, part, FIRST)
        assert second.id == last["id"]
        assert [row.id for row in exports.acts_of(session, "T1", ana.id, part, (NOW, first.id))] == [last["id"]]
        assert exports.acts_of(session, "T1", ana.id, part, (last["recorded_at"], last["id"])) == []
