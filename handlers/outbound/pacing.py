"""How fast Slack may be written to: one message a second in a place, and so many a minute in a workspace.

Above a message a second a channel's messages may not be shown, and above "several hundred" a minute a workspace's are refused
(docs.slack.dev, rate limits). What is held back here is neither claimed nor lost; it waits for its turn.
"""

from datetime import UTC, datetime, timedelta

from storage.sending import SAYS

IN_ONE_PLACE = timedelta(seconds=1)
# 200 a minute, a number below "several hundred"; twenty of them may go at once.
IN_ONE_WORKSPACE = timedelta(seconds=0.3)
AHEAD = 19 * IN_ONE_WORKSPACE
_LONG_AGO = datetime(2000, 1, 1, tzinfo=UTC)


class Pacer:
    """Remembers from when each place and each workspace may be written to again. One thread at a time may ask."""

    def __init__(self) -> None:
        self._places: dict[tuple[str, str], datetime] = {}
        self._workspaces: dict[str, datetime] = {}
        self._paused: dict[tuple[str, str], datetime] = {}
        self._latest = _LONG_AGO

    def free_at(self, team_id: str, verb: str, place: str, now: datetime) -> datetime:
        """Returns the moment from which something may be said there; it lies in the past where that is now."""
        if now < self._latest:  # the clock was put back: what was noted would hold everything up for as long
            self._places, self._workspaces, self._paused = {}, {}, {}
        self._latest = now
        free = self._paused.get((team_id, verb), _LONG_AGO)
        if verb not in SAYS:
            return free
        in_workspace = self._workspaces.get(team_id, _LONG_AGO) - AHEAD
        return max(free, self._places.get((team_id, place), _LONG_AGO), in_workspace)

    def note(self, team_id: str, place: str, now: datetime) -> None:
        """Notes that a message was posted there, or may have been."""
        self._places = {one: free for one, free in self._places.items() if free > now}
        self._places[team_id, place] = now + IN_ONE_PLACE
        self._workspaces[team_id] = max(self._workspaces.get(team_id, now), now) + IN_ONE_WORKSPACE

    def pause(self, team_id: str, verb: str, until: datetime) -> None:
        """Holds back all of this kind in a workspace: Slack limits a method in a workspace, and says for how long."""
        self._paused[team_id, verb] = until
