"""Whatever is typed: nothing but a Mistake comes of it, and it takes no time."""

import contextlib
import time

from hypothesis import example, given, settings
from hypothesis import strategies as st

from bot.errors import Mistake
from handlers.reading import plain_words, read_outsiders, read_statement

PIECES = (
    "<@U1ANA>", "<@U1ANA|ana>", "<@U1|", "<@", "<!channel>", "<!subteam^S1|", "<#C1|x>", "<https://", "<mailto:a@b|", ">",
    "@", "@a", "Jane Doe (Acme)", "Jane ", "van ", "(", ")", " (", "and ", ", ", " ", "\n", "advice ", "&amp;", "&lt;", "🙏",
    "\u202e", "\u0000", "é", "李", "O'", "|", ":", "x",
)  # fmt: skip
TEXTS = st.lists(st.sampled_from(PIECES) | st.text(max_size=5), max_size=30).map("".join)


def _read(text: str) -> None:
    plain_words(read_statement(text).words)
    with contextlib.suppress(Mistake):
        read_outsiders(text)


@settings(max_examples=150, deadline=None)
@given(TEXTS)
def test_whatever_is_typed_is_read_or_is_a_mistake_of_the_members(text: str) -> None:
    _read(text)


@settings(max_examples=60, deadline=None)
@given(TEXTS.filter(bool))
@example("<@U1|")
@example("Jane ")
@example("J ")
@example("van ")
@example("Jane Doe (")
@example("and ")
@example("<https://a")
@example("<!subteam^S1|")
@example("<@U1>")
@example("a@")
@example(",")
@example(";")
@example(" ")
@example("a ")
@example(":")
@example(":a")
@example("&")
def test_four_thousand_characters_are_read_in_a_moment(piece: str) -> None:
    text = (piece * 4000)[:4000]
    spent = []
    for _ in range(2):  # the first may have had to make room in memory
        started = time.thread_time()
        _read(text)
        spent.append(time.thread_time() - started)
    assert min(spent) < 0.2
