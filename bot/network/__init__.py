"""What acts say about a network: pure functions of (events, now), which know no database, and of which nothing is kept.

Every number is private to its owner unless they share it. What each measure is, where it comes from and how far to trust
it stands in docs/network.md. Start at `meeting` for who should meet, `drift` for ties that go quiet, `ties` for strength,
`giving` for counts, `asking` for whom to ask, `games` for why giving pays; `everybody` is `meeting` for a whole workspace.
"""

from bot.network.asking import Helper, is_overloaded, load, load_limit, who_can_help
from bot.network.drift import Drift, Fit, drifting, fit_drift, p_lapse
from bot.network.events import WEIGHTS, Event, without
from bot.network.everybody import Suggestions, suggest_all
from bot.network.games import BreakEven, break_even, graph_break_even, pay_forward
from bot.network.giving import (
    GivenAndReceived,
    Reciprocity,
    Velocity,
    direct_reciprocity,
    given_and_received,
    giving_balance,
    reach,
    velocity,
)
from bot.network.intervals import Estimate
from bot.network.meeting import Reasons, Suggestion, best_introducer, is_too_little, suggest_introductions
from bot.network.nearby import Nearby
from bot.network.ties import Breadth, breadth, bridging, strengths

__all__ = [
    "WEIGHTS",
    "Breadth",
    "BreakEven",
    "Drift",
    "Estimate",
    "Event",
    "Fit",
    "GivenAndReceived",
    "Helper",
    "Nearby",
    "Reasons",
    "Reciprocity",
    "Suggestion",
    "Suggestions",
    "Velocity",
    "best_introducer",
    "breadth",
    "break_even",
    "bridging",
    "direct_reciprocity",
    "drifting",
    "fit_drift",
    "given_and_received",
    "giving_balance",
    "graph_break_even",
    "is_overloaded",
    "is_too_little",
    "load",
    "load_limit",
    "p_lapse",
    "pay_forward",
    "reach",
    "strengths",
    "suggest_all",
    "suggest_introductions",
    "velocity",
    "who_can_help",
    "without",
]  # fmt: skip
