"""Every feature there is, and all that they hear and say."""

import gc

from bot import when
from handlers import (
    acts,
    admins,
    answers,
    asks,
    call_answers,
    callbacks,
    channels,
    erasing,
    exports,
    feeds,
    home,
    hours,
    insights,
    introduction_answers,
    introduction_messages,
    introductions,
    items,
    meetings,
    network,
    nudges,
    offers,
    organizations,
    posts,
    reports,
    shares,
    showing_calls,
    showing_nudges,
    summaries,
    ties,
    topics,
    uninstalling,
)  # fmt: skip
from handlers.routes import Routes

FEATURES = (
    acts, answers, callbacks, call_answers, showing_calls, introductions, introduction_answers, introduction_messages, meetings,
    channels, summaries, asks, offers, nudges, showing_nudges, home, admins, hours, network, insights, posts, exports, ties,
    feeds, items, shares, reports, topics, erasing, uninstalling, organizations,
)  # fmt: skip


def warm() -> None:
    """Gets ready, beside the start, what would keep the first who needs it from an answer."""
    when.warm()
    gc.collect()
    gc.freeze()  # all that stays as long as the program: to look through it again took a request 80 ms, now and then


def listening() -> Routes:
    """Returns what every feature hears and says."""
    routes = Routes()
    for feature in FEATURES:
        feature.register(routes)
    return routes
