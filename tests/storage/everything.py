"""One member's traces in every table there can be any, each with a word that is looked for after they are removed."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from sqlmodel import SQLModel

from storage import contacts, members, outbox, workspaces
from storage.database import Database, Session, new_id
from storage.tables import (
    Ask,
    Callback,
    Channel,
    Contact,
    Draft,
    Feed,
    Going,
    InboxKey,
    Installation,
    InstallState,
    Introduction,
    Item,
    LeftOut,
    Member,
    Nudge,
    Nudging,
    Offer,
    Reporting,
    Side,
    Suggested,
    Summary,
    TieDay,
    Turn,
    Unwanted,
)
from tests.storage.rows import NOW, a_member, add_act, correct, mark, put_outgoing

CANARY = "Canary"  # in every word, name and id of theirs
SLACK_ID = "UCANARY007"
DAY = date(2026, 3, 2)


def leave_traces(session: Session, number: int = 0) -> tuple[Member, Member]:
    """Writes a member's rows into every table, and returns them and another member, whose own rows hold no canary."""
    workspaces.meet(session, "T1", NOW)
    profile = {
        "name": f"{CANARY} Name", "zone": "America/Chicago", "is_admin": True, "dm": "DCANARY", "country": "US",
        "works_on": "01234", "paused_until": NOW, "is_named_admin": True,
    }  # fmt: skip
    slack_id = f"{SLACK_ID}{number or ''}"
    canary = members.meet(session, "T1", [slack_id], NOW, profiles={slack_id: profile})[0]
    raj = a_member(session, "raj")
    for step in (_acts, _calls, _introductions, _asks, _nudges, _events, _traffic):
        step(session, canary, raj)
    session.flush()
    return canary, raj


def found(database: Database) -> Iterator[tuple[str, str, str]]:
    """Yields each table, column and value in which a canary is left."""
    with database.engine.connect() as connection:
        for table in SQLModel.metadata.sorted_tables:
            for row in connection.execute(table.select(), execution_options={"across_workspaces": True}).mappings():
                for column, value in row.items():
                    if "canary" in str(value).lower():
                        yield table.name, str(column), str(value)


def put(session: Session, table: type[SQLModel], team_id: str = "T1", **columns: Any) -> Any:
    """Adds a row of a table to a workspace."""
    row = table(team_id=team_id, **columns)
    session.add(row)
    session.flush()
    return row


def _acts(session: Session, canary: Member, raj: Member) -> None:
    gave = add_act(session, canary, raj, words=f"{CANARY} gave", about="C1:1.1")
    got = add_act(session, raj, canary, words=f"for {CANARY}", recorded_by=raj.id, about="C1:2.2")
    mark(session, gave, "thanks", raj, words=f"thank you {CANARY}")
    mark(session, got, "thanks", canary, words=f"{CANARY} thanks")
    mark(session, got, "private", canary)
    correct(session, add_act(session, canary, raj, words=f"{CANARY} wrong"), words=f"{CANARY} right")
    jane = contacts.meet(session, "T1", canary.id, f"{CANARY} Jane", f"{CANARY} Inc", NOW)
    contacts.meet(session, "T1", canary.id, f"{CANARY} Joe", "", NOW)
    add_act(session, canary, raj, helped_id=None, contact_id=jane.id, words=f"{CANARY} outside")
    put(session, TieDay, member_id=canary.id, other_id=raj.id, day=DAY + timedelta(days=1), gave=1)
    put(session, Unwanted, member_id=canary.id, other_id=raj.id)
    put(session, Unwanted, member_id=raj.id, other_id=canary.id)


def _calls(session: Session, canary: Member, raj: Member) -> None:
    call = put(session, Callback, id=new_id(NOW), owner_id=canary.id, member_id=raj.id, about=f"{CANARY} about",
               note=f"{CANARY} note", noted_at=NOW)  # fmt: skip
    put(session, Turn, id=new_id(NOW), callback_id=call.id, owner_id=canary.id, number=1, due_at=NOW)
    theirs = put(session, Callback, id=new_id(NOW), owner_id=raj.id, member_id=canary.id, about="the RFP", note="",
                 noted_at=NOW)  # fmt: skip
    put(session, Turn, id=new_id(NOW), callback_id=theirs.id, owner_id=raj.id, number=1, due_at=NOW)


