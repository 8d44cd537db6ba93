"""The sentence for each mistake of `bot/nudge_errors.py`."""

from bot import nudge_errors
from handlers.views.introduction_sentences import Sentences

NUDGE_SENTENCES: Sentences = {
    nudge_errors.TooManyTopics: (
        lambda it: f"*{it.limit} topics fit, of {it.characters} characters in all.* Leave some out.",
        (),
    ),
}
