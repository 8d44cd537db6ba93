"""A week's help as Slack's chart, and as the sentence that stands beside every chart and every picture."""

import pytest

from handlers.views.charts import chart_block, chart_sentence, weeks_sentence
from playground.blocks import faults_in_blocks

WEEK = {"information": 8, "introduction": 3, "advice": 6, "help": 4}
EVERY_KIND = "timely information 8, introductions and referrals 3, ideas and advice 6, helping someone succeed 4"


def test_the_chart_is_what_was_agreed_on() -> None:
    bars = [
        {"label": "Timely information", "value": 8},
        {"label": "Introductions", "value": 3},
        {"label": "Ideas and advice", "value": 6},
        {"label": "Helping to succeed", "value": 4},
    ]
    assert chart_block(WEEK) == {
        "type": "data_visualization",
        "title": "Help this week by kind",
        "chart": {
            "type": "bar",
            "series": [{"name": "This week", "data": bars}],
            "axis_config": {
                "categories": ["Timely information", "Introductions", "Ideas and advice", "Helping to succeed"]
            },
        },
    }


@pytest.mark.parametrize("counts", [WEEK, {"help": 1}, {"advice": 2_000, "help": 0}])
def test_slack_takes_the_chart(counts: dict[str, int]) -> None:
    block = chart_block(counts)
    assert block is not None
    assert faults_in_blocks([block], "message") == []
    assert len(block["chart"]["axis_config"]["categories"]) == sum(count > 0 for count in counts.values())


@pytest.mark.parametrize("counts", [{}, {"help": 0}, {"unknown": 3}])
def test_of_no_help_there_is_neither_chart_nor_sentence(counts: dict[str, int]) -> None:
    assert chart_block(counts) is None
    assert chart_sentence(counts) == ""


@pytest.mark.parametrize(
    ("counts", "said"),
    [
        (WEEK, EVERY_KIND),
        (dict(reversed(WEEK.items())), EVERY_KIND),
        ({"help": 2_000, "introduction": 1, "advice": 0}, "introduction or referral 1, helping someone succeed 2,000"),
    ],
)
def test_the_sentence_has_each_kind_there_is_with_its_number(counts: dict[str, int], said: str) -> None:
    assert chart_sentence(counts) == f"Help this week by kind: {said}."


@pytest.mark.parametrize(
    ("weeks", "said"),
    [
        ([], ""),
        ([{}, {}], ""),
        ([{"help": 1}], "Help this week by kind: helping someone succeed 1."),
        (
            [{"help": 1}, {}, {"help": 2_000, "advice": 1}],
            "Help by week, this week last. Ideas and advice: 0, 0, 1. Helping someone succeed: 1, 0, 2000.",
        ),
    ],
)
def test_a_picture_of_weeks_is_said_with_the_same_numbers(weeks: list[dict[str, int]], said: str) -> None:
    assert weeks_sentence(weeks) == said


def test_the_numbers_of_twelve_weeks_fit_the_words_of_a_picture() -> None:
    assert len(weeks_sentence([dict.fromkeys(WEEK, 123_456)] * 12)) <= 1_000
