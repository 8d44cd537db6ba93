"""Whatever is delivered under a good signature: no exception escapes, no traceback is shown, memory stays as it was."""

import asyncio
import copy
import json
import random
import resource
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from handlers.payloads import is_readable
from handlers.serving.transport import Intake
from tests.conftest import AtOnce, MovableClock
from tests.promises.deliveries import TEAM, Bot, Signed
from tests.promises.forging import Forger, form_of
from tests.promises.neighbours import CHANNELS, PEOPLE, ids_of, move_in, overheard
from tests.promises.test_tenancy import settle

CALLS, MANY = 1_000, 10_000
MOST_MEMORY = 100_000  # kB more than before, of which the most is what a first picture loads
HUGE = 100_000
DEEP: Any = json.loads("[" * 200 + "]" * 200)
ODD: tuple[Any, ...] = (
    None, True, 0, 7, -1, 1.5, 10**30, "", "x", "x" * 3_000, "\0", "a\0b", "\ud800", "'OR/**/1=1--", "\u202e", "<!channel>",
    "{", ":", "::", "2026-13-45", "25:99", "-", "0", [], ["a"], [None], [{}], {}, {"a": "b"}, {"value": None}, {"id": 7},
    DEEP, "9" * 5_000, "x" * HUGE,
)  # fmt: skip
KEYS = (
    "type", "command", "text", "team", "team_id", "user", "user_id", "id", "actions", "action_id", "value", "view", "callback_id",
    "state", "values", "event", "channel", "item", "selected_option", "trigger_id", "authorizations", "enterprise", "payload",
)  # fmt: skip
KINDS = (
    "block_actions",
    "view_submission",
    "message_action",
    "shortcut",
    "event_callback",
    "reaction_added",
    "user_change",
)
LEAVES = (
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=9) | st.sampled_from((*KINDS, *PEOPLE))
)
INSIDE = st.recursive(
    LEAVES, lambda one: st.lists(one, max_size=2) | st.dictionaries(st.sampled_from(KEYS), one, max_size=6)
)
PAYLOADS = st.fixed_dictionaries(
    {}, optional={"type": st.sampled_from(KINDS), "team": st.just({"id": TEAM}), "user": st.just({"id": PEOPLE[0]}),
                  "command": st.text(max_size=5) | st.just("/give"), "text": st.text(), "view": INSIDE, "event": INSIDE,
                  "actions": INSIDE, "state": INSIDE, "container": INSIDE, "callback_id": INSIDE, "trigger_id": INSIDE,
                  "channel": INSIDE, "authorizations": INSIDE}
)  # fmt: skip


class Door:
    """Where requests come in, up to Bolt and back."""

    def __init__(self, bot: Bot) -> None:
        good = bot.good_turn
        self.intake = Intake(good.bolt, bot.clock, AtOnce(), AtOnce(), good.metrics)
        self.refused = 0

    def answers(self, runner: asyncio.Runner, request: Signed) -> None:
        """Has a request answered, be it with a no; an error of ours would be a 500, or be raised."""
        response = runner.run(self.intake.take(request.body, request.headers))
        assert response is not None
        assert response.status in (200, 401, 404), f"{response.status} {request.body[:3000]}"
        assert "Traceback" not in response.body
        self.refused += response.status == 401


@pytest.fixture
def served(bot: Bot, empty_database: Path) -> Iterator[Bot]:
    """A bot with rows in every table, whom Slack answers."""
    with overheard():
        move_in(bot.database, empty_database)
        bot.good_turn.desk.directory.remember(TEAM, PEOPLE, bot.clock())
        yield bot


def test_real_requests_with_odd_values_are_answered(
    served: Bot, now: MovableClock, long: bool, figure: Callable[[str], None]
) -> None:
    chance, door, calls = random.Random(88), Door(served), MANY if long else CALLS
    ids, odd = ids_of(served.database, TEAM), lambda: chance.choice(ODD)
    forger, started = Forger(chance, served.good_turn.routes, PEOPLE, ids, CHANNELS, odd), _memory()
    with asyncio.Runner() as runner:
        for number in range(calls):
            request = forger.any()
            door.answers(runner, _mutated(request, chance) if number % 2 else request)
            if number % 100 == 99:
                settle(served, now)
                served.answers.said.clear()
    grown, kind = _memory() - started, served.database.url.get_backend_name()
    figure(f"{calls} requests with odd values, {door.refused} refused unread, {kind}: 0 exceptions, {grown // 1000} MB")
    assert grown < MOST_MEMORY
    assert 0.1 < door.refused / calls < 0.6


def test_payloads_made_of_anything_are_answered(served: Bot) -> None:
    door = Door(served)

    @settings(max_examples=300, deadline=None, database=None, suppress_health_check=list(HealthCheck))
    @given(PAYLOADS | INSIDE, st.booleans())
    def deliver(payload: Any, is_event: bool) -> None:
        body = json.dumps(payload)
        kind = "application/json" if is_event else "application/x-www-form-urlencoded"
        door.answers(runner, Signed(body, kind) if is_event else Signed("payload=x", kind).holding(payload))

    with asyncio.Runner() as runner:
        deliver()


@pytest.mark.parametrize(
    "body", ["", "{", "{}", "[]", "payload=", "payload=[", "payload=7", "payload=null", "\0", "{" * 9_000, '{"a":' * 200_000,
             "payload=" + "[" * 200_000, '{"event": {}}', '{"event": 7}', "payload=%00", "a=b&" * 20_000, '{"type": 1e999}']
)  # fmt: skip
def test_what_is_no_payload_at_all_is_answered(bot: Bot, body: str) -> None:
    with asyncio.Runner() as runner:
        Door(bot).answers(
            runner, Signed(body, "application/json" if body.startswith("{") else "application/x-www-form-urlencoded")
        )


def test_every_real_request_is_read(bot: Bot) -> None:
    forger = Forger(random.Random(1), bot.good_turn.routes, PEOPLE, ["a"], CHANNELS)
    for table in ("commands", "buttons", "forms", "shortcuts", "events"):
        for name in getattr(bot.good_turn.routes, table):
            assert is_readable(forger.one(table, name).body), name


def _mutated(request: Signed, chance: random.Random) -> Signed:
    """Returns a request in which something is missing, or something else stands."""
    payload = form_of(request)
    for _ in range(chance.choice((1, 1, 1, 2, 4))):
        holder, key = chance.choice(list(_places(payload)))
        if chance.random() < 0.3:
            del holder[key]
        else:
            holder[key] = copy.deepcopy(chance.choice(ODD))
    return request.holding(payload)


def _places(value: Any) -> Iterator[tuple[Any, Any]]:
    if isinstance(value, dict | list):
        for key, inner in list(value.items() if isinstance(value, dict) else enumerate(value)):
            yield value, key
            yield from _places(inner)


def _memory() -> int:
    """Returns the most memory that the process had, in kB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
