"""chat.*: what the app posts, changes and deletes."""

from typing import Any

import pytest

from playground import web_api
from playground.manifest import manifest_from
from tests.playground.conftest import MANIFEST, Pretend, button, buttons


def test_a_message_is_posted_and_everybody_there_sees_it(pretend: Pretend) -> None:
    answer = pretend.call("chat.postMessage", channel="C1", text="hello", blocks=[buttons()])
    (shown,) = pretend.shown("U2", "C1")
    assert answer["ts"] == shown["ts"]
    assert (shown["text"], shown["bot"], shown["user"]) == ("hello", True, "UBOT")


def test_writing_to_a_person_opens_their_dm_and_no_other(pretend: Pretend) -> None:
    first = pretend.call("chat.postMessage", channel="U1", text="hello")["channel"]
    assert pretend.call("chat.postMessage", channel="U1", text="again")["channel"] == first
    assert pretend.call("chat.postMessage", channel="U2", text="hello")["channel"] != first
    assert pretend.channel(first).members == ["UBOT", "U1"]


def test_blocks_get_the_ids_they_lack(pretend: Pretend) -> None:
    nameless = {"type": "actions", "elements": [{key: value for key, value in button().items() if key != "action_id"}]}
    answer = pretend.call("chat.postMessage", channel="C1", text="hi", blocks=[nameless])
    (block,) = answer["message"]["blocks"]
    assert block["block_id"]
    assert block["elements"][0]["action_id"]
    assert "block_id" not in nameless


@pytest.mark.parametrize(
    ("given", "error"),
    [
        ({"channel": "C9", "text": "x"}, "channel_not_found"),
        ({"channel": "C3", "text": "x"}, "channel_not_found"),
        ({"channel": "C2", "text": "x"}, "not_in_channel"),
        ({"channel": "C4", "text": "x"}, "is_archived"),
        ({"channel": "U4", "text": "x"}, "channel_not_found"),
        ({"channel": "U5", "text": "x"}, "cannot_dm_bot"),
        ({"channel": "C1"}, "no_text"),
        ({"channel": "C1", "text": " "}, "no_text"),
        ({"channel": "C1", "text": "x" * 40_001}, "msg_too_long"),
        ({"channel": "C1", "text": "x", "blocks": "{"}, "invalid_blocks_format"),
        ({"channel": "C1", "text": "x", "blocks": {"type": "divider"}}, "invalid_blocks_format"),
        ({"channel": "C1", "text": "x", "metadata": {"event_type": "t"}}, "invalid_metadata_format"),
        ({"channel": "C1", "text": "x", "thread_ts": "1.0"}, "cannot_reply_to_message"),
        ({"channel": "C1", "text": "x", "markdown_text": "y"}, "markdown_text_conflict"),
    ],
)
def test_slack_says_why_it_does_not_post(pretend: Pretend, given: dict[str, Any], error: str) -> None:
    assert pretend.call("chat.postMessage", **given)["error"] == error
    assert pretend.messages("C1") == []


def test_wrong_blocks_are_named_with_a_pointer(pretend: Pretend) -> None:
    answer = pretend.call("chat.postMessage", channel="C1", text="x", blocks=[buttons(button(value="v" * 2001))])
    assert answer["error"] == "invalid_blocks"
    assert "json-pointer:/blocks/0/elements/0/value" in answer["response_metadata"]["messages"][0]


def test_metadata_that_is_too_large_is_refused(pretend: Pretend) -> None:
    metadata = {"event_type": "t", "event_payload": {"key": "x" * 20_000}}
    assert pretend.call("chat.postMessage", channel="C1", text="x", metadata=metadata)["error"] == "metadata_too_large"


def test_no_dm_can_be_written_when_the_messages_tab_is_off(pretend: Pretend) -> None:
    off = {"app_home": {"messages_tab_enabled": False}}
    pretend.slack.manifest = manifest_from(MANIFEST | {"features": MANIFEST["features"] | off})
    assert pretend.call("chat.postMessage", channel="U1", text="x")["error"] == "messages_tab_disabled"
    assert pretend.call("chat.postMessage", channel="C1", text="x")["ok"]


def test_an_ephemeral_message_is_seen_by_one_and_stands_in_no_history(pretend: Pretend) -> None:
    pretend.call("chat.postEphemeral", channel="C1", user="U1", text="only you")
    assert [one["text"] for one in pretend.shown("U1", "C1")] == ["only you"]
    assert pretend.shown("U1", "C1")[0]["ephemeral"]
    assert pretend.shown("U2", "C1") == []
    assert pretend.call("conversations.history", channel="C1")["messages"] == []


