"""The first words to somebody who never asked for any: what this is, and how to make it stop."""

from handlers.views.kit import Message, actions, button, section


def greeted(message: Message) -> Message:
    """Returns a message with the bot's introduction below it."""
    line = (
        "I am Good Turn, a bot that keeps note of help people give each other here. You are not signed up for anything."
        " I read no messages, and I write only when someone helps you, thanks you or"
        " would like to introduce you."
    )
    buttons = actions(button("How it works", "help.how"), button("Don't write to me", "network.leave"))
    return Message(message.text, [*message.blocks, section(line), buttons])
