"""What its renderer says is for later waits for that moment, and is neither late nor looked for then."""

from datetime import datetime, timedelta
from typing import Any

from handlers.routes import Later
from handlers.views.kit import Message
from storage import members
from storage.tables import Outgoing
from tests.cast import CAST
from tests.conversation import Person
from tests.handlers.mail import Mail


def _waits_until(mail: Mail, at: datetime, kind: str = "note") -> None:
    """Has notes wait for a moment, as a feature would."""

    def render(_session: Any, row: Outgoing, now: datetime) -> Message | Later:
        return Message(row.subject) if now >= at else Later(at)

    mail.bot.routes.messages[kind] = render


def _texts(mail: Mail, person: Person) -> list[str]:
    return [one["text"] for one in mail.told(person)]


def test_what_is_for_later_waits_and_is_said_once_then(mail: Mail, bob: Person) -> None:
    then = mail.world.now() + timedelta(hours=3)
    _waits_until(mail, then)
    mail.plan("bob", "a hello to Lena?")
    mail.world.settle()
    row = mail.row("note")
    assert (row.state, row.due_at, row.planned_for) == ("pending", then, then)
    assert (row.tried, row.first_tried_at, row.refused, row.error) == (0, None, 0, None)
    mail.wait(hours=2, minutes=59)
    assert (_texts(mail, bob), mail.calls()) == ([], [])
    mail.wait(minutes=1)
    mail.wait(days=1)
    assert _texts(mail, bob) == ["a hello to Lena?"]  # not late, and looked for nowhere
    assert mail.calls("conversations.history") == []


def test_what_is_for_later_is_late_only_after_that(mail: Mail, bob: Person) -> None:
    due_at = mail.world.now() + timedelta(hours=1)
    _waits_until(mail, due_at + timedelta(hours=1))
    mail.plan("bob", "a hello to Lena?", due_at=due_at)
    mail.wait(hours=1)
    mail.world.now.move(hours=1, minutes=3)
    mail.world.settle()
    (text,) = _texts(mail, bob)
    assert "This was due at 11:00 AM, while I was away." in text


def test_what_is_for_now_is_said_now(mail: Mail, bob: Person) -> None:
    _waits_until(mail, mail.world.now())
    mail.plan("bob", "a hello to Lena?")
    mail.world.settle()
    assert _texts(mail, bob) == ["a hello to Lena?"]


def test_what_is_for_a_moment_that_has_passed_is_not_asked_for_without_end(mail: Mail, bob: Person) -> None:
    mail.bot.routes.messages["note"] = lambda _session, _row, now: Later(now)
    mail.plan("bob", "a hello to Lena?")
    assert mail.send() == 1
    assert mail.row("note").due_at == mail.world.now() + timedelta(minutes=1)


def test_what_waits_can_be_cancelled(mail: Mail, alice: Person, bob: Person) -> None:
    _waits_until(mail, mail.world.now() + timedelta(hours=3))
    mail.plan("bob", "a hello to Lena?")
    mail.world.settle()
    bob.types("/network leave")
    mail.wait(hours=3)
    assert (mail.row("note").state, _texts(mail, bob)) == ("cancelled", [])


def test_what_waits_greets_nobody_and_what_comes_first_does(mail: Mail, alice: Person, bob: Person) -> None:
    said = mail.bot.routes.messages["act"]
    then = mail.world.now() + timedelta(hours=3)
    mail.bot.routes.messages["act"] = lambda session, row, now: said(session, row, now) if now >= then else Later(then)
    alice.types("/give @bob the cantilever drawings")
    with mail.bot.database.reading() as session:
        assert members.known(session, "T1", [str(CAST["bob"]["id"])])[str(CAST["bob"]["id"])].greeted_at is None
    mail.wait(hours=3)
    bob.sees("I am Good Turn")
