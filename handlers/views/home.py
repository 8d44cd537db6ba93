"""App Home: what needs attention first, then one's own month, what was recorded lately, settings, and the admins' corner."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot import kinds
from bot.ledger import other_side
from bot.months import Month
from handlers.views import (
    admins,
    callbacks,
    erasing,
    hours,
    introduction_asks,
    introductions,
    meetings,
    network,
    posts,
    schedules,
)
from handlers.views import asks as ask_views
from handlers.views.acts import quoted
from handlers.views.admins import Corner
from handlers.views.callbacks import Shown
from handlers.views.introductions import NO_INTRODUCTIONS, Mine
from handlers.views.kit import (
    Block,
    Message,
    actions,
    button,
    context,
    divider,
    name,
    question,
    section,
)
from handlers.views.posts import Unsaid
from handlers.views.ties import line as network_line
from storage.acts import Entry
from storage.tables import Member

MOST_SHOWN = 8  # of what needs attention: more would push the month off the screen
MOST_CALLS = 5
MOST_CHANNELS = 10

WITHOUT_BUTTONS = "To do something about it, write to me: `help` shows every command."


@dataclass(frozen=True)
class HomeData:
    """What a member's Home shows. `paused_until` and `hours` are in words.

    `ties` are how many there are, and how many of them are new. `calls` are those to return, the next one first; so many of
    them are due by the end of today.
    """

    member: Member
    is_first: bool
    waiting: Sequence[Entry]
    waiting_count: int
    recent: Sequence[Entry]
    names: Mapping[str, str]
    month: Month
    paused_until: str | None
    hours: str
    unsaid: Sequence[Unsaid] = ()
    calls: Sequence[Shown] = ()
    calls_due: int = 0
    introductions: Mine = NO_INTRODUCTIONS
    introductions_line: Block | None = None
    nudges_line: Block | None = None
    summaries: tuple[Sequence[schedules.Schedule], int] = ((), 0)
    ties: tuple[int, int] = (0, 0)
    asks: Sequence[ask_views.Shown] = ()
    has_contacts: bool = False
    corner: Corner | None = None


def home(data: HomeData) -> Message:
    """Is a member's Home."""
    if data.member.left_at is not None:
        return network.left()
    blocks = [
        *_hello(data),
        *_attention(data),
        *_month(data),
        *_calls(data),
        divider(),
        *introductions.on_home(data.introductions.made, may_make=not data.member.is_guest),
        *ask_views.on_home(data.asks),
        *_recent(data),
        divider(),
        network_line(*data.ties),
        *_settings(data),
        *(admins.on_home(data.corner) if data.corner else []),
    ]
    return Message("Good Turn", blocks, instead=WITHOUT_BUTTONS)


def _hello(data: HomeData) -> list[Block]:
    buttons = actions(button("Record a good turn", "acts.open"), button("Thank someone", "acts.thank_someone"))
    if not data.is_first and data.recent:
        return [buttons]
    line = "*Good Turn keeps note of help.* Record what you gave with `/give`, what you got with `/thanks`. Nobody is ranked."
    return [section(line), buttons]


def _attention(data: HomeData) -> list[Block]:
    each = [
        [posts.on_home(one, data.member.zone) for one in data.unsaid[:MOST_SHOWN]],
        [callbacks.due_on_home(one) for one in data.calls[: data.calls_due][:MOST_SHOWN]],
        [introduction_asks.waiting_on_home(one) for one in data.introductions.asked[:MOST_SHOWN]],
        [meetings.waiting_on_home(one) for one in data.introductions.unsaid[:MOST_SHOWN]],
        [_given(data, one) for one in data.waiting[:MOST_SHOWN]],
    ]
    lists = (data.unsaid, data.introductions.asked, data.introductions.unsaid)
    count = sum(map(len, lists)) + data.calls_due + data.waiting_count
    if not count:
        return [section("*Nothing needs you today.*")]
    shown = [block for some, room in zip(each, _room(each), strict=True) for one in some[:room] for block in one]
    more = [context(f"And {count - MOST_SHOWN} more, once these are done.")] if count > MOST_SHOWN else []
    return [section(f"*Needs attention: {count}*"), *shown, *more]


def _room(each: Sequence[Sequence[object]]) -> list[int]:
    """Returns how many of each kind are shown: they take turns, so that none of them waits behind all of another."""
    turns = sorted((number, kind) for kind, some in enumerate(each) for number in range(len(some)))[:MOST_SHOWN]
    return [sum(kind == one for _, one in turns) for kind in range(len(each))]


def _given(data: HomeData, entry: Entry) -> list[Block]:
    who = name(data.names.get(other_side(entry.act, data.member.id), ""))
    thank = button("Thanks, it helped", "acts.thank", entry.act.root_id, reads=f"Thanks, it helped: {who}")
    fix = button("Fix it", "acts.fix", entry.act.root_id, reads=f"Fix it: {who}")
    line = section(f"{who} recorded a good turn for you: {kinds.NAMES[entry.act.kind]}")
    return [line, *quoted(entry), actions(thank, fix)]


def _month(data: HomeData) -> list[Block]:
    return [divider(), section(network.month_line(data.month)), context(network.last_month(data.month))]


def _calls(data: HomeData) -> list[Block]:
    later = data.calls[data.calls_due :]
    return [divider(), *callbacks.on_home(later, MOST_CALLS, has_more=bool(data.calls_due))]


def _recent(data: HomeData) -> list[Block]:
    if not data.recent:
        return [divider(), section("*No good turns recorded yet.* Who did you help lately?")]
    blocks: list[Block] = [divider(), section("*Lately*")]
    for entry in data.recent:
        mine = entry.act.recorded_by == data.member.id
        undo = button("Undo", "acts.undo", entry.act.said_id, reads="Undo this good turn")
        can_undo = mine and entry.stands
        blocks.append(section(_line(data, entry), undo if can_undo else None))
    return blocks


def _line(data: HomeData, entry: Entry) -> str:
    act = entry.act
    gave = act.helper_id == data.member.id
    other = name(data.names.get(other_side(entry.act, data.member.id), ""))
    said = f"You helped {other}" if gave else f"{other} helped you"
    state = "removed" if not entry.stands else "thanked" if entry.is_confirmed else "recorded"
    private = ", private" if entry.is_private else ""
    return f"*{said}:* {kinds.NAMES[act.kind]} ({state}{private})"


def _settings(data: HomeData) -> list[Block]:
    asks = question(
        "Leave Good Turn?", "Nothing is sent to you or recorded for you until you come back.", "Leave", "Stay"
    )
    leave = button("Leave", "network.leave", asks=asks)
    always = [
        hours.line(data.hours),
        *filter(None, [data.nudges_line, data.introductions_line]),
        schedules.name_line(is_unnamed=data.member.is_unnamed),
        *schedules.on_home(*data.summaries),
        *erasing.my_data(data.has_contacts, leave),
    ]
    if data.paused_until:
        pause = actions(button("End it now", "network.resume"), button("Change", "network.pause"))
        return [divider(), section(f"*Paused until {data.paused_until}.*"), pause, *always]
    line = "*Settings:* I write about help you gave or got and calls you noted, and ask you about introductions."
    pause_button = button("Pause", "network.pause", reads="Pause what I say of my own accord")
    return [divider(), section(line, pause_button), *always]
