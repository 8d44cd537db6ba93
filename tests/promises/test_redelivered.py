"""Requests of every kind, five deliveries of each, on two bots over one database: nothing is doubled and nothing is lost.

Ten thousand deliveries with `--long`, two thousand without.
"""

import random
import time
from collections import Counter
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text

from bot import acts as statements
from bot import callbacks
from bot.acts import Statement
from bot.callbacks import Call
from bot.ledger import Recorded
from bot.plans import Plan
from storage import drafts, members
from tests.conftest import MovableClock
from tests.promises.conftest import PEOPLE
from tests.promises.deliveries import TEAM, Bot, Signed, command, emoji, form, press, shortcut

KINDS, COPIES = 11, 5
THREADS = 8
DRAFT: dict[str, Any] = {
    "role": "gave", "outsiders": [], "kind": None, "channel": "C1AUSTIN", "is_private": False, "source": "command"
}  # fmt: skip


def _pair(number: int) -> tuple[str, str]:
    return PEOPLE[number % len(PEOPLE)], PEOPLE[(number + 7) % len(PEOPLE)]


def _drafts(bot: Bot, what: str, each: int) -> list[str]:
    """Keeps what people have said and not recorded, as buttons and forms need it."""
    kept = []
    with bot.database.transaction() as session:
        for number in range(each):
            actor, other = _pair(number)
            said = {**DRAFT, "slack_ids": [other], "words": f"{what} {number}"}
            mine = members.known(session, TEAM, [actor])[actor].id
            kept.append(drafts.keep(session, TEAM, mine, said, bot.clock(), f"{what} {number}"))
    return kept


def _told(bot: Bot, what: str, each: int) -> list[Recorded]:
    """Records acts that can be thanked for or taken back."""
    with bot.database.transaction() as session:
        known = members.known(session, TEAM, PEOPLE)
        made = []
        for number in range(each):
            actor, other = (known[one] for one in _pair(number))
            said = Statement("gave", [other], f"{what} {number}", channel="C1AUSTIN")
            made.append(statements.record(session, actor, said, bot.clock(), f"{what} {number}"))
    return made


def _noted(bot: Bot, what: str, each: int) -> list[str]:
    """Notes calls that can be returned; returns their turns."""
    with bot.database.transaction() as session:
        known = members.known(session, TEAM, PEOPLE)
        noted = []
        for number in range(each):
            actor, other = (known[one] for one in _pair(number))
            call, plan = Call(other, f"{what} {number}"), Plan(bot.clock() + timedelta(days=1))
            noted.append(callbacks.note_down(session, actor, call, plan, bot.clock(), f"{what} {number}").turn.id)
    return noted


def _requests(bot: Bot, each: int) -> list[Signed]:
    """Returns what people do; emoji that are taken off are told of in either order, as the rest is."""
    filled = {"outsiders": "", "kind": ("selected_option", {"value": "advice"})}
    done: list[Signed] = []
    waiting = {what: _drafts(bot, what, each) for what in ("form", "again")}
    told = {what: _told(bot, what, each) for what in ("thanked", "undone")}
    noted = _noted(bot, "returned", each)
    for number in range(each):
        actor, other = _pair(number)
        put, off = f"1772463600.{2 * number:06}", f"1772463600.{2 * number + 1:06}"
        done += [
            command(actor, f"<@{other}> command {number}"),
            emoji(actor, other, f"{number}.1", put),
            form(actor, "acts.recorded", waiting["form"][number], people=[other], words=f"form {number}", **filled),
            press(actor, "acts.again", waiting["again"][number]),
            press(other, "acts.thank", told["thanked"][number].entries[0].act.root_id, where="posted"),
            command(actor, f"Jane Doe (Acme) tomorrow 3pm about noted {number}", "/callback"),
            press(actor, "callbacks.called_back", noted[number]),
            press(actor, "acts.undo", told["undone"][number].said_id),
            shortcut(actor, f"shortcut {number}", other),
            emoji(actor, other, f"{number}.2", off, off=True),
            emoji(actor, other, f"{number}.2", put),
        ]
    return done


def _deliver(bots: list[Bot], requests: Iterable[tuple[int, Signed]], retry: int = 0) -> Counter[int]:
    with ThreadPoolExecutor(THREADS) as pool:
        taken = pool.map(lambda one: bots[one[0]].takes(one[1], retry).status, requests)
        return Counter(taken)


