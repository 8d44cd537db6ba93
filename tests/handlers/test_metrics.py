"""What is counted and measured reaches Prometheus as it reads it, and names neither people nor workspaces."""

import re
import shutil
import threading
from datetime import timedelta
from pathlib import Path

import pytest

from app import GoodTurn
from handlers.metrics import HELP, Metrics
from handlers.serving.health import Watch
from handlers.serving.pulse import Pulse
from storage import outbox, workspaces
from storage.database import Database
from storage.tables import STATES
from tests.conftest import MONDAY_MORNING, MovableClock
from tests.conversation import Person, World
from tests.handlers.watching import asked, served
from tests.storage.rows import a_member

SAMPLE = re.compile(r'[a-z_0-9]+(\{[a-z]+="[^"]*"(,[a-z]+="[^"]*")*\})? -?[0-9.e+-]+')


def _samples(text: str) -> dict[str, float]:
    """Reads the text form: each sample by its name and labels."""
    lines = [line for line in text.splitlines() if not line.startswith("#")]
    assert all(SAMPLE.fullmatch(line) for line in lines), lines
    return {line.rpartition(" ")[0]: float(line.rpartition(" ")[2]) for line in lines}


@pytest.fixture
def metrics() -> Metrics:
    return Metrics()


def test_counts_add_up_by_label(metrics: Metrics) -> None:
    for result in ("sent", "sent", "dead"):
        metrics.count("send_total", kind="act", result=result)
    metrics.count("db_busy_total")
    found = _samples(metrics.text())
    assert found['send_total{kind="act",result="sent"}'] == 2
    assert found['send_total{kind="act",result="dead"}'] == 1
    assert found["db_busy_total"] == 1
    assert "unknown_outcomes_total" not in found


def test_a_gauge_is_the_last_that_was_said_and_can_be_taken_out(metrics: Metrics) -> None:
    metrics.gauge("backup_age_seconds", 90_000.5)
    metrics.gauge("backup_age_seconds", 12.25)
    assert _samples(metrics.text())["backup_age_seconds"] == 12.25
    metrics.gauge("backup_age_seconds", None)
    metrics.gauge("backup_age_seconds", None)
    assert "backup_age_seconds" not in _samples(metrics.text())


def test_a_histogram_counts_each_second_in_every_bucket_that_holds_it(metrics: Metrics) -> None:
    for seconds in (0.004, 1.0, 2.9, 3.1):
        metrics.observe("ack_seconds", seconds)
    found = _samples(metrics.text())
    assert [found[f'ack_seconds_bucket{{le="{bound}"}}'] for bound in ("0.01", "0.5", "1", "2", "3", "+Inf")] == [
        1, 1, 2, 2, 3, 4,
    ]  # fmt: skip
    assert found["ack_seconds_count"] == 4
    assert found["ack_seconds_sum"] == pytest.approx(7.004)


def test_every_figure_says_what_it_is(metrics: Metrics) -> None:
    text = metrics.text()
    for name in HELP:
        kind = "counter" if name.endswith("_total") else "(gauge|histogram)"
        assert re.search(rf"^# HELP {name} [A-Z].+\.\n# TYPE {name} {kind}$", text, re.MULTILINE) or re.search(
            rf"^# HELP {name} .+; 0 when nothing is due\.\n# TYPE {name} gauge$", text, re.MULTILINE
        )


def test_a_label_with_strange_signs_stays_one_line(metrics: Metrics) -> None:
    metrics.count("lookup_total", result='a "b"\n\\c')
    assert 'lookup_total{result="a \\"b\\"\\n\\\\c"} 1\n' in metrics.text()


