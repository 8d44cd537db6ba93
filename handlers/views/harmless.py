"""What people wrote, made harmless: nothing in it pings, links, turns the line around or breaks it. Nothing else is changed."""

# Slack reads no more than these in text: https://docs.slack.dev/messaging/formatting-message-text#escaping
_ESCAPES = {ord("&"): "&amp;", ord("<"): "&lt;", ord(">"): "&gt;"}
# What is not seen and breaks a line, or turns what follows it around: Unicode's controls and its bidirectional ones.
_CONTROLS = dict.fromkeys([*range(0x20), *range(0x7F, 0xA0)], " ")
_TURNING = dict.fromkeys([0x061C, *range(0x202A, 0x202F), *range(0x2066, 0x206A)])
_TAMED = _CONTROLS | _TURNING
UNSEEN = " \u00ad\u200b\u200c\u200d\u200e\u200f\u2060\ufeff\u115f\u1160\u2800\u3164"  # of these alone a name is none


def escape(words: str) -> str:
    """Makes words harmless in mrkdwn: Slack reads &, < and > there and nothing else as its own."""
    return words.translate(_ESCAPES)


def unescape(words: str) -> str:
    """Returns escaped words as they are where nothing is read in them: on buttons, under fields, by screen readers."""
    return words.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")


def in_line(words: str) -> str:
    """Returns words as part of a line: without breaks, and without what would turn the rest of the line around."""
    return " ".join(words.translate(_TAMED).split())
