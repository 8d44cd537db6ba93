"""A server on this machine that must not be reached, and downloads that reach nothing else."""

import socket
import ssl
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from handlers.fetching.downloads import Downloads, NotDownloaded
from tests.handlers import certificates

HOST, PUBLIC = "feeds.example.org", "93.184.215.14"
OK = b"HTTP/1.1 200 OK\r\n\r\n<rss/>"
connected: list[str] = []


class Canary:
    """A TLS server on this machine that counts who comes, and answers as it is told."""

    def __init__(self, context: ssl.SSLContext) -> None:
        self.asked: list[bytes] = []
        self.names: list[str | None] = []
        self.reached, self.stopped = 0, False
        self.answers: Callable[[socket.socket, bytes], None] = lambda one, _: one.sendall(
            b"HTTP/1.1 200 OK\r\n\r\n<rss/>"
        )
        context.sni_callback = lambda _socket, name, _context: self.names.append(name)
        self._context, self._listening = context, socket.create_server(("127.0.0.1", 0))
        self.port = self._listening.getsockname()[1]
        self._thread = threading.Thread(target=self._serve)
        self._thread.start()

    def sends(self, answer: bytes) -> None:
        """Has whoever comes sent these bytes."""
        self.answers = lambda one, _: one.sendall(answer)

    def _serve(self) -> None:
        while True:
            plain, _ = self._listening.accept()
            with plain:
                self.reached += 1
                try:
                    with self._context.wrap_socket(plain, server_side=True) as one:
                        one.settimeout(5)
                        self.asked.append(one.recv(65536))
                        self.answers(one, self.asked[-1])
                except OSError:  # whoever came has left, as many do here
                    if self.stopped:
                        return

    def stop(self) -> None:
        self.stopped = True
        with socket.create_connection(("127.0.0.1", self.port)):
            pass
        self._thread.join()
        self._listening.close()


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    return certificates.make(tmp_path_factory.mktemp("certificates"), HOST)


@pytest.fixture
def canary(files: tuple[Path, Path]) -> Iterator[Canary]:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(*files)
    found = Canary(context)
    yield found
    found.stop()


@pytest.fixture
def net(canary: Canary, files: tuple[Path, Path]) -> Callable[..., Downloads]:
    """Downloads by way of names as a test has them; whatever address is connected to, it is the canary that answers."""

    def make(*ips: str, seconds: float = 5, names: dict[str, list[str]] | None = None) -> Downloads:
        def connect(ip: str, patience: float) -> socket.socket:
            connected.append(ip)
            return socket.create_connection(("127.0.0.1", canary.port), patience)

        def look_up(host: str) -> list[str]:
            return (names or {}).get(host, list(ips or [PUBLIC]))

        return Downloads(look_up, connect, ssl.create_default_context(cafile=files[0]), seconds)

    return make


def refused(net: Downloads, url: str = f"https://{HOST}/feed") -> str:
    with pytest.raises(NotDownloaded) as error:
        net.fetch(url)
    return error.value.reason
