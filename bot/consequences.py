"""What follows from the steps of an introduction, up to the chat: who is asked, who is told, what is written down.

What follows from then on: `follow_up.py`.

Each message about one side has that side for its subject, so that what one answers changes nothing that another reads.
"""

from collections.abc import Mapping
from datetime import datetime, timedelta

from bot import ledger, members, when, working
from storage import contacts, introductions, outbox, workspaces
from storage import members as people
from storage.database import Session
from storage.introductions import Standing
from storage.tables import Contact, Member, Outgoing, Side

ASK, CLOSED, TAKEN_BACK = "introduction", "introduction.closed", "introduction.taken_back"
REMIND = "introduction.remind"
HELLO, OPENED, PROMPT = "introduction.hello", "introduction.opened", "introduction.prompt"
DID_YOU_MEET, NEWS, CLOCK = "introduction.met", "introduction.news", f"{outbox.ALARM}introduction"
CHAT_OPENS = "the chat opens"
GOOD_FOR = timedelta(days=14)
SOON = timedelta(minutes=1)  # when to look again whether the first words in the chat are there
WEEK = timedelta(days=7)
ASKED_FOR = 3 * WEEK  # after the last yes it is asked once a week whether they met, and then no more


def ask_all(session: Session, standing: Standing, now: datetime) -> None:
    """Asks all of them at once, each alone, and sets the clock for the day on which it closes."""
    introduction = standing.introduction
    for side in standing.sides:
        if side.is_asked:
            _ask(session, side, "1", now, not_after=introduction.expires_at)
    set_clock(session, standing, "day 14 came", now + GOOD_FOR, now)
    refresh_homes(session, standing, now)


def ask_again(session: Session, standing: Standing, side: Side, at: datetime, now: datetime) -> None:
    """Plans to ask somebody once more who said not now, unless it closes before."""
    expires_at = standing.introduction.expires_at
    introductions.change_side(session, side.team_id, side.id, again_at=at)
    if expires_at is not None and now < at < expires_at:
        _ask(session, side, f"2 {at:%Y-%m-%d}", now, due_at=at, not_after=expires_at)


def ask_no_more(session: Session, side: Side, now: datetime) -> None:
    """Leaves unasked what has not been asked yet of a side."""
    outbox.cancel(session, side.team_id, side.id, now, kind=ASK)


def ask_after_all(session: Session, side: Side) -> None:
    """Asks somebody who is back what they were not asked because they were away: for the first time, or once more."""
    if side.answer is None:
        outbox.revive(session, side.team_id, _key_of_ask(side, "1"))
    elif side.answer == "not now" and side.again_at is not None:
        outbox.revive(session, side.team_id, _key_of_ask(side, f"2 {side.again_at:%Y-%m-%d}"))


def remind_after_all(session: Session, standing: Standing) -> None:
    """Reminds a connector who is back of a draft that they kept."""
    introduction = standing.introduction
    outbox.revive(session, introduction.team_id, f"intro:{introduction.id}:remind:1:{introduction.connector_id}")


def open_chat(session: Session, standing: Standing, now: datetime) -> None:
    """Opens the group chat and speaks its first words. What else follows waits until it is known what became of them."""
    introduction, team_id = standing.introduction, standing.introduction.team_id
    outbox.add(session, team_id, key=f"intro:{introduction.id}:hello:1", kind=HELLO, subject=introduction.id,
               member_id=introduction.connector_id, owner_id=introduction.connector_id, channel=outbox.TO_OPEN,
               now=now)  # fmt: skip
    set_clock(session, standing, CHAT_OPENS, now, now)
    for side in standing.sides:
        ask_no_more(session, side, now)
        outbox.change(session, team_id, side.id, now)
    refresh_homes(session, standing, now)


def connect(session: Session, standing: Standing, now: datetime) -> None:
    """Writes down what the connector did for each, tells the connector, and sets the clock."""
    introduction, team_id = standing.introduction, standing.introduction.team_id
    introductions.change(session, team_id, introduction.id, connected_at=now)
    write_down(session, standing, now)
    outbox.add(session, team_id, key=f"intro:{introduction.id}:opened:1:{introduction.connector_id}", kind=OPENED,
               subject=_for_connector(standing), member_id=introduction.connector_id, now=now)  # fmt: skip
    for side in standing.sides:
        outbox.change(session, team_id, side.id, now)
    if introduction.written_at is None:
        _plan_prompt(session, standing.sides[0], now)
    set_clock(session, standing, "a week has passed", now + WEEK, now)
    refresh_homes(session, standing, now)


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
    refresh_homes(session, standing, now)


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
    refresh_homes(session, standing, now)


