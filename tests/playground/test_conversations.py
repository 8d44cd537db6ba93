"""conversations.*, users.*, reactions.* and files.*: who is where, and what was said there."""

from typing import Any

import pytest

from playground import seed
from playground.methods_files import receive_bytes
from tests.playground.conftest import CAST, Pretend


def test_opening_a_dm_twice_gives_the_same_one(pretend: Pretend) -> None:
    first = pretend.call("conversations.open", users="U1")
    again = pretend.call("conversations.open", users="U1", return_im=True)
    assert "already_open" not in first
    assert again["already_open"]
    assert again["channel"]["id"] == first["channel"]["id"]
    assert (again["channel"]["is_im"], again["channel"]["user"]) == (True, "U1")


def test_a_group_dm_has_exactly_these_people_and_the_app(pretend: Pretend) -> None:
    opened = pretend.call("conversations.open", users="U1,U2")["channel"]["id"]
    assert set(pretend.channel(opened).members) == {"UBOT", "U1", "U2"}
    assert pretend.channel(opened).kind == "mpim"
    assert pretend.call("conversations.open", users="U2,U1")["channel"]["id"] == opened
    assert pretend.call("conversations.open", users="U1")["channel"]["id"] != opened
    assert pretend.call("conversations.open", users="U1,U2,U3")["channel"]["id"] != opened


@pytest.mark.parametrize(
    ("given", "error"),
    [
        ({}, "users_list_not_supplied"),
        ({"users": ""}, "not_enough_users"),
        ({"users": "UBOT"}, "not_enough_users"),
        ({"users": ",".join(f"U{n}" for n in range(9))}, "too_many_users"),
        ({"users": "U1,U99"}, "user_not_found"),
        ({"users": "U4"}, "user_disabled"),
        ({"users": "U5"}, "cannot_dm_bot"),
        ({"users": "U1,U6"}, "invalid_user_combination"),
        ({"users": "U1", "prevent_creation": True}, "channel_not_found"),
        ({"channel": "C1"}, "method_not_supported_for_channel_type"),
    ],
)
def test_slack_says_why_it_opens_nothing(pretend: Pretend, given: dict[str, Any], error: str) -> None:
    assert pretend.call("conversations.open", **given)["error"] == error


def test_a_group_dm_needs_a_scope_of_its_own(pretend: Pretend) -> None:
    seed.reset(pretend.slack, CAST | {"scopes": ["im:write"]})
    assert pretend.call("conversations.open", users="U1")["ok"]
    assert pretend.call("conversations.open", users="U1,U2")["needed"] == "mpim:write"


def test_the_app_sees_public_channels_and_those_it_is_in(pretend: Pretend) -> None:
    listed = pretend.call("conversations.list", types="public_channel,private_channel")["channels"]
    assert [one["id"] for one in listed] == ["C1", "C2", "C4"]
    assert pretend.call("conversations.info", channel="C2")["channel"]["is_member"] is False
    assert pretend.call("conversations.info", channel="C3")["error"] == "channel_not_found"
    mine = pretend.call("users.conversations", exclude_archived=True)["channels"]
    assert [one["id"] for one in mine] == ["C1"]
    assert pretend.call("conversations.list", types="rooms")["error"] == "invalid_types"


def test_members_come_in_pages(pretend: Pretend) -> None:
    first = pretend.call("conversations.members", channel="C1", limit=3)
    cursor = first["response_metadata"]["next_cursor"]
    rest = pretend.call("conversations.members", channel="C1", limit=3, cursor=cursor)
    assert first["members"] + rest["members"] == ["U1", "U2", "U3", "UBOT"]
    assert rest["response_metadata"]["next_cursor"] == ""
    assert pretend.call("conversations.members", channel="C1", cursor="x")["error"] == "invalid_cursor"


def test_the_app_joins_and_leaves_a_public_channel(pretend: Pretend) -> None:
    assert pretend.call("conversations.history", channel="C2")["error"] == "not_in_channel"
    assert pretend.call("conversations.join", channel="C2")["ok"]
    assert pretend.call("conversations.history", channel="C2")["ok"]


def test_history_comes_newest_first_between_two_moments(pretend: Pretend) -> None:
    stamps = []
    for words in ("one", "two", "three", "four"):
        stamps.append(pretend.call("chat.postMessage", channel="C1", text=words)["ts"])
        pretend.move(minutes=1)

    def texts(**given: Any) -> list[str]:
        found = pretend.call("conversations.history", channel="C1", **given)["messages"]
        return [one["text"] for one in found]

    assert texts() == ["four", "three", "two", "one"]
    assert texts(oldest=stamps[0], latest=stamps[2]) == ["two"]
    assert texts(oldest=stamps[0], latest=stamps[2], inclusive=True) == ["three", "two", "one"]
    assert texts(oldest=stamps[2]) == ["four"]
    assert pretend.call("conversations.history", channel="C1", oldest="soon")["error"] == "invalid_ts_oldest"


def test_history_comes_in_pages(pretend: Pretend) -> None:
    for number in range(5):
        pretend.call("chat.postMessage", channel="C1", text=str(number))
    first = pretend.call("conversations.history", channel="C1", limit=3)
    cursor = first["response_metadata"]["next_cursor"]
    rest = pretend.call("conversations.history", channel="C1", limit=3, cursor=cursor)
    assert [one["text"] for one in first["messages"] + rest["messages"]] == ["4", "3", "2", "1", "0"]
    assert (first["has_more"], rest["has_more"]) == (True, False)


