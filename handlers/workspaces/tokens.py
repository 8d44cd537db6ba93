"""The tokens of workspaces that installed the app: found for each request and for each message, and replaced before they end.

A token that ends is replaced by one process: it asks Slack outside of any transaction, and keeps what it is given only in the
place of what it had read. What is read is always what stands in the database; kept in memory is only what it opened to.
"""

import time
from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial
from typing import Any

import structlog
from slack_bolt import App, BoltContext, BoltResponse
from slack_bolt.authorization import AuthorizeResult
from slack_sdk import WebClient
from slack_sdk.web import SlackResponse

from handlers import organizations, outcomes, uninstalling
from handlers.requests import Clock
from handlers.routes import OF_THE_APP
from handlers.workspaces.clients import NotInstalled, OwnClient
from handlers.workspaces.keys import Keys, NotOpened, Tokens
from storage import installations
from storage.database import Database, NotSaved, Session
from storage.tables import Installation

log = structlog.get_logger(__name__)

# A token holds for twelve hours. What is due is said in time also where Slack gives no other for an hour.
AHEAD = timedelta(hours=2)
# Whoever asks Slack for the next token has it within ten seconds, or does not get it.
REFRESH_WITHIN = timedelta(seconds=30)
KEPT_OPEN = 2000  # workspaces
# What Slack says when there will be no other token: the app has to be installed anew.
_LOST = frozenset({"invalid_refresh_token", "token_revoked", "account_inactive"})
# Whoever has the next token and cannot save it tries so often, after so long each time; Slack gives it once.
TRIES, TRY_AGAIN = 3, 0.5
# A request waits no longer for the token that another process gets, and looks so often.
WAITS, LOOKS = 1.0, 0.05

# Asks Slack for the next token.
AskNext = Callable[[str], SlackResponse]


