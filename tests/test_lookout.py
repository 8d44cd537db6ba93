"""What reads along in every test can fail, and knows the secrets of the world that is tested."""

import logging
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import structlog
from pydantic import SecretStr

from config import Settings
from tests.conversation import Person
from tests.installing.offices import settings as of_many
from tests.lookout import CLIENT_SECRET, KEY, LOOKOUT, OTHER_KEY, SIGNING_SECRET, Lookout, look_through
from tests.test_program import ROOT, environment

SECRETS = (SIGNING_SECRET, CLIENT_SECRET, KEY, OTHER_KEY, "code-T1-7")
WORDS = "the heronwood survey"
# Where a secret or somebody's words can come to stand in a line.
PLACES = ("event", "key", "inside", "exception", "before it", "of a library")


@pytest.fixture
def reading() -> Iterator[Lookout]:
    """Another one beside the suite's own, which forgets what is planted here."""
    one = Lookout()
    logging.getLogger().addHandler(one)
    yield one
    logging.getLogger().removeHandler(one)
    LOOKOUT.begin()


def say(place: str, what: str) -> None:
    """Logs something where it should not be."""
    log = structlog.get_logger("ours")
    if place == "of a library":
        logging.getLogger("theirs").info("before %s after", what)
    elif place in ("exception", "before it"):
        try:
            try:
                raise KeyError(what if place == "before it" else "x")
            except KeyError as error:
                raise ValueError(what if place == "exception" else "y") from error
        except ValueError:
            log.exception("fell")
    else:
        fields: dict[str, dict[str, Any]] = {
            "event": {},
            "key": {"of": what},
            "inside": {"of": [{"a": Exception(what)}]},
        }
        log.info(f"before {what} after" if place == "event" else "said", **fields[place])


@pytest.mark.parametrize("secret", SECRETS)
@pytest.mark.parametrize("place", PLACES)
def test_a_secret_is_found_wherever_it_stands(reading: Lookout, place: str, secret: str) -> None:
    say(place, secret)
    assert len(reading.leaks()) == (
        1 if place in ("exception", "before it") else 2
    )  # at DEBUG alone, or at INFO as well
    reading.begin()
    assert reading.leaks() == []


@pytest.mark.parametrize("place", PLACES)
def test_what_somebody_said_is_found_in_whatever_is_written_at_info(reading: Lookout, place: str) -> None:
    reading.hear(f"/give <@U2BOB> {WORDS}")
    say(place, WORDS)
    assert len(reading.leaks()) == (0 if place in ("exception", "before it") else 1)


@pytest.mark.parametrize("words", ["un \u00e9t\u00e9 chaud", 'she said "come in"', "Canary gave"])
def test_words_are_found_as_json_writes_them(reading: Lookout, words: str) -> None:
    reading.hear(words)
    say("key", words)
    assert len(reading.leaks()) == 1


def test_the_whole_suite_is_read_along(alice: Person) -> None:
    alice.types(f"/give @bob {WORDS}")
    assert LOOKOUT.leaks() == []
    assert any('"heard"' in line for line in LOOKOUT.lines)
    logging.getLogger("slack_sdk.web").warning("sent %s", WORDS)
    assert len(LOOKOUT.leaks()) == 1
    LOOKOUT.begin()


PLANTED = """
import logging

def test_that_logs_a_secret():
    logging.getLogger("urllib3").debug("playground-secret")

def test_that_logs_none():
    logging.getLogger("urllib3").debug("playground")
"""


def test_a_test_that_logs_a_secret_fails_and_the_one_beside_it_does_not(tmp_path: Path) -> None:
    (tmp_path / "test_planted.py").write_text(PLANTED)
    run = [
        sys.executable,
        "-m",
        "pytest",
        "-q",
        "-p",
        "tests.conftest",
        "-c",
        str(ROOT / "pyproject.toml"),
        str(tmp_path),
    ]
    given = environment(None, tmp_path)
    done = subprocess.run(run, cwd=ROOT, env=given, capture_output=True, text=True, timeout=60, check=False)
    assert "1 passed, 1 error" in done.stdout or "2 passed, 1 error" in done.stdout, done.stdout
    assert "test_that_logs_a_secret" in done.stdout
    assert "a secret: " in done.stdout


def test_every_secret_of_the_world_that_is_tested_is_known(settings: Settings) -> None:
    known = 0
    for given in (settings, of_many("http://x.invalid", "sqlite:///x", "https://x.invalid"), both()):
        for secret in (value.get_secret_value() for _, value in given if isinstance(value, SecretStr)):
            for one in filter(None, secret.split(",")):
                known += 1
                with pytest.raises(AssertionError, match="a secret"):
                    look_through(f'{{"event": "before {one} after"}}')
    assert known == 7
    look_through('{"event": "before nothing after"}')


def both() -> Settings:
    """Returns the settings of a program of its own, as tests start it."""
    given = environment(None, ROOT)
    return Settings(slack_bot_token=given["SLACK_BOT_TOKEN"], slack_app_token=given["SLACK_APP_TOKEN"])
