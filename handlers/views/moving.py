"""What an operator reads of a move from SQLite to PostgreSQL, on the command line."""

from storage.moving import Moved

NOT_FROM_POSTGRES = """\
DATABASE_URL names a PostgreSQL database already. Its own tools take one elsewhere: pg_dump and pg_restore, and then
python app.py restored"""
NO_DRIVER = "PostgreSQL's driver is not installed. First: pip install --require-hashes -r requirements-postgres.lock"
NO_ADDRESS = "--to is no PostgreSQL database. It looks like this: postgresql://user@host/name"


def moved(done: Moved) -> str:
    """Says what was moved, and what to do now."""
    width = max((len(name) for name in done.tables), default=0)
    lines = [
        f"  {name:<{width}} {rows:>12,}  {checksum % 2**64:016x}" for name, (rows, checksum) in done.tables.items()
    ]
    rows = sum(rows for rows, _ in done.tables.values())
    if done.began_anew:
        lines.append("The file had changed since the move was begun, so it was begun anew.")
    if done.nuls:
        rows_of = "1 row" if done.nuls == 1 else f"{done.nuls:,} rows"
        lines.append(
            f"In {rows_of} stood the character NUL, which PostgreSQL cannot hold: it is the sign \N{SYMBOL FOR NULL} now."
        )
    return "\n".join([
        f"Moved to {done.address}: {rows:,} rows, the numbers and checksums of each table equal on both sides.",
        *lines,
        "The file is marked as moved: no program starts on it any more. Remove it, and its backups, once you miss nothing.",
        "Now set DATABASE_URL to that address, with its password where it needs one, and start the program.",
    ])  # fmt: skip


def not_moved(error: Exception) -> str:
    """Says why a move was not made, or not to its end."""
    return f"Not moved: {error}."


def in_use(error: Exception) -> str:
    """Says that a program runs on the file."""
    return f"Not while somebody else has the database: {error}. Stop the program first. Nothing was moved."


def no_tables(error: Exception) -> str:
    """Says that the PostgreSQL database could not get its tables."""
    return f"Not moved: the database that it is to go to cannot get its tables ({error})."
