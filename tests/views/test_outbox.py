"""What an operator reads of the outbox: how late something is."""

from datetime import timedelta

import pytest

from handlers.views.outbox import lateness
from storage.tables import Outgoing
from tests.conftest import MONDAY_MORNING


@pytest.mark.parametrize(
    ("state", "sent_after", "age", "late"),
    [
        ("pending", None, timedelta(seconds=-1), "-"),
        ("pending", None, timedelta(0), "0 min"),
        ("dead", None, timedelta(minutes=119, seconds=59), "119 min"),
        ("dead", None, timedelta(hours=2), "2 h"),
        ("expired", None, timedelta(hours=47, minutes=59), "47 h"),
        ("expired", None, timedelta(days=2), "2 d"),
        ("sent", timedelta(minutes=3), timedelta(days=9), "3 min"),
        ("cancelled", None, timedelta(days=9), "-"),
    ],
)
def test_how_late_something_is_counts_from_when_it_was_promised_to_when_it_was_said(
    state: str, sent_after: timedelta | None, age: timedelta, late: str
) -> None:
    then = MONDAY_MORNING
    row = Outgoing(
        team_id="T1", id="1", key="k", verb="post", kind="act", subject="s", member_id="m", state=state, created_at=then,
        planned_for=then, due_at=then + timedelta(days=30), sent_at=None if sent_after is None else then + sent_after,
    )  # fmt: skip
    assert lateness(row, then + age) == late
