"""An introduction in the making, as the command, the form and the buttons between them hand it on."""

from collections.abc import Mapping, Sequence
from typing import TypedDict, cast

from bot.introduction_errors import NotTwoPeople
from bot.ledger import Outsider, show_contact
from bot.proposals import MOST, Proposal
from handlers import reading
from handlers.drafts import own
from handlers.requests import Request
from handlers.views import introduction_forms as forms
from handlers.views.kit import Form
from storage.introductions import Standing
from storage.tables import Contact, Member

OPENS = "introductions.open"  # what opens a draft again, and tells it from other drafts


class IntroductionDraft(TypedDict):
    """What is known of an introduction: members by Slack id and then people outside, and a line for each of them."""

    slack_ids: list[str]
    outsiders: list[list[str]]
    lines: list[str]
    is_business: bool
    is_outside: bool
    channel: str | None
    form: str


def start(
    *,
    slack_ids: Sequence[str] = (),
    outsiders: Sequence[Outsider] = (),
    words: str = "",
    channel: str | None = None,
) -> IntroductionDraft:
    """Begins a draft, in which everybody reads the same words until their lines are told apart."""
    count = len(slack_ids) + len(outsiders)
    return {
        "slack_ids": list(slack_ids),
        "outsiders": [[one.name, one.company] for one in outsiders],
        "lines": [words] * count if words else [],
        "is_business": False,
        "is_outside": bool(outsiders),
        "channel": channel,
        "form": OPENS,
    }


def of_standing(standing: Standing, known: Mapping[str, Member], outside: Mapping[str, Contact]) -> IntroductionDraft:
    """Returns the draft of an introduction that was kept."""
    sides = sorted(standing.sides, key=lambda side: (side.member_id is None, side.number))
    contacts = [outside[side.contact_id] for side in sides if side.contact_id]
    return {
        "slack_ids": [known[side.member_id].slack_id for side in sides if side.member_id],
        "outsiders": [[one.name, one.company] for one in contacts],
        "lines": [side.line for side in sides],
        "is_business": standing.introduction.is_business,
        "is_outside": standing.introduction.is_outside,
        "channel": standing.introduction.channel,
        "form": OPENS,
    }


def found(request: Request, draft_id: str) -> IntroductionDraft:
    """Returns one's own draft; one that was asked about since, or is older than a day, is no longer open."""
    draft = own(request, draft_id, lambda kept: kept.get("form") == OPENS)
    return cast(IntroductionDraft, draft or start())  # what this very request asked is answered from what stands


def filled(request: Request, draft: IntroductionDraft) -> IntroductionDraft:
    """Returns the draft as the form now says it."""
    picked = [str(request.filled(f"person_{number}") or "") for number in range(1, MOST + 1)]
    slack_ids = list(dict.fromkeys(filter(None, picked)))
    outsiders = reading.read_outsiders(str(request.filled("outsider")))
    lines = [str(request.filled(f"line_{number}")).strip() for number in range(1, MOST + 1)]
    count = len(slack_ids) + len(outsiders)
    if count > MOST:
        raise NotTwoPeople("many")
    return {
        **draft,
        "slack_ids": slack_ids,
        "outsiders": [[one.name, one.company] for one in outsiders],
        "lines": lines[:count],
        "is_business": "business" in (request.filled("business") or []),
        "is_outside": bool(outsiders),
    }


def proposal(draft: IntroductionDraft, named: Sequence[Member]) -> Proposal:
    """Returns what the draft proposes, with its people as members."""
    outsiders = [Outsider(name, company) for name, company in draft["outsiders"]]
    people: list[Member | Outsider] = [*named, *outsiders]
    lines = (draft["lines"] + [""] * len(people))[: len(people)]
    return Proposal(people, lines, draft["is_business"], draft["channel"], draft["is_outside"])


def names_of(draft: IntroductionDraft, names: Mapping[str, str]) -> list[str]:
    """Returns the names of all who are in a draft, in the order of its lines."""
    inside = [names.get(one, "") for one in draft["slack_ids"]]
    return [*inside, *(show_contact(Outsider(name, company)) for name, company in draft["outsiders"])]


def form(draft: IntroductionDraft, draft_id: str, names: Mapping[str, str]) -> Form:
    """Returns the form with a draft in it."""
    outsiders = ", ".join(show_contact(Outsider(name, company)) for name, company in draft["outsiders"])
    return forms.draft_form(
        draft_id,
        slack_ids=draft["slack_ids"],
        outsider=outsiders,
        names=names_of(draft, names),
        lines=draft["lines"],
        is_business=draft["is_business"],
    )
