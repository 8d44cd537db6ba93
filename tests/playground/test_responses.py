"""response_url: answers to an interaction, five times within half an hour."""

import pytest

from playground import responses
from tests.playground.conftest import Pretend, button, buttons


def key_of(pretend: Pretend) -> str:
    """Returns the key of the response_url in the newest payload."""
    return str(pretend.payloads()[-1]["response_url"]).rpartition("/")[2]


def command(pretend: Pretend, channel: str = "C2") -> str:
    pretend.act("U1", "say", channel=channel, text="/give")
    return key_of(pretend)


def press_ephemeral(pretend: Pretend) -> str:
    pretend.call("chat.postEphemeral", channel="C1", user="U1", text="before", blocks=[buttons()])
    where = {"message": {"channel": "C1", "ts": pretend.shown("U1", "C1")[-1]["ts"]}}
    pretend.act("U1", "press", where=where, block_id="row", action_id="go")
    return key_of(pretend)


def test_it_answers_where_the_app_could_not_post(pretend: Pretend) -> None:
    assert responses.respond(pretend.slack, command(pretend), {"text": "hello"}) == (200, "ok")
    assert [one["text"] for one in pretend.shown("U1", "C2")] == ["hello"]
    assert pretend.shown("U2", "C2") == []


def test_in_channel_everybody_sees_it(pretend: Pretend) -> None:
    responses.respond(pretend.slack, command(pretend), {"text": "hello", "response_type": "in_channel"})
    assert [one["text"] for one in pretend.shown("U2", "C2")] == ["hello"]


def test_it_works_five_times(pretend: Pretend) -> None:
    key = command(pretend)
    answers = [responses.respond(pretend.slack, key, {"text": "x"}) for _ in range(6)]
    assert answers == [(200, "ok")] * 5 + [(404, "used_url")]


def test_it_works_for_half_an_hour(pretend: Pretend) -> None:
    key = command(pretend)
    pretend.move(minutes=30)
    assert responses.respond(pretend.slack, key, {"text": "x"})[0] == 200
    pretend.move(seconds=1)
    assert responses.respond(pretend.slack, key, {"text": "x"}) == (404, "expired_url")


@pytest.mark.parametrize(
    ("given", "error"),
    [(None, "invalid_payload"), ({}, "no_text"), ({"text": "x", "blocks": [{"type": "what"}]}, "invalid_blocks")],
)
def test_a_wrong_answer_is_refused(pretend: Pretend, given: object, error: str) -> None:
    assert responses.respond(pretend.slack, command(pretend), given) == (400, error)


def test_nobody_guesses_an_address(pretend: Pretend) -> None:
    assert responses.respond(pretend.slack, "T1-404", {"text": "x"})[0] == 404


def test_an_ephemeral_message_is_replaced_where_it_stands_and_stays_ephemeral(pretend: Pretend) -> None:
    key = press_ephemeral(pretend)
    given = {"replace_original": True, "text": "after", "response_type": "in_channel"}
    responses.respond(pretend.slack, key, given)
    assert [(one["text"], one["blocks"]) for one in pretend.shown("U1", "C1")] == [("after", None)]
    assert pretend.shown("U2", "C1") == []


def test_an_ephemeral_message_is_taken_away(pretend: Pretend) -> None:
    responses.respond(pretend.slack, press_ephemeral(pretend), {"delete_original": True})
    assert pretend.shown("U1", "C1") == []


def test_without_replace_original_the_answer_is_a_new_message(pretend: Pretend) -> None:
    key = press_ephemeral(pretend)
    responses.respond(pretend.slack, key, {"text": "and this", "replace_original": False})
    assert [one["text"] for one in pretend.shown("U1", "C1")] == ["before", "and this"]


def test_a_message_of_the_app_is_replaced_for_everybody(pretend: Pretend) -> None:
    ts = pretend.call("chat.postMessage", channel="C1", text="before", blocks=[buttons(button())])["ts"]
    pretend.act("U1", "press", where={"message": {"channel": "C1", "ts": ts}}, block_id="row", action_id="go")
    responses.respond(pretend.slack, key_of(pretend), {"text": "after", "replace_original": True})
    assert [one["text"] for one in pretend.shown("U2", "C1")] == ["after"]


def test_a_command_has_no_message_to_replace(pretend: Pretend) -> None:
    responses.respond(pretend.slack, command(pretend), {"text": "new", "replace_original": True})
    assert [one["text"] for one in pretend.shown("U1", "C2")] == ["new"]
