"""Exports in bad weather, and a program that ends at each step of one: shown once, or not known, and never twice."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from functools import partial
from random import Random

from sqlmodel import col, select

from storage.database import Database
from storage.tables import Outgoing
from tests.cast import AUSTIN, CAST
from tests.simulation import runs
from tests.simulation.process import Dangers
from tests.simulation.world import World

START = datetime(2026, 3, 2, 15, 0, tzinfo=UTC)
WHO = ("alice", "bob", "carol", "dan", "eve", "kim")
LENGTH, CALM = timedelta(hours=6), timedelta(days=3)
NOTICE = "Slack did not confirm the files"
SEEDS = 15


def _run(number: int, database: Database, dangers: Dangers, asks: int, processes: int = 2, *, is_bad: bool) -> World:
    """Has people ask for their data, and lets three calm days pass after it."""
    url = database.url.render_as_string(hide_password=False)
    world, chance = World(url, number, START, processes=processes, dangers=dangers), Random(number)
    world.weather.is_bad = is_bad

    def asks_for_it(who: str) -> None:
        world.act(str(CAST[who]["id"]), "say", channel=AUSTIN, text="/give <@U7GUS> the RFP")
        world.act(str(CAST[who]["id"]), "say", channel=AUSTIN, text="/network export")

    for one in range(asks):
        moment = START + LENGTH * chance.random()
        world.clockwork.at(moment, partial(asks_for_it, WHO[one % len(WHO)]))
    with world.running():
        world.run_until(START + LENGTH)
        world.weather.is_bad = False
        dangers.pauses = dangers.kills = 0
        world.run_until(START + LENGTH + CALM)
    return world


def _judge(world: World, database: Database) -> dict[str, int]:
    """Compares what people saw with what the outbox says, and counts what became of it."""
    with database.reading() as session:
        mine = (Outgoing.team_id == "T1", Outgoing.verb == "file")
        rows = list(session.exec(select(Outgoing).where(*mine).order_by(col(Outgoing.id))))
    workspace = world.slack.workspaces["T1"]
    shared = [
        file
        for room in workspace.conversations.values()
        for message in room.messages.values()
        for file in message.files[:1]
    ]
    told = sum(NOTICE in sight.text for sight in workspace.seen)
    by_state = {state: [row for row in rows if row.state == state] for state in ("sent", "unconfirmed", "dead")}
    assert sum(map(len, by_state.values())) == len(rows), "each came to its end"
    assert len(shared) == len(set(shared)), "shown twice"
    for row in by_state["sent"]:
        assert row.slack_ts in shared, "lost"
    known = {row.slack_ts for row in rows}
    assert [one for one in shared if one not in known] == [], "said, and recorded as unsaid"
    assert not {row.slack_ts for row in by_state["dead"]} & set(shared)
    assert told == len(by_state["unconfirmed"]), "each owner reads so once"
    return {"rows": len(rows), "shown": len(shared), **{state: len(found) for state, found in by_state.items()}}


def test_in_bad_weather_files_are_shown_at_most_once_and_what_is_not_known_is_told(
    figure: Callable[[str], None],
) -> None:
    totals: dict[str, int] = {}
    deaths = 0
    with runs.on_sqlite() as fresh:
        for number in range(SEEDS):
            database = fresh()
            world = _run(number, database, Dangers(0.02, 0.01), asks=6, is_bad=True)
            for name, count in _judge(world, database).items():
                totals[name] = totals.get(name, 0) + count
            deaths += sum(process.deaths for process in world.processes)
            database.close()
    figure(f"exports in bad weather, {SEEDS} seeds, {deaths} ends of a process: {totals}")
    assert totals["unconfirmed"] > 0
    assert totals["sent"] > totals["rows"] / 2


def test_the_program_may_end_at_each_step_of_an_export(figure: Callable[[str], None]) -> None:
    with runs.on_sqlite() as fresh:
        calm = Dangers()
        database = fresh()
        assert _judge(_run(1, database, calm, asks=1, processes=1, is_bad=False), database)["sent"] == 1
        unconfirmed = 0
        for step in range(1, calm.steps + 1):
            database = fresh()
            found = _judge(_run(1, database, Dangers(kill_at=step), asks=1, processes=1, is_bad=False), database)
            assert found["shown"] + found["unconfirmed"] >= found["rows"]
            unconfirmed += found["unconfirmed"]
            database.close()
    figure(f"an export, ended at each of {calm.steps} steps in turn: 0 lost, 0 doubled, {unconfirmed} unconfirmed")
    assert unconfirmed <= 4, "what is not known is only what was being shown"
