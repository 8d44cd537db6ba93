"""Who may do what: the whole table, cell by cell; and who may be named."""

import itertools
from typing import Any

import pytest

from bot.errors import IsABot, IsFromElsewhere, IsGone, Mistake, Stale, TakesNoPart, YouHaveLeft
from bot.members import MAY, ROLES, may, require, standing, welcome
from storage.tables import Member
from tests.storage.rows import NOW

# Who has this one role and no other may do this (x) or may not (.).
TABLE = """
                          recorder told helper helped owner connector asked other admin member guest left stranger bot
record                       .      .     .      .      .       .       .     .     x     x      x    .      .      .
open home                    .      .     .      .      .       .       .     .     x     x      x    x      .      .
undo                         x      .     .      .      .       .       .     .     .     .      .    .      .      .
edit                         x      .     .      .      .       .       .     .     .     .      .    .      .      .
thank                        .      .     .      x      .       .       .     .     .     .      .    .      .      .
fix                          .      x     .      .      .       .       .     .     .     .      .    .      .      .
remove                       .      x     .      .      .       .       .     .     .     .      .    .      .      .
make private                 x      x     .      .      .       .       .     .     .     .      .    .      .      .
share                        x      .     .      .      .       .       .     .     .     .      .    .      .      .
answer for a post            .      x     .      .      x       .       .     .     x     .      .    .      .      .
note a call                  .      .     .      .      .       .       .     .     x     x      x    .      .      .
answer a call                .      .     .      .      x       .       .     .     .     .      .    .      .      .
introduce                    .      .     .      .      .       .       .     .     x     x      .    .      .      .
answer an introduction       .      .     .      .      .       .       x     .     .     .      .    .      .      .
take back an introduction    .      .     .      .      .       x       .     .     .     .      .    .      .      .
say it is written            .      .     .      .      .       x       x     .     .     .      .    .      .      .
say whether they met         .      .     .      .      .       .       x     .     .     .      .    .      .      .
choose introductions         .      .     .      .      .       .       .     .     x     x      x    .      .      .
choose nudges                .      .     .      .      .       .       .     .     x     x      x    .      .      .
ask                          .      .     .      .      .       .       .     .     x     x      x    .      .      .
offer                        .      .     .      .      .       .       .     .     x     x      x    .      .      .
answer for an ask            .      .     .      .      x       .       .     .     .     .      .    .      .      .
go to an event               .      .     .      .      .       .       .     .     x     x      x    .      .      .
share news                   .      .     .      .      .       .       .     .     x     x      x    .      .      .
export                       .      .     .      .      .       .       .     .     x     x      x    x      .      .
delete                       .      .     .      .      .       .       .     .     x     x      x    x      .      .
remove contacts              .      .     .      .      .       .       .     .     x     x      x    x      .      .
pause                        .      .     .      .      .       .       .     .     x     x      x    .      .      .
choose hours                 .      .     .      .      .       .       .     .     x     x      x    .      .      .
leave                        .      .     .      .      .       .       .     .     x     x      x    x      .      .
come back                    .      .     .      .      .       .       .     .     x     x      x    x      .      .
choose a summary             .      .     .      .      x       .       .     .     x     .      .    .      .      .
choose to be named           .      .     .      .      .       .       .     .     x     x      x    .      .      .
change settings              .      .     .      .      .       .       .     .     x     .      .    .      .      .
name admins                  .      .     .      .      .       .       .     .     x     .      .    .      .      .
export the ledger            .      .     .      .      .       .       .     .     x     .      .    .      .      .
manage feeds                 .      .     .      .      .       .       .     .     x     .      .    .      .      .
see the report               .      .     .      .      .       .       .     .     x     .      .    .      .      .
"""
HEAD, *LINES = TABLE.strip().splitlines()
COLUMNS = HEAD.split()
CELLS = {line[:26].strip(): dict(zip(COLUMNS, line[26:].split(), strict=True)) for line in LINES}


