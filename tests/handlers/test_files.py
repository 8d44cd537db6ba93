"""Files in the outbox: brought as often as it takes, shown at most once, and of an unknown outcome nobody is asked."""

import urllib.request
from collections.abc import Callable
from datetime import timedelta
from io import BytesIO
from typing import Any

import pytest
from sqlmodel import col, select, update

from app import GoodTurn
from handlers.files import File, Files, Made
from handlers.routes import Later
from handlers.views.kit import Message
from storage import members, outbox
from storage.database import Reading
from storage.tables import Outgoing, Workspace
from tests.cast import AUSTIN, CAST
from tests.conversation import Person, World
from tests.handlers.saying import calls, fault, let_pass

GET, SHOW = "files.getUploadURLExternal", "files.completeUploadExternal"
CHART = b"\x89PNG..." * 1000


def chart(_reading: Reading) -> Made:
    """Makes a picture and a text."""
    files = [File("chart.png", "Chart", BytesIO(CHART), "A chart"), File("chart.csv", "Figures", BytesIO(b"1,2"))]
    return Made("The chart is ready", files)


def send(bot: GoodTurn, world: World, make: Callable[[Reading], Made] = chart, **columns: Any) -> None:
    """Has files sent to Bob, who owns them, or to a channel."""
    bot.routes.messages["chart"] = lambda *_: Files(make)
    bot.routes.messages |= {f"chart.{end}": _told(end) for end in ("dead", "unconfirmed")}
    with bot.database.transaction() as session:
        bob = members.meet(session, "T1", [CAST["bob"]["id"]], world.now())[0]
        known: dict[str, Any] = {"kind": "chart", "subject": bob.id, "member_id": bob.id, "owner_id": bob.id}
        outbox.add(session, "T1", key="chart", now=world.now(), verb="file", **known | columns)
    world.settle()


def _told(end: str) -> Any:
    return lambda *_: Message(f"The chart is {end}.")


def row(bot: GoodTurn) -> Outgoing:
    with bot.database.reading() as session:
        found = session.exec(select(Outgoing).where(Outgoing.team_id == "T1", Outgoing.kind == "chart")).all()
    assert len(found) == 1
    return found[0]


def shown(person: Person) -> list[dict[str, Any]]:
    return [one for one in person.messages() if one.get("files")]


def test_files_come_in_one_message_with_its_words(bob: Person, bot: GoodTurn, world: World) -> None:
    send(bot, world)
    (message,) = shown(bob)
    assert message["text"] == "The chart is ready"
    assert [(one["name"], one["title"]) for one in message["files"]] == [
        ("chart.png", "Chart"),
        ("chart.csv", "Figures"),
    ]
    address = f"{world.url}/files/{message['files'][0]['id']}"
    with urllib.request.urlopen(address, timeout=20) as answer:
        assert answer.read() == CHART
    known = row(bot)
    assert (known.state, known.slack_ts, known.sent_at) == ("sent", message["files"][0]["id"], world.now())


@pytest.mark.parametrize(
    ("on", "what"),
    [*((GET, one) for one in ("limited", "http_500", "reset", "nonsense", "error")),
     *(("upload", one) for one in ("limited", "http_500", "reset", "reset_delivered"))],
)  # fmt: skip
def test_before_they_are_shown_whatever_goes_wrong_is_tried_again(
    bob: Person, bot: GoodTurn, world: World, on: str, what: str
) -> None:
    fault(world, what, on=on, times=2, **({"seconds": 90} if what == "limited" else {}))
    send(bot, world)
    assert (shown(bob), row(bot).state, calls(world, SHOW)) == ([], "pending", 0)
    let_pass(world, minutes=15)
    assert (len(shown(bob)), row(bot).state, calls(world, SHOW)) == (1, "sent", 1)


def test_a_limit_on_showing_is_waited_for(bob: Person, bot: GoodTurn, world: World) -> None:
    fault(world, "limited", on=SHOW, seconds=90)
    send(bot, world)
    known = row(bot)
    assert (shown(bob), known.state, known.slack_ts) == ([], "pending", None)
    let_pass(world, minutes=3)
    assert (len(shown(bob)), row(bot).state, calls(world, SHOW)) == (1, "sent", 2)


@pytest.mark.parametrize("what", ["http_500", "reset", "error", "nonsense"])
@pytest.mark.parametrize("is_delivered", [True, False])
def test_an_unknown_outcome_of_showing_ends_it_and_its_owner_reads_so_once(
    bob: Person, dan: Person, bot: GoodTurn, world: World, what: str, is_delivered: bool
) -> None:
    bob.opens_home()
    dan.opens_home()
    fault(world, f"{what}_delivered" if is_delivered else what, on=SHOW)
    send(bot, world)
    let_pass(world, hours=2)
    assert (len(shown(bob)), row(bot).state, calls(world, SHOW)) == (int(is_delivered), "unconfirmed", 1)
    assert sum("The chart is unconfirmed." in one["text"] for one in bob.from_the_bot_by_dm()) == 1
    assert calls(world, "conversations.history") == 0
    for person in (bob, dan):
        person.opens_home()
        person.does_not_see("Slack did not confirm", "to look at")


@pytest.mark.parametrize("error", ["file_uploads_disabled", "storage_limit_reached", "missing_scope", "not_known_here"])
@pytest.mark.parametrize("on", [GET, SHOW])
def test_a_final_answer_ends_it_and_its_owner_hears_once(
    bob: Person, bot: GoodTurn, world: World, error: str, on: str
) -> None:
    fault(world, "error", on=on, error=error)
    send(bot, world)
    let_pass(world, hours=2)
    known = row(bot)
    assert (shown(bob), known.state, known.error, calls(world, GET)) == ([], "dead", error, 1 if on == GET else 2)
    assert sum("The chart is dead." in one["text"] for one in bob.from_the_bot_by_dm()) == 1


