"""The shell, met as the real SDK meets it: WebClient, Bolt over sockets, and signed HTTP."""

import http.client
import json
import socket
import urllib.error
import urllib.request
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from datetime import timedelta

import pytest
from slack_bolt import App
from slack_sdk import WebClient, WebhookClient
from slack_sdk.errors import SlackApiError

from playground import seed
from playground.manifest import manifest_from
from playground.server import Running, serve_in_thread
from playground.slack import Slack
from tests.playground.bots import act, ask, bolt, over_http, over_sockets, shown, until
from tests.playground.conftest import CAST, MANIFEST, buttons


@pytest.fixture
def running() -> Iterator[Running]:
    slack = Slack(manifest_from(MANIFEST))
    seed.reset(slack, CAST)
    server = serve_in_thread(slack)
    yield server
    server.stop()


@pytest.fixture
def client(running: Running) -> WebClient:
    return WebClient("xoxb-1", base_url=f"{running.url}/api/", retry_handlers=[])


def converse(running: Running) -> None:
    """Talks to the bot by command, button, form, Home and message."""
    assert act(running, "U1", "say", channel="C1", text="/give <@U2> tea")["status"] == "acked"
    assert shown(running, "U1", "C1")[-1] == "Given: <@U2|raj> tea"
    message = ask(running, "state?as=U1")["conversations"][0]["messages"][-1]
    where = {"message": {"channel": "C1", "ts": message["ts"]}}
    assert act(running, "U1", "press", where=where, block_id="row", action_id="go")["status"] == "acked"
    (form,) = ask(running, "state?as=U1")["modals"]
    assert act(running, "U1", "submit", view=form["id"], values={})["status"] == "acked"
    direct = act(running, "U1", "dm", user="UBOT")["channel"]
    assert shown(running, "U1", direct) == ["You wrote tea"]
    act(running, "U1", "say", channel=direct, text="help")
    assert shown(running, "U1", direct)[1:] == ["help", "You said help"]
    act(running, "U1", "open_home")
    assert ask(running, "state?as=U1")["home"]["type"] == "home"


def test_the_web_client_talks_to_it(running: Running, client: WebClient) -> None:
    assert client.auth_test()["user_id"] == "UBOT"
    direct = client.conversations_open(users=["U1"])["channel"]["id"]
    posted = client.chat_postMessage(channel=direct, text="hello", blocks=[buttons()], unfurl_links=False)
    client.chat_update(channel=direct, ts=str(posted["ts"]), text="changed")
    assert shown(running, "U1", direct) == ["changed"]
    with pytest.raises(SlackApiError, match="channel_not_found"):
        client.chat_postMessage(channel="C404", text="x")


def test_a_file_is_uploaded_with_the_sdk_s_own_method(running: Running, client: WebClient) -> None:
    client.files_upload_v2(filename="map.png", content=b"png", channel="C1", initial_comment="Look", alt_txt="A map")
    (file,) = ask(running, "state?as=U1")["conversations"][0]["messages"][0]["files"]
    with urllib.request.urlopen(running.url + file["url"], timeout=5) as answer:
        assert (answer.read(), answer.headers["content-type"]) == (b"png", "image/png")


def test_bolt_talks_to_it_over_a_socket(running: Running, client: WebClient) -> None:
    with over_sockets(bolt(client), running):
        converse(running)
    until(lambda: not ask(running, "state")["app"]["connected"])
    assert act(running, "U1", "say", channel="C1", text="/give")["status"] == "unreachable"


def test_each_envelope_takes_one_of_the_sockets(running: Running, client: WebClient) -> None:
    with over_sockets(bolt(client), running, sockets=3):
        for number in range(9):
            assert act(running, "U1", "say", channel="C1", text=f"/give {number}")["status"] == "acked"
    assert len(shown(running, "U1", "C1")) == 9


def test_two_hundred_commands_at_once_are_all_answered(running: Running, client: WebClient) -> None:
    with over_sockets(bolt(client), running), ThreadPoolExecutor(200) as pool:
        command = {"channel": "C1", "text": "/give tea"}
        answers = list(pool.map(lambda _: act(running, "U1", "say", **command), range(200)))
    assert {one["status"] for one in answers} == {"acked"}
    assert len(shown(running, "U1", "C1")) == 200


