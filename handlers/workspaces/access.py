"""By which token a workspace is spoken to. Here: the one in the settings. Those of many workspaces: `tokens.py`."""

from typing import Protocol

from slack_bolt import App
from slack_bolt.authorization import AuthorizeResult
from slack_sdk import WebClient

# What whoever types or presses something reads where the app is not installed any more.
GONE = "Good Turn is not installed in this workspace any more. An admin can add it again."


class WrongKeys(Exception):
    """The keys open not all of the tokens that are stored. The text says how many they do not."""


class Access(Protocol):
    """What the program needs to speak to workspaces."""

    def authorize(self, enterprise_id: str | None, team_id: str | None, user_id: str | None) -> AuthorizeResult | None:
        """Returns the right to answer a workspace, or None where it has not installed the app."""

    def attach(self, app: App) -> None:
        """Adds to a Bolt app what has to be known of a request before it is heard."""

    def client_for(self, team_id: str) -> WebClient:
        """Returns the client with which a workspace is spoken to."""

    def refresh_due(self) -> None:
        """Replaces the tokens that end soon."""


class OneToken:
    """The token in the settings, for the one workspace it is of."""

    def __init__(self, client: WebClient) -> None:
        self._client = client

    def authorize(self, enterprise_id: str | None, team_id: str | None, user_id: str | None) -> AuthorizeResult:
        """Returns the right to act in a workspace; there is one, which the settings name."""
        token = self._client.token
        return AuthorizeResult(enterprise_id=enterprise_id, team_id=team_id, user_id=user_id, bot_token=token)

    def attach(self, app: App) -> None:
        """Adds nothing."""

    def client_for(self, team_id: str) -> WebClient:  # noqa: ARG002 - there is one
        """Returns the one client."""
        return self._client

    def refresh_due(self) -> None:
        """Does nothing: whoever put the token there replaces it."""
