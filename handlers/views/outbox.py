"""What an operator reads of the outbox on the command line: ids, states and times; never members' words or names."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import UTC, datetime, timedelta

from storage.outbox_by_hand import DROPPED, RETRIED
from storage.tables import Outgoing

COLUMNS = ("id", "workspace", "state", "kind", "where to", "due (UTC)", "late", "tries", "error")
MAY_BE_THERE = "Slack did not say whether this one arrived, so it may be there already. Look in Slack first."
LOOK_FIRST = (
    "Unconfirmed: Slack did not say whether it arrived. Look in Slack first. Where it is not there: "
    "python app.py outbox retry ID. Where it is: python app.py outbox drop ID."
)
_AS_IT_STANDS = {
    "pending": "It waits to be sent already.",
    "sending": "It is being sent at this moment, or looked for. Look again in a few minutes.",
    "sent": "It has been said.",
    "cancelled": "It was cancelled, and is not said any more.",
}
_TAKEN_BACK = "What it was to say was taken back since, so it is not said any more."
_CHANGED = "Somebody else has changed it at this moment. Look at it anew."


def listed(
    rows: Sequence[tuple[Outgoing, str]], counts: Mapping[str, int], asked: Collection[str], now: datetime
) -> Iterator[str]:
    """Gives the lines of the list: the rows, how many there are in which state, and what to do with unconfirmed ones."""
    if not rows:
        yield _nothing(asked)
        return
    yield from _in_columns([COLUMNS, *(_cells(row, place, now) for row, place in rows)])
    total = sum(counts.values())
    by_state = ", ".join(f"{count} {state}" for state, count in counts.items())
    shown = "" if len(rows) == total else f" Here are the {len(rows)} due first; choose with --state or --team."
    yield f"{total} in all: {by_state}.{shown}"
    if "unconfirmed" in counts:
        yield LOOK_FIRST


def retried(row: Outgoing) -> str:
    """Says that a row goes out now."""
    return f"{row.id} was {row.state}, and goes out now: within seconds where the program runs, else at its next start."


def dropped(row: Outgoing) -> str:
    """Says that a row is not sent."""
    return f"{row.id} was {row.state}, and is cancelled: it is not sent."


def not_retried(row: Outgoing) -> str:
    """Says why a row cannot be sent anew."""
    if row.state in RETRIED:
        return f"{_TAKEN_BACK} To clear it away: python app.py outbox drop {row.id}" if row.cancelled_at else _CHANGED
    return _AS_IT_STANDS[row.state]


def not_dropped(row: Outgoing) -> str:
    """Says why a row cannot be cancelled."""
    return _CHANGED if row.state in DROPPED else _AS_IT_STANDS[row.state]


def lateness(row: Outgoing, now: datetime) -> str:
    """Returns for how long a row has waited beyond the time it was promised for; a dash where it has not, or waits no more."""
    late = (row.sent_at or now) - (row.planned_for or row.created_at)
    if late < timedelta(0) or row.state == "cancelled":
        return "-"
    if late >= timedelta(days=2):
        return f"{late.days} d"
    minutes = int(late.total_seconds()) // 60
    return f"{minutes // 60} h" if minutes >= 120 else f"{minutes} min"


def _nothing(asked: Collection[str]) -> str:
    if len(asked) > 1:
        return "Nothing waits, and nothing was left unsaid. All is well with the outbox."
    return f"Nothing in the outbox is {next(iter(asked))}."


def _cells(row: Outgoing, place: str, now: datetime) -> tuple[str, ...]:
    kind = row.kind if row.verb in ("post", row.kind) else f"{row.kind} ({row.verb})"
    due = f"{row.due_at.astimezone(UTC):%Y-%m-%d %H:%M}"
    tries, error = str(row.tried + row.refused), row.error or "-"
    return (row.id, row.team_id, row.state, kind, place, due, lateness(row, now), tries, error)


def _in_columns(table: Sequence[Sequence[str]]) -> Iterator[str]:
    widths = [max(map(len, column)) for column in zip(*table, strict=True)]
    for cells in table:
        yield "  ".join(cell.ljust(width) for cell, width in zip(cells, widths, strict=True)).rstrip()
