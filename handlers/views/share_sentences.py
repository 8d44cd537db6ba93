"""The sentence for each mistake of `bot/share_errors.py`."""

from bot import share_errors
from handlers.views.introduction_sentences import Sentences
from handlers.views.kit import name

SHARE_SENTENCES: Sentences = {
    share_errors.TakesNoNews: (
        lambda it: f"*{name(it.name)} takes no news from here.* A word from you in person still works.",
        (),
    ),
    share_errors.HasIt: (lambda it: f"*{name(it.name)} has this one already.* Thank you for thinking of it.", ()),
    share_errors.TooLongALine: (
        lambda it: f"*The line has {it.characters} characters, and {it.limit} fit.* The news say the rest.",
        (),
    ),
}
