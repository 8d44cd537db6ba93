"""The public ledger: what an admin may take along of a workspace, and what not."""

from app import GoodTurn
from tests.cast import AUSTIN, CAST
from tests.conversation import Person, World
from tests.features.exporting import came, data, raw
from tests.handlers.saying import fault, let_pass


def export(admin: Person) -> None:
    """Has an admin export the ledger from Home."""
    admin.opens_home()
    admin.clicks("Export", near="Public ledger")
    admin.sees("The public ledger is on its way.", "Nothing private is in it.")
    admin.closes()


def test_the_public_ledger_names_whom_both_sides_agreed_on_and_counts_the_others(
    alice: Person, bob: Person, carol: Person, dan: Person, world: World
) -> None:
    alice.types("/give advice @bob how to price it")
    bob.clicks("Thanks, it helped")
    alice.types("/give @carol nobody has answered this")
    alice.types("/give @bob private words", channel=_dm(alice))
    bob.clicks("Thanks, it helped", near="private words")
    alice.types("/give Jane Doe (Acme) pricing the survey")
    alice.types("/give @carol to be removed")
    carol.clicks("Remove it", near="to be removed")
    carol.types("/thanks @bob for today")
    export(dan)
    dan.sees("The public ledger is ready: 1 good turn by name and 3 good turns counted")
    (named,) = data(dan)["by_name"]
    assert named == {
        "day": "2026-03-02", "channel": AUSTIN, "kind": "ideas and advice", "from": "Alice", "to": "Bob",
    }  # fmt: skip
    assert sum(one["good_turns"] for one in data(dan)["counted"]) == 3
    assert all(set(one) == {"month", "channel", "kind", "good_turns"} for one in data(dan)["counted"])
    for kept in raw(dan).values():
        for hidden in (b"Jane", b"Carol", b"price it", b"private words", b"removed"):
            assert hidden not in kept
    world.now.move(days=2)  # Bob could have kept the thanks private, and did not
    export(dan)
    assert [(one["from"], one["to"]) for one in data(dan)["by_name"]] == [("Alice", "Bob"), ("Bob", "Carol")]
    bob.clicks("Keep it private", near="for today")
    alice.types("/network leave")
    export(dan)
    assert data(dan)["by_name"] == []
    assert sum(one["good_turns"] for one in data(dan)["counted"]) == 3


def test_who_left_their_name_out_is_counted_and_not_named(alice: Person, bob: Person, dan: Person) -> None:
    alice.types("/give advice @bob how to price it")
    bob.clicks("Thanks, it helped")
    bob.opens_home()
    bob.clicks("Leave it out")
    bob.closes()
    export(dan)
    assert data(dan)["by_name"] == []
    assert sum(one["good_turns"] for one in data(dan)["counted"]) == 1


def _dm(person: Person) -> str:
    bot = person.state()["app"]["bot_user_id"]
    return str(person.acts("dm", user=bot)["channel"])


def test_only_admins_get_the_ledger_and_who_is_none_any_more_does_not(
    alice: Person, dan: Person, kim: Person, world: World, bot: GoodTurn
) -> None:
    alice.types("/give @bob the airport RFP")
    alice.opens_home()
    alice.does_not_see("Public ledger")
    for actor in ("alice", "kim", "stella", "builder"):
        assert world.forge(actor, "exports.ledger", "x")[0] == 200
    world.settle()
    assert came(alice) == came(kim) == []
    fault(world, "limited", on="files.getUploadURLExternal", seconds=600)
    export(dan)
    world.ask("manage", {"do": "person", "id": CAST["dan"]["id"], "is_admin": False, "is_owner": False})
    let_pass(world, minutes=15)
    assert came(dan) == []
