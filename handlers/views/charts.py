"""The four kinds of help of a week as Slack's own chart, and as a sentence, which stands beside every chart and every picture."""

from collections.abc import Mapping, Sequence

from bot.kinds import ADVICE, HELP, INFORMATION, INTRODUCTION, NAMES
from handlers.views.kit import CHART, Block

TITLE = "Help this week by kind"
# A label has 20 characters: https://docs.slack.dev/reference/block-kit/blocks/data-visualization-block
_LABELS = {
    INFORMATION: "Timely information",
    INTRODUCTION: "Introductions",
    ADVICE: "Ideas and advice",
    HELP: "Helping to succeed",
}


def chart_block(counts: Mapping[str, int]) -> Block | None:
    """Returns a chart with a bar for each kind there is, each with its name under it; None where there was no help.

    Bars of one series, not slices: Slack chooses the colors, and so that nothing depends on them there is one.
    """
    shown = _there(counts)
    if not shown:
        return None
    bars = [{"label": _LABELS[kind], "value": count} for kind, count in shown.items()]
    labels = [bar["label"] for bar in bars]
    chart = {"type": "bar", "series": [{"name": "This week", "data": bars}], "axis_config": {"categories": labels}}
    return {"type": CHART, "title": TITLE, "chart": chart}


def chart_sentence(counts: Mapping[str, int]) -> str:
    """Returns the kinds there are with their numbers, for whoever does not see the chart; "" where there was no help."""
    shown = [f"{_named(kind, count)} {count:,}" for kind, count in _there(counts).items()]
    return f"{TITLE}: {', '.join(shown)}." if shown else ""


def weeks_sentence(weeks: Sequence[Mapping[str, int]]) -> str:
    """Returns the kinds there are with their numbers week by week, the latest last, for whoever does not see the picture."""
    if len(weeks) == 1:
        return chart_sentence(weeks[0])
    shown = {kind: [week.get(kind, 0) for week in weeks] for kind in NAMES}
    listed = [
        f"{NAMES[kind].capitalize()}: {', '.join(map(str, counts))}." for kind, counts in shown.items() if any(counts)
    ]
    return " ".join(["Help by week, this week last.", *listed]) if listed else ""


def _there(counts: Mapping[str, int]) -> dict[str, int]:
    return {kind: counts[kind] for kind in NAMES if counts.get(kind, 0) > 0}


def _named(kind: str, count: int) -> str:
    return "introduction or referral" if kind == INTRODUCTION and count == 1 else NAMES[kind]
