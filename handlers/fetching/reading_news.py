"""RSS and Atom, read into plain words. It runs in a process of its own, which may be killed: `parsing.py`."""

import calendar
import hashlib
import io
import re
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urljoin, urlsplit

import feedparser

from handlers.fetching.plain_text import TAG, plain

MOST_ENTRIES = 50
MOST_TITLE, MOST_WORDS, MOST_PLACE, MOST_URL, MOST_TOPICS = 300, 500, 200, 2_000, 200
MOST_ATTRIBUTES, MOST_DEPTH = 200, 1_000  # of one tag: feedparser takes 2 s for 8,000, and four times that for 16,000
# Encodings in which a < is a <, whatever comes before it, so that what is looked at here is what feedparser reads.
_ENCODINGS = re.compile(
    r"(?:utf-?8|us-ascii|ascii|iso-?8859-\d+|latin-?1|windows-125\d|cp125\d|koi8-[ru]|gb2312|gbk|gb18030|big5|euc-jp|euc-kr"
    r"|shift_jis|shift-jis|utf-?16|utf-16le|utf-16be)",
    re.IGNORECASE,
)
_MARKS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe\0\0", ""), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
_DECLARED = re.compile(rb"""\s*<\?xml[^>]{0,200}?encoding\s*=\s*["']([A-Za-z0-9_.:-]{1,40})""")
_DECLARATION = re.compile(r"\s*<\?xml[^>]*\?>")
_ROOT = re.compile(r"<(?:rss|feed|rdf:RDF|(?:\w+:)?feed)\b", re.IGNORECASE)
_UNREAD = re.compile(r"<!\[CDATA\[|<!--")
_QUOTED = re.compile(r'"[^"]*"|\'[^\']*\'')
_LETTER = re.compile(r"&#(x[0-9a-fA-F]+|[0-9]+);?")
_CLOSES_NOTHING = re.compile(r"(?:br|hr|img|input|wbr)\b", re.IGNORECASE)


class Refused(Exception):
    """It is not read, for one of bot.feeds.REASONS."""


def decoded(body: bytes, charset: str) -> str:
    """Returns a text: in the encoding that its first bytes, its server or its first line name, or in UTF-8."""
    for mark, encoding in _MARKS:
        if body.startswith(mark):
            if not encoding:
                raise Refused("encoding")
            return body.decode(encoding, "replace")
    if body[:4] in (b"<\0?\0", b"\0<\0?"):
        return body.decode("utf-16-le" if body[:1] == b"<" else "utf-16-be", "replace")
    named = _DECLARED.match(body[:400])
    for encoding in (named[1].decode() if named else "", charset):
        if encoding and not _ENCODINGS.fullmatch(encoding):
            raise Refused("encoding")
        if encoding and not encoding.lower().startswith("utf"):
            try:
                return body.decode(encoding, "replace")
            except LookupError:
                raise Refused("encoding") from None
    return body.decode("utf-8", "replace")


def read(text: str, url: str) -> dict[str, Any]:
    """Reads a feed: its title and its newest entries. Raises Refused."""
    if not _ROOT.search(text, 0, 20_000):
        raise Refused("not a feed")
    _look_over(text)
    body = _LETTER.sub(_whole_letter, _DECLARATION.sub("", text, count=1)).encode("utf-8", "replace")
    found = feedparser.parse(
        io.BytesIO(body),
        sanitize_html=False,  # all of it becomes plain words, which needs no sanitizing
        resolve_relative_uris=False,
        response_headers={"content-type": "application/xml; charset=utf-8"},
    )
    if not found.version and not found.entries:
        raise Refused("not a feed")
    entries: dict[str, dict[str, Any]] = {}
    for one in found.entries:
        entry = _entry(one, url)
        if entry:
            entries.setdefault(entry["key"], entry)
    newest = sorted(entries.values(), key=lambda one: one["published_at"] or "", reverse=True)
    return {
        "kind": "feed",
        "title": _words(found.feed, "title", MOST_TITLE),
        "found": newest[:MOST_ENTRIES],
        "note": None,
    }


