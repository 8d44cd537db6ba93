"""Do-not-disturb: until when somebody wants to be left alone, as Slack knows it, for what can wait.

It is asked outside any transaction, and nothing depends on the answer: who cannot be asked about is written to. Workspaces may
leave the scope for it out.
"""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

from slack_sdk import WebClient

from handlers import outcomes
from handlers.outcomes import Outcome

MISSING = "missing_scope"
LONGEST_WAIT = timedelta(days=1)  # then it is asked again: a do-not-disturb without end can be taken back
UNASKED_WITHOUT_SCOPE = timedelta(hours=1)  # somebody may add it while the program runs
UNASKED_AFTER_SILENCE = timedelta(
    minutes=1
)  # what waited for an answer in vain is said at its next try, without asking


class Quiet:
    """Asks Slack when somebody can be written to, and remembers which workspaces it need not ask in."""

    def __init__(self) -> None:
        self._unasked_until: dict[str, datetime] = {}

    def until(self, client: WebClient, team_id: str, slack_id: str, now: datetime) -> datetime | None:
        """Returns when somebody's do-not-disturb ends, a day from now at the latest; None where they have none now."""
        unasked = self._unasked_until.get(team_id, now) - now
        if timedelta(0) < unasked <= UNASKED_WITHOUT_SCOPE:
            return None
        outcome, answer = outcomes.of_call(lambda: {"dnd": client.dnd_info(user=slack_id).data})
        if outcome.became == outcomes.DELIVERED:
            return end_of(answer["dnd"], now) if isinstance(answer["dnd"], dict) else None
        self._unasked_until[team_id] = now + _wait_after(outcome)
        return None


def end_of(answer: Mapping[str, Any], now: datetime) -> datetime | None:
    """Returns when a do-not-disturb ends that holds now, by `dnd.info`'s answer: https://docs.slack.dev/reference/methods/dnd.info.

    Slack tells whole seconds since 1970, and of a snooze only to some.
    """
    seconds, tomorrow = now.timestamp(), int((now + LONGEST_WAIT).timestamp())
    first, last = _moment(answer, "next_dnd_start_ts"), _moment(answer, "next_dnd_end_ts")
    ends = [last] if 0 < first <= seconds else []
    if answer.get("snooze_enabled"):
        ends.append(tomorrow if answer.get("snooze_is_indefinite") else _moment(answer, "snooze_endtime"))
    end = min(max(ends, default=0), tomorrow)
    return datetime.fromtimestamp(end, UTC) if end > seconds else None


def _moment(answer: Mapping[str, Any], name: str) -> int:
    found = answer.get(name)
    return found if isinstance(found, int) else 0


def _wait_after(outcome: Outcome) -> timedelta:
    """Returns for how long nobody of a workspace is asked about. An answer about one person says nothing of the others."""
    if outcome.error == MISSING:
        return UNASKED_WITHOUT_SCOPE
    if outcome.became == outcomes.FINAL:
        return timedelta(0)
    return min(outcome.wait or UNASKED_AFTER_SILENCE, UNASKED_WITHOUT_SCOPE)
