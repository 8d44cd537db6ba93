"""A call to return in the making, as the command, the form and the buttons between them hand it on."""

from collections.abc import Mapping
from datetime import UTC, date, datetime, time, timedelta
from typing import TypedDict, cast

from bot import when
from bot.callbacks import Call
from bot.errors import NobodyToCall, NoTimePicked, Stale, TimeTooFar
from bot.ledger import Outsider, show_contact
from bot.plans import Plan, first_of, plan_at
from bot.when import Found
from handlers import reading
from handlers.drafts import own
from handlers.reading_calls import CallRead
from handlers.requests import Request
from handlers.views import call_forms as forms
from handlers.views.kit import Form
from storage import contacts
from storage import members as people
from storage.callbacks import Standing
from storage.database import Session
from storage.tables import Member


class CallDraft(TypedDict):
    """What is known of a call: `slack_id` or `name` and `company` of whom; `choices` are instants that were offered."""

    slack_id: str | None
    name: str
    company: str
    about: str
    note: str
    choices: list[str]
    form: str


OPEN = "callbacks.open"  # what opens a draft again, and tells it from other drafts


def start(*, slack_id: str | None = None, who: Outsider | None = None, about: str = "", note: str = "") -> CallDraft:
    """Begins a draft."""
    return {
        "slack_id": slack_id,
        "name": who.name if who else "",
        "company": who.company if who else "",
        "about": about,
        "note": note,
        "choices": [],
        "form": OPEN,
    }


def of_text(read: CallRead, names: Mapping[str, str]) -> CallDraft:
    """Returns the draft of what was typed."""
    return start(slack_id=read.slack_id, who=read.outsider, about=reading.plain_words(read.about, names))


def of_standing(session: Session, team_id: str, standing: Standing) -> CallDraft:
    """Returns the draft of a call as it stands."""
    callback = standing.callback
    known = people.by_id(session, team_id, [callback.member_id])
    outside = contacts.by_id(session, team_id, [callback.contact_id])
    slack_id = known[callback.member_id].slack_id if callback.member_id else None
    contact = outside[callback.contact_id] if callback.contact_id else None
    who = Outsider(contact.name, contact.company) if contact else None
    return start(slack_id=slack_id, who=who, about=callback.about, note=callback.note)


def found(request: Request, draft_id: str) -> CallDraft:
    """Returns one's own draft; one that became a call since, or is older than a day, is no longer open."""
    draft = own(request, draft_id, lambda kept: kept.get("form") == OPEN)
    return cast(CallDraft, draft or start())  # what this very request noted is answered from what stands


def filled(request: Request) -> CallDraft:
    """Returns the draft as the form says it. Raises NobodyToCall where nobody, or more than one, is named."""
    slack_id = request.filled("person") or None
    outsiders = reading.read_outsiders(str(request.filled("outsiders")))
    if len(outsiders) + (slack_id is not None) != 1:
        raise NobodyToCall("", "several" if outsiders else "none")
    about, note = str(request.filled("about")).strip(), str(request.filled("note")).strip()
    return start(slack_id=slack_id, who=next(iter(outsiders), None), about=about, note=note)


def call_of(draft: CallDraft, named: list[Member]) -> Call:
    """Returns the call a draft stands for; `named` holds the member it names, if it names one."""
    who: Member | Outsider = named[0] if named else Outsider(draft["name"], draft["company"])
    return Call(who, draft["about"], draft["note"])


def who_of(draft: CallDraft, names: Mapping[str, str]) -> str:
    """Returns the name of whom a draft is about."""
    if draft["slack_id"]:
        return names.get(draft["slack_id"], "")
    return show_contact(Outsider(draft["name"], draft["company"]))


def slack_ids_of(draft: CallDraft) -> list[str]:
    """Returns the Slack id of the member a draft names, if it names one."""
    return [draft["slack_id"]] if draft["slack_id"] else []


def plan_found(read: Found, zone: str) -> Plan:
    """Returns the plan for a time that was read."""
    wall = None if read.is_instant else read.at.astimezone(when.zone_named(zone)).replace(tzinfo=None)
    return Plan(read.at, wall, read.every, is_guess="hour" in read.guessed)


def plan_picked(request: Request, zone: str, kept: str | None = None) -> Plan:
    """Returns the plan for the day and the time that were picked; `kept` is the rule that *as it is* stands for.

    Raises NoTimePicked where one of the two is missing.
    """
    day, clock_time = str(request.held("callbacks.day")), str(request.held("callbacks.time"))
    try:
        wall = datetime.combine(date.fromisoformat(day), time.fromisoformat(clock_time))
    except ValueError:
        raise NoTimePicked from None
    repeat = str(request.filled("every") or "never")
    try:
        if repeat != "kept" and (every := when.rule_for(repeat, wall.date())):
            return first_of(every, wall, zone, request.now)
        return plan_at(wall.date(), wall.time(), zone, kept if repeat == "kept" else None)
    except OverflowError:  # the last day that there is lies outside of UTC's in some zones
        raise TimeTooFar from None


def plan_chosen(draft: CallDraft, number: int, zone: str) -> Plan:
    """Returns the plan for one of the times that were offered. Raises Stale where there is none of this number."""
    try:
        at = datetime.fromisoformat(draft["choices"][number])
    except IndexError:
        raise Stale from None
    return Plan(at, at.astimezone(when.zone_named(zone)).replace(tzinfo=None))


def suggested(now: datetime, zone: str) -> datetime:
    """Returns the wall time a form shows until another is picked: nine in the morning of tomorrow."""
    tomorrow = now.astimezone(when.zone_named(zone)).date() + timedelta(days=1)
    return datetime.combine(tomorrow, when.MORNING)


def form(draft: CallDraft, draft_id: str, wall: datetime) -> Form:
    """Returns the form with a draft in it."""
    return _form("callbacks.noted", draft, draft_id, wall, None)


def change_form(draft: CallDraft, turn_id: str, wall: datetime, every: str | None) -> Form:
    """Returns the form of a call that stands; `every` is its rule."""
    return _form("callbacks.changed", draft, turn_id, wall, when.every_in_words(every) if every else None)


def offered(choices: tuple[datetime, ...]) -> list[str]:
    """Returns instants as a draft keeps them."""
    return [one.astimezone(UTC).isoformat() for one in choices]


def _form(callback_id: str, draft: CallDraft, keeps: str, wall: datetime, every: str | None) -> Form:
    return forms.call_form(
        callback_id,
        keeps,
        slack_id=draft["slack_id"],
        outsider=show_contact(Outsider(draft["name"], draft["company"])) if draft["name"] else "",
        about=draft["about"],
        note=draft["note"],
        wall=wall,
        every=every,
    )