def key_of(*parts: str) -> str:
    """Returns what an item is known by, of one length whatever it is made of."""
    return hashlib.sha256("\0".join(parts).encode("utf-8", "replace")).hexdigest()


def web_address(link: str, base: str) -> str | None:
    """Returns a link that a browser opens as a web page, or None."""
    try:
        whole = urljoin(base, link.strip())
        is_web = urlsplit(whole).scheme in ("http", "https") and bool(urlsplit(whole).hostname)
    except ValueError:
        return None
    is_clean = whole.isprintable() and not set(' <>|"\\') & set(whole)
    return whole if link.strip() and is_web and is_clean and len(whole) <= MOST_URL else None


def _look_over(text: str) -> None:
    """Refuses what would keep feedparser busy: declarations of entities, tags with very many attributes, very deep nesting."""
    depth = 0
    for piece in _outside_of_cdata(text):
        first = piece[:1]
        if first == "!" and piece[:8].upper().startswith(("!DOCTYPE", "!ENTITY")):
            raise Refused("doctype")
        if first == "/":
            depth -= 1
        elif first.isalpha() or first == "_":
            inside = TAG.match(piece)
            tag = inside[0] if inside and piece[inside.end() : inside.end() + 1] == ">" else piece
            bare = _QUOTED.sub(" q ", tag)
            if max(bare.count("="), len(bare.split()) // 2) > MOST_ATTRIBUTES:
                raise Refused("attributes")
            depth += not (tag.rstrip().endswith("/") or _CLOSES_NOTHING.match(tag))
            if depth > MOST_DEPTH:
                raise Refused("deep")


def _whole_letter(named: re.Match[str]) -> str:
    """Returns a letter that is named by its number; in the place of what is none, at which feedparser stops, a sign for that."""
    number = named[1]
    code = -1 if len(number) > 9 else int(number[1:], 16) if number[0] == "x" else int(number)
    return named[0] if 0 < code < 0xD800 or 0xDFFF < code <= 0x10FFFF else "\ufffd"


def _outside_of_cdata(text: str) -> list[str]:
    """Returns what follows each <, without what stands in CDATA and in comments, each of which is passed over once."""
    kept, at = [], 0
    while start := _UNREAD.search(text, at):
        kept.append(text[at : start.start()])
        end = "]]>" if start[0].endswith("[") else "-->"
        closed = text.find(end, start.end())
        at = start.end() if closed < 0 else closed + len(end)
        if closed < 0:
            break
    kept.append(text[at:])
    return "".join(kept).split("<")[1:]


def _entry(one: Any, url: str) -> dict[str, Any] | None:
    title, link, guid = _words(one, "title", MOST_TITLE), str(one.get("link") or ""), str(one.get("id") or "")
    words = _words(one, "summary", MOST_WORDS)
    title = title or plain(words, 80, is_html=False)
    if not title:
        return None
    topics = [plain(str(tag.get("label") or tag.get("term") or ""), 50) for tag in one.get("tags") or []]
    return {
        "key": key_of("id", guid) if guid else key_of("link", link) if link else key_of("title", title),
        "title": title,
        "words": words if words != title else "",
        "url": web_address(link, url),
        "topics": plain(", ".join(dict.fromkeys(filter(None, topics[:20]))), MOST_TOPICS, is_html=False),
        "published_at": _moment(one.get("published_parsed") or one.get("updated_parsed")),
    }


def _words(holder: Any, name: str, most: int) -> str:
    kind = str((holder.get(f"{name}_detail") or {}).get("type") or "")
    return plain(str(holder.get(name) or ""), most, is_html=kind != "text/plain")


def _moment(parsed: Any) -> str | None:
    if not parsed:
        return None
    try:
        return datetime.fromtimestamp(calendar.timegm(parsed), UTC).isoformat()
    except (ValueError, OverflowError, OSError, TypeError):
        return None  # a date that no calendar has is as good as none
