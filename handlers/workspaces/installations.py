"""Slack SDK's stores over our own tables: where the app is installed, and who is on the way to install it."""

import hashlib
import secrets
from datetime import UTC, datetime, timedelta
from logging import Logger, getLogger

from slack_sdk.oauth import OAuthStateStore
from slack_sdk.oauth.installation_store import Bot, Installation, InstallationStore

from handlers import uninstalling
from handlers.requests import Clock
from handlers.workspaces.keys import Keys, Tokens
from storage import install_states, installations
from storage.database import Database
from storage.tables import Installation as Row

STATE_LIVES = timedelta(minutes=10)  # as long as Slack's own code does
MOST_STATES = 10_000  # somebody who asks for more of them than that installs nothing


class Installations(InstallationStore):
    """The installations, whose tokens are encrypted here and nowhere else. No token of a person's is kept."""

    def __init__(self, database: Database, clock: Clock, keys: Keys) -> None:
        self._database = database
        self._clock = clock
        self._keys = keys

    @property
    def logger(self) -> Logger:
        """Returns the SDK's log, which gets nothing from here."""
        return getLogger(__name__)

    def save(self, installation: Installation) -> None:
        """Keeps an installation, of a workspace or of an organization, in the place of the one before it."""
        self.save_bot(installation.to_bot())

    def save_bot(self, bot: Bot) -> None:
        """Keeps the part of it that is the bot's, which is all there is."""
        owner, now = _owner(bot.enterprise_id, bot.team_id, is_org=bool(bot.is_enterprise_install)), self._clock()
        ends_at = bot.bot_token_expires_at
        row = Row(
            team_id=owner,
            org_id=bot.enterprise_id,
            name=str((bot.enterprise_name if bot.is_enterprise_install else bot.team_name) or ""),
            bot_user_id=str(bot.bot_user_id or ""),
            scopes=",".join(bot.bot_scopes or ()),
            sealed=self._keys.close(owner, Tokens(str(bot.bot_token), bot.bot_refresh_token)),
            ends_at=None if ends_at is None else datetime.fromtimestamp(ends_at, UTC),
            installed_at=now,
        )
        with self._database.transaction() as session:
            installations.save(session, row)
            for team_id in [*installations.workspaces_of(session, owner), owner]:
                uninstalling.note_served(session, team_id, now)

    def find_bot(
        self, *, enterprise_id: str | None, team_id: str | None, is_enterprise_install: bool | None = False
    ) -> Bot | None:
        """Returns what serves a workspace: its own installation, or else its organization's."""
        with self._database.reading() as session:
            row = installations.resolve(session, "" if is_enterprise_install else team_id or "", enterprise_id)
        if row is None:
            return None
        tokens, is_org = self._keys.open(row), row.team_id == row.org_id
        return Bot(
            enterprise_id=row.org_id,
            team_id=None if is_org else row.team_id,
            is_enterprise_install=is_org,
            bot_token=tokens.access,
            bot_id="",
            bot_user_id=row.bot_user_id,
            bot_scopes=row.scopes,
            bot_refresh_token=tokens.refresh,
            bot_token_expires_at=None if row.ends_at is None else int(row.ends_at.timestamp()),
            installed_at=row.installed_at.timestamp(),
        )

    def find_installation(
        self,
        *,
        enterprise_id: str | None,
        team_id: str | None,
        user_id: str | None = None,
        is_enterprise_install: bool | None = False,
    ) -> Installation | None:
        """Returns the same; whoever installed it is not kept."""
        bot = self.find_bot(enterprise_id=enterprise_id, team_id=team_id, is_enterprise_install=is_enterprise_install)
        return None if bot is None else Installation(user_id=user_id or "", **bot.to_dict_for_copying())

    def is_served(self, owner: str) -> bool:
        """Says whether a workspace or an organization has installed the app by itself."""
        with self._database.reading() as session:
            row = installations.find(session, owner)
        return row is not None and row.sealed is not None

    def delete_bot(self, *, enterprise_id: str | None, team_id: str | None) -> None:
        """Removes an installation: an organization's where no workspace is named."""
        owner = _owner(enterprise_id, team_id, is_org=not team_id)
        with self._database.transaction() as session:
            installations.remove(session, owner, self._clock())

    def delete_installation(
        self, *, enterprise_id: str | None, team_id: str | None, user_id: str | None = None
    ) -> None:
        """Removes nothing: a person's token is not kept."""


class States(OAuthStateStore):
    """What somebody brings along to Slack and back, so that nobody can send them to the end of an installation of another's."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    @property
    def logger(self) -> Logger:
        """Returns the SDK's log, which gets nothing from here."""
        return getLogger(__name__)

    def issue(self, *_: object, **__: object) -> str:
        """Returns a new one, good for ten minutes; raises TooMany."""
        state, now = secrets.token_urlsafe(32), self._clock()
        with self._database.transaction() as session:
            if not install_states.add(session, _mark(state), now, now + STATE_LIVES, MOST_STATES):
                raise TooMany
        return state

    def consume(self, state: str) -> bool:
        """Says whether one is good, which it is once."""
        with self._database.transaction() as session:
            return install_states.take(session, _mark(state), self._clock())


class TooMany(Exception):
    """More people are on the way to Slack than can be."""


def _owner(enterprise_id: str | None, team_id: str | None, *, is_org: bool) -> str:
    return str(enterprise_id if is_org else team_id)


def _mark(state: str) -> str:
    return hashlib.sha256(state.encode()).hexdigest()
