"""Home of somebody with a great deal of everything: Slack takes it, and of each kind something is shown."""

import json
import re
from itertools import product
from typing import Any

import pytest

from bot.months import Month
from handlers.views import nudges
from handlers.views.admins import Corner
from handlers.views.home import MOST_SHOWN
from handlers.views.introductions import Mine
from playground.blocks import faults_in_blocks
from tests.conversation import words
from tests.views.samples import ASKED, a_home, entry, unsaid
from tests.views.samples_of_admins import workspace
from tests.views.samples_of_asks import an_ask
from tests.views.samples_of_calls import LATER, a_turn, shown
from tests.views.samples_of_feeds import a_feed
from tests.views.samples_of_introductions import introduced
from tests.views.samples_of_nudges import a_choice
from tests.views.samples_of_summaries import schedule

MOST_BLOCKS = 100  # https://docs.slack.dev/reference/views/home-tab-views
LARGEST = 250_000  # bytes of a view
_GIVEN = {"helper_id": "raj", "helped_id": "ana", "recorded_by": "raj", "written_by": "raj"}
_LONG = "word & <b> " * 45  # 495 characters


def _a_great_deal(**changes: Any) -> dict[str, Any]:
    """Returns forty of everything, or what differs from it."""
    calls = [shown(a_turn(id=f"turn{number}"), about="2x4 & <framing> " * 9) for number in range(40)]
    calls += [shown(a_turn(LATER, id=f"later{number}")) for number in range(40)]
    everything: dict[str, Any] = {
        "waiting": [entry(**_GIVEN, words=_LONG)] * 40,
        "recent": [entry(thanks="", words=_LONG)] * 8,
        "unsaid": [unsaid(to="ana"), unsaid("C1")] * 20,
        "calls": calls, "calls_due": 40,
        "introductions": Mine([introduced()] * 40, [introduced(0)] * 40, [introduced(1)] * 40),
        "introductions_line": ASKED, "nudges_line": nudges.line(a_choice()),
        "summaries": ([schedule()] * 10, 40), "ties": (4_000, 40),
        "month": Month(1_200, 900, 3_000, 2_000, 400, 300, 200),
        "asks": [an_ask(("B" * 80,) * 40, words="w" * 300)] * 5,
        "corner": Corner(workspace(thanks_emoji="pray", country="SE"), ["B" * 80] * 40, 40, "Mon 2 Mar, 9:00 AM CST",
                         [a_feed(state="broken")] * 20),
    }  # fmt: skip
    return everything | changes


@pytest.mark.parametrize(("is_first", "paused"), list(product((True, False), (None, "Mon 9 Mar, 9:00 AM CDT"))))
def test_slack_takes_home_with_a_great_deal_of_everything(is_first: bool, paused: str | None) -> None:
    message = a_home(**_a_great_deal(is_first=is_first, paused_until=paused))
    assert len(message.blocks) <= MOST_BLOCKS
    assert faults_in_blocks(message.body()["blocks"], "home") == []
    assert len(json.dumps(message.body())) < LARGEST


def test_of_each_kind_that_needs_somebody_something_is_shown_and_the_rest_is_counted() -> None:
    said = words(a_home(**_a_great_deal()).body()).replace("*", "")
    assert "Needs attention: 200" in said
    for line in (
        "Slack did not confirm",
        "Call Jane Doe",
        "would like to introduce you",
        "Did you and",
        "recorded a good turn for you",
    ):
        assert line in said
    assert f"And {200 - MOST_SHOWN} more" in said


def test_one_kind_alone_has_all_the_room_there_is() -> None:
    given, asked = _a_great_deal()["waiting"], [introduced(0)] * 40
    for line, some, few in (
        ("recorded a good turn for you", {"waiting": given}, {"waiting": given[:MOST_SHOWN]}),
        ("like to introduce you", {"introductions": Mine((), asked)}, {"introductions": Mine((), asked[:MOST_SHOWN])}),
    ):
        assert words(a_home(**some).body()).count(line) == MOST_SHOWN
        said = words(a_home(**few).body())
        assert said.count(line) == MOST_SHOWN
        assert not re.search(r"And \d+ more", said)
