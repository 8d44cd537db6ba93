"""What admins read of feeds and calendars: the line on Home, the list, the form, and that one could not be read."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.feeds import MOST_TOPICS
from handlers.views.feed_sentences import NOTES, REASONS
from handlers.views.kit import (
    Block,
    Form,
    Message,
    actions,
    button,
    clipped,
    context,
    field_for,
    name,
    question,
    section,
    text_field,
)
from storage.tables import Feed

LONGEST = 3_000  # as many as Slack takes: what is too long is said, and not cut
_REMOVES = question("Remove it?", "What it brought is offered to nobody any more.", "Remove", "Keep it")


@dataclass(frozen=True)
class Shown:
    """A feed as an admin reads it, and when it was read last, in words."""

    feed: Feed
    read_at: str | None = None


def form() -> Form:
    """Is the form of a feed."""
    blocks = [
        field_for("address", "Address", text_field("address", most=LONGEST, hint="https://example.org/feed"),
                  hint="Of a feed (RSS or Atom) or a calendar (iCal). I find out which it is."),
        field_for("topics", "Topics", text_field("topics", most=LONGEST, hint="mass timber, Colorado"), optional=True,
                  hint=f"What it is about: it reaches those who follow one. Up to {MOST_TOPICS} characters."),
        context("I read it once an hour. What is new in it can be offered to members as an item."),
    ]  # fmt: skip
    return Form("Add a feed", blocks, "feeds.added", submit="Add it")


def added() -> Message:
    """Answers that a feed was added."""
    line = "*Added.* I read it within a minute; Home shows what it is."
    return Message(line.replace("*", ""), [section(line), context("If I cannot read it, you hear from me.")])


def on_home(feeds: Sequence[Feed]) -> list[Block]:
    """Is the line about feeds in the admins' corner."""
    add = button("Add a feed", "feeds.open")
    if not feeds:
        return [section("*Feeds:* none yet. Add an association's news or its calendar.", add)]
    waiting = sum(one.state != "on" for one in feeds)
    count = "1 feed" if len(feeds) == 1 else f"{len(feeds)} feeds"
    line = f"*Feeds:* {count}{f', {waiting} paused' if waiting else ''}"
    return [section(line), actions(add, button("See feeds", "feeds.look"))]


def listed(shown: Sequence[Shown]) -> Message:
    """Lists all feeds, each with what can be done about it."""
    add = actions(button("Add a feed", "feeds.open"))
    if not shown:
        return Message("No feeds.", [section("*No feeds.* Add an association's news or its calendar."), add])
    blocks = [block for one in shown for block in _in_list(one)]
    return Message("Feeds and calendars", [section("*Feeds and calendars*"), *blocks, add])


def broken(feed: Feed) -> Message:
    """Tells an admin that a feed could not be read and is paused; or how it stands since."""
    called = title(feed)
    if feed.state != "broken":
        became = {"on": "is read again", "paused": "is paused", "removed": "is removed"}[feed.state]
        line = f"{called} {became}."
        return Message(line, [section(f"*{line}*")])
    what, then = REASONS[feed.failure or "silent"]
    line = f"I could not read {called} and have paused it."
    tries = f"I tried {feed.failures} times. " if feed.failures > 1 else ""
    stays = "What it brought before stays. " if feed.read_at else ""
    row = actions(
        button("Try again", "feeds.resume", feed.id, reads=f"Try again: {called}"),
        button("Remove", "feeds.remove", feed.id, asks=_REMOVES, reads=f"Remove {called}"),
    )
    blocks = [section(f"*{line}* {what}"), section(then), row]
    return Message(line, [*blocks, context(f"{tries}{stays}Only you are told.")])


def title(feed: Feed) -> str:
    """Returns what a feed is called: by its own title, or by its site until it was read."""
    return name(feed.title or feed.url.removeprefix("https://").partition("/")[0])


def _in_list(shown: Shown) -> list[Block]:
    feed = shown.feed
    kind = {"feed": "a feed", "calendar": "a calendar"}.get(feed.kind or "", "not read yet")
    state = {"paused": ", paused", "broken": ", paused, as I could not read it"}.get(feed.state, "")
    read = f", last read {shown.read_at}" if shown.read_at else ""
    topics = f" Topics: {clipped(feed.topics)}." if feed.topics else ""
    lines = [f"*{title(feed)}:* {kind}{read}{state}.{topics}", clipped(feed.url)]
    if feed.failure is not None:
        lines.append(" ".join(REASONS[feed.failure]))
    if feed.note is not None:
        lines.append(NOTES[feed.note])
    called = title(feed)
    stop_or_go = (
        button("Pause", "feeds.pause", feed.id, reads=f"Pause {called}")
        if feed.state == "on"
        else button("Resume", "feeds.resume", feed.id, reads=f"Resume {called}")
    )
    remove = button("Remove", "feeds.remove", feed.id, asks=_REMOVES, reads=f"Remove {called}")
    return [section("\n".join(lines)), actions(stop_or_go, remove)]
