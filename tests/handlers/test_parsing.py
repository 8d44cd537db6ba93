"""Feeds and calendars that are made to hurt: refused in a process of its own, in time and without much memory."""

import resource
import time
from collections.abc import Callable
from datetime import UTC, datetime

import pytest

from bot.feeds import Parsed
from handlers.fetching.parsing import SECONDS, NotParsed, parse
from tests.features.feeding import entry, event, ical, rss

NOW = datetime(2026, 3, 2, 15, 0, tzinfo=UTC)
URL = "https://austin.example.org/feed"
MEGABYTES_2 = 2 * 1024 * 1024


def read(body: bytes, charset: str = "", zone: str = "America/Chicago") -> Parsed:
    return parse(body, charset, URL, zone, NOW)


def _laughs() -> bytes:
    levels = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    return f'<!DOCTYPE lolz [<!ENTITY l0 "lol">{levels}]><rss version="2.0"><channel><title>&l9;</title></channel></rss>'.encode()


def _quadratic(size: int = 60_000) -> bytes:
    return (
        f'<!DOCTYPE q [<!ENTITY a "{"a" * size}">]><rss><channel><title>{"&a;" * size}</title></channel></rss>'.encode()
    )


def _nested(tags: int) -> bytes:
    return rss(f"<item><title>a</title>{'<a>' * tags}{'</a>' * tags}</item>")


def _attributes(count: int, quote: str = '"') -> bytes:
    return rss(f"<item {' '.join(f'a{n}={quote}1{quote}' for n in range(count))}><title>a</title></item>")


def _rule(rule: str, start: str = "20260302T180000", more: str = "") -> bytes:
    return ical(event("Often", start, more=f"RRULE:{rule}\n{more}"), event("Once", "20260310T180000", "2"))


REFUSED: dict[str, tuple[Callable[[], bytes], str]] = {
    "billion laughs": (_laughs, "doctype"),
    "quadratic blowup": (_quadratic, "not a feed"),  # it does not begin like one
    "a smaller one": (lambda: _quadratic(10_000), "doctype"),
    "a file by entity": (lambda: b'<!DOCTYPE r [<!ENTITY x SYSTEM "file:///etc/passwd">]><rss>&x;</rss>', "doctype"),
    "a doctype in wide letters": (lambda: _laughs().decode().encode("utf-16"), "doctype"),
    "a doctype behind a comment": (lambda: b"<!-- <rss> -->" + _laughs(), "doctype"),
    "a doctype behind an open comment": (lambda: b"<rss><!-- " + b"<![CDATA[" * 1000 + _laughs(), "doctype"),
    "nested tags": (lambda: _nested(200_000), "deep"),
    "attributes": (lambda: _attributes(100_000), "attributes"),
    "attributes in single quotes": (lambda: _attributes(100_000, "'"), "attributes"),
    "attributes without quotes": (lambda: _attributes(100_000, ""), "attributes"),
    "attributes without values": (lambda: rss(f"<item {' '.join(f'a{n}' for n in range(100_000))}/>"), "attributes"),
    "an open tag": (lambda: b"<rss><channel><item " + b'a="1" ' * 100_000, "attributes"),
    "an encoding that hides": (lambda: b'<?xml version="1.0" encoding="utf-7"?>+ADw-rss+AD4-', "encoding"),
    "another that hides": (lambda: '<?xml version="1.0" encoding="cp037"?><rss/>'.encode("cp037"), "not a feed"),
    "wide letters": (lambda: "<rss/>".encode("utf-32"), "encoding"),
    "a page": (lambda: b"<!doctype html><html><body>Hello</body></html>", "not a feed"),
    "noise": (lambda: bytes(range(256)) * 100, "not a feed"),
    "nothing": (lambda: b"", "not a feed"),
    "a calendar's huge name": (lambda: ical(f"X-WR-CALNAME:{'x' * 1_900_000}\n", event("A")), "large"),
    "half a calendar": (lambda: ical(event("A"), event("B"))[:-40], "unreadable"),
    "too many events": (lambda: ical(*(event("A", uid=str(n)) for n in range(12_000))), "large"),
    "calendars in calendars": (lambda: b"BEGIN:VCALENDAR\r\n" * 100_000, "unreadable"),
}  # fmt: skip


@pytest.mark.parametrize("bomb", REFUSED)
def test_what_is_made_to_hurt_is_refused_in_time(bomb: str) -> None:
    make, reason = REFUSED[bomb]
    body = make()
    began, before = time.monotonic(), resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    with pytest.raises(NotParsed) as refused:
        read(body)
    assert refused.value.reason == reason
    assert time.monotonic() - began < SECONDS
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 50 * 1024, "the bot itself does not notice"


