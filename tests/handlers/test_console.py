"""The outbox by hand: what ended unsaid is listed, sent again or dropped, and nobody's words are shown."""

import sqlite3

import pytest
import typer
from sqlmodel import select

from app import GoodTurn
from handlers.operating import console
from storage import database as databases
from storage.tables import Outgoing
from tests.conftest import MovableClock
from tests.conversation import Person, World
from tests.handlers.conftest import Says, breaks, mends

RFP = "the airport RFP went out today"


@pytest.fixture
def dead(world: World, alice: Person, bot: GoodTurn) -> str:
    """The id of a quiet message to Bob that Slack did not take."""
    breaks(world, "error", "chat.postMessage", "is_archived", times=1)
    alice.types(f"/give @bob {RFP}")
    return row_in(bot, "dead").id


@pytest.fixture
def unconfirmed(world: World, alice: Person, bot: GoodTurn, clock: MovableClock) -> str:
    """The id of a quiet message to Bob of which nobody knows whether it arrived; it did not."""
    breaks(world, "error", "chat.postMessage", "internal_error", times=1)
    breaks(world, "history_refused")
    alice.types(f"/give @bob {RFP}")
    for _ in range(15):  # two until it is looked for, ten of looking in vain
        clock.move(minutes=1)
        world.settle()
    mends(world)
    return row_in(bot, "unconfirmed").id


def row_in(bot: GoodTurn, state: str) -> Outgoing:
    """Returns the one quiet message in this state."""
    with bot.database.reading() as session:
        about = (Outgoing.team_id == "T1", Outgoing.kind == "act", Outgoing.verb == "post", Outgoing.state == state)
        return session.exec(select(Outgoing).where(*about)).one()


def test_an_empty_outbox_is_said_kindly(says: Says) -> None:
    done = says("outbox list")
    assert done.exit_code == 0
    assert done.output == "Nothing waits, and nothing was left unsaid. All is well with the outbox.\n"
    assert says("outbox list --state dead").output == "Nothing in the outbox is dead.\n"


def test_the_list_shows_ids_states_and_times_and_nobodys_words(says: Says, dead: str, clock: MovableClock) -> None:
    clock.move(hours=3)
    done = says("outbox list")
    assert done.exit_code == 0
    assert done.stdout.splitlines()[0].split() == [
        "id", "workspace", "state", "kind", "where", "to", "due", "(UTC)", "late", "tries", "error",
    ]  # fmt: skip
    (line,) = [line for line in done.output.splitlines() if dead in line]
    assert line.split() == [dead, "T1", "dead", "act", "U2BOB", "2026-03-02", "15:00", "3", "h", "1", "is_archived"]
    assert done.output.splitlines()[-1] == "1 in all: 1 dead."
    for hidden in (RFP, "Bob", "bob", "Alice", "alice"):
        assert hidden not in done.output


def test_the_list_keeps_to_a_state_and_to_a_workspace(says: Says, dead: str) -> None:
    assert dead in says("outbox list --state dead").output
    assert dead not in says("outbox list --state sent").output
    assert dead in says("outbox list --team T1").output
    nowhere = says("outbox list --team T9")
    assert (nowhere.exit_code, nowhere.output) == (1, "No workspace T9 is known here.\n")
    unknown = says("outbox list --state lost")
    assert unknown.exit_code == 1
    assert "There is no state lost. There are: pending, sending, sent," in unknown.output


def test_a_long_list_says_how_many_there_are(
    says: Says, dead: str, monkeypatch: pytest.MonkeyPatch, alice: Person
) -> None:
    monkeypatch.setattr(World, "settle", lambda _self: None)
    alice.types(f"/give @carol {RFP}")
    monkeypatch.setattr(console, "MOST_SHOWN", 1)
    done = says("outbox list")
    assert done.output.splitlines()[-1].startswith("2 in all: 1 pending, 1 dead. Here are the 1 due first;")
    assert len(done.output.splitlines()) == 3


def test_a_dead_message_is_tried_again_and_arrives(says: Says, dead: str, world: World, bob: Person) -> None:
    assert bob.from_the_bot() == []
    done = says(f"outbox retry {dead}")
    assert done.exit_code == 0
    assert f"{dead} was dead, and goes out now" in done.output
    world.settle()
    bob.sees(RFP)
    assert says("outbox list").output.startswith("Nothing waits")


def test_a_dropped_message_never_arrives(says: Says, dead: str, world: World, bob: Person) -> None:
    done = says(f"outbox drop {dead}")
    assert (done.exit_code, done.output) == (0, f"{dead} was dead, and is cancelled: it is not sent.\n")
    world.settle()
    assert bob.from_the_bot() == []
    again = says(f"outbox retry {dead}")
    assert (again.exit_code, again.output) == (1, "It was cancelled, and is not said any more.\n")


