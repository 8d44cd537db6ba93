"""One request from Slack as a listener sees it: what was said, by whom, and the ways in which an answer can travel."""

import time
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import Executor
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property
from typing import Any, Protocol

import structlog
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from bot import profiles
from handlers import fields
from handlers.outcomes import NO_ANSWER
from handlers.people import Directory
from handlers.reading import mentioned_handles
from handlers.replies import post_answer, reason, update_view
from handlers.views.kit import Form, Message
from storage import drafts, inbox, members
from storage.database import Database, Session
from storage.tables import Member

log = structlog.get_logger(__name__)

# Slack gives up after 3 s: https://docs.slack.dev/interactivity/handling-user-interaction. Half a second is the way back.
ANSWER_WITHIN = timedelta(seconds=2.5)
# A trigger works once: another copy of this request has opened the form. Slack's guide and its reference differ in the name.
_OPENED_BEFORE = frozenset({"exchanged_trigger_id", "trigger_exchanged"})


class Clock(Protocol):
    """Tells the time, as an aware instant."""

    def __call__(self) -> datetime:
        """Returns now."""


@dataclass(frozen=True)
class Desk:
    """What every listener works with. `errands` runs what may be done after the answer has left."""

    database: Database
    clock: Clock
    directory: Directory
    errands: Executor


