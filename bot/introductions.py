"""Introductions: consent first, loop closed. Every state, what may happen in it, who may do that, and what follows.

All are asked at once and in private; what one of them answers changes nothing that another can see, until all have said yes or
the fourteenth day has come. Whatever is not in the table is refused by name. Before anybody is asked: `proposals.py`. Whether
they met: `meetings.py`. What the consequences say and write down: `consequences.py`.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from bot import consequences, members
from bot.errors import NoSuchStep, Stale, TooLate
from bot.follow_up import ask_first, ask_last, forget_met, note_met, stop_asking, tell, wait_a_week
from storage import introductions, outbox
from storage import members as people
from storage.database import Session
from storage.introductions import Standing
from storage.tables import Member, Outgoing, Side
from storage.tables.introductions import OPEN

CLOCK, CONNECTOR, ASKED = "the clock", "connector", "asked"
# What each answer to "did you meet?" makes of all answers together.
MET, LED, NOT_MET = "they met", "it led to something", "they have not met yet"


@dataclass(frozen=True)
class Step:
    """While an introduction `is` so, `who` may do that `happens`; then it `becomes` so, and what `follows` is done."""

    state: str
    happens: str
    who: str
    becomes: str
    follows: tuple[Callable[[Session, Standing, datetime], None], ...] = ()


STEPS = tuple(
    Step(*step)
    for step in (
        # is                 happens                          who        becomes             follows
        ("drafted",          "all are asked",                 CONNECTOR, "asked",            (consequences.ask_all,)),
        ("drafted",          "the text is sent",              CONNECTOR, "passed on",        (wait_a_week,)),

        ("asked",            "more than one is to say yes",   ASKED,     "asked"),
        ("asked",            "one is left to say yes",        ASKED,     "waiting for one"),
        ("asked",            "one said no",                   ASKED,     "declined"),
        ("waiting for one",  "more than one is to say yes",   ASKED,     "asked"),
        ("waiting for one",  "one is left to say yes",        ASKED,     "waiting for one"),
        ("waiting for one",  "one said no",                   ASKED,     "declined"),
        ("waiting for one",  "all said yes",                  ASKED,     "opening",          (consequences.open_chat,)),
        ("declined",         "more than one is to say yes",   ASKED,     "asked"),
        ("declined",         "one is left to say yes",        ASKED,     "waiting for one"),
        ("declined",         "one said no",                   ASKED,     "declined"),
        ("declined",         "all said yes",                  ASKED,     "opening",          (consequences.open_chat,)),
        ("asked",            "day 14 came",                   CLOCK,     "expired",          (consequences.close,)),
        ("waiting for one",  "day 14 came",                   CLOCK,     "expired",          (consequences.close,)),
        ("declined",         "day 14 came",                   CLOCK,     "expired",          (consequences.close,)),
        ("asked",            "it is taken back",              CONNECTOR, "withdrawn",        (consequences.withdraw,)),
        ("waiting for one",  "it is taken back",              CONNECTOR, "withdrawn",        (consequences.withdraw,)),
        ("declined",         "it is taken back",              CONNECTOR, "withdrawn",        (consequences.withdraw,)),
        ("passed on",        "it is taken back",              CONNECTOR, "withdrawn"),
        ("asked",            "its connector has gone",        CONNECTOR, "expired",          (consequences.close,)),
        ("waiting for one",  "its connector has gone",        CONNECTOR, "expired",          (consequences.close,)),
        ("declined",         "its connector has gone",        CONNECTOR, "expired",          (consequences.close,)),

        ("opening",          "the chat is open",              CLOCK,     "connected",        (consequences.connect,)),
        ("opening",          "the chat cannot be opened",     CLOCK,     "connected",        (consequences.connect,)),
        ("opening",          "one of them has gone",          CLOCK,     "expired",          (consequences.close,)),
        ("opening",          "one has written",               ASKED,     "opening",          (consequences.note_written,)),
        ("connected",        "one has written",               ASKED,     "connected",        (consequences.note_written,)),
        ("checking in",      "one has written",               ASKED,     "checking in",      (consequences.note_written,)),
        ("connected",        "a week has passed",             CLOCK,     "checking in",      (ask_first,)),
        ("passed on",        "a week has passed",             CLOCK,     "checking in",      (ask_first,)),
        ("checking in",      "two weeks have passed",         CLOCK,     "checking in",      (ask_last,)),
        ("checking in",      "three weeks have passed",       CLOCK,     "did not meet",     (stop_asking,)),
        ("met",              "two weeks have passed",         CLOCK,     "met",              (ask_last,)),
        ("met",              "three weeks have passed",       CLOCK,     "met"),
        ("led to something", "two weeks have passed",         CLOCK,     "led to something"),
        ("led to something", "three weeks have passed",       CLOCK,     "led to something"),

        ("checking in",      NOT_MET,                         ASKED,     "checking in",      (tell,)),
        ("checking in",      MET,                             ASKED,     "met",              (note_met, tell)),
        ("checking in",      LED,                             ASKED,     "led to something", (note_met, tell)),
        ("met",              NOT_MET,                         ASKED,     "checking in",      (forget_met, tell)),
        ("met",              MET,                             ASKED,     "met",              (tell,)),
        ("met",              LED,                             ASKED,     "led to something", (tell,)),
        ("led to something", NOT_MET,                         ASKED,     "checking in",      (forget_met, tell)),
        ("led to something", MET,                             ASKED,     "met",              (tell,)),
        ("led to something", LED,                             ASKED,     "led to something", (tell,)),
        ("did not meet",     NOT_MET,                         ASKED,     "did not meet"),
        ("did not meet",     MET,                             ASKED,     "met",              (note_met, tell)),
        ("did not meet",     LED,                             ASKED,     "led to something", (note_met, tell)),
    )
)  # fmt: skip
_BY_NAME = {(step.state, step.happens): step for step in STEPS}


def take(session: Session, standing: Standing, happens: str, by: str, now: datetime) -> Standing:
    """Takes the step that the table has for what happens `by` whom, and all that follows. Raises NoSuchStep if it has none."""
    introduction = standing.introduction
    step = _BY_NAME.get((introduction.state, happens))
    if step is None or step.who != by:
        raise NoSuchStep(introduction.state, happens)
    introductions.change(session, introduction.team_id, introduction.id, state=step.becomes)
    standing = again(session, standing)
    for follow in step.follows:
        follow(session, standing, now)
    return again(session, standing)


def say_yes(session: Session, actor: Member, side_id: str, now: datetime) -> None:
    """Says yes to an introduction, also to people one did not want to be introduced to before; the last yes opens the chat."""
    standing, _ = asked(session, actor, side_id, now)
    others = [side.member_id for side in standing.sides if side.member_id and side.member_id != actor.id]
    introductions.want_again(session, actor.team_id, actor.id, others)
    _answer(session, actor, side_id, "yes", now)


def say_no(session: Session, actor: Member, side_id: str, now: datetime) -> None:
    """Says no. Nobody is told, now or later."""
    _answer(session, actor, side_id, "no", now)


def say_not_now(session: Session, actor: Member, side_id: str, now: datetime) -> None:
    """Says not now; when to ask once more is chosen next."""
    _answer(session, actor, side_id, "not now", now)


def take_answer_back(session: Session, actor: Member, side_id: str, now: datetime) -> None:
    """Takes one's answer back, as long as nothing came of it."""
    _answer(session, actor, side_id, None, now)


