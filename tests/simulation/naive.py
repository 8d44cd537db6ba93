"""Two senders that look right and are not: the checker must find what each does wrong, or it proves nothing."""

from datetime import datetime
from typing import Any

from sqlmodel import col, update

from app import GoodTurn
from handlers import outcomes
from handlers.outbound import parcels, sender
from handlers.outbound.parcels import Parcel
from handlers.outbound.sender import Sender
from handlers.requests import Clock
from storage import sending
from storage.database import Session
from storage.sending import Due
from storage.tables import Outgoing


class SendsThenMarks(Sender):
    """Says it, then marks it as said, and tries again what it does not know of: some are said twice."""

    def _send(self, team_id: str, due: Due) -> None:
        if due.verb == "file":  # of these it knows nothing, and leaves them to the one that does
            super()._send(team_id, due)
            return
        now = self._clock()
        with self._database.transaction() as session:
            _forget_tries(session, team_id, due.id)
            parcel = parcels.take(session, team_id, due.id, now, self._messages)
            if parcel is not None:
                self._mark_before(session, parcel, now)
        if parcel is not None:
            outcome, columns = self._post(parcel)
            now = self._clock()
            with self._database.transaction() as session:
                if outcome.became == outcomes.DELIVERED:
                    sending.settle(session, parcel.row, "sent", sent_at=now, **columns)
                else:
                    sending.put_back(session, parcel.row, now + outcomes.FIRST_WAIT)

    def _mark_before(self, session: Session, parcel: Parcel, now: datetime) -> None:
        """Marks nothing yet."""

    def _post(self, parcel: Parcel) -> tuple[outcomes.Outcome, dict[str, Any]]:
        place = self._place_of(parcel)
        if not isinstance(place, str):
            return place, {}
        return outcomes.of_call(lambda: sender._call(self._client_for(parcel.row.team_id), parcel, place))


class MarksThenSends(SendsThenMarks):
    """Marks it as said, then says it: some are never said."""

    def _mark_before(self, session: Session, parcel: Parcel, now: datetime) -> None:
        sending.settle(session, parcel.row, "sent", sent_at=now)


def sends_then_marks(bot: GoodTurn, clock: Clock) -> Sender:
    """Makes the first."""
    return SendsThenMarks(bot.database, clock, bot.routes.messages, bot.sender._client_for, bot.metrics)


def marks_then_sends(bot: GoodTurn, clock: Clock) -> Sender:
    """Makes the second."""
    return MarksThenSends(bot.database, clock, bot.routes.messages, bot.sender._client_for, bot.metrics)


def _forget_tries(session: Session, team_id: str, row_id: str) -> None:
    here = (col(Outgoing.team_id) == team_id, col(Outgoing.id) == row_id)
    session.connection().execute(update(Outgoing).where(*here).values(state="pending", tried=0))