def note_written(session: Session, standing: Standing, now: datetime) -> None:
    """Prompts nobody any more, and shows under the first words that one has written."""
    introduction, first = standing.introduction, standing.sides[0]
    introductions.change(session, introduction.team_id, introduction.id, written_at=now)
    outbox.cancel(session, first.team_id, first.id, now, kind=PROMPT)
    for subject in (first.id, introduction.id):
        outbox.change(session, introduction.team_id, subject, now)


def occasion(row: Outgoing) -> str:
    """Returns which message of its kind one is: the number of a question, or the news."""
    return row.key.split(":")[3]


def state_of_hello(session: Session, standing: Standing) -> str:
    """Returns what became of the first words in the group chat."""
    return (
        outbox.state_of(session, standing.introduction.team_id, f"intro:{standing.introduction.id}:hello:1") or "sent"
    )


def names_of(session: Session, standing: Standing) -> dict[str, str]:
    """Returns the names of those who are introduced, by side, in the order in which they were named."""
    team_id, sides = standing.introduction.team_id, standing.sides
    known = people.by_id(session, team_id, [side.member_id for side in sides])
    return names(standing, known, contacts.by_id(session, team_id, [side.contact_id for side in sides]))


def names(standing: Standing, known: Mapping[str, Member], outside: Mapping[str, Contact]) -> dict[str, str]:
    """Returns the same, of people who are known already."""
    return {
        side.id: known[side.member_id].name if side.member_id else ledger.show_contact(outside[str(side.contact_id)])
        for side in standing.sides
    }


def _key_of_ask(side: Side, round_: str) -> str:
    return f"intro:{side.introduction_id}:ask:{round_}:{side.member_id}"


def _ask(session: Session, side: Side, round_: str, now: datetime, **columns: datetime | None) -> None:
    assert side.member_id is not None
    key = _key_of_ask(side, round_)
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


def write_down(session: Session, standing: Standing, now: datetime) -> None:
    """Writes an act from the connector to each whom they introduced. It has the introduction's id as its statement.

    All said yes to it, so that nobody is messaged; of people outside Slack the connector alone says so, and it stays with them.
    """
    introduction, helper = standing.introduction, connector(session, standing)
    if not members.is_here(helper):
        return
    shown = names_of(session, standing)
    channel = None if introduction.is_outside else introduction.channel
    for side in standing.sides:
        # A contact's name is seen by the member who wrote it and by nobody else.
        others = [shown[one.id] for one in standing.sides if one is not side and (one.member_id or side.contact_id)]
        words = f"an introduction to {' and '.join(others)}" if others else "an introduction"
        ledger.enter_introduction(session, helper, side, introduction.id, words, channel, now)


def set_clock(session: Session, standing: Standing, happens: str, at: datetime, now: datetime) -> None:
    """Plans an alarm; what happens is in its subject, which nothing else is about, so that no answer waits for it."""
    introduction = standing.introduction
    subject = f"{introduction.id}:{happens}"
    outbox.plan(session, introduction.team_id, key=f"intro:{subject}", kind=CLOCK, subject=subject,
                member_id=introduction.connector_id, channel=outbox.NOBODY, now=now, due_at=at)  # fmt: skip


def _for_connector(standing: Standing) -> str:
    return f"{standing.introduction.id}:connector"


def connector(session: Session, standing: Standing) -> Member:
    """Returns who makes an introduction."""
    introduction = standing.introduction
    return people.by_id(session, introduction.team_id, [introduction.connector_id])[introduction.connector_id]


def refresh_homes(session: Session, standing: Standing, now: datetime) -> None:
    """Has the Home of everybody in it published anew."""
    ids = [standing.introduction.connector_id, *(side.member_id for side in standing.sides)]
    members.refresh_home(session, people.by_id(session, standing.introduction.team_id, ids).values(), now)