def test_the_table_above_has_every_role_and_every_action() -> None:
    assert tuple(COLUMNS) == ROLES
    assert list(CELLS) == list(MAY)


@pytest.mark.parametrize(("action", "role"), [(action, role) for action in CELLS for role in COLUMNS])
def test_one_role_may_do_what_the_table_says(action: str, role: str) -> None:
    assert may(action, {role}) is (CELLS[action][role] == "x")


@pytest.mark.parametrize("action", CELLS)
def test_several_roles_may_do_what_one_of_them_may_unless_one_shuts_them_out(action: str) -> None:
    cells = CELLS[action]
    for count in range(len(ROLES) + 1):
        for roles in itertools.combinations(ROLES, count):
            is_out = "stranger" in roles or "bot" in roles or ("left" in roles and cells["left"] != "x")
            expected = not is_out and any(cells[role] == "x" for role in roles)
            assert may(action, roles) is expected, roles


def _somebody(**columns: Any) -> Member:
    return Member(team_id="T1", id="m1", slack_id="U1", name="Ana", created_at=NOW, **columns)


@pytest.mark.parametrize(
    ("columns", "roles"),
    [
        ({}, {"member"}),
        ({"is_guest": True}, {"guest"}),
        ({"is_admin": True}, {"member", "admin"}),
        ({"is_named_admin": True}, {"member", "admin"}),
        ({"left_at": NOW}, {"member", "left"}),
        ({"is_stranger": True}, {"member", "stranger"}),
        ({"is_bot": True}, {"member", "bot"}),
        ({"is_admin": True, "left_at": NOW}, {"member", "admin", "left"}),
        ({"paused_until": NOW}, {"member"}),
    ],
)
def test_what_is_known_of_a_member_gives_their_roles(columns: dict[str, object], roles: set[str]) -> None:
    assert standing(_somebody(**columns)) == roles


@pytest.mark.parametrize(
    ("action", "columns", "also", "mistake"),
    [
        ("undo", {}, {"recorder"}, None),
        ("undo", {}, {"other"}, Stale),
        ("undo", {"is_admin": True}, {"other"}, Stale),
        ("undo", {"left_at": NOW}, {"recorder"}, YouHaveLeft),
        ("undo", {"left_at": NOW}, {"other"}, Stale),
        ("record", {}, set(), None),
        ("record", {"left_at": NOW}, set(), YouHaveLeft),
        ("record", {"is_stranger": True}, set(), Stale),
        ("record", {"is_stranger": True, "left_at": NOW}, set(), Stale),
        ("come back", {"left_at": NOW}, set(), None),
        ("change settings", {}, set(), Stale),
        ("change settings", {"is_named_admin": True}, set(), None),
        ("change settings", {"is_admin": True, "left_at": NOW}, set(), YouHaveLeft),
    ],
)
def test_who_may_not_is_told_no_more_than_they_may_know(
    action: str, columns: dict[str, object], also: set[str], mistake: type[Mistake] | None
) -> None:
    if mistake is None:
        require(action, _somebody(**columns), also)
    else:
        with pytest.raises(mistake):
            require(action, _somebody(**columns), also)


@pytest.mark.parametrize(
    ("columns", "mistake"),
    [
        ({}, None),
        ({"is_guest": True}, None),
        ({"paused_until": NOW}, None),
        ({"is_bot": True}, IsABot),
        ({"is_gone": True}, IsGone),
        ({"is_stranger": True}, IsFromElsewhere),
        ({"left_at": NOW}, TakesNoPart),
        ({"is_bot": True, "is_gone": True, "left_at": NOW}, IsABot),
        ({"is_gone": True, "is_stranger": True}, IsGone),
    ],
)
def test_who_cannot_be_named_is_said_with_the_reason(columns: dict[str, object], mistake: type[Mistake] | None) -> None:
    if mistake is None:
        welcome(_somebody(**columns))
    else:
        with pytest.raises(mistake) as said:
            welcome(_somebody(**columns))
        assert said.value.name == "Ana"  # type: ignore[attr-defined]  # each of these carries it
