"""What can wait waits for the end of a do-not-disturb, and for nothing that goes wrong in asking; what cannot does not ask."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from slack_sdk.errors import SlackApiError

from handlers import outcomes
from handlers.outbound import quiet
from tests.cast import AUSTIN
from tests.conversation import Person
from tests.handlers.mail import Mail

NOW = datetime(2026, 3, 2, 15, 0, tzinfo=UTC)
AT = int(NOW.timestamp())
HOUR = 3600


def _texts(mail: Mail, person: Person) -> list[str]:
    return [one["text"] for one in mail.told(person)]


def _is_considerate(mail: Mail, kind: str = "note") -> None:
    mail.bot.routes.considerate.add(kind)


def _no_one_can_ask(mail: Mail) -> None:
    mail.world.ask("manage", {"do": "install", "optional": False})


def test_what_can_wait_waits_for_the_end_of_a_do_not_disturb(mail: Mail, bob: Person) -> None:
    _is_considerate(mail)
    bob.acts("dnd", minutes=90)
    mail.plan("bob", "a hello to Lena?")
    mail.world.settle()
    row, ends = mail.row("note"), mail.world.now() + timedelta(minutes=90)
    assert (row.state, row.due_at, row.planned_for, row.tried) == ("pending", ends, ends, 0)
    mail.wait(minutes=89)
    assert _texts(mail, bob) == []
    mail.wait(minutes=1)
    mail.wait(days=1)
    assert _texts(mail, bob) == ["a hello to Lena?"]
    assert [one["user"] for one in mail.calls("dnd.info")] == [bob.id, bob.id]


def test_what_cannot_wait_does_not_ask(mail: Mail, bob: Person) -> None:
    bob.acts("dnd", minutes=90)
    mail.plan("bob", "time to call Jane")
    mail.world.settle()
    assert (_texts(mail, bob), mail.calls("dnd.info")) == (["time to call Jane"], [])


def test_who_can_be_written_to_is_written_to(mail: Mail, bob: Person, carol: Person) -> None:
    _is_considerate(mail)
    carol.acts("dnd", minutes=90)
    mail.world.ask("manage", {"do": "person", "id": bob.id, "dnd_start": AT + HOUR, "dnd_end": AT + 2 * HOUR})
    mail.plan("bob", "a hello to Lena?")
    mail.world.settle()
    assert (_texts(mail, bob), len(mail.calls("dnd.info"))) == (["a hello to Lena?"], 1)


def test_a_channel_is_never_asked_about(mail: Mail, bob: Person, eve: Person) -> None:
    _is_considerate(mail)
    bob.acts("dnd", minutes=90)
    mail.plan("bob", "a story", channel=AUSTIN)
    mail.world.settle()
    eve.sees("a story")
    assert mail.calls("dnd.info") == []


def test_a_change_of_what_was_said_does_not_wait(given: Mail, alice: Person, bob: Person) -> None:
    given.world.settle()
    _is_considerate(given, "act")
    bob.acts("dnd", minutes=90)
    alice.clicks("Undo")
    bob.sees("took this good turn back")
    assert given.calls("dnd.info") == []


def test_a_do_not_disturb_without_end_is_asked_about_every_day(mail: Mail, bob: Person) -> None:
    _is_considerate(mail)
    bob.acts("dnd", minutes=10 * 24 * 60)
    mail.plan("bob", "a hello to Lena?")
    mail.world.settle()
    assert mail.row("note").due_at == mail.world.now() + timedelta(days=1)
    bob.acts("dnd", minutes=0)
    mail.wait(days=1)
    assert _texts(mail, bob) == ["a hello to Lena?"]


def test_without_the_scope_it_goes_out_and_nobody_is_asked_for_an_hour(mail: Mail, bob: Person, carol: Person) -> None:
    _is_considerate(mail)
    _no_one_can_ask(mail)
    bob.acts("dnd", minutes=600)
    for text in ("one", "two", "three"):
        mail.plan("bob", text)
        mail.world.settle()
    assert (_texts(mail, bob), len(mail.calls("dnd.info"))) == (["one", "two", "three"], 1)
    mail.wait(minutes=61)
    mail.world.ask("manage", {"do": "install", "optional": True})
    mail.plan("bob", "four")
    mail.world.settle()
    assert (len(_texts(mail, bob)), len(mail.calls("dnd.info"))) == (3, 2)


def test_one_workspace_without_the_scope_says_nothing_of_another(mail: Mail) -> None:
    class Refuses:
        """Counts what it is asked, and lacks the scope."""

        def __init__(self) -> None:
            self.asked = 0

        def dnd_info(self, **_: Any) -> Any:
            self.asked += 1
            raise SlackApiError("", {"ok": False, "error": "missing_scope"})  # type: ignore[no-untyped-call]

    client: Any = Refuses()
    asks = quiet.Quiet()
    for team_id in ("T1", "T1", "T2", "T2"):
        assert asks.until(client, team_id, "U1", NOW) is None
    assert client.asked == 2
    asks.until(client, "T1", "U1", NOW - timedelta(hours=5))  # the clock was put back
    assert client.asked == 3


@pytest.mark.parametrize("what", ["http_500", "reset", "nonsense", "limited", "error"])
def test_whatever_else_goes_wrong_it_goes_out(mail: Mail, bob: Person, what: str) -> None:
    _is_considerate(mail)
    bob.acts("dnd", minutes=90)
    mail.goes_wrong(what, on="dnd.info", times=None)
    mail.plan("bob", "a hello to Lena?")
    mail.world.settle()
    assert (_texts(mail, bob), mail.row("note").tried) == (["a hello to Lena?"], 1)


def test_what_waited_too_long_for_the_answer_goes_out_at_its_next_try(
    mail: Mail, bob: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    _is_considerate(mail)
    asked = outcomes.of_call

    def takes_eleven_seconds(call: Any) -> Any:
        outcome, answer = asked(call)
        if mail.calls("dnd.info") and len(mail.calls()) == 0:
            mail.world.now.move(seconds=11)
        return outcome, answer

    monkeypatch.setattr(outcomes, "of_call", takes_eleven_seconds)
    mail.goes_wrong("http_500", on="dnd.info", times=None)
    mail.plan("bob", "a hello to Lena?")
    mail.world.settle()
    assert (_texts(mail, bob), len(mail.calls("dnd.info"))) == (["a hello to Lena?"], 1)


@pytest.mark.parametrize(
    ("answer", "ends"),
    [
        ({"next_dnd_start_ts": AT, "next_dnd_end_ts": AT + HOUR}, AT + HOUR),
        ({"next_dnd_start_ts": AT - HOUR, "next_dnd_end_ts": AT + 1}, AT + 1),
        ({"next_dnd_start_ts": AT - HOUR, "next_dnd_end_ts": AT}, None),
        ({"next_dnd_start_ts": AT + 1, "next_dnd_end_ts": AT + HOUR}, None),
        ({"next_dnd_start_ts": 1, "next_dnd_end_ts": 1}, None),
        ({"next_dnd_start_ts": AT, "next_dnd_end_ts": AT + 99 * HOUR}, AT + 24 * HOUR),
        ({"snooze_enabled": True, "snooze_endtime": AT + HOUR}, AT + HOUR),
        ({"snooze_enabled": True, "snooze_endtime": AT - HOUR}, None),
        ({"snooze_enabled": False, "snooze_endtime": AT + HOUR}, None),
        ({"snooze_enabled": True, "snooze_is_indefinite": True}, AT + 24 * HOUR),
        (
            {"next_dnd_start_ts": AT, "next_dnd_end_ts": AT + HOUR, "snooze_enabled": True, "snooze_endtime": AT + 9},
            AT + HOUR,
        ),
        ({"next_dnd_end_ts": AT + HOUR}, None),
        ({"next_dnd_start_ts": AT}, None),
        ({"next_dnd_start_ts": "soon", "next_dnd_end_ts": None}, None),
        ({"next_dnd_start_ts": AT, "next_dnd_end_ts": 10**30}, AT + 24 * HOUR),
        ({}, None),
    ],
)
def test_the_end_of_a_do_not_disturb_is_read_from_what_slack_says(answer: dict[str, Any], ends: int | None) -> None:
    assert quiet.end_of(answer, NOW) == (None if ends is None else datetime.fromtimestamp(ends, UTC))
