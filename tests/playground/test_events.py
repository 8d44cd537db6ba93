"""Events: which ones the app hears, and how often when it does not ack."""

from typing import Any

from playground.manifest import manifest_from
from tests.playground.conftest import MANIFEST, NOON, Pretend


def heard(pretend: Pretend) -> list[str]:
    return [one["event"]["type"] for one in pretend.payloads()]


def test_a_message_to_the_app_arrives_in_slack_s_wrapper(pretend: Pretend) -> None:
    direct = pretend.act("U1", "dm", user="UBOT")["channel"]
    answer = pretend.act("U1", "say", channel=direct, text="help")
    (payload,) = pretend.payloads()
    event = payload["event"]
    assert answer["status"] == "acked"
    assert (event["type"], event["channel_type"], event["text"]) == ("message", "im", "help")
    assert (event["channel"], event["user"], event["ts"]) == (direct, "U1", answer["ts"])
    assert (payload["type"], payload["team_id"]) == ("event_callback", "T1")
    assert payload["event_time"] == int(NOON.timestamp())
    assert payload["authorizations"][0]["user_id"] == "UBOT"
    assert payload["event_id"].startswith("Ev")


def test_what_is_said_elsewhere_is_not_heard(pretend: Pretend) -> None:
    between_people = pretend.act("U1", "dm", user="U2")["channel"]
    for channel in (between_people, "C1", "C2"):
        assert pretend.act("U1", "say", channel=channel, text="hello")["status"] == "none"
    assert pretend.heard == []


def test_an_event_without_its_scope_is_not_sent(pretend: Pretend) -> None:
    pretend.slack.workspace().scopes = ("chat:write",)
    direct = pretend.act("U1", "dm", user="UBOT")["channel"]
    pretend.act("U1", "say", channel=direct, text="help")
    assert pretend.heard == []


def test_an_event_without_a_subscription_is_not_sent(pretend: Pretend) -> None:
    pretend.slack.manifest = manifest_from(MANIFEST | {"settings": {}})
    pretend.act("U1", "open_home")
    assert pretend.heard == []


def test_home_and_the_app_s_messages_are_two_tabs(pretend: Pretend) -> None:
    pretend.act("U1", "open_home")
    direct = pretend.act("U1", "dm", user="UBOT")["channel"]
    pretend.act("U1", "open", channel=direct)
    pretend.act("U1", "open", channel="C1")
    assert [(one["event"]["tab"], one["event"]["channel"]) for one in pretend.payloads()] == [
        ("home", direct),
        ("messages", direct),
    ]


def test_reactions_are_heard_where_the_app_is(pretend: Pretend) -> None:
    here = pretend.act("U1", "say", channel="C1", text="x")["ts"]
    there = pretend.act("U1", "say", channel="C2", text="x")["ts"]
    for channel, ts in (("C1", here), ("C2", there)):
        pretend.act("U2", "react", channel=channel, ts=ts, name="pray")
        pretend.act("U2", "react", channel=channel, ts=ts, name="pray")
        pretend.act("U2", "unreact", channel=channel, ts=ts, name="pray")
    assert heard(pretend) == ["reaction_added", "reaction_removed"]
    event = pretend.payloads()[0]["event"]
    assert event["item"] == {"type": "message", "channel": "C1", "ts": here}
    assert (event["reaction"], event["user"], event["item_user"]) == ("pray", "U2", "U1")


def test_joining_and_leaving_is_heard_where_the_app_is(pretend: Pretend) -> None:
    pretend.act("U1", "invite", channel="C1", user="U6")
    pretend.act("U6", "leave", channel="C1")
    pretend.act("U1", "invite", channel="C2", user="U3")
    pretend.act("U1", "invite", channel="C3", user="UBOT")
    events = [one["event"] for one in pretend.payloads()]
    assert [(one["type"], one["user"], one["channel"]) for one in events] == [
        ("member_joined_channel", "U6", "C1"),
        ("member_left_channel", "U6", "C1"),
        ("member_joined_channel", "UBOT", "C3"),
    ]
    assert events[0]["inviter"] == "U1"


def test_people_come_change_and_go(pretend: Pretend) -> None:
    new = pretend.manage("person", name="nils", real_name="Nils Ek", tz="Europe/Stockholm")["user"]
    pretend.manage("person", id=new, tz="America/Chicago")
    pretend.manage("person", id=new, deleted=True)
    assert heard(pretend) == ["team_join", "user_change", "user_change"]
    assert pretend.payloads()[1]["event"]["user"]["tz"] == "America/Chicago"
    assert pretend.payloads()[2]["event"]["user"]["deleted"]


def test_channels_are_archived_and_renamed(pretend: Pretend) -> None:
    pretend.manage("channel", name="chapter", archived=True)
    pretend.manage("channel", id="C2", name="commons")
    pretend.manage("channel", id="C2", name="commons")
    assert heard(pretend) == ["channel_archive", "channel_rename"]
    assert pretend.payloads()[1]["event"]["channel"]["name"] == "commons"


def test_another_company_comes_into_a_channel_and_leaves_it(pretend: Pretend) -> None:
    for shared in (True, True, False):
        pretend.manage("channel", id="C1", shared=shared)
    assert heard(pretend) == ["channel_shared", "channel_unshared"]
    came, left = (one["event"] for one in pretend.payloads())
    assert came["connected_team_id"] == left["previously_connected_team_id"]
    assert left["is_ext_shared"] is False


def test_an_uninstalled_app_hears_that_and_nothing_after(pretend: Pretend) -> None:
    pretend.manage("uninstall")
    pretend.act("U1", "open_home")
    assert heard(pretend) == ["tokens_revoked", "app_uninstalled"]
    assert pretend.sees("U1")["app"]["install_state"] == "uninstalled"


def test_an_event_nobody_acks_comes_again_three_times(pretend: Pretend) -> None:
    pretend.answers = None
    pretend.act("U1", "open_home")
    for seconds in (3, 3, 60, 3, 300, 3, 3600):
        pretend.move(seconds=seconds)
        pretend.slack.deliveries.expire()
        pretend.slack.deliveries.resend_due()
    envelopes: list[dict[str, Any]] = [one.envelope() for one in pretend.heard]
    assert [one["retry_attempt"] for one in envelopes] == [0, 1, 2, 3]
    assert [one["retry_reason"] for one in envelopes] == ["", "timeout", "timeout", "timeout"]
    assert len({one["payload"]["event_id"] for one in envelopes}) == 1
    assert len({one["envelope_id"] for one in envelopes}) == 4


def test_an_acked_event_does_not_come_again(pretend: Pretend) -> None:
    pretend.act("U1", "open_home")
    pretend.move(hours=1)
    pretend.slack.deliveries.expire()
    pretend.slack.deliveries.resend_due()
    assert len(pretend.heard) == 1


def test_an_ack_that_comes_too_late_changes_nothing(pretend: Pretend) -> None:
    pretend.answers = None
    pretend.act("U1", "say", channel="C1", text="/give")
    pretend.move(seconds=3)
    pretend.slack.deliveries.expire()
    pretend.slack.deliveries.ack(pretend.heard[0].envelope_id, {"text": "late"})
    assert pretend.shown("U1", "C1") == []
    assert pretend.heard[0].status == "timeout"


def test_events_missed_while_the_bot_was_away_arrive_when_it_is_back(pretend: Pretend) -> None:
    pretend.awake = False
    assert pretend.act("U1", "open_home")["status"] == "unreachable"
    pretend.awake = True
    pretend.slack.deliveries.resend_due()
    assert [one.reason for one in pretend.heard] == ["connection_failed"]
