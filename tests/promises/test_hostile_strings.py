"""Five thousand hostile strings through every screen: nobody is pinged, nothing linked, no line turned around, nothing refused.

What people write is put in the place of every text of the samples, of which there is one for each message and form.
"""

import ast
import json
import re
from collections.abc import Callable, Collection, Iterator
from itertools import chain, product, repeat
from typing import Any, Literal

import pytest

from handlers.views.charts import chart_sentence
from handlers.views.harmless import escape, in_line, unescape
from handlers.views.kit import Form, Message, clipped, listed, name, names, notice
from handlers.views.network_picture import Tie, network_words
from playground.blocks import faults_in_blocks, faults_in_view
from tests.views.hostile import BY_HAND, by_chance
from tests.views.substituting import WRITTEN, Samples, sources, substituted

IN_ALL, LONG, BENIGN = 5_000, 1_000, "harmless"
SEQUENCE, ENTITY = re.compile(r"<[^<>]*>?|>"), re.compile(r"&(?!(?:amp|lt|gt);)")
# Nothing that turns a line around or is a control; a break only where the bot puts one.
UNSEEN = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u061c\u202a-\u202e\u2066-\u2069]")
FORBIDDEN_KEYS = {"link_names", "parse", "image_url", "markdown"}
# Texts of the samples that nobody writes: the bot's own, Slack's, days, zones, ids.
NOT_WRITTEN = re.compile(
    r"[a-z_0-9.:%-]*|[A-Z]{1,3}\d*|U0[A-Z]+|/\w+|slack://.*|[A-Z]\w+/\w+|FREQ=.*|\d{4}-.*|mistakes_.*|Sweden|Mon to .*|Sun to .*|"
    r"\w{3} \d+ \w{3}.*|I took 3 as the afternoon\.|every other Friday|I ask you once more on .*|"
    r"You will not be introduced to .*|taken back|called back|passed on|not now|checking in|did not meet|not yet|"
    r"[Nn]ot this|https://(?:austin|news)\.example\.org/(?:spring|rfp)|In a week|"
    r"pass on|on Monday|Tuesdays at .*|led to something|one answers|led 1| \(|\)| \(R&D\)|"
    r"\*?Did you and Mira meet\?\*?"
)


@pytest.fixture(scope="module")
def meant() -> dict[str, set[str]]:
    """The sequences that the bot means, by screen: channels it names. Screens without anybody's words are left out."""
    found = {
        screen: {one for body in bodies for text in _marked(body) for one in SEQUENCE.findall(text)} - {">"}
        for screen, bodies in _bodies(substituted(lambda _: BENIGN))
        if BENIGN in json.dumps(bodies)
    }
    assert all(re.fullmatch(r"<#C\d>", one) for some in found.values() for one in some)
    return found


def test_every_string_by_hand_is_harmless_in_every_place_of_every_screen(meant: dict[str, set[str]]) -> None:
    for evil in BY_HAND:
        for screen, one in _made(substituted(_written(repeat(evil))), meant):
            body = one.view() if isinstance(one, Form) else one.body()
            _is_harmless(screen, body, meant[screen])
            assert len(evil) < LONG or _faults(screen, body) == [], screen


def test_five_thousand_strings_are_harmless_and_slack_takes_them(meant: dict[str, set[str]]) -> None:
    used: set[str] = set()
    stream = _noted(chain(BY_HAND, by_chance(6)), used)
    while len(used) < IN_ALL:
        for screen, bodies in _bodies(substituted(_written(stream)), meant):
            for body in bodies:
                _is_harmless(screen, body, meant[screen])
                assert _faults(screen, body) == [], (screen, body)


def test_what_people_write_in_the_samples_is_known() -> None:
    found = {text for _, tree in sources() for text in _texts(tree)}
    assert set(WRITTEN) <= found, "these are in no sample any more"
    assert sorted(one for one in found - set(WRITTEN) if not NOT_WRITTEN.fullmatch(one)) == []


def test_a_screen_with_other_words_has_none_of_those_of_the_sample() -> None:
    """Otherwise a text that people write went past the substitution."""
    others = re.compile(r"\b(?:Mira|Bo|Lena|airport RFP went|mass timber group|surveyor)\b")
    own = re.compile(r"help_|export_|summaries_example|introductions_no_and_more|lateness_question|.*form")
    for screen, bodies in _bodies(substituted(lambda _: BENIGN)):
        if not own.match(screen):
            assert others.search(json.dumps(bodies)) is None, screen


