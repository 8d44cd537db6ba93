"""The program beside its operator: backed up while it runs, restored when it does not, looked at and set right by hand."""

import subprocess
import sys
from pathlib import Path

from storage import locks, migrate
from storage.database import Database
from tests.conversation import Person, World
from tests.lookout import look_through
from tests.storage import migrating
from tests.test_program import ROOT, command, environment, running, until


def test_it_is_backed_up_while_it_runs_and_restored_when_it_does_not(slack: World, tmp_path: Path) -> None:
    alice = Person(slack, "alice", "U1ALICE")
    file = str(tmp_path / "kept.db")
    with running(slack, tmp_path, "run") as program:
        alice.types("/give Jane Doe (Acme) tour")
        code, says = command(tmp_path, "backup", file)
        assert (code, "looked through and whole" in says) == (0, True)
        assert command(tmp_path, "drill")[0] == 0
        code, says = command(tmp_path, "restore", file)
        assert code == 1
        assert says == (
            "Not while somebody else has the database: the program is running on it. "
            "Stop the program first. Nothing was changed.\n"
        )
        program.kill()  # its lock goes with it
        program.wait()
        code, says = command(tmp_path, "restore", file)
        assert (code, "1 workspace, 1 member, 1 act" in says) == (0, True)
        code, says = command(tmp_path, "drill")
        assert code == 0
        assert says.splitlines()[-1].endswith("The database was only read, and nobody was written to.")
    with running(slack, tmp_path):
        alice.opens_home()
        until(lambda: "1 person helped" in alice.text())


def test_two_that_start_at_once_on_an_older_database_make_one_backup_and_one_upgrade(tmp_path: Path) -> None:
    older = Database(f"sqlite:///{tmp_path}/good_turn.db")
    migrating.fill_first(older, 1_000)
    older.close()
    given = environment(None, tmp_path, BACKUP_FOLDER=str(tmp_path / "elsewhere"))
    started = [sys.executable, "app.py", "migrate"]
    both = [subprocess.Popen(started, cwd=ROOT, env=given, stderr=subprocess.PIPE) for _ in range(2)]
    assert [one.communicate(timeout=60)[1] for one in both] == [b"", b""]
    assert [one.returncode for one in both] == [0, 0]
    [kept] = (tmp_path / "elsewhere").iterdir()
    assert kept.name.endswith(f"-before-{migrate.newest()}.db")


def test_where_no_backup_can_be_made_the_tables_stay_and_nothing_starts(tmp_path: Path) -> None:
    older = Database(f"sqlite:///{tmp_path}/good_turn.db")
    migrating.fill_first(older, 10)
    (tmp_path / "backups").write_text("not a folder")
    code, says = command(tmp_path, "migrate")
    assert code == 2
    assert says.startswith("The tables are as they were, since no backup of them could be made: ")
    assert says.count("\n") == 1
    with older.engine.connect() as connection:
        assert migrate.version(connection) == "0001"
    older.close()


def test_it_does_not_start_on_a_database_that_is_being_restored(tmp_path: Path) -> None:
    with locks.alone(tmp_path / "good_turn.db"):
        code, says = command(tmp_path, "run")
    assert code == 2
    assert says == (
        "The database cannot be used: it is being restored at this moment. Start the program once that is done.\n"
    )


def said(world: World | None, folder: Path, *words: str, **changes: str) -> tuple[int, str, str]:
    """Runs a command to its end, and returns its code and what it said, aloud and beside."""
    command, given = [sys.executable, "app.py", *words], environment(world, folder, **changes)
    done = subprocess.run(command, cwd=ROOT, env=given, capture_output=True, text=True, timeout=30, check=False)
    look_through(done.stdout + done.stderr)
    return done.returncode, done.stdout, done.stderr


def test_the_doctor_looks_at_a_program_that_runs_and_at_what_is_wrong_before_it_does(
    slack: World, tmp_path: Path
) -> None:
    code, found, _ = said(slack, tmp_path, "doctor")
    assert (code, "There is no database yet." in found) == (1, True)
    with running(slack, tmp_path, "run"):
        code, found, beside = said(slack, tmp_path, "doctor", "--connect")
        assert (code, found.splitlines()[-1], beside) == (0, "All is well.", "")
        code, found, beside = said(slack, tmp_path, "doctor", SLACK_BOT_TOKEN="xoxb-stale")
        assert (code, found.splitlines()[-1]) == (1, "1 thing to do.")
        assert "xoxb-stale" not in found + beside
    code, found, beside = said(slack, tmp_path, "doctor", SLACK_BOT_TOKEN="")
    assert (code, found) == (2, "")
    assert "SLACK_BOT_TOKEN is missing. Put there: " in beside


def test_a_message_that_slack_did_not_take_is_sent_by_hand_while_the_program_runs(slack: World, tmp_path: Path) -> None:
    alice, bob = Person(slack, "alice", "U1ALICE"), Person(slack, "bob", "U2BOB")
    with running(slack, tmp_path, "run"):
        assert said(slack, tmp_path, "outbox", "list")[1].startswith("Nothing waits")
        fault = {"do": "fault", "what": "error", "on": "chat.postMessage", "error": "is_archived", "times": 1}
        slack.ask("manage", fault)
        alice.types("/give @bob the airport RFP went out today")
        until(lambda: "is_archived" in said(slack, tmp_path, "outbox", "list", "--state", "dead")[1])
        listed = said(slack, tmp_path, "outbox", "list")[1]
        assert "airport" not in listed
        row_id = listed.splitlines()[1].split()[0]
        code, told, beside = said(slack, tmp_path, "outbox", "retry", row_id)
        assert (code, beside) == (0, "")
        assert told.startswith(f"{row_id} was dead, and goes out now")
        until(lambda: "Alice recorded a good turn for you" in bob.text())
        assert said(slack, tmp_path, "outbox", "drop", row_id) == (1, "", "It has been said.\n")
