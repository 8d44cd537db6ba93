"""Several processes and several admins at one moment: a feed is read by one, an item is kept once, and the cap holds."""

import threading
from collections.abc import Callable, Sequence
from datetime import timedelta
from typing import Any

from bot import feeds, items
from bot.feed_errors import TooManyFeeds
from bot.feeds import Claim, Parsed
from bot.items import Found
from storage import feeds as stored
from storage import items as stored_items
from storage import members
from storage.database import Collided, Database, Session
from storage.tables import Feed, Item, Member
from tests.storage.interleaving import Do, each_gap
from tests.storage.rows import NOW, a_member

HOUR = timedelta(hours=1)
NEWS = [Found(f"k{number}", f"News {number}", published_at=NOW) for number in range(50)]


def at_once(database: Database, work: Sequence[Callable[[Session], Any]]) -> list[Any]:
    """Does each piece of work in a transaction of its own, all at once; returns what came of each."""
    ready, found = threading.Barrier(len(work)), [None] * len(work)

    def run(number: int) -> None:
        ready.wait()
        for _ in range(20):
            try:
                with database.transaction() as session:
                    found[number] = work[number](session)
                return
            except Collided:
                continue
            except TooManyFeeds:
                return

    threads = [threading.Thread(target=run, args=(number,)) for number in range(len(work))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return found


def an_admin(database: Database, name: str = "dan", team_id: str = "T1") -> Member:
    with database.transaction() as session:
        return a_member(session, name, team_id, is_admin=True)


def a_feed(database: Database, admin: Member, url: str = "https://example.org/") -> Feed:
    with database.transaction() as session:
        return feeds.add(session, admin, url, "", NOW)


def claim(database: Database, feed: Feed) -> Claim:
    with database.transaction() as session:
        claimed = feeds.claim(session, feed, NOW)
        assert claimed is not None
        return claimed


def feeds_of(database: Database) -> list[Feed]:
    with database.reading() as session:
        return stored.all_of(session, "T1")


def keeping(claimed: Claim, parsed: Parsed) -> Do:
    return lambda session: feeds.keep(session, claimed, parsed, None, None, NOW)


def titles(database: Database, team_id: str = "T1") -> list[str]:
    with database.reading() as session:
        return [one.title for one in stored_items.fresh(session, team_id, NOW - HOUR, 1_000)]


def test_of_eight_who_would_read_a_feed_one_does(database: Database) -> None:
    feed = a_feed(database, an_admin(database))
    claims = at_once(database, [lambda session: feeds.claim(session, feed, NOW)] * 8)
    assert sum(one is not None for one in claims) == 1
    with database.reading() as session:
        assert stored.due(session, "T1", NOW) == []
        assert [one.id for one in stored.due(session, "T1", NOW + feeds.CLAIM)] == [feed.id]


def test_one_whose_claim_has_run_out_keeps_nothing(database: Database) -> None:
    feed = a_feed(database, an_admin(database))
    first = claim(database, feed)
    with database.transaction() as session:
        (again,) = stored.due(session, "T1", NOW + feeds.CLAIM)
        second = feeds.claim(session, again, NOW + feeds.CLAIM)
    assert second is not None
    with database.transaction() as session:
        assert feeds.keep(session, first, Parsed("feed", "Late", NEWS), None, None, NOW) == 0
        feeds.fail(session, first, "silent", NOW)
    with database.transaction() as session:
        assert feeds.keep(session, second, Parsed("feed", "In time", NEWS), None, None, NOW) == 50
    assert len(titles(database)) == 50
    with database.reading() as session:
        assert [(one.title, one.failures) for one in stored.all_of(session, "T1")] == [("In time", 0)]


def test_what_two_keep_at_once_is_there_once(database: Database) -> None:
    feed = a_feed(database, an_admin(database))
    kept = at_once(database, [lambda session: items.keep(session, feed, NEWS, None, NOW)] * 4)
    assert sum(kept) == 50
    assert len(titles(database)) == 50


def test_the_same_news_in_two_feeds_that_two_read_at_once_are_one_item(database: Database) -> None:
    admin = an_admin(database)

    def arrange(gap: int) -> tuple[Do, Do]:
        urls = [f"https://{name}.example.org/{gap}" for name in ("austin", "texas")]
        first, second = (claim(database, a_feed(database, admin, url)) for url in urls)
        news = Found(f"k{gap}", f"News {gap}", url=f"https://example.org/{gap}", published_at=NOW)
        parsed = Parsed("feed", "SMPS", [news])
        return keeping(first, parsed), keeping(second, parsed)

    for gap, kept in enumerate(each_gap(database, arrange), 1):
        assert (sum(kept), titles(database).count(f"News {gap}")) == (1, 1), gap
        for feed in feeds_of(database):
            with database.transaction() as session:
                feeds.remove(session, admin, feed.id, NOW)


def test_the_cap_holds_for_admins_who_add_at_once(database: Database) -> None:
    admins = [an_admin(database, f"dan{number}") for number in range(6)]

    def adding(admin: Member, number: int) -> Callable[[Session], Any]:
        return lambda session: feeds.add(session, admin, f"https://example.org/{number}", "", NOW)

    at_once(database, [adding(admins[number % 6], number) for number in range(26)])
    with database.reading() as session:
        assert len(stored.all_of(session, "T1")) == feeds.MOST_FEEDS


def test_another_workspace_sees_none_of_it(database: Database) -> None:
    feed = a_feed(database, an_admin(database))
    an_admin(database, team_id="T2")
    with database.transaction() as session:
        feeds.keep(session, claim_in(session, feed), Parsed("feed", "SMPS", NEWS), None, None, NOW)
    assert titles(database, "T2") == []
    with database.reading() as session:
        assert stored.all_of(session, "T2") == []
        assert stored.find(session, "T2", feed.id) is None


def claim_in(session: Session, feed: Feed) -> Claim:
    claimed = feeds.claim(session, feed, NOW)
    assert claimed is not None
    return claimed


def test_what_a_feed_holds_no_more_is_forgotten_but_not_an_event_to_which_somebody_goes(database: Database) -> None:
    admin = an_admin(database)
    feed = a_feed(database, admin)
    soon = NOW + timedelta(days=1)
    held = [NEWS[0], *(Found(key, key, starts_at=soon, ends_at=soon) for key in ("kept", "gone"))]
    with database.transaction() as session:
        items.keep(session, feed, held, None, NOW)
        (kept, _) = sorted(stored_items.coming_events(session, "T1", NOW, NOW + timedelta(days=2)), key=_by_title)
        items.going(session, members.by_id(session, "T1", [admin.id])[admin.id], kept.id, NOW)
    for days, left in ((90, {"News 0", "kept", "gone"}), (91, {"kept"})):
        with database.transaction() as session:
            items.keep(session, feed, [], None, NOW + timedelta(days=days, seconds=-1))
            found = stored_items.known(session, "T1", feed.id, ["k0", "kept", "gone"])
            assert {one.title for one in found.values()} == left


def _by_title(item: Item) -> bool:
    return item.title != "kept"
