"""The weekly summary as its channel reads it, and before its time in a preview: a story, sums, the kinds, one thing to do.

Names stand in plain text, so that no phone rings. When it comes, and for whom: `schedules.py`.
"""

from datetime import datetime

from bot import kinds
from bot.weeks import Told, is_quiet
from handlers.views.asks import row_of
from handlers.views.charts import chart_block, chart_sentence
from handlers.views.kit import CHART, Block, Form, Message, actions, button, context, name, notice, quote, section
from storage.tables import Summary

NAMED = "Named: only help both sides agreed on. Leave your name out on Home."
THANK = "If someone helped you lately, `/thanks` lets them know."


def posted(told: Told, owner: str) -> Message:
    """Is a channel's week."""
    channel = f"<#{told.week.channel}>"
    small = context(f"{f'Set up by {name(owner)}. ' if owner else ''}{NAMED}")
    if is_quiet(told):
        text = f"A quiet week in {channel}, and that is fine."
        if told.ask is not None:
            return Message(notice(f"{text} ", _is_open(told)), [section(f"*{text}*"), *_to_do(told), small])
        return Message(f"{text} {THANK.replace('`', '')}", [section(f"*{text}* {THANK}"), small])
    return Message(_text(told, channel), [*_story(told, channel), *_sums(told), *_kinds(told), *_to_do(told), small])


def preview(told: Told, due: str) -> Message:
    """Shows somebody what the channel would read by now."""
    shown = posted(told, "")
    return Message(f"So far: {shown.text}", [*shown.blocks[:-1], context(f"Only you see this. Due {due}.")])


def above_picture(weeks: int) -> str:
    """Is what stands above the picture of so many weeks."""
    return f"The last {weeks} weeks in a picture" if weeks > 1 else "The first week in a picture"


def example(channel: str, now: datetime) -> Form:
    """Shows what a summary is like, with names that are nobody's here."""
    week = Summary(team_id="", channel=channel, week="", since=now, until=now)
    counts = dict(zip(kinds.NAMES, (8, 3, 6, 4), strict=True))
    told = Told(week, 14, counts, 3, 2, 5, ("Bo", "Lena"), 0, "Mira", "The surveyor Raj named saved our bid.")
    small = context("An example: these people and numbers are made up.")
    blocks = [block for block in posted(told, "").blocks[:-1] if block["type"] != CHART]
    return Form("An example", [*blocks, small], "answer", close="Close")


def goes_out_now() -> Message:
    """Answers that a summary is posted after all."""
    return Message("It goes out now.", [section("*It goes out now.*")])


def no_summary(channel: str, *, may_choose: bool = False) -> Message:
    """Answers that a channel has no summary; an admin can begin one there and then, once the bot is in it."""
    if not channel:
        line, row = "*This is no channel.* Type `/network preview` in the one it is about.", []
    elif may_choose:
        line = f"*<#{channel}> has no weekly summary.* You can begin one; invite me with `/invite @good-turn` first."
        row = [actions(button("Choose its time", "summaries.open", channel))]
    else:
        line, row = f"*<#{channel}> has no weekly summary.* Whoever invited me, or an admin, begins it on Home.", []
    return Message(line.replace("*", "").replace("`", ""), [section(line), *row])


def _text(told: Told, channel: str) -> str:
    if told.week.is_first and told.people_helped:
        start = f"First week in {channel}: {_people(told.people_helped)} helped."
        return f"{start} Helped someone? /give. Were you helped? /thanks."
    if told.people_helped:
        return _with_ask(told, f"Helped this week in {channel}: {_count(told.people_helped, 'person', 'people')}.")
    return _with_ask(told, f"This week in {channel}: {'; '.join(_introductions(told))}.")


def _with_ask(told: Told, text: str) -> str:
    return notice(f"{text} ", _is_open(told)) if told.ask is not None else text


def _is_open(told: Told) -> str:
    """Returns in a line that an ask is open, not yet harmless."""
    return f"{told.asked_by}'s ask is open: {told.ask.words}" if told.ask is not None else ""


def _story(told: Told, channel: str) -> list[Block]:
    if not told.people_helped:
        return []
    week = "in the first week" if told.week.is_first else "this week"
    line = f"*{_people(told.people_helped)} helped in {channel} {week}.*"
    if not told.words:
        return [section(line)]
    return [section(f"{line} {name(told.said_by)} says:"), quote(told.words)]


def _sums(told: Told) -> list[Block]:
    parts = _introductions(told)
    if told.ties:
        parts.append(_count(told.ties, "new tie", "new ties"))
    newcomers = [*map(name, told.newcomers)]
    if told.other_newcomers:
        count = told.other_newcomers
        newcomers.append(f"{count} more" if newcomers else _count(count, "person", "people"))
    if newcomers:
        who = " and ".join(filter(None, [", ".join(newcomers[:-1]), newcomers[-1]]))
        parts.append(f"a first good turn from {who} :seedling:")
    return [section(" · ".join(parts))] if parts else []


def _introductions(told: Told) -> list[str]:
    made = [f"{_count(told.introductions, 'introduction', 'introductions')} made"] if told.introductions else []
    met = (
        f"{told.introductions_met} met"
        if made
        else f"{_count(told.introductions_met, 'introduction', 'introductions')} met"
    )
    return [", ".join([*made, *([met] if told.introductions_met else [])])] if made or told.introductions_met else []


def _kinds(told: Told) -> list[Block]:
    """Returns the kinds of help in a sentence, and as Slack's own chart, which a workspace may not know yet."""
    chart = chart_block(told.kinds)
    return [section(chart_sentence(told.kinds)), chart] if chart is not None else []


def _to_do(told: Told) -> list[Block]:
    if told.ask is not None:
        day = f"{told.ask.until:%a} {told.ask.until.day} {told.ask.until:%b}"
        line = section(f"*One thing to do:* {name(told.asked_by)} looks for this, by {day}.")
        return [line, quote(told.ask.words), row_of(told.ask.id, told.asked_by)]
    if told.week.is_first:
        return [section("*One thing to do:* helped someone? `/give`. Were you helped? `/thanks`.")]
    return [section("*One thing to do:* thank somebody who helped you, with `/thanks @name what helped`.")]


def _people(count: int) -> str:
    return f"{_count(count, 'person', 'people')} {'was' if count == 1 else 'were'}"


def _count(count: int, one: str, several: str) -> str:
    return f"{count:,} {one if count == 1 else several}"
