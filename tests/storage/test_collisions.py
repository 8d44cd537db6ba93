"""Two who write at the same time: nothing is doubled, nothing is lost, and no error carries anybody's words."""

import threading
import traceback
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest

from storage import acts, contacts, inbox, members, workspaces
from storage.database import Collided, Database, NotSaved, Session
from tests.storage.rows import NOW, a_member, act_row, add_act, correct, take_back

WORD = "zebrafinch"


def _both(database: Database, do: Callable[[Session], str]) -> list[str]:
    """Lets two threads do the same at the same time, and returns what came of it."""
    start = threading.Barrier(2)

    def one() -> str:
        start.wait(5)
        with database.transaction() as session:
            return do(session)

    with ThreadPoolExecutor(2) as pool:
        return [done.result() for done in [pool.submit(one) for _ in range(2)]]


def test_two_who_meet_the_same_new_person_meet_one_person(database: Database) -> None:
    def meet(session: Session) -> str:
        return ",".join(one.id for one in members.meet(session, "T1", ["URAJ", "UANA", "UBO"], NOW))

    first, second = _both(database, meet)
    assert first == second
    assert len(set(first.split(","))) == 3


def test_two_who_note_the_same_contact_note_one(database: Database) -> None:
    with database.transaction() as session:
        ana = a_member(session).id
    first, second = _both(database, lambda session: contacts.meet(session, "T1", ana, "Jane Doe", "Acme", NOW).id)
    assert first == second


def test_two_who_come_first_to_a_workspace_come_to_one(database: Database) -> None:
    assert _both(database, lambda session: workspaces.meet(session, "T1", NOW).team_id) == ["T1", "T1"]
    with database.reading() as session:
        assert workspaces.all_teams(session) == ["T1"]


def test_what_another_wrote_first_is_told_from_what_could_not_be_written(database: Database) -> None:
    with database.transaction() as session:
        inbox.add(session, "T1", "event:1", "act-1", NOW)
    with pytest.raises(Collided), database.transaction() as session:
        inbox.add(session, "T1", "event:1", "act-2", NOW)
    with pytest.raises(NotSaved) as late, database.transaction(in_time=lambda: False):
        pass
    assert not isinstance(late.value, Collided)


@pytest.mark.parametrize("columns", [{"kind": "gossip"}, {"helper_id": "nobody"}, {"id": None}])
def test_no_words_stand_in_what_an_error_would_have_logged(database: Database, columns: dict[str, str]) -> None:
    def write() -> None:
        with database.transaction() as session:
            ana, raj = a_member(session, "ana"), a_member(session, "raj")
            add_act(session, ana, raj, words=WORD, **columns)

    with pytest.raises(NotSaved) as refused:
        write()
    assert WORD not in "".join(traceback.format_exception(refused.value))


def test_of_two_corrections_the_one_that_stands_is_the_latest_word(database: Database) -> None:
    with database.transaction() as session:
        ana, raj = a_member(session, "ana"), a_member(session, "raj")
        act = add_act(session, ana, raj)
        stands = correct(session, act, words="stands")
        later = act | {"id": act_row(ana, raj)["id"], "words": "came later"}
        acts.add(session, [later])
        take_back(session, later)
        found = acts.of_root(session, "T1", act["id"])
        assert found is not None
        assert found.act.id == stands["id"]
        take_back(session, stands)
        gone = acts.of_root(session, "T1", act["id"])
    assert gone is not None
    assert (gone.act.words, gone.stands) == ("came later", False)
