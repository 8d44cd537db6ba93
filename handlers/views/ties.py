"""A member's own network in words, for that member alone: how many ties, and how many are new. Nobody is compared."""

from handlers.views.drawing import can_draw
from handlers.views.kit import Block, Message, button, section


def line(count: int, new: int) -> Block:
    """Returns the line of Home that says what one's network is, with the way to its picture."""
    if not count:
        return section("*My network:* it begins with the first help you and somebody else agree on.")
    words = f"{count:,} {'tie' if count == 1 else 'ties'}" + (f", {new:,} new" if new else "")
    picture = button("Send me the picture", "network.picture", reads="Send me the picture of my network")
    return section(f"*My network:* {words}", picture if can_draw() else None)


def on_its_way() -> Message:
    """Answers that the picture comes by DM."""
    line_ = "*On its way* to our conversation. Only you get it."
    return Message(line_.replace("*", ""), [section(line_)])
