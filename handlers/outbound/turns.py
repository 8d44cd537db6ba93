"""What is said next: workspaces take turns, one row each, so that a busy one delays nobody else."""

from collections.abc import Iterator
from datetime import datetime
from random import Random

from handlers.outbound.pacing import Pacer
from handlers.requests import Clock
from storage import sending
from storage.database import Database, Session
from storage.sending import Due

# Workspaces that are looked at before the rows found are said. Of those seen long before that, other processes have said most:
# with all at once, each of three looked at three rows to say one.
LOOK_AT = 5
AT_ONCE = 500  # rows of a workspace that are looked at for one whose place is free


class Turns:
    """Finds what is due and may go now.

    `free_at` is when the next of what is due may be said, where pacing holds it back.
    """

    def __init__(self, database: Database, clock: Clock, pacer: Pacer) -> None:
        self.free_at: datetime | None = None
        self._database = database
        self._clock = clock
        self._pacer = pacer
        self._chance = Random()  # noqa: S311 - nobody gains by foreseeing it

    def one_of_each(self, *, with_files: bool) -> Iterator[tuple[str, Due]]:
        """Gives the longest due row of each workspace, which go round by chance: processes in one order would meet at each."""
        self.free_at, now = None, self._clock()
        with self._database.reading() as session:
            teams = sending.teams_with_due(session, now)
        self._chance.shuffle(teams)
        for first in range(0, len(teams), LOOK_AT):
            now, few = self._clock(), teams[first : first + LOOK_AT]
            with self._database.reading() as session:
                found = [(one, self._longest_due(session, one, now, with_files=with_files)) for one in few]
            yield from ((team_id, due) for team_id, due in found if due is not None)

    def _longest_due(self, session: Session, team_id: str, now: datetime, *, with_files: bool) -> Due | None:
        for due in sending.due(session, team_id, now, AT_ONCE):
            if due.verb == "file" and not with_files:
                continue
            free_at = self._pacer.free_at(team_id, due.verb, due.place, now)
            if free_at <= now:
                return due
            self.free_at = min(free_at, self.free_at or free_at)
        return None
