"""What nobody knows to have arrived: posts that Slack did not confirm, of which a run does not say that they are lost."""

from sqlalchemy import and_
from sqlmodel import col, select

from storage.database import Database
from storage.tables import Act, Ask, Callback, Outgoing, Turn


def words_of_unconfirmed(database: Database, rows: list[Outgoing]) -> set[str]:
    """Returns the words of the acts whose quiet message is not known to have arrived."""
    about = [row.subject for row in rows if row.kind == "act" and row.state == "unconfirmed"]
    with database.reading() as session:
        return set(session.exec(select(Act.words).where(Act.team_id == "T1", col(Act.id).in_(about))))


def calls_of_unconfirmed(database: Database, rows: list[Outgoing]) -> set[str]:
    """Returns what the calls are about of which a reminder is not known to have arrived.

    One that its owner was asked about is cancelled where they say that it is not there, and the next has come meanwhile.
    """
    turns = [row.subject for row in rows if row.kind.startswith("callback") and _is_in_doubt(row)]
    with database.reading() as session:
        found = session.exec(
            select(Callback.about)
            .join(Turn, and_(col(Turn.team_id) == col(Callback.team_id), col(Turn.callback_id) == col(Callback.id)))
            .where(Callback.team_id == "T1", Turn.team_id == "T1", col(Turn.id).in_(turns))
        )
        return set(found)


def asks_of_unconfirmed(database: Database, rows: list[Outgoing]) -> set[str]:
    """Returns what the asks are for about which a message is not known to have arrived.

    Of a post whose asker said that it is there nobody knows where, so that it cannot be changed any more.
    """
    about = [row for row in rows if row.kind.startswith("ask")]
    doubted = [row for row in about if _is_in_doubt(row) or (row.state == "sent" and row.slack_ts is None)]
    ids = {row.subject.partition(":")[0] for row in doubted}
    with database.reading() as session:
        return set(session.exec(select(Ask.words).where(Ask.team_id == "T1", col(Ask.id).in_(ids))))


def introductions_of_unconfirmed(rows: list[Outgoing]) -> set[str]:
    """Returns the ids of the introductions about which a message is not known to have arrived."""
    return {row.key.split(":")[1] for row in rows if row.kind.startswith("introduction") and _is_in_doubt(row)}


def summaries_of_unconfirmed(rows: list[Outgoing]) -> set[str]:
    """Returns the summaries, as channel and week, that are not known to have arrived, or came too late to be posted.

    Who was there to post one in time may have ended before it could; its owner is told.
    """
    summed_up = [row for row in rows if row.kind == "summary"]
    return {row.subject for row in summed_up if _is_in_doubt(row) or row.state == "expired"}


def _is_in_doubt(row: Outgoing) -> bool:
    return row.state == "unconfirmed" or (row.state == "cancelled" and row.looked_at is not None)
