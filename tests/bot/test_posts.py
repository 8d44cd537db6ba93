"""Who is asked about a post that Slack did not confirm."""

from datetime import UTC, datetime
from typing import Any

import pytest

from bot.posts import asked_of
from storage.tables import Member, Outgoing

AT = datetime(2026, 3, 2, 15, tzinfo=UTC)


@pytest.mark.parametrize(
    ("channel", "asked"),
    [
        (None, "raj"),  # nobody else can see what is in a DM
        ("C1", "ana"),  # it is hers, and everybody there can see it
    ],
)
def test_one_member_is_asked_about_a_post(channel: str | None, asked: str) -> None:
    post = _post(member_id="raj", owner_id="ana", channel=channel)
    assert [who for who in ("ana", "raj", "eve") if asked_of(_member(who), [post])] == [asked]


def test_nobody_is_asked_about_a_post_that_is_nobodys() -> None:
    post = _post(member_id="raj", owner_id=None, channel="C1")
    assert [who for who in ("ana", "raj", "eve") if asked_of(_member(who), [post])] == []


def _post(**columns: Any) -> Outgoing:
    return Outgoing(team_id="T1", id="post1", key="k", kind="act", subject="act1", created_at=AT, due_at=AT, **columns)


def _member(member_id: str) -> Member:
    return Member(team_id="T1", id=member_id, slack_id="U1", name="", zone="UTC", created_at=AT)
