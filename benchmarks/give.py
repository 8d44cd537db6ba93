"""One `/give`, from the signed request to its rows on the disk, beside what Bolt costs that only says it heard."""

import contextlib
import itertools
from collections.abc import Sequence
from pathlib import Path

from sqlalchemy import func, select

from app import GoodTurn
from benchmarks import slack
from benchmarks.assembly import PEOPLE, assembled
from benchmarks.measuring import ROUNDS, Case, head, microseconds_each, show
from storage.tables import Act

LEDGERS = (1_000, 20_000)
REQUESTS = 200
MOST_TIMES_BARE = 4.0
# What Bolt costs that only acknowledges, as it comes and with process_before_response.
BARE, IN_TURN = "bare ack()", "bare in turn"

_numbers = itertools.count(1)


def run(folder: Path) -> None:
    """Measures and prints."""
    head(
        f"One /give, from the signed request to its rows on the disk: processor time, best of {ROUNDS} rounds of {REQUESTS}"
    )
    cases = {BARE: _bare(), IN_TURN: _bare(process_before_response=True)}
    with contextlib.ExitStack() as stack:
        bots = {size: stack.enter_context(assembled(folder / f"{size}.db", size)) for size in LEDGERS}
        cases |= {_with(size): (bot.bolt, _commands) for size, bot in bots.items()}
        cost = microseconds_each(cases)
        for size, bot in bots.items():
            written = _count(bot) - size
            assert written == REQUESTS * (1 + ROUNDS), f"{written} rows were written"
    show("", "us", f"x {BARE}", f"x {IN_TURN}")
    for case, spent in cost.items():
        goal = "" if case in (BARE, IN_TURN) else f"goal: at most {MOST_TIMES_BARE:g}x bare"
        show(case, f"{spent:,.0f}", f"{spent / cost[BARE]:.2f}", f"{spent / cost[IN_TURN]:.2f}", goal=goal)


def _with(acts: int) -> str:
    return f"/give, {acts:,} acts before"


def _bare(**settings: bool) -> Case:
    bolt = slack.bare(**settings)
    bolt.command("/give")(lambda ack: ack())
    return bolt, _commands


def _commands() -> Sequence[slack.Signed]:
    """Returns a round of commands, no two alike: everybody takes turns, so that nobody comes near the daily cap."""
    made = []
    for number in itertools.islice(_numbers, REQUESTS):
        giver, helped = PEOPLE[number % len(PEOPLE)], PEOPLE[(number * 7 + 1) % len(PEOPLE)]
        helped = PEOPLE[0] if helped == giver else helped
        made.append(slack.command("/give", giver, f"<@{helped}|{helped.lower()}> how to price survey number {number}"))
    return made


def _count(bot: GoodTurn) -> int:
    with bot.database.reading() as session:
        session.connection(execution_options={"across_workspaces": True})
        return int(session.execute(select(func.count()).select_from(Act)).scalar_one())