@dataclass
class Request:
    """One request. `surface` is where it came from: command, form, message, home, modal, shortcut or event.

    It arrived at `now`, by the clock, and at `began` by what cannot be set.
    """

    surface: str
    body: Mapping[str, Any]
    team_id: str
    slack_id: str
    key: str
    now: datetime
    client: WebClient
    ack: Any
    desk: Desk
    began: float
    draft: Mapping[str, Any] | None = None

    @property
    def text(self) -> str:
        """What was typed behind a command."""
        return str(self.body.get("text") or "").strip()

    @cached_property
    def action(self) -> Mapping[str, Any]:
        """The button or menu that was used."""
        actions: list[Mapping[str, Any]] = self.body.get("actions") or [{}]
        return actions[0]

    @property
    def about(self) -> str:
        """The id of ours that the button or form carries; what it may do is decided by what stands under it."""
        in_a_menu = self.action.get("block_id") if "selected_option" in self.action else None
        in_a_form = self.view.get("private_metadata") if not self.action else None
        value = self.action.get("value") or in_a_menu or in_a_form
        return value.replace("\0", "") if isinstance(value, str) else ""  # PostgreSQL takes none

    @property
    def view(self) -> Mapping[str, Any]:
        """The form or the Home in which something was done."""
        return self.body.get("view") or {}

    @property
    def event(self) -> Mapping[str, Any]:
        """The event, for those that are told and not asked."""
        return self.body.get("event") or {}

    @property
    def home_url(self) -> str:
        """A link that opens this app's Home: https://docs.slack.dev/interactivity/deep-linking."""
        return f"slack://app?team={self.team_id}&id={self.body.get('api_app_id', '')}&tab=home"

    @property
    def picked(self) -> str:
        """The value of the menu entry that was chosen."""
        return str((self.action.get("selected_option") or {}).get("value") or "")

    def filled(self, block_id: str) -> Any:
        """Returns what a field of the form holds: text, a value, an id, or a list of values or ids; "" for nothing."""
        return fields.in_block(self.view, block_id)

    def held(self, action_id: str) -> Any:
        """Returns the same of a field that is known by what it does, be it in a form or in a message."""
        return fields.with_action(self.view or self.body, action_id)

    @contextmanager
    def transaction(self) -> Iterator[Session]:
        """Gives a transaction that rolls back when the request's time has run out; that of an event never does."""
        with self.desk.database.transaction(in_time=self.is_in_time, within=self._seconds_left()) as session:
            session.info["cause"] = self.key  # what is to be said because of it carries it on
            yield session

    def claim(self, session: Session) -> bool:
        """Takes this request to be acted on in this transaction; says no when it was acted on before, and is to be answered only.

        Slack delivers again what it did not hear an answer to, and whatever was signed can be sent once more by others.
        """
        return inbox.claim(session, self.team_id, self.key, self.about, self.now) is None

    def came_before(self, session: Session) -> bool:
        """Says whether this request was acted on before."""
        return inbox.result_of(session, self.team_id, self.key) is not None

    def is_in_time(self) -> bool:
        """Says whether an answer can still reach the one who asked, if anybody did."""
        return self._seconds_left() > 0

    def _seconds_left(self) -> float:
        """Returns what is left of its time, by the clock or by what has passed since: a clock that is put back gives no more."""
        if self.surface == "event":
            return ANSWER_WITHIN.total_seconds()
        by_the_clock = (self.desk.clock() - self.now).total_seconds()
        return ANSWER_WITHIN.total_seconds() - max(by_the_clock, time.monotonic() - self.began)

    def look_up(self, slack_ids: Sequence[str] = ()) -> None:
        """Asks Slack about the one who acts and about these people, and keeps what it says, before anything is decided."""
        wanted = [self.slack_id, *slack_ids]
        within = self._seconds_left() - 1
        found = self.desk.directory.look_up(self.client, self.team_id, wanted, self.now, within=within)
        if found:
            with self.transaction() as session:
                profiles.note(session, self.team_id, found, self.now, self.now)
            self.desk.directory.remember(self.team_id, found, self.now)

    def names_of(self, slack_ids: Sequence[str]) -> dict[str, str]:
        """Returns people's names by Slack id, for those who are known or could be looked up."""
        if not slack_ids:
            return {}
        self.look_up(slack_ids)
        with self.desk.database.reading() as session:
            return {one.slack_id: one.name for one in members.known(session, self.team_id, slack_ids).values()}

    def meet(self, session: Session, slack_ids: Sequence[str] = ()) -> tuple[Member, list[Member]]:
        """Returns the one who acts, and these people as members."""
        wanted = [self.slack_id, *slack_ids]
        met = members.meet(session, self.team_id, wanted, self.now, handles=self._handles())
        return met[0], met[1:]

    def actor(self, session: Session) -> Member:
        """Returns the one who acts."""
        return self.meet(session)[0]

    def _handles(self) -> dict[str, str]:
        """Returns the names that came with the request, for people whom Slack could not be asked about in time."""
        user = self.body.get("user") or {}
        own = self.body.get("user_name") or (user.get("username") if isinstance(user, dict) else "")
        return {**mentioned_handles(self.text), self.slack_id: str(own or "")}

    def keep_draft(self, body: Mapping[str, Any]) -> str:
        """Keeps what was said and not recorded, and returns its id."""
        with self.transaction() as session:
            return drafts.keep(session, self.team_id, self.actor(session).id, body, self.now, self.key)

    def answer(self, message: Message) -> None:
        """Answers the one who acted, where they stand; a posted message is brought up to date by the sender instead."""
        if self.surface == "command":
            self.ack(**message.answer())
        elif self.surface == "form":
            self.ack(response_action="update", view=message.view())
        else:
            self.done()
            if self.surface != "message" or (self.body.get("container") or {}).get("is_ephemeral"):
                self._say(message, replaces=True)

    def tell(self, message: Message) -> None:
        """Answers with something to look at: in the place of an answer that went before, and beside a message that was posted."""
        is_posted = self.surface == "message" and not (self.body.get("container") or {}).get("is_ephemeral")
        (self.object if is_posted else self.answer)(message)

    def object(self, message: Message, field_errors: Mapping[str, str] | None = None) -> None:
        """Answers that nothing was done: under the field it is about, or beside what was pressed, which stays."""
        if self.surface == "form" and field_errors:
            self.ack(response_action="errors", errors=dict(field_errors))
        elif self.surface in ("command", "form"):
            self.answer(message)
        else:
            self.done()
            self._say(message, replaces=False)

    def done(self) -> None:
        """Acknowledges; what changed is shown by what the sender posts."""
        self.ack()

    def close(self) -> None:
        """Acknowledges a form and closes it, with all that lie under it."""
        self.ack(response_action="clear")

    def open(self, form: Form) -> bool:
        """Opens a form, over the one that is open if there is one; says whether Slack took it."""
        try:
            call = self.client.views_push if self.surface == "modal" else self.client.views_open
            call(trigger_id=str(self.body.get("trigger_id")), view=form.view())
        except (SlackApiError, *NO_ANSWER) as error:
            log.warning("form not opened", team=self.team_id, form=form.callback_id, error=reason(error))
            return reason(error) in _OPENED_BEFORE
        return True

    def push(self, form: Form) -> None:
        """Answers a form by laying another one over it."""
        self.ack(response_action="push", view=form.view())

    def show(self, form: Form) -> None:
        """Opens a form and acknowledges; where Slack does not open it, says what to do instead."""
        if self.open(form):
            self.done()
        else:
            self.object(Message("The form did not open. Please press or type it once more."))

    def _say(self, message: Message, *, replaces: bool) -> None:
        url = self.body.get("response_url")
        if url:
            self.desk.errands.submit(post_answer, str(url), message, replaces)
        elif self.surface == "modal" and replaces:
            self.desk.errands.submit(update_view, self.client, str(self.view.get("id")), message)
        elif self.body.get("trigger_id"):  # its three seconds run already, so it is opened while the answer leaves
            form = Form("Good Turn", message.view()["blocks"], callback_id="answer", close="Close")
            self.desk.errands.submit(self.open, form)
