"""More at once than a day holds, and an emoji that comes and goes."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest

from storage import workspaces
from tests.promises.conftest import PEOPLE
from tests.promises.deliveries import TEAM, Bot, command, emoji
from tests.promises.test_redelivered import column

ANA, BO = PEOPLE[0], PEOPLE[1]


@pytest.mark.parametrize("left", [5, 0])
def test_fifty_at_once_with_five_left_are_five(
    another: Callable[[str], Bot], url: str, left: int, figure: Callable[[str], None]
) -> None:
    bots = [another(url), another(url)]
    with bots[0].database.transaction() as session:
        workspaces.change(session, TEAM, thanks_emoji=None, acts_a_day=10)
    for number in range(10 - left):
        bots[0].takes(command(ANA, f"<@{BO}> before {number}"))
    with ThreadPoolExecutor(8) as pool:
        gives = [command(ANA, f"<@{BO}> at once {number}") for number in range(50)]
        said = list(pool.map(lambda one: bots[one[0] % 2].tells(one[1])[1], enumerate(gives)))
    recorded = sum("Recorded for" in one for one in said)
    made = len(column(bots[0], "acts", "id", "words LIKE 'at once%'"))
    figure(f"50 gives at once, {left} left, {bots[0].database.url.get_backend_name()}: {made} recorded")
    assert made == recorded == left
    assert sum("as many as a day holds" in one for one in said) == 50 - left


@pytest.mark.parametrize("threads", [1, 4])
def test_an_emoji_put_and_taken_off_two_hundred_times_is_one_act_at_most(
    bot: Bot, threads: int, figure: Callable[[str], None]
) -> None:
    storm = [emoji(ANA, BO, "1.1", f"1772463600.{number:06}", off=bool(number % 2)) for number in range(400)]
    with ThreadPoolExecutor(threads) as pool:
        assert set(pool.map(lambda one: bot.takes(one).status, storm)) == {200}
    made = len(column(bot, "acts", "id", "reverses IS NULL"))
    taken_back = len(column(bot, "acts", "id", "reverses IS NOT NULL"))
    figure(f"an emoji 200 times on and off, {bot.database.url.get_backend_name()}, {threads} at once: {made} recorded")
    assert made <= 1
    assert taken_back == made  # it was taken off last
    assert len(column(bot, "outbox", "id", "kind IN ('act', 'act.noted') AND verb = 'post'")) == 2 * made
