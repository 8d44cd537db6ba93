"""What members type is read as the time they mean, or asked about; a time that nobody said is the worst that can happen."""

from collections.abc import Callable
from datetime import UTC, datetime
from functools import cache
from time import perf_counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.when import Found, WhyNone, find_time, warm, why_none
from tests.bot.phrases import BY_A_THIRD, Case, CaseByAnother, cases, cases_by_another

CASES, BY_ANOTHER = cases(), cases_by_another()
ALONE = [case for case in CASES if case.is_time and not case.rest]
NEW_YORK = "America/New_York"
NOW = datetime(2026, 3, 4, 15, 0, tzinfo=UTC)  # a Wednesday, ten in the morning there
SLOWEST = 0.25  # seconds; 50 ms where nothing else runs
WORDS = sorted({word for case in CASES for word in case.phrase.split(" ")})


@pytest.mark.parametrize(
    ("table", "name"),
    [
        (CASES, "phrases"),
        (BY_ANOTHER, "phrases by another author"),
        (cases_by_another(BY_A_THIRD), "phrases by a third"),
    ],
)
def test_the_table_is_read_as_it_says(
    table: list[Case | CaseByAnother], name: str, figure: Callable[[str], None]
) -> None:
    answers = [(case, case.answer()) for case in table]
    wrong = [(case, answer) for case, answer in answers if not case.is_right(answer)]
    silent = [(case, answer) for case, answer in answers if case.is_wrong_silently(answer)]
    rate, share = 1 - len(wrong) / len(answers), len(silent) / len(answers)
    figure(f"find_time: {len(answers)} {name}, {rate:.1%} right, {share:.1%} silently wrong")
    told = "\n".join(f"{case.phrase!r} is {case.expected}, read as {answer}" for case, answer in wrong)
    assert len(answers) >= 400
    assert rate >= 0.97, told
    assert share <= 0.01, told
    assert not [case.phrase for case, _ in silent if case.expected == "past"], told


@pytest.mark.parametrize(
    "case",
    [one for one in [*CASES, *BY_ANOTHER] if one.is_time and (one.rest or one in CASES)],
    ids=lambda case: case.phrase,
)
def test_the_rest_is_the_text_without_the_time(case: Case) -> None:
    found = find_time(case.phrase, case.now, case.zone, case.locale)
    assert found or "unclear" in case.expected
    assert found is None or found.rest == case.rest


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("Jane Doe (Acme) ", " about the RFP"), ("call Bob ", " re: pricing"), ("Ana, ", ", please"), ("", " call Bob"),
        ("*", "*"), ("<@U1> ", " with the team"), ("Remind me ", " to send it"), ("Follow up on the deck ", " and cc Raj"),
        ("please ", " thanks"), ("(", ")"), ("", "."), ("", "?"), ("call Bob - ", ""), ("", ": call Bob"),
        ("", "\ncall Bob"), ("", " Jane Doe (Acme)"),
    ],
)  # fmt: skip
def test_a_time_is_the_same_or_asked_about_among_other_words(before: str, after: str) -> None:
    among = [(case, find_time(before + case.phrase + after, case.now, case.zone, case.locale)) for case in ALONE]
    read = [(case, found) for case, found in among if found]
    assert [case.phrase for case, found in read if (found.at, found.every) != _alone(case)] == []
    assert len(read) / len(among) > 0.85


@pytest.mark.parametrize("change", [str.upper, str.lower, str.title, lambda text: text.replace(" ", "   ")])
def test_capitals_and_spaces_make_no_other_time_of_it(change: Callable[[str], str]) -> None:
    for case in ALONE:
        found = find_time(change(case.phrase), case.now, case.zone, case.locale)
        assert found is None or (found.at, found.every) == _alone(case), change(case.phrase)


@cache
def _alone(case: Case) -> tuple[datetime, str | None]:
    """Returns what a phrase of the table is by itself."""
    found = find_time(case.phrase, case.now, case.zone, case.locale)
    assert found
    return found.at, found.every


@pytest.mark.parametrize(
    ("text", "words", "rest"),
    [
        ("Jane Doe (Acme) tomorrow 3pm about the RFP", "tomorrow 3pm", "Jane Doe (Acme) about the RFP"),
        ("call Bob on Friday", "Friday", "call Bob"),
        ("in 20 min: call Bob", "in 20 min", "call Bob"),
        ("Tomorrow, call Bob.", "Tomorrow", "call Bob."),
        ("Call Bob (tomorrow at 3pm)", "tomorrow at 3pm", "Call Bob"),
        ("Call Bob, tomorrow at 3pm, about X", "tomorrow at 3pm", "Call Bob, about X"),
        ("tomorrow call Bob at 3pm", "tomorrow 3pm", "call Bob"),
        ('"tomorrow at 3pm"', "tomorrow at 3pm", ""),
        ("*Ana* by Friday 5pm sharp", "Friday 5pm", "*Ana*"),
        ("Ana — tommorrow @ 9", "tommorrow @ 9", "Ana"),
        ("İstanbul tomorrow 3pm 🎉", "tomorrow 3pm", "İstanbul 🎉"),
        ("call Bob\ntomorrow 3pm\nabout X", "tomorrow 3pm", "call Bob about X"),
    ],
)
def test_the_phrase_is_told_as_it_was_typed(text: str, words: str, rest: str) -> None:
    found = find_time(text, NOW, NEW_YORK)
    assert found
    assert (found.words, found.rest) == (words, rest)


