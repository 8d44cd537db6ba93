"""News that a feed brought, offered to whoever knows somebody who cares; sharing one is a good turn in the sharer's name."""

from datetime import timedelta
from typing import Any

import pytest

from bot import nudges
from tests.cast import AUSTIN
from tests.conftest import MovableClock
from tests.conversation import Person, World
from tests.features.feeding import Feeds, entry, rss
from tests.features.introducing import Until, home
from tests.features.nudging import follow, got, turn_on

NEWS = "Mass timber code guide"


@pytest.fixture(autouse=True)
def never_held(monkeypatch: pytest.MonkeyPatch) -> None:
    """Has no nudge held back."""
    monkeypatch.setattr(nudges, "HELD_OF", 10**9)


@pytest.fixture
def tied(alice: Person, bob: Person) -> None:
    """Alice has helped Bob, who agrees; and Alice gets nudges."""
    alice.types("/give @bob the airport RFP went out today", AUSTIN)
    bob.clicks("Thanks, it helped")
    turn_on(alice)


def news(dan: Person, site: Feeds, clock: MovableClock, *titles: str) -> None:
    """Has an admin add a feed with these news, of now."""
    site.add(dan, rss(*(entry(title, clock.now, title) for title in titles or (NEWS,))))


@pytest.fixture
def offered(tied: None, bob: Person, dan: Person, site: Feeds, clock: MovableClock, until: Until) -> None:
    """News about what Bob follows have come, and Alice's nudge offers them on Tuesday at nine; now it is noon."""
    follow(bob, "mass timber")
    news(dan, site, clock)
    until(3, 3, 12)


def shared_with(person: Person) -> list[dict[str, Any]]:
    """Returns the news that somebody was sent."""
    return [one for one in person.from_the_bot_by_dm() if "thought of you" in one["text"]]


def test_news_that_fit_somebody_one_helped_are_offered_to_be_shared(
    tied: None, alice: Person, bob: Person, dan: Person, site: Feeds, clock: MovableClock, until: Until
) -> None:
    follow(bob, "mass timber")
    news(dan, site, clock, "Plumbing today", NEWS)
    until(3, 3, 12)
    (nudge,) = got(alice)
    assert nudge["text"] == "For you: news for Bob"
    alice.sees("News that Bob may care about. Bob follows mass timber.", NEWS)
    alice.clicks("Share with Bob")
    assert all(words in str(alice.form()) for words in ("Bob will read:", "Alice", "thought of you:", NEWS))
    assert shared_with(bob) == [], "nothing is sent before it is shown"
    alice.fills("A line of your own", "Page 3 is about your site.").submits()
    alice.sees("Shared with Bob.")
    alice.closes()
    (message,) = shared_with(bob)
    assert message["text"] == f"Alice thought of you: Page 3 is about your site. {NEWS}"
    bob.sees("Page 3 is about your site.", NEWS, "News comes from people you have exchanged help with")
    bob.clicks("Thanks, it helped", near="thought of you")
    alice.sees("Bob says it helped: timely information")
    assert "My month: 1 person helped" in home(alice)


def test_only_the_first_one_says_how_to_stop(
    tied: None, alice: Person, bob: Person, dan: Person, site: Feeds, clock: MovableClock, until: Until
) -> None:
    follow(bob, "mass timber")
    news(dan, site, clock, NEWS)
    until(3, 3, 12)
    share(alice)
    site.sites.bodies[next(iter(site.sites.bodies))] = rss(entry("Mass timber awards", clock.now, "2"))
    until(4, 2, 12, by=6)
    site.sites.bodies[next(iter(site.sites.bodies))] = rss(entry("Mass timber prizes", clock.now, "3"))
    site.later(hours=2)
    until(4, 7, 12, by=6)
    share(alice, "Mass timber prizes")
    first, second = shared_with(bob)
    assert "until you choose otherwise" in str(first)
    assert "until you choose otherwise" not in str(second)


def share(person: Person, near: str = NEWS) -> None:
    """Shares what a nudge suggests."""
    person.clicks("Share with Bob", near=near)
    person.submits()
    person.closes()


def test_nothing_is_offered_about_what_nobody_follows_nor_for_somebody_one_has_no_tie_with(
    tied: None, alice: Person, bob: Person, carol: Person, dan: Person, site: Feeds, clock: MovableClock, until: Until
) -> None:
    follow(bob, "plumbing")
    follow(carol, "mass timber")
    news(dan, site, clock)
    until(3, 10, 12, by=6)
    assert got(alice) == []


