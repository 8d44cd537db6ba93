"""Words that take long to find are found while others write; where they cannot be found, the message comes once and later."""

from collections.abc import Callable

import pytest

from handlers.routes import Composed
from handlers.views.kit import Message
from storage import workspaces
from storage.database import Session
from tests.conversation import Person
from tests.handlers.mail import Mail

HELLO = "a hello to Lena?"


def _compose(mail: Mail, make: Callable[[Session], Message]) -> None:
    """Has notes be composed, as a feature would."""
    mail.bot.routes.messages["note"] = lambda _session, _row, _now: Composed(make)


def _texts(mail: Mail, person: Person) -> list[str]:
    return [one["text"] for one in mail.told(person)]


def test_others_write_while_words_are_found(mail: Mail, bob: Person) -> None:
    def make(reading: Session) -> Message:
        with mail.bot.database.transaction(within=0.05) as session:
            workspaces.change(session, "T1", acts_a_day=31)
        return Message(f"{HELLO} {workspaces.acts_a_day(reading, 'T1')}")

    _compose(mail, make)
    mail.plan("bob", HELLO)
    mail.world.settle()
    assert _texts(mail, bob) == [f"{HELLO} 31"]


def test_what_comes_late_says_so(mail: Mail, bob: Person) -> None:
    _compose(mail, lambda _: Message(HELLO))
    mail.plan("bob", HELLO, due_at=mail.world.now())
    mail.world.now.move(minutes=30)
    mail.world.settle()
    (text,) = _texts(mail, bob)
    assert text.startswith(HELLO)
    assert "while I was away" in text


def test_words_that_cannot_be_found_keep_nobody_else_back_and_are_said_once_they_can(mail: Mail, bob: Person) -> None:
    tries = []

    def make(_reading: Session) -> Message:
        tries.append(1)
        if len(tries) < 3:
            raise RuntimeError("no words")
        return Message(HELLO)

    _compose(mail, make)
    mail.plan("bob", HELLO)
    bob.types("/give @alice the airport RFP went out today")
    assert "Bob recorded a good turn for you" in str(mail.told(Person(mail.world, "alice", "U1ALICE")))
    for _ in range(20):
        mail.wait(minutes=1)
    assert len(tries) == 3
    assert [text.partition(" This was due")[0] for text in _texts(mail, bob)] == [HELLO]


@pytest.mark.parametrize("what", ["timeout_delivered", "http_500_delivered"])
def test_what_slack_did_not_confirm_is_looked_for_and_not_said_twice(mail: Mail, bob: Person, what: str) -> None:
    _compose(mail, lambda _: Message(HELLO))
    mail.world.ask("manage", {"do": "fault", "what": what, "on": "chat.postMessage"})
    mail.plan("bob", HELLO)
    for _ in range(10):
        mail.wait(minutes=1)
    assert _texts(mail, bob) == [HELLO]
    assert mail.row("note").state == "sent"