def test_what_was_not_said_is_named() -> None:
    guesses: dict[str, set[str]] = {
        "tomorrow": {"hour"}, "tomorrow at 3": {"meridiem"}, "tomorrow 3pm": set(), "Jan 5 3pm": {"year"},
        "Jan 5": {"hour", "year"}, "Jan 5 at 3": {"year", "meridiem"}, "15:00": set(),
    }  # fmt: skip
    for text, guessed in guesses.items():
        found = find_time(text, NOW, NEW_YORK)
        assert found
        assert found.guessed == guessed, text


def _utc(*texts: str) -> tuple[datetime, ...]:
    return tuple(datetime.fromisoformat(f"2026-{text}").replace(tzinfo=UTC) for text in texts)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("call Bob", WhyNone("none")),
        ("next Friday", WhyNone("unclear", "next Friday", _utc("03-06 14:00", "03-13 13:00"))),
        ("wed 4pm", WhyNone("unclear", "wed 4pm", _utc("03-04 21:00", "03-11 20:00"))),
        ("today 9am", WhyNone("past", "today 9am", _utc("03-05 14:00"))),
        ("yesterday", WhyNone("past", "yesterday")),
        ("at 8", WhyNone("unclear", "at 8", _utc("03-05 01:00", "03-05 13:00"))),
        ("Tuesday or Wednesday", WhyNone("unclear", "Tuesday or Wednesday", _utc("03-10 13:00", "03-11 13:00"))),
        ("Ana in a few days", WhyNone("unclear", "in a few days", _utc("03-07 15:00"))),
        ("tomorrow midnight", WhyNone("unclear", "tomorrow midnight", _utc("03-05 05:00", "03-06 05:00"))),
        ("every hour", WhyNone("unclear", "every hour")),
        ("3-4pm", WhyNone("unclear", "3-4pm", _utc("03-04 20:00"))),
    ],
)
def test_why_there_is_no_time_is_told_with_what_may_be_meant(text: str, expected: WhyNone) -> None:
    assert find_time(text, NOW, NEW_YORK) is None
    assert why_none(text, NOW, NEW_YORK) == expected


def test_a_long_text_is_not_read() -> None:
    assert find_time("tomorrow " + "x" * 491, NOW, NEW_YORK)
    assert find_time("tomorrow " + "x" * 492, NOW, NEW_YORK) is None
    assert why_none("tomorrow " + "x" * 492, NOW, NEW_YORK) == WhyNone("none")


@pytest.mark.parametrize(
    "locale", ["en-US", "en_US", "en-GB", "de-DE", "de", "en", "", "?", "x" * 300, "en-", "-US", "zh-Hans-CN"]
)
def test_a_date_in_numbers_is_read_in_the_order_of_the_country(locale: str) -> None:
    found = find_time("3/5", NOW, "UTC", locale)
    first = {"en-US": (3, 5), "en_US": (3, 5), "en-GB": (5, 3), "de-DE": (5, 3), "de": (5, 3)}.get(locale)
    assert (found and (found.at.month, found.at.day)) == first
    clear = find_time("13/5", NOW, "UTC", locale)
    assert clear
    assert (clear.at.month, clear.at.day) == (5, 13)


moments = st.datetimes(datetime(2020, 1, 1), datetime(2040, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001
zones = st.sampled_from(
    (NEW_YORK, "Europe/London", "Asia/Kolkata", "Pacific/Apia", "Australia/Lord_Howe", "nowhere", "")
)
typed = st.text(max_size=500) | st.lists(st.sampled_from(WORDS), max_size=30).map(" ".join) | st.text(
    st.sampled_from("0123456789:/.-apmhto ,()<>@"), max_size=120
)  # fmt: skip


@settings(max_examples=400, deadline=None)
@given(typed, moments, zones, st.sampled_from(("en-US", "en-GB", "")))
def test_whatever_is_typed_is_answered_soon_and_with_the_future(
    text: str, now: datetime, zone: str, locale: str
) -> None:
    began = perf_counter()
    found = find_time(text, now, zone, locale)
    took = perf_counter() - began
    why = why_none(text, now, zone, locale)
    assert took < SLOWEST
    assert found is None or (found.at > now and found.at.tzinfo == UTC and isinstance(found, Found))
    assert found or (len(why.choices) <= 3 and all(one > now for one in why.choices))


@pytest.mark.parametrize(
    "text",
    [one * (500 // len(one)) for one in (
        "1", "every ", "mon or ", "3-", "in 1 hour and ", "<", "(", "at 3 ", "1/", "a ", "half ", "1.", "next ", "the 1st and ",
        "monday, ", "a@", "http://", "- ", "1h", "1 ", "$1,", "#", "every mon, ", "first monday of ", "may ", "@ ", "tomorrow",
        "1:1", "+1 ", "x.com", "(1) ", "no 1 ", "and ", "a week from ", "v1.", "20", "2026-", "twenty ", "utc+", "a/b ",
        "~a ", "~", "sorry 3 ", "1st & ", "not ", "&amp;", "london ", "1.1. ", "9/11 ", "in 2 day ",
    )],
)  # fmt: skip
def test_no_text_takes_long(text: str) -> None:
    warm()
    began = perf_counter()
    find_time(text, NOW, NEW_YORK)
    assert perf_counter() - began < SLOWEST


def test_a_phrase_takes_a_moment(figure: Callable[[str], None]) -> None:
    warm()
    took = []
    for case in [*CASES, *BY_ANOTHER]:
        began = perf_counter()
        find_time(case.phrase, case.now, case.zone, case.locale)
        took.append(perf_counter() - began)
    took.sort()
    median, slow = took[len(took) // 2], took[len(took) * 99 // 100]
    figure(
        f"find_time: a phrase takes {median * 1e6:,.0f} us, 1 in 100 more than {slow * 1e6:,.0f} us, "
        f"and the longest {took[-1] * 1e6:,.0f} us"
    )
    assert median < 0.003
    assert slow < 0.05