def ask_again_at(session: Session, actor: Member, side_id: str, at: datetime, now: datetime) -> None:
    """Has whoever said not now be asked once more at a moment; beyond the fourteenth day nothing is asked any more.

    Raises TooLate where the moment has passed.
    """
    standing, side = asked(session, actor, side_id, now)
    if at <= now:
        raise TooLate
    if side.answer == "not now":
        consequences.ask_no_more(session, side, now)
        consequences.ask_again(session, standing, side, at, now)
        outbox.change(session, actor.team_id, side.id, now)


def withdraw(session: Session, actor: Member, introduction_id: str, now: datetime) -> None:
    """Takes an introduction back that one makes, as long as not all have said yes."""
    standing = mine(session, actor, introduction_id)
    if standing.introduction.state != "withdrawn":
        take(session, standing, "it is taken back", CONNECTOR, now)


def ring(session: Session, row: Outgoing, now: datetime) -> datetime | None:
    """Hears the clock: a day has come that an introduction waited for. Returns when to ring again, where it is too early."""
    introduction_id, _, happens = row.subject.partition(":")
    standing = introductions.find(session, row.team_id, introduction_id, hold=True)
    if standing is None:
        return None
    if happens == consequences.CHAT_OPENS:
        match consequences.state_of_hello(session, standing):
            case "pending" | "sending":
                return now + consequences.SOON
            case "cancelled":
                happens = "one of them has gone"
            case "dead" | "expired":
                happens = "the chat cannot be opened"
            case _:
                happens = "the chat is open"
    if (standing.introduction.state, happens) in _BY_NAME:  # else it rings for what has changed since
        take(session, standing, happens, CLOCK, now)
    return None


