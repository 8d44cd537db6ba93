"""Addresses of feeds: which can be read at all. Where a name leads is seen when it is read: `handlers/fetching/downloads.py`."""

import re
from dataclasses import dataclass
from urllib.parse import quote, urlsplit

from bot.feed_errors import NotAnAddress

LONGEST = 2_000  # characters
_CONTROLS = re.compile(r"[\x00-\x20\x7f-\xa0\u2028\u2029]")
_LABEL = re.compile(r"[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?")
# A name that ends in a number is read as an IPv4 address, in whatever notation: https://url.spec.whatwg.org/#ends-in-a-number-checker
_NUMBER = re.compile(r"\d+|0x[0-9a-f]*")
# Names that are somebody's own network, whatever answers for them.
_NEAR = (
    "localhost",
    "local",
    "localdomain",
    "internal",
    "intranet",
    "lan",
    "home",
    "corp",
    "private",
    "onion",
    "arpa",
    "invalid",
)
_MAY_STAND = "/%:@!$&'()*+,;=~-._?"  # in paths and queries, beside letters and digits: https://www.rfc-editor.org/rfc/rfc3986#section-3.3


@dataclass(frozen=True)
class Address:
    """An https address as it is read: the host in lower case ASCII, and what is asked of it."""

    host: str
    path: str

    @property
    def url(self) -> str:
        """The whole of it."""
        return f"https://{self.host}{self.path}"


def read(typed: str) -> Address:
    """Reads an address: https, at its own port, of a public name and without a password. Raises NotAnAddress.

    `webcal:` is how calendars name https; a name alone is taken for https, too.
    """
    text = typed.strip()
    if not text or len(text) > LONGEST or _CONTROLS.search(text) or "\\" in text:
        raise NotAnAddress(typed, "form")
    if "://" not in text.partition("?")[0] and re.match(r"[\w.-]+(?::443)?(?:[/?#]|$)", text):
        text = f"https://{text}"
    try:
        parts = urlsplit(text)
        port, user = parts.port, "@" in parts.netloc
    except ValueError:
        raise NotAnAddress(typed, "form") from None
    if parts.scheme not in ("https", "webcal", "webcals"):
        raise NotAnAddress(typed, "scheme")
    if user:
        raise NotAnAddress(typed, "credentials")
    if port not in (None, 443):
        raise NotAnAddress(typed, "port")
    host = _host(parts.hostname or "", typed)
    path = quote(parts.path or "/", _MAY_STAND) + (f"?{quote(parts.query, _MAY_STAND)}" if parts.query else "")
    return Address(host, path)


def _host(name: str, typed: str) -> str:
    try:
        host = name.encode("idna").decode("ascii").lower().removesuffix(".")
    except UnicodeError:
        raise NotAnAddress(typed, "host") from None
    labels = host.split(".")
    is_name = len(host) <= 253 and len(labels) > 1 and all(_LABEL.fullmatch(label) for label in labels)
    if not is_name or _NUMBER.fullmatch(labels[-1]) or labels[-1] in _NEAR:
        raise NotAnAddress(typed, "host")
    return host
