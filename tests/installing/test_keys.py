"""Keys in turn: a new one in front, everything encrypted anew, the old one away; and a wrong one that stops the start."""

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

import app
from handlers.workspaces import keys
from handlers.workspaces.access import WrongKeys
from handlers.workspaces.keys import Keys, NotOpened, Tokens
from storage import installations
from storage.database import Database
from storage.tables import Installation
from tests.conftest import AtOnce, MovableClock
from tests.installing.offices import Office, settings
from tests.lookout import CLIENT_SECRET, KEY, OTHER_KEY, look_through
from tests.test_program import ROOT, environment

Run = Callable[..., tuple[int, str]]


def start(office: Office, clock: MovableClock, token_keys: str) -> app.GoodTurn:
    """Starts another program on the same database, with these keys."""
    given = settings(office.world.url, str(office.bot.database.url), office.url, token_keys=token_keys)
    return app.assemble(given, clock, AtOnce())


@pytest.fixture
def run(office: Office, tmp_path: Path) -> Run:
    """Types one of the program's commands, with these keys; returns its exit code and all that it says."""

    def types(*words: str, token_keys: str = KEY, answer: str = "") -> tuple[int, str]:
        many = {
            "SLACK_BOT_TOKEN": "", "TRANSPORT": "http", "SLACK_SIGNING_SECRET": "s", "SLACK_CLIENT_ID": "111.222",
            "SLACK_CLIENT_SECRET": CLIENT_SECRET, "PUBLIC_URL": office.url, "TOKEN_KEYS": token_keys, "HEALTH_PORT": "0",
        }  # fmt: skip
        given = environment(office.world, tmp_path, **many)
        done = subprocess.run(
            [sys.executable, "app.py", *words], cwd=ROOT, env=given, input=answer, capture_output=True, text=True,
            timeout=60, check=False,
        )  # fmt: skip
        look_through(done.stdout + done.stderr)
        return done.returncode, done.stdout + done.stderr

    return types


def test_the_first_closes_and_any_opens(office: Office) -> None:
    office.installs("T1")
    with office.bot.database.reading() as session:
        row = installations.find(session, "T1")
    assert row is not None
    assert Keys([OTHER_KEY, KEY]).open(row).access.startswith("xoxb-T1")
    assert not Keys([OTHER_KEY, KEY]).is_first(row)
    with pytest.raises(NotOpened):
        Keys([OTHER_KEY]).open(row)


def test_what_is_closed_for_one_workspace_opens_nothing_in_the_row_of_another(office: Office) -> None:
    office.installs("T1")
    office.installs("T2")
    with office.bot.database.transaction() as session:
        one, other = installations.find(session, "T1"), installations.find(session, "T2")
        assert one is not None
        assert other is not None
        assert installations.reseal(session, other, str(one.sealed))
    with pytest.raises(WrongKeys, match="1 of 2"):
        keys.check(office.bot.database, Keys([KEY]))


def test_a_new_key_in_front_rotated_and_the_old_one_away(office: Office, clock: MovableClock, run: Run) -> None:
    office.installs("T1")
    office.installs("T2")
    code, said = run("keys", "rotate", token_keys=f"{OTHER_KEY},{KEY}")
    assert code == 0, said
    assert "All 2 use the first key now; 2 did not before." in said
    code, said = run("keys", "rotate", token_keys=OTHER_KEY)
    assert "All 2 use the first key now; 0 did not before." in said
    another = start(office, clock, OTHER_KEY)
    assert another.access.client_for("T1").auth_test()["team_id"] == "T1"
    another.database.close()


def test_a_key_that_opens_nothing_stops_the_start_with_one_line(office: Office, run: Run) -> None:
    office.installs("T1")
    for words in (["run"], ["keys", "rotate"]):
        code, said = run(*words, token_keys=OTHER_KEY)
        assert code in (1, 2)
        assert said.splitlines()[-1].startswith(
            "TOKEN_KEYS does not open 1 of 1 of the stored installations. Put the key back"
        )
        assert "Traceback" not in said
        assert OTHER_KEY not in said


def test_doctor_says_whether_the_keys_open_and_who_has_to_install_it_anew(office: Office, run: Run) -> None:
    office.installs("T1")
    code, said = run("doctor")
    assert "OK     keys      The keys open all 1 of the stored installations." in said
    assert "OK     installs" in said
    assert "SLACK_BOT_TOKEN" not in said
    code, said = run("doctor", token_keys=OTHER_KEY)
    assert code == 1
    assert "TO DO  keys      TOKEN_KEYS does not open 1 of 1" in said
    with office.bot.database.transaction() as session:
        row = installations.find(session, "T1")
        assert row is not None
        installations.note_failure(session, row, "invalid_refresh_token")
    assert "TO DO  installs  Slack takes no token any more, or gives no other, in T1" in run("doctor")[1]
    office.installs("T1")
    assert "OK     installs" in run("doctor")[1]
    with office.bot.database.transaction() as session:
        row = installations.find(session, "T1")
        assert row is not None
        installations.save(session, Installation(**row.model_dump() | {"scopes": "commands"}))
    assert "TO DO  installs  A scope is missing in T1" in run("doctor")[1]


@pytest.mark.parametrize("answer", ["y\n", "n\n"])
def test_what_no_key_opens_can_be_forgotten_after_asking(office: Office, run: Run, answer: str) -> None:
    office.installs("T1")
    code, said = run("keys", "forget")
    assert (code, said) == (0, "The keys open all that is stored, and nothing was changed.\n")
    code, said = run("keys", "forget", token_keys=OTHER_KEY, answer=answer)
    with office.bot.database.reading() as session:
        left = installations.all_teams(session)
    assert left == ([] if answer == "y\n" else ["T1"])
    assert ("T1 has to install the app anew." in said) is (answer == "y\n")


def test_a_new_key_is_shown_and_kept_nowhere(run: Run) -> None:
    code, said = run("keys", "new")
    assert code == 0
    assert Keys([said.strip()]).close("T1", Tokens("xoxb-1"))


def test_one_workspace_needs_no_keys(tmp_path: Path) -> None:
    Database(f"sqlite:///{tmp_path}/good_turn.db").close()
    done = subprocess.run(
        [sys.executable, "app.py", "keys", "rotate"], cwd=ROOT, env=environment(None, tmp_path), capture_output=True,
        text=True, timeout=60, check=False,
    )  # fmt: skip
    assert done.returncode == 1
    assert "There are no TOKEN_KEYS, and none are needed for one workspace." in done.stderr


def test_one_workspace_loads_no_encryption() -> None:
    code = "import app, sys; sys.exit('cryptography' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=False).returncode == 0
