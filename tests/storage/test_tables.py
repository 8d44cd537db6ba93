"""What no row may be, whoever writes it; and that every key begins with the workspace."""

from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import ForeignKeyConstraint, PrimaryKeyConstraint, UniqueConstraint
from sqlmodel import SQLModel

from storage import acts, contacts, outbox
from storage.database import Database, NotSaved, Session
from storage.tables import KINDS, STATES, Contact, Member, Outgoing
from tests.storage.rows import NOW, a_member, act_row, add_act, mark, put_outgoing, take_back


@pytest.mark.parametrize("table", SQLModel.metadata.sorted_tables, ids=lambda table: table.name)
def test_every_key_and_every_index_begins_with_the_workspace(table: Any) -> None:
    for key in table.constraints:
        if isinstance(key, (PrimaryKeyConstraint, UniqueConstraint, ForeignKeyConstraint)):
            assert next(iter(key.columns)).name == "team_id", key
        if isinstance(key, ForeignKeyConstraint):
            assert key.elements[0].target_fullname.endswith(".team_id"), key
    for index in table.indexes:
        assert next(iter(index.columns)).name == "team_id", index.name


def test_the_walk_above_meets_every_kind_of_key() -> None:
    met = [type(key) for table in SQLModel.metadata.sorted_tables for key in table.constraints]
    assert met.count(PrimaryKeyConstraint) == len(SQLModel.metadata.sorted_tables) == 29
    assert UniqueConstraint in met
    assert ForeignKeyConstraint in met


def _cast(session: Session) -> tuple[Member, Member, Contact]:
    ana = a_member(session, "ana")
    return ana, a_member(session, "raj"), contacts.meet(session, "T1", ana.id, "Jane Doe", "Acme", NOW)


SIDES: dict[str, tuple[tuple[bool, bool, bool], bool]] = {
    # (helper, helped, contact) are there: may it be?
    "two members": ((True, True, False), True),
    "a member who helped a contact": ((True, False, True), True),
    "a contact who helped a member": ((False, True, True), True),
    "two members and a contact": ((True, True, True), False),
    "a contact alone": ((False, False, True), False),
    "a helper alone": ((True, False, False), False),
    "somebody helped alone": ((False, True, False), False),
    "nobody": ((False, False, False), False),
}


@pytest.mark.parametrize("sides", SIDES)
def test_an_act_has_two_sides(database: Database, sides: str) -> None:
    there, is_fine = SIDES[sides]

    def write() -> None:
        with database.transaction() as session:
            ana, raj, jane = _cast(session)
            names = ("helper_id", "helped_id", "contact_id")
            ids = zip(names, (ana.id, raj.id, jane.id), there, strict=True)
            acts.add(session, [act_row(ana, raj, **{name: one if is_in else None for name, one, is_in in ids})])

    _expect(write, None if is_fine else "two_sides")


@pytest.mark.parametrize("kind", [*KINDS, "gossip", ""])
def test_an_act_is_of_one_of_four_kinds(database: Database, kind: str) -> None:
    def write() -> None:
        with database.transaction() as session:
            ana, raj, _ = _cast(session)
            add_act(session, ana, raj, kind=kind)

    _expect(write, None if kind in KINDS else "known_kind")


def test_nobody_helps_themselves(database: Database) -> None:
    def write() -> None:
        with database.transaction() as session:
            ana, _, _ = _cast(session)
            add_act(session, ana, ana)

    _expect(write, "not_oneself")


@pytest.mark.parametrize("times", [1, 2])
def test_an_act_is_taken_back_once(database: Database, times: int) -> None:
    def write() -> None:
        with database.transaction() as session:
            ana, raj, _ = _cast(session)
            act = add_act(session, ana, raj)
            for _ in range(times):
                take_back(session, act)

    _expect(write, None if times == 1 else "reverses")


