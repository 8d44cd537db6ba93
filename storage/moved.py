"""What says that a database was moved elsewhere, or is only half there.

It stands where the version of its tables stands, and sorts after every version: programs older than this take such a database
for one newer than themselves, and do not start on it either.
"""

from sqlalchemy import Connection, text

MOVED, MOVING = "moved", "moving"
# In a SQLite file that is being moved, or was: which move that is, and where to. No table of ours, since no program asks for it.
TABLE = "moved_to"


def said(connection: Connection, version: str) -> str | None:
    """Says where a database is, by what stands in the place of its version; None where that is a version."""
    if version == MOVING:
        return "a move into it is not finished. On the machine with its SQLite file: python app.py move --to <this database>"
    if version != MOVED:
        return None
    address, at = connection.execute(text(f"SELECT address, at FROM {TABLE}")).one()  # noqa: S608 - ours
    return f"it was moved to {address} at {at}. Set DATABASE_URL to that"
