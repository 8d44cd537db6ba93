"""A program that many workspaces can install, served over HTTP beside a pretend Slack with two workspaces of the same people."""

import re
import socket
import urllib.error
import urllib.parse
import urllib.request
from dataclasses import dataclass
from html import unescape
from typing import Any

from app import GoodTurn
from config import Settings
from tests.cast import cast
from tests.conversation import Person, World, person_of
from tests.lookout import CLIENT_SECRET, KEY, SIGNING_SECRET

ORG = "E1"


@dataclass
class Page:
    """What an address answered."""

    status: int
    html: str
    headers: dict[str, str]

    @property
    def text(self) -> str:
        """Returns what is read there."""
        body = self.html.partition("<body>")[2]
        return " ".join(unescape(re.sub(r"<[^>]+>", " ", body)).split())


@dataclass
class Office:
    """The program, and a browser with a cookie in it."""

    bot: GoodTurn
    world: World
    url: str
    cookie: str = ""

    def person(self, name: str, team: str = "T1") -> Person:
        """Returns one of the cast in one of the workspaces."""
        person = person_of(self.world, name)
        person.team = team
        return person

    def manages(self, do: str, **what: Any) -> Any:
        """Does what is above people in the pretend Slack."""
        done = self.world.ask("manage", {"do": do, **what})
        assert done["ok"], done
        return done

    def opens(self, path: str) -> Page:
        """Opens an address of the program's, with the cookie there is."""
        page = fetch(path if path.startswith("http") else self.url + path, cookie=self.cookie)
        if "set-cookie" in page.headers:
            self.cookie = page.headers["set-cookie"].partition(";")[0]
        return page

    def begins(self) -> dict[str, str]:
        """Opens the first page, and returns what its button carries to Slack."""
        page = self.opens("/slack/install")
        assert page.status == 200, page.text
        link = re.search(r'class="go" href="([^"]+)"', page.html)
        assert link is not None
        asks = fetch(unescape(link[1]))
        assert asks.status == 200, asks.text
        assert "chat:write" in asks.html
        return dict(urllib.parse.parse_qsl(urllib.parse.urlsplit(unescape(link[1])).query))

    def decides(self, asked: dict[str, str], owner: str, decision: str = "allow") -> str:
        """Lets the app in at Slack, or does not; returns the address that leads back."""
        form = {"owner": owner, "decision": decision, "state": asked["state"], "redirect_uri": asked["redirect_uri"]}
        went = fetch(f"{self.world.url}/oauth/v2/authorize", form)
        assert went.status == 302, went.text
        return went.headers["location"]

    def installs(self, owner: str = "T1") -> Page:
        """Goes the whole way."""
        return self.opens(self.decides(self.begins(), owner))


def settings(slack_url: str, database_url: str, public_url: str, **changes: Any) -> Settings:
    """Returns the settings of such a program."""
    given: dict[str, Any] = {
        "slack_signing_secret": SIGNING_SECRET, "slack_api_url": f"{slack_url}/api/", "database_url": database_url,
        "transport": "http", "slack_client_id": "111.222", "slack_client_secret": CLIENT_SECRET, "public_url": public_url,
        "token_keys": KEY,
    }  # fmt: skip
    return Settings(**given | changes)


def two_workspaces() -> dict[str, Any]:
    """Returns two workspaces of the same people, with the same ids, that have not installed the app yet."""
    one = cast() | {"installed": False, "tokens": {"bot": "xoxb-none-1", "app": "xapp-playground"}}
    other = {"team": {"id": "T2", "name": "Stockholm Builders", "domain": "stockholm"}}
    return {"teams": [one, one | other | {"tokens": {"bot": "xoxb-none-2", "app": "xapp-playground"}}]}


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as free:
        return int(free.getsockname()[1])


class _Stays(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_: Any, **__: Any) -> None:
        return None


def fetch(url: str, form: dict[str, str] | None = None, cookie: str = "") -> Page:
    """Asks an address, and goes no further where it leads elsewhere."""
    data = None if form is None else urllib.parse.urlencode(form).encode()
    request = urllib.request.Request(url, data, {"cookie": cookie} if cookie else {})
    try:
        with urllib.request.build_opener(_Stays).open(request, timeout=20) as answer:
            return Page(answer.status, answer.read().decode(), {k.lower(): v for k, v in answer.headers.items()})
    except urllib.error.HTTPError as error:
        with error:
            return Page(error.code, error.read().decode(), {k.lower(): v for k, v in error.headers.items()})
