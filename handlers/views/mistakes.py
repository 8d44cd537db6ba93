"""Words and buttons for every mistake of `bot/errors.py`: what is needed, what does it, and that nothing was recorded."""

from collections.abc import Callable, Mapping
from typing import Any

from bot import errors
from handlers.views.kit import Block, Message, actions, button, clipped, context, name, quote, section
from storage.database import Unsure

NOTHING = "Nothing was recorded."
NOTHING_CHANGED = "Nothing was changed."
OPEN_FORM, PICK, OUTSIDE, KEEP, THANK, HOME, BACK, AGAIN, ONCE, HOURS = (
    ("Open the form", "acts.open"),
    ("Pick a person", "acts.open"),
    ("Not in Slack", "acts.outside"),
    ("Keep as a contact", "acts.outside"),
    ("Thank someone", "acts.thank_someone"),
    ("Open Home", "home.open"),
    ("Come back", "network.come_back"),
    ("Record it again", "acts.again"),
    ("Once is right", "acts.once"),
    ("Choose hours", "hours.open"),
)

# The sentence for each mistake, and the buttons under it. A sentence takes the mistake's own values.
_SENTENCES: dict[type[Exception], tuple[Callable[[Any], str], tuple[tuple[str, str], ...]]] = {
    errors.NoPerson: (
        lambda it: (
            f"*{'Who did you help?' if it.role == 'gave' else 'Who helped you?'}*"
            " Pick a person, or write Name (Company) for someone outside Slack."
        ),
        (PICK, OUTSIDE),
    ),
    errors.NoWords: (lambda _: "*What happened?* A few words are enough.", (OPEN_FORM,)),
    errors.NotAMention: (
        lambda it: f'*I cannot tell who "{clipped(it.typed)}" is.* Pick the name from the list Slack shows after @.',
        (PICK, OUTSIDE),
    ),
    errors.NotAName: (
        lambda it: (
            f'*I cannot read "{clipped(it.typed)}" as a name.* Write Name (Company), with commas between people.'
        ),
        (OPEN_FORM,),
    ),
    errors.NotOnePerson: (
        lambda it: f'*"{clipped(it.typed)}" is not one person.* Name people one by one, up to 10.',
        (PICK, OUTSIDE),
    ),
    errors.Oneself: (
        lambda _: "*Good turns are for other people.* If someone helped you: `/thanks @name what helped`.",
        (THANK,),
    ),
    errors.IsABot: (
        lambda it: f"*{name(it.name)} is an app.* Name the person behind it, and I will record it for them.",
        (PICK,),
    ),
    errors.IsGone: (
        lambda it: (
            f"*{name(it.name)} is no longer in this workspace.* You can keep it for a contact, a name only you see."
        ),
        (KEEP,),
    ),
    errors.IsFromElsewhere: (
        lambda it: (
            f"*{name(it.name)} is from another workspace, and I write only to people of this one.*"
            " You can keep it for a contact, a name only you see."
        ),
        (KEEP,),
    ),
    errors.TakesNoPart: (
        lambda it: (
            f"*{name(it.name)} does not take part in Good Turn.* A word to {name(it.name)} in person is as good."
        ),
        (),
    ),
    errors.YouHaveLeft: (lambda _: "*You have left Good Turn.* Come back first, in one press.", (BACK,)),
    errors.TooManyPeople: (
        lambda it: f"*That is {it.count} people; {it.limit} fit in one.* Take one out, or record it in two.",
        (OPEN_FORM,),
    ),
    errors.TooLong: (
        lambda it: f"*That is {it.count} characters; {it.limit} fit.* Shorten it in the form.",
        (OPEN_FORM,),
    ),
    errors.DayIsFull: (
        lambda it: (
            f"*A day holds {it.limit} good turns a person, and {it.left} still fit today.* Name fewer, or wait until tomorrow."
            if it.left
            else f"*That makes {it.limit} good {'turn' if it.limit == 1 else 'turns'} today, as many as a day holds.*"
            " This one fits tomorrow."
        ),
        (),
    ),
    errors.SaidBefore: (
        lambda it: (
            f"*Record it again?* You recorded this for {name(it.name)} {it.minutes} "
            f"{'minute' if it.minutes == 1 else 'minutes'} ago."
        ),
        (AGAIN, ONCE),
    ),
    errors.NoSuchTime: (
        lambda it: f'*When should the pause end?* I found no day in "{clipped(it.typed)}". Pick one in the form.',
        (("Pick a day", "network.pause"),),
    ),
    errors.TooLate: (
        lambda _: "*That day has passed.* Pick one that is still to come.",
        (("Pick a day", "network.pause"),),
    ),
    errors.TooFar: (
        lambda _: "*That is more than a year away.* Pick a nearer day; a longer pause is /network leave.",
        (("Pick a day", "network.pause"),),
    ),
    errors.NotAnEmoji: (
        lambda it: f'*"{clipped(it.typed)}" is no emoji\'s name.* Write it as Slack does, for example pray or :pray:.',
        (),
    ),
    errors.NotANumber: (lambda it: f"*Write a number from {it.least} to {it.most}.*", ()),
    errors.EndsTooSoon: (lambda _: "*The day ends after it starts.* Pick a later end, or an earlier start.", (HOURS,)),
    errors.NoDay: (lambda _: "*On which days do you work?* One is enough.", (HOURS,)),
    errors.NotACountry: (
        lambda it: (
            f'*I know no country called "{clipped(it.typed)}".* '
            + (f"Is it {name(it.near)}?" if it.near else "Write its name in English, or its two letters, such as SE.")
        ),
        (),
    ),
    errors.Stale: (lambda _: "*This is no longer open.* What needs you is on Home.", (HOME,)),
}
# Under which field of a form each mistake belongs; the first that the form has.
_FIELDS: dict[type[Exception], tuple[str, ...]] = {
    errors.NoWords: ("words",),
    errors.TooLong: ("words",),
    errors.DayIsFull: ("words",),
    errors.NotAName: ("outsiders",),
    errors.NoSuchTime: ("day",),
    errors.TooLate: ("day",),
    errors.TooFar: ("day",),
    errors.NotAnEmoji: ("emoji",),
    errors.NotANumber: ("acts_a_day",),
    errors.EndsTooSoon: ("ends",),
    errors.NoDay: ("days",),
    errors.NotACountry: ("country",),
}
_PEOPLE_FIELDS = ("people", "helper", "admins")
_NOT_IN_A_FIELD = (errors.Stale, errors.YouHaveLeft, errors.SaidBefore)
_CHANGES_NOTHING = (
    errors.Stale,
    errors.NotAnEmoji,
    errors.NotANumber,
    errors.NoSuchTime,
    errors.TooLate,
    errors.TooFar,
    errors.EndsTooSoon,
    errors.NoDay,
    errors.NotACountry,
)


