"""Why the program cannot start or go on, where nobody but its operator can help: one line that says what to do."""

from urllib.error import URLError

from slack_bolt.error import BoltError
from slack_sdk.errors import SlackApiError

from handlers.serving.sockets import Deaf
from handlers.serving.transport import NoPort
from handlers.views.backups import why_not_started
from handlers.workspaces.access import WrongKeys
from storage.backup import NotBackedUp
from storage.locks import InUse, NoFolder
from storage.migrate import DatabaseIsNewer, Moved, NotMigrated

WRONG, DEAF = 2, 1  # how the program ends
HOPELESS = (
    BoltError, SlackApiError, DatabaseIsNewer, NotMigrated, NotBackedUp, InUse, NoFolder, NoPort, URLError, Deaf, WrongKeys,
)  # fmt: skip


def why(error: Exception, slack_url: str) -> str:
    """Says what one of the HOPELESS means, and what to do."""
    if isinstance(error, BoltError | SlackApiError):
        return f"Slack does not take the tokens. Look at SLACK_BOT_TOKEN and SLACK_APP_TOKEN. ({error})"
    if isinstance(error, Moved):
        return why_not_started(error)
    if isinstance(error, DatabaseIsNewer):
        return f"The database is newer than this program: {error}. Update the program, or restore an older backup."
    if isinstance(error, NoFolder):
        return f"The database has no place ({error}). Look at DATABASE_URL, and at who may write there."
    if isinstance(error, NoPort):
        return f"Nothing can be served at port {error}. Stop what has it, or choose others with PORT and HEALTH_PORT."
    if isinstance(error, URLError):
        return f"Slack cannot be reached at {slack_url} ({error.reason})."
    if isinstance(error, Deaf):
        return f"Slack was not heard for five minutes ({error}). Start the program anew; its network may be down."
    if isinstance(error, WrongKeys):
        return (
            f"TOKEN_KEYS does not open {error} of the stored installations. Put the key back with which they were stored, behind "
            "the new one; where it is lost: python app.py keys forget."
        )
    return why_not_started(error)


def code_of(error: Exception) -> int:
    """Returns with which code the program ends because of it."""
    return DEAF if isinstance(error, Deaf) else WRONG
