"""A database that is locked, full or away, and requests that take too long: whoever is told "not saved" has nothing recorded."""

import json
import threading
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import event

from storage.database import Database
from tests import postgres as server
from tests.conftest import MovableClock
from tests.promises.conftest import PEOPLE
from tests.promises.deliveries import Bot, assembled, command
from tests.promises.troubles import (
    ANA,
    BO,
    RECORDED,
    SAID_NOTHING_SAVED,
    TIMES,
    UNSURE,
    Tally,
    acts_with,
    cut_off,
    fill_disk,
    locked,
    no_word_of_the_commit,
    requests,
    send_again,
    slow,
)


@pytest.fixture(autouse=True)
def in_time(patience: None, monkeypatch: pytest.MonkeyPatch) -> None:
    """Has the bot answer in time, as it does outside of tests."""
    monkeypatch.setattr("handlers.requests.ANSWER_WITHIN", timedelta(seconds=2.5))


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Has a database wait for 20 ms where it waits two seconds, for the test's sake."""
    monkeypatch.setattr("storage.database.BUSY_TIMEOUT_MS", 20)


@pytest.mark.parametrize("how", ["IMMEDIATE", "EXCLUSIVE"])
def test_while_the_file_is_locked_nothing_is_recorded_and_everybody_is_told(
    impatient: None, another: Callable[[str], Bot], sqlite_file: Path, how: str, figure: Callable[[str], None]
) -> None:
    bot = another(f"sqlite:///{sqlite_file}")
    waiting, tally = requests(bot, TIMES), Tally(bot)
    with locked(sqlite_file, how):
        answers = [bot.tells(request) for request, *_ in waiting]
    for (_, word, is_event), (status, said) in zip(waiting, answers, strict=True):
        assert acts_with(bot.database, word) == 0
        assert status == 500 if is_event else (status == 200 and SAID_NOTHING_SAVED in said), (word, said)
    figure(f"database locked ({how}): {len(answers)} requests, 0 recorded, {len(answers)} told so or not acknowledged")
    send_again(tally, waiting)


def test_the_words_come_back_when_they_could_not_be_saved(
    impatient: None, another: Callable[[str], Bot], sqlite_file: Path
) -> None:
    bot = another(f"sqlite:///{sqlite_file}")
    (typed, *_), (filled, *_), (pressed, *_), _ = requests(bot, 1)
    mistaken = command(ANA, f"<@{BO}> <@{ANA}> a tour")
    with locked(sqlite_file, "IMMEDIATE"):
        for request, words in ((typed, "command 0"), (mistaken, "a tour")):
            said = bot.tells(request)[1]
            assert words in said
            assert SAID_NOTHING_SAVED in said
        assert "button 0" not in bot.tells(pressed)[1]  # it was never read: the draft stays, and so does its button
        errors = json.loads(bot.tells(filled)[1])
    assert errors["response_action"] == "errors"  # the form stays open, with all that is in it
    assert SAID_NOTHING_SAVED in str(errors)


def test_on_a_full_disk_what_is_told_as_recorded_is_there_and_nothing_else(
    another: Callable[[str], Bot], sqlite_file: Path, figure: Callable[[str], None]
) -> None:
    bot = another(f"sqlite:///{sqlite_file}")
    waiting, tally = requests(bot, TIMES), Tally(bot)
    bot.database.engine.dispose()
    event.listen(bot.database.engine, "connect", fill_disk)
    told = [tally.send(*one) for one in waiting]
    event.remove(bot.database.engine, "connect", fill_disk)
    bot.database.engine.dispose()
    figure(f"disk full: {tally}")
    assert tally.bad == []
    assert tally.refused > TIMES
    send_again(tally, [one for one, was_recorded in zip(waiting, told, strict=True) if not was_recorded])


@pytest.mark.postgres
def test_while_the_database_goes_away_again_and_again_nobody_is_told_what_is_not_so(
    postgres: Database, another: Callable[[str], Bot], figure: Callable[[str], None]
) -> None:
    server.empty(postgres)
    bot = another(postgres.url.render_as_string(hide_password=False))
    waiting, tally = requests(bot, TIMES), Tally(bot)
    with cut_off(postgres):
        told = [tally.send(*one) for one in waiting]
    figure(f"database away: {tally}")
    assert tally.bad == []
    assert tally.refused > 0
    send_again(tally, [one for one, was_recorded in zip(waiting, told, strict=True) if not was_recorded])


@pytest.mark.postgres
@pytest.mark.parametrize(
    ("was_kept", "times", "answer"), [(True, 1, RECORDED), (False, 1, RECORDED), (True, 9, UNSURE), (False, 9, UNSURE)]
)
def test_when_nobody_says_whether_it_was_kept_it_is_looked_at_anew(
    postgres: Database, another: Callable[[str], Bot], was_kept: bool, times: int, answer: str
) -> None:
    server.empty(postgres)
    bot = another(postgres.url.render_as_string(hide_password=False))
    (typed, *_), (filled, *_), *_, (put, *_) = requests(bot, 1)
    with no_word_of_the_commit(bot.database, was_kept, times):
        assert answer in (said := bot.tells(typed)[1])
    assert "command 0" in said
    assert acts_with(bot.database, "command 0") == (was_kept or answer == RECORDED)
    with no_word_of_the_commit(bot.database, was_kept, times):
        assert answer in bot.tells(filled)[1]
    with no_word_of_the_commit(bot.database, was_kept, times):
        assert bot.takes(put).status == (200 if times == 1 else 500)
    assert bot.takes(put, 1).status == 200
    assert acts_with(bot.database, "C1AUSTIN:0.1") == 1


def test_a_request_that_takes_four_seconds_is_told_and_leaves_nothing_unless_nobody_waits_for_it(
    bot: Bot, now: MovableClock, figure: Callable[[str], None]
) -> None:
    waiting, tally = requests(bot, TIMES), Tally(bot)
    with slow(bot.database, lambda: now.move(seconds=4)):
        recorded = [tally.send(*one) for one in waiting]
    figure(f"four seconds in the transaction, {bot.database.url.get_backend_name()}: {tally}")
    assert tally.bad == []
    assert recorded == [is_event for *_, is_event in waiting]  # nobody waits for the answer to an event: it is kept
    assert tally.refused == recorded.count(False)
    send_again(tally, waiting)


def test_a_request_that_is_really_slow_is_told_and_leaves_nothing(
    url: str, monkeypatch: pytest.MonkeyPatch, another: Callable[[str], Bot]
) -> None:
    monkeypatch.setattr("handlers.requests.ANSWER_WITHIN", timedelta(seconds=0.5))
    another(url)
    bot = assembled(url, lambda: datetime.now(UTC), PEOPLE)
    waiting, tally = requests(bot, 1), Tally(bot)
    with slow(bot.database, lambda: threading.Event().wait(0.6)):
        recorded = [tally.send(*one) for one in waiting]
    bot.database.close()
    assert tally.bad == []
    assert recorded == [is_event for *_, is_event in waiting]
    assert tally.refused == recorded.count(False)
