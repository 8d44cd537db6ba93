"""What is said where Slack takes no blocks, and what is said late: the same words, and where to find what was on buttons."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from handlers.views.kit import Message, actions, button, choice, context, quote, section
from handlers.views.lateness import marked_late
from playground.blocks import faults_in_blocks

ON_HOME = "What you can do about it is on Home."
DUE = datetime(2026, 3, 2, 15, tzinfo=UTC)


def test_words_stay_and_the_notification_with_them() -> None:
    blocks = [section("*Ana thanks you:*"), quote("for the tour"), context("No answer needed.")]
    message = Message("Ana thanks you.", blocks)
    assert message.plainer()["text"] == "Ana thanks you."
    assert _said(message) == "*Ana thanks you:*\n> for the tour\nNo answer needed."


@pytest.mark.parametrize(
    "block",
    [
        actions(button("Undo", "x.undo")),
        section("Which?", button("Undo", "x.undo")),
        section("Which?", choice("x.kind", {"a": "Undo"})),
    ],
)
def test_what_can_be_pressed_is_said_to_be_on_home(block: dict[str, Any]) -> None:
    said = _said(Message("Recorded.", [section("Recorded."), block]))
    assert said.endswith(f"\n{ON_HOME}")
    assert "Undo" not in said


def test_where_nothing_can_be_pressed_home_is_not_named() -> None:
    assert _said(Message("Recorded.", [section("Recorded.")])) == "Recorded."
    assert _said(Message("Recorded.")) == "Recorded."


def test_home_itself_names_another_way() -> None:
    message = Message("Good Turn", [section("Home"), actions(button("Pause", "x.pause"))], instead="Write to me.")
    assert _said(message) == "Home\nWrite to me."


@pytest.mark.parametrize("length", [2_900, 3_000, 30_000])
def test_of_a_long_text_the_way_to_the_buttons_stays(length: int) -> None:
    message = Message("Long.", [section("x" * length), actions(button("Undo", "x.undo"))])
    said = _said(message)
    assert len(said) <= 3_000
    assert said.endswith(f"\n{ON_HOME}")
    assert faults_in_blocks(message.plainer()["blocks"], "message") == []


def test_a_members_words_stay_a_quotation_line_by_line_and_ping_and_link_nobody() -> None:
    message = Message("Ana thanks you.", [quote("one <!channel>\n*Removed.* & gone https://example.org")])
    assert _said(message) == "> one &lt;!channel&gt;\n> *Removed.* &amp; gone https://example.org"
    assert message.plainer()["blocks"][0]["text"]["verbatim"] is True


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Ana thanks you", "Ana thanks you. This was due"),
        ("Ana thanks you.", "Ana thanks you. This was due"),
        ("Did you meet?", "Did you meet? This was due"),
        ("It led to something!", "It led to something! This was due"),
        ("Ana thanks you: for the...", "Ana thanks you: for the... This was due"),
    ],
)
def test_the_delay_is_a_sentence_of_its_own(text: str, shown: str) -> None:
    late = marked_late(Message(text), DUE, DUE + timedelta(hours=1), "UTC")
    assert late.text == f"{shown} at 3:00 PM, while I was away."


def test_what_is_late_keeps_its_way_to_the_buttons() -> None:
    message = Message("Good Turn", [actions(button("Pause", "x.pause"))], instead="Write to me.")
    assert marked_late(message, DUE, DUE + timedelta(hours=1), "UTC").instead == "Write to me."


def test_whether_it_was_due_today_is_a_question_of_the_readers_day() -> None:
    at_night = DUE + timedelta(hours=14)  # eleven in the evening in Chicago, the next day in UTC
    assert "due at 9:00 AM," in marked_late(Message("A call."), DUE, at_night, "America/Chicago").text
    assert "due Mon 2 Mar, 3:00 PM UTC," in marked_late(Message("A call."), DUE, at_night, "UTC").text


def _said(message: Message) -> str:
    return str(message.plainer()["blocks"][0]["text"]["text"])