def test_the_words_of_a_picture_are_one_line_of_plain_text() -> None:
    for evil, count in product(BY_HAND, (1, 40, 400)):
        said = network_words([Tie(evil, is_new=True, gave=1, got=1)] * count)
        assert len(said) <= 1_000
        assert UNSEEN.search(said) is None
        assert "\n" not in said
    assert chart_sentence({"<!here>": 3, "help": 1}) == "Help this week by kind: helping someone succeed 1."


def test_a_name_stays_a_name_in_bold_and_at_the_beginning_of_a_line() -> None:
    for evil in BY_HAND:
        for shown in (name(evil), clipped(evil), listed([evil, "Raj"]), names([evil] * 5)):
            assert shown == shown.strip()
            assert re.search(r"[*~`\n]", shown) is None
            assert not shown.startswith("&gt;"), "it would quote the line"
        assert 0 < len(unescape(name(evil))) <= 80


def test_of_nothing_that_is_seen_there_is_no_name() -> None:
    assert {name(one) for one in ("", " ", "***", "\u200b\u200d", "\u3164", "\u202e", "\x00", ">>>")} == {"someone"}
    assert name("👩‍👩‍👧 Raj_P") == "👩‍👩‍👧 Raj_P"


def test_words_are_as_they_were_but_for_what_turns_a_line() -> None:
    assert in_line("a\nb\x00c \u202ed\u202c שרה") == "a b c d שרה"
    assert unescape(escape("&lt; <b> & ü")) == "&lt; <b> & ü"
    assert notice("Ana: ", "one\n\u202etwo", ".") == "Ana: one two."


def _written(stream: Iterator[str]) -> Callable[[str], str]:
    """Returns what gives the next string for a text, as long as that text can be."""
    return lambda text: next(stream)[: WRITTEN[text]]


def _noted(stream: Iterator[str], used: set[str]) -> Iterator[str]:
    for one in stream:
        used.add(one)
        yield one


def _bodies(samples: Samples, wanted: Collection[str] | None = None) -> Iterator[tuple[str, list[dict[str, Any]]]]:
    """Gives for each screen what would be sent to Slack: a form; a message, and the same in words alone."""
    for screen, one in _made(samples, wanted):
        yield screen, [one.view()] if isinstance(one, Form) else [one.body(), one.plainer()]


def _made(samples: Samples, wanted: Collection[str] | None) -> Iterator[tuple[str, Message | Form]]:
    return ((screen, sample()) for screen, sample in samples.items() if wanted is None or screen in wanted)


def _faults(screen: str, body: dict[str, Any]) -> list[str]:
    if body.get("type") == "modal":
        return faults_in_view(body)
    surface: Literal["home", "message"] = "home" if screen.startswith("home_") and screen != "home_saved" else "message"
    return faults_in_blocks(body["blocks"], surface)


def _is_harmless(screen: str, body: dict[str, Any], meant: set[str]) -> None:
    for text in _marked(body):
        own = re.sub(r"^> ?", "", text, flags=re.MULTILINE)  # a quotation in words alone
        assert set(SEQUENCE.findall(own)) <= meant, (screen, text)
        assert ENTITY.search(text) is None, (screen, text)
        assert UNSEEN.search(text) is None or "\n> " in text, (screen, text)
        assert len(text) <= 3_000, screen


def _marked(part: Any) -> Iterator[str]:
    """Gives all text in which Slack reads anything, and holds each place to what it must say of itself."""
    if isinstance(part, list):
        for one in part:
            yield from _marked(one)
    elif isinstance(part, dict):
        assert not FORBIDDEN_KEYS & set(part)
        if part.get("type") == "mrkdwn":
            assert part["verbatim"] is True, "Slack would make links of addresses in it"
            yield part["text"]
        elif "blocks" in part and "text" in part:
            yield part["text"]
        for key, one in part.items():
            if key != "text" or part.get("type") not in ("mrkdwn", "plain_text", "text"):
                yield from _marked(one)


def _texts(tree: ast.Module) -> Iterator[str]:
    documented = {
        id(node.body[0].value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Module | ast.FunctionDef) and isinstance(node.body[0], ast.Expr)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in documented:
            yield node.value
