"""What is said before and after somebody's data is deleted, and how people outside Slack are removed."""

from collections.abc import Mapping

from bot.erasing import MOST_SHOWN
from bot.exports import MINE
from handlers.views.exports import export_button
from handlers.views.harmless import unescape
from handlers.views.kit import (
    Block,
    Form,
    Message,
    actions,
    button,
    context,
    field_for,
    option,
    plain,
    section,
)
from handlers.views.kit import name as harmless

_LABEL = (
    75  # characters of a menu's entry: https://docs.slack.dev/reference/block-kit/composition-objects/option-object
)


def my_data(has_contacts: bool, leave: Block) -> list[Block]:
    """Is the part of Home about one's own data."""
    delete = button("Delete", "data.delete", reads="Delete my data")
    people = [button("People outside Slack", "data.contacts")] if has_contacts else []
    return [
        section("*My data:* take it along, delete it, or leave. Only you see it."),
        actions(export_button(MINE), delete, leave),
        actions(*people, button("All commands", "help.all")),
    ]


def delete_button() -> Block:
    """Is the button that asks whether to delete one's data."""
    return button("Delete my data", "data.delete")


def question() -> Form:
    """Asks whether to delete everything, and says exactly what goes and what stays."""
    goes = "*What goes:* your name, all you wrote, your calls, the people outside Slack whom you named, your settings."
    stays = (
        "*What stays:* that help was given or two people were introduced, when, and of which kind. It counts for the others,"
        " without your name and without its words, theirs among them."
        " Feeds you added and settings you chose for the workspace stay, too."
    )
    said = (
        "*What I said of you,* in channels and to others, loses your name and your words where I can still change it: for 90"
        " days. What others keep in their own calls stays theirs, without your name. Our conversation stays in Slack."
    )
    blocks = [
        section(
            "*Delete my data?* Your good turns, introductions, calls, contacts and settings go for good. Totals others see"
            " stay, without your name."
        ),
        *(section(one) for one in (goes, stays, said)),
        actions(export_button(MINE, "Export first")),
        context("This cannot be undone. Whoever names you later, I write to you as to somebody new."),
    ]
    return Form("Delete my data", blocks, "data.deleted", submit="Delete for good", close="Keep it")


def deleted() -> Message:
    """Answers that somebody's data is deleted; it is their Home, too, until they open it anew."""
    line = "*Your data is deleted.* The last of it goes within minutes, and from the backups within 30 days."
    return Message("Your data is deleted.", [section(f"{line} Thank you for the help you gave here.")]).ending()


def contacts_form(people: Mapping[str, str], count: int) -> Form:
    """Lists the people outside Slack whom a member named, by id, to have some of them removed; there are so many."""
    if not people:
        return Form(
            "People outside Slack", [section("*You have named nobody outside Slack.*")], "answer", close="Close"
        )
    shown = [option(one, unescape(harmless(who))[:_LABEL]) for one, who in people.items()]
    menu = {
        "type": "multi_static_select", "action_id": "contacts", "options": shown, "placeholder": plain("Choose"),
    }  # fmt: skip
    more = (
        [context(f"These are {MOST_SHOWN} of {count}; the others come once some are removed.")]
        if count > len(shown)
        else []
    )
    hint = "Their names and all you wrote of them go for good. What was done still counts for you."
    blocks = [
        section("*Only you see these names.* None of them was ever messaged."),
        field_for("contacts", "Whom to remove", menu, hint=hint),
        *more,
    ]
    return Form("People outside Slack", blocks, "data.contacts_removed", submit="Remove for good", close="Keep them")


def contacts_removed(count: int) -> Message:
    """Answers that people outside Slack were removed."""
    who = "1 person is" if count == 1 else f"{count} people are"
    line = f"*{who} removed.* What was done still counts, without a name."
    return Message(line.replace("*", ""), [section(line), context("They leave the backups within 30 days.")])
