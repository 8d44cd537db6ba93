"""A program that moves to PostgreSQL: told when it must stop first, started on the other, and nothing is said twice."""

import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from storage.database import Database
from tests import postgres
from tests.conversation import Person, World
from tests.test_program import ROOT, command, environment, running, until

pytestmark = pytest.mark.postgres


@pytest.fixture(scope="module")
def server() -> Iterator[Database]:
    with postgres.running() as first:
        yield first


@pytest.fixture
def elsewhere(server: Database) -> str:
    """The address of a PostgreSQL database without any table."""
    postgres.run(server, "DROP DATABASE IF EXISTS elsewhere WITH (FORCE)", "CREATE DATABASE elsewhere")
    return server.url.set(database="elsewhere", drivername="postgresql").render_as_string(hide_password=False)


def test_what_waited_in_the_file_is_said_from_postgresql_once_and_from_the_file_never(
    slack: World, tmp_path: Path, elsewhere: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    alice, bob = Person(slack, "alice", "U1ALICE"), Person(slack, "bob", "U2BOB")
    with running(slack, tmp_path, "run"):
        alice.types("/give @bob the airport RFP went out today")
        until(lambda: "Alice recorded a good turn for you" in bob.text())
        slack.ask("manage", {"do": "fault", "what": "limited", "on": "chat.postMessage", "seconds": 5, "times": 100})
        alice.types("/give @bob where to find a surveyor")
        alice.sees("where to find a surveyor")
        code, says = command(tmp_path, "move", "--to", elsewhere)
        assert code == 1
        assert says.endswith("the program is running on it. Stop the program first. Nothing was moved.\n")
    slack.ask("manage", {"do": "clear_faults"})
    code, says = command(tmp_path, "move", "--to", elsewhere)
    assert code == 0
    assert re.search(
        r"^Moved to postgresql://.*: \d+ rows, the numbers and checksums of each table equal", says, re.MULTILINE
    )
    assert re.search(r"^  acts +2  [0-9a-f]{16}$", says, re.MULTILINE)
    _nothing_starts(slack, tmp_path, elsewhere)
    monkeypatch.setattr("tests.test_program.environment", _on(elsewhere))
    with running(slack, tmp_path, "run"):
        until(lambda: "where to find a surveyor" in bob.text())
        alice.opens_home()
        until(lambda: "2 good turns" in alice.text() or "1 person helped" in alice.text())
    told = [str(message) for message in bob.from_the_bot()]
    assert sum("surveyor" in one for one in told) == sum("airport" in one for one in told) == 1


def _on(url: str) -> object:
    return lambda world, folder, **changes: environment(world, folder, **{"DATABASE_URL": url} | changes)


def _nothing_starts(slack: World, folder: Path, elsewhere: str) -> None:
    """Looks that each command on the file says where it went, and does nothing."""
    before = (folder / "good_turn.db").read_bytes()
    for words in (["run"], ["migrate"], ["outbox", "list"], ["outbox", "retry", "x"], ["drill"], ["restored"]):
        given = environment(slack, folder)
        done = subprocess.run(
            [sys.executable, "app.py", *words], cwd=ROOT, env=given, capture_output=True, text=True, check=False
        )
        assert done.returncode in (1, 2), words
        assert "it was moved to postgresql://" in done.stderr, words
        assert "Set DATABASE_URL to that" in done.stderr
        assert "Traceback" not in done.stderr
    code, says = command(folder, "doctor", SLACK_API_URL=f"{slack.url}/api/")
    assert code == 1
    assert "The rows are not here: it was moved to postgresql://" in says
    code, says = command(folder, "move", "--to", elsewhere)
    assert (code, "it was moved there already" in says) == (1, True)
    assert (folder / "good_turn.db").read_bytes() == before


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (
            ["--to", "sqlite:///other.db"],
            "--to is no PostgreSQL database. It looks like this: postgresql://user@host/name",
        ),
        (["--to", "geheim"], "--to is no PostgreSQL database. It looks like this: postgresql://user@host/name"),
        (["--to", "postgresql://me:geheim@127.0.0.1:9/name"], "There is no database yet."),
    ],
)
def test_what_cannot_be_moved_is_said_in_a_line(tmp_path: Path, words: list[str], says: str) -> None:
    code, said = command(tmp_path, "move", *words)
    assert code == 1
    assert said.startswith(says)
    assert said.count("\n") == 1
    assert "geheim" not in said


def test_a_server_that_cannot_be_reached_is_said_in_a_line(tmp_path: Path) -> None:
    assert command(tmp_path, "migrate")[0] == 0
    code, said = command(tmp_path, "move", "--to", "postgresql://me:geheim@127.0.0.1:9/name")
    assert (code, said.count("\n")) == (1, 1)
    assert said.startswith("Not moved: PostgreSQL ")
    assert "geheim" not in said


def test_from_postgresql_its_own_tools_are_named(tmp_path: Path, elsewhere: str) -> None:
    code, said = command(tmp_path, "move", "--to", elsewhere, DATABASE_URL=elsewhere)
    assert code == 1
    assert "DATABASE_URL names a PostgreSQL database already" in said