def test_metadata_is_told_only_when_asked_for(pretend: Pretend) -> None:
    metadata = {"event_type": "sent", "event_payload": {"key": "7"}}
    pretend.call("chat.postMessage", channel="C1", text="x", metadata=metadata)
    asked = pretend.call("conversations.history", channel="C1", include_all_metadata=True)["messages"][0]
    assert asked["metadata"] == metadata
    assert "metadata" not in pretend.call("conversations.history", channel="C1")["messages"][0]


def test_replies_stand_in_their_thread_and_not_in_history(pretend: Pretend) -> None:
    parent = pretend.call("chat.postMessage", channel="C1", text="parent")["ts"]
    reply = pretend.call("chat.postMessage", channel="C1", text="reply", thread_ts=parent)["ts"]
    pretend.call("chat.postMessage", channel="C1", text="to the reply", thread_ts=reply)
    thread = pretend.call("conversations.replies", channel="C1", ts=parent)["messages"]
    assert [one["text"] for one in thread] == ["parent", "reply", "to the reply"]
    assert thread[0]["reply_count"] == 2
    assert [one["text"] for one in pretend.call("conversations.history", channel="C1")["messages"]] == ["parent"]
    assert pretend.call("conversations.replies", channel="C1", ts="1.0")["error"] == "thread_not_found"


def test_a_person_is_shown_as_slack_shows_them(pretend: Pretend) -> None:
    mira = pretend.call("users.info", user="U3", include_locale=True)["user"]
    assert (mira["tz"], mira["tz_offset"], mira["locale"]) == ("Europe/Stockholm", 3600, "sv-SE")
    assert "locale" not in pretend.call("users.info", user="U3")["user"]
    theo = pretend.call("users.info", user="U4")["user"]
    assert theo["deleted"]
    assert "tz" not in theo
    sten = pretend.call("users.info", user="U6")["user"]
    assert (sten["is_stranger"], sten["team_id"]) == (True, "T9")
    assert pretend.call("users.info", user="U99")["error"] == "user_not_found"


def test_everybody_is_listed_in_pages(pretend: Pretend) -> None:
    first = pretend.call("users.list", limit=5)
    rest = pretend.call("users.list", limit=5, cursor=first["response_metadata"]["next_cursor"])
    assert [one["id"] for one in first["members"] + rest["members"]] == ["U1", "U2", "U3", "U4", "U5", "U6", "UBOT"]


def test_reactions_are_put_on_once_and_taken_off(pretend: Pretend) -> None:
    ts = pretend.act("U1", "say", channel="C1", text="hello")["ts"]
    on = {"channel": "C1", "timestamp": ts, "name": "tada"}
    assert pretend.call("reactions.add", **on)["ok"]
    assert pretend.call("reactions.add", **on)["error"] == "already_reacted"
    pretend.act("U2", "react", channel="C1", ts=ts, name=":tada:")
    got = pretend.call("reactions.get", channel="C1", timestamp=ts)["message"]["reactions"]
    assert got == [{"name": "tada", "users": ["UBOT", "U2"], "count": 2}]
    assert pretend.call("reactions.remove", **on)["ok"]
    assert pretend.call("reactions.remove", **on)["error"] == "no_reaction"


def test_a_file_goes_up_in_three_steps(pretend: Pretend) -> None:
    asked = pretend.call("files.getUploadURLExternal", filename="map.png", length="3", alt_txt="A map")
    file_id = asked["file_id"]
    files = [{"id": file_id, "title": "Map"}]
    complete: dict[str, Any] = {"files": files, "channel_id": "C1", "initial_comment": "Look"}
    assert pretend.call("files.completeUploadExternal", **complete)["error"] == "file_not_found"
    assert not receive_bytes(pretend.slack, "T1", file_id, b"four")
    assert receive_bytes(pretend.slack, "T1", file_id, b"png")
    assert pretend.call("files.info", file=file_id)["error"] == "file_not_found"
    assert pretend.call("files.completeUploadExternal", **complete)["ok"]
    (shown,) = pretend.shown("U2", "C1")
    file = {"name": "map.png", "mimetype": "image/png", "url": f"/files/{file_id}", "alt": "A map", "title": "Map"}
    assert shown["files"] == [{"id": file_id, **file}]
    assert pretend.call("files.info", file=file_id)["file"]["channels"] == ["C1"]


def test_an_image_block_needs_a_file_that_is_there(pretend: Pretend) -> None:
    image = {"type": "image", "slack_file": {"id": "F404"}, "alt_text": "A map"}
    answer = pretend.call("chat.postMessage", channel="C1", text="x", blocks=[image])
    assert answer["response_metadata"]["messages"] == ["[ERROR] invalid slack file [json-pointer:/blocks/0/slack_file]"]
    file_id = pretend.call("files.getUploadURLExternal", filename="map.png", length=3)["file_id"]
    receive_bytes(pretend.slack, "T1", file_id, b"png")
    pretend.call("files.completeUploadExternal", files=[{"id": file_id}])
    image["slack_file"] = {"id": file_id}
    assert pretend.call("chat.postMessage", channel="C1", text="x", blocks=[image])["ok"]
