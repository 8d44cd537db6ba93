"""Signed requests as Slack sends them, and what an app must be given so that it calls nobody."""

import itertools
import json
import time
import urllib.parse
from collections.abc import Mapping, Sequence
from typing import Any

from slack_bolt import App
from slack_bolt.authorization import AuthorizeResult
from slack_sdk import WebClient
from slack_sdk.signature import SignatureVerifier

TEAM, SECRET, TOKEN = "T1", "benchmark", "xoxb-benchmark"
# Nothing listens there: an app that called somebody would fail, and be seen.
NOWHERE = "http://127.0.0.1:9/api/"

# A body and its headers.
Signed = tuple[str, dict[str, str]]

_verifier = SignatureVerifier(SECRET)
_numbers = itertools.count(1)


def bare(**settings: Any) -> App:
    """Returns a Bolt app with no listener, which asks Slack nothing."""
    client = WebClient(base_url=NOWHERE)
    rights = AuthorizeResult(enterprise_id=None, team_id=TEAM, bot_token=TOKEN)
    return App(client=client, signing_secret=SECRET, authorize=lambda: rights, **settings)


def command(name: str, slack_id: str, text: str) -> Signed:
    """Returns a command's body and headers."""
    return _signed(
        {
            "token": "gone",
            "team_id": TEAM,
            "team_domain": "austin",
            "channel_id": "C1",
            "channel_name": "austin-chapter",
            "user_id": slack_id,
            "user_name": slack_id.lower(),
            "command": name,
            "text": text,
            "api_app_id": "A1",
            "is_enterprise_install": "false",
            "response_url": "https://hooks.slack.com/commands/1",
            "trigger_id": f"{next(_numbers)}.1.a",
        }
    )


def press(action_id: str, slack_id: str) -> Signed:
    """Returns the body and headers of a button's press in a channel."""
    action = {"type": "button", "action_id": action_id, "block_id": "b", "value": "1", "action_ts": "1.2"}
    payload = {
        "type": "block_actions",
        "team": {"id": TEAM, "domain": "austin"},
        "user": {"id": slack_id, "team_id": TEAM, "username": slack_id.lower()},
        "api_app_id": "A1",
        "container": {"type": "message", "channel_id": "C1", "message_ts": "1.1", "is_ephemeral": True},
        "channel": {"id": "C1", "name": "austin-chapter"},
        "trigger_id": f"{next(_numbers)}.1.a",
        "actions": [action],
    }
    return _signed({"payload": json.dumps(payload)})


def _signed(form: Mapping[str, str]) -> Signed:
    body, stamp = urllib.parse.urlencode(form), str(int(time.time()))
    signature = _verifier.generate_signature(timestamp=stamp, body=body)
    assert signature is not None
    return body, {
        "content-type": "application/x-www-form-urlencoded",
        "x-slack-request-timestamp": stamp,
        "x-slack-signature": signature,
    }


def people(count: int) -> Sequence[str]:
    """Returns as many Slack ids."""
    return [f"U{number:04}" for number in range(1, count + 1)]
