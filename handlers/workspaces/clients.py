"""The clients with which workspaces that installed the app are spoken to: what Slack says of a token is noted, once."""

from collections.abc import Callable
from typing import Any

from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError
from slack_sdk.web import SlackResponse

from handlers import outcomes

# What it says of a token that is worth nothing, whenever it was to end. The events that tell of it may be on their way.
_WORTHLESS = frozenset({"token_revoked", "account_inactive", "invalid_auth"})
# What it says of a workspace that lost its organization's access: the organization's token is good elsewhere.
_NOT_HERE = "team_access_not_granted"


class OwnClient(WebClient):
    """Speaks to a workspace, and tells when Slack does not take its token any more."""

    on_lost: Callable[[str], None]

    def api_call(self, api_method: str, **given: Any) -> SlackResponse:
        """Calls Slack once; where the token is worth nothing, what was to be said is refused until there is another."""
        try:
            return super().api_call(api_method, **given)
        except SlackApiError as error:
            reason = str(error.response.get("error"))
            if reason not in _WORTHLESS and reason != _NOT_HERE:
                raise
            if reason in _WORTHLESS:
                self.on_lost(reason)
        raise _refusal(api_method)


class NotInstalled(WebClient):
    """Stands where a workspace has no token: nothing is sent, and the answer is that the app is not installed."""

    def api_call(self, api_method: str, **_: Any) -> SlackResponse:
        """Refuses."""
        raise _refusal(api_method)


def _refusal(api_method: str) -> SlackApiError:
    answer = {"ok": False, "error": outcomes.NOT_INSTALLED}
    return SlackApiError(f"{api_method}: {outcomes.NOT_INSTALLED}", answer)  # type: ignore[no-untyped-call] # the SDK's
