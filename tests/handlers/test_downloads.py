"""Downloads of feeds: whatever an address looks like, nothing but public hosts is reached.

A canary listens on this machine. Each hostile address is fetched, and must not reach it.
"""

import socket
from collections.abc import Callable

import pytest

from bot import addresses
from bot.feed_errors import NotAnAddress
from handlers.fetching import downloads
from handlers.fetching.downloads import Downloads
from handlers.fetching.networks import is_anybodys
from tests.handlers.canary import HOST, PUBLIC, Canary, canary, connected, files, net, refused

__all__ = ["canary", "files", "net"]

# What no form of an address may be: this machine, its neighbours and what is not https, in every way we know to write it.
HOSTILE = [
    "https://127.0.0.1/", "https://2130706433/", "https://0x7f000001/", "https://0x7f.1/", "https://017700000001/",
    "https://0177.0.0.1/", "https://127.1/", "https://127.0.1/", "https://0/", "https://0.0.0.0/", "https://127.0.0.1./",
    "https://[::1]/", "https://[::]/", "https://[::ffff:127.0.0.1]/", "https://[::ffff:7f00:1]/", "https://[::127.0.0.1]/",
    "https://[64:ff9b::a9fe:a9fe]/", "https://[2002:7f00:1::]/", "https://[fe80::1%25eth0]/", "https://[fd00:ec2::254]/",
    "https://169.254.169.254/latest/meta-data/", "https://2852039166/", "https://0xa9fea9fe/", "https://10.0.0.1/",
    "https://192.168.1.1/", "https://100.100.100.200/", "https://localhost/", "https://LOCALHOST./", "https://a.localhost/",
    "https://metadata.google.internal/", "https://printer.local/", "https://router/", "https://１２７.０.０.１/", "https://127。0。0。1/",
    "https://ⓛⓞⓒⓐⓛⓗⓞⓢⓣ/", "https://example.org@127.0.0.1/", "https://127.0.0.1@example.org/", "https://example.org:443@10.0.0.1/",
    "https://example.org\\@127.0.0.1/", "https://example.org:80/", "https://example.org:22/",
    "https://example.org:8443/", "https://example.org:0/", "http://example.org/", "ftp://example.org/", "file:///etc/passwd",
    "gopher://example.org/", "jar:https://example.org!/", "data:text/xml,<rss/>", "javascript:alert(1)", "//example.org/",
    "https:///example.org", "https:example.org", "https://", "https://.example.org/", "https://exa mple.org/", "https://example..org/",
    "https://example.org\r\nHost: 127.0.0.1/", "https://exa\x00mple.org/", "https://" + "a" * 64 + ".org/",
    "https://a.org/" + "x" * 2000,
    "unix:/var/run/docker.sock", "https://%6c%6f%63%61%6c%68%6f%73%74/", "https://127.0.0.0x1/", "",
]  # fmt: skip
PRIVATE = [
    "0.0.0.0", "10.1.2.3", "100.64.0.1", "100.127.255.255", "127.0.0.1", "127.255.255.255", "169.254.169.254", "172.16.0.1",
    "172.31.255.255", "192.0.0.8", "192.0.0.9", "192.0.2.1", "192.88.99.1", "192.168.0.1", "198.18.0.1", "198.51.100.1",
    "203.0.113.1", "224.0.0.1", "239.255.255.250", "240.0.0.1", "255.255.255.255", "168.63.129.16",
    "::", "::1", "::ffff:8.8.8.8", "::8.8.8.8", "64:ff9b::a9fe:a9fe", "64:ff9b::808:808", "64:ff9b:1::1", "100::1", "2001::1",
    "2001:db8::1", "2001:10::1", "2002:7f00:1::", "2002:808:808::1", "3fff::1", "5f00::1", "fc00::1", "fd00:ec2::254", "fe80::1",
    "fec0::1", "ff02::1", "2606:4700::5efe:7f00:1", "2606:4700:4700::1111%eth0", "nonsense", "127.1", "",
]  # fmt: skip
ANYBODYS = [
    "8.8.8.8",
    "93.184.215.14",
    "1.1.1.1",
    "172.32.0.1",
    "192.0.1.1",
    "2606:4700:4700::1111",
    "2a00:1450:4001::1",
]


@pytest.fixture(autouse=True)
def nothing_connected() -> None:
    connected.clear()


@pytest.mark.parametrize("url", HOSTILE)
def test_no_hostile_address_reaches_anything(net: Callable[..., Downloads], canary: Canary, url: str) -> None:
    with pytest.raises(NotAnAddress):
        addresses.read(url)
    assert refused(net(PUBLIC), url) == "address"
    assert (canary.reached, connected) == (0, [])


