"""The admins' corner of Home, and the form of what they choose for the workspace."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot import countries, topics
from bot.exports import PUBLIC
from bot.workspaces import KEPT_FOR
from handlers.views import feeds as feed_views
from handlers.views import hours
from handlers.views import reports as report_views
from handlers.views import topics as topic_views
from handlers.views.exports import export_button
from handlers.views.kit import (
    Block,
    Form,
    Message,
    button,
    choice,
    context,
    divider,
    field_for,
    names,
    people_field,
    section,
    text_field,
)
from storage.outbox import KEEP as KEEP_OUTBOX
from storage.tables import Feed, Workspace

IN_TIME = "what is due is said in time."
DELAYED = "a message waits since {since}. Whoever runs me can ask `python app.py doctor` what keeps it."
KEPT = f"Kept: good turns and calls until somebody removes them; what I said, for {KEEP_OUTBOX.days} days."
KEPT_FOR_A_TIME = f"Kept: words for {{words}}, then only what they count for; what I said, for {KEEP_OUTBOX.days} days."


_KEPT_FOR = {str(months): words.capitalize() for months, words in KEPT_FOR.items()}


@dataclass(frozen=True)
class Corner:
    """What admins see of the workspace, and whether they get its weekly report.

    `waits_since` is in words; None while what is due is said in time.
    """

    workspace: Workspace
    named_admins: Sequence[str] = ()
    posts_to_look_at: int = 0
    waits_since: str | None = None
    feeds: Sequence[Feed] = ()
    gets_report: bool = False


def form(workspace: Workspace, named_admins: Sequence[str]) -> Form:
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
        field_for("words", "Keep what members write", choice("words", _KEPT_FOR, str(workspace.keeps_words_for or 0)),
                  hint="Older words, of good turns, thanks, introductions, asks and calls, go for good. All of it still counts."),
        field_for("admins", "Admins here, beside Slack's own", people_field("admins", named_admins), optional=True,
                  hint="They see this corner of Home as well."),
    ]  # fmt: skip
    return Form("This workspace", blocks, "home.workspace_chosen", submit="Save")


def saved() -> Message:
    """Answers that the choice was kept."""
    return Message("Saved.", [section("*Saved.* It holds from now on.")])


def on_home(data: Corner) -> list[Block]:
    """Is the admins' corner, at the foot of their Home."""
    chosen = data.workspace.thanks_emoji
    emoji = f"the emoji :{chosen}: thanks" if chosen else "no emoji thanks yet"
    admins = f" Admins named here: {names(data.named_admins)}." if data.named_admins else ""
    country = data.workspace.country
    kept = f" Holidays: {countries.name_of(country)}." if country else ""
    asks = data.workspace.introductions_a_month
    caps = f"at most {data.workspace.acts_a_day} good turns a person a day; {asks} asks about introductions a person in 30 days"
    line = f"*This workspace:* {emoji}; {caps}.{kept}{admins}"
    blocks = [divider(), section(line, button("Change", "home.workspace", reads="Change this workspace's settings"))]
    blocks.append(topic_views.on_home(len(topics.read(data.workspace.topics))))
    blocks += [*feed_views.on_home(data.feeds), *report_views.on_home(is_on=data.gets_report)]
    blocks.append(section("*Public ledger:* good turns in channels, and nothing private.", export_button(PUBLIC)))
    if count := data.posts_to_look_at:
        posts_are, them = ("post", "it") if count == 1 else ("posts", "them")
        line = f"*{count} {posts_are} to look at:* Slack did not confirm {them}."
        blocks.append(section(line, button("Look", "posts.look", reads="Look at posts that Slack did not confirm")))
    health = DELAYED.format(since=data.waits_since) if data.waits_since else IN_TIME
    months = data.workspace.keeps_words_for
    kept_for = KEPT_FOR_A_TIME.format(words=KEPT_FOR[months]) if months else KEPT
    return [*blocks, section(f"*Health:* {health}"), context(kept_for)]