def test_nothing_is_doubled_and_nothing_is_lost(
    another: Callable[[str], Bot], url: str, now: MovableClock, figure: Callable[[str], None], long: bool
) -> None:
    bots, chance = [another(url), another(url)], random.Random(1)
    each = (10_000 if long else 2_000) // (KINDS * COPIES) + 1
    requests = _requests(bots[0], each)
    began = time.perf_counter()
    twice = [(which, one) for one in requests for which in (0, 1)]
    # Two copies at once, the first of them at either bot, and few of the pairs in the order in which they were made.
    pairs = [twice[at : at + 2] for at in range(0, len(twice), 2)]
    chance.shuffle(pairs)
    statuses = _deliver(bots, [one for pair in pairs for one in chance.sample(pair, 2)])
    for retry, minutes in ((1, 1), (2, 4), (0, 0)):
        now.move(minutes=minutes)
        chance.shuffle(requests)
        statuses += _deliver(bots, [(chance.randrange(2), one) for one in requests], retry)
    spent = time.perf_counter() - began
    doubled, lost = _count(bots[0], each)
    backend = bots[0].database.url.get_backend_name()
    figure(f"delivered again, {backend}: {sum(statuses.values()):,} in {spent:.0f} s, {doubled} doubled, {lost} lost")
    # Where the machine stood still for two seconds an event is not acknowledged, so that it comes again.
    assert statuses.total() == statuses[200] + statuses[500] == COPIES * len(requests)
    assert (doubled, lost) == (0, 0)


def _count(bot: Bot, each: int) -> tuple[int, int]:
    """Returns how many things happened twice, and how many never."""
    doubled = lost = 0
    expected = {"form": 1, "again": 1, "command": 1, "thanked": 1, "undone": 2}
    found = Counter(column(bot, "acts", "words"))
    by_emoji = Counter(column(bot, "acts", "about", "reverses IS NULL"))
    by_emoji.subtract(column(bot, "acts", "about", "reverses IS NOT NULL"))
    calls = Counter(column(bot, "callbacks", "about"))
    returned = Counter(column(bot, "callback_turns", "callback_id", "ended = 'called back'"))
    shown = Counter(column(bot, "drafts", "body"))
    thanked = Counter(column(bot, "outbox", "subject", "kind = 'act.thanked'"))
    for number in range(each):
        for what, times in expected.items():
            doubled += found[f"{what} {number}"] > times
            lost += found[f"{what} {number}"] < times
        for call in (f"noted {number}", f"returned {number}"):
            doubled += calls[call] > 1
            lost += calls[call] < 1
        doubled += (by_emoji[f"C1AUSTIN:{number}.1"] > 1) + (by_emoji[f"C1AUSTIN:{number}.2"] > 0)
        lost += by_emoji[f"C1AUSTIN:{number}.1"] < 1
    doubled += sum(times > 1 for times in (*shown.values(), *thanked.values()))
    doubled += sum(times > 1 for times in returned.values())
    lost += each - len(returned)
    lost += each - len(shown) + each - len(thanked)
    return doubled, lost


def column(bot: Bot, table: str, name: str, where: str = "1 = 1") -> list[str]:
    """Returns what stands in a column."""
    with bot.database.reading() as session:
        rows = session.connection().execute(
            text(f"SELECT {name} FROM {table} WHERE team_id = :t AND {where}"), {"t": TEAM}
        )
        return [str(one) for (one,) in rows if one is not None]


def test_the_count_above_would_notice_a_bot_that_does_not_know_what_came_before(
    another: Callable[[str], Bot], sqlite_file: Path, now: MovableClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Takes the inbox away from the bot: every command is doubled then."""
    bot = another(f"sqlite:///{sqlite_file}")
    requests = _requests(bot, 2)
    monkeypatch.setattr("storage.inbox.claim", lambda *_: None)
    monkeypatch.setattr("storage.inbox.hear_of", lambda *_: True)
    for _ in range(2):
        _deliver([bot], [(0, one) for one in requests])
        now.move(minutes=11)  # within ten, the bot would ask whether it is to be recorded again
    assert _count(bot, 2)[0] >= 2
