"""Members, contacts and workspaces: meeting somebody makes a row once, and keeps what is known of them."""

import threading
from datetime import timedelta
from typing import Any

import pytest

from storage import contacts, members, workspaces
from storage.database import Database, NotSaved, Session
from storage.tables import Member
from tests.storage.rows import NOW, a_member

LATER = NOW + timedelta(days=1)


def _meet(session: Session, slack_ids: list[str], **profiles: dict[str, Any]) -> list[Member]:
    return members.meet(session, "T1", slack_ids, LATER, profiles=profiles)


def test_new_people_get_a_row_in_the_order_in_which_they_were_named(database: Database) -> None:
    with database.transaction() as session:
        met = _meet(session, ["URAJ", "UANA", "URAJ"], URAJ={"name": "Raj", "zone": "Europe/Stockholm"})
        assert workspaces.find(session, "T1") is not None
    assert [one.slack_id for one in met] == ["URAJ", "UANA", "URAJ"]
    assert met[0] is met[2]
    assert (met[0].name, met[0].zone, met[0].checked_at, met[0].created_at) == (
        "Raj", "Europe/Stockholm", LATER, LATER,
    )  # fmt: skip
    assert (met[1].name, met[1].zone, met[1].checked_at) == ("", "UTC", None)


def test_who_could_not_be_looked_up_is_known_by_the_name_in_the_mention(database: Database) -> None:
    with database.transaction() as session:
        handles = {"URAJ": "raj", "UANA": "ana.torres", "UBO": "bo"}
        profiles = {"UANA": {"name": "Ana Torres"}}
        met = members.meet(session, "T1", ["URAJ", "UANA", "UMIRA"], NOW, profiles=profiles, handles=handles)
    assert [(one.name, one.checked_at) for one in met] == [("raj", None), ("Ana Torres", NOW), ("", None)]
    with database.transaction() as session:
        again = members.meet(session, "T1", ["UANA", "UMIRA"], LATER, handles={"UANA": "ana.torres", "UMIRA": "mira"})
    assert [one.name for one in again] == ["Ana Torres", "mira"]


def test_a_fresh_profile_is_kept_and_a_missing_one_changes_nothing(database: Database) -> None:
    with database.transaction() as session:
        first = a_member(session, "ana", zone="Europe/Berlin")
        same = _meet(session, ["UANA"])[0]
        assert (same.id, same.name, same.zone, same.checked_at) == (first.id, "Ana", "Europe/Berlin", NOW)
        fresh = _meet(session, ["UANA"], UANA={"name": "Ana T.", "is_gone": True})[0]
        assert (fresh.id, fresh.name, fresh.zone) == (first.id, "Ana T.", "Europe/Berlin")
        assert (fresh.is_gone, fresh.checked_at, fresh.created_at) == (True, LATER, NOW)


def test_a_profile_of_somebody_who_was_not_named_makes_no_row(database: Database) -> None:
    with database.transaction() as session:
        _meet(session, ["UANA"], URAJ={"name": "Raj"})
        assert set(members.known(session, "T1", ["UANA", "URAJ"])) == {"UANA"}


def test_the_same_slack_id_in_two_workspaces_is_two_people(database: Database) -> None:
    with database.transaction() as session:
        here, there = a_member(session, "ana", "T1"), a_member(session, "ana", "T2", is_admin=True)
        members.change(session, "T1", here.id, is_named_admin=True)
        members.change(session, "T1", there.id, is_named_admin=True)
        assert members.by_id(session, "T1", [there.id]) == {}
        assert [one.id for one in members.named_admins(session, "T1")] == [here.id]
        assert members.named_admins(session, "T2") == []


def test_members_are_found_by_our_id_and_none_is_passed_over(database: Database) -> None:
    with database.transaction() as session:
        ana, raj = a_member(session, "ana"), a_member(session, "raj")
        assert set(members.by_id(session, "T1", [ana.id, None, raj.id, "nobody"])) == {ana.id, raj.id}
        assert members.by_id(session, "T1", [None]) == {}
        assert members.known(session, "T1", []) == {}


