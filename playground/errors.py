"""How Slack refuses an API call. Not for what a person on the page cannot do: that is PlaygroundError."""

from __future__ import annotations

from playground.workspace import Json


class SlackError(Exception):
    """A refusal with Slack's own error code; `fields` go into the answer, `messages` into response_metadata."""

    def __init__(self, code: str, messages: list[str] | None = None, **fields: object) -> None:
        super().__init__(code)
        self.code = code
        self.messages = messages or []
        self.fields = fields

    def body(self) -> Json:
        """Returns the answer's body."""
        body: Json = {"ok": False, "error": self.code, **self.fields}
        if self.messages:
            body["response_metadata"] = {"messages": self.messages}
        return body


class RateLimitedError(SlackError):
    """Too many calls; `retry_after` is in seconds and travels in the Retry-After header (HTTP 429)."""

    def __init__(self, retry_after: int) -> None:
        super().__init__("ratelimited")
        self.retry_after = retry_after