@pytest.mark.parametrize("column", ["helper_id", "helped_id", "recorded_by", "written_by", "contact_id", "reverses"])
def test_an_act_points_at_nothing_of_another_workspace(database: Database, column: str) -> None:
    def write() -> None:
        with database.transaction() as session:
            ana, raj, _ = _cast(session)
            fay, gil = a_member(session, "fay", "T2"), a_member(session, "gil", "T2")
            theirs = fay.id
            if column == "contact_id":
                theirs = contacts.meet(session, "T2", fay.id, "Jane", "", NOW).id
            elif column == "reverses":
                theirs = add_act(session, fay, gil)["id"]
            sides = {"helped_id": None} if column == "contact_id" else {}
            add_act(session, ana, raj, **sides, **{column: theirs})

    _expect(write, "foreign key")


@pytest.mark.parametrize("team_id", ["T1", "T2"])
def test_a_mark_is_about_an_act_of_the_same_workspace(database: Database, team_id: str) -> None:
    def write() -> None:
        with database.transaction() as session:
            ana, raj, _ = _cast(session)
            mark(session, add_act(session, ana, raj), "thanks", a_member(session, "raj", team_id))

    _expect(write, None if team_id == "T1" else "foreign key")


@pytest.mark.parametrize("word", ["thanks", "private", "shared", "liked"])
def test_there_are_three_marks(database: Database, word: str) -> None:
    def write() -> None:
        with database.transaction() as session:
            ana, raj, _ = _cast(session)
            mark(session, add_act(session, ana, raj), word, raj)

    _expect(write, "known_mark" if word == "liked" else None)


def test_a_mark_is_made_once(database: Database) -> None:
    def write() -> None:
        with database.transaction() as session:
            ana, raj, _ = _cast(session)
            act = add_act(session, ana, raj)
            mark(session, act, "thanks", raj)
            mark(session, act, "thanks", ana)

    _expect(write, "unique")


@pytest.mark.parametrize("state", [*STATES, "lost"])
def test_a_row_of_the_outbox_is_in_a_known_state(database: Database, state: str) -> None:
    def write() -> None:
        with database.transaction() as session:
            put_outgoing(session, _outgoing(session, "post"), state)

    _expect(write, None if state in STATES else "known_state")


@pytest.mark.parametrize("verb", ["post", "file", "update", "home", "shout"])
def test_a_row_of_the_outbox_does_one_of_four_things(database: Database, verb: str) -> None:
    def write() -> None:
        with database.transaction() as session:
            _outgoing(session, verb)

    _expect(write, None if verb != "shout" else "known_verb")


def test_two_workspaces_can_have_the_same_slack_ids_and_the_same_ids(database: Database) -> None:
    with database.transaction() as session:
        ana = a_member(session, "ana", "T1")
        session.add(Member(team_id="T2", id=ana.id, slack_id=ana.slack_id, created_at=NOW))


@pytest.mark.parametrize("column", ["id", "slack_id"])
def test_one_workspace_cannot(database: Database, column: str) -> None:
    def write() -> None:
        with database.transaction() as session:
            ana = a_member(session, "ana", "T1")
            session.expunge(ana)
            ids = {"id": "another", "slack_id": "UANOTHER"} | {column: getattr(ana, column)}
            session.add(Member(team_id="T1", created_at=NOW, **ids))

    _expect(write, "unique")


def _outgoing(session: Session, verb: str) -> str:
    ana = a_member(session)
    row = outbox.add(session, "T1", key="k", kind="act", subject="s", member_id=ana.id, now=NOW, verb=verb)
    assert session.get(Outgoing, ("T1", row)) is not None
    return row


def _expect(write: Callable[[], None], refusal: str | None) -> None:
    """Fails unless the database refuses for this reason, or for none."""
    if refusal is None:
        write()
        return
    with pytest.raises(NotSaved) as refused:
        write()
    assert refusal in str(refused.value.__context__).lower()
