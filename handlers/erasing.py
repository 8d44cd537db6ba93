"""*Delete* and *People outside Slack*: a member has their data deleted, or contacts of theirs; and what follows upon it."""

from itertools import islice
from pathlib import Path

import structlog

from bot import erasing, members
from bot.ledger import show_contact
from handlers.replies import publish_home
from handlers.requests import Clock, Request
from handlers.routes import Routes
from handlers.views import erasing as views
from storage import contacts, erase_log, erasures, outbox, wiping
from storage.database import Database, NotSaved

log = structlog.get_logger(__name__)

AT_ONCE = 50  # messages that are brought up to date in one transaction
AT_NIGHT = 2  # o'clock UTC, when a large file is written anew; those who write wait for it


def ask(request: Request, _rest: str = "") -> None:
    """Hears *Delete* and `/network delete`: says what goes and what stays, and asks."""
    with request.transaction() as session:
        members.require("delete", request.actor(session))
    request.show(views.question())


def delete(request: Request) -> None:
    """Hears *Delete for good*. One that comes again meets nobody: who had their data deleted is not noted down anew by it."""
    with request.transaction() as session:
        if request.claim(session):
            erasing.delete(session, request.actor(session), request.now)
    request.desk.directory.forget(request.team_id, request.slack_id)
    # No row of the outbox can do it: nothing leads to them any more. Unpublished, it is put right when they open it.
    request.desk.errands.submit(publish_home, request.client, request.slack_id, views.deleted())
    request.answer(views.deleted())


def list_contacts(request: Request) -> None:
    """Opens the list of people outside Slack whom a member named."""
    with request.transaction() as session:
        actor = request.actor(session)
        members.require("remove contacts", actor)
        found, count = contacts.of(session, request.team_id, actor.id, erasing.MOST_SHOWN)
    request.show(views.contacts_form({one.id: show_contact(one) for one in found}, count))


def remove_contacts(request: Request) -> None:
    """Hears which of them to remove."""
    picked = request.filled("contacts")
    ids = [str(one) for one in picked] if isinstance(picked, list) else []
    with request.transaction() as session:
        if request.claim(session):
            erasing.remove_contacts(session, request.actor(session), ids, request.now)
    request.answer(views.contacts_removed(len(ids)))


def finish(database: Database, clock: Clock, log_file: Path | None = None) -> None:
    """Removes what is left of those whose data was deleted, brings up to date what was said of them, and wipes the file.

    Whose data was deleted is noted in the erase log, so that no backup brings it back.
    """
    with database.reading() as session:
        waiting = erasures.under_way(session)
    for team_id, member_id, since in waiting:
        try:
            _empty(database, team_id, member_id)
            if clock() - since >= erasing.SETTLED:
                _end(database, clock, team_id, member_id)
        except NotSaved as error:  # it goes on from there the next time
            log.warning("not removed yet", team=team_id, error=str(error))
    try:
        wipe(database, clock)
        erase_log.keep(database, log_file)
    except (NotSaved, OSError) as error:
        log.warning("not wiped or not noted yet", error=type(error).__name__)


def replay(database: Database, clock: Clock, log_file: Path | None) -> None:
    """Deletes again what came back with a backup that was put in place by other means; to be run before anything is said."""
    known = erase_log.read(log_file)
    if not known:
        return
    with database.reading() as session:
        unknown = known.keys() - erasures.marks(session).keys()
    if unknown and (count := erase_log.replay(database, known, clock())):
        log.warning("deleted again what a backup had brought back", count=count)


def wipe(database: Database, clock: Clock) -> None:
    """Writes a file anew in which something was removed: a small one now, a large one at night. Raises NotSaved."""
    if wiping.is_asked(database) and (wiping.is_quick(database) or clock().hour == AT_NIGHT):
        wiping.wipe(database)


def _empty(database: Database, team_id: str, member_id: str) -> None:
    is_left = True
    while is_left:
        with database.transaction() as session:
            is_left = erasing.go_on(session, team_id, member_id)


def _end(database: Database, clock: Clock, team_id: str, member_id: str) -> None:
    """Brings up to date what was said of somebody whose words are gone, and ends there."""
    with database.reading() as session:
        subjects = iter(erasing.said_about(session, team_id, member_id, clock()))
    while some := list(islice(subjects, AT_ONCE)):
        with database.transaction() as session:
            for subject in some:
                outbox.change(session, team_id, subject, clock())
    with database.transaction() as session:
        erasing.end(session, team_id, member_id)


def register(routes: Routes) -> None:
    """Says what is heard here."""
    routes.buttons |= {"data.delete": ask, "data.contacts": list_contacts}
    routes.forms |= {"data.deleted": delete, "data.contacts_removed": remove_contacts}
