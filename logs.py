"""JSON logs, one line each. Tokens, response addresses, e-mail addresses and message text stay out of them.

Nobody here logs such a thing; what follows is the second fence, for what libraries and exceptions say.
"""

import logging
import re
import sys
import threading
import traceback
from collections.abc import Mapping
from typing import Any

import structlog

# The SDK's debug output holds whole requests, and Bolt writes a request's body at INFO when its signature is wrong.
_LOUD = frozenset({"slack_sdk", "slack_bolt", "aiohttp", "uvicorn", "apscheduler", "alembic", "matplotlib", "PIL"})
# What they warn of, and should not: that our client goes before its SLACK_BOT_TOKEN, that a font has no bold face.
_NO_NEWS = ("will be unused", "findfont: Failed to find font weight")
# What gives a secret away at a glance, all of it, and what stands in its place.
_SECRETS = (
    ("xox", re.compile(r"\bxox[a-z]?(?:\.xox[a-z])?-[\w-]+"), "[token]"),
    ("xapp-", re.compile(r"\bxapp-[\w-]+"), "[token]"),
    ("hooks.slack.com/", re.compile(r"(?:https?://)?hooks\.slack\.com/[^\s\"']*"), "[address]"),
    ("/response/", re.compile(r"https?://[^\s\"']*/response/[^\s\"']*"), "[address]"),
    ("@", re.compile(r"[\w.+'-]+@[\w-]+(?:\.[\w-]+)+"), "[e-mail]"),
)
_EACH_LINE: list[Any] = [
    structlog.contextvars.merge_contextvars,
    structlog.stdlib.add_log_level,
    structlog.processors.TimeStamper(fmt="iso", utc=True),
]


def set_up(level: str) -> None:
    """Sends everything that is logged to standard error, as JSON."""
    send_ours_along()
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(formatter(level))
    handler.addFilter(is_news)
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(level)
    # What ends the program or a thread would else be printed past all this, words, tokens and all.
    sys.excepthook = lambda *raised: root.critical("ended by an error", exc_info=raised)
    threading.excepthook = lambda told: root.critical("a thread ended by an error", exc_info=told.exc_value)


def send_ours_along() -> None:
    """Has what we log go the way of what libraries log, to whoever listens there."""
    structlog.configure(
        processors=[
            structlog.stdlib.filter_by_level,
            *_EACH_LINE,
            structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
        ],
        logger_factory=structlog.stdlib.LoggerFactory(),
        cache_logger_on_first_use=True,
    )


def formatter(level: str) -> logging.Formatter:
    """Returns what makes a line of a record, as it is written at a level."""
    return structlog.stdlib.ProcessorFormatter(
        foreign_pre_chain=_EACH_LINE,
        processors=[
            structlog.stdlib.ProcessorFormatter.remove_processors_meta,
            structlog.processors.format_exc_info if level == "DEBUG" else _tell_where_alone,
            _redact,
            structlog.processors.JSONRenderer(),
        ],
    )


def _tell_where_alone(_logger: Any, _method: str, line: Any) -> Any:
    """Says what was raised and where, and not in which words: they may be a member's. DEBUG shows them."""
    given = line.pop("exc_info", None)
    raised = given if isinstance(given, BaseException) else (given if isinstance(given, tuple) else sys.exc_info())[1]
    if given and raised is not None:
        line["exception"] = _where(raised)
        words = str(raised)
        if words:  # libraries put them into the line as well
            line["event"] = str(line.get("event")).replace(words, "...")
    return line


def _where(raised: BaseException) -> str:
    """Returns the places an exception came through, and before them those of what it was raised in answer to."""
    told = "".join([*traceback.format_tb(raised.__traceback__), type(raised).__name__])
    earlier = raised.__cause__ or (None if raised.__suppress_context__ else raised.__context__)
    return told if earlier is None else f"{_where(earlier)}\nand then\n{told}"


def _redact(_logger: Any, _method: str, line: Any) -> Any:
    """Takes out of a line whatever looks like a token, an address to answer at or an e-mail address."""
    return {key: _without_secrets(value) for key, value in line.items()}


def _without_secrets(value: Any) -> Any:
    if isinstance(value, str):
        for glance, secret, instead in _SECRETS:
            if glance in value:
                value = secret.sub(instead, value)
        return value
    if value is None or isinstance(value, bool | int | float):
        return value
    if isinstance(value, Mapping):
        return {_without_secrets(str(key)): _without_secrets(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [_without_secrets(inner) for inner in value]
    return _without_secrets(repr(value))


def is_news(record: logging.LogRecord) -> bool:
    """Leaves out what libraries say below a warning, and two warnings that are none.

    It is asked of each record, as Bolt gives its loggers the root's level, whatever level their parent has.
    """
    is_loud = record.name.split(".")[0] in _LOUD
    if not is_loud:
        return True
    return record.levelno >= logging.WARNING and not any(words in record.getMessage() for words in _NO_NEWS)
