"""What follows from the steps of an introduction: who is asked, who is told, what is written down, and when to look again.

Each message about one side has that side for its subject, so that what one answers changes nothing that another reads.
"""

from datetime import datetime, timedelta

from bot import ledger, members, when, working
from storage import contacts, introductions, outbox, workspaces
from storage import members as people
from storage.database import Session, new_id
from storage.introductions import Standing
from storage.tables import Member, Side

ASK, CLOSED, TAKEN_BACK = "introduction", "introduction.closed", "introduction.taken_back"
REMIND = "introduction.remind"
HELLO, OPENED, PROMPT = "introduction.hello", "introduction.opened", "introduction.prompt"
DID_YOU_MEET, NEWS, CLOCK = "introduction.met", "introduction.news", f"{outbox.ALARM}introduction"
GOOD_FOR = timedelta(days=14)
_WEEK = timedelta(days=7)
_FINAL = ("met", "led to something")


def ask_all(session: Session, standing: Standing, now: datetime) -> None:
    """Asks all of them at once, each alone, and sets the clock for the day on which it closes."""
    introduction = standing.introduction
    for side in standing.sides:
        if side.asked_at is not None:
            _ask(session, side, "1", now, not_after=introduction.expires_at)
    _set_clock(session, standing, "day 14 came", now + GOOD_FOR, now)
    _refresh_homes(session, standing, now)


def ask_again(session: Session, standing: Standing, side: Side, at: datetime, now: datetime) -> None:
    """Plans to ask somebody once more who said not now, unless it closes before."""
    expires_at = standing.introduction.expires_at
    introductions.change_side(session, side.team_id, side.id, again_at=at)
    if expires_at is not None and now < at < expires_at:
        _ask(session, side, f"2 {at:%Y-%m-%d}", now, due_at=at, not_after=expires_at)


def ask_no_more(session: Session, side: Side, now: datetime) -> None:
    """Leaves unasked what has not been asked yet of a side."""
    outbox.cancel(session, side.team_id, side.id, now, kind=ASK)


def connect(session: Session, standing: Standing, now: datetime) -> None:
    """Opens the group chat, writes down what the connector did for each, tells the connector, and sets the clock."""
    introduction, team_id = standing.introduction, standing.introduction.team_id
    introductions.change(session, team_id, introduction.id, connected_at=now)
    connector = people.by_id(session, team_id, [introduction.connector_id])[introduction.connector_id]
    _write_down(session, standing, connector, now)
    outbox.add(session, team_id, key=f"intro:{introduction.id}:hello:1", kind=HELLO, subject=introduction.id,
               member_id=connector.id, owner_id=connector.id, channel=outbox.TO_OPEN, now=now)  # fmt: skip
    outbox.add(session, team_id, key=f"intro:{introduction.id}:opened:1:{connector.id}", kind=OPENED,
               subject=_for_connector(standing), member_id=connector.id, now=now)  # fmt: skip
    for side in standing.sides:
        ask_no_more(session, side, now)
        outbox.change(session, team_id, side.id, now)
    _plan_prompt(session, standing.sides[0], now)
    _set_clock(session, standing, "a week has passed", now + _WEEK, now)
    _refresh_homes(session, standing, now)


def wait_a_week(session: Session, standing: Standing, now: datetime) -> None:
    """Sets the clock for the day on which a connector is asked what came of a text they sent."""
    _set_clock(session, standing, "a week has passed", now + _WEEK, now)
    _refresh_homes(session, standing, now)


def close(session: Session, standing: Standing, now: datetime) -> None:
    """Ends an introduction to which not all said yes. The reason changes neither a word nor the hour."""
    introduction = standing.introduction
    key = f"intro:{introduction.id}:closed:1"
    for side in standing.sides:
        ask_no_more(session, side, now)
        outbox.change(session, side.team_id, side.id, now)
        if side.answer == "yes" and side.member_id is not None:
            outbox.plan(session, side.team_id, key=f"{key}:{side.member_id}", kind=CLOSED, subject=side.id,
                        member_id=side.member_id, now=now)  # fmt: skip
    outbox.plan(session, introduction.team_id, key=f"{key}:{introduction.connector_id}", kind=CLOSED,
                subject=_for_connector(standing), member_id=introduction.connector_id, now=now)  # fmt: skip
    _refresh_homes(session, standing, now)


def withdraw(session: Session, standing: Standing, now: datetime) -> None:
    """Asks nobody any more; who has said yes is told."""
    for side in standing.sides:
        ask_no_more(session, side, now)
        outbox.change(session, side.team_id, side.id, now)
        if side.answer == "yes" and side.member_id is not None:
            key = f"intro:{side.introduction_id}:taken back:1:{side.member_id}"
            outbox.plan(
                session, side.team_id, key=key, kind=TAKEN_BACK, subject=side.id, member_id=side.member_id, now=now
            )
    _refresh_homes(session, standing, now)


def note_written(session: Session, standing: Standing, now: datetime) -> None:
    """Prompts nobody any more, and shows under the first words that one has written."""
    introduction, first = standing.introduction, standing.sides[0]
    introductions.change(session, introduction.team_id, introduction.id, written_at=now)
    outbox.cancel(session, first.team_id, first.id, now, kind=PROMPT)
    for subject in (first.id, introduction.id):
        outbox.change(session, introduction.team_id, subject, now)


def ask_first(session: Session, standing: Standing, now: datetime) -> None:
    """Asks, after a week, whether they met."""
    _ask_whether_met(session, standing, 1, now)
    _set_clock(session, standing, "two weeks have passed", now + _WEEK, now)