def test_what_to_do_with_an_unconfirmed_one_is_said_below_the_list(says: Says, unconfirmed: str, bob: Person) -> None:
    done = says("outbox list")
    assert unconfirmed in done.output
    assert "Look in Slack first. Where it is not there: python app.py outbox retry ID." in done.output
    bob.opens_home()
    bob.sees("Slack did not confirm my message to you")


def test_an_unconfirmed_one_goes_out_again_only_after_a_yes(
    says: Says, unconfirmed: str, world: World, bob: Person, bot: GoodTurn
) -> None:
    for answer in ("n\n", ""):
        refused = says(f"outbox retry {unconfirmed}", answer)
        assert refused.exit_code == 1
        assert "it may be there already" in refused.output
        assert row_in(bot, "unconfirmed").id == unconfirmed
    done = says(f"outbox retry {unconfirmed}", "y\n")
    assert done.exit_code == 0
    assert f"{unconfirmed} was unconfirmed, and goes out now" in done.output
    world.settle()
    assert len(bob.from_the_bot()) == 1
    bob.sees(RFP)
    bob.does_not_see("Slack did not confirm")


def test_with_yes_nobody_is_asked(says: Says, unconfirmed: str, world: World, bob: Person) -> None:
    done = says(f"outbox retry {unconfirmed} --yes")
    assert done.exit_code == 0
    assert "Send it again?" not in done.output
    world.settle()
    bob.sees(RFP)


def test_the_homes_that_showed_a_dropped_one_show_it_no_more(
    says: Says, unconfirmed: str, world: World, bob: Person, dan: Person
) -> None:
    bob.opens_home()
    bob.sees("Slack did not confirm my message to you")
    dan.opens_home()
    dan.sees("1 post to look at")
    assert says(f"outbox drop {unconfirmed}").exit_code == 0
    world.settle()
    bob.does_not_see("Slack did not confirm")
    dan.does_not_see("1 post to look at")


def test_what_was_taken_back_meanwhile_is_not_tried_again(
    says: Says, unconfirmed: str, world: World, alice: Person, bob: Person
) -> None:
    alice.clicks("Undo")
    done = says(f"outbox retry {unconfirmed} --yes")
    assert done.exit_code == 1
    assert done.output.startswith("What it was to say was taken back since")
    assert f"python app.py outbox drop {unconfirmed}" in done.output
    world.settle()
    assert bob.from_the_bot() == []


def test_what_is_settled_or_under_way_is_refused_in_a_sentence(
    says: Says, dead: str, bot: GoodTurn, world: World
) -> None:
    says(f"outbox retry {dead}")
    waits = says(f"outbox retry {dead}")
    assert (waits.exit_code, waits.output) == (1, "It waits to be sent already.\n")
    world.settle()
    for word in ("retry", "drop"):
        sent = says(f"outbox {word} {dead}")
        assert (sent.exit_code, sent.output) == (1, "It has been said.\n")


@pytest.mark.parametrize("word", ["retry", "drop"])
def test_an_id_that_is_not_there_is_said_in_one_sentence(says: Says, dead: str, word: str) -> None:
    done = says(f"outbox {word} nothing")
    assert done.exit_code == 1
    assert done.output == "Nothing in the outbox has the id nothing. Its ids: python app.py outbox list\n"


def test_a_busy_database_is_said_and_nothing_is_changed(
    says: Says, dead: str, bot: GoodTurn, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(databases, "BUSY_TIMEOUT_MS", 50)
    other = sqlite3.connect(str(bot.database.url.database), isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    done = says(f"outbox drop {dead}")
    other.close()
    assert done.exit_code == 1
    assert done.output.startswith("The database does not answer (OperationalError), and nothing was changed.")
    assert row_in(bot, "dead").id == dead


def test_an_answer_that_came_while_the_operator_was_asked_stands(
    says: Says, unconfirmed: str, world: World, bob: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    bob.opens_home()

    def think(_question: str) -> bool:
        bob.clicks("It is there")
        return True

    monkeypatch.setattr(typer, "confirm", think)
    done = says(f"outbox retry {unconfirmed}")
    assert (done.exit_code, done.output.splitlines()[-1]) == (1, "It has been said.")
    world.settle()
    assert bob.from_the_bot() == []


def test_what_another_operator_tried_in_the_meantime_is_to_be_looked_at_anew(
    says: Says, unconfirmed: str, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    def think(_question: str) -> bool:
        breaks(world, "error", "chat.postMessage", "is_archived", times=1)
        assert says(f"outbox retry {unconfirmed} --yes").exit_code == 0
        world.settle()
        return True

    monkeypatch.setattr(typer, "confirm", think)
    done = says(f"outbox retry {unconfirmed}")
    assert done.exit_code == 1
    assert done.output.splitlines()[-1] == "Somebody else has changed it at this moment. Look at it anew."