def test_who_takes_no_news_is_sent_none(offered: None, alice: Person, bob: Person, until: Until) -> None:
    alice.clicks("Share with Bob")
    follow(bob, "mass timber", news="Nobody")
    alice.submits()
    alice.sees("Bob takes no news from here.", "Nothing was recorded.")
    alice.closes()
    assert shared_with(bob) == []
    until(4, 30, 12, by=12)
    assert len(got(alice)) == 1


def test_who_has_them_already_is_not_sent_them_again(
    tied: None, alice: Person, bob: Person, carol: Person, dan: Person, site: Feeds, clock: MovableClock, until: Until
) -> None:
    carol.types("/give @bob a tour of the site", AUSTIN)
    bob.clicks("Thanks, it helped", near="a tour of the site")
    turn_on(carol)
    follow(bob, "mass timber")
    news(dan, site, clock)
    until(3, 3, 12)
    alice.clicks("Share with Bob")
    share(carol)
    alice.submits()
    alice.sees("Bob has this one already.")
    assert len(shared_with(bob)) == 1


def test_it_can_be_taken_back_and_removed(offered: None, alice: Person, bob: Person) -> None:
    alice.clicks("Share with Bob")
    alice.submits()
    alice.clicks("Undo")
    alice.sees("Undone. It counts nowhere, and Bob's message now says that you took it back.")
    bob.sees("Alice took this good turn back.")
    alice.closes()
    share(alice)
    assert len(bob.from_the_bot_by_dm()) >= 2
    bob.clicks("Remove it", near="thought of you")
    bob.sees("Removed. It counts for nobody.")


def test_they_come_in_the_hours_of_whom_they_are_for(
    tied: None, alice: Person, bob: Person, dan: Person, site: Feeds, clock: MovableClock, until: Until
) -> None:
    follow(bob, "mass timber")
    news(dan, site, clock)
    until(3, 3, 20)
    alice.clicks("Share with Bob")
    assert "Bob gets it in working hours." in str(alice.form())
    alice.submits()
    alice.sees("Bob gets it in working hours.")
    alice.closes()
    until(3, 4, 8, 59)
    assert shared_with(bob) == []
    until(3, 4, 9, 5, by=0.1)
    assert len(shared_with(bob)) == 1


def test_they_wait_for_whoever_pauses_and_can_be_taken_back_meanwhile(
    offered: None, alice: Person, bob: Person, until: Until
) -> None:
    bob.types("/network pause until friday")
    alice.clicks("Share with Bob")
    alice.submits()
    until(3, 5, 20)
    assert shared_with(bob) == []
    alice.clicks("Undo")
    alice.sees("Bob was not told.")
    until(3, 6, 12)
    assert shared_with(bob) == []


def test_who_wants_no_news_any_more_is_not_brought_those_that_wait(
    tied: None, alice: Person, bob: Person, dan: Person, site: Feeds, clock: MovableClock, until: Until
) -> None:
    follow(bob, "mass timber")
    news(dan, site, clock)
    until(3, 3, 20)
    share(alice)
    follow(bob, "mass timber", news="Nobody")
    until(3, 4, 12)
    assert shared_with(bob) == []


def test_whoever_shuts_news_out_is_not_given_nudges_for_it(
    offered: None, alice: Person, bob: Person, until: Until
) -> None:
    share(alice)
    bob.clicks("Choose", near="until you choose otherwise")
    bob.fills("Who may share news with you?", "Nobody").submits()
    bob.sees("Your nudges are off. What you chose is kept.")
    assert "Nudges: off" in home(bob)


def test_a_line_that_is_too_long_is_said_under_it(offered: None, alice: Person, bob: Person) -> None:
    alice.clicks("Share with Bob")
    alice.fills("A line of your own", "x" * 201).submits()
    assert "The line has 201 characters, and 200 fit." in str(alice.form()["errors"])
    assert shared_with(bob) == []


def test_nobody_shares_what_they_were_not_shown(tied: None, alice: Person, carol: Person, world: World) -> None:
    for about in ("", "nothing:nobody", f"{'x' * 3000}:y"):
        world.forge("alice", "nudges.do", about)
    assert shared_with(carol) == []


def test_what_a_removed_feed_brought_is_shared_with_nobody_any_more(
    offered: None, alice: Person, bob: Person, dan: Person
) -> None:
    alice.clicks("Share with Bob")
    dan.opens_home()
    dan.clicks("See feeds")
    dan.clicks("Remove")
    alice.submits()
    alice.sees("This is no longer open.")
    assert shared_with(bob) == []


def test_old_news_are_not_offered(
    tied: None, alice: Person, bob: Person, dan: Person, site: Feeds, clock: MovableClock, until: Until
) -> None:
    follow(bob, "mass timber")
    site.add(dan, rss(entry(NEWS, clock.now - timedelta(days=20), "1")))
    until(3, 10, 12, by=6)
    assert got(alice) == []