def ask_last(session: Session, standing: Standing, now: datetime) -> None:
    """Asks once more those who have not said that they met, and sets the clock for the end of it."""
    _ask_whether_met(session, standing, 2, now)
    _set_clock(session, standing, "three weeks have passed", now + _WEEK, now)


def stop_asking(session: Session, standing: Standing, now: datetime) -> None:
    """Lets the connector know that nobody said they met."""
    _tell(session, standing, "unknown", now)


def tell(session: Session, standing: Standing, now: datetime) -> None:
    """Lets the connector know what came of it, once for each thing that can have come of it."""
    said = [side.met for side in standing.sides]
    if any(one in _FINAL for one in said) and "not yet" in said:
        _tell(session, standing, "differs", now)
    elif "led to something" in said:
        for side in standing.sides:
            if side.met == "led to something":
                _tell(session, standing, f"led {side.number}", now)
    elif "met" in said:
        _tell(session, standing, "met", now)
    elif "scheduled" in said:
        _tell(session, standing, "scheduled", now)
    _refresh_homes(session, standing, now)


def tell_words(session: Session, standing: Standing, side: Side, now: datetime) -> None:
    """Has the connector read what somebody added, be it before or after they were told."""
    _tell(session, standing, f"led {side.number}", now)
    outbox.change(session, side.team_id, _for_connector(standing), now)


def state_of_hello(session: Session, standing: Standing) -> str:
    """Returns what became of the first words in the group chat."""
    return (
        outbox.state_of(session, standing.introduction.team_id, f"intro:{standing.introduction.id}:hello:1") or "sent"
    )


def names_of(session: Session, standing: Standing) -> dict[str, str]:
    """Returns the names of those who are introduced, by side, in the order in which they were named."""
    team_id = standing.introduction.team_id
    known = people.by_id(session, team_id, [side.member_id for side in standing.sides])
    outside = contacts.by_id(session, team_id, [side.contact_id for side in standing.sides])
    return {
        side.id: known[side.member_id].name if side.member_id else ledger.show_contact(outside[str(side.contact_id)])
        for side in standing.sides
    }


def _ask(session: Session, side: Side, round_: str, now: datetime, **columns: datetime | None) -> None:
    assert side.member_id is not None
    key = f"intro:{side.introduction_id}:ask:{round_}:{side.member_id}"
    outbox.plan(session, side.team_id, key=key, kind=ASK, subject=side.id, member_id=side.member_id, now=now, **columns)


def _plan_prompt(session: Session, side: Side, now: datetime) -> None:
    """Plans the one prompt of whoever is to start: one working day later, at the same time of day."""
    assert side.member_id is not None
    member = people.by_id(session, side.team_id, [side.member_id])[side.member_id]
    hours = working.of(member, workspaces.find(session, side.team_id))
    local = now.astimezone(when.zone_named(member.zone))
    at = working.next_working(hours, when.at(working.days_on(hours, local.date(), 1), local.time(), member.zone))
    key = f"intro:{side.introduction_id}:prompt:1:{member.id}"
    outbox.plan(session, side.team_id, key=key, kind=PROMPT, subject=side.id, member_id=member.id, now=now, due_at=at)


def _ask_whether_met(session: Session, standing: Standing, number: int, now: datetime) -> None:
    introduction = standing.introduction
    for side in standing.sides[:1] if introduction.is_outside else standing.sides:
        told = introduction.connector_id if introduction.is_outside else side.member_id
        if side.met not in _FINAL and told is not None:
            key = f"intro:{introduction.id}:met:{number}:{told}"
            outbox.plan(session, side.team_id, key=key, kind=DID_YOU_MEET, subject=side.id, member_id=told, now=now)
            outbox.change(session, side.team_id, side.id, now)


def _tell(session: Session, standing: Standing, what: str, now: datetime) -> None:
    introduction = standing.introduction
    if not introduction.is_outside:  # there the connector was the one who said so
        key = f"intro:{introduction.id}:news:{what}:{introduction.connector_id}"
        outbox.plan(session, introduction.team_id, key=key, kind=NEWS, subject=_for_connector(standing),
                    member_id=introduction.connector_id, now=now)  # fmt: skip


def _write_down(session: Session, standing: Standing, connector: Member, now: datetime) -> None:
    """Writes an act from the connector to each, which all agreed on, without another message."""
    introduction, said_id = standing.introduction, new_id(now)
    names = names_of(session, standing)
    for side in standing.sides:
        others = " and ".join(name for side_id, name in names.items() if side_id != side.id)
        words = f"an introduction to {others}"
        ledger.enter_agreed(session, connector, str(side.member_id), said_id, words, introduction.channel, now)


def _set_clock(session: Session, standing: Standing, happens: str, at: datetime, now: datetime) -> None:
    """Plans an alarm; what happens is in its subject, which nothing else is about, so that no answer waits for it."""
    introduction = standing.introduction
    subject = f"{introduction.id}:{happens}"
    outbox.plan(session, introduction.team_id, key=f"intro:{subject}", kind=CLOCK, subject=subject,
                member_id=introduction.connector_id, now=now, due_at=at)  # fmt: skip


def _for_connector(standing: Standing) -> str:
    return f"{standing.introduction.id}:connector"


def _refresh_homes(session: Session, standing: Standing, now: datetime) -> None:
    ids = [standing.introduction.connector_id, *(side.member_id for side in standing.sides)]
    members.refresh_home(session, people.by_id(session, standing.introduction.team_id, ids).values(), now)