def _introductions(session: Session, canary: Member, raj: Member) -> None:
    mira = a_member(session, "mira")
    jane = session.get(
        Contact, ("T1", contacts.meet(session, "T1", canary.id, f"{CANARY} Jane", f"{CANARY} Inc", NOW).id)
    )
    named: tuple[tuple[Member, tuple[Any, ...]], ...] = ((canary, (raj, mira, jane)), (mira, (canary, raj)))
    for connector, sides in named:
        made = put(session, Introduction, id=new_id(NOW), connector_id=connector.id, state="connected", created_at=NOW)
        for number, one in enumerate(filter(None, sides)):
            of = {"contact_id": one.id} if isinstance(one, Contact) else {"member_id": one.id}
            put(session, Side, id=new_id(NOW), introduction_id=made.id, number=number, line=f"{CANARY} line",
                words=f"{CANARY} word", asked_at=NOW, **of)  # fmt: skip


def _asks(session: Session, canary: Member, raj: Member) -> None:
    for asker, helper in ((canary, raj), (raj, canary)):
        words = f"{CANARY} asks" if asker is canary else "an engineer"
        ask = put(session, Ask, id=new_id(NOW), asker_id=asker.id, words=words, topics=words, until=DAY, asked_at=NOW,
                  state="solved", closes_at=NOW)  # fmt: skip
        put(session, Offer, ask_id=ask.id, helper_id=helper.id, state="thanked", at=NOW)


def _nudges(session: Session, canary: Member, raj: Member) -> None:
    put(session, Nudging, member_id=canary.id, topics=f"{CANARY} topics", state="on")
    put(session, Reporting, member_id=canary.id, is_on=True, chosen_at=NOW)
    for one, other in ((canary, raj), (raj, canary)):
        nudge = put(session, Nudge, id=new_id(NOW), member_id=one.id, day=DAY, at=NOW)
        put(session, Suggested, nudge_id=nudge.id, number=0, member_id=one.id, source="quiet", about=other.id, names=other.id,
            at=NOW)  # fmt: skip
    put(session, LeftOut, member_id=canary.id, source="quiet", about=raj.id, at=NOW)


def _events(session: Session, canary: Member, raj: Member) -> None:
    url = f"https://example.org/{canary.id}"
    feed = put(session, Feed, id=new_id(NOW), url=url, added_by=canary.id, added_at=NOW, next_at=NOW)
    item = put(session, Item, id=new_id(NOW), feed_id=feed.id, key="1", kind="event", title="Spring", found_at=NOW,
               seen_at=NOW, starts_at=NOW)  # fmt: skip
    put(session, Going, item_id=item.id, member_id=canary.id, at=NOW)
    put(session, Going, item_id=item.id, member_id=raj.id, at=NOW)
    put(
        session,
        Channel,
        id=f"C{canary.id}",
        owner_id=canary.id,
        state="on",
        zone="UTC",
        counted_until=NOW,
        noted_at=NOW,
    )
    put(session, Summary, channel=f"C{canary.id}", week="2026-W10", since=NOW, until=NOW)


def _traffic(session: Session, canary: Member, raj: Member) -> None:
    put(session, Draft, id=new_id(NOW), member_id=canary.id, body=f'{{"words": "{CANARY} draft"}}', created_at=NOW)
    put(
        session, Draft, id=new_id(NOW), member_id=raj.id, body=f'{{"slack_ids": ["{canary.slack_id}"]}}', created_at=NOW
    )
    put(session, InboxKey, key=f"trigger:{canary.id}", result="", at=NOW)
    put(session, InstallState, mark=canary.id, until=NOW)
    if session.get(Installation, "T1") is None:
        put(session, Installation, sealed="closed", installed_at=NOW)
    told = outbox.add(session, "T1", key=f"act:{canary.id}:told", kind="act", subject="s", member_id=canary.id, now=NOW)
    put_outgoing(session, told, "sent", slack_channel="DCANARY", slack_ts="1.1")
    outbox.change(session, "T1", "s", NOW)
    posted = outbox.add(session, "T1", key=f"ask:{canary.id}", kind="ask", subject="a", member_id=canary.id, now=NOW,
                        channel="C1")  # fmt: skip
    put_outgoing(session, posted, "sent", slack_channel="C1", slack_ts="1.2")
    outbox.add(
        session,
        "T1",
        key=f"act:{canary.id}:raj",
        kind="act",
        subject="x",
        member_id=raj.id,
        owner_id=canary.id,
        now=NOW,
    )