class InstalledTokens:
    """The tokens that were got when the app was installed."""

    def __init__(self, database: Database, clock: Clock, keys: Keys, slack: WebClient, ask_next: AskNext) -> None:
        self._database = database
        self._clock = clock
        self._keys = keys
        self._slack = slack
        self._ask_next = ask_next
        self._opened: dict[str, Tokens] = {}
        self._clients: dict[str, tuple[str, WebClient]] = {}
        self._unkept: dict[str, tuple[Installation, str, datetime]] = {}

    def authorize(self, enterprise_id: str | None, team_id: str | None, user_id: str | None) -> AuthorizeResult | None:
        """Returns the right to answer a workspace, or None where neither it nor its organization has the app installed.

        Somebody waits for the answer, so a token is replaced here only once it has ended; and where that takes long, they are
        answered with the old one. What is typed is recorded and answered without any; what needs one waits for the next.
        """
        found = self._find(team_id or "", enterprise_id, timedelta(0), is_waited_for=True)
        if found is None:
            log.warning("not installed", team=team_id, org=enterprise_id)
            return None
        token = found[1].access
        return AuthorizeResult(enterprise_id=enterprise_id, team_id=team_id, user_id=user_id, bot_token=token)

    def attach(self, app: App) -> None:
        """Has each request of an organization's installation know its workspace, which Slack leaves out there."""
        app.use(self._place)

    def client_for(self, team_id: str) -> WebClient:
        """Returns the client with which a workspace is spoken to; where there is no token, each of its calls is refused."""
        found = self._find(team_id, None, AHEAD)
        if found is None:
            return NotInstalled()
        row, tokens = found
        sealed, client = self._clients.get(team_id, ("", None))
        if client is None or sealed != row.sealed:
            client = self._new_client(row, tokens, team_id)
            _keep(self._clients, team_id, (str(row.sealed), client))
        return client

    def _new_client(self, row: Installation, tokens: Tokens, team_id: str) -> WebClient:
        """Returns a client of a workspace, which names the workspace where the token is an organization's."""
        slack, acts_in = self._slack, team_id if row.team_id != team_id else None
        client = OwnClient(tokens.access, slack.base_url, slack.timeout, team_id=acts_in, retry_handlers=[])
        client.on_lost = partial(self._note_lost, row)
        return client

    def _note_lost(self, row: Installation, reason: str) -> None:
        """Notes that a token is worth nothing, so that it is not tried again: the app has to be installed anew."""
        try:
            with self._database.transaction() as session:
                installations.note_failure(session, row, reason, self._clock())
        except NotSaved as error:  # Slack's answer stands all the same; the next one is noted
            log.error("not noted that a token is worth nothing", team=row.team_id, error=str(error))
        log.error("Slack does not take the token: the app has to be installed anew", team=row.team_id, error=reason)

    def refresh_due(self) -> None:
        """Replaces the tokens that end soon."""
        with self._database.reading() as session:
            teams = installations.ending_before(session, self._clock() + AHEAD)
        for team_id in teams:
            try:
                with self._database.reading() as session:
                    row = installations.find(session, team_id)
                if row is not None and row.sealed is not None:
                    self._refresh(row)
            except NotSaved as error:  # the others' tokens end as well
                log.error("token not replaced", team=team_id, error=str(error))

    def _find(
        self, team_id: str, org_id: str | None, ahead: timedelta, *, is_waited_for: bool = False
    ) -> tuple[Installation, Tokens] | None:
        """Returns what serves a workspace, with a token that holds for so long where Slack gives one.

        Where somebody waits, one that has ended and is about to be replaced is better than none.
        """
        with self._database.reading() as session:
            row = installations.resolve(session, team_id, org_id)
        if row is not None and row.ends_at is not None and row.ends_at - self._clock() <= ahead:
            row = self._refresh(row, is_waited_for=is_waited_for)
        if row is None or row.sealed is None:
            return None
        tokens, has_ended = self._open(row), row.ends_at is not None and row.ends_at <= self._clock()
        if tokens is None or (has_ended and not (is_waited_for and tokens.refresh and row.failure is None)):
            return None
        return row, tokens

    def _open(self, row: Installation) -> Tokens | None:
        sealed = str(row.sealed)
        if sealed not in self._opened:
            try:
                _keep(self._opened, sealed, self._keys.open(row))
            except NotOpened:  # another process has a key that this one was not given
                log.error("no key opens the tokens", team=row.team_id)
                return None
        return self._opened[sealed]

    def _refresh(self, row: Installation, *, is_waited_for: bool = False) -> Installation | None:
        """Gets the next token unless another process does, and returns what stands then."""
        if (unkept := self._unkept.pop(row.team_id, None)) is not None:
            self._keep_next(*unkept)
            return self._standing(row)
        tokens, now = self._open(row), self._clock()
        if tokens is None or tokens.refresh is None or row.failure is not None:
            return row
        with self._database.transaction() as session:
            is_ours = installations.claim_refresh(session, row, now, now + REFRESH_WITHIN)
        if is_ours:
            self._ask(row, tokens.refresh)
        elif is_waited_for:
            return self._standing_soon(row)
        return self._standing(row)

    def _standing_soon(self, row: Installation) -> Installation | None:
        """Returns what stands once another process has the next token, or gave up; or what stands after a second."""
        until = time.monotonic() + WAITS
        standing = self._standing(row)
        while standing and standing.sealed == row.sealed and not standing.failure and time.monotonic() < until:
            time.sleep(LOOKS)
            standing = self._standing(row)
        return standing

    def _standing(self, row: Installation) -> Installation | None:
        with self._database.reading() as session:
            return installations.find(session, row.team_id)

    def _ask(self, row: Installation, refresh: str) -> None:
        outcome, got = outcomes.of_call(lambda: _read(self._ask_next(refresh)))
        if outcome.became == outcomes.DELIVERED:
            sealed = self._keys.close(row.team_id, Tokens(got["access"], got["refresh"] or refresh))
            self._keep_next(row, sealed, self._clock() + timedelta(seconds=got["seconds"]))
        elif outcome.error in _LOST:
            with self._database.transaction() as session:
                installations.note_failure(session, row, outcome.error)
            log.error(
                "Slack gives no other token: the app has to be installed anew", team=row.team_id, error=outcome.error
            )
        else:
            log.warning("token not replaced", team=row.team_id, error=outcome.error)

    def _keep_next(self, row: Installation, sealed: str, ends_at: datetime) -> None:
        """Keeps the next tokens. Slack gives them once: where they cannot be saved, this process holds them for the next time.

        Raises NotSaved.
        """
        for left in reversed(range(TRIES)):
            try:
                with self._database.transaction() as session:
                    if not installations.keep(session, row, sealed, ends_at):
                        self._keep_in_place_of_the_same(session, row, sealed, ends_at)
                log.info("token replaced", team=row.team_id)
                return
            except NotSaved:
                if not left:
                    self._unkept[row.team_id] = (row, sealed, ends_at)
                    raise
                time.sleep(TRY_AGAIN)

    def _keep_in_place_of_the_same(self, session: Session, row: Installation, sealed: str, ends_at: datetime) -> None:
        """Keeps them also where those that were seen were closed with another key meanwhile, and not where others are there."""
        standing = installations.find(session, row.team_id)
        if standing is not None and standing.sealed and self._open(standing) == self._open(row):
            installations.keep(session, standing, sealed, ends_at)

    def _place(self, context: BoltContext, body: dict[str, Any], next_: Callable[[], BoltResponse]) -> BoltResponse:
        event = body.get("event") or {}
        if context.is_enterprise_install and context.enterprise_id and event.get("type") not in OF_THE_APP:
            context["team_id"] = context.team_id or organizations.workspace_in(body)
            if context.team_id and context.client is not None:
                context.client.default_params["team_id"] = context.team_id
                self._note_workspace(
                    context.team_id, context.enterprise_id, uninstalling.moment_of(body, self._clock())
                )
        return next_()

    def _note_workspace(self, team_id: str, org_id: str, at: datetime) -> None:
        """Notes by which organization a workspace has the app, so that it can be spoken to also where it did not just ask.

        What comes late of a workspace that lost it since brings nothing back.
        """
        with self._database.reading() as session:
            row = installations.find(session, team_id)
        if row is not None and (row.org_id == org_id or row.sealed is not None):
            return
        with self._database.transaction() as session:
            uninstalling.begin_access(session, team_id, org_id, at)


def _read(answer: SlackResponse) -> dict[str, Any]:
    return {
        "access": str(answer["access_token"]),
        "refresh": answer.get("refresh_token"),
        "seconds": int(answer["expires_in"]),
    }


def _keep(kept: dict[str, Any], key: str, value: object) -> None:
    if len(kept) >= KEPT_OPEN:
        kept.clear()
    kept[key] = value