BORNE: dict[str, Callable[[], bytes]] = {
    "html that never closes": lambda: rss(f"<item><title>a</title><description>{'&lt;a ' * 300_000}</description></item>"),
    "html with many attributes": lambda: rss(f"<item><title>a</title><summary>&lt;a {'b=c ' * 300_000}&gt;</summary></item>"),
    "html in every item": lambda: rss(*(f"<item><title>{n}</title><body>{'&lt;a ' * 800}</body></item>" for n in range(399))),
    "open sections": lambda: rss(entry("a")) + b"<![CDATA[" * 200_000,
    "comments": lambda: rss("<!---->" * 250_000, entry("a")),
    "sections": lambda: rss("<![CDATA[]]>" * 150_000, entry("a")),
    "quotes": lambda: rss(f"<item><title>a</title><b>{'<a &quot;' * 100}</b></item>"),
    "one long title": lambda: rss(f"<item><title>{'a ' * 900_000}</title></item>"),
    "one long calendar": lambda: ical(event("A"), *(event("Old", "20100101T180000", str(n)) for n in range(11_000))),
    "alarms": lambda: ical(event("A", more="BEGIN:VALARM\nTRIGGER:-PT5M\nREPEAT:999999999\nDURATION:PT1S\nEND:VALARM\n")),
    "secondly": lambda: _rule("FREQ=SECONDLY"),
    "secondly since long ago": lambda: _rule("FREQ=SECONDLY", "19700101T000000"),
    "secondly on a day that never is": lambda: _rule("FREQ=SECONDLY;BYMONTH=2;BYMONTHDAY=30"),
    "hourly": lambda: _rule("FREQ=HOURLY"),
    "yearly on a day that never is": lambda: _rule("FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30"),
    "every second of every day": lambda: _rule(
        f"FREQ=DAILY;BYHOUR={','.join(map(str, range(24)))};BYMINUTE={','.join(map(str, range(32)))}"
    ),
    "a product of lists": lambda: _rule(
        f"FREQ=YEARLY;COUNT=1;BYMONTHDAY={','.join(map(str, range(1, 32)))};BYHOUR={','.join(map(str, range(24)))};"
        f"BYMINUTE={','.join(map(str, range(60)))};BYSECOND={','.join(map(str, range(60)))}"
    ),
    "a rule of nothing": lambda: _rule("FREQ="),
    "a rule in another tongue": lambda: _rule("FREQ=WOECHENTLICH"),
    "an interval of nothing": lambda: _rule("FREQ=DAILY;INTERVAL=0"),
    "many days left out": lambda: _rule("FREQ=DAILY", more=f"EXDATE:{','.join(['20260303T180000'] * 5_001)}\n"),
    "a huge line": lambda: ical(event("A", more=f"DESCRIPTION:{'x' * 1_900_000}\n")),
    "huge folds": lambda: ical(event("A", more=f"DESCRIPTION:{chr(10).join([' x'] * 500_000)}\n")),
    "another huge line": lambda: ical(event("A", more=f"UID:{'x' * 1_900_000}\n"), event("B", uid="2")),
    "a length of ages": lambda: ical(event("A", more="DURATION:P99999999999D\n")),
    "a day of ages": lambda: ical(event("A", "99999999T180000"), event("B", "00010101T000000", "2"), event("C", uid="3")),
    "a zone with a rule": lambda: ical(
        "BEGIN:VTIMEZONE\nTZID:Own\nBEGIN:STANDARD\nDTSTART:19700101T000000\nTZOFFSETFROM:-0600\nTZOFFSETTO:-0600\n"
        "RRULE:FREQ=SECONDLY\nEND:STANDARD\nEND:VTIMEZONE\n", event("A"),
    ),
}  # fmt: skip


@pytest.mark.parametrize("bomb", BORNE)
def test_what_is_made_to_hurt_in_a_part_costs_that_part_or_nothing(bomb: str) -> None:
    body = BORNE[bomb]()
    assert len(body) <= MEGABYTES_2
    began = time.monotonic()
    found = read(body)
    assert time.monotonic() - began < SECONDS
    assert 1 <= len(found.found) <= 50


@pytest.mark.parametrize(
    ("body", "charset", "title"),
    [
        (rss(entry("Brücke")), "", "Brücke"),
        (b"\xef\xbb\xbf" + rss(entry("Brücke")), "", "Brücke"),
        (rss(entry("Brücke")).decode().encode("utf-16"), "", "Brücke"),
        (
            b"<?xml version='1.0' encoding='iso-8859-1'?>" + rss(entry("Brücke")).decode().encode("latin-1"),
            "",
            "Brücke",
        ),
        (rss(entry("Brücke")).decode().encode("windows-1252"), "windows-1252", "Brücke"),
        (('<?xml version="1.0" encoding="Shift_JIS"?>' + rss(entry("橋")).decode()).encode("shift_jis"), "", "橋"),
        (rss(entry("Br\xfccke")).decode().encode("latin-1"), "", "Br\ufffdcke"),
        (rss(entry("a\x00b\x1fc")), "", "a b c"),
        (b"\n\n  " + rss(entry("a")), "", "a"),
    ],
)
def test_letters_are_read_as_they_were_meant(body: bytes, charset: str, title: str) -> None:
    assert [one.title for one in read(body, charset).found] == [title]


