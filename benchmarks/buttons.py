"""The button that was registered last, beside the same button as the only listener: finding it must cost no more."""

from collections.abc import Sequence
from pathlib import Path

from benchmarks import slack
from benchmarks.assembly import PEOPLE, assembled
from benchmarks.measuring import ROUNDS, head, microseconds_each, show
from handlers.requests import Request
from handlers.routes import Routes

REQUESTS = 500
MOST_TIMES_ALONE = 1.3
ALONE, AS_ONLY_LISTENER, LAST = "the only button", "the only listener of a bare Bolt", "the last of {} buttons"
_ACTION = "benchmarks.last"


def run(folder: Path) -> None:
    """Measures and prints."""
    head(f"A button's press that is only acknowledged: processor time, best of {ROUNDS} rounds of {REQUESTS}")
    with assembled(folder / "buttons.db", acts=0) as bot:
        bot.routes.buttons[_ACTION] = _press
        last = LAST.format(len(bot.routes.buttons))
        routes = Routes()
        routes.buttons[_ACTION] = _press
        alone = slack.bare(process_before_response=True)
        routes.attach(alone, bot.desk)
        bare = slack.bare(process_before_response=True)
        bare.action(_ACTION)(lambda ack: ack())
        cases = {AS_ONLY_LISTENER: (bare, _presses), ALONE: (alone, _presses), last: (bot.bolt, _presses)}
        cost = microseconds_each(cases)
    show("", "us", "x the only button", "x the only listener")
    for case, spent in cost.items():
        goal = f"goal: at most {MOST_TIMES_ALONE:g}x the only button" if case == last else ""
        show(case, f"{spent:,.0f}", f"{spent / cost[ALONE]:.2f}", f"{spent / cost[AS_ONLY_LISTENER]:.2f}", goal=goal)


def _press(request: Request) -> None:
    request.done()


def _presses() -> Sequence[slack.Signed]:
    return [slack.press(_ACTION, PEOPLE[number % len(PEOPLE)]) for number in range(REQUESTS)]
