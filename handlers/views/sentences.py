"""The sentence for each mistake of `bot/errors.py`, and the buttons under it. A sentence takes the mistake's own values."""

from bot import errors
from handlers.views.ask_sentences import ASK_SENTENCES
from handlers.views.feed_sentences import FEED_SENTENCES
from handlers.views.introduction_sentences import INTRODUCTION_SENTENCES, Sentences
from handlers.views.kit import clipped, name
from handlers.views.nudge_sentences import NUDGE_SENTENCES
from handlers.views.share_sentences import SHARE_SENTENCES

CALL = ("Open the form", "callbacks.open")
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

MORE_SENTENCES = INTRODUCTION_SENTENCES | ASK_SENTENCES | NUDGE_SENTENCES | FEED_SENTENCES | SHARE_SENTENCES
SENTENCES: Sentences = {
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
    errors.NobodyToCall: (lambda it: _nobody_to_call(it.why, clipped(it.typed)), (CALL,)),
    errors.ZoneNotKnown: (
        lambda _: "*Slack did not tell me your time zone, and I will not guess it.* Please send it once more.",
        (),
    ),
    errors.NoTimePicked: (lambda _: "*When should I remind you?* Pick a day and a time.", ()),
    errors.TimeHasPassed: (lambda _: "*That time has passed.* Pick one that is still to come.", ()),
    errors.TimeTooFar: (lambda _: "*That is more than three years away.* Pick a nearer day.", ()),
    errors.TooManyCalls: (
        lambda it: f"*{it.limit} calls are on your list, as many as it holds.* Drop one you no longer need.",
        (("Show my calls", "callbacks.list"),),
    ),
    errors.EndsTooSoon: (lambda _: "*The day ends after it starts.* Pick a later end, or an earlier start.", (HOURS,)),
    errors.NoDay: (lambda _: "*On which days do you work?* One is enough.", (HOURS,)),
    errors.NotACountry: (
        lambda it: (
            f'*I know no country called "{clipped(it.typed)}".* '
            + (f"Is it {name(it.near)}?" if it.near else "Write its name in English, or its two letters, such as SE.")
        ),
        (),
    ),
    errors.NoSuchStep: (lambda _: "*This is no longer open.* What needs you is on Home.", (HOME,)),
    errors.Stale: (lambda _: "*This is no longer open.* What needs you is on Home.", (HOME,)),
} | MORE_SENTENCES


def _nobody_to_call(why: str, typed: str) -> str:
    return {
        "oneself": "*That is you.* Name the person you want to call.",
        "app": f"*{typed} is an app.* Name the person behind it.",
        "group": f'*"{typed}" is not one person.* Name the one you want to call.',
        "several": "*One call is to one person.* Note a second one for the other.",
    }.get(why, "*Who is it to call?* Pick a person, or write Name (Company) for someone outside Slack.")
