"""Files in the outbox: brought as often as it takes, shown at most once, and of an unknown outcome nobody is asked."""

import urllib.request
from datetime import timedelta

import pytest
from sqlmodel import col, update

from app import GoodTurn
from handlers.files import Files
from handlers.routes import Later
from storage import outbox
from storage.tables import Outgoing, Workspace
from tests.cast import AUSTIN
from tests.conversation import Person, World
from tests.handlers.charts import CHART, GET, SHOW, chart, row, send, shown
from tests.handlers.saying import calls, fault, let_pass


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
