"""Every message and form the bot can say: Ana helped Raj; Mira, Bo and Lena; Jane Doe (Acme) is outside Slack."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from functools import partial
from typing import Any

from bot import errors
from bot.ledger import Recorded
from bot.months import Month
from bot.working import WorkingTime
from handlers.views import act_forms, acts, greeting, home, hours, introductions, mistakes, network, posts
from handlers.views import help as help_views
from handlers.views.acts import Told
from handlers.views.home import HomeData
from handlers.views.introductions import Mine
from handlers.views.kit import Form, Message, section
from handlers.views.lateness import marked_late
from handlers.views.posts import Unsaid
from storage.acts import Entry
from storage.database import Unsure
from storage.tables import Act, Mark, Member, Outgoing
from tests.views.samples_of_admins import ADMINS, CORNERS
from tests.views.samples_of_asks import ASKS, ASKS_ON_HOME
from tests.views.samples_of_calls import CALLS, LATER, a_turn, shown
from tests.views.samples_of_erasing import ERASING
from tests.views.samples_of_exports import EXPORTS
from tests.views.samples_of_insights import INSIGHTS
from tests.views.samples_of_introductions import INTRODUCTIONS, MISTAKES_ABOUT_INTRODUCTIONS, introduced
from tests.views.samples_of_nudges import NUDGES, NUDGES_ON_HOME
from tests.views.samples_of_shares import NEWS
from tests.views.samples_of_summaries import SUMMARIES

AT = datetime(2026, 3, 2, 15, 0, tzinfo=UTC)
HOURS = WorkingTime("America/Chicago", time(9), time(17), frozenset(range(5)), "")
NAMES = {"ana": "Ana", "raj": "Raj", "mira": "Mira", "bo": "Bo", "lena": "Lena", "jane": "Jane Doe (Acme)"}
RFP = "the airport RFP went out today"
URL = "slack://app?team=T1&id=A1&tab=home"
ASKED = introductions.settings_line(4, "")
REACH = [ASKED, *(NUDGES_ON_HOME["home_nudges"].values())]


def act(**changes: Any) -> Act:
    """Returns an act of Ana's for Raj."""
    row = {
        "team_id": "T1", "id": "act1", "said_id": "said1", "root_id": "act1", "helper_id": "ana", "helped_id": "raj",
        "contact_id": None, "kind": "information", "is_guess": False, "words": RFP, "channel": "C1", "is_private": False,
        "source": "command", "about": None, "recorded_by": "ana", "written_by": "ana", "recorded_at": AT, "reverses": None,
    }  # fmt: skip
    return Act(**(row | changes))


def entry(thanks: str | None = None, reversed_by: str | None = None, **changes: Any) -> Entry:
    """Returns that act as it stands: thanked with a word, "" for no word; or reversed by somebody."""
    one = act(**changes)
    mark = None if thanks is None else Mark(
        team_id="T1", act_id=one.id, mark="thanks", member_id="raj", words=thanks or None, at=AT
    )  # fmt: skip
    reversal = None if reversed_by is None else act(id="act2", reverses="act1", written_by=reversed_by)
    return Entry(one, reversal, mark, one.is_private, one.channel)


def said(*entries: Entry, names: tuple[str, ...] = ("Raj",), role: str = "gave", was_told: bool = True) -> Recorded:
    """Returns a statement."""
    return Recorded("said1", role, entries, names, was_told)


def told(reader: str, one: Entry, greets: bool = False) -> Told:
    """Returns the act as one of its sides reads it."""
    return Told(one, reader, NAMES, greets)


def member(**changes: Any) -> Member:
    """Returns Ana."""
    facts: dict[str, Any] = {
        "team_id": "T1", "id": "ana", "slack_id": "U1", "name": "Ana", "zone": "America/Chicago", "created_at": AT,
    }  # fmt: skip
    return Member(**(facts | changes))


def unsaid(channel: str | None = None, state: str = "unconfirmed", to: str = "raj", kind: str = "act") -> Unsaid:
    """Returns a post of Ana's: to a channel, or a message to somebody."""
    row: dict[str, Any] = {"key": "act:act1:raj", "subject": "act1", "owner_id": "ana", "created_at": AT, "due_at": AT}
    return Unsaid(
        Outgoing(team_id="T1", id="post1", kind=kind, member_id=to, channel=channel, state=state, **row), NAMES[to]
    )


def late(message: Message, by: timedelta) -> Message:
    """Returns a message that was due on Monday morning, as Ana gets it after so long."""
    return marked_late(message, AT, AT + by, "America/Chicago")


