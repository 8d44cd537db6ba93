"""Slack's sockets, against the real program: broken, refreshed, deaf, refused, and closed when the program is told to stop."""

import json
import signal
import sqlite3
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.web import SlackResponse

from handlers.serving.sockets import seconds_to_wait
from playground import http_slack
from tests.handlers.programs import BOB, Program, beside, reset
from tests.handlers.watching import readiness
from tests.test_program import ROOT, environment, until

TOLD = "recorded a good turn for you"


@pytest.fixture
def program(tmp_path: Path) -> Iterator[Program]:
    with beside(tmp_path) as program:
        yield program


def test_after_a_reset_a_command_is_answered_within_three_seconds(
    program: Program, record_property: Callable[[str, object], None]
) -> None:
    assert program.give(0) == "acked"
    before = program.sockets()
    program.in_slack(lambda: reset(*before))
    started = time.monotonic()
    until(lambda: program.give(1) == "acked", 3)
    took = time.monotonic() - started
    record_property("answered again after", took)
    sys.stderr.write(f"\nanswered again {took:.2f} s after a reset\n")
    assert took < 3
    assert before[0] not in program.sockets()


def test_a_request_can_be_followed_by_its_envelope_and_its_cause(program: Program) -> None:
    assert [program.give(number) for number in (1, 2)] == ["acked"] * 2
    until(lambda: sum('"event": "heard"' in line for line in program.written) == 2)
    heard = [found for line in program.written if (found := json.loads(line))["event"] == "heard"]
    assert all(one["envelope"].startswith("envelope-") and one["cause"].startswith("trigger:") for one in heard)
    assert heard[0]["envelope"] != heard[1]["envelope"]
    assert heard[0]["cause"] != heard[1]["cause"]


def test_a_refresh_loses_no_command(program: Program) -> None:
    refresh = {"type": "disconnect", "reason": "refresh_requested"}
    first = program.sockets()[0]
    answers: list[str] = []

    def type_them(numbers: range) -> None:
        answers.extend(program.give(number) for number in numbers)

    threads = [threading.Thread(target=type_them, args=(range(start, start + 25),)) for start in (0, 25, 50, 75)]
    for thread in threads:
        thread.start()
    until(lambda: len(answers) >= 10)
    program.in_slack(lambda: first.send_json(refresh))
    until(lambda: any(one is not first for one in program.sockets()))
    for thread in threads:
        thread.join()
    sys.stderr.write(f"\n{answers.count('acked')} of {len(answers)} commands answered during a refresh\n")
    assert answers == ["acked"] * 100
    program.in_slack(first.close)  # as Slack does in the end
    until(lambda: len(program.sockets()) == 1)
    assert program.give(200) == "acked"
    assert not any('"level": "error"' in line for line in program.written)


def test_readiness_knows_whether_slack_is_heard(program: Program) -> None:
    assert program.give(0) == "acked"
    until(lambda: readiness(program.url)[0] == 200)
    program.slack.slack.app_token = "xapp-another"  # no socket can be had any more
    program.in_slack(lambda: reset(*program.sockets()))
    until(lambda: readiness(program.url)[1]["failing"] == ["socket"])
    assert program.process.poll() is None  # a token that was taken once is tried again
    program.slack.slack.app_token = "xapp-playground"
    until(lambda: readiness(program.url)[0] == 200)


def test_a_second_program_on_the_same_token_is_noticed(tmp_path: Path, program: Program) -> None:
    async def open_another() -> None:
        await program.sockets()[0].send_json({"type": "disconnect", "reason": "warning"})

    program.in_slack(open_another)  # for a while there are two, and both are ours: nothing to remark
    until(lambda: sum('"event": "connected"' in line for line in program.written) == 2)
    assert not any("Slack sends a part" in line for line in program.written)
    given = environment(program.world, tmp_path, DATABASE_URL=f"sqlite:///{tmp_path}/another.db")
    with subprocess.Popen([sys.executable, "app.py"], cwd=ROOT, env=given, stderr=subprocess.PIPE) as second:
        assert second.stderr is not None
        lines = iter(second.stderr.readline, b"")
        told = next(line.decode() for line in lines if b"Slack sends a part" in line)
        second.terminate()
        second.stderr.read()
    found = json.loads(told)
    assert found["level"] == "warning"
    assert (found["ours"], found["num_connections"]) == (1, 3)


DEAF = "from handlers.serving import sockets; sockets.GIVE_UP_AFTER = 0.5; import app; app.commands(['run'])"


def test_deaf_for_too_long_it_ends_so_that_it_is_started_anew(tmp_path: Path) -> None:
    with beside(tmp_path, "-c", DEAF) as program:
        assert program.give(0) == "acked"
        program.slack.slack.app_token = "xapp-another"
        program.in_slack(lambda: reset(*program.sockets()))
        assert program.process.wait(20) == 1
    last = program.written[-1]
    assert last.startswith("Slack was not heard for five minutes (")
    assert not any("Traceback" in line for line in program.written)


SILENT = (
    "from handlers.serving import connection; connection.PING_EVERY = 0.1; connection.PONG_WITHIN = 0.5; "
    "import app; app.commands(['run'])"
)


