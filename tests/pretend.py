"""The pretend Slack with the bot in it, as a test holds it: asking the page, delivering what was forged."""

import hashlib
import hmac
import itertools
import json
import time
import urllib.error
import urllib.parse
import urllib.request
from dataclasses import dataclass
from typing import Any

from handlers.outbound.sender import Sender
from tests.cast import CAST
from tests.lookout import LOOKOUT, SIGNING_SECRET, texts_of

_forged = itertools.count(1)


@dataclass
class World:
    """A pretend Slack with the bot in it."""

    url: str
    bot_url: str
    sender: Sender
    now: Any

    def ask(self, path: str, body: dict[str, Any] | None = None) -> Any:
        """Calls the page's own address, as the page does; no line of a log may hold what is typed there."""
        LOOKOUT.hear(*texts_of([(body or {}).get(name) for name in ("text", "values")]))
        data = None if body is None else json.dumps(body).encode()
        request = urllib.request.Request(f"{self.url}/playground/{path}", data, {"content-type": "application/json"})
        with urllib.request.urlopen(request, timeout=20) as answer:
            return json.load(answer)

    def forge(self, actor: str, action_id: str, value: Any, **changes: Any) -> tuple[int, str]:
        """Delivers a signed press of a button that the actor may never have seen; returns the bot's status and answer."""
        user = {"id": CAST[actor]["id"], "team_id": "T1"}
        action = {"type": "button", "action_id": action_id, "block_id": "b", "value": value, "action_ts": "1.2"}
        payload = {
            "type": "block_actions", "team": {"id": "T1"}, "user": user, "actions": [action], "api_app_id": "A1",
            "trigger_id": f"forged.{next(_forged)}", "container": {"type": "message", "is_ephemeral": True},
        }  # fmt: skip
        return self.deliver({"payload": json.dumps(payload | changes)})

    def deliver(self, form: dict[str, str]) -> tuple[int, str]:
        """Delivers a signed request to the bot, as Slack would."""
        body = urllib.parse.urlencode(form)
        stamp = str(int(time.time()))
        signature = hmac.new(SIGNING_SECRET.encode(), f"v0:{stamp}:{body}".encode(), hashlib.sha256).hexdigest()
        headers = {"x-slack-request-timestamp": stamp, "x-slack-signature": f"v0={signature}"}
        request = urllib.request.Request(self.bot_url, body.encode(), headers)
        try:
            with urllib.request.urlopen(request, timeout=20) as answer:
                return answer.status, answer.read().decode()
        except urllib.error.HTTPError as error:
            with error:
                return error.code, error.read().decode()

    def settle(self) -> None:
        """Lets the sender say everything that is due, and what follows from that."""
        for _ in range(20):
            if self.sender.send_due() == 0 and self.sender.free_at is None:
                return
            if self.sender.free_at is not None:  # a message a second in one place
                self.now.now = max(self.now.now, self.sender.free_at)
        raise AssertionError("the outbox never came to rest")