def plainer(message: Message) -> Message:
    """Returns a message as words alone."""
    body = message.plainer()
    return Message(body["text"], body["blocks"])


def a_home(**changes: Any) -> Message:
    """Returns Ana's Home."""
    facts: dict[str, Any] = {
        "member": member(), "is_first": False, "waiting": [], "recent": [], "names": NAMES, "month": Month(0, 0, 0, 0),
        "paused_until": None, "hours": "Mon to Fri, 9:00 AM to 5:00 PM, Chicago",
    }  # fmt: skip
    return home.home(HomeData(**facts | {"waiting_count": len(changes.get("waiting", ()))} | changes))


_ASKS = Message("Did you and Mira meet?", [section("*Did you and Mira meet?*")])
_GIVEN_BACK = entry(helper_id="raj", helped_id="ana", recorded_by="raj", written_by="raj")
_FORM: dict[str, Any] = {"callback_id": "acts.recorded", "keeps": "draft1", "role": "gave", "slack_ids": ["U2"]}
_EDIT = _FORM | {"callback_id": "acts.edited"}
_THANKS: dict[str, Any] = {"recorded_by": "raj", "written_by": "raj"}
_JANE: dict[str, Any] = {"helped_id": None, "contact_id": "jane", "channel": None, "is_private": True}

