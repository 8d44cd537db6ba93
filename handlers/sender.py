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

from handlers.requests import Clock
from handlers.routes import Renderer
from handlers.views.greeting import greeted
from handlers.views.kit import Message
from storage import members, outbox
from storage.database import Database, Session
from storage.tables import Member, Outgoing

log = structlog.get_logger(__name__)

LEASE = timedelta(seconds=120)
AT_ONCE = 50
# Slack's answers after which nothing has been delivered and nothing ever will be.
FINAL = frozenset(
    {"channel_not_found", "not_in_channel", "is_archived", "account_inactive", "user_not_found", "user_disabled",
     "token_revoked", "invalid_auth", "missing_scope", "msg_too_long", "invalid_blocks", "messages_tab_disabled",
     "cannot_dm_bot", "message_not_found", "cant_update_message", "not_enabled"}
)  # fmt: skip
WAIT_AFTER_TROUBLE = timedelta(seconds=30)
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
    """Sends what is due. `client_for` gives the client of a workspace."""

    def __init__(
        self,
        database: Database,
        clock: Clock,
        messages: Mapping[str, Renderer],
        client_for: Callable[[str], WebClient],
    ) -> None:
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
        while waiting:
            for team_id in list(waiting):
                taken += self._send_one(team_id, waiting[team_id].pop(0).id)
                if not waiting[team_id]:
                    del waiting[team_id]
        return taken

    def _send_one(self, team_id: str, row_id: str) -> bool:
        parcel = self._claim(team_id, row_id)
        if parcel is None:
            return False
        client = self._client_for(team_id)
        try:
            state, columns = "sent", self._say(client, parcel)
        except SlackApiError as error:
            state, columns = self._after(error)
        except OSError as error:
            state, columns = "pending", {"due_at": self._clock() + WAIT_AFTER_TROUBLE, "error": type(error).__name__}
        with self._database.transaction() as session:
            outbox.settle(session, team_id, row_id, state, **columns)
        log.info("said", team=team_id, outbox=row_id, kind=parcel.row.kind, verb=parcel.row.verb, result=state)
        return True

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
        if row.verb != "post" or not row.kind.startswith("act") or member.greeted_at is not None:
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
        channel = parcel.member.dm or self._open_dm(client, parcel.member)
        metadata = {"event_type": "good_turn", "event_payload": {"row": row.id}}
        answer = client.chat_postMessage(channel=channel, metadata=metadata, **body)
        return {"sent_at": now, "slack_channel": answer["channel"], "slack_ts": answer["ts"]}

    def _open_dm(self, client: WebClient, member: Member) -> str:
        """Opens the conversation with a member and keeps its id; opening it again gives the same one."""
        channel = str(client.conversations_open(users=member.slack_id)["channel"]["id"])
        with self._database.transaction() as session:
            members.change(session, member.team_id, member.id, dm=channel)
        return channel

    def _after(self, error: SlackApiError) -> tuple[str, dict[str, Any]]:
        """Classes a refusal: dead where it is final, pending again where nothing was delivered."""
        reason = str(error.response.get("error"))
        log.warning("not said", error=reason)
        if error.response.status_code == 429 or reason == "ratelimited":
            wait = timedelta(seconds=int(error.response.headers.get("Retry-After", 30)))
            return "pending", {"due_at": self._clock() + wait, "error": reason}
        if reason in FINAL:
            return "dead", {"error": reason}
        return "pending", {"due_at": self._clock() + WAIT_AFTER_TROUBLE, "error": reason}


def _refused(row: Outgoing, member: Member, target: Outgoing | None, now: datetime) -> str | None:
    """Returns the state of a row that is not to be said: too late, or to somebody who is gone or has left."""
    if row.not_after is not None and now > row.not_after:
        return "expired"
    if member.is_gone or member.is_bot or member.is_stranger:
        return "dead"
    if member.left_at is not None and row.kind not in EVEN_AFTER_LEAVING:
        return "cancelled"
    if row.verb == "update" and (target is None or target.slack_ts is None):
        return "cancelled"
    return None
