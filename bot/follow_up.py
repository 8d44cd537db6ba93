"""What follows once people are introduced: they are asked whether they met, that is kept, and the connector hears of it."""

from datetime import datetime

from bot import consequences, ledger
from storage import acts, introductions, outbox, ties
from storage.database import Session
from storage.introductions import Standing
from storage.tables import Side

_FINAL = ("met", "led to something")


def wait_a_week(session: Session, standing: Standing, now: datetime) -> None:
    """Sets the clock for the day on which a connector is asked what came of a text they sent."""
    consequences.set_clock(session, standing, "a week has passed", now + consequences.WEEK, now)
    consequences.refresh_homes(session, standing, now)


def ask_first(session: Session, standing: Standing, now: datetime) -> None:
    """Asks, after a week, whether they met."""
    _ask_whether_met(session, standing, 1, now)
    consequences.set_clock(session, standing, "two weeks have passed", now + consequences.WEEK, now)
    consequences.refresh_homes(session, standing, now)


def ask_last(session: Session, standing: Standing, now: datetime) -> None:
    """Asks once more those who have not said that they met, and sets the clock for the end of it."""
    _ask_whether_met(session, standing, 2, now)
    consequences.set_clock(session, standing, "three weeks have passed", now + consequences.WEEK, now)


def note_met(session: Session, standing: Standing, now: datetime) -> None:
    """Notes when the first of them said that they met. Of people outside Slack, this is when it is written down at all."""
    introduction = standing.introduction
    introductions.change(session, introduction.team_id, introduction.id, met_at=now)
    _count_ties(session, standing, now)
    if introduction.is_outside:
        introductions.change(session, introduction.team_id, introduction.id, connected_at=now)
        consequences.write_down(session, standing, now)


def forget_met(session: Session, standing: Standing, now: datetime) -> None:
    """Notes that by now nobody says that they met; and takes back what was written down because somebody did."""
    introduction = standing.introduction
    met_at = introduction.met_at
    introductions.change(session, introduction.team_id, introduction.id, met_at=None)
    _count_ties(session, standing, met_at)
    if introduction.is_outside:
        introductions.change(session, introduction.team_id, introduction.id, connected_at=None)
        connector = consequences.connector(session, standing)
        for entry in acts.of_statement(session, introduction.team_id, introduction.id):
            if entry.stands:
                ledger.take_back(session, connector, entry, "undone", now)


def _count_ties(session: Session, standing: Standing, met_at: datetime | None) -> None:
    """Has the ties counted anew of those who are introduced."""
    people = [side.member_id for side in standing.sides if side.member_id]
    ties.recount_met(session, standing.introduction.team_id, people, [met_at])


def stop_asking(session: Session, standing: Standing, now: datetime) -> None:
    """Lets the connector know that nobody said they met."""
    _tell(session, standing, "unknown", now)
    consequences.refresh_homes(session, standing, now)


def tell(session: Session, standing: Standing, now: datetime) -> None:
    """Lets the connector know what came of it, once for each thing that can have come of it; what they read before follows."""
    said = [side.met for side in standing.sides]
    for side in standing.sides:
        if side.met == "led to something":
            _tell(session, standing, f"led {side.number}", now)
    if "met" in said and "not yet" in said:
        _tell(session, standing, "differs", now)
    elif "met" in said and "led to something" not in said:
        _tell(session, standing, "met", now)
    elif "scheduled" in said and not any(one in _FINAL for one in said):
        _tell(session, standing, "scheduled", now)
    outbox.change(session, standing.introduction.team_id, _news_of(standing), now)
    consequences.refresh_homes(session, standing, now)


def tell_words(session: Session, standing: Standing, side: Side, now: datetime) -> None:
    """Has the connector read what somebody added, be it before or after they were told."""
    _tell(session, standing, f"led {side.number}", now)
    outbox.change(session, side.team_id, _news_of(standing), now)


def _ask_whether_met(session: Session, standing: Standing, number: int, now: datetime) -> None:
    introduction = standing.introduction
    for side in standing.sides[:1] if introduction.is_outside else standing.sides:
        told = introduction.connector_id if introduction.is_outside else side.member_id
        if side.met not in _FINAL and told is not None:
            key = f"intro:{introduction.id}:met:{number}:{told}"
            kind = consequences.DID_YOU_MEET
            outbox.cancel(session, side.team_id, side.id, now, kind=kind)  # one that still waits gives way
            outbox.plan(session, side.team_id, key=key, kind=kind, subject=side.id, member_id=told, now=now)
            outbox.change(session, side.team_id, side.id, now)


def _tell(session: Session, standing: Standing, what: str, now: datetime) -> None:
    introduction = standing.introduction
    if not introduction.is_outside:  # there the connector was the one who said so
        key = f"intro:{introduction.id}:news:{what}:{introduction.connector_id}"
        outbox.plan(session, introduction.team_id, key=key, kind=consequences.NEWS, subject=_news_of(standing),
                    member_id=introduction.connector_id, now=now)  # fmt: skip


def _news_of(standing: Standing) -> str:
    return f"{standing.introduction.id}:news"