def test_threads_count_without_losing_one(metrics: Metrics) -> None:
    def work() -> None:
        for _ in range(500):
            metrics.count("slack_429_total")
            metrics.observe("db_commit_seconds", 0.002)

    threads = [threading.Thread(target=work) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    found = _samples(metrics.text())
    assert (found["slack_429_total"], found["db_commit_seconds_count"]) == (4000, 4000)


def test_the_outbox_is_asked_when_somebody_looks(empty_database: Path, tmp_path: Path, metrics: Metrics) -> None:
    database = Database(f"sqlite:///{shutil.copy(empty_database, tmp_path / 'good_turn.db')}")
    clock, pulse = MovableClock(MONDAY_MORNING), Pulse(lambda: 100.0)
    with served(Watch(database, clock, pulse, metrics)) as url:
        found = _samples(asked(f"{url}/metrics")[1])
        assert found["outbox_oldest_due_seconds"] == 0
        assert [found[f'outbox_state{{state="{state}"}}'] for state in STATES] == [0] * len(STATES)
        assert not {"socket_num_connections", "socket_pong_age_seconds", "backup_age_seconds"} & set(found)
        with database.transaction() as session:
            for team_id in ("T1", "T2"):
                member = a_member(session, team_id=team_id)
                outbox.add(session, team_id, key="k", kind="act", subject="s", member_id=member.id, now=clock())
                workspaces.meet(session, team_id, clock())
        clock.move(minutes=6)
        (tmp_path / "backups").mkdir()
        for made in (clock() - timedelta(days=1), clock() - timedelta(seconds=60)):
            (tmp_path / "backups" / f"good_turn-{made:%Y%m%dT%H%M%SZ}.db").touch()
        pulse.sockets, pulse.connections = 1, 2
        pulse.beat("pong")
        found = _samples(asked(f"{url}/metrics")[1])
        assert found["outbox_oldest_due_seconds"] == 360
        assert found['outbox_state{state="pending"}'] == 2
        assert found["socket_num_connections"] == 2
        assert found["socket_pong_age_seconds"] == 0
        assert found["backup_age_seconds"] == 60
    database.close()


def test_a_broken_database_hides_its_own_figures_and_no_others(
    empty_database: Path, tmp_path: Path, metrics: Metrics
) -> None:
    database = Database(f"sqlite:///{shutil.copy(empty_database, tmp_path / 'good_turn.db')}")
    metrics.count("db_busy_total")
    with served(Watch(database, MovableClock(MONDAY_MORNING), Pulse(), metrics)) as url:
        assert "outbox_oldest_due_seconds" in _samples(asked(f"{url}/metrics")[1])
        with database.engine.begin() as connection:
            connection.exec_driver_sql("ALTER TABLE workspaces RENAME TO elsewhere")
        status, text = asked(f"{url}/metrics")
    assert status == 200
    found = _samples(text)
    assert "outbox_oldest_due_seconds" not in found
    assert found["db_busy_total"] == 1
    database.close()


def test_what_members_do_is_measured_and_names_nobody(world: World, bot: GoodTurn, alice: Person, bob: Person) -> None:
    alice.types("/give @bob the airport RFP")
    given = {"command": "/give", "text": "Jane Doe (Acme) a tour", "team_id": "T1", "user_id": alice.id,
             "channel_id": "C1AUSTIN", "trigger_id": "1.2.abc", "api_app_id": "A1"}  # fmt: skip
    for _ in range(3):
        assert world.deliver(given)[0] == 200
    text = bot.metrics.text()
    found = _samples(text)
    assert found["ack_seconds_count"] >= 4
    assert found['ack_seconds_bucket{le="3"}'] == found["ack_seconds_count"]
    assert found["db_commit_seconds_count"] >= 4
    assert found["inbox_duplicates_total"] == 2
    for secret in ("T1", alice.id, bob.id, "Alice", "RFP", "C1AUSTIN"):
        assert secret not in text


def test_too_many_calls_are_counted_and_the_message_comes_once(alice: Person, bob: Person, bot: GoodTurn) -> None:
    alice.types("/give @carol the first of two")
    assert "slack_429_total" not in _samples(bot.metrics.text())
    alice.world.ask("manage", {"do": "fault", "what": "limited", "on": "chat.postMessage", "seconds": 7})
    alice.types("/give @bob the airport RFP")
    assert _samples(bot.metrics.text())["slack_429_total"] == 1
    alice.world.now.move(seconds=8)
    alice.world.settle()
    assert len(bob.from_the_bot()) == 1


def test_a_database_without_room_is_counted(tmp_path: Path, empty_database: Path, bot: GoodTurn) -> None:
    with pytest.raises(Exception, match="OperationalError"), bot.database.transaction() as session:
        session.connection().exec_driver_sql("INSERT INTO nowhere (team_id) VALUES ('T1')")
    assert _samples(bot.metrics.text())["db_busy_total"] == 1


def test_an_age_is_taken_from_a_clock_that_is_never_set() -> None:
    seconds = [10.0]
    pulse = Pulse(lambda: seconds[0])
    assert pulse.age("pong") is None
    pulse.beat("pong")
    seconds[0] += timedelta(minutes=1).total_seconds()
    assert pulse.age("pong") == 60
    assert pulse.age("tick") is None
