"""What SQLite is told about our indexes, so that it looks for the rows it is asked for, and not through all of a workspace.

Every index begins with the workspace. Knowing nothing, SQLite takes it that ten rows share the first column of any index, and
where more is asked than stands in an index it rather reads those "ten": all acts, or all messages, of the workspace. ANALYZE
would count, but only once there is something to count, and its plans change with what it finds. These figures are the same
for everybody, and so are the plans.
"""

from collections.abc import Sequence

from sqlalchemy import Connection, inspect

ROWS, ROWS_OF_A_PART = 1_000_000, 10_000  # of a table, and of what an index with a condition holds of it
# One in so many rows has the same workspace, state and so on; of others one in ten thousand has the same member, say, and with
# the same time beside it hardly a second one.
_ONE_IN, _OF_OTHERS = {"team_id": 1, "state": 1_000}, 10_000


def tell(connection: Connection) -> None:
    """Writes for each index how many rows share its first columns, where SQLite keeps what ANALYZE finds."""
    if connection.dialect.name != "sqlite":
        return  # PostgreSQL counts by itself
    connection.exec_driver_sql("ANALYZE alembic_version")  # makes the table, which cannot be made in other words
    connection.exec_driver_sql("DELETE FROM sqlite_stat1")
    for table in inspect(connection).get_table_names():
        for _, name, is_unique, origin, is_partial in connection.exec_driver_sql(f"PRAGMA index_list({table})").all():
            columns = [str(row[2]) for row in connection.exec_driver_sql(f"PRAGMA index_info({name})")]
            figures = _figures(columns, ROWS_OF_A_PART if is_partial else ROWS, is_unique=bool(is_unique))
            row = (table, table if origin == "pk" else name, figures)  # a key's index has no name of its own there
            connection.exec_driver_sql("INSERT INTO sqlite_stat1 (tbl, idx, stat) VALUES (?, ?, ?)", row)
    connection.exec_driver_sql("ANALYZE sqlite_master")  # counts nothing: it has this connection read what was written


def _figures(columns: Sequence[str], rows: int, *, is_unique: bool) -> str:
    """Returns the rows of an index, then how many share its first column, its first two and so on."""
    figures, left = [rows], rows
    for column in columns:
        left = max(left // _ONE_IN.get(column, _OF_OTHERS), 1)
        figures.append(left)
    if is_unique:
        figures[-1] = 1
    return " ".join(map(str, figures))
