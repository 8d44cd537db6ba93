"""How fast the bot writes: a message a second in a place, a few at once in a workspace, and no faster than Slack allows."""

from datetime import timedelta
from itertools import pairwise

import pytest
from sqlmodel import select

from handlers.outbound.pacing import IN_ONE_PLACE, IN_ONE_WORKSPACE, Pacer
from storage import outbox
from storage.tables import Outgoing
from tests.cast import AUSTIN, cast
from tests.conversation import Person, World
from tests.handlers.mail import TOKENS, Mail
from tests.storage.rows import NOW

SECOND = timedelta(seconds=1)


@pytest.fixture
def pacer() -> Pacer:
    return Pacer()


@pytest.fixture
def elsewhere(mail: Mail, world: World) -> Mail:
    """There is a second workspace, in which people have the same ids."""
    second = {"team": {"id": "T2", "name": "Elsewhere"}, "tokens": {"bot": TOKENS["T2"]}}
    world.ask("manage", {"do": "reset", "cast": {"teams": [cast(), cast() | second]}})
    return mail


def test_nobody_waits_before_anything_was_said(pacer: Pacer) -> None:
    assert pacer.free_at("T1", "post", "C1", NOW) <= NOW


def test_a_place_gets_one_message_a_second_and_others_do_not_wait_for_it(pacer: Pacer) -> None:
    pacer.note("T1", "C1", NOW)
    assert pacer.free_at("T1", "post", "C1", NOW) == NOW + SECOND
    assert pacer.free_at("T1", "post", "C1", NOW + SECOND) <= NOW + SECOND
    for team_id, place in (("T1", "C2"), ("T2", "C1")):
        assert pacer.free_at(team_id, "post", place, NOW) <= NOW


@pytest.mark.parametrize("verb", ["update", "home"])
def test_changes_and_homes_are_not_held_back_by_posts(pacer: Pacer, verb: str) -> None:
    pacer.note("T1", "C1", NOW)
    assert pacer.free_at("T1", verb, "C1", NOW) <= NOW


def test_a_workspace_gets_twenty_messages_at_once_and_then_one_by_one(pacer: Pacer) -> None:
    count = 0
    while pacer.free_at("T1", "post", f"C{count}", NOW) <= NOW:
        pacer.note("T1", f"C{count}", NOW)
        count += 1
    assert count == 20
    assert pacer.free_at("T1", "post", "C99", NOW) == NOW + IN_ONE_WORKSPACE
    assert pacer.free_at("T2", "post", "C99", NOW) <= NOW


def test_what_was_not_used_up_is_not_saved_for_later(pacer: Pacer) -> None:
    pacer.note("T1", "C1", NOW)
    later = NOW + timedelta(hours=1)
    count = 0
    while pacer.free_at("T1", "post", f"C{count}", later) <= later:
        pacer.note("T1", f"C{count}", later)
        count += 1
    assert count == 20


@pytest.mark.parametrize(
    ("team_id", "verb", "waits"), [("T1", "post", True), ("T1", "update", False), ("T2", "post", False)]
)
def test_a_pause_is_for_one_method_in_one_workspace(pacer: Pacer, team_id: str, verb: str, waits: bool) -> None:
    until = NOW + timedelta(seconds=30)
    pacer.pause("T1", "post", until)
    assert (pacer.free_at(team_id, verb, "C1", NOW) == until) is waits
    assert pacer.free_at(team_id, verb, "C1", until) <= until


def test_a_clock_that_was_put_back_holds_nothing_up(pacer: Pacer) -> None:
    assert pacer.free_at("T1", "post", "C1", NOW) <= NOW
    pacer.note("T1", "C1", NOW)
    pacer.pause("T1", "update", NOW + timedelta(minutes=1))
    earlier = NOW - timedelta(hours=1)
    assert pacer.free_at("T1", "post", "C1", earlier) <= earlier
    assert pacer.free_at("T1", "update", "C1", earlier) <= earlier


def _moments(person: Person) -> list[float]:
    return [float(one["ts"]) for one in person.from_the_bot()]


def test_what_is_due_in_one_channel_at_once_comes_a_second_apart_also_where_slack_says_stop(
    mail: Mail, eve: Person
) -> None:
    for number in range(30):
        mail.plan("bob", f"story {number}", channel=AUSTIN)
    while mail.rows(state="pending"):
        mail.goes_wrong("limited", seconds=9)
        for _ in range(8):
            mail.send()
            mail.world.now.now = mail.sender.free_at or mail.world.now()
    seen = [one["text"] for one in eve.from_the_bot()]
    assert sorted(seen) == sorted(f"story {number}" for number in range(30))
    assert all(after - before >= IN_ONE_PLACE.total_seconds() for before, after in pairwise(_moments(eve)))
    assert {row.state for row in mail.rows(kind="note")} == {"sent"}


def test_slack_saying_stop_holds_up_posts_in_that_workspace_and_nothing_else(elsewhere: Mail, bob: Person) -> None:
    bob.opens_home()
    for who in ("bob", "carol"):
        for team_id in ("T1", "T2"):
            elsewhere.plan(who, f"for {who}", team_id)
    elsewhere.goes_wrong("limited", team="T1", seconds=30)
    with elsewhere.held():
        bob.opens_home()
    elsewhere.send()
    assert [len(elsewhere.calls(team_id=team_id)) for team_id in ("T1", "T2")] == [1, 2]
    assert len(elsewhere.calls("views.publish")) == 2
    assert elsewhere.sender.free_at == elsewhere.world.now() + timedelta(seconds=30)


def test_workspaces_take_turns(elsewhere: Mail) -> None:
    first = elsewhere.plan("bob", "number 0")
    with elsewhere.bot.database.transaction() as session:
        bob = str(session.exec(select(Outgoing.member_id).where(Outgoing.team_id == "T1", Outgoing.id == first)).one())
        for number in range(1, 500):
            outbox.add(session, "T1", key=f"{number}", kind="note", subject="s", member_id=bob, now=elsewhere.world.now(),
                       channel=f"C{number % 40}")  # fmt: skip
    elsewhere.world.now.move(seconds=1)
    elsewhere.plan("bob", "the only one", "T2")
    elsewhere.send()
    order = [one["team"] for one in elsewhere.world.ask("traffic?since=0") if one["name"] == "chat.postMessage"]
    assert "T2" in order[:2]
    assert order.count("T1") == 20


def test_what_waits_for_its_turn_is_neither_claimed_nor_counted(mail: Mail, bob: Person) -> None:
    for number in range(3):
        mail.plan("bob", f"number {number}")
    assert mail.send() == 1
    assert [(row.state, row.tried) for row in mail.rows(kind="note")] == [("sent", 1), ("pending", 0), ("pending", 0)]
    mail.world.now.move(seconds=0.9)
    assert mail.send() == 0
    mail.world.now.move(seconds=0.1)
    assert mail.send() == 1
    assert mail.sender.free_at == mail.world.now() + SECOND


def test_what_is_held_back_goes_on_when_the_first_of_its_places_is_free(mail: Mail) -> None:
    mail.plan("bob", "the first")
    mail.send()
    began = mail.world.now()
    mail.world.now.move(seconds=0.4)
    mail.plan("carol", "the first for carol")
    mail.plan("bob", "the second")
    mail.plan("carol", "the second for carol")
    assert mail.send() == 1
    assert mail.sender.free_at == began + IN_ONE_PLACE