def test_named_admins_come_by_name(database: Database) -> None:
    with database.transaction() as session:
        for name in ("raj", "ana", "bo"):
            members.change(session, "T1", a_member(session, name).id, is_named_admin=name != "bo")
        session.expire_all()
        assert [one.name for one in members.named_admins(session, "T1")] == ["Ana", "Raj"]


@pytest.mark.postgres
def test_who_is_held_is_waited_for_and_others_are_not(postgres: Database) -> None:
    with postgres.transaction() as session:
        ana, raj = (a_member(session, name).id for name in ("held", "free"))
    order: list[str] = []

    def hold(member_id: str) -> None:
        with postgres.transaction() as session:
            members.hold(session, "T1", member_id)
            order.append(member_id)

    with postgres.transaction() as session:
        members.hold(session, "T1", ana)
        hold(raj)
        second = threading.Thread(target=hold, args=(ana,))
        second.start()
        while not session.connection().exec_driver_sql("SELECT 1 FROM pg_locks WHERE NOT granted").first():
            assert second.is_alive()
        order.append("the first is done")
    second.join(5)
    assert order == [raj, "the first is done", ana]


def test_a_contact_is_noted_once_for_each_name_and_company_of_an_owner(database: Database) -> None:
    with database.transaction() as session:
        ana, raj = a_member(session, "ana"), a_member(session, "raj")
        jane = contacts.meet(session, "T1", ana.id, "Jane Doe", "Acme", NOW)
        assert contacts.meet(session, "T1", ana.id, "Jane Doe", "Acme", LATER).id == jane.id
        others = [
            contacts.meet(session, "T1", ana.id, "Jane Doe", "", NOW),
            contacts.meet(session, "T1", ana.id, "Jane Roe", "Acme", NOW),
            contacts.meet(session, "T1", raj.id, "Jane Doe", "Acme", NOW),
        ]
        assert len({jane.id, *(one.id for one in others)}) == 4
        assert set(contacts.by_id(session, "T1", [jane.id, None])) == {jane.id}
        assert contacts.by_id(session, "T2", [jane.id]) == {}
        assert contacts.by_id(session, "T1", [None]) == {}


def test_a_contact_belongs_to_a_member_of_the_same_workspace(database: Database) -> None:
    with pytest.raises(NotSaved), database.transaction() as session:  # noqa: PT012 - the refusal comes while it is written
        fay = a_member(session, "fay", "T2")
        contacts.meet(session, "T1", fay.id, "Jane Doe", "Acme", NOW)


def test_a_workspace_is_met_once_and_keeps_what_was_chosen(database: Database) -> None:
    with database.transaction() as session:
        assert workspaces.find(session, "T1") is None
        first = workspaces.meet(session, "T1", NOW)
        assert (first.acts_a_day, first.thanks_emoji) == (30, None)
        workspaces.meet(session, "T2", NOW)
        workspaces.change(session, "T1", thanks_emoji="pray", acts_a_day=5)
    with database.reading() as session:
        ours, theirs = workspaces.find(session, "T1"), workspaces.find(session, "T2")
        assert sorted(workspaces.all_teams(session)) == ["T1", "T2"]
    assert ours is not None
    assert theirs is not None
    assert (ours.acts_a_day, ours.thanks_emoji, ours.created_at) == (5, "pray", NOW)
    assert (theirs.acts_a_day, theirs.thanks_emoji) == (30, None)


def test_a_day_holds_what_was_chosen_or_thirty(database: Database) -> None:
    with database.transaction() as session:
        assert workspaces.acts_a_day(session, "T1") == 30
        workspaces.meet(session, "T1", NOW)
        assert workspaces.acts_a_day(session, "T1") == 30
        workspaces.change(session, "T1", thanks_emoji=None, acts_a_day=5)
        assert workspaces.acts_a_day(session, "T1") == 5
        assert workspaces.acts_a_day(session, "T2") == 30