SAMPLES: dict[str, Callable[[], Message | Form]] = {
    "acts_recorded_kind_said": lambda: acts.recorded(said(entry())),
    "acts_recorded_kind_guessed": lambda: acts.recorded(said(entry(is_guess=True))),
    "acts_recorded_private": lambda: acts.recorded(said(entry(is_private=True))),
    "acts_recorded_in_a_dm": lambda: acts.recorded(said(entry(is_private=True, channel=None)), can_share=True),
    "acts_recorded_outside": lambda: acts.recorded(said(entry(**_JANE), names=("Jane Doe (Acme)",))),
    "acts_recorded_outside_guessed": lambda: acts.recorded(said(entry(**_JANE, is_guess=True), names=("Jane Doe (Acme)",))),
    "acts_recorded_four": lambda: acts.recorded(said(entry(), entry(), entry(), entry(), names=("Raj", "Mira", "Bo", "Lena"))),
    "acts_recorded_with_somebody_outside": lambda: acts.recorded(said(entry(), entry(**_JANE), names=("Raj", "Jane Doe (Acme)"))),
    "acts_recorded_thanks": lambda: acts.recorded(said(entry(thanks="", **_THANKS), names=("Ana",), role="got")),
    "acts_undone_told": lambda: acts.recorded(said(entry(reversed_by="ana"), was_told=True)),
    "acts_undone_not_told": lambda: acts.recorded(said(entry(reversed_by="ana"), was_told=False)),
    "acts_told": lambda: acts.told(told("raj", entry())),
    "acts_told_first": lambda: greeting.greeted(acts.told(told("raj", entry(), greets=True))),
    "acts_told_long": lambda: acts.told(told("raj", entry(words="word " * 100))),
    "acts_told_thanked": lambda: acts.told(told("raj", entry(thanks=""))),
    "acts_told_thanked_with_a_word": lambda: acts.told(told("raj", entry(thanks="Our bid went in with a day to spare."))),
    "acts_told_taken_back": lambda: acts.told(told("raj", entry(reversed_by="ana"))),
    "acts_told_removed": lambda: acts.told(told("raj", entry(reversed_by="raj"))),
    "acts_thanked_you": lambda: acts.told(told("ana", entry(thanks="", words="the surveyor you named saved our bid", **_THANKS))),
    "acts_thanked_you_first": lambda: greeting.greeted(acts.told(told("ana", entry(thanks="", **_THANKS), greets=True))),
    "acts_thanked_you_private": lambda: acts.told(told("ana", entry(thanks="", is_private=True, **_THANKS))),
    "acts_thanked_you_by_emoji": lambda: acts.told(told("ana", entry(thanks="", words="", source="emoji", **_THANKS))),
    "acts_helped": lambda: acts.helped(told("ana", entry(thanks=""))),
    "acts_helped_with_a_word": lambda: acts.helped(told("ana", entry(thanks="Our bid went in with a day to spare."))),
    "acts_helped_taken_back": lambda: acts.helped(told("ana", entry())),
    "acts_fixed": lambda: acts.fixed(told("ana", entry(thanks="", written_by="raj"))),
    "acts_fixed_by_the_helper": lambda: acts.fixed(told("raj", entry(recorded_by="raj", written_by="ana"))),
    "acts_noted": lambda: acts.noted(told("raj", entry(thanks="", words="", source="emoji", **_THANKS))),
    "acts_noted_undone": lambda: acts.noted(told("raj", entry(reversed_by="raj", words="", **_THANKS))),
    "acts_form": lambda: act_forms.form(**_FORM, words=RFP, channel="C1"),
    "acts_form_empty": lambda: act_forms.form(**(_FORM | {"slack_ids": [], "role": "got"})),
    "acts_form_menu": lambda: act_forms.form(**_FORM, channel="C1", asks_role=True),
    "acts_form_edit": lambda: act_forms.form(**_EDIT, kind="advice", outsiders="Jane Doe (Acme)"),
    "acts_fix_form": lambda: act_forms.fix_form(told("raj", entry()), "U1"),
    "acts_fix_form_thanks": lambda: act_forms.fix_form(told("ana", entry(is_private=True, **_THANKS)), None),
    "acts_word_form": lambda: act_forms.word_form(told("raj", entry(thanks=""))),
    "acts_word_form_summary": lambda: act_forms.word_form(replace(told("raj", entry(thanks="")), has_summary=True)),
    "acts_share_form": lambda: act_forms.share_form("said1"),
    "help_give": lambda: help_views.command("/give"),
    "help_thanks": lambda: help_views.command("/thanks"),
    "help_network": lambda: help_views.command("/network"),
    "help_everything": help_views.everything,
    "help_unknown": lambda: help_views.unknown("statistics"),
    "help_how_it_works": help_views.how_it_works,
    "help_once_is_right": help_views.once_is_right,
    **ERASING,
    **EXPORTS,
    **ADMINS,
    **ASKS,
    **NUDGES,
    **INSIGHTS,
    **NEWS,
    **{name: partial(a_home, **facts) for name, facts in (CORNERS | ASKS_ON_HOME | NUDGES_ON_HOME).items()},
    "acts_thanked_you_for_an_ask": lambda: acts.told(told("ana", entry(thanks="", source="ask", **_THANKS))),
    "home_first": lambda: a_home(is_first=True),
    "home_quiet": lambda: a_home(recent=[entry()], month=Month(1, 0, 0, 0)),
    "home_busy": lambda: a_home(
        waiting=[_GIVEN_BACK], recent=[entry(thanks=""), entry(reversed_by="raj"), entry(is_private=True)],
        month=Month(6, 4, 3, 5), has_contacts=True,
    ),
    "home_paused": lambda: a_home(paused_until="Mon 9 Mar, 9:00 AM CDT"),
    "home_left": lambda: a_home(member=member(left_at=AT)),
    "home_unsaid": lambda: a_home(unsaid=[unsaid(to="ana")], waiting=[_GIVEN_BACK]),
    "home_unsaid_in_a_channel": lambda: a_home(unsaid=[unsaid("C1")]),
    "hours_form": lambda: hours.form(HOURS),
    "hours_form_country": lambda: hours.form(replace(HOURS, days=frozenset({6, 0, 1, 2, 3}), country="SA")),
    "hours_chosen": lambda: hours.chosen(HOURS),
    "hours_chosen_country": lambda: hours.chosen(replace(HOURS, country="SE")),
    "lateness_today": lambda: late(acts.told(told("raj", entry())), timedelta(minutes=3)),
    "lateness_another_day": lambda: late(acts.told(told("raj", entry())), timedelta(days=2)),
    "lateness_question_today": lambda: late(_ASKS, timedelta(minutes=3)),
    "lateness_question_another_day": lambda: late(_ASKS, timedelta(days=2)),
    "lateness_long": lambda: late(acts.told(told("ana", entry(thanks="", words="word " * 100, **_THANKS))), timedelta(hours=1)),
    "posts_dead": lambda: posts.notice_of("dead", unsaid(state="dead")),
    "posts_dead_in_a_channel": lambda: posts.notice_of("dead", unsaid("C1", "dead")),
    "posts_expired": lambda: posts.notice_of("expired", unsaid(state="expired")),
    "posts_expired_in_a_channel": lambda: posts.notice_of("expired", unsaid("C1", "expired")),
    "posts_unconfirmed": lambda: posts.notice_of("unconfirmed", unsaid("C1")),
    "posts_unconfirmed_answered": lambda: posts.notice_of("unconfirmed", unsaid("C1", "sent")),
    "posts_unconfirmed_plainer": lambda: plainer(posts.notice_of("unconfirmed", unsaid("C1"))),
    "posts_to_look_at": lambda: posts.waiting([unsaid("C1"), unsaid(kind="act.thanked")], "America/Chicago"),
    "posts_to_look_at_none": lambda: posts.waiting([], "America/Chicago"),
    "posts_to_look_at_many": lambda: posts.waiting([unsaid("C1")] * 23, "America/Chicago"),
    "posts_it_is_there": posts.it_is_there,
    "posts_again": posts.posted_again,
    "plainer_act": lambda: plainer(acts.told(told("raj", entry()))),
    "plainer_act_thanked": lambda: plainer(acts.told(told("raj", entry(thanks="Our bid went in with a day to spare.")))),
    "plainer_act_first": lambda: plainer(greeting.greeted(acts.told(told("raj", entry(), greets=True)))),
    "plainer_act_late": lambda: plainer(late(acts.told(told("raj", entry())), timedelta(minutes=3))),
    "plainer_long": lambda: plainer(acts.told(told("raj", entry(words="word & " * 500)))),
    "plainer_home": lambda: plainer(a_home(waiting=[_GIVEN_BACK])),
    "home_calls": lambda: a_home(
        calls=[shown(), shown(a_turn(LATER, id="turn2"), name="Raj")], calls_due=1, recent=[entry()], month=Month(6, 4, 3, 5)
    ),
    "home_introductions": lambda: a_home(
        introductions=Mine([introduced()], [introduced(0)], [introduced(1)]), introductions_line=ASKED),
    "home_resting": lambda: a_home(introductions_line=introductions.settings_line(4, "Wed 1 Apr")),
    "home_asked_about_none": lambda: a_home(introductions_line=introductions.settings_line(0, "")),
    "home_calls_due_alone": lambda: a_home(calls=[shown()], calls_due=1),
    "help_callback": lambda: help_views.command("/callback"),
    **CALLS,
    **INTRODUCTIONS,
    **SUMMARIES,
    "help_intro": lambda: help_views.command("/intro"),
    "network_settings": lambda: network.settings("Mon to Fri, 9:00 AM to 5:00 PM, Chicago", None, REACH, URL),
    "network_settings_paused": lambda: network.settings("Sun to Thu, 8:00 AM to 4:00 PM", "Mon 9 Mar, 9:00 AM CDT", REACH, URL),
    "network_paused": lambda: network.paused("Mon 9 Mar, 9:00 AM CDT"),
    "network_resumed": network.resumed,
    "network_pause_form": network.pause_form,
    "network_left": network.left,
    "network_back": network.back,
}  # fmt: skip

