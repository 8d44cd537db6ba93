"""The keys that tokens are encrypted with: the first of them closes, any of them opens.

What is closed names the workspace it belongs to, so that tokens which somebody moved to another row in the database open nothing.
"""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from cryptography.fernet import Fernet, InvalidToken, MultiFernet

from handlers.workspaces.access import WrongKeys
from storage import installations
from storage.condition import asking
from storage.database import Database, Session
from storage.tables import Installation


@dataclass(frozen=True)
class Tokens:
    """A bot's token, and the one that gets the next where tokens end."""

    access: str
    refresh: str | None = None


class NotOpened(Exception):
    """No key opens what was stored: it was closed with another, or is not whole."""


class Keys:
    """The keys, in the order in which they are named in the settings."""

    def __init__(self, named: Sequence[str]) -> None:
        self.count = len(named)
        self._first = Fernet(named[0])
        self._all = MultiFernet([Fernet(one) for one in named])

    def close(self, team_id: str, tokens: Tokens) -> str:
        """Returns a workspace's tokens as they can be stored."""
        held = {"team": team_id, "access": tokens.access, "refresh": tokens.refresh}
        return self._all.encrypt(json.dumps(held).encode()).decode()

    def open(self, row: Installation) -> Tokens:
        """Returns the tokens of an installation; raises NotOpened."""
        try:
            held = json.loads(self._all.decrypt((row.sealed or "").encode()))
        except InvalidToken:
            raise NotOpened(row.team_id) from None
        if held["team"] != row.team_id:
            raise NotOpened(row.team_id)
        return Tokens(held["access"], held["refresh"])

    def is_first(self, row: Installation) -> bool:
        """Says whether an installation is closed with the first key."""
        try:
            self._first.decrypt((row.sealed or "").encode())
        except InvalidToken:
            return False
        return True


def new_key() -> str:
    """Returns a key that nobody has."""
    return Fernet.generate_key().decode()


def check(database: Database, keys: Keys) -> int:
    """Opens all that is stored, and returns how much that is; raises WrongKeys where something stays closed."""
    with asking(database) as session:
        everything = list(_everything(session))
    closed = sum(1 for row in everything if not _opens(keys, row))
    if closed:
        raise WrongKeys(f"{closed} of {len(everything)}")
    return len(everything)


def rotate(database: Database, keys: Keys) -> tuple[int, int]:
    """Closes all that is stored with the first key; returns how much was changed, and how much there is.

    It may be called while the program runs, and again wherever it stopped. Raises WrongKeys, with nothing changed.
    """
    check(database, keys)
    with asking(database) as session:
        teams = installations.all_teams(session)
    changed = 0
    for team_id in teams:
        with database.transaction() as session:
            row = installations.find(session, team_id)
            if row is not None and row.sealed is not None and not keys.is_first(row):
                changed += installations.reseal(session, row, keys.close(team_id, keys.open(row)))
    return changed, len(teams)


def forget(database: Database, keys: Keys) -> list[str]:
    """Removes what no key opens, and returns whose it was: they install the app anew, and all else of theirs stays."""
    with database.transaction() as session:
        closed = [row for row in _everything(session) if not _opens(keys, row)]
        for row in closed:
            installations.remove(session, row.team_id, row.installed_at)
    return [row.team_id for row in closed]


def _everything(session: Session) -> Iterator[Installation]:
    for team_id in installations.all_teams(session):
        row = installations.find(session, team_id)
        if row is not None and row.sealed is not None:
            yield row


def _opens(keys: Keys, row: Installation) -> bool:
    try:
        keys.open(row)
    except NotOpened:
        return False
    return True