@pytest.mark.parametrize("user", ["U4", "U6", "U99"])
def test_somebody_who_is_not_there_gets_no_ephemeral_message(pretend: Pretend, user: str) -> None:
    answer = pretend.call("chat.postEphemeral", channel="C1", user=user, text="only you")
    assert answer["error"] == "user_not_in_channel"


def test_an_update_changes_the_message_and_retains_what_is_not_given(pretend: Pretend) -> None:
    metadata = {"event_type": "t", "event_payload": {"key": "7"}}
    posted = pretend.call("chat.postMessage", channel="C1", text="one", blocks=[buttons()], metadata=metadata)
    pretend.call("chat.update", channel="C1", ts=posted["ts"], text="two")
    (message,) = pretend.messages("C1")
    assert (message.text, message.metadata) == ("two", metadata)
    assert pretend.shown("U1", "C1")[0]["blocks"]
    pretend.call("chat.update", channel="C1", ts=posted["ts"], text="three", blocks=[])
    assert pretend.shown("U1", "C1")[0]["blocks"] is None
    assert pretend.shown("U1", "C1")[0]["edited"]


def test_an_update_is_refused_where_slack_refuses_it(pretend: Pretend) -> None:
    theirs = pretend.act("U1", "say", channel="C1", text="mine")["ts"]
    own = pretend.call("chat.postMessage", channel="C1", text="x")["ts"]
    for ts, words, error in (
        (theirs, "x", "cant_update_message"),
        ("1.0", "x", "message_not_found"),
        (own, "x" * 4001, "msg_too_long"),
        (own, "", "no_text"),
    ):
        assert pretend.call("chat.update", channel="C1", ts=ts, text=words)["error"] == error


def test_the_app_deletes_its_own_message_and_nobody_else_s(pretend: Pretend) -> None:
    theirs = pretend.act("U1", "say", channel="C1", text="mine")["ts"]
    own = pretend.call("chat.postMessage", channel="C1", text="x")["ts"]
    assert pretend.call("chat.delete", channel="C1", ts=own)["ok"]
    assert pretend.call("chat.delete", channel="C1", ts=own)["error"] == "message_not_found"
    assert pretend.call("chat.delete", channel="C1", ts=theirs)["error"] == "cant_delete_message"
    assert [one.text for one in pretend.messages("C1")] == ["mine"]


def test_a_permalink_leads_to_the_message(pretend: Pretend) -> None:
    ts = pretend.call("chat.postMessage", channel="C1", text="x")["ts"]
    link = pretend.call("chat.getPermalink", channel="C1", message_ts=ts)["permalink"]
    assert link == f"https://builders.slack.com/archives/C1/p{ts.replace('.', '')}"


def test_message_times_grow_though_the_clock_stands_or_goes_back(pretend: Pretend) -> None:
    first = pretend.call("chat.postMessage", channel="C1", text="x")["ts"]
    pretend.move(hours=-2)
    assert pretend.call("chat.postMessage", channel="C1", text="x")["ts"] > first


def test_more_than_a_message_a_second_is_too_fast_once_pace_is_on(pretend: Pretend) -> None:
    post = {"channel": "C1", "text": "x"}
    assert all(pretend.call("chat.postMessage", **post)["ok"] for _ in range(3))
    pretend.manage("pace", on=True)
    assert pretend.call("chat.postMessage", **post)["ok"]
    answer = web_api.call(pretend.slack, "chat.postMessage", post, "xoxb-1")
    assert (answer.status, answer.headers["Retry-After"], answer.body["error"]) == (429, "1", "ratelimited")
    assert pretend.call("chat.postMessage", channel="U1", text="x")["ok"]
    pretend.move(seconds=1)
    assert pretend.call("chat.postMessage", **post)["ok"]


def test_what_people_saw_is_kept_apart_from_what_the_app_was_told(pretend: Pretend) -> None:
    ts = pretend.call("chat.postMessage", channel="C1", text="one")["ts"]
    pretend.call("chat.update", channel="C1", ts=ts, text="two")
    pretend.call("chat.delete", channel="C1", ts=ts)
    seen = pretend.slack.workspace().seen
    assert [(one.what, one.text) for one in seen] == [("posted", "one"), ("edited", "two"), ("deleted", "two")]
