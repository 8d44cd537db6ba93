"""The permission table, through the listeners themselves: everything that is heard, from people of every standing."""

import random
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text

from bot import members
from bot.members import ROLES
from tests.bot.test_members import CELLS
from tests.promises.deliveries import TEAM, Bot, Signed, form, press
from tests.promises.forging import Forger
from tests.promises.listeners import rows
from tests.promises.neighbours import CHANNELS, PEOPLE, ids_by_kind, move_in, overheard
from tests.storage.everything import SLACK_ID

TIMES = 12
KINDS = ("commands", "buttons", "forms", "shortcuts", "events")
# They tell of people, or end what the others are about; there are tests of their own.
TELLS = ("user_change", "data.deleted")
NEVER = ("stranger", "bot")
# Whose ids the buttons and forms of a feature carry.
ABOUT = {
    "acts": "acts.said_id acts.root_id drafts.id", "callbacks": "callback_turns.id callbacks.id drafts.id",
    "introductions": "introductions.id introduction_sides.id drafts.id", "meetings": "introductions.id introduction_sides.id",
    "summaries": "channels.id", "asks": "asks.id drafts.id", "nudges": "nudges.id", "posts": "outbox.id", "feeds": "feeds.id",
    "items": "items.id", "shares": "items.id", "data": "contacts.id",
}  # fmt: skip
# What columns make somebody of this standing. The one who asks has rows in every table, so that nothing else keeps them from it.
STANDINGS = {
    "admin": "is_admin = true",
    "member": "is_admin = false, is_named_admin = false",
    "guest": "is_admin = false, is_named_admin = false, is_guest = true",
    "left": "left_at = '2026-03-01 00:00:00.000000'",
    "stranger": "is_stranger = true",
    "bot": "is_bot = true",
}
# A draft is what somebody said themselves and nobody else reads; the inbox holds keys.
OWN: dict[str, list[Any]] = {"drafts": [], "inbox": []}
ME = f"(SELECT id FROM members WHERE team_id = '{TEAM}' AND slack_id = '{SLACK_ID}')"
THEIRS: tuple[tuple[str, Callable[[str], Signed]], ...] = (
    (
        f"said_id FROM acts WHERE recorded_by = {ME}",
        lambda one: form(SLACK_ID, "acts.shared", one, channel=("selected_conversation", "C9")),
    ),
    (
        f"root_id FROM acts WHERE recorded_by <> {ME} AND {ME} IN (helper_id, helped_id)",
        lambda one: form(SLACK_ID, "acts.fixed", one),
    ),
    (
        f"id FROM outbox WHERE owner_id = {ME} AND channel = 'C1'",
        lambda one: press(SLACK_ID, "posts.there", one, where="home"),
    ),
    (f"id FROM introductions WHERE connector_id = {ME}", lambda one: press(SLACK_ID, "introductions.written", one)),
)
# How somebody stands to a thing, and not in the workspace.
RELATIONS = [role for role in ROLES if role not in STANDINGS]
Asked = list[tuple[str, frozenset[str], bool]]


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> Asked:
    """What the listeners ask of the table: the action, the roles and what was said."""
    said: Asked = []
    answer = members.may

    def may(action: str, roles: Any) -> bool:
        said.append((action, frozenset(roles), answer(action, roles)))
        return said[-1][2]

    monkeypatch.setattr(members, "may", may)
    return said


@pytest.fixture
def served(bot: Bot, empty_database: Path) -> Iterator[Bot]:
    """A bot with rows in every table, whom Slack answers."""
    with overheard():
        move_in(bot.database, empty_database)
        bot.good_turn.desk.directory.remember(TEAM, PEOPLE, bot.clock())
        yield bot


@pytest.mark.parametrize("url", ["sqlite"], indirect=True)
@pytest.mark.parametrize("standing", STANDINGS)
def test_each_action_is_asked_about_and_people_of_elsewhere_and_apps_change_nothing(
    served: Bot, asked: Asked, standing: str, figure: Callable[[str], None]
) -> None:
    theirs = _theirs(served)
    _everything(served, standing, {**rows(served.database), **OWN} if standing in NEVER else None, theirs)
    for action, roles, answer in asked:
        is_out = bool({"stranger", "bot"} & roles) or ("left" in roles and CELLS[action]["left"] != "x")
        assert answer is (not is_out and any(CELLS[action][role] == "x" for role in roles)), (action, roles)
    seen = {action for action, roles, _ in asked if standing in roles}
    assert set(members.MAY) - seen == set()
    of_relations = {(action, role) for action, cells in CELLS.items() for role in RELATIONS if cells[role] == "x"}
    assert of_relations - {(action, role) for action, roles, _ in asked for role in roles} == set()
    figure(
        f"permission table: {len(seen)} of {len(members.MAY)} actions asked about by real listeners, and all {len(of_relations)}"
        f" cells of those whose own a thing is, standing: {standing}"
    )


def _everything(bot: Bot, standing: str, stood: Any, theirs: list[Signed]) -> None:
    """Has the one who has everything use everything, and looks whether anything but their drafts has changed."""
    forger = Forger(random.Random(5), bot.good_turn.routes, [SLACK_ID], [], CHANNELS)
    kinds, calm = list(ids_by_kind(bot.database, TEAM)), {**stood, **OWN} if stood else None
    for one in theirs:
        _make(bot, standing)
        assert bot.takes(one).status == 200
    for kind in KINDS:
        for name in getattr(bot.good_turn.routes, kind):
            tables = ABOUT.get(name.split(".")[0], "members.id")
            forger.ids = sorted({one for place, one in kinds if place in tables.split()})
            for _ in range(TIMES if name not in TELLS else 0):
                _make(bot, standing)
                if calm is not None:
                    calm["members"] = rows(bot.database)["members"]
                assert bot.takes(forger.one(kind, name)).status == 200
            if calm is not None:
                assert {**rows(bot.database), **OWN} == calm, name


def _theirs(bot: Bot) -> list[Signed]:
    """Returns what is theirs in one way of several, used as the forger hardly ever does by chance."""
    with bot.database.engine.begin() as connection:
        connection.execute(text(f"UPDATE outbox SET owner_id = {ME} WHERE team_id = '{TEAM}' AND channel = 'C1'"))
        asked = f"SELECT {{}} AND team_id = '{TEAM}' ORDER BY id LIMIT 1"
        return [forge(str(connection.execute(text(asked.format(id_of))).scalar_one())) for id_of, forge in THEIRS]


def _make(bot: Bot, standing: str) -> None:
    """Gives them a standing, whatever they did before."""
    calm = (
        "is_admin = true, is_named_admin = false, is_guest = false, left_at = NULL, is_stranger = false, is_bot = false"
    )
    with bot.database.engine.begin() as connection:
        for columns in (calm, STANDINGS[standing]):
            set_so = text(f"UPDATE members SET {columns} WHERE team_id = :team AND slack_id = :who")
            connection.execute(set_so, {"team": TEAM, "who": SLACK_ID})
