"""The program with a sender that takes what it saw to be due, whoever has it by now: three of them must be found out."""

from datetime import datetime

import app
from storage import sending
from storage.database import Session
from storage.tables import Outgoing


def take(session: Session, team_id: str, row_id: str, now: datetime) -> Outgoing | None:
    """Takes a row as if there were nobody else."""
    row = session.get(Outgoing, (team_id, row_id))
    if row is not None:
        row.state, row.lease_until, row.tried, row.first_tried_at = "sending", now + sending.LEASE, 1, now
    return row


if __name__ == "__main__":
    sending.claim = take
    app.commands(["run"])
