"""What `doctor` looks at where many workspaces install the app: whether the keys open their tokens, and whose ended."""

from collections.abc import Iterator, Sequence

from slack_sdk import WebClient

from handlers import outcomes
from handlers.operating import starting
from handlers.scopes import OPTIONAL, WHAT_FOR
from handlers.serving.checks import Check
from handlers.workspaces.access import WrongKeys
from storage import installations
from storage.condition import asking
from storage.database import Database, NotSaved
from storage.tables import Installation

MOST_NAMED = 10


def check(database: Database, named: Sequence[str], client: WebClient) -> Iterator[Check]:
    """Says whether Slack answers, whether the keys open every token, and which workspaces have to install the app anew."""
    outcome, _ = outcomes.of_call(lambda: {"ok": client.api_test()["ok"]})
    if outcome.became == outcomes.DELIVERED:
        yield Check("slack", ok=True, says="Slack answers. Each workspace has a token of its own.")
    else:
        where = f"Slack cannot be asked at {client.base_url} ({outcome.error})."
        yield Check("slack", ok=False, says=f"{where} Look at the network and at https://slack-status.com.")
    try:
        yield _check_keys(database, named)
        yield _check_installations(database)
    except NotSaved as error:
        yield Check(
            "keys", ok=False, says=f"The stored tokens cannot be looked at ({error}). Look at the line of the database."
        )


def _check_keys(database: Database, named: Sequence[str]) -> Check:
    from handlers.workspaces import keys  # encryption takes a while to load, and one workspace needs none

    ring = keys.Keys(named)
    try:
        count = keys.check(database, ring)
    except WrongKeys as error:
        return Check("keys", ok=False, says=starting.why(error, ""))
    older = (
        "" if ring.count == 1 else f" {ring.count} keys are there; python app.py keys rotate makes the first enough."
    )
    return Check("keys", ok=True, says=f"The keys open all {count} of the stored installations.{older}", figure=count)


def _check_installations(database: Database) -> Check:
    with asking(database) as session:
        teams = installations.all_teams(session)
        rows = [installations.find(session, team_id) for team_id in teams]
    failed = [row.team_id for row in rows if row is not None and row.failure]
    short = [row.team_id for row in rows if row is not None and _lacks(row)]
    if failed:
        says = (
            f"Slack takes no token any more, or gives no other, in {_named(failed)}: have the app installed there anew."
        )
    elif short:
        says = f"A scope is missing in {_named(short)}, as the app was installed before it asked for it: have it installed anew."
    else:
        says = "None of them has to be installed anew."
    return Check("installs", ok=not failed and not short, says=says)


def _lacks(row: Installation) -> bool:
    return bool(WHAT_FOR.keys() - OPTIONAL - set(row.scopes.split(",")))


def _named(teams: Sequence[str]) -> str:
    more = f" and {len(teams) - MOST_NAMED} more" if len(teams) > MOST_NAMED else ""
    return f"{', '.join(teams[:MOST_NAMED])}{more}"
