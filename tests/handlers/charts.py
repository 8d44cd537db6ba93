"""What conversations about files are made of: two files for Bob, what became of them, and what he sees."""

from collections.abc import Callable
from io import BytesIO
from typing import Any

from sqlmodel import select

from app import GoodTurn
from handlers.files import File, Files, Made
from handlers.views.kit import Message
from storage import members, outbox
from storage.database import Reading
from storage.tables import Outgoing
from tests.cast import CAST
from tests.conversation import Person, World

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
