"""A server that answers watchers, over the database, the pulse and the figures that a test gives it."""

import asyncio
import json
import threading
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from handlers.serving.health import Watch
from handlers.serving.transport import Server, http_app


@contextmanager
def served(watch: Watch) -> Iterator[str]:
    """Serves what may be asked from this machine, and gives the address."""
    server = Server(http_app(None, watch), "127.0.0.1", 0)
    thread = threading.Thread(target=lambda: asyncio.run(server.serve()))
    thread.start()
    while not server.started:
        threading.Event().wait(0.005)
    try:
        yield f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}"
    finally:
        server.should_exit = True
        thread.join()


def asked(url: str) -> tuple[int, str]:
    """Asks, and returns the status and the body of the answer."""
    try:
        with urllib.request.urlopen(url, timeout=10) as answer:
            return answer.status, answer.read().decode()
    except urllib.error.HTTPError as error:
        with error:
            return error.code, error.read().decode()


def readiness(url: str) -> tuple[int, dict[str, Any]]:
    """Asks whether the program is ready, and returns the status and what was found."""
    status, body = asked(f"{url}/readyz")
    return status, json.loads(body)
