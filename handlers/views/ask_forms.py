"""The forms about asks: asking, and saying who helped."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from bot.asks import FARTHEST, MOST_CHARACTERS, MOST_TOPICS
from handlers.views import topics as topic_views
from handlers.views.kit import Form, context, field_for, people_field, quote, text_field

LONGEST = 3000  # as many as Slack takes: what is too long is shown, to be shortened, and not cut
MOST_HELPERS = 10


def ask_form(
    draft_id: str, *, words: str, topics: str, until: date, channel: str | None, listed: Sequence[str] = ()
) -> Form:
    """Is the form of an ask; `listed` are the topics that can be ticked."""
    where: dict[str, Any] = {
        "type": "conversations_select",
        "action_id": "channel",
        "filter": {"include": ["public", "private"], "exclude_bot_users": True},
    }
    if channel is not None:
        where["initial_conversation"] = channel
    day = {"type": "datepicker", "action_id": "until", "initial_date": until.isoformat()}
    blocks = [
        field_for("words", "What do you look for?", text_field("words", words, most=LONGEST, lines=True,
                  hint="a structural engineer licensed in Colorado"), hint=f"Up to {MOST_CHARACTERS} characters."),
        field_for("until", "By when?", day, hint=f"Within {FARTHEST.days} days."),
        *topic_views.fields(topics, listed, label="Topics",
                            hint=f"It reaches those who follow one. Up to {MOST_TOPICS} characters."),
        field_for("channel", "In which channel?", where,
                  hint="Everyone there sees it. Leave it empty, and only those whose topics fit read of it.", optional=True),
        context("Offers come to you alone."),
    ]  # fmt: skip
    return Form("Ask for help", blocks, "asks.asked", submit="Post ask", keeps=draft_id)


def solved_form(ask_id: str, words: str, helpers: Sequence[str]) -> Form:
    """Is the form that asks who helped; `helpers` are the Slack ids of those who offered."""
    who = people_field("helpers", helpers[:MOST_HELPERS], most=MOST_HELPERS)
    blocks = [
        quote(words),
        field_for("helpers", "Good news. Who helped?", who, optional=True,
                  hint="They get your thanks. Leave it empty to close the ask quietly."),
        context("The post will say that it is solved, and names nobody."),
    ]  # fmt: skip
    return Form("It is solved", blocks, "asks.thanked", submit="Thank them", keeps=ask_id)
