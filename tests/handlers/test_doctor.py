"""The doctor says what is to do in a sentence each, names what is missing, and shows no token."""

import json
import os
import re
import sqlite3
from datetime import timedelta
from pathlib import Path

import pytest

from app import GoodTurn
from handlers.scopes import WHAT_FOR
from tests.cast import cast
from tests.conftest import MovableClock
from tests.conversation import World
from tests.handlers.conftest import APP_TOKEN, BOT_TOKEN, Says, breaks, mends, operator

ROOT = Path(__file__).parent.parent.parent


def test_all_is_well_where_it_is(says: Says, world: World) -> None:
    done = says("doctor --connect")
    assert done.exit_code == 0
    lines = done.output.splitlines()
    assert [line[:2] for line in lines[:-1]] == ["OK"] * (len(lines) - 1)
    named = [line.split()[1] for line in lines[:-1]]
    assert named == ["settings", "database", "schema", "sqlite", "disk", "slack", "scopes", "sockets"]
    assert "for the workspace T1." in done.output
    assert lines[-1] == "All is well."
    assert BOT_TOKEN not in done.output
    assert APP_TOKEN not in done.output
    assert "wss:" not in done.output
    assert "ws:" not in done.output


def test_the_app_level_token_is_tried_only_when_asked_for(says: Says) -> None:
    assert "sockets" not in says("doctor").output


def test_with_http_no_app_level_token_is_needed(world: World, clock: MovableClock, bot: GoodTurn) -> None:
    done = operator(world, clock, f"sqlite:///{bot.database.url.database}", app_token="")("doctor --connect")
    assert done.exit_code == 0
    assert "with TRANSPORT=http none is needed" in done.output


@pytest.mark.parametrize(
    ("tokens", "name", "says_what"),
    [
        ({"bot_token": "xoxb-stale"}, "slack", "Slack does not take SLACK_BOT_TOKEN (invalid_auth). Put there the Bot"),
        (
            {"app_token": "xapp-stale"},
            "sockets",
            "Slack does not take SLACK_APP_TOKEN (invalid_auth). Put there an App-",
        ),
    ],
)
def test_a_token_that_slack_does_not_take_is_named_and_not_shown(
    world: World, clock: MovableClock, bot: GoodTurn, tokens: dict[str, str], name: str, says_what: str
) -> None:
    done = operator(world, clock, f"sqlite:///{bot.database.url.database}", **tokens)("doctor --connect")
    assert done.exit_code == 1
    assert f"TO DO  {name:<9} {says_what}" in done.output
    assert "-stale" not in done.output
    assert done.output.splitlines()[-1] == "1 thing to do."


@pytest.mark.parametrize(
    ("what", "error", "says_what"),
    [
        ("http_500", "", "Slack cannot be asked at http://"),
        ("nonsense", "", "Slack cannot be asked at http://"),
        ("error", "internal_error", "(internal_error). Look at the network, at SLACK_API_URL and at https://slack-st"),
        ("limited", "", "Slack was asked too often. Ask again in a minute."),
    ],
)
def test_a_slack_that_cannot_be_asked_is_not_taken_for_a_wrong_token(
    says: Says, world: World, what: str, error: str, says_what: str
) -> None:
    breaks(world, what, "auth.test", error)
    done = says("doctor")
    assert done.exit_code == 1
    assert says_what in done.output
    assert "does not take" not in done.output
    mends(world)
    assert says("doctor").exit_code == 0


def test_each_missing_scope_is_named_with_what_it_is_for(says: Says, world: World) -> None:
    world.ask(
        "manage", {"do": "reset", "cast": cast() | {"scopes": ["commands", "chat:write", "im:write", "users:read"]}}
    )
    done = says("doctor")
    assert done.exit_code == 1
    missing = [line for line in done.output.splitlines() if " is missing: " in line]
    assert [line.split()[3] for line in missing] == [
        "mpim:write", "im:history", "files:write", "reactions:read", "channels:read", "groups:read",
    ]  # fmt: skip
    assert "hearing what is written to the bot itself" in missing[1]
    assert "the one emoji" in missing[3]
    assert "dnd:read" not in done.output
    assert "The token has every scope" not in done.output
    assert done.output.splitlines()[-1] == "6 things to do."


def test_a_scope_that_may_be_left_out_is_not_missed(says: Says, world: World) -> None:
    assert "left out" not in says("doctor").output
    world.ask("manage", {"do": "install", "optional": False})
    done = says("doctor")
    assert done.exit_code == 0
    assert "The token has every scope it needs. dnd:read was left out, as it may be." in done.output
    assert done.output.splitlines()[-1] == "All is well."


def test_the_scopes_that_are_explained_are_those_the_app_asks_for() -> None:
    asked_for = json.loads((ROOT / "manifest.json").read_text())["oauth_config"]["scopes"]["bot"]
    assert sorted(WHAT_FOR) == sorted(asked_for)
    table = re.findall(r"^\| `([\w:.]+)` \| (.+) \|$", (ROOT / "docs" / "admins.md").read_text(), re.MULTILINE)
    assert dict(table) == WHAT_FOR


def test_what_is_wrong_with_the_database_is_said_beside_what_is_well(says: Says, bot: GoodTurn) -> None:
    with sqlite3.connect(str(bot.database.url.database)) as other:
        other.execute("UPDATE alembic_version SET version_num = '0000'")
    other.close()
    done = says("doctor")
    assert done.exit_code == 1
    assert "TO DO  schema    The tables are at 0000" in done.output
    assert "Run: python app.py migrate" in done.output
    assert "OK     slack" in done.output


@pytest.mark.parametrize("typed", ["doctor", "outbox list", "outbox retry 1", "outbox drop 1"])
def test_a_database_that_is_not_there_is_said_and_not_made(
    world: World, clock: MovableClock, tmp_path: Path, typed: str
) -> None:
    done = operator(world, clock, f"sqlite:///{tmp_path}/elsewhere.db")(typed)
    assert done.exit_code == 1
    assert "There is no database yet." in done.output
    assert not (tmp_path / "elsewhere.db").exists()


@pytest.mark.parametrize(("hours", "is_well"), [(26, True), (27, False)])
def test_a_backup_is_looked_at_where_there_is_one(says: Says, bot: GoodTurn, hours: int, is_well: bool) -> None:
    assert "backup" not in says("doctor").output
    folder = Path(str(bot.database.url.database)).parent / "backups"
    folder.mkdir()
    newest = folder / f"good_turn-{bot.desk.clock() - timedelta(hours=hours):%Y%m%dT%H%M%SZ}.db"
    newest.touch()
    made = (bot.desk.clock() - timedelta(hours=hours)).timestamp()
    os.utime(newest, (made, made))
    done = says("doctor")
    assert (done.exit_code == 0) is is_well
    assert f"{'OK' if is_well else 'TO DO':<6} backup    The newest backup is {hours} h old." in done.output
