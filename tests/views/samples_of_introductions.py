"""Every message and form about introductions: Ana introduces Raj and Mira; and, once, Raj, Mira and Bo."""

from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime, timedelta
from functools import partial
from typing import Any

from bot import errors, introduction_errors
from handlers.views import introduction_asks, introduction_forms, introductions, meetings, mistakes
from handlers.views.introductions import Shown
from handlers.views.kit import Form, Message
from storage.tables import Introduction, Side

NOW = datetime(2026, 3, 2, 15, 0, tzinfo=UTC)
LINES = ("Mira leads the mass timber group in Portland.", "Raj stamped the first one in Texas.", "Bo knows both.")
PEOPLE = ("Raj", "Mira", "Bo")


def introduced(
    reader: int | None = None,
    people: Sequence[str] = PEOPLE[:2],
    met: Sequence[str | None] = (None, None, None),
    answer: str | None = None,
    words: str | None = None,
    again: str = "",
    is_asked_again: bool = False,
    lines: Sequence[str] = LINES,
    chosen: str = "",
    chat: str = "sent",
    is_connector_here: bool = True,
    **changes: Any,
) -> Shown:
    """Returns the introduction as one of its people reads it: 0 is Raj, 1 Mira, and None Ana."""
    row: dict[str, Any] = {"team_id": "T1", "id": "intro1", "connector_id": "ana", "state": "asked", "created_at": NOW}
    sides = [
        Side(team_id="T1", id=f"side{number}", introduction_id="intro1", number=number + 1, member_id=f"member{number}",
             line=lines[number], asked_at=NOW, met=met[number], answer=answer if number == reader else None,
             words=words if number == (reader or 0) else None)
        for number in range(len(people))
    ]  # fmt: skip
    names = {side.id: name for side, name in zip(sides, people, strict=True)}
    side = None if reader is None else sides[reader]
    return Shown(
        Introduction(**(row | changes)), sides, names, "Ana", closes="Mon 16 Mar", hears_by="Mon 16 Mar", side=side,
        again=again, is_asked_again=is_asked_again, waits=answer is None or is_asked_again, chosen=chosen, chat=chat,
        is_connector_here=is_connector_here, slack_ids=("U0ANA", "U0MIRA", "U0RAJ"),
    )  # fmt: skip


_OPEN: dict[str, Any] = {"state": "connected", "connected_at": NOW}
_LONG = [f"{'R' * 80}", "M" * 80]
_FORM: dict[str, Any] = {"slack_ids": [], "outsider": "", "names": [], "lines": [], "is_business": False}
_MENTION = "<@U0EVE> & *you*"