@pytest.mark.parametrize("ip", PRIVATE)
def test_no_name_that_leads_to_a_private_address_is_connected_to(
    net: Callable[..., Downloads], canary: Canary, ip: str
) -> None:
    assert not is_anybodys(ip)
    for ips in ([ip], [PUBLIC, ip], [ip, PUBLIC]):
        assert refused(net(*ips)) == "private"
    assert (canary.reached, connected) == (0, [])


@pytest.mark.parametrize("ip", ANYBODYS)
def test_public_addresses_are_anybodys(ip: str) -> None:
    assert is_anybodys(ip)


def test_the_real_resolver_and_connection_do_not_reach_this_machine(
    canary: Canary, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = socket.getaddrinfo
    monkeypatch.setattr(
        socket, "getaddrinfo", lambda host, *rest, **more: real("localhost", canary.port, *rest[1:], **more)
    )
    assert refused(Downloads(seconds=5), "https://rebound.example.org/") == "private"
    assert canary.reached == 0


def test_a_name_is_looked_up_once_and_what_was_looked_at_is_connected_to(
    net: Callable[..., Downloads], canary: Canary
) -> None:
    answers = iter([[PUBLIC], ["127.0.0.1"], ["127.0.0.1"]])
    found = Downloads(lambda _: next(answers), net().connect, net().tls, 5).fetch(
        f"https://{HOST}/feed?a=b c".replace(" ", "%20")
    )
    assert found.body == b"<rss/>"
    assert (connected, canary.names) == ([PUBLIC], [HOST])
    (head,) = canary.asked
    assert head.startswith(b"GET /feed?a=b%20c HTTP/1.1\r\n")
    assert f"\r\nHost: {HOST}\r\n".encode() in head
    assert b"\r\nUser-Agent: GoodTurn/" in head
    assert b"Cookie" not in head


@pytest.mark.parametrize(
    "place",
    ["https://169.254.169.254/latest/meta-data/", "http://feeds.example.org/", "//127.0.0.1/x", "https://inside.example.org/",
     "file:///etc/passwd", "https://feeds.example.org:8443/", "https://me:pw@feeds.example.org/"],
)  # fmt: skip
def test_a_redirect_is_looked_at_like_the_first_address(
    net: Callable[..., Downloads], canary: Canary, place: str
) -> None:
    canary.sends(f"HTTP/1.1 302 Found\r\nLocation: {place}\r\n\r\n".encode())
    assert refused(net(names={"inside.example.org": ["10.0.0.1"]})) in ("address", "private")
    assert (canary.reached, connected) == (1, [PUBLIC])


def test_a_rebound_name_is_looked_at_again_after_a_redirect(net: Callable[..., Downloads], canary: Canary) -> None:
    answers = iter([[PUBLIC], ["127.0.0.1"]])
    canary.sends(b"HTTP/1.1 301 Moved\r\nLocation: /again\r\n\r\n")
    assert refused(Downloads(lambda _: next(answers), net().connect, net().tls, 5)) == "private"
    assert canary.reached == 1


def test_three_hops_are_followed_and_a_fourth_is_not(net: Callable[..., Downloads], canary: Canary) -> None:
    def hop(last: int) -> Callable[[socket.socket, bytes], None]:
        def answer(one: socket.socket, _: bytes) -> None:
            number = len(canary.asked)
            moved = f"HTTP/1.1 307 Moved\r\nLocation: /{number}\r\n\r\n".encode()
            one.sendall(moved if number <= last else b"HTTP/1.1 200 OK\r\n\r\n<rss/>")

        return answer

    canary.answers = hop(3)
    assert net().fetch(f"https://{HOST}/").body == b"<rss/>"
    canary.asked.clear()
    canary.answers = hop(4)
    assert refused(net()) == "hops"


def test_addresses_are_written_in_one_way() -> None:
    for typed, url in (
        ("HTTPS://Example.ORG", "https://example.org/"), ("example.org/feed", "https://example.org/feed"),
        ("webcal://example.org/a.ics?x=1", "https://example.org/a.ics?x=1"), ("https://bücher.example/ü", "https://xn--bcher-kva.example/%C3%BC"),
        ("https://example.org:443/#part", "https://example.org/"), ("https://example.org./", "https://example.org/"),
        ("https://example.org#@127.0.0.1:443@x/", "https://example.org/"), ("  https://example.org/a%20b  ", "https://example.org/a%20b"),
    ):  # fmt: skip
        assert addresses.read(typed).url == url
        assert addresses.read(url).url == url


def test_what_connects_is_given_an_address_and_no_name() -> None:
    with pytest.raises(OSError, match=r".*"):
        downloads.connect("127.0.0.1.invalid", 0.2)
