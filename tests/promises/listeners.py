"""What the tests of all that can be done have in common: who does it, what stood before, and that it comes again."""

from collections.abc import Callable
from typing import Any

from sqlalchemy import text
from sqlmodel import SQLModel

from storage import members
from storage.database import Database
from tests.conftest import MovableClock
from tests.promises.deliveries import TEAM, Bot, Signed

ANA, BO, CY, STRANGER, ADMIN = "U001", "U002", "U003", "U004", "UADMIN"
NOT_OPEN = "This is no longer open."
Step = Callable[[Bot], Signed]


def rows(database: Database) -> dict[str, list[tuple[Any, ...]]]:
    """Returns all that stands in the database."""
    found: dict[str, list[tuple[Any, ...]]] = {}
    with database.reading() as session:
        for table in SQLModel.metadata.tables:
            every = session.connection().execute(text(f"SELECT * FROM {table} WHERE team_id = :t"), {"t": TEAM})
            found[table] = sorted((tuple(row) for row in every), key=str)
    return found


def newest(bot: Bot, table: str, column: str) -> str:
    with bot.database.reading() as session:
        found = session.connection().execute(
            text(f"SELECT {column} FROM {table} WHERE team_id = :t ORDER BY id DESC LIMIT 1"), {"t": TEAM}
        )
        return str(found.scalar_one())


def comes_again_and_changes_nothing(
    bot: Bot, now: MovableClock, before: tuple[Step, ...], do: Step, answer: str, changes: bool
) -> None:
    """Does what came before, delivers a request, and delivers it twice more."""
    for step in before:
        bot.takes(step(bot))
        now.move(seconds=1)
    stood, request = rows(bot.database), do(bot)
    first = bot.tells(request)
    assert first[0] == 200
    assert answer in first[1]
    done = rows(bot.database)
    assert (done != stood) is changes
    for retry, minutes in ((1, 1), (2, 5)):
        now.move(minutes=minutes)
        assert bot.tells(request, retry) == first
        assert rows(bot.database) == done


def make_admin(bot: Bot) -> None:
    """Lets the bot know of an admin."""
    with bot.database.transaction() as session:
        members.meet(session, TEAM, ["UADMIN"], bot.clock(), profiles={"UADMIN": {"name": "Dan", "is_admin": True}})
    bot.good_turn.desk.directory.remember(TEAM, ["UADMIN"], bot.clock())
