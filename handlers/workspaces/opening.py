"""What a program has that many workspaces can install, put together: their tokens, and the pages of installing it.

It is loaded where that is so alone: encryption takes a while to load, and one workspace needs none.
"""

from collections.abc import Sequence, Set
from dataclasses import dataclass

from slack_sdk import WebClient
from slack_sdk.web import SlackResponse
from starlette.routing import Route

from handlers.requests import Clock
from handlers.workspaces import installing, keys
from handlers.workspaces.installations import Installations, States
from handlers.workspaces.installing import Flow
from handlers.workspaces.keys import Keys
from handlers.workspaces.tokens import InstalledTokens
from storage.database import Database


@dataclass(frozen=True)
class OurApp:
    """The app as Slack knows it, where people reach this program, and the keys for their tokens, the newest first.

    `allowed` are the ids of the workspaces and organizations that may install it; where there is none, anyone may.
    """

    client_id: str
    client_secret: str
    public_url: str
    keys: Sequence[str]
    allowed: Set[str]


def open_to_many(
    database: Database, clock: Clock, ours: OurApp, slack: WebClient
) -> tuple[InstalledTokens, list[Route]]:
    """Returns the tokens of those who installed the app, and the pages for those who will; raises WrongKeys.

    `slack` is a client without a token.
    """
    ring = Keys(ours.keys)
    keys.check(database, ring)

    def ask_next(refresh: str) -> SlackResponse:
        return slack.oauth_v2_access(
            client_id=ours.client_id,
            client_secret=ours.client_secret,
            grant_type="refresh_token",
            refresh_token=refresh,
        )

    installed, states = Installations(database, clock, ring), States(database, clock)
    flow = Flow(ours.client_id, ours.client_secret, ours.public_url, slack, installed, states, clock, ours.allowed)
    return InstalledTokens(database, clock, ring, slack, ask_next), installing.routes(flow)
