"""What owners and admins read of posts that did not go out, or that Slack did not confirm."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot import when
from bot.consequences import HELLO
from bot.summaries import SUMMARY
from handlers.views.kit import Block, Form, Message, actions, button, context, name, section
from storage.tables import Outgoing

# What a post was about, for the one on whose behalf it was made.
ABOUT = {"act": "a good turn", "act.thanked": "thanks", "act.fixed": "a correction", "act.noted": "your emoji",
         HELLO: "an introduction", SUMMARY: "the week"}  # fmt: skip
MOST_SHOWN = 20


@dataclass(frozen=True)
class Unsaid:
    """A post, and the name of the member it is to or about."""

    post: Outgoing
    told: str

    @property
    def place(self) -> str:
        """Where it goes."""
        if self.post.kind == HELLO:
            return "the group chat"
        return f"<#{self.post.channel}>" if self.post.channel else name(self.told)

    @property
    def itself(self) -> str:
        """What it is, and where it goes."""
        return f"{'post' if self.post.channel else 'message'} to {self.place}"

    @property
    def about(self) -> str:
        """What it is about."""
        return ABOUT.get(self.post.kind, "something you wanted said")

    def moment(self, zone: str) -> str:
        """When it was to be said, for a reader there."""
        return when.show(self.post.planned_for or self.post.created_at, zone)


def notice_of(state: str, unsaid: Unsaid) -> Message:
    """Tells the owner what became of a post: `dead`, `expired` or `unconfirmed`; the last as things stand now."""
    if state == "unconfirmed":
        return _unconfirmed(unsaid) if unsaid.post.state == "unconfirmed" else _answered(unsaid)
    if unsaid.post.kind == SUMMARY and state == "expired":
        return _too_late(unsaid)
    became = "could not be delivered" if state == "dead" else "was not sent, as it would have come too late"
    line = f"My {unsaid.itself} about {unsaid.about} {became}."
    word = "A word of your own there" if unsaid.post.channel else "A word in person"
    return Message(line, [section(f"*{line}*"), context(f"What you recorded stays as it is. {word} is as good.")])


def it_is_there() -> Message:
    """Answers that the post counts as said."""
    return Message("Thank you.", [section("*Thank you.* It is not posted again.")])


def posted_again() -> Message:
    """Answers that the post goes out once more."""
    return Message("It goes out again now.", [section("*It goes out again now.*")])


def waiting(posts: Sequence[Unsaid], zone: str) -> Form:
    """Is the list an admin looks at, with times as they are in the admin's zone."""
    if not posts:
        return _list([section("*Nothing to look at.* Every post is taken care of.")])
    line = "*Slack did not confirm these.* So that none is posted twice, I wait for an answer."
    blocks: list[Block] = [section(line)]
    for unsaid in posts[:MOST_SHOWN]:
        blocks += _in_channel(unsaid, zone) if unsaid.post.channel else _in_private(unsaid, zone)
    if len(posts) > MOST_SHOWN:
        blocks.append(context(f"These are the first {MOST_SHOWN} of {len(posts)}."))
    return _list(blocks)


def on_home(unsaid: Unsaid, zone: str) -> list[Block]:
    """Shows a member what may not have been said: a message to themselves, or a post of theirs to a channel."""
    is_theirs = unsaid.post.channel is None
    itself, there = ("message to you", "in our conversation") if is_theirs else (unsaid.itself, "there")
    line = f"*Slack did not confirm my {itself}* about {unsaid.about}, from {unsaid.moment(zone)}. Is it {there}?"
    return [section(line), _answers(unsaid)]


def _too_late(unsaid: Unsaid) -> Message:
    line = f"This week's summary for {unsaid.place} was not posted, as I was away for more than a day."
    post = button("Post it now", "summaries.post", unsaid.post.subject, reads="Post this week's summary now")
    return Message(
        line, [section(f"*{line}*"), actions(post), context("If you leave it, the next one comes as always.")]
    )


def _unconfirmed(unsaid: Unsaid) -> Message:
    text = f"Slack did not confirm one post to {unsaid.place}. Please look before I send it again."
    line = f"*My {unsaid.itself} about {unsaid.about} may or may not be there.*"
    wait = "So that it is not posted twice, I wait for you."
    return Message(text, [section(f"{line} {wait}"), _answers(unsaid), context("The channel is not told.")])


def _answered(unsaid: Unsaid) -> Message:
    line = f"My {unsaid.itself} about {unsaid.about} is taken care of."
    return Message(line, [section(f"*{line}*")])


def _in_channel(unsaid: Unsaid, zone: str) -> list[Block]:
    return [section(f"To {unsaid.place}, about {unsaid.about}, from {unsaid.moment(zone)}"), _answers(unsaid)]


def _in_private(unsaid: Unsaid, zone: str) -> list[Block]:
    """Says to whom a message in a DM is, and not what it is about: they alone can see it, and are asked."""
    line = f"To {unsaid.place} in private, from {unsaid.moment(zone)}"
    return [section(line), context(f"{unsaid.place} is asked on Home.")]


def _list(blocks: list[Block]) -> Form:
    return Form("Posts to look at", blocks, "posts.looked", close="Done")


def _answers(unsaid: Unsaid) -> Block:
    there, again = "It is there", "Post again"
    return actions(
        button(there, "posts.there", unsaid.post.id, reads=f"{there}: {unsaid.about}"),
        button(again, "posts.again", unsaid.post.id, reads=f"{again}: {unsaid.about}"),
    )
