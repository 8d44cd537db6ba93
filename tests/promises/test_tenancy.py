"""No workspace sees or changes another's data: whatever ids of the other stand in whatever request, alone or by chance."""

import random
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import event
from sqlalchemy.exc import MultipleResultsFound

from storage import workspaces
from storage.database import NotSaved
from tests.conftest import MovableClock
from tests.promises.conftest import PEOPLE as PAST
from tests.promises.deliveries import TEAM, Bot, Signed
from tests.promises.forging import Forger
from tests.promises.neighbours import CHANNELS, OTHER, PEOPLE, WORDS, hash_of, ids_by_kind, ids_of, move_in, overheard

CALLS, MANY = 1_000, 10_000
LOOKED_AT_EVERY = 50
UNSEEN = "0" * 28  # as long as an id of ours, and nobody's


@pytest.fixture
def said() -> Iterator[list[str]]:
    with overheard() as said:
        yield said


@pytest.fixture
def neighbours(bot: Bot, empty_database: Path, said: list[str]) -> Bot:
    """A bot that serves two workspaces, and has looked up everybody of one."""
    move_in(bot.database, empty_database)
    with bot.database.transaction() as session:
        workspaces.change(session, TEAM, thanks_emoji="pray", acts_a_day=500)
    bot.good_turn.desk.directory.remember(TEAM, [*PEOPLE, *PAST], bot.clock())
    return bot


def test_calls_by_chance_as_one_workspace_leave_the_other_as_it_was(
    neighbours: Bot, now: MovableClock, said: list[str], long: bool, figure: Callable[[str], None]
) -> None:
    own, calls = hash_of(neighbours.database, TEAM), MANY if long else CALLS
    names = calls_by_chance(neighbours, now, said, calls)
    assert hash_of(neighbours.database, TEAM) != own
    kind = neighbours.database.url.get_backend_name()
    figure(
        f"{calls} calls by chance with another workspace's ids, {len(names)} names, {kind}: 0 rows changed, 0 words seen"
    )


@pytest.mark.parametrize("url", ["sqlite"], indirect=True)
@pytest.mark.parametrize("careless", ["UPDATE", "SELECT"])
def test_a_workspace_that_is_not_bound_would_be_seen(
    neighbours: Bot, now: MovableClock, said: list[str], careless: str
) -> None:
    """A test of the test: statements of this kind reach the other workspace, too, and that is noticed."""

    def reach_further(_conn: Any, _cursor: Any, statement: str, parameters: Any, *_: Any) -> tuple[str, Any]:
        kind = careless if statement.startswith(careless) else "\0"
        return re.sub(rf"(?s)({kind}.*?team_id )=", r"\1>=", statement), parameters

    event.listen(neighbours.database.engine, "before_cursor_execute", reach_further, retval=True)
    with pytest.raises((AssertionError, NotSaved, MultipleResultsFound)):  # the sender finds two rows of one id
        calls_by_chance(neighbours, now, said, CALLS)


@pytest.mark.parametrize("url", ["sqlite"], indirect=True)
@pytest.mark.parametrize("table", ["buttons", "forms"])
def test_what_is_not_yours_is_answered_like_what_is_not_there(neighbours: Bot, table: str, said: list[str]) -> None:
    routes, stood = neighbours.good_turn.routes, hash_of(neighbours.database, OTHER)
    mine = set(ids_of(neighbours.database, TEAM))
    kinds = dict(one for one in ids_by_kind(neighbours.database, OTHER) if one[1] not in mine)
    assert len(kinds) > 20
    for name in getattr(routes, table):
        unseen = plain(answer(neighbours, said, about(routes, table, name, UNSEEN)), UNSEEN)
        for theirs in dict.fromkeys(kinds.values()):
            told = answer(neighbours, said, about(routes, table, name, theirs))
            assert plain(told, theirs) == unseen, (name, theirs)
            assert WORDS not in told
    assert hash_of(neighbours.database, OTHER) == stood


def calls_by_chance(bot: Bot, now: MovableClock, said: list[str], calls: int) -> set[str]:
    """Makes calls as one workspace with ids of the other, and looks whether that is as it was; returns what was called."""
    stood, names = hash_of(bot.database, OTHER), set()
    forger = Forger(random.Random(8), bot.good_turn.routes, PEOPLE, ids_of(bot.database, OTHER), CHANNELS)
    for number in range(1, calls + 1):
        request = forger.any()
        names.add(forger.last)
        status, told = bot.tells(request)
        assert status == 200, request.body
        assert WORDS not in told, request.body
        if number % LOOKED_AT_EVERY == 0:
            settle(bot, now)
            assert hash_of(bot.database, OTHER) == stood, f"one of the last, up to {request.body}"
            assert WORDS not in "".join(said)
            said.clear()
    return names


def about(routes: Any, table: str, name: str, one: str) -> Signed:
    """Is the same request each time, but for the id in it."""
    return Forger(random.Random(3), routes, PEOPLE[:1], [one], CHANNELS).one(table, name)


def answer(bot: Bot, said: list[str], request: Signed) -> str:
    """Returns all that is answered, forms that are opened among it."""
    said.clear()
    status, told = bot.tells(request)
    return f"{status} {told} {said}"


def plain(told: str, one: str) -> str:
    """Returns an answer without what is different each time: the id itself, drafts, triggers."""
    return re.sub(r"[0-9a-f]{28}|trigger\d+", "", told.replace(one, ""))


def settle(bot: Bot, now: MovableClock) -> None:
    """Has everything said that is due."""
    for _ in range(500):
        if bot.good_turn.sender.send_due() == 0 and bot.good_turn.sender.free_at is None:
            return
        if bot.good_turn.sender.free_at is not None:
            now.now = max(now.now, bot.good_turn.sender.free_at)
    raise AssertionError("the outbox never came to rest")
