"""Which texts are about what a member follows, or has written about."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot import topics

ASKS = {
    "cost": "a cost estimator in Dallas",
    "timber": "somebody who has built with mass timber",
    "survey": "a surveyor near the airport, for the library",
    "plumbing": "advice on old plumbing",
}


@pytest.mark.parametrize(
    ("followed", "key"),
    [("estimating", "cost"), ("mass timber", "timber"), ("Surveyors", "survey"), ("Plumbing", "plumbing")],
)
def test_a_topic_is_found_in_other_forms_of_its_words(followed: str, key: str) -> None:
    best, *others = topics.Shelf(ASKS).fitting([followed], [])
    assert (best.key, best.topic, others) == (key, followed, [])


@pytest.mark.parametrize("followed", ["steel", "mass transit", "", "the", "  "])
def test_a_topic_that_is_not_there_fits_nothing(followed: str) -> None:
    assert topics.Shelf(ASKS).fitting([followed], []) == []


def test_one_word_somebody_wrote_once_is_not_enough_and_two_are() -> None:
    assert topics.Shelf(ASKS).fitting([], ["the airport RFP went out"]) == []
    (found,) = topics.Shelf(ASKS).fitting([], ["the airport library has a new wing"])
    assert (found.key, found.topic) == ("survey", "")
    assert len(found.shared) == 2


def test_what_is_followed_comes_before_what_was_only_written_about() -> None:
    found = topics.Shelf(ASKS).fitting(["plumbing"], ["the airport library", "a surveyor for the airport"])
    assert [one.key for one in found] == ["plumbing", "survey"]


def test_a_rare_word_tells_more_than_one_that_all_have() -> None:
    texts = {str(number): "timber office" for number in range(9)} | {"rare": "timber vault"}
    assert topics.Shelf(texts).fitting(["timber"], ["vault"])[0].key == "rare"


def test_nothing_fits_nothing() -> None:
    assert topics.Shelf({}).fitting(["timber"], ["timber"]) == []
    assert topics.Shelf({"empty": "", "short": "a"}).fitting(["timber"], []) == []


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("mass timber, Colorado", ["mass timber", "Colorado"]),
        ("  steel ;  STEEL\nsteel ", ["steel"]),
        ("", []),
        (",,;\n", []),
    ],
)
def test_topics_are_read_as_they_are_typed(typed: str, read: list[str]) -> None:
    assert [one.casefold() for one in topics.read(typed)] == [one.casefold() for one in read]


WORD = st.text("abcAB ", min_size=1, max_size=4)


@given(st.lists(WORD), st.lists(WORD))
def test_what_is_followed_falls_into_what_the_list_has_and_the_rest_and_together_is_the_same(
    followed: list[str], listed: list[str]
) -> None:
    known = topics.read(", ".join(listed))
    ticked, typed = topics.divide(", ".join(followed), known)
    assert set(ticked) <= set(known)
    assert not {one.casefold() for one in topics.read(typed)} & {one.casefold() for one in known}
    together = topics.read(topics.join(ticked, typed))
    assert sorted(one.casefold() for one in together) == sorted(
        one.casefold() for one in topics.read(", ".join(followed))
    )