def asked(session: Session, actor: Member, side_id: str, now: datetime) -> tuple[Standing, Side]:
    """Returns an introduction about which one is asked and which is still open, and one's own side of it, and holds it.

    Raises Stale for everybody else, and once it is closed.
    """
    side = introductions.of_side(session, actor.team_id, side_id)
    if side is None or not side.is_asked:
        raise Stale
    standing = held(session, actor, side.introduction_id)
    side = next(one for one in standing.sides if one.id == side_id)
    members.require("answer an introduction", actor, {ASKED if side.member_id == actor.id else "other"})
    is_over = standing.introduction.expires_at is None or now >= standing.introduction.expires_at
    if standing.introduction.state not in OPEN or is_over:
        raise NoSuchStep(standing.introduction.state, "one answers")
    return standing, side


def mine(session: Session, actor: Member, introduction_id: str) -> Standing:
    """Returns an introduction that one makes oneself, and holds it. Somebody else's is answered like one that is not there."""
    standing = held(session, actor, introduction_id)
    is_mine = standing.introduction.connector_id == actor.id
    members.require("take back an introduction", actor, {CONNECTOR if is_mine else "other"})
    return standing


def held(session: Session, actor: Member, introduction_id: str) -> Standing:
    """Returns an introduction, and has others who would change it wait until this transaction ends. Raises Stale."""
    people.hold(session, actor.team_id, actor.id)
    standing = introductions.find(session, actor.team_id, introduction_id, hold=True)
    if standing is None:
        raise Stale
    return standing


def again(session: Session, standing: Standing) -> Standing:
    """Returns an introduction as it stands by now."""
    found = introductions.find(session, standing.introduction.team_id, standing.introduction.id)
    assert found is not None
    return found


def _answer(session: Session, actor: Member, side_id: str, answer: str | None, now: datetime) -> None:
    standing, side = asked(session, actor, side_id, now)
    was_asked_again = side.again_at is not None and side.again_at <= now
    if side.answer == answer and not was_asked_again:
        return
    consequences.ask_no_more(session, side, now)
    # Who says not now a second time is not asked a third one.
    again_at = standing.introduction.expires_at if was_asked_again and answer == "not now" else None
    columns = {"answer": answer, "answered_at": now if answer else None, "again_at": again_at}
    introductions.change_side(session, actor.team_id, side.id, **columns)
    standing = again(session, standing)
    outbox.change(session, actor.team_id, side.id, now)
    take(session, standing, so_far(session, standing), ASKED, now)
    members.refresh_home(session, [actor], now)


def so_far(session: Session, standing: Standing) -> str:
    """Returns what all answers come to. Who is gone, or does not want to meet one of the others, has not said yes."""
    known = people.by_id(session, standing.introduction.team_id, [side.member_id for side in standing.sides])
    unwilling = {one for one, _ in introductions.unwanted_among(session, standing.introduction.team_id, list(known))}
    here = {one.id for one in known.values() if members.is_here(one)} - unwilling
    if any(side.answer == "no" for side in standing.sides):
        return "one said no"
    missing = sum(not (side.answer == "yes" and side.member_id in here) for side in standing.sides)
    if missing > 1:
        return "more than one is to say yes"
    return "one is left to say yes" if missing else "all said yes"
