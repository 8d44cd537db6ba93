"""Outbound: takes what is due from the outbox, says it, and records what became of it.

Nobody else posts anything that was promised. A row is claimed and its words are made in one transaction (`parcels.py`), said
outside of any, and what became of it is recorded in another (`endings.py`). Whatever may have been said already is looked for
before it is said again. What this promises, and what it assumes of Slack: docs/operators.md.
"""

from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import Any

import structlog
from slack_sdk import WebClient

from handlers import outcomes
from handlers.files import Files
from handlers.metrics import Metrics
from handlers.outbound import endings, lookups, parcels, uploads
from handlers.outbound.pacing import Pacer
from handlers.outbound.parcels import Parcel
from handlers.outbound.quiet import Quiet
from handlers.outbound.turns import Turns
from handlers.outcomes import Outcome
from handlers.requests import Clock
from handlers.routes import Renderer
from handlers.views.kit import Message
from storage import members, outbox, sending
from storage.database import Database, NotSaved, Session
from storage.sending import Due
from storage.tables import Outgoing

log = structlog.get_logger(__name__)

LOOKING = "look"  # what is paced beside the verbs of the outbox


class Sender:
    """Sends what is due. `client_for` gives the client of a workspace; `is_stopping` ends a pass early.

    `considerate` are the kinds of messages that wait while their reader has do-not-disturb on.
    """

    def __init__(
        self,
        database: Database,
        clock: Clock,
        messages: Mapping[str, Renderer],
        client_for: Callable[[str], WebClient],
        metrics: Metrics,
        considerate: Collection[str] = frozenset(),
    ) -> None:
        self.is_stopping = False
        self._database = database
        self._clock = clock
        self._messages = messages
        self._client_for = client_for
        self._metrics = metrics
        self._considerate = considerate
        self._pacer, self._quiet = Pacer(), Quiet()
        self._turns = Turns(database, clock, self._pacer)
        self._is_between = False

    def send_due(self) -> int:
        """Sends all that is due and may go now, workspaces taking turns, one row each; returns how many rows were taken."""
        taken, before = 0, -1
        while taken > before:
            before = taken
            for team_id, due in self._turns.one_of_each(with_files=not self._is_between):
                if self.is_stopping:
                    return taken
                try:
                    self._send(team_id, due)
                except NotSaved as error:  # it is due still, or will be looked for
                    log.warning("not recorded", team=team_id, outbox=due.id, error=str(error))
                    return taken
                taken += 1
        return taken

    @property
    def free_at(self) -> datetime | None:
        """When the next of what is due may be said, where pacing holds it back."""
        return self._turns.free_at

    def _send(self, team_id: str, due: Due) -> None:
        """Takes a row, and says it or looks for it."""
        now, parcel = self._clock(), None
        try:
            with self._database.transaction() as session:
                if due.lease_until is not None and due.lease_until > now:
                    sending.wait_anew(session, team_id, due.id, now)
                else:
                    parcel = parcels.take(session, team_id, due.id, now, self._messages)
            parcel = parcels.composed(parcel, self._database)
        except NotSaved:
            raise
        except Exception as error:
            parcel = None
            log.exception("no words for a row", team=team_id, outbox=due.id)
            with self._database.transaction() as session:
                endings.put_off(session, team_id, due.id, now, type(error).__name__)
        if parcel is not None:
            act = self._look if parcel.message is None else self._say
            act(parcel)

    def _say(self, parcel: Parcel) -> None:
        """Says a row's words, once, and records what became of it."""
        row, columns = parcel.row, dict[str, Any]()
        outcome = self._place_of(parcel)
        if isinstance(outcome, str):
            place, client = outcome, self._client_for(row.team_id)
            if self._waits(parcel, client):
                return
            if isinstance(parcel.message, Files):
                outcome, columns = uploads.hand_over(self._database, self._clock, client, parcel, place, self._reading)
            elif parcel.is_within_fence(self._clock()):
                outcome, columns = outcomes.of_call(lambda: _call(client, parcel, place))
            else:
                outcome = outcomes.TOO_LONG_AFTER_ITS_CLAIM
        now = self._clock()
        self._note(row, outcome, now)
        if outcome.became == outcomes.DELIVERED:
            columns["sent_at"] = now
        with self._database.transaction() as session:
            state = endings.record(session, row, outcome, now, **columns)
        self._metrics.count("send_total", kind=row.kind, result=state)
        if state == "sent":
            self._metrics.observe("send_late_seconds", (now - (row.planned_for or row.created_at)).total_seconds())
        log.info(
            "said", team=row.team_id, outbox=row.id, kind=row.kind, cause=row.cause, attempt=row.tried,
            result=state, error=outcome.error, ts=columns.get("slack_ts"),
        )  # fmt: skip

    @contextmanager
    def _reading(self) -> Iterator[Session]:
        """Gives a session to make files with, once all else that came due was said: large ones take a minute or more.

        Raises NotSaved where the program is to stop; they are made anew then.
        """
        self._is_between = True
        try:
            self.send_due()
        finally:
            self._is_between = False
        if self.is_stopping:
            raise NotSaved("stopped while files were made")
        with self._database.reading() as session:
            yield session

    def _waits(self, parcel: Parcel, client: WebClient) -> bool:
        """Puts a row back whose reader has do-not-disturb on and which can wait, and says whether it did."""
        row, now = parcel.row, self._clock()
        if row.kind not in self._considerate or row.verb != "post" or row.channel is not None:
            return False
        until = self._quiet.until(client, row.team_id, parcel.member.slack_id, now)
        if until is None:
            return False
        now = self._clock()
        with self._database.transaction() as session:
            endings.postpone(session, row, until, now)
        log.info("put back", team=row.team_id, outbox=row.id, kind=row.kind, cause=row.cause, until=until.isoformat())
        return True

    def _look(self, parcel: Parcel) -> None:
        """Looks whether a message is there that may have been said, and records what was found."""
        row, found = parcel.row, dict[str, Any]()
        rests_for = self._pacer.free_at(row.team_id, LOOKING, "", self._clock()) - self._clock()
        looked = Outcome(outcomes.REFUSED, outcomes.LIMITED, rests_for)
        if rests_for <= timedelta(0):
            looked, found = self._find(parcel)
            self._note_limit(row.team_id, LOOKING, looked, self._clock())
        now = self._clock()
        with self._database.transaction() as session:
            state = endings.record_look(session, row, looked, found, now)
        was_made = looked.became == outcomes.DELIVERED
        self._metrics.count("lookup_total", result="found" if found else "missing" if was_made else "not made")
        log.info(
            "looked", team=row.team_id, outbox=row.id, kind=row.kind, cause=row.cause,
            result=state, error=looked.error, ts=found.get("slack_ts"),
        )  # fmt: skip

    def _find(self, parcel: Parcel) -> tuple[Outcome, dict[str, Any]]:
        """Asks Slack where a message is; returns whether that could be asked, and what was found."""
        looked = self._place_of(parcel)
        if not isinstance(looked, str):
            return looked, {}
        place, client = looked, self._client_for(parcel.row.team_id)
        since = min(parcel.since, self._clock())  # a clock that was ahead wrote down a moment that has not come yet
        return outcomes.of_call(lambda: lookups.find_post(client, place, parcel.mark, since))

    def _place_of(self, parcel: Parcel) -> str | Outcome:
        """Returns where a row goes; a DM is opened first. Opening it can be repeated, so nothing about it is unknown."""
        row, member = parcel.row, parcel.member
        if row.verb == "home":
            return member.slack_id
        if parcel.target is not None:
            return str(parcel.target.slack_channel)
        users, place = member.slack_id, row.channel or member.dm
        if row.channel == outbox.TO_OPEN:
            users, place = ",".join(getattr(parcel.message, "gathers", ())), None
        if place:
            return place
        client = self._client_for(row.team_id)
        opened, found = outcomes.of_call(lambda: {"id": str(client.conversations_open(users=users)["channel"]["id"])})
        if opened.became != outcomes.DELIVERED:
            return Outcome(outcomes.REFUSED, opened.error) if opened.became == outcomes.UNKNOWN else opened
        with self._database.transaction() as session:
            if row.channel != outbox.TO_OPEN:
                members.change(session, member.team_id, member.id, dm=found["id"])
            elif not sending.address(session, row, found["id"]):
                return outcomes.TOO_LONG_AFTER_ITS_CLAIM
        return str(found["id"])

    def _note(self, row: Outgoing, outcome: Outcome, now: datetime) -> None:
        """Notes what a try means for the next ones."""
        if row.verb in sending.SAYS and outcome is not outcomes.TOO_LONG_AFTER_ITS_CLAIM:
            self._pacer.note(row.team_id, row.channel or row.member_id, now)
        self._note_limit(row.team_id, row.verb, outcome, now)
        if outcome.became == outcomes.UNKNOWN:
            self._metrics.count("unknown_outcomes_total")

    def _note_limit(self, team_id: str, doing: str, outcome: Outcome, now: datetime) -> None:
        """Has all of a kind rest in a workspace for as long as Slack asks."""
        if outcome.error == outcomes.LIMITED and outcome.wait is not None:
            self._metrics.count("slack_429_total")
            self._pacer.pause(team_id, doing, now + outcome.wait)


def _call(client: WebClient, parcel: Parcel, place: str) -> dict[str, Any]:
    """Makes the one call that says it, and returns what is known of the message then."""
    assert isinstance(parcel.message, Message)
    body = parcel.message.plainer() if parcel.row.plain else parcel.message.body()
    if parcel.row.verb == "home":
        client.views_publish(user_id=place, view={"type": "home", "blocks": body["blocks"]})
        return {}
    if parcel.target is not None:
        client.chat_update(channel=place, ts=str(parcel.target.slack_ts), text=body["text"], blocks=body["blocks"])
        return {}
    answer = client.chat_postMessage(channel=place, metadata=lookups.metadata(parcel.mark), **body)
    return {"slack_channel": str(answer["channel"]), "slack_ts": str(answer["ts"])}
