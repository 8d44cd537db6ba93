"""Help: for each command, for all of them, and for a word that is no command."""

from handlers.views.kit import Message, actions, button, clipped, context, section

_EXAMPLES = {
    "/give": (
        (
            "*Record help you gave:* `/give @Raj the airport RFP went out today` With a kind: `/give advice @Raj ...`"
            " For someone outside Slack: `/give Jane Doe (Acme) ...`"
        ),
        "The person you name gets one quiet message.",
    ),
    "/thanks": (
        "*Record help you got:* `/thanks @Ana for the RFP heads-up` With a kind: `/thanks information @Ana ...`",
        "The person you name gets one quiet message.",
    ),
    "/intro": (
        "*Introduce two people:* `/intro @Raj @Mira you both fight for mass timber` Each is asked in private first.",
        "You approve the words before anybody reads them.",
    ),
    "/ask": (
        "*Ask for help:* `/ask` opens a form: what you look for, by when, and who sees it.",
        "Offers come to you alone.",
    ),
    "/callback": (
        (
            "*Remember a call to return:* `/callback Jane Doe (Acme) tomorrow 3pm about the RFP` I remind you then."
            " `/callback` alone lists what you have to return."
        ),
        "Only you see this. The person to call is not messaged.",
    ),
    "/network": (
        (
            "*Your network and settings:* `/network` shows your month, `/network pause until monday` keeps me quiet,"
            " `/network leave` takes you out, `/network export` brings you your data, `/network delete` deletes it,"
            " `/network settings` has the rest."
        ),
        "Only you see this.",
    ),
}
_FORMS = {
    "/give": ("Open the form", "acts.open"),
    "/thanks": ("Open the form", "acts.thank_someone"),
    "/intro": ("Open the form", "introductions.open"),
    "/callback": ("Open the form", "callbacks.open"),
    "/ask": ("Open the form", "asks.open"),
}


def command(name: str) -> Message:
    """Answers `/give help` and its like."""
    line, small = _EXAMPLES[name]
    form = _FORMS.get(name)
    buttons = [button(*form)] if form else []
    blocks = [section(line), actions(*buttons, button("All commands", "help.all")), context(small)]
    return Message(line.replace("*", "").replace("`", ""), blocks)


def everything() -> Message:
    """Answers "help" in a message to the bot, and *All commands*."""
    blocks = [
        section("*I keep note of the help people give each other here.* Nobody is ranked, and I read no messages."),
        *(section(line) for line, _ in _EXAMPLES.values()),
        actions(
            button("Record a good turn", "acts.open"),
            button("Thank someone", "acts.thank_someone"),
            button("Add a call", "callbacks.open"),
        ),
        actions(button("Introduce two people", "introductions.open"), button("Ask for help", "asks.open")),
        context("Only you see what you type behind a command. Your settings and everything you recorded are on Home."),
    ]
    return Message("Good Turn keeps note of the help people give each other. Inside: every command.", blocks)


def unknown(word: str) -> Message:
    """Answers a word that `/network` does not know."""
    shown = clipped(word)
    first = section(f'*I do not know "{shown}".* This is what I understand:')
    return Message(f'I do not know "{shown}". Inside: what I understand.', [first, *command("/network").blocks])


def how_it_works() -> Message:
    """Answers *How it works*."""
    blocks = [
        section("*People here record help with a line:* `/give @name what you did` or `/thanks @name what helped`."),
        section(
            "The other one gets one quiet message, and can thank, correct or remove it. There are no points and no rankings."
        ),
        section("I read no messages. `/network leave` takes you out at once, and everything else works without me."),
        actions(button("All commands", "help.all"), button("Don't write to me", "network.leave")),
    ]
    return Message("Good Turn keeps note of help people give each other here. Nobody is ranked.", blocks)


def once_is_right() -> Message:
    """Answers *Once is right*."""
    return Message("Left at once. Nothing new was recorded.", [section("*Left at once.* Nothing new was recorded.")])
