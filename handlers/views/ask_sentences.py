"""The sentence for each mistake of `bot/ask_errors.py`, and the buttons under it."""

from bot import ask_errors
from bot.asks import FARTHEST
from handlers.views.introduction_sentences import Sentences

FORM = ("Open the form", "asks.open")

ASK_SENTENCES: Sentences = {
    ask_errors.NothingAsked: (lambda _: "*What do you look for?* A few words are enough.", (FORM,)),
    ask_errors.NotByThen: (
        lambda _: f"*By when would it help?* Pick a day from today on, within {FARTHEST.days} days.",
        (FORM,),
    ),
    ask_errors.TooManyAsks: (
        lambda it: f"*{it.limit} of your asks are open, as many as fit.* Close one on Home first.",
        (("Open Home", "home.open"),),
    ),
    ask_errors.OwnAsk: (lambda _: "*This is your own ask.* You close it on Home.", (("Open Home", "home.open"),)),
    ask_errors.AskIsOver: (lambda _: "*This ask is over.* Thank you for offering.", ()),
    ask_errors.NobodyThanked: (lambda _: "*Who helped?* Pick a person, or close it quietly.", ()),
}
