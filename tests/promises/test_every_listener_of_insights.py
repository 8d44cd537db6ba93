"""Each thing that can be done about `/network`: delivered again, done by others, and with values that are nobody's."""

from collections.abc import Callable
from dataclasses import dataclass

import pytest
from sqlalchemy import text

from bot.insights import INTRODUCE, MEET
from bot.network import meeting
from storage import members as people
from tests.conftest import MovableClock
from tests.promises.deliveries import TEAM, Bot, Signed, command, form, press
from tests.promises.listeners import ANA, BO, CY, NOT_OPEN, STRANGER, comes_again_and_changes_nothing, newest, rows

GUEST = "U005"
# What stands in other tables of this kind: pausing, leaving and coming back.
ELSEWHERE = {"network.pause", "network.paused", "network.resume", "network.leave", "network.come_back"}
NOBODYS = (
    "",
    "nothing",
    "x" * 2000,
    "' OR 1=1 --",
    "a:b",
    "a:b:c:d",
    "\u0660:\u0661",
    "meet:",
    "introduce:a:b",
    "ask:x",
)


@pytest.fixture(autouse=True)
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    """Has a workspace of three be large enough to suggest from."""
    monkeypatch.setattr(meeting, "LEAST_PEOPLE", 3)
    monkeypatch.setattr(meeting, "LEAST_ACTS", 2)


@pytest.fixture
def ids(bot: Bot, now: MovableClock) -> dict[str, str]:
    """Ana helped Bo, and Bo helped Cy, so that Bo knows Ana and Cy, who do not know each other; our ids of all."""
    for giver, receiver in ((ANA, BO), (BO, CY)):
        bot.takes(command(giver, f"<@{receiver}> a tour of the site"))
        bot.takes(press(receiver, "acts.thank", newest(bot, "acts", "root_id"), where="posted"))
        now.move(minutes=1)
    for who in (STRANGER, GUEST):
        bot.takes(command(who, "", "/network"))
    with bot.database.transaction() as session:
        found = people.known(session, TEAM, [ANA, BO, CY, STRANGER, GUEST])
        people.change(session, TEAM, found[STRANGER].id, is_stranger=True)
        people.change(session, TEAM, found[GUEST].id, is_guest=True)
    return {slack_id: one.id for slack_id, one in found.items()}


@dataclass(frozen=True)
class Done:
    """What somebody does, to whom by their Slack ids, and a word of the answer; who else may do it, to the same value."""

    by: str
    about: tuple[str, ...]
    answer: str
    kind: str = ""
    is_form: bool = False
    changes: bool = True
    may: tuple[str, ...] = ()

    def request(self, what: str, who: str, value: str) -> Signed:
        """Returns the request, whoever makes it."""
        return form(who, what, value) if self.is_form else press(who, what, value)

    def value(self, ids: dict[str, str]) -> str:
        """Returns what the button carries."""
        return ":".join([*filter(None, [self.kind]), *(ids[one] for one in self.about)])


DONE: dict[str, Done] = {
    "network.why": Done(ANA, (), "Too early to say.", changes=False, may=(BO, CY, GUEST)),
    "network.picture": Done(ANA, (), "On its way to our conversation.", may=(BO, CY, GUEST)),
    "network.ask": Done(ANA, (BO, CY), "The form did not open", changes=False),
    "network.asked": Done(ANA, (BO, CY), "Sent to U002.", is_form=True),
    "network.introduce": Done(BO, (ANA, CY), "The form did not open", may=(ANA, CY)),
    "network.not_this": Done(ANA, (CY,), "I will not suggest this one again.", kind=MEET, may=(BO, CY, GUEST)),
}
OTHERS: dict[str, tuple[str, ...]] = {
    what: tuple(who for who in (ANA, BO, CY, STRANGER, GUEST) if who not in (done.by, *done.may))
    for what, done in DONE.items()
}  # fmt: skip
CARRYING = [what for what, done in DONE.items() if done.about]


def test_all_of_them_are_here(bot: Bot) -> None:
    routes = bot.good_turn.routes
    heard = {name for name in {**routes.buttons, **routes.forms} if name.startswith("network.")}
    assert set(DONE) | ELSEWHERE == heard


@pytest.mark.parametrize("what", DONE)
def test_what_comes_again_is_answered_again_and_changes_nothing(
    bot: Bot, now: MovableClock, ids: dict[str, str], what: str
) -> None:
    done = DONE[what]
    again: Callable[[Bot], Signed] = lambda _: done.request(what, done.by, done.value(ids))  # noqa: E731
    comes_again_and_changes_nothing(bot, now, (), again, done.answer, done.changes)


@pytest.mark.parametrize("what", DONE)
def test_nobody_does_what_is_not_theirs_to_do(bot: Bot, ids: dict[str, str], what: str) -> None:
    done = DONE[what]
    stood = rows(bot.database)
    assert STRANGER in OTHERS[what]
    for who in OTHERS[what]:
        status, said = bot.tells(done.request(what, who, done.value(ids)))
        assert status == 200
        assert NOT_OPEN in said, who
        assert rows(bot.database) == stood, who
    for who in done.may:
        assert done.answer in bot.tells(done.request(what, who, done.value(ids)))[1], who


@pytest.mark.parametrize("what", CARRYING)
def test_what_is_nobodys_changes_nothing_and_shows_nobody(bot: Bot, ids: dict[str, str], what: str) -> None:
    done = DONE[what]
    stood = rows(bot.database)
    turned = ":".join(reversed(done.value(ids).split(":")))
    values = [
        *NOBODYS,
        *([] if what == "network.introduce" else [turned]),
        f"{ids[CY]}:{ids[CY]}",
        f"{INTRODUCE}:{ids[CY]}",
    ]
    for value in values:
        status, said = bot.tells(done.request(what, done.by, value))
        assert status == 200
        assert NOT_OPEN in said, value
        assert rows(bot.database) == stood, value


def test_two_that_one_knows_are_left_out_by_both_their_ids(bot: Bot, ids: dict[str, str]) -> None:
    value = f"{INTRODUCE}:{':'.join(sorted((ids[ANA], ids[CY])))}"
    assert "I will not suggest this one again." in bot.tells(press(BO, "network.not_this", value))[1]
    assert "in common" not in bot.tells(command(BO, "", "/network"))[1]


@pytest.mark.parametrize("what", ["network.ask", "network.asked", "network.introduce", "network.not_this"])
def test_who_has_left_does_none_of_it(bot: Bot, ids: dict[str, str], what: str) -> None:
    done = DONE[what]
    bot.takes(command(done.by, "leave", "/network"))
    stood = rows(bot.database)
    assert "You have left" in bot.tells(done.request(what, done.by, done.value(ids)))[1]
    assert rows(bot.database) == stood


def test_somebody_is_asked_once_a_month_however_often_the_form_is_sent(bot: Bot, ids: dict[str, str]) -> None:
    for _ in range(3):
        bot.takes(form(ANA, "network.asked", f"{ids[BO]}:{ids[CY]}"))
    with bot.database.reading() as session:
        kept = session.connection().execute(
            text("SELECT COUNT(*) FROM outbox WHERE team_id = :t AND kind = 'network.asked'"), {"t": TEAM}
        )
        assert kept.scalar_one() == 1
