"""Reads the feeds that are due: claimed in one transaction, downloaded and parsed outside of any, kept in another."""

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache

import structlog

from bot import feeds
from bot.feeds import Claim, Parsed
from handlers.fetching.downloads import Download, Downloads, NotDownloaded
from handlers.fetching.parsing import NotParsed, parse
from handlers.requests import Clock
from storage import feeds as stored
from storage import workspaces
from storage.database import Database, NotSaved
from storage.tables import Feed

log = structlog.get_logger(__name__)

# What gives a body, or that nothing is new, for an address and what is known of it.
Fetch = Callable[[str, str | None, str | None], Download]
Parse = Callable[[bytes, str, str, str, datetime], Parsed]


@cache
def _downloads() -> Downloads:
    """Makes it for the first feed that is read: it reads all certificates that are trusted."""
    return Downloads()


def _download(url: str, etag: str | None, last_modified: str | None) -> Download:
    return _downloads().fetch(url, etag, last_modified)


@dataclass
class FeedReader:
    """What reads feeds, one after the other; `is_stopping` is asked before each."""

    database: Database
    clock: Clock
    fetch: Fetch = _download
    parse: Parse = parse
    is_stopping: Callable[[], bool] = field(default=lambda: False)

    def read_due(self) -> int:
        """Reads each feed that is due, and returns how many this process read."""
        with self.database.reading() as session:
            due = [one for team_id in workspaces.served(session) for one in stored.due(session, team_id, self.clock())]
        return sum(self._read(feed) for feed in due if not self.is_stopping())

    def _read(self, feed: Feed) -> bool:
        try:
            with self.database.transaction() as session:
                claimed = feeds.claim(session, feed, self.clock())
            if claimed is not None:
                self._keep(claimed)
        except NotSaved as error:  # it is due again when the claim has run out
            log.warning("feed not kept", team=feed.team_id, feed=feed.id, error=str(error))
            return False
        return claimed is not None

    def _keep(self, claimed: Claim) -> None:
        began, feed = time.perf_counter(), claimed.feed
        try:
            came = self.fetch(feed.url, feed.etag, feed.last_modified)
            parsed = None
            if came.body is not None:
                parsed = self.parse(came.body, came.charset, feed.url, claimed.zone, self.clock())
        except (NotDownloaded, NotParsed) as error:
            with self.database.transaction() as session:
                feeds.fail(session, claimed, error.reason, self.clock())
            log.info("feed not read", team=feed.team_id, feed=feed.id, reason=error.reason)
            return
        with self.database.transaction() as session:
            new = feeds.keep(session, claimed, parsed, came.etag, came.last_modified, self.clock())
        spent = round((time.perf_counter() - began) * 1000, 1)
        log.info("feed read", team=feed.team_id, feed=feed.id, new=new, ms=spent)
