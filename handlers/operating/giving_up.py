"""How an operator's command ends that cannot be done: with one line, on the error output, that says what to do."""

from typing import NoReturn

import typer


def give_up(line: str) -> NoReturn:
    """Says why, and ends with 1."""
    typer.echo(" ".join(line.split()), err=True)
    raise typer.Exit(1)