def message(mistake: Exception, draft_id: str, said: str, home_url: str) -> Message:
    """Answers a mistake; its buttons carry the draft in which the words given are kept. `said` are those words.

    What is not a mistake of the member's is ours: the words come back, to be sent once more.
    """
    if isinstance(mistake, Unsure):
        return _unsure(said, home_url)
    if type(mistake) not in _SENTENCES:
        return _ours(said)
    sentence, buttons = _SENTENCES[type(mistake)]
    line = sentence(mistake)
    blocks: list[Block] = [section(line)]
    if isinstance(mistake, (errors.DayIsFull, errors.TakesNoPart)) and said:
        blocks += [section("Your words:"), quote(said)]
    shown = [
        button(label, action, draft_id, url=home_url if action == "home.open" else None)
        for label, action in buttons
        if draft_id or action not in _NEEDS_DRAFT
    ]
    if shown:
        blocks.append(actions(*shown))
    blocks.append(context(_end(mistake)))
    return Message(f"{_unmarked(line)} {_end(mistake)}", blocks)


def under_fields(mistake: Exception, view: Mapping[str, Any]) -> dict[str, str]:
    """Returns the mistake's sentence by the field of the open form that it belongs under; nothing where it has none."""
    there = {block.get("block_id"): block for block in view.get("blocks") or [] if block.get("type") == "input"}
    if isinstance(mistake, Unsure):
        return dict.fromkeys(list(there)[-1:], f"{_UNSURE} {_LOOK}")
    if type(mistake) not in _SENTENCES:
        return dict.fromkeys(list(there)[-1:], f"{_OURS} Nothing was recorded. Please press it once more.")
    if isinstance(mistake, _NOT_IN_A_FIELD):
        return {}
    line = _unmarked(_SENTENCES[type(mistake)][0](mistake))
    return next(({one: line} for one in _FIELDS.get(type(mistake), _PEOPLE_FIELDS) if one in there), {})


_NEEDS_DRAFT = frozenset({"acts.open", "acts.outside", "acts.again", "acts.once", "acts.thank_someone"})


_OURS = "I could not save that. The trouble is on my side."
_UNSURE = "I do not know whether I saved that. The trouble is on my side."
_LOOK = "Home shows what was recorded: please look there before you send it once more."


def _ours(said: str) -> Message:
    line = _OURS
    words = [section("Your words:"), quote(said)] if said else []
    first = section(f"*{line}* Please send it once more.")
    return Message(f"{line} {NOTHING}", [first, *words, context(NOTHING)])


def _unsure(said: str, home_url: str) -> Message:
    words = [section("Your words:"), quote(said)] if said else []
    first = section(f"*{_UNSURE}* {_LOOK}")
    return Message(f"{_UNSURE} {_LOOK}", [first, *words, actions(button("Open Home", "home.open", url=home_url))])


def _end(mistake: Exception) -> str:
    if isinstance(mistake, errors.SaidBefore):
        return "Nothing new is recorded until you choose."
    return NOTHING_CHANGED if isinstance(mistake, _CHANGES_NOTHING) else NOTHING


def _unmarked(line: str) -> str:
    """Returns a line as a notification or a form's error has it: without marks, and with characters as themselves."""
    plain = line.replace("*", "").replace("`", "")
    return plain.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