MALFORMED = {
    "an item that never ends": b"<rss version='2.0'><channel><item><title>A</title>",
    "an ampersand": rss("<item><title>A & B</title></item>"),
    "an entity of HTML": rss("<item><title>A&nbsp;B</title></item>"),
    "half a letter": rss("<item><title>A&#xD800;&nbsp;</title></item>"),
    "no letter": rss("<item><title>A&#1114112;&nbsp;&#99999999999999999999;&#0</title></item>"),
    "tags that cross": rss("<item><title>A</title><b><i></b></i></item>"),
    "no version": b"<rss><channel><item><title>A</title></item></channel></rss>",
    "rdf": b"<rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#' xmlns='http://purl.org/rss/1.0/'>"
    b"<item><title>A</title></item></rdf:RDF>",
    "atom": b"<feed xmlns='http://www.w3.org/2005/Atom'><title>T</title><entry><title>A</title><id>1</id></entry></feed>",
}


@pytest.mark.parametrize("feed", MALFORMED)
def test_what_is_not_well_made_is_read_all_the_same(feed: str) -> None:
    (found,) = read(MALFORMED[feed]).found
    assert found.title.startswith("A")


def test_html_becomes_plain_words() -> None:
    html = "&lt;p onclick=x()&gt;Hello &lt;b&gt;all&lt;/b&gt;&lt;script&gt;evil()&lt;/script&gt; &amp;lt;3&lt;/p&gt;"
    (found,) = read(
        rss(f"<item><title>A</title><description>{html}</description><link>javascript:x()</link></item>")
    ).found
    assert (found.words, found.url) == ("Hello all <3", None)


def test_entries_are_known_by_guid_else_link_else_title_and_the_fifty_newest_are_kept() -> None:
    linked = "<item><title>{}</title><link>https://example.org/1</link></item>"
    assert len(read(rss(entry("A", guid="1"), entry("B", guid="1"))).found) == 1
    assert len(read(rss(linked.format("A"), linked.format("B"))).found) == 1
    assert len(read(rss(entry("A"), entry("A"), entry("B"))).found) == 2
    many = [entry(f"n{day}", datetime(2026, 2, 1 + day % 28, day // 28, tzinfo=UTC), str(day)) for day in range(120)]
    found = read(rss(*many)).found
    assert len(found) == 50
    assert found[0].published_at == datetime(2026, 2, 28, 3, 0, tzinfo=UTC)


def test_the_settings_do_not_reach_the_process(monkeypatch: pytest.MonkeyPatch, tmp_path: object) -> None:
    monkeypatch.setenv("SLACK_BOT_TOKEN", "xoxb-canary")
    monkeypatch.setattr(
        "handlers.fetching.parsing._RUN",
        "import os, sys, json; sys.stdout.write(json.dumps({'refused': str(dict(os.environ))}))",
    )
    with pytest.raises(NotParsed) as said:
        read(b"")
    assert "xoxb" not in said.value.reason


def test_the_process_has_no_more_memory_and_time_than_it_is_given(monkeypatch: pytest.MonkeyPatch) -> None:
    looks = "{'refused': str([resource.getrlimit(one)[0] for one in (resource.RLIMIT_AS, resource.RLIMIT_CPU)])}"
    run = f"import resource; from handlers.fetching import parsing_child as child; child.read = lambda *_: {looks}; child.main()"
    monkeypatch.setattr("handlers.fetching.parsing._RUN", f"import sys; sys.path.insert(0, sys.argv[1]); {run}")
    with pytest.raises(NotParsed) as said:
        read(b"")
    assert said.value.reason == str([200 * 1024 * 1024, 5])


@pytest.mark.parametrize(
    ("does", "reason"),
    [
        ("while True: pass", "large"),
        ("a = bytearray(10**9)", "unreadable"),
        ("import os; os.kill(os.getpid(), 9)", "large"),
    ],
)
def test_a_process_that_does_not_end_or_dies_is_a_refusal(
    monkeypatch: pytest.MonkeyPatch, does: str, reason: str
) -> None:
    limit = "import resource; resource.setrlimit(resource.RLIMIT_AS, (200 << 20, 200 << 20)); "
    monkeypatch.setattr("handlers.fetching.parsing._RUN", limit + does if not does.startswith("while") else does)
    began = time.monotonic()
    with pytest.raises(NotParsed) as refused:
        parse(b"", "", URL, "UTC", NOW, seconds=1)
    assert refused.value.reason == reason
    assert time.monotonic() - began < 3
