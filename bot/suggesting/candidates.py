"""What every source of suggestions makes, and what each of them is."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from storage.database import Session
from storage.tables import Member, Nudging


@dataclass(frozen=True)
class Candidate:
    """Something that can be suggested: where it comes from, the id of what it is about, and whom it names."""

    source: str
    about: str
    names: tuple[str, ...] = ()
    facts: dict[str, Any] = field(default_factory=dict)


Source = Callable[[Session, Member, Nudging, datetime], list[Candidate]]