INTRODUCTIONS: dict[str, Callable[[], Message | Form]] = {
    "introductions_form": lambda: introduction_forms.draft_form("draft1", **_FORM),
    "introductions_form_filled": lambda: introduction_forms.draft_form(
        "draft1", **_FORM | {"slack_ids": ["U0RAJ", "U0MIRA"], "names": PEOPLE[:2], "lines": LINES[:2], "is_business": True}
    ),
    "introductions_to_approve": lambda: introductions.to_approve(PEOPLE[:2], LINES[:2], "draft1"),
    "introductions_to_approve_three": lambda: introductions.to_approve(PEOPLE, LINES, "draft1"),
    "introductions_approval_form": lambda: introduction_forms.approval_form(PEOPLE[:2], LINES[:2], "draft1"),
    "introductions_being_asked": lambda: introductions.being_asked(introduced()),
    "introductions_being_asked_said_yes": lambda: introductions.being_asked(introduced(**_OPEN)),
    "introductions_being_asked_closed": lambda: introductions.being_asked(introduced(state="expired")),
    "introductions_taken_back": lambda: introductions.being_asked(introduced(state="withdrawn")),
    "introductions_sent": lambda: introductions.being_asked(introduced(is_outside=True, state="passed on")),
    "introductions_left": introductions.left_alone,
    "introductions_kept": lambda: introductions.kept_until(NOW, "America/Chicago"),
    "introductions_remind": lambda: introductions.remind(PEOPLE[:2], "intro1"),
    "introductions_texts": lambda: introductions.texts_to_send(
        [("Jane Doe (Acme)", introductions.text_for("Jane Doe (Acme)", ["Raj"], LINES[1]))], "draft1", is_outside=True
    ),
    "introductions_texts_for_guests": lambda: introductions.texts_to_send(
        [(who, introductions.text_for(who, ["Raj"], LINES[1])) for who in ("Kim", "Lou")], "draft1", is_outside=False
    ),
    "introductions_sent_undone": lambda: introductions.being_asked(introduced(is_outside=True, state="withdrawn")),
    "introductions_being_asked_opening": lambda: introductions.being_asked(introduced(state="opening", chat="pending")),
    "introductions_ask": lambda: introduction_asks.ask(introduced(0)),
    "introductions_ask_three": lambda: introduction_asks.ask(introduced(0, PEOPLE)),
    "introductions_ask_long": lambda: introduction_asks.ask(introduced(0, _LONG)),
    "introductions_ask_mention": lambda: introduction_asks.ask(introduced(0, ["Raj", _MENTION])),
    "introductions_ask_again": lambda: introduction_asks.ask(introduced(0, answer="not now", is_asked_again=True)),
    "introductions_yes": lambda: introduction_asks.ask(introduced(0, answer="yes")),
    "introductions_yes_three": lambda: introduction_asks.ask(introduced(0, PEOPLE, answer="yes")),
    "introductions_no": lambda: introduction_asks.ask(introduced(0, answer="no", state="declined")),
    "introductions_no_and_more": lambda: introduction_asks.ask(
        introduced(0, answer="no", chosen="You will not be introduced to Mira.")
    ),
    "introductions_not_now": lambda: introduction_asks.ask(introduced(0, answer="not now")),
    "introductions_not_now_until": lambda: introduction_asks.ask(
        introduced(0, answer="not now", again="I ask you once more on Mon 9 Mar. Nobody is told.")
    ),
    "introductions_ask_opened": lambda: introduction_asks.ask(introduced(0, answer="yes", **_OPEN)),
    "introductions_ask_opening": lambda: introduction_asks.ask(
        introduced(0, answer="yes", state="opening", chat="pending")
    ),
    "introductions_ask_by_hand": lambda: introduction_asks.ask(introduced(0, answer="yes", chat="dead", **_OPEN)),
    "introductions_ask_closed": lambda: introduction_asks.ask(introduced(0, state="expired")),
    "introductions_ask_closed_after_no": lambda: introduction_asks.ask(introduced(0, answer="no", state="expired")),
    "introductions_ask_taken_back": lambda: introduction_asks.ask(introduced(0, state="withdrawn")),
    "introductions_look": lambda: introduction_asks.look_form(introduced(0)),
    "introductions_again_form": lambda: introduction_forms.again_form("side0", date(2026, 3, 3), date(2026, 3, 16)),
    "introductions_rest_form": lambda: introduction_forms.rest_form("side0", date(2026, 4, 1)),
    "introductions_settings_form": lambda: introduction_forms.settings_form(4, None, []),
    "introductions_settings_form_filled": lambda: introduction_forms.settings_form(2, date(2026, 4, 1), ["U0MIRA"]),
    "introductions_chosen": introductions.chosen,
    "introductions_closed_for_side": lambda: introduction_asks.closed_for_side(introduced(0, state="expired")),
    "introductions_closed_for_connector": lambda: introductions.closed_for_connector(introduced(state="expired")),
    "introductions_taken_back_from": lambda: introduction_asks.taken_back_from(introduced(0, state="withdrawn")),
    "meetings_hello": lambda: meetings.hello(introduced(**_OPEN)),
    "meetings_hello_three": lambda: meetings.hello(introduced(people=PEOPLE, **_OPEN)),
    "meetings_hello_same_words": lambda: meetings.hello(introduced(people=PEOPLE, lines=LINES[:1] * 3, **_OPEN)),
    "meetings_hello_written": lambda: meetings.hello(introduced(written_at=NOW, **_OPEN)),
    "meetings_opened": lambda: meetings.opened(introduced(**_OPEN)),
    "meetings_opened_business": lambda: meetings.opened(introduced(is_business=True, **_OPEN)),
    "meetings_opened_by_hand": lambda: meetings.opened(introduced(is_business=True, chat="dead", **_OPEN)),
    "meetings_prompt": lambda: meetings.prompt(introduced(0, **_OPEN)),
    "meetings_prompt_written": lambda: meetings.prompt(introduced(0, written_at=NOW, **_OPEN)),
    "meetings_did_you_meet": lambda: meetings.did_you_meet(introduced(0, state="checking in"), 1),
    "meetings_did_you_meet_last": lambda: meetings.did_you_meet(introduced(0, PEOPLE, state="checking in"), 2),
    "meetings_did_you_meet_alone": lambda: meetings.did_you_meet(
        introduced(0, state="checking in", is_connector_here=False), 1
    ),
    "meetings_did_they_meet": lambda: meetings.did_you_meet(introduced(0, is_outside=True, state="checking in"), 1),
    "meetings_said_met": lambda: meetings.did_you_meet(introduced(0, met=("met", None, None)), 1),
    "meetings_said_scheduled": lambda: meetings.did_you_meet(introduced(0, met=("scheduled", None, None)), 1),
    "meetings_said_not_yet": lambda: meetings.did_you_meet(introduced(0, met=("not yet", None, None)), 2),
    "meetings_said_led": lambda: meetings.did_you_meet(
        introduced(0, met=("led to something", None, None), words="We are bidding the library."), 1
    ),
    "meetings_look": lambda: meetings.look_form(introduced(0, state="checking in")),
    "meetings_words_form": lambda: meetings.words_form(introduced(0)),
    "meetings_words_form_outside": lambda: meetings.words_form(introduced(0, words="We bid.", is_outside=True)),
    "meetings_news_scheduled": lambda: meetings.news(introduced(met=("scheduled", None, None)), "scheduled"),
    "meetings_news_met": lambda: meetings.news(introduced(met=("met", "met", None)), "met"),
    "meetings_news_differs": lambda: meetings.news(introduced(met=("met", "not yet", None)), "differs"),
    "meetings_news_led": lambda: meetings.news(
        introduced(met=("led to something", None, None), words="We are bidding the library."), "led 1"
    ),
    "meetings_news_unknown": lambda: meetings.news(introduced(state="did not meet"), "unknown"),
    "meetings_news_no_more": lambda: meetings.news(introduced(met=("not yet", None, None), state="checking in"), "met"),
}  # fmt: skip
MISTAKES_ABOUT_INTRODUCTIONS = [
    introduction_errors.NoLine(2), introduction_errors.AtCapacity("Mira", NOW),
    introduction_errors.NotTwoPeople("few"), introduction_errors.CannotBeAsked("Kim", "guest"),
    introduction_errors.AskedBefore(["Raj", "Mira"], NOW, NOW + timedelta(days=14), is_open=False),
    introduction_errors.NotForGuests(), errors.NoSuchStep("withdrawn", "one answers"),
    introduction_errors.NotLookedUp("Mira", is_oneself=False), introduction_errors.AskedThisMonth("Raj"),
]  # fmt: skip
INTRODUCTIONS |= {
    f"mistakes_{type(mistake).__name__}_{how}": partial(mistakes.message, mistake, "draft1", "", "slack://")
    for how, mistake in (
        ("for_good", introduction_errors.AtCapacity("Mira", None)),
        ("still", introduction_errors.AskedBefore(["Raj", "Mira"], NOW, NOW + timedelta(days=14), is_open=True)),
        ("elsewhere", introduction_errors.CannotBeAsked("Kim", "elsewhere")),
        ("outside", introduction_errors.CannotBeAsked("Jane Doe (Acme)", "outside")),
        ("many", introduction_errors.NotTwoPeople("many")),
        ("yourself", introduction_errors.NotLookedUp("", is_oneself=True)),
        ("oneself", introduction_errors.NotTwoPeople("oneself")),
    )
}
