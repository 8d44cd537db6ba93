"""A network between us and PostgreSQL that can fall silent: every packet is taken, and none arrives."""

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from sqlalchemy.engine import URL

from storage.database import Database


class Wire:
    """The network. `flows` is cleared to have it fall silent."""

    def __init__(self, url: URL) -> None:
        (self._server,) = Path(str(url.query["host"])).glob(".s.PGSQL.*[0-9]")
        self.flows = threading.Event()
        self.flows.set()
        self._listening = socket.create_server(("127.0.0.1", 0))
        self._ends: list[socket.socket] = []
        self._threads = [threading.Thread(target=self._accept)]
        self._threads[0].start()
        self.url = url.set(host="127.0.0.1", port=self._listening.getsockname()[1], query={})

    def _accept(self) -> None:
        while True:
            try:
                near, _ = self._listening.accept()
            except OSError:
                return
            far = socket.socket(socket.AF_UNIX)
            far.connect(str(self._server))
            self._ends += [near, far]
            for one, other in ((near, far), (far, near)):
                self._threads.append(threading.Thread(target=self._carry, args=(one, other)))
                self._threads[-1].start()

    def _carry(self, one: socket.socket, other: socket.socket) -> None:
        try:
            while data := one.recv(65_536):
                self.flows.wait()
                other.sendall(data)
            other.shutdown(socket.SHUT_WR)
        except OSError:
            return

    def close(self) -> None:
        self.flows.set()
        self._listening.shutdown(socket.SHUT_RDWR)
        for end in self._ends:
            with suppress(OSError):  # the other side was first
                end.shutdown(socket.SHUT_RDWR)
        for thread in self._threads:
            thread.join()
        for end in (self._listening, *self._ends):
            end.close()


@contextmanager
def over_a_wire(server: Database) -> Iterator[tuple[Database, Wire]]:
    """Gives a database that is reached over a network which can fall silent."""
    wire = Wire(server.url)
    database = Database(wire.url.render_as_string(hide_password=False))
    yield database, wire
    database.close()
    wire.close()
