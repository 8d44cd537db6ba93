"""JSON logs, one line each. Tokens, response addresses and message text stay out of them."""

import logging
import sys
from typing import Any

import structlog

# The SDK's debug output holds whole requests, and Bolt writes a request's body at INFO when its signature is wrong.
_LOUD = frozenset({"slack_sdk", "slack_bolt", "aiohttp", "uvicorn", "apscheduler", "alembic"})


def set_up(level: str) -> None:
    """Sends everything that is logged to standard error, as JSON."""
    before: list[Any] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        structlog.processors.format_exc_info,
    ]
    structlog.configure(
        processors=[
            structlog.stdlib.filter_by_level,
            *before,
            structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
        ],
        logger_factory=structlog.stdlib.LoggerFactory(),
        cache_logger_on_first_use=True,
    )
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=before,
            processors=[
                structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                structlog.processors.JSONRenderer(),
            ],
        )
    )
    handler.addFilter(_is_news)
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(level)


def _is_news(record: logging.LogRecord) -> bool:
    """Leaves out what libraries say below a warning; and Bolt's remark that our client goes before its SLACK_BOT_TOKEN.

    It is asked of each record, as Bolt gives its loggers the root's level, whatever level their parent has.
    """
    is_loud = record.name.split(".")[0] in _LOUD
    return not is_loud or (record.levelno >= logging.WARNING and "will be unused" not in record.getMessage())