@pytest.mark.parametrize(("what", "became"), [("", "sent"), ("error", "dead"), ("http_500", "unconfirmed")])
def test_what_becomes_of_files_to_a_channel_that_nobody_owns_nobody_hears(
    bob: Person, bot: GoodTurn, world: World, what: str, became: str
) -> None:
    if what:
        fault(world, what, on=SHOW, error="file_uploads_disabled" if what == "error" else "")
    send(bot, world, channel=AUSTIN, owner_id=None)
    let_pass(world, hours=2)
    assert row(bot).state == became
    assert [one["text"] for one in bob.from_the_bot()] == ([] if what else ["The chart is ready"])


def test_what_cannot_be_made_is_tried_again_and_given_up_after_a_day(bob: Person, bot: GoodTurn, world: World) -> None:
    tries = []

    def make(_reading: Reading) -> Made:
        tries.append(1)
        raise OSError("no room")

    send(bot, world, make)
    assert (row(bot).state, row(bot).error) == ("pending", "OSError")
    let_pass(world, hours=25)
    assert row(bot).state == "dead"
    assert 100 < len(tries) < 200
    assert [one["text"] for one in bob.from_the_bot_by_dm()] == ["The chart is dead."]


def test_a_program_that_ended_while_it_made_them_makes_them_anew(bob: Person, bot: GoodTurn, world: World) -> None:
    def ends(_reading: Reading) -> Made:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        send(bot, world, ends)
    bot.routes.messages["chart"] = lambda *_: Files(chart)
    world.settle()
    assert (shown(bob), row(bot).state) == ([], "sending")
    let_pass(world, minutes=3)
    assert (len(shown(bob)), row(bot).state) == (1, "sent")


def test_a_program_that_ended_while_it_showed_them_does_not_show_them_again(
    bob: Person, bot: GoodTurn, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    def ends(*_: Any, **__: Any) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr("slack_sdk.WebClient.files_completeUploadExternal", ends)
        with pytest.raises(KeyboardInterrupt):
            send(bot, world)
    let_pass(world, minutes=5)
    assert (shown(bob), row(bot).state, calls(world, SHOW)) == ([], "unconfirmed", 0)


def test_making_may_take_longer_than_a_claim_holds_and_is_shown_once(bob: Person, bot: GoodTurn, world: World) -> None:
    def make(reading: Reading) -> Made:
        world.now.move(minutes=5)
        return chart(reading)

    send(bot, world, make)
    assert (len(shown(bob)), row(bot).state) == (1, "sent")


def test_who_took_it_over_meanwhile_shows_it_and_nobody_else(bob: Person, bot: GoodTurn, world: World) -> None:
    def make(reading: Reading) -> Made:
        bot.routes.messages["chart"] = lambda *_: Files(chart)
        world.now.move(minutes=5)
        bot.sender.send_due()
        return chart(reading)

    send(bot, world, make)
    assert (len(shown(bob)), row(bot).state, calls(world, SHOW)) == (1, "sent", 1)


def test_while_they_are_made_members_can_write(bob: Person, bot: GoodTurn, world: World) -> None:
    written: list[int] = []

    def make(reading: Reading) -> Made:
        with reading() as session:
            assert session.exec(select(Outgoing.id).where(Outgoing.team_id == "T1")).all()
        with bot.database.transaction(within=1) as session:
            members.change(session, "T1", row(bot).member_id, locale="sv-SE")
        written.append(1)
        return chart(reading)

    send(bot, world, make)
    assert (written, row(bot).state) == ([1], "sent")


def test_what_was_due_before_a_backup_was_put_back_is_not_shown_again(bob: Person, bot: GoodTurn, world: World) -> None:
    send(bot, world)
    with bot.database.transaction() as session:
        session.connection().execute(
            update(Workspace).where(col(Workspace.team_id) == "T1").values(restored_at=world.now())
        )
        older = {"state": "pending", "tried": 0, "first_tried_at": None, "slack_ts": None, "sent_at": None}
        mine = (col(Outgoing.team_id) == "T1", col(Outgoing.kind) == "chart")
        session.connection().execute(update(Outgoing).where(*mine).values(**older))
    let_pass(world, minutes=10)
    assert (len(shown(bob)), row(bot).state, calls(world, SHOW)) == (1, "unconfirmed", 1)


def test_a_renderer_may_have_files_wait(bob: Person, bot: GoodTurn, world: World) -> None:
    send(bot, world, due_at=world.now() + timedelta(minutes=1))
    later = world.now() + timedelta(minutes=30)
    bot.routes.messages["chart"] = lambda _session, _row, now: Files(chart) if now >= later else Later(later)
    let_pass(world, minutes=29)
    assert (shown(bob), row(bot).state) == ([], "pending")
    let_pass(world, minutes=3)
    assert (len(shown(bob)), row(bot).state) == (1, "sent")


def test_a_file_of_unknown_outcome_is_sent_again_by_nobodys_press_and_forgotten_in_time(
    bob: Person, bot: GoodTurn, world: World
) -> None:
    fault(world, "reset", on=SHOW)
    send(bot, world)
    assert world.forge("bob", "posts.again", row(bot).id)[0] == 200
    assert row(bot).state == "unconfirmed"
    with bot.database.transaction() as session:
        assert outbox.forget(session, "T1", world.now() - timedelta(days=1), 100) == 0
        assert outbox.forget(session, "T1", world.now() + timedelta(days=90), 100) > 0
