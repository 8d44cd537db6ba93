"""Who let the app in, and with which tokens: codes, tokens that end, and those that get the next. Plain data."""

from __future__ import annotations

import itertools
from dataclasses import dataclass, field
from datetime import datetime, timedelta

CODE_LIVES = timedelta(minutes=10)  # docs.slack.dev, oauth.v2.access: a code holds for ten minutes, and once
TOKEN_LIVES = timedelta(hours=12)  # docs.slack.dev, token rotation


@dataclass
class Code:
    """What somebody who let the app in is sent back with; `owner` is a workspace or an organization."""

    owner: str
    redirect_uri: str
    user: str
    issued_at: datetime


@dataclass
class Token:
    """A bot's token; `ends_at` is None for one that does not end."""

    owner: str
    ends_at: datetime | None = None
    is_revoked: bool = False


@dataclass
class Grants:
    """The app as the pretend Slack knows it, and everything that it gave to it. `rotates` has new tokens end."""

    client_id: str = "111.222"
    client_secret: str = "playground-client-secret"  # noqa: S105 - a pretend secret
    rotates: bool = False
    codes: dict[str, Code] = field(default_factory=dict)
    tokens: dict[str, Token] = field(default_factory=dict)
    refreshing: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._numbers = itertools.count(1)

    def forget(self) -> None:
        """Forgets all that was given; the app is known still."""
        self.rotates = False
        for given in (self.codes, self.tokens, self.refreshing):
            given.clear()

    def new_code(self, owner: str, redirect_uri: str, user: str, now: datetime) -> str:
        """Returns a code for whoever is let in."""
        code = f"code-{owner}-{next(self._numbers)}"
        self.codes[code] = Code(owner, redirect_uri, user, now)
        return code

    def new_token(self, owner: str, now: datetime) -> dict[str, object]:
        """Returns a token as an answer has it: with its end, and what gets the next, where tokens end."""
        number = next(self._numbers)
        if not self.rotates:
            self.tokens[f"xoxb-{owner}-{number}"] = Token(owner)
            return {"access_token": f"xoxb-{owner}-{number}"}
        access, refresh = f"xoxe.xoxb-{owner}-{number}", f"xoxe-{owner}-{number}"
        self.tokens[access] = Token(owner, now + TOKEN_LIVES)
        self.refreshing[refresh] = owner
        seconds = int(TOKEN_LIVES.total_seconds())
        return {"access_token": access, "refresh_token": refresh, "expires_in": seconds}

    def revoke(self, owner: str) -> None:
        """Makes all that an owner gave worth nothing."""
        for token in self.tokens.values():
            token.is_revoked |= token.owner == owner
        self.refreshing = {refresh: one for refresh, one in self.refreshing.items() if one != owner}
