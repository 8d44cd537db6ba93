"""What a conversation with the sender is made of: faults, time that passes, what is in the outbox and what people saw."""

from datetime import datetime, timedelta
from typing import Any

from sqlmodel import col, select

from app import GoodTurn
from handlers.views.kit import Message
from storage import members, outbox
from storage.tables import Outgoing
from tests.cast import CAST
from tests.conversation import Person, World

RFP = "the airport RFP"
TOLD = "Alice recorded a good turn for you"


def rows(bot: GoodTurn, kind: str = "act") -> list[Outgoing]:
    """Returns the posts of one kind, oldest first."""
    with bot.database.reading() as session:
        found = select(Outgoing).where(Outgoing.team_id == "T1", Outgoing.verb == "post", Outgoing.kind == kind)
        return list(session.exec(found.order_by(col(Outgoing.id))))


def state(bot: GoodTurn, kind: str = "act") -> str:
    return rows(bot, kind)[-1].state


def fault(world: World, what: str, on: str = "chat.postMessage", **more: Any) -> None:
    answer = world.ask("manage", {"do": "fault", "what": what, "on": on, "times": 1, **more})
    assert answer["ok"], answer


def calls(world: World, method: str) -> int:
    return sum(one["name"] == method for one in world.ask("traffic"))


def let_pass(world: World, **by: float) -> None:
    """Lets time pass, the sender looking every two minutes."""
    end = world.now() + timedelta(**by)
    while world.now() < end:
        world.now.now = min(end, world.now() + timedelta(minutes=2))
        world.settle()


def told(person: Person) -> int:
    return sum(TOLD in message["text"] for message in person.from_the_bot())


def plan(bot: GoodTurn, now: datetime, who: str = "bob", **columns: Any) -> None:
    """Plans a notice of Dan's, as a feature would."""
    bot.routes.messages["notice"] = lambda _session, row, _now: Message(f"Notice {row.subject}.")
    with bot.database.transaction() as session:
        to, dan = members.meet(session, "T1", [str(CAST[who]["id"]), str(CAST["dan"]["id"])], now)
        told: dict[str, Any] = {
            "kind": "notice",
            "subject": "n",
            "member_id": to.id,
            "owner_id": dan.id,
            "now": now,
        } | columns
        outbox.plan(session, "T1", key="notice:n", **told)
