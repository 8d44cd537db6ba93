"""Events of calendars: kept up to date, and who goes meets those alone who want it, too."""

from datetime import UTC, datetime, timedelta

from app import GoodTurn
from bot import items as rules
from storage import items, members
from storage.tables import Item
from tests.conftest import MovableClock
from tests.conversation import Person, World
from tests.features.feeding import ADDRESS, Feeds, event, ical


def events(bot: GoodTurn, clock: MovableClock, days: int = 60) -> list[Item]:
    with bot.database.reading() as session:
        return items.coming_events(session, "T1", clock.now, clock.now + timedelta(days=days))


def test_an_event_of_a_calendar_is_kept_up_to_date(
    dan: Person, site: Feeds, bot: GoodTurn, clock: MovableClock
) -> None:
    site.add(dan, ical(event("Spring meeting"), event("Awards", "20260320T170000", "2")))
    dan.opens_home()
    dan.clicks("See feeds")
    dan.sees("SMPS events: a calendar")
    (spring, awards) = events(bot, clock)
    assert (spring.title, spring.starts_at) == ("Spring meeting", datetime(2026, 3, 9, 23, 0, tzinfo=UTC))
    assert (spring.place, spring.is_all_day) == ("Hall 2, Austin", False)
    site.sites.bodies[ADDRESS] = ical(event("Spring meeting", "20260310T180000"))
    site.later(hours=1)
    (moved,) = events(bot, clock)
    assert (moved.id, moved.starts_at) == (spring.id, datetime(2026, 3, 10, 23, 0, tzinfo=UTC))
    site.sites.bodies[ADDRESS] = ical(
        event("Spring meeting", more="STATUS:CANCELLED\n"), event("Awards", "20260320T170000", "2")
    )
    site.later(hours=1)
    assert [one.id for one in events(bot, clock)] == [awards.id], "what is gone and comes back is the same event"


def test_who_goes_says_so_and_meets_those_alone_who_want_it_too(
    dan: Person, alice: Person, bob: Person, site: Feeds, bot: GoodTurn, clock: MovableClock, world: World
) -> None:
    site.add(dan, ical(event("Spring meeting")))
    (spring,) = events(bot, clock)

    def suggested(slack_id: str) -> list[str]:
        with bot.database.reading() as session:
            member = members.known(session, "T1", [slack_id])[slack_id]
            return [one.slack_id for one in rules.to_meet(session, member, spring.id)]

    for person in ("alice", "bob"):
        assert world.forge(person, "items.going", spring.id)[0] == 200
    assert suggested("U1ALICE") == []
    world.forge("alice", "items.meet", spring.id)
    assert suggested("U1ALICE") == suggested("U2BOB") == []
    world.forge("bob", "items.meet", spring.id)
    assert (suggested("U1ALICE"), suggested("U2BOB")) == (["U2BOB"], ["U1ALICE"])
    world.forge("bob", "items.stay", spring.id)
    assert suggested("U1ALICE") == suggested("U2BOB") == []
    clock.now += timedelta(days=10)
    world.forge("bob", "items.going", spring.id)
    assert suggested("U1ALICE") == [], "it is over"
