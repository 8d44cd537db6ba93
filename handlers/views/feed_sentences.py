"""The sentence for each mistake of `bot/feed_errors.py`, and for each reason why a feed was not read."""

from bot import feed_errors
from handlers.views.introduction_sentences import Sentences

_WHY = {
    "scheme": "An address here begins with https://.",
    "credentials": "Leave out the name and the password: I keep no secrets in addresses.",
    "port": "I read https at its usual port alone.",
    "host": "I read public names alone, such as example.org.",
    "form": "It looks like https://example.org/feed.",
}
FEED_SENTENCES: Sentences = {
    feed_errors.NotAnAddress: (
        lambda it: f"*I cannot read that address.* {_WHY[it.why]}",
        (("Open the form", "feeds.open"),),
    ),
    feed_errors.TooManyFeeds: (
        lambda it: f"*{it.limit} feeds are here, as many as fit.* Remove one first.",
        (("See feeds", "feeds.look"),),
    ),
}
# What it was, and what to do next.
REASONS = {
    "address": (
        "It leads to an address that I do not read.",
        "Add the address it leads to, if that begins with https://.",
    ),
    "private": ("Its name leads into a private network.", "I read public addresses alone."),
    "name": ("Its name is not known to the internet now.", "Look whether the address is still right."),
    "slow": ("It did not answer within ten seconds.", "It may be busy; in an hour it can be another matter."),
    "silent": ("It did not answer, or broke off.", "Look whether it opens in a browser."),
    "certificate": (
        "Its certificate is not good, so I cannot be sure whom I read.",
        "Whoever runs the site can renew it.",
    ),
    "hops": ("It leads from address to address, more than three times.", "Add the address at which it ends."),
    "status": ("Its site answers, and not with a feed.", "Look whether it opens in a browser."),
    "missing": ("There is nothing at this address any more.", "The site may have a new address for it."),
    "forbidden": ("Its site does not let me read it.", "Ask whoever runs it for a public address."),
    "large": ("It is larger than I read, or takes me too long.", "The site may have a shorter one."),
    "encoding": ("It is written in letters that I do not read.", "Ask whoever runs it for UTF-8."),
    "not a feed": ("It is a page, and not a feed or a calendar.", "Look there for a link that says RSS, Atom or iCal."),
    "doctype": (
        "It has a part that I leave alone for safety (DOCTYPE).",
        "The site may have another one, such as Atom.",
    ),
    "attributes": ("It is not made as feeds are.", "The site may have another one."),
    "deep": ("It is not made as feeds are.", "The site may have another one."),
    "unreadable": ("I cannot make sense of it.", "The site may have another one."),
}
NOTES = {
    "zone": "Some times name a zone I do not know; I read them in the calendar's own, or in yours.",
    "repeats": "Some events repeat in a way I do not follow; those are left out.",
    "empty": "It was empty when I read it; I look once more before I call its events off.",
}
