"""What people do: say, press, react, invite; and what the bot hears of it."""

from typing import Any

import pytest

from playground.slack import PlaygroundError
from tests.playground.conftest import NOON, Pretend, button, buttons, text


def test_a_command_arrives_with_slack_s_fields(pretend: Pretend) -> None:
    pretend.act("U1", "say", channel="C1", text="/give <@U2> tea & cake, see https://x.org and <#C2> @here @raj")
    (payload,) = pretend.payloads()
    assert payload["text"] == "<@U2|raj> tea &amp; cake, see <https://x.org> and <#C2|general> <!here> @raj"
    assert (payload["command"], payload["user_id"], payload["user_name"]) == ("/give", "U1", "ana")
    assert (payload["channel_id"], payload["channel_name"], payload["team_domain"]) == ("C1", "chapter", "builders")
    assert payload["trigger_id"]
    assert payload["response_url"]
    assert pretend.heard[0].kind == "slash_commands"
    assert pretend.messages("C1") == []


def test_without_should_escape_a_mention_is_plain(pretend: Pretend) -> None:
    pretend.act("U1", "say", channel="C1", text="/plain <@U2> & <#C2>")
    assert pretend.payloads()[0]["text"] == "@raj & #general"


def test_a_dm_and_a_private_channel_are_not_named_to_the_bot(pretend: Pretend) -> None:
    direct = pretend.act("U1", "dm", user="UBOT")["channel"]
    pretend.act("U1", "say", channel=direct, text="/give")
    pretend.act("U1", "say", channel="C3", text="/give")
    assert [one["channel_name"] for one in pretend.payloads()] == ["directmessage", "privategroup"]


def test_a_command_s_answer_is_seen_by_who_typed_it(pretend: Pretend) -> None:
    pretend.answers = lambda _: {"text": "Done.", "blocks": [buttons()]}
    answer = pretend.act("U1", "say", channel="C2", text="/give")
    assert (answer["status"], answer["answer"]["text"]) == ("acked", "Done.")
    assert [(one["text"], one["ephemeral"]) for one in pretend.shown("U1", "C2")] == [("Done.", True)]
    assert pretend.shown("U2", "C2") == []


def test_an_answer_in_channel_shows_the_typed_command_too(pretend: Pretend) -> None:
    pretend.answers = lambda _: {"text": "Done.", "response_type": "in_channel"}
    pretend.act("U1", "say", channel="C1", text="/give tea")
    assert [(one["user"], one["text"]) for one in pretend.shown("U2", "C1")] == [("U1", "/give tea"), ("UBOT", "Done.")]


def test_an_answer_of_plain_text_is_shown_and_an_empty_one_is_not(pretend: Pretend) -> None:
    pretend.answers = lambda delivery: delivery.payload["text"]
    pretend.act("U1", "say", channel="C1", text="/give tea")
    pretend.act("U1", "say", channel="C1", text="/give")
    assert [one["text"] for one in pretend.shown("U1", "C1")] == ["tea"]


def test_a_command_that_nobody_acks_fails_before_the_person_s_eyes_and_is_not_sent_again(pretend: Pretend) -> None:
    pretend.answers = None
    pretend.act("U1", "say", channel="C1", text="/give")
    pretend.move(seconds=3)
    pretend.slack.deliveries.expire()
    assert [one["text"] for one in pretend.sees("U1")["notices"]] == ['/give failed with the error "operation_timeout"']
    pretend.move(minutes=10)
    pretend.slack.deliveries.resend_due()
    assert len(pretend.heard) == 1


def test_a_command_to_a_bot_that_is_not_there_fails_at_once(pretend: Pretend) -> None:
    pretend.awake = False
    assert pretend.act("U1", "say", channel="C1", text="/give")["status"] == "unreachable"
    assert "dispatch_failed" in pretend.sees("U1")["notices"][0]["text"]


def test_what_is_no_command_is_said_to_be_none(pretend: Pretend) -> None:
    ts = pretend.act("U1", "say", channel="C1", text="hello")["ts"]
    assert pretend.act("U1", "say", channel="C1", text="/foo bar")["status"] == "none"
    pretend.act("U1", "say", channel="C1", text="/give", thread_ts=ts)
    notices = [one["text"] for one in pretend.sees("U1")["notices"]]
    assert notices == ["/foo is not a valid command.", "/give is not supported in threads."]
    assert pretend.heard == []