def test_bolt_talks_to_it_over_signed_http(running: Running, client: WebClient) -> None:
    with over_http(bolt(client)) as url:
        ask(running, "manage", {"do": "deliver", "url": url})
        converse(running)
    assert act(running, "U1", "say", channel="C1", text="/give")["status"] == "unreachable"


def test_who_waits_longer_than_the_time_for_an_ack_is_told(
    running: Running, client: WebClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("playground.wires.ACK_WITHIN", timedelta(milliseconds=30))
    app = App(client=client, signing_secret="secret", process_before_response=True)  # hears nothing, acks nothing
    with over_sockets(app, running):
        assert act(running, "U1", "say", channel="C1", text="/give")["status"] == "timeout"
        assert act(running, "U1", "open_home")["status"] == "timeout"
    (notice,) = ask(running, "state?as=U1")["notices"]
    assert notice["text"] == '/give failed with the error "operation_timeout"'
    until(lambda: any(one.attempt for _, one in running.slack.deliveries.retries))


def test_a_wrong_signing_secret_is_refused_by_bolt(running: Running, client: WebClient) -> None:
    running.slack.signing_secret = "another"
    with over_http(bolt(client)) as url:
        ask(running, "manage", {"do": "deliver", "url": url})
        assert act(running, "U1", "say", channel="C1", text="/give")["status"] == "timeout"
    assert running.slack.deliveries.retries == []


def test_a_response_url_is_answered_over_http(running: Running, client: WebClient) -> None:
    act(running, "U1", "say", channel="C1", text="/give")
    (exchange,) = ask(running, "traffic?since=0")
    webhook = WebhookClient(exchange["request"]["response_url"])
    answers = [webhook.send(text="x") for _ in range(6)]
    assert [one.status_code for one in answers] == [200] * 5 + [404]
    assert (answers[0].body, answers[5].body) == ("ok", "used_url")


def test_the_page_hears_of_each_change(running: Running, client: WebClient) -> None:
    address = running.url.removeprefix("http://")
    with closing(http.client.HTTPConnection(address, timeout=5)) as connection:
        connection.request("GET", "/playground/changes")
        with connection.getresponse() as stream:
            first = int(stream.readline().removeprefix(b"data: "))
            stream.readline()
            client.chat_postMessage(channel="C1", text="x")
            assert int(stream.readline().removeprefix(b"data: ")) > first
            running.stop()
            assert stream.read() == b"\n"


def test_too_fast_is_a_429(running: Running, client: WebClient) -> None:
    ask(running, "manage", {"do": "pace", "on": True})
    client.chat_postMessage(channel="C1", text="x")
    with pytest.raises(SlackApiError) as refused:
        client.chat_postMessage(channel="C1", text="x")
    assert (refused.value.response.status_code, refused.value.response.headers["Retry-After"]) == (429, "1")


def test_a_ticket_opens_one_socket_only(running: Running) -> None:
    web = WebClient("xapp-1", base_url=f"{running.url}/api/", retry_handlers=[])
    ticket = str(web.apps_connections_open(app_token="xapp-1")["url"]).replace("ws://", "http://")
    running.slack.tickets.clear()
    with pytest.raises(urllib.error.HTTPError, match="401") as refused:
        urllib.request.urlopen(ticket, timeout=5)
    refused.value.close()


@pytest.mark.parametrize("body", [b"{", b"[]", b'{"do": "dance", "as": "U1"}'])
def test_what_the_page_cannot_do_is_said_in_a_sentence(running: Running, body: bytes) -> None:
    with urllib.request.urlopen(f"{running.url}/playground/act", body, timeout=5) as answer:
        said = json.load(answer)
    assert said["ok"] is False
    assert said["error"].endswith(".")


def test_a_taken_port_is_an_error(running: Running) -> None:
    port = int(running.url.rpartition(":")[2])
    with pytest.raises(OSError, match="address already in use"):
        serve_in_thread(Slack(manifest_from(MANIFEST)), port)


def test_it_stops_twice_and_frees_its_port(running: Running) -> None:
    port = int(running.url.rpartition(":")[2])
    running.stop()
    running.stop()
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", port))
