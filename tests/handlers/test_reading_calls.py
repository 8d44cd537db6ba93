"""What is typed behind `/callback`, taken apart: whom, when and about what. It is Monday, 2 March 2026, nine in Chicago."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from bot.ledger import show_contact
from handlers.reading_calls import CallRead, read_call

CHICAGO = ZoneInfo("America/Chicago")
NOW = datetime(2026, 3, 2, 15, 0, tzinfo=UTC)
TOMORROW = "03-03 15:00"

READ: dict[str, tuple[str, str, str]] = {
    # What is typed: whom, when in Chicago, what about.
    "Jane Doe (Acme) tomorrow 3pm about the RFP": ("Jane Doe (Acme)", TOMORROW, "the RFP"),
    "tomorrow 3pm Jane Doe (Acme) about the RFP": ("Jane Doe (Acme)", TOMORROW, "the RFP"),
    "Jane Doe (Acme) about the RFP tomorrow at 3pm": ("Jane Doe (Acme)", TOMORROW, "the RFP"),
    "call Jane Doe (Acme) tomorrow 3pm re: the RFP": ("Jane Doe (Acme)", TOMORROW, "the RFP"),
    "remind me to call Jane Doe (Acme) back tomorrow 3pm": ("Jane Doe (Acme)", TOMORROW, ""),
    "Jane Doe tomorrow 3pm about the RFP": ("Jane Doe", TOMORROW, "the RFP"),
    "jane tomorrow 3pm": ("jane", TOMORROW, ""),
    "mom tomorrow at 3pm": ("mom", TOMORROW, ""),
    "the bank tomorrow 3pm about my card": ("the bank", TOMORROW, "my card"),
    "Jane Doe tomorrow 3pm the RFP": ("Jane Doe", TOMORROW, "the RFP"),
    "tomorrow 3pm Jane Doe": ("Jane Doe", TOMORROW, ""),
    "<@U2BOB> tomorrow 3pm about the RFP": ("U2BOB", TOMORROW, "the RFP"),
    "<@U2BOB|bob> about the RFP, tomorrow 3pm": ("U2BOB", TOMORROW, "the RFP"),
    "tomorrow 3pm <@U2BOB> to send the bid list": ("U2BOB", TOMORROW, "to send the bid list"),
    "ring <@U2BOB> tomorrow 3pm": ("U2BOB", TOMORROW, ""),
    "April Summers (Friday Group) tomorrow 3pm about May's budget": (
        "April Summers (Friday Group)",
        TOMORROW,
        "May's budget",
    ),
    "Jean-Luc O’Neill (3M &amp; Sons) tomorrow 3pm": ("Jean-Luc O’Neill (3M & Sons)", TOMORROW, ""),
    "Jane Doe (Acme) every Friday at 9 about the survey": ("Jane Doe (Acme)", "03-06 09:00", "the survey"),
    "Jane Doe (Acme)": ("Jane Doe (Acme)", "none", ""),
    "Jane Doe (Acme) about the RFP": ("Jane Doe (Acme)", "none", "the RFP"),
    "Jane Doe (Acme) next Friday about the RFP": ("Jane Doe (Acme)", "unclear", "the RFP"),
    "Jane Doe (Acme) today 8am about the RFP": ("Jane Doe (Acme)", "past", "the RFP"),
    "Jane Doe next Friday about the RFP": ("Jane Doe", "unclear", "the RFP"),
}
NOBODY = {
    "tomorrow 3pm": "none",
    "#austin-chapter tomorrow 3pm": "none",
    "<#C1AUSTIN|austin-chapter> tomorrow 3pm": "group",
    "<!here> tomorrow 3pm": "none",
    "@rajesh tomorrow 3pm": "none",
    "<@U2BOB> and <@U3CAROL> tomorrow 3pm": "several",
    "everybody who came to the meeting that we had last spring tomorrow 3pm": "none",
    "": "none",
    "555 1234 tomorrow 3pm": "none",
}


def _read(typed: str) -> CallRead:
    return read_call(typed, NOW, "America/Chicago", "en-US")


@pytest.mark.parametrize("typed", READ)
def test_whom_when_and_what_are_told_apart(typed: str) -> None:
    read = _read(typed)
    whom = read.slack_id or (show_contact(read.outsider) if read.outsider else "")
    when = f"{read.found.at.astimezone(CHICAGO):%m-%d %H:%M}" if read.found else read.why and read.why.reason
    assert read.trouble is None
    assert (whom, when, read.about) == READ[typed]


@pytest.mark.parametrize("typed", NOBODY)
def test_where_nobody_is_named_it_says_why(typed: str) -> None:
    trouble = _read(typed).trouble
    assert trouble is not None
    assert trouble.why == NOBODY[typed]
