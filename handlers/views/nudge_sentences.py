"""The sentence for each mistake of `bot/nudge_errors.py`."""

from bot import nudge_errors
from handlers.views.introduction_sentences import Sentences
from handlers.views.kit import clipped

NUDGE_SENTENCES: Sentences = {
    nudge_errors.TooManyTopics: (
        lambda it: f"*{it.limit} topics fit, of {it.characters} characters in all.* Leave some out.",
        (),
    ),
    nudge_errors.TopicTooLong: (
        lambda it: f"*{clipped(it.topic)} is longer than {it.limit} characters.* Say it in fewer.",
        (),
    ),
}
