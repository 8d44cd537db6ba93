"""App Home: what needs attention first, then one's own month, what was recorded lately, settings, and the admins' corner."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot import countries, kinds
from bot.exports import MINE, PUBLIC
from bot.ledger import other_side
from bot.months import Month
from bot.ties import Tie
from handlers.views import callbacks, hours, introduction_asks, introductions, meetings, network, posts, schedules
from handlers.views.acts import quoted
from handlers.views.callbacks import Shown
from handlers.views.exports import export_button
from handlers.views.kit import (
    Block,
    Form,
    Message,
    actions,
    button,
    context,
    divider,
    field_for,
    name,
    names,
    people_field,
    question,
    section,
    text_field,
)
from handlers.views.posts import Unsaid
from handlers.views.ties import line as network_line
from storage.acts import Entry
from storage.tables import Member, Workspace

MOST_SHOWN = 8  # of what needs attention: more would push the month off the screen
MOST_CALLS = 5
MOST_CHANNELS = 10

WITHOUT_BUTTONS = "To do something about it, write to me: `help` shows every command."


@dataclass(frozen=True)
class HomeData:
    """What a member's Home shows. `paused_until` and `hours` are in words.

    `calls` are those to return, the next one first; so many of them are due by the end of today.
    """

    member: Member
    is_first: bool
    waiting: Sequence[Entry]
    recent: Sequence[Entry]
    names: Mapping[str, str]
    month: Month
    paused_until: str | None
    hours: str
    workspace: Workspace | None
    named_admins: Sequence[str]
    unsaid: Sequence[Unsaid] = ()
    posts_to_look_at: int = 0
    calls: Sequence[Shown] = ()
    calls_due: int = 0
    made: Sequence[introductions.Shown] = ()
    asked: Sequence[introductions.Shown] = ()
    unmet: Sequence[introductions.Shown] = ()
    asks: Block | None = None
    summaries: Sequence[schedules.Schedule] = ()
    ties: Sequence[Tie] = ()


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
        *introductions.on_home(data.made),
        *_recent(data),
        divider(),
        network_line(data.ties),
        *_settings(data),
        *_admin(data),
    ]
    return Message("Good Turn", blocks, instead=WITHOUT_BUTTONS)


def workspace_form(workspace: Workspace, named_admins: Sequence[str]) -> Form:
    """Is the form of what admins choose; `named_admins` are Slack ids."""
    emoji = text_field("emoji", workspace.thanks_emoji or "", most=100, hint="pray")
    cap = text_field("acts_a_day", str(workspace.acts_a_day), most=3)
    blocks = [
        field_for("emoji", "Emoji that thanks", emoji, optional=True,
                  hint="Put on a message, it thanks who wrote it. Leave it empty for none."),
        field_for("acts_a_day", "Good turns a person can record a day", cap, hint="From 1 to 500."),
        field_for("introductions_a_month", "Asks about introductions a person gets in 30 days",
                  text_field("introductions_a_month", str(workspace.introductions_a_month), most=2),
                  hint="From 0 to 30, unless they choose otherwise."),
        hours.country_field("Country whose holidays hold here", workspace.country or ""),
        field_for("admins", "Admins here, beside Slack's own", people_field("admins", named_admins), optional=True,
                  hint="They see this corner of Home as well."),
    ]  # fmt: skip
    return Form("This workspace", blocks, "home.workspace_chosen", submit="Save")


def saved() -> Message:
    """Answers that the choice was kept."""
    return Message("Saved.", [section("*Saved.* It holds from now on.")])


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
        [introduction_asks.waiting_on_home(one) for one in data.asked[:MOST_SHOWN]],
        [meetings.waiting_on_home(one) for one in data.unmet[:MOST_SHOWN]],
        [_given(data, one) for one in data.waiting[:MOST_SHOWN]],
    ]
    count = sum(map(len, (data.unsaid, data.asked, data.unmet, data.waiting))) + data.calls_due
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
        *([data.asks] if data.asks else []),
        schedules.name_line(is_unnamed=data.member.is_unnamed),
        *schedules.on_home(data.summaries[:MOST_CHANNELS], len(data.summaries)),
        section("*My data:* as files in our conversation. Only you get it."),
        actions(export_button(MINE), leave, button("All commands", "help.all")),
    ]
    if data.paused_until:
        pause = actions(button("End it now", "network.resume"), button("Change", "network.pause"))
        return [divider(), section(f"*Paused until {data.paused_until}.*"), pause, *always]
    line = "*Settings:* I write about help you gave or got and calls you noted, and ask you about introductions."
    pause_button = button("Pause", "network.pause", reads="Pause what I say of my own accord")
    return [divider(), section(line, pause_button), *always]


def _admin(data: HomeData) -> list[Block]:
    if data.workspace is None:
        return []
    chosen = data.workspace.thanks_emoji
    emoji = f"the emoji :{chosen}: thanks" if chosen else "no emoji thanks yet"
    admins = f" Admins named here: {names(data.named_admins)}." if data.named_admins else ""
    country = data.workspace.country
    kept = f" Holidays: {countries.name_of(country)}." if country else ""
    line = f"*This workspace:* {emoji}; at most {data.workspace.acts_a_day} good turns a person a day.{kept}{admins}"
    blocks = [divider(), section(line, button("Change", "home.workspace", reads="Change this workspace's settings"))]
    blocks.append(section("*Public ledger:* good turns in channels, and nothing private.", export_button(PUBLIC)))
    if count := data.posts_to_look_at:
        posts_are, them = ("post", "it") if count == 1 else ("posts", "them")
        line = f"*{count} {posts_are} to look at:* Slack did not confirm {them}."
        blocks.append(section(line, button("Look", "posts.look", reads="Look at posts that Slack did not confirm")))
    return blocks
