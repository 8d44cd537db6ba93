"""Outbound: takes what is due from the outbox, says it, and records what became of it.

Nobody else posts anything that was promised. Each row is claimed and its words are made in one transaction, posted
outside of any, and settled in another.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import structlog
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from handlers import outcomes
from handlers.requests import Clock
from handlers.routes import Renderer
from handlers.views.greeting import greeted
from handlers.views.kit import Message
from storage import members, outbox
from storage.database import Database, NotSaved, Session
from storage.tables import Member, Outgoing

log = structlog.get_logger(__name__)

LEASE = timedelta(seconds=120)
AT_ONCE = 50
WAIT_FOR_TARGET = timedelta(seconds=5)
UNASKED = frozenset({"act"})  # what reaches people who may never have used this
# What somebody who has left still gets: the answer to their own words, and their Home.
EVEN_AFTER_LEAVING = frozenset({"help", "home"})


@dataclass(frozen=True)
class Parcel:
    """A claimed row, whom it is for, and the words for it."""

    row: Outgoing
    member: Member
    message: Message
    target: Outgoing | None


class Sender:
    """Sends what is due. `client_for` gives the client of a workspace; `is_stopping` ends a pass early."""

    def __init__(
        self,
        database: Database,
        clock: Clock,
        messages: Mapping[str, Renderer],
        client_for: Callable[[str], WebClient],
    ) -> None:
        self.is_stopping = False
        self._database = database
        self._clock = clock
        self._messages = messages
        self._client_for = client_for

    def send_due(self) -> int:
        """Sends everything that is due now, workspaces taking turns, one row each; returns how many rows were taken."""
        with self._database.reading() as session:
            waiting = {
                team: outbox.due(session, team, self._clock(), AT_ONCE)
                for team in outbox.teams_with_due(session, self._clock())
            }
        taken = 0
        while waiting and not self.is_stopping:
            for team_id in list(waiting):
                taken += self._send_one(waiting[team_id].pop(0))
                if not waiting[team_id]:
                    del waiting[team_id]
        return taken

    def _send_one(self, found: Outgoing) -> bool:
        team_id, row_id = found.team_id, found.id
        if found.state == "sending" and found.verb == "post":
            # Whoever had it ended in the middle: it may have been said.
            self._settle(team_id, row_id, outcomes.Outcome("unconfirmed", error="no outcome"))
            return True
        try:
            parcel = self._claim(team_id, row_id)
        except NotSaved:
            return False  # it is still due
        except Exception as error:
            log.exception("no words for a row", team=team_id, outbox=row_id)
            tried = found.tried + 1  # the claim was rolled back, and with it its count
            self._settle(team_id, row_id, outcomes.again(type(error).__name__, tried), tried=tried)
            return False
        if parcel is None:
            return False
        columns: dict[str, Any] = {}
        can_be_repeated = True  # all but a post say the same thing when they are said again
        try:
            client = self._client_for(team_id)
            if parcel.row.verb == "post" and parcel.member.dm is None:
                parcel.member.dm = self._open_dm(client, parcel.member)
            can_be_repeated = parcel.row.verb != "post"
            columns = self._say(client, parcel)
            outcome = outcomes.Outcome("sent")
        except SlackApiError as error:
            outcome = outcomes.of_refusal(error, parcel.row.tried)
        except outcomes.NO_ANSWER as error:
            outcome = outcomes.of_silence(error, parcel.row.tried)
        if outcome.state == "unconfirmed" and can_be_repeated:
            outcome = outcomes.again(outcome.error, parcel.row.tried)
        self._settle(team_id, row_id, outcome, is_home=parcel.row.verb == "home", **columns)
        log.info("said", team=team_id, outbox=row_id, kind=parcel.row.kind, result=outcome.state, error=outcome.error)
        return True

    def _settle(
        self, team_id: str, row_id: str, outcome: outcomes.Outcome, *, is_home: bool = False, **columns: Any
    ) -> None:
        """Records what became of a row; a Home that was published leaves none behind."""
        with self._database.transaction() as session:
            if is_home and outcome.state == "sent":
                outbox.drop(session, team_id, row_id)
                return
            if outcome.state == "pending":
                columns["due_at"] = self._clock() + outcome.wait
            outbox.settle(session, team_id, row_id, outcome.state, error=outcome.error or None, **columns)

    def _claim(self, team_id: str, row_id: str) -> Parcel | None:
        """Takes a row and makes its words, unless it is not to be said any more."""
        now = self._clock()
        with self._database.transaction() as session:
            row = outbox.claim(session, team_id, row_id, now, LEASE)
            if row is None:
                return None
            member = members.by_id(session, team_id, [row.member_id])[row.member_id]
            target = outbox.find(session, team_id, row.target) if row.target else None
            if refused := _refused(row, member, target, now):
                outbox.settle(session, team_id, row_id, refused)
                return None
            if target is not None and target.slack_ts is None:
                outbox.settle(session, team_id, row_id, "pending", due_at=now + WAIT_FOR_TARGET)
                return None
            row.greets = self._greets(session, row, member, target, now)
            message = self._messages[row.kind](session, target or row, now)
            if message is None:
                outbox.settle(session, team_id, row_id, "cancelled")
                return None
            return Parcel(row, member, greeted(message) if row.greets else message, target)

    def _greets(self, session: Session, row: Outgoing, member: Member, target: Outgoing | None, now: datetime) -> bool:
        """Says whether this is the first message somebody gets who never asked for one, and notes that they got it."""
        if target is not None:
            return target.greets
        if row.verb != "post" or row.kind not in UNASKED or member.greeted_at is not None:
            return row.greets
        members.change(session, row.team_id, member.id, greeted_at=now)
        return True

    def _say(self, client: WebClient, parcel: Parcel) -> dict[str, Any]:
        row, body, now = parcel.row, parcel.message.body(), self._clock()
        if row.verb == "home":
            view = {"type": "home", "blocks": body["blocks"]}
            client.views_publish(user_id=parcel.member.slack_id, view=view)
            return {"sent_at": now}
        if parcel.target is not None:
            channel, ts = str(parcel.target.slack_channel), str(parcel.target.slack_ts)
            client.chat_update(channel=channel, ts=ts, text=body["text"], blocks=body["blocks"])
            return {"sent_at": now}
        metadata = {"event_type": "good_turn", "event_payload": {"row": row.id}}
        answer = client.chat_postMessage(channel=str(parcel.member.dm), metadata=metadata, **body)
        return {"sent_at": now, "slack_channel": answer["channel"], "slack_ts": answer["ts"]}

    def _open_dm(self, client: WebClient, member: Member) -> str:
        """Opens the conversation with a member and keeps its id; opening it again gives the same one."""
        channel = str(client.conversations_open(users=member.slack_id)["channel"]["id"])
        with self._database.transaction() as session:
            members.change(session, member.team_id, member.id, dm=channel)
        return channel


def _refused(row: Outgoing, member: Member, target: Outgoing | None, now: datetime) -> str | None:
    """Returns the state of a row that is not to be said: too late, or to somebody who is gone or has left."""
    if row.not_after is not None and now > row.not_after:
        return "expired"
    if member.is_gone or member.is_bot or member.is_stranger:
        return "dead"
    if member.left_at is not None and row.kind not in EVEN_AFTER_LEAVING:
        return "cancelled"
    if target is not None and target.slack_ts is None and target.state not in ("pending", "sending"):
        return "cancelled"
    return None