def test_what_people_say_is_escaped_as_slack_does(pretend: Pretend) -> None:
    pretend.act("U1", "say", channel="C1", text="1 < 2 & <@U2> @channel <b>")
    assert pretend.messages("C1")[0].text == "1 &lt; 2 &amp; <@U2> <!channel> &lt;b&gt;"


def test_pressing_a_button_on_a_message_tells_the_bot_all_of_it(pretend: Pretend) -> None:
    ts = pretend.call("chat.postMessage", channel="C1", text="hi", blocks=[buttons()])["ts"]
    pretend.act("U2", "press", where={"message": {"channel": "C1", "ts": ts}}, block_id="row", action_id="go")
    (payload,) = pretend.payloads()
    assert payload["type"] == "block_actions"
    assert payload["user"] == {"id": "U2", "username": "raj", "name": "raj", "team_id": "T1"}
    assert payload["container"] == {"type": "message", "message_ts": ts, "channel_id": "C1", "is_ephemeral": False}
    assert payload["message"]["text"] == "hi"
    (action,) = payload["actions"]
    assert (action["type"], action["action_id"], action["block_id"], action["value"]) == ("button", "go", "row", "7")
    assert action["text"] == text("Go")
    assert payload["state"] == {"values": {}}


def test_a_press_on_an_ephemeral_message_does_not_show_it_to_the_bot(pretend: Pretend) -> None:
    pretend.call("chat.postEphemeral", channel="C1", user="U1", text="hi", blocks=[buttons()])
    where = {"message": {"channel": "C1", "ts": pretend.shown("U1", "C1")[0]["ts"]}}
    pretend.act("U1", "press", where=where, block_id="row", action_id="go")
    (payload,) = pretend.payloads()
    assert payload["container"]["is_ephemeral"]
    assert "message" not in payload
    with pytest.raises(PlaygroundError, match="not there"):
        pretend.act("U2", "press", where=where, block_id="row", action_id="go")


OPTIONS = [{"text": text("A"), "value": "a"}, {"text": text("B"), "value": "b"}]


@pytest.mark.parametrize(
    ("element", "picked", "said"),
    [
        ({"type": "static_select", "options": OPTIONS}, "b", {"selected_option": OPTIONS[1]}),
        ({"type": "overflow", "options": OPTIONS}, "a", {"selected_option": OPTIONS[0]}),
        ({"type": "radio_buttons", "options": OPTIONS}, "a", {"selected_option": OPTIONS[0]}),
        ({"type": "checkboxes", "options": OPTIONS}, ["a", "b"], {"selected_options": OPTIONS}),
        ({"type": "users_select"}, "U3", {"selected_user": "U3"}),
        ({"type": "conversations_select"}, "C1", {"selected_conversation": "C1"}),
        ({"type": "channels_select"}, "C1", {"selected_channel": "C1"}),
        ({"type": "multi_users_select"}, ["U1"], {"selected_users": ["U1"]}),
        ({"type": "datepicker"}, "2026-03-04", {"selected_date": "2026-03-04"}),
        ({"type": "timepicker"}, "09:30", {"selected_time": "09:30"}),
    ],
)
def test_each_kind_of_element_says_what_was_picked(
    pretend: Pretend, element: dict[str, Any], picked: Any, said: dict[str, Any]
) -> None:
    inside = element | {"action_id": "it"}
    block = {"type": "section", "block_id": "row", "text": text("Pick"), "accessory": inside}
    pretend.call("views.publish", user_id="U1", view={"type": "home", "blocks": [block]})
    where = {"view": pretend.sees("U1")["home"]["id"]}
    pretend.act("U1", "press", where=where, block_id="row", action_id="it", picked=picked)
    action = pretend.payloads()[0]["actions"][0]
    assert {key: action[key] for key in said} == said
    if element["type"] != "overflow":
        value = pretend.payloads()[0]["view"]["state"]["values"]["row"]["it"]
        assert value == {"type": element["type"], **said}


def test_what_is_not_there_or_not_on_offer_cannot_be_picked(pretend: Pretend) -> None:
    select = {"type": "static_select", "action_id": "it", "options": OPTIONS}
    ts = pretend.call("chat.postMessage", channel="C1", text="hi", blocks=[buttons(select)])["ts"]
    press = {"where": {"message": {"channel": "C1", "ts": ts}}, "block_id": "row"}
    with pytest.raises(PlaygroundError, match="not one of the choices"):
        pretend.act("U1", "press", **press, action_id="it", picked="c")
    with pytest.raises(PlaygroundError, match="no “gone” there"):
        pretend.act("U1", "press", **press, action_id="gone")
    assert pretend.heard == []


