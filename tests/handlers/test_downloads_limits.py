"""Downloads of feeds: no more is taken than fits, nobody is waited for longer than ten seconds, and half an answer is none."""

import gzip
import socket
import threading
import time
from collections.abc import Callable

import pytest

from handlers.fetching.downloads import MOST_BYTES, Downloads
from tests.handlers.canary import HOST, PUBLIC, Canary, canary, files, net, refused

__all__ = ["canary", "files", "net"]


def test_what_is_not_new_is_asked_for_with_what_is_known(net: Callable[..., Downloads], canary: Canary) -> None:
    canary.sends(
        b'HTTP/1.1 200 OK\r\nETag: "v1"\r\nLast-Modified: Mon, 02 Mar 2026 10:00:00 GMT\r\n'
        b"Content-Type: text/xml; charset=latin-1\r\n\r\nx"
    )
    found = net().fetch(f"https://{HOST}/")
    assert (found.etag, found.last_modified, found.charset) == ('"v1"', "Mon, 02 Mar 2026 10:00:00 GMT", "latin-1")
    canary.sends(b"HTTP/1.1 304 Not Modified\r\n\r\n")
    assert net().fetch(f"https://{HOST}/", found.etag, found.last_modified).body is None
    assert b'\r\nIf-None-Match: "v1"\r\nIf-Modified-Since: Mon, 02 Mar 2026' in canary.asked[-1]


def packed(megabytes: int) -> bytes:
    return gzip.compress(b"\0" * (megabytes * 1024 * 1024))


@pytest.mark.parametrize("encoding", ["identity", "gzip"])
def test_what_fits_comes_whole_and_what_does_not_is_refused(
    net: Callable[..., Downloads], canary: Canary, encoding: str
) -> None:
    pack = gzip.compress if encoding == "gzip" else bytes
    for size, fits in ((MOST_BYTES, True), (MOST_BYTES + 1, False)):
        head = f"HTTP/1.1 200 OK\r\nContent-Encoding: {encoding}\r\n\r\n".encode()
        canary.sends(head + pack(b"a" * size))
        if fits:
            assert net().fetch(f"https://{HOST}/").body == b"a" * size
        else:
            assert refused(net()) == "large"


def test_a_gzip_bomb_is_refused_while_it_is_unpacked(net: Callable[..., Downloads], canary: Canary) -> None:
    bomb = packed(200)
    assert len(bomb) < 210_000
    canary.sends(b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\n\r\n" + bomb)
    began = time.monotonic()
    assert refused(net()) == "large"
    assert time.monotonic() - began < 2


def test_many_small_members_and_unknown_packings_are_refused(net: Callable[..., Downloads], canary: Canary) -> None:
    canary.answers = lambda one, _: one.sendall(
        b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\n\r\n" + gzip.compress(b"ab") * 2
    )
    assert net().fetch(f"https://{HOST}/").body == b"abab"
    canary.sends(b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\n\r\n" + packed(1) * 300)
    assert refused(net()) == "large"
    canary.sends(b"HTTP/1.1 200 OK\r\nContent-Encoding: br\r\n\r\nx")
    assert refused(net()) == "status"
    canary.sends(b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\n\r\nno gzip")
    assert refused(net()) == "silent"


def _drip(one: socket.socket, what: bytes) -> None:
    for _ in range(100):
        one.sendall(what)
        time.sleep(0.05)


@pytest.mark.parametrize(
    ("first", "then"),
    [
        (b"", b""),
        (b"HTTP/1.1 200 OK\r\n", b"A: b\r\n"),
        (b"HTTP/1.1 200 OK\r\n\r\n", b"x"),
        (b"", b"HTTP/1.1 100 Continue\r\n\r\n"),
    ],
)
def test_a_site_that_drips_is_left_when_the_time_is_over(
    net: Callable[..., Downloads], canary: Canary, first: bytes, then: bytes
) -> None:
    def drip(one: socket.socket, _: bytes) -> None:
        one.sendall(first)
        _drip(one, then)

    canary.answers = drip
    began = time.monotonic()
    assert refused(net(seconds=0.5)) in ("slow", "silent")
    assert time.monotonic() - began < 2


def test_a_resolver_that_does_not_answer_is_left(net: Callable[..., Downloads]) -> None:
    woken = threading.Event()

    def sleep(_: str) -> list[str]:
        woken.wait(5)
        return []

    began = time.monotonic()
    assert refused(Downloads(sleep, net().connect, net().tls, 0.2)) == "slow"
    assert time.monotonic() - began < 1
    woken.set()


def test_a_name_that_is_not_there_is_said(net: Callable[..., Downloads]) -> None:
    def fails(_: str) -> list[str]:
        raise socket.gaierror

    assert refused(Downloads(fails, net().connect, net().tls, 5)) == "name"


@pytest.mark.parametrize(
    ("status", "reason"),
    [(404, "missing"), (410, "missing"), (403, "forbidden"), (500, "status"), (204, "status"), (302, "status")],
)
def test_other_answers_are_no_feeds(net: Callable[..., Downloads], canary: Canary, status: int, reason: str) -> None:
    canary.sends(f"HTTP/1.1 {status} X\r\nContent-Length: 0\r\n\r\n".encode())
    assert refused(net()) == reason


@pytest.mark.parametrize(
    "answer",
    [b"", b"hello\r\n", b"HTTP/9 200\r\n\r\n", b"HTTP/1.1 200 OK\r\n" + b"A: b\r\n" * 200 + b"\r\n",
     b"HTTP/1.1 200 " + b"x" * 99_999,
     b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n", b"HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\nx",
     b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\n\r\n" + gzip.compress(b"abc" * 100, mtime=0)[:-9]],
)  # fmt: skip
def test_what_is_no_answer_or_half_of_one_is_refused(
    net: Callable[..., Downloads], canary: Canary, answer: bytes
) -> None:
    canary.sends(answer)
    assert refused(net()) == "silent"


def test_a_certificate_of_somebody_else_is_not_taken(net: Callable[..., Downloads]) -> None:
    assert refused(net(), "https://other.example.org/") == "certificate"
    assert refused(Downloads(net().look_up, net().connect, seconds=5)) == "certificate"


def test_the_second_address_is_tried_where_the_first_does_not_answer(net: Callable[..., Downloads]) -> None:
    def connect(ip: str, patience: float) -> socket.socket:
        if ip == "2606:4700:4700::1111":
            raise OSError("no route")
        return net().connect(ip, patience)

    assert (
        Downloads(lambda _: ["2606:4700:4700::1111", PUBLIC], connect, net().tls, 5).fetch(f"https://{HOST}/").body
        == b"<rss/>"
    )