MISTAKES: list[Exception] = [
    errors.NoPerson("gave"), errors.NoWords(), errors.NotAMention("@rajesh"), errors.NotAName("Jane (Acme"),
    errors.NotOnePerson("@channel"), errors.Oneself(), errors.IsABot("Build Bot"), errors.IsGone("Bo", "U4"),
    errors.IsFromElsewhere("Kim", "U6"), errors.TakesNoPart("Bo"), errors.YouHaveLeft(),
    errors.TooManyPeople(11, 10), errors.TooLong(612, 500), errors.DayIsFull(30, 0), errors.SaidBefore("Raj", 4),
    errors.NoSuchTime("after the thing"), errors.TooLate(), errors.TooFar(), errors.NotAnEmoji("two words"),
    errors.NotANumber("many", 1, 500), errors.EndsTooSoon(), errors.NoDay(), errors.NotACountry("Swedn", "Sweden"),
    errors.NobodyToCall(""), errors.ZoneNotKnown(), errors.NoTimePicked(), errors.TimeHasPassed(), errors.TimeTooFar(),
    errors.TooManyCalls(200), *MISTAKES_ABOUT_INTRODUCTIONS, errors.Stale(),
]  # fmt: skip
SAMPLES |= {f"mistakes_{type(one).__name__}": partial(mistakes.message, one, "draft1", RFP, URL) for one in MISTAKES}
SAMPLES["mistakes_NotACountry_far"] = lambda: mistakes.message(errors.NotACountry("Atlantis", ""), "", "", URL)
SAMPLES |= {
    f"mistakes_NobodyToCall_{why}": partial(mistakes.message, errors.NobodyToCall("Build Bot", why), "draft1", "", URL)
    for why in ("oneself", "app", "group", "several")
}
SAMPLES["mistakes_ours"] = lambda: mistakes.message(RuntimeError(), "", RFP, URL)
SAMPLES["mistakes_unsure"] = lambda: mistakes.message(Unsure(), "", RFP, URL)
