"""The samples once more, with other words in the place of whatever people write in them: names, good turns, thanks, lines, notes.

Their source is read, each such text in it becomes a call, and what comes of it is run: a new sample is hostile by itself.
"""

import ast
from collections.abc import Callable, Iterator
from pathlib import Path
from types import CodeType
from typing import Any

from bot.acts import MOST_CHARACTERS
from bot.addresses import LONGEST
from bot.asks import MOST_CHARACTERS as MOST_ASKED
from bot.asks import MOST_TOPICS
from bot.callbacks import MOST_ABOUT, MOST_NOTE
from bot.feeds import MOST_TOPICS as MOST_OF_A_FEED
from bot.meetings import MOST_WORDS
from bot.proposals import MOST_LINE
from bot.shares import MOST_CHARACTERS as MOST_NEWS_LINE
from bot.topics import LONGEST_LISTED, MOST_LISTED
from bot.topics import MOST_CHARACTERS as MOST_FOLLOWED
from bot.weeks import MOST_QUOTED
from handlers.fetching.reading_news import MOST_TITLE
from handlers.views.kit import Form, Message

Samples = dict[str, Callable[[], Message | Form]]

HERE = Path(__file__).parent
PARTS = (
    "samples_of_feeds", "samples_of_reports", "samples_of_admins", "samples_of_asks", "samples_of_calls", "samples_of_erasing",
    "samples_of_exports", "samples_of_insights", "samples_of_introductions", "samples_of_nudges", "samples_of_shares",
    "samples_of_summaries",
    "samples",
)  # fmt: skip
# What people write in the samples, and as many characters as they can; of what is written many times over, fewer at a time.
NAME, TYPED = 80, 3_000
WRITTEN = {
    **dict.fromkeys(("Ana", "Raj", "Mira", "Bo", "Lena", "Kim", "Lou", "Build Bot", "<@U1>", "<@U2>", "<#C9> *Bo*"), NAME),
    **dict.fromkeys(("<@U0EVE> & *you*",), NAME),
    **dict.fromkeys(("Jane Doe (Acme)", "the bank"), 143),  # a name of 80, a company of 60
    **dict.fromkeys(("the airport RFP went out today", "the surveyor you named saved our bid"), MOST_CHARACTERS),
    **dict.fromkeys(("Our bid went in with a day to spare.",), MOST_CHARACTERS),
    **dict.fromkeys(("the RFP", "to send the bid list"), MOST_ABOUT), "asked for our bid list": MOST_NOTE,
    **dict.fromkeys(("Mira leads the mass timber group in Portland.", "Raj stamped the first one in Texas."), MOST_LINE),
    **dict.fromkeys(("a structural engineer licensed in Colorado",), MOST_ASKED), "structures, Colorado": MOST_TOPICS,
    "Colorado": MOST_TOPICS, "a cost estimator in Dallas": MOST_ASKED,
    **dict.fromkeys(("mass timber, estimating", "estimating"), MOST_FOLLOWED),
    "timber frames": LONGEST_LISTED, "steel": LONGEST_LISTED, "estimating, timber frames": MOST_LISTED,
    "Bo knows both.": MOST_LINE, **dict.fromkeys(("We are bidding the library.", "We bid."), MOST_WORDS),
    **dict.fromkeys(("The surveyor Raj named saved our bid.", "<!here> *x* <https://example.org|y>"), MOST_QUOTED),
    **dict.fromkeys(("@rajesh", "Jane (Acme", "@channel", "after the thing", "two words", "Swedn", "Atlantis"), TYPED),
    **dict.fromkeys(("statistics", "next Friday", "at 8 at 9", "today 9am"), TYPED),
    **dict.fromkeys(("SMPS Austin", "SMPS Austin spring meeting", "Hall 2, Austin"), MOST_TITLE), "mass timber": MOST_OF_A_FEED,
    **dict.fromkeys(("Mass timber lunch", "SMPS events", "The airport RFP is out"), MOST_TITLE),
    "Page 3 is about your site.\n": MOST_NEWS_LINE, "https://austin.example.org/feed": LONGEST,
    "J": 1, "A": 1, "R": 1, "M": 1, "word ": 5, "word & ": 6, "2x4 & <framing> ": MOST_ABOUT // 9,
}  # fmt: skip


def sources() -> Iterator[tuple[str, ast.Module]]:
    """Gives the sources of the samples, each after those that it imports."""
    for part in PARTS:
        yield part, ast.parse((HERE / f"{part}.py").read_text())


def substituted(written: Callable[[str], str]) -> Samples:
    """Returns the samples with `written(text)` where a text that people write stood."""
    made: dict[str, dict[str, Any]] = {}
    for part, code, taken in _COMPILED:
        made[part] = {"__name__": part, "written": written}
        for module, names in taken:
            made[part] |= {name: made[module][name] for name in names}
        exec(code, made[part])
    samples: Samples = made["samples"]["SAMPLES"]
    return samples


class _Substitution(ast.NodeTransformer):
    """Puts calls in the place of written texts, and leaves out what the parts import of each other."""

    def __init__(self) -> None:
        self.taken: list[tuple[str, list[str]]] = []

    def visit_Constant(self, node: ast.Constant) -> ast.expr:
        if node.value not in WRITTEN:
            return node
        return ast.copy_location(ast.Call(ast.Name("written", ast.Load()), [node], []), node)

    def visit_ImportFrom(self, node: ast.ImportFrom) -> ast.ImportFrom | None:
        part = (node.module or "").rpartition(".")[2]
        if part not in PARTS:
            return node
        self.taken.append((part, [one.name for one in node.names]))
        return None


def _compiled() -> Iterator[tuple[str, CodeType, list[tuple[str, list[str]]]]]:
    for part, tree in sources():
        substitution = _Substitution()
        changed = ast.fix_missing_locations(substitution.visit(tree))
        yield part, compile(changed, part, "exec"), substitution.taken


_COMPILED = list(_compiled())
