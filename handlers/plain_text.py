"""Words from feeds as plain text in one line: without HTML, and without what breaks or turns lines."""

from html.parser import HTMLParser

from handlers.views.harmless import in_line

# What is looked at of a text: enough for any summary, and short enough for whatever HTMLParser makes of hostile HTML.
_LOOKED_AT = 20_000
_NOT_READ = frozenset({"script", "style", "template", "noscript", "head", "svg", "math", "iframe", "object"})


def plain(text: str, most: int, *, is_html: bool = True) -> str:
    """Returns a text as words alone, cut after a whole word where it is too long."""
    text = text[:_LOOKED_AT]
    line = in_line(_without_tags(text) if is_html and ("<" in text or "&" in text) else text)
    if len(line) <= most:
        return line
    return line[: most - 3].rsplit(" ", 1)[0][: most - 3].rstrip() + "..."


def _without_tags(html: str) -> str:
    words = _Words()
    words.feed(html)
    words.close()
    return "".join(words.said)


class _Words(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.said: list[str] = []
        self._unread = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:  # noqa: ARG002 - HTMLParser's
        self._unread += tag in _NOT_READ
        self.said.append(" ")

    def handle_endtag(self, tag: str) -> None:
        self._unread = max(self._unread - (tag in _NOT_READ), 0)
        self.said.append(" ")

    def handle_data(self, data: str) -> None:
        if not self._unread:
            self.said.append(data)
