"""Every text the bot says: kept as golden JSON, and held to VOICE and to Slack's limits.

`GOLDEN=write make test` writes the files anew; read the difference before keeping it.
"""

import json
import os
import re
from html import unescape
from pathlib import Path
from typing import Any, Literal

import pytest

from bot import errors, introduction_errors
from handlers.views import mistakes
from handlers.views.admins import Corner
from handlers.views.harmless import escape
from handlers.views.kit import Form, Message
from playground.blocks import faults_in_blocks, faults_in_view
from storage.tables import Workspace
from tests.conversation import words
from tests.views.samples import AT, MISTAKES, SAMPLES, a_home, entry, told

GOLDEN = Path(__file__).parent / "golden"
FORBIDDEN = (
    "user|lead|prospect|target|asset|top|best|most active|rank|score|points|streak|badge|taker|inactive|overdue|forgot|"
    "still waiting|do not miss|hurry|debt|repay|just|simply|invalid|illegal|error|failed|oops|went wrong|"
    "try again later|declined|rejected|click here|asap|leverage|synergy|reach out|touch base|won't|doesn't|isn't|you're"
)
# "Nobody is ranked" and "There are no points" are what the bot may say of them.
ALLOWED = re.compile(r"There are no points and no rankings|ranked", re.IGNORECASE)


def _shown(name: str) -> dict[str, Any]:
    """Returns a sample as it is to be read: without `verbatim`, which every text has; the hostile strings look at it."""
    sample = SAMPLES[name]()
    shown = sample.view() if isinstance(sample, Form) else {"text": sample.text, "blocks": list(sample.blocks)}
    kept: dict[str, Any] = json.loads(json.dumps(shown), object_hook=_without_verbatim)
    return kept


@pytest.mark.parametrize("name", SAMPLES)
def test_what_is_said_is_what_was_agreed_on(name: str) -> None:
    file = GOLDEN / f"{name}.json"
    written = json.dumps(_shown(name), indent=1, ensure_ascii=False) + "\n"
    if os.environ.get("GOLDEN") == "write":
        file.write_text(written)
    assert file.read_text() == written


def test_no_golden_file_is_left_behind() -> None:
    assert {file.stem for file in GOLDEN.glob("*.json")} == set(SAMPLES)


@pytest.mark.parametrize("name", SAMPLES)
def test_slack_takes_it(name: str) -> None:
    sample = SAMPLES[name]()
    if isinstance(sample, Form):
        assert faults_in_view(sample.view()) == []
    else:
        surface: Literal["home", "message"] = "home" if name.startswith("home_") and name != "home_saved" else "message"
        assert faults_in_blocks(sample.body()["blocks"], surface) == []
        assert faults_in_view(sample.view()) == []


@pytest.mark.parametrize("name", SAMPLES)
def test_it_sounds_like_good_turn(name: str) -> None:
    shown = _shown(name)
    said = words(shown)
    assert re.search(rf"\b(?:{FORBIDDEN})\b", ALLOWED.sub("", said), re.IGNORECASE) is None, said
    assert said.count("!") <= 1
    assert "(s)" not in said
    assert len(re.findall(r"(?<![:\w]):[a-z_]+:(?![:\w])", said.replace(":pray:", ""))) <= 1


@pytest.mark.parametrize("name", [name for name, sample in SAMPLES.items() if isinstance(sample(), Message)])
def test_its_notification_stands_alone(name: str) -> None:
    text = SAMPLES[name]().text  # type: ignore[union-attr]
    assert text
    shown = len(unescape(text))
    assert shown <= 150 or (shown <= 300 and name.startswith(("mistakes_", "help_", "lateness_", "plainer_act_late")))
    assert not text.startswith((":", "*"))
    assert "*" not in text.replace("...", "")
    assert "`" not in text


@pytest.mark.parametrize("name", SAMPLES)
def test_its_buttons_fit_a_phone(name: str) -> None:
    for block in _shown(name)["blocks"]:
        elements = [*block.get("elements", []), *filter(None, [block.get("accessory")])]
        buttons = [one for one in elements if one.get("type") == "button"]
        assert len(buttons) <= 3, "at most three in a row"
        for button in buttons:
            assert len(button["text"]["text"]) <= 24
            assert not re.search(r":[a-z_]+:", button["text"]["text"])


def test_there_are_words_for_every_mistake() -> None:
    named = [*vars(errors).values(), *vars(introduction_errors).values()]
    known = {one for one in named if isinstance(one, type) and issubclass(one, errors.Mistake)}
    assert known - {errors.Mistake, introduction_errors.NobodyAsked} == {type(one) for one in MISTAKES}
    for mistake in MISTAKES:
        assert "could not save" not in mistakes.message(mistake, "", "", "slack://").text


@pytest.mark.parametrize(
    "evil", ["<!channel>", "<@U1>", "<https://x|pay>", "&lt;!here&gt;", "*a* `b` ~c~ <!subteam^S1>"]
)
def test_no_name_and_no_words_can_ping_link_or_disguise(evil: str) -> None:
    from handlers.views import acts

    one = told("raj", entry(words=evil))
    one.names["ana"] = evil  # type: ignore[index]
    try:
        shown = [
            acts.told(one),
            acts.fixed(one),
            acts.helped(one),
            a_home(corner=Corner(Workspace(team_id="T1", created_at=AT), [evil])),
        ]
    finally:
        one.names["ana"] = "Ana"  # type: ignore[index]
    for message in shown:
        for text in _mrkdwn_of(message.body()):
            assert not re.search(r"<[!@#h]", text.replace("<#C1>", "")), text


def test_a_long_text_is_cut_in_the_notification_and_nowhere_else() -> None:
    message = SAMPLES["acts_told_long"]()
    assert isinstance(message, Message)
    assert len(message.text) <= 150
    assert "..." in message.text
    assert ("word " * 100) in json.dumps(list(message.blocks))


def test_escaping_touches_three_characters_and_no_other() -> None:
    assert escape("a & b < c > d \"e\" 'f' \u202e") == "a &amp; b &lt; c &gt; d \"e\" 'f' \u202e"


def _without_verbatim(part: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in part.items() if key != "verbatim"}


def _mrkdwn_of(value: Any) -> list[str]:
    """Returns all text in which Slack would read mentions and links: notifications and mrkdwn."""
    if isinstance(value, dict):
        own = [value["text"]] if isinstance(value.get("text"), str) and value.get("type") in (None, "mrkdwn") else []
        return own + [text for inner in value.values() for text in _mrkdwn_of(inner)]
    return [text for inner in value for text in _mrkdwn_of(inner)] if isinstance(value, list) else []