def test_a_press_that_nobody_acks_is_marked_on_the_message(pretend: Pretend) -> None:
    ts = pretend.call("chat.postMessage", channel="C1", text="hi", blocks=[buttons(button())])["ts"]
    press = {"where": {"message": {"channel": "C1", "ts": ts}}, "block_id": "row", "action_id": "go"}
    pretend.answers = None
    pretend.act("U1", "press", **press)
    pretend.move(seconds=3)
    pretend.slack.deliveries.expire()
    assert pretend.shown("U1", "C1")[0]["failed"] == "operation_timeout"
    assert pretend.shown("U2", "C1")[0]["failed"] is None
    pretend.answers = lambda _: None
    pretend.act("U1", "press", **press)
    assert pretend.shown("U1", "C1")[0]["failed"] is None


def test_shortcuts_come_from_a_message_or_from_nowhere(pretend: Pretend) -> None:
    ts = pretend.act("U2", "say", channel="C1", text="Mass timber it is")["ts"]
    pretend.act("U1", "shortcut", callback_id="keep", message={"channel": "C1", "ts": ts})
    pretend.act("U1", "shortcut", callback_id="start")
    kept, started = pretend.payloads()
    assert (kept["type"], kept["message"]["text"], kept["message_ts"]) == ("message_action", "Mass timber it is", ts)
    assert kept["response_url"]
    assert (started["type"], started["callback_id"]) == ("shortcut", "start")
    assert "response_url" not in started
    for wrong in ({"callback_id": "keep"}, {"callback_id": "gone"}):
        with pytest.raises(PlaygroundError):
            pretend.act("U1", "shortcut", **wrong)


@pytest.mark.parametrize(
    ("who", "do", "what", "sentence"),
    [
        ("U9", "say", {"channel": "C1", "text": "x"}, "nobody with the id U9"),
        ("U4", "say", {"channel": "C1", "text": "x"}, "deactivated"),
        ("U1", "dance", {}, "Nobody can do"),
        ("U1", "say", {"channel": "C9", "text": "x"}, "no conversation C9"),
        ("U2", "say", {"channel": "C3", "text": "x"}, "not in that conversation"),
        ("U1", "say", {"channel": "C4", "text": "x"}, "Nobody can write here"),
        ("U1", "say", {"channel": "C1", "text": "  "}, "nothing to send"),
        ("U1", "group", {"users": ["U2"]}, "three to nine"),
    ],
)
def test_what_cannot_be_done_is_said_in_a_sentence(
    pretend: Pretend, who: str, do: str, what: dict[str, Any], sentence: str
) -> None:
    with pytest.raises(PlaygroundError, match=sentence):
        pretend.act(who, do, **what)


def test_people_delete_their_own_messages_only(pretend: Pretend) -> None:
    ts = pretend.act("U1", "say", channel="C1", text="oops")["ts"]
    with pytest.raises(PlaygroundError, match="your own"):
        pretend.act("U2", "delete", channel="C1", ts=ts)
    pretend.act("U1", "delete", channel="C1", ts=ts)
    assert pretend.messages("C1") == []


def test_unread_messages_are_counted_until_the_conversation_is_opened(pretend: Pretend) -> None:
    def unread(who: str) -> int:
        return int(next(room["unread"] for room in pretend.sees(who)["conversations"] if room["id"] == "C1"))

    pretend.act("U1", "say", channel="C1", text="one")
    pretend.act("U1", "say", channel="C1", text="two")
    assert (unread("U1"), unread("U2")) == (0, 2)
    pretend.act("U2", "open", channel="C1")
    assert unread("U2") == 0


def test_people_see_only_the_conversations_they_are_in(pretend: Pretend) -> None:
    group = pretend.act("U1", "group", users=["U2", "U3"])["channel"]
    pretend.act("U1", "say", channel=group, text="hello, you two")
    assert {room["id"] for room in pretend.sees("U2")["conversations"]} == {"C1", "C2", group}
    assert group not in {room["id"] for room in pretend.sees("U6")["conversations"]}
    assert pretend.heard == []


def test_a_person_s_local_time_is_shown(pretend: Pretend) -> None:
    people = {one["id"]: one for one in pretend.sees("U1")["people"]}
    assert (people["U1"]["local_time"], people["U3"]["local_time"]) == ("12:00 PM", "7:00 PM")
    assert (people["U1"]["local_day"], people["U1"]["initials"]) == ("Mon 2 Mar", "AT")
    assert pretend.sees("U1")["now"] == NOON.isoformat()
