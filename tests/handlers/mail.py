"""The bot's mail as a test sees it: the rows of the outbox, the calls that reached Slack, and what goes wrong on the way."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from slack_sdk import WebClient
from sqlmodel import select

from app import GoodTurn
from handlers.outbound.sender import Sender
from handlers.views.kit import Message
from storage import members, outbox
from storage.tables import Outgoing
from tests.cast import CAST
from tests.conversation import Person, World

NOBODY_LISTENS = "http://127.0.0.1:1/api/"
TOKENS = {"T1": "xoxb-playground", "T2": "xoxb-elsewhere"}


class Mail:
    """A sender of the test's own, which takes the place of the bot's.

    `meanwhile` is called once, when the sender has claimed a row and is about to call Slack.
    """

    def __init__(self, world: World, bot: GoodTurn) -> None:
        self.world, self.bot = world, bot
        self.clients = {
            team_id: WebClient(token, f"{world.url}/api/", 10, retry_handlers=[]) for team_id, token in TOKENS.items()
        }
        self.meanwhile: Callable[[], object] | None = None
        self.sender = self.another()
        world.sender = self.sender
        bot.routes.messages["note"] = lambda _session, row, _now: Message(row.subject)

    def another(self) -> Sender:
        """Returns one more sender on the same database: a second process."""
        routes = self.bot.routes
        return Sender(
            self.bot.database, self.world.now, routes.messages, self._client_for, self.bot.metrics, routes.considerate
        )

    def send(self) -> int:
        """Lets the sender pass once, at this moment."""
        return self.sender.send_due()

    def wait(self, **by: float) -> None:
        """Lets time pass, and then the sender say what is due."""
        self.world.now.move(**by)
        self.world.settle()

    def goes_wrong(self, what: str, on: str = "chat.postMessage", **how: Any) -> None:
        """Has something go wrong with the next call of a method, or with `times` of them; None is without end."""
        answer = self.world.ask("manage", {"do": "fault", "what": what, "on": on, **how})
        assert answer["ok"], answer

    def goes_right(self) -> None:
        """Has nothing go wrong any more."""
        self.world.ask("manage", {"do": "clear_faults"})

    @contextmanager
    def held(self) -> Iterator[None]:
        """Has nothing sent meanwhile."""
        self.sender.is_stopping = True
        yield
        self.sender.is_stopping = False

    @contextmanager
    def cut_off(self) -> Iterator[None]:
        """Has nobody listen where Slack should be."""
        client = self.clients["T1"]
        there, client.base_url = client.base_url, NOBODY_LISTENS
        yield
        client.base_url = there

    @contextmanager
    def without(self, table: str) -> Iterator[None]:
        """Has the database lack a table meanwhile, so that it takes nothing that touches it."""
        self._alter(f"ALTER TABLE {table} RENAME TO elsewhere")
        yield
        self._alter(f"ALTER TABLE elsewhere RENAME TO {table}")

    def plan(self, who: str, text: str, team_id: str = "T1", **columns: Any) -> str:
        """Has the bot say a text to one of the cast, as a feature would; returns the row's id."""
        now = self.world.now()
        with self.bot.database.transaction() as session:
            named = [who, str(columns.pop("owner", "alice"))]
            met = members.meet(session, team_id, [str(CAST[one]["id"]) for one in named], now,
                               profiles={str(CAST[one]["id"]): _profile(one) for one in named})  # fmt: skip
            return outbox.add(session, team_id, key=f"note:{text}", kind="note", subject=text, member_id=met[0].id,
                              owner_id=met[1].id, now=now, **columns)  # fmt: skip

    def rows(self, **facts: Any) -> list[Outgoing]:
        """Returns the rows of which all of this is true, in the order in which they were written."""
        with self.bot.database.reading() as session:
            rows = session.exec(select(Outgoing).where(Outgoing.team_id == "T1").order_by(Outgoing.id)).all()
        return [row for row in rows if all(getattr(row, name) == fact for name, fact in facts.items())]

    def row(self, kind: str = "act", verb: str = "post") -> Outgoing:
        """Returns the one row of a kind."""
        (row,) = self.rows(kind=kind, verb=verb)
        return row

    def calls(self, method: str = "chat.postMessage", team_id: str = "T1") -> list[dict[str, Any]]:
        """Returns what Slack was asked for, oldest first."""
        return [one["request"] for one in self.world.ask("traffic?since=0")
                if one["name"] == method and one["team"] == team_id]  # fmt: skip

    def told(self, person: Person) -> list[dict[str, Any]]:
        """Returns what the bot posted to somebody alone, oldest first; its answers that pass are left out."""
        rooms = [room for room in person.state()["conversations"] if room["kind"] == "im"]
        return [one for room in rooms for one in room["messages"] if one["bot"] and not one.get("ephemeral")]

    def _client_for(self, team_id: str) -> WebClient:
        meanwhile, self.meanwhile = self.meanwhile, None
        if meanwhile is not None:
            meanwhile()
        return self.clients[team_id]

    def _alter(self, statement: str) -> None:
        with self.bot.database.engine.begin() as connection:
            connection.exec_driver_sql(statement)


def _profile(who: str) -> dict[str, Any]:
    return {"name": who.title(), "zone": CAST[who]["tz"], "is_admin": bool(CAST[who].get("is_admin"))}
