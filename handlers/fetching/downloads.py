"""Downloads of feeds, guarded: an address comes from an admin, but where it leads is decided by others.

A name is resolved once, all that it resolves to must be public, and the connection goes to an address that was looked at; each
redirect is looked at like the first address. All of it takes ten seconds and gives two megabytes at the most, unpacked.
"""

import http.client
import io
import socket
import ssl
import threading
import time
import zlib
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, suppress
from dataclasses import dataclass, field
from typing import Any, BinaryIO
from urllib.parse import urljoin

from bot import addresses
from bot.addresses import Address
from bot.feed_errors import NotAnAddress
from handlers.fetching.networks import is_anybodys

SECONDS, MOST_HOPS, MOST_BYTES = 10, 3, 2 * 1024 * 1024
_PIECE = 64 * 1024
_MOVED = (301, 302, 303, 307, 308)
_GZIP = 16 + zlib.MAX_WBITS
# Sites that block what does not say what it is are right to.
_ASKS = {
    "User-Agent": "GoodTurn/0.1 (reads feeds that a Slack workspace's admin added, once an hour)",
    "Accept": "application/atom+xml, application/rss+xml, text/calendar, application/xml;q=0.9, text/xml;q=0.9, */*;q=0.1",
    "Accept-Encoding": "gzip",
    "Connection": "close",
}

Resolve = Callable[[str], Sequence[str]]
Connect = Callable[[str, float], socket.socket]


class NotDownloaded(Exception):
    """It did not come. `reason` is one of bot.feeds.REASONS."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True)
class Download:
    """What came: the bytes as they were unpacked, and what to say of them next time. `body` is None where nothing is new."""

    body: bytes | None
    charset: str = ""
    etag: str | None = None
    last_modified: str | None = None


def look_up(host: str) -> list[str]:
    """Returns the addresses that a name has now."""
    found = socket.getaddrinfo(host, 443, type=socket.SOCK_STREAM, proto=socket.IPPROTO_TCP)
    return list(dict.fromkeys(str(where[0]) for *_, where in found))


def connect(ip: str, seconds: float) -> socket.socket:
    """Opens a connection to an address, and to no name."""
    return socket.create_connection((ip, 443), seconds)


@dataclass(frozen=True)
class Downloads:
    """How downloads are made. Tests put other ways to look names up and to connect in the place of these."""

    look_up: Resolve = look_up
    connect: Connect = connect
    tls: ssl.SSLContext = field(default_factory=ssl.create_default_context)
    seconds: float = SECONDS

    def fetch(self, url: str, etag: str | None = None, last_modified: str | None = None) -> Download:
        """Downloads an address. Raises NotDownloaded."""
        until = time.monotonic() + self.seconds
        known = {"If-None-Match": etag, "If-Modified-Since": last_modified}
        headers = {**_ASKS, **{name: value for name, value in known.items() if value}}
        try:
            address = addresses.read(url)
            for _ in range(MOST_HOPS + 1):
                answer = self._ask(address, headers, until)
                if isinstance(answer, Download):
                    return answer
                address = addresses.read(urljoin(address.url, answer))
        except NotAnAddress:
            raise NotDownloaded("address") from None
        except TimeoutError:
            raise NotDownloaded("slow") from None
        except ssl.SSLCertVerificationError:
            raise NotDownloaded("certificate") from None
        except (OSError, EOFError, ValueError, http.client.HTTPException, zlib.error):
            raise NotDownloaded("silent") from None
        raise NotDownloaded("hops")

    def _ask(self, address: Address, headers: dict[str, str], until: float) -> Download | str:
        """Asks one host; returns what it gave, or where it says that it is now."""
        with closing(self._open(address.host, until)) as secure:
            connection = http.client.HTTPConnection(address.host)
            connection.sock = _InTime(secure, until)  # all that it uses of a socket
            connection.request("GET", address.path, headers={"Host": address.host, **headers})
            with connection.getresponse() as answer:
                if answer.status in _MOVED and (place := answer.getheader("Location")):
                    return place
                return _read(answer)

    def _open(self, host: str, until: float) -> ssl.SSLSocket:
        """Connects to one of the addresses that were looked at, under the host's own name."""
        ips = self._addresses(host, until)
        for number, ip in enumerate(ips):
            try:
                plain = self.connect(ip, _left(until) / (len(ips) - number))
            except OSError:
                if number == len(ips) - 1:
                    raise
                continue
            try:
                plain.settimeout(_left(until))
                return self.tls.wrap_socket(plain, server_hostname=host)
            except BaseException:
                plain.close()
                raise
        raise NotDownloaded("silent")

    def _addresses(self, host: str, until: float) -> Sequence[str]:
        """Resolves a name once. A resolver knows no limit of time, so it works beside us and may be left to itself."""
        found: list[Sequence[str]] = []

        def resolve() -> None:
            with suppress(OSError, UnicodeError):  # a name that is not there, which is said below
                found.append(self.look_up(host))

        resolving = threading.Thread(target=resolve, daemon=True, name="resolver")
        resolving.start()
        resolving.join(_left(until))
        if resolving.is_alive():
            raise TimeoutError
        if not found or not found[0]:
            raise NotDownloaded("name")
        if not all(is_anybodys(ip) for ip in found[0]):
            raise NotDownloaded("private")
        return found[0]