def test_a_socket_that_stops_answering_is_replaced(tmp_path: Path) -> None:
    with beside(tmp_path, "-c", SILENT) as program:
        silent = program.sockets()[0]
        program.in_slack(lambda: silent._req.transport.pause_reading())  # type: ignore[union-attr]
        until(lambda: any(one is not silent for one in program.sockets()))
        assert any("no answer to pings" in line for line in program.written)
        program.in_slack(lambda: silent._req.transport.abort())  # type: ignore[union-attr]
        until(lambda: len(program.sockets()) == 1)
        assert program.give(1) == "acked"


def test_one_that_answers_is_kept(tmp_path: Path) -> None:
    with beside(tmp_path, "-c", SILENT) as program:
        kept = program.sockets()
        started = time.monotonic()
        while time.monotonic() - started < 1:  # twice as long as it waits for an answer
            assert program.give(1) == "acked"
            assert readiness(program.url)[0] == 200
        assert program.sockets() == kept


@pytest.mark.parametrize("after", [0.0, 0.05, 0.15, 0.4])
def test_told_to_stop_under_load_it_finishes_what_it_took_and_nothing_else(tmp_path: Path, after: float) -> None:
    answers: dict[int, str] = {}
    with beside(tmp_path) as program:

        def type_on(number: int) -> None:
            while answers.get(number - 1, "acked") == "acked":
                answers[number] = program.give(number)
                number += 1

        threads = [threading.Thread(target=type_on, args=(start,)) for start in (1000, 2000, 3000, 4000)]
        for thread in threads:
            thread.start()
        threading.Event().wait(after)
        program.process.send_signal(signal.SIGTERM)
        started = time.monotonic()
        assert program.process.wait(20) == 0
        took = time.monotonic() - started
        for thread in threads:
            thread.join()
        until(lambda: not program.sockets())
        bob = program.world.ask(f"state?as={BOB}")
        read = [one for room in bob["conversations"] for one in room["messages"] if TOLD in one["text"]]
    assert took < 5
    with sqlite3.connect(tmp_path / "good_turn.db") as rows:
        recorded = {int(words.split()[1]) for (words,) in rows.execute("SELECT words FROM acts")}
        posts = dict(rows.execute("SELECT state, count(*) FROM outbox WHERE verb = 'post' GROUP BY state"))
    rows.close()
    assert set(posts) <= {"pending", "sent"}  # none was left in the middle
    assert posts.get("sent", 0) == len(read)
    assert recorded == {number for number, status in answers.items() if status == "acked"}
    assert not any("Traceback" in line or "stopped before" in line for line in program.written)


HUNG = (
    "import threading; from handlers.outbound import sender; from handlers.serving import running; running.STOP_WITHIN = 1; "
    "sender.Sender.send_due = lambda self: threading.Event().wait(60); import app; app.commands(['run'])"
)


def test_what_hangs_does_not_keep_it_from_stopping(tmp_path: Path) -> None:
    with beside(tmp_path, "-c", HUNG) as program:
        assert program.give(1) == "acked"
        program.process.send_signal(signal.SIGTERM)
        started = time.monotonic()
        assert program.process.wait(20) == 0
        assert 0.9 < time.monotonic() - started < 5
    assert any("stopped before everything was finished" in line for line in program.written)


SLOW = """
import sys, threading
from handlers import routes
before = routes._run
def run(listener, request):
    sys.stderr.write("begun\\n")
    sys.stderr.flush()
    threading.Event().wait(0.3)
    return before(listener, request)
routes._run = run
import app
app.commands(["run"])
"""


def test_an_answer_whose_socket_broke_goes_out_on_the_next(tmp_path: Path) -> None:
    with beside(tmp_path, "-c", SLOW) as program:
        answers: list[str] = []
        typing = threading.Thread(target=lambda: answers.append(program.give(1)))
        typing.start()
        until(lambda: "begun\n" in program.written)
        program.in_slack(lambda: reset(*program.sockets()))
        typing.join()
    assert answers == ["acked"]


def test_one_socket_too_many_is_tried_again_until_there_is_room(
    program: Program, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(http_slack, "MOST_SOCKETS", 0)
    program.in_slack(lambda: reset(*program.sockets()))
    until(lambda: any('"error": "too_many_websockets"' in line for line in program.written))
    monkeypatch.undo()
    until(lambda: program.sockets())
    assert program.give(1) == "acked"


@pytest.mark.parametrize(
    ("answer", "headers", "seconds"),
    [("ratelimited", {"Retry-After": "7"}, 7), ("ratelimited", {}, 30), ("internal_error", {}, 0.5)],
)
def test_slack_says_how_long_to_wait_for_a_socket(answer: str, headers: dict[str, str], seconds: float) -> None:
    refused = SlackResponse(
        client=None, http_verb="POST", api_url="", req_args={}, data={"ok": False, "error": answer}, headers=headers,
        status_code=429,
    )  # fmt: skip
    error = SlackApiError("no", refused)  # type: ignore[no-untyped-call]  # the SDK leaves it untyped
    assert seconds_to_wait(error, 0.5) == seconds
