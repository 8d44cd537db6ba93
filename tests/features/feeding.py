"""What conversations about feeds have in common: sites that answer as a test says, and feeds and calendars to answer with."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from bot.feeds import Parsed
from handlers.fetching import parsing_child
from handlers.fetching.downloads import Download, NotDownloaded
from handlers.fetching.feed_reading import FeedReader
from handlers.fetching.parsing import understand
from tests.conversation import Person, World

ADDRESS = "https://austin.example.org/feed"
EVENT = """BEGIN:VEVENT
UID:{uid}
DTSTART;TZID=America/Chicago:{start}
SUMMARY:{title}
LOCATION:Hall 2\\, Austin
{more}END:VEVENT
"""


@dataclass
class Sites:
    """The sites that are read, by address: a body, a reason why nothing comes, or None where nothing is new."""

    bodies: dict[str, bytes | str | None] = field(default_factory=dict)
    asked: list[tuple[str, str | None]] = field(default_factory=list)
    meanwhile: Callable[[], object] = lambda: None

    def fetch(self, url: str, etag: str | None, _last_modified: str | None) -> Download:
        self.asked.append((url, etag))
        self.meanwhile()
        body = self.bodies.get(url, "name")
        if isinstance(body, str):
            raise NotDownloaded(body)
        return Download(body, etag='"1"')


@dataclass
class Feeds:
    """The sites, and what reads them as the program's tick does."""

    world: World
    sites: Sites
    reader: FeedReader

    def add(self, admin: Person, body: bytes | str | None, address: str = ADDRESS, topics: str = "") -> None:
        """Has an admin add a feed, which is read then."""
        self.sites.bodies[address] = body
        admin.opens_home()
        admin.clicks("Add a feed")
        admin.fills("Address", address).fills("Topics", topics).submits()
        admin.closes()
        self.read()

    def read(self) -> int:
        """Reads what is due, and has said what follows from it."""
        read = self.reader.read_due()
        self.world.settle()
        return read

    def later(self, **time: float) -> int:
        """Lets time pass, and reads what is due then."""
        self.world.now.now += timedelta(**time)
        self.world.settle()
        return self.read()


def parse(body: bytes, charset: str, url: str, zone: str, now: datetime) -> Parsed:
    """Parses in this process, which costs no second; what the other one is for is in tests/handlers/test_parsing.py."""
    return understand(parsing_child.read({"charset": charset, "url": url, "zone": zone, "now": now.isoformat()}, body))


def rss(*entries: str, title: str = "SMPS Austin") -> bytes:
    """Returns a feed of these entries."""
    return f'<rss version="2.0"><channel><title>{title}</title>{"".join(entries)}</channel></rss>'.encode()


def entry(title: str, published: datetime | None = None, guid: str = "", link: str = "") -> str:
    """Returns an entry of a feed."""
    date = f"<pubDate>{published:%a, %d %b %Y %H:%M:%S} GMT</pubDate>" if published else ""
    named = f'<guid isPermaLink="false">{guid}</guid>' if guid else ""
    leads = f"<link>{link}</link>" if link else ""
    return f"<item><title>{title}</title>{date}{named}{leads}</item>"


def ical(*events: str, zone: str = "America/Chicago") -> bytes:
    """Returns a calendar of these events."""
    head = f"BEGIN:VCALENDAR\nVERSION:2.0\nX-WR-CALNAME:SMPS events\nX-WR-TIMEZONE:{zone}\n"
    return f"{head}{''.join(events)}END:VCALENDAR\n".replace("\n", "\r\n").encode()


def event(title: str, start: str = "20260309T180000", uid: str = "1", more: str = "") -> str:
    """Returns an event of a calendar."""
    return EVENT.format(title=title, start=start, uid=uid, more=more)