def _read(answer: http.client.HTTPResponse) -> Download:
    if answer.status == 304:
        return Download(None)
    if answer.status != 200:
        gone = {401: "forbidden", 403: "forbidden", 404: "missing", 410: "missing"}
        raise NotDownloaded(gone.get(answer.status, "status"))
    packed = (answer.getheader("Content-Encoding") or "identity").strip().lower()
    if packed not in ("identity", "", "gzip", "x-gzip"):
        raise NotDownloaded("status")
    pieces = iter(lambda: answer.read(_PIECE), b"")
    body = _joined(_unpacked(pieces) if "gzip" in packed else pieces)
    if answer.length:  # half a calendar would look as if the other half was called off
        raise NotDownloaded("silent")
    charset = answer.headers.get_content_charset() or ""
    return Download(body, charset, _kept(answer, "ETag"), _kept(answer, "Last-Modified"))


def _joined(pieces: Iterator[bytes]) -> bytes:
    body = bytearray()
    for piece in pieces:
        body += piece
        if len(body) > MOST_BYTES:
            raise NotDownloaded("large")
    return bytes(body)


def _unpacked(pieces: Iterator[bytes]) -> Iterator[bytes]:
    """Unpacks piece by piece, never more at a time than fits: 189 kB can hold 200 MB."""
    unpacking, packed, is_between = zlib.decompressobj(_GZIP), 0, True
    for piece in pieces:
        packed += len(piece)
        if packed > MOST_BYTES:
            raise NotDownloaded("large")
        rest = piece
        while rest:
            yield unpacking.decompress(rest, _PIECE)
            rest = unpacking.unconsumed_tail
            is_between = unpacking.eof
            if is_between:  # and another member may follow, as it does in joined files
                rest, unpacking = unpacking.unused_data.lstrip(b"\0"), zlib.decompressobj(_GZIP)
    if not is_between:
        raise NotDownloaded("silent")


def _kept(answer: http.client.HTTPResponse, name: str) -> str | None:
    """Returns what is sent back next time, unless no header could hold it."""
    value = answer.getheader(name)
    return value if value and len(value) <= 500 and value.isascii() and value.isprintable() else None


def _left(until: float) -> float:
    left = until - time.monotonic()
    if left <= 0:
        raise TimeoutError
    return left


class _InTime:
    """A socket for http.client that waits until one moment in all, and not anew for each byte that drips in."""

    def __init__(self, secure: ssl.SSLSocket, until: float) -> None:
        self._secure, self._until = secure, until

    def sendall(self, data: bytes) -> None:
        """Sends all of it."""
        self._secure.settimeout(_left(self._until))
        self._secure.sendall(data)

    def makefile(self, _mode: str) -> BinaryIO:
        """Returns what it receives, to be read."""
        return io.BufferedReader(_Received(self._secure, self._until))

    def close(self) -> None:
        """Leaves the closing to whoever opened it: what was received is read after this is called."""


class _Received(io.RawIOBase):
    def __init__(self, secure: ssl.SSLSocket, until: float) -> None:
        self._secure, self._until = secure, until

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        self._secure.settimeout(_left(self._until))
        return self._secure.recv_into(buffer)
