"""*Export*: a member's own data, and for admins the workspace's public ledger, as files in the DM of whoever asked."""

from collections.abc import Callable, Iterator
from datetime import datetime
from functools import partial
from typing import Any

from bot import exports, members, posts, when
from bot.exports import MINE, PUBLIC
from bot.pages import Record
from handlers.files import Files, Made
from handlers.requests import Request
from handlers.routes import Renderer, Routes
from handlers.sheets import Sheets
from handlers.views import exports as views
from handlers.views.kit import Message
from storage import members as people
from storage import outbox
from storage.database import Reading, Session
from storage.tables import Member, Outgoing

# The name and the title of the sheet of each part, and of the JSON that has all of them.
SHEETS = {
    "good_turns": ("good-turns.csv", "Good turns, CSV"),
    "introductions": ("introductions.csv", "Introductions, CSV"),
    "calls": ("calls.csv", "Calls to return, CSV"),
    "contacts": ("contacts.csv", "People outside Slack, CSV"),
    "asks": ("asks.csv", "Asks, CSV"),
    "offers": ("offers.csv", "What you offered, CSV"),
    "nudge_settings": ("nudge-settings.csv", "What you chose about nudges, CSV"),
    "nudges": ("nudges.csv", "Nudges, CSV"),
    "events": ("events.csv", "Events, CSV"),
    "by_name": ("good-turns-by-name.csv", "Good turns by name, CSV"),
    "counted": ("good-turns-counted.csv", "Good turns counted, CSV"),
}
MY_DATA = ("good-turn-data.json", "All of it, JSON")
LEDGER = ("good-turn-ledger.json", "All of it, JSON")


def export_mine(request: Request, _rest: str = "") -> None:
    """Hears *Export* and `/network export`."""
    _export(request, MINE)


def export_ledger(request: Request) -> None:
    """Hears an admin's *Export* of the public ledger."""
    _export(request, PUBLIC)


def _export(request: Request, kind: str) -> None:
    request.look_up()
    with request.transaction() as session:
        actor = request.actor(session)
        members.require(exports.NEEDS[kind], actor)
        if request.claim(session):
            exports.ask(session, actor, kind, request.now)
    request.object(views.on_its_way(kind))


def _render_mine(session: Session, row: Outgoing, now: datetime) -> Files | None:
    member = people.by_id(session, row.team_id, [row.member_id])[row.member_id]
    return Files(partial(_make_mine, member, now))


def _render_ledger(session: Session, row: Outgoing, now: datetime) -> Files | None:
    admin = people.by_id(session, row.team_id, [row.member_id])[row.member_id]
    may = members.may(exports.NEEDS[PUBLIC], members.standing(admin))
    return Files(partial(_make_ledger, admin, now)) if may else None


def _make_mine(member: Member, now: datetime, reading: Reading) -> Made:
    sheets = Sheets(*MY_DATA, _about(member, now, member=member.name))
    return _made(sheets, exports.of_member(reading, member), views.ready)


def _make_ledger(admin: Member, now: datetime, reading: Reading) -> Made:
    sheets = Sheets(*LEDGER, _about(admin, now, workspace=admin.team_id))
    counted: list[int] = []

    def parts() -> Iterator[tuple[str, Iterator[Record]]]:
        for part, records in exports.of_workspace(reading, admin, now):
            yield part, _counting(records, counted) if part == "counted" else records

    return _made(sheets, parts(), lambda counts: views.ledger_ready(counts, sum(counted)))


def _about(reader: Member, now: datetime, **whose: str) -> Record:
    return {**whose, "zone": reader.zone, "made_at": when.iso(now, reader.zone), "how_to_read": views.HOW_TO_READ}


def _counting(records: Iterator[Record], counted: list[int]) -> Iterator[Record]:
    for record in records:
        counted.append(record["good_turns"])
        yield record


def _made(
    sheets: Sheets, parts: Iterator[tuple[str, Iterator[Record]]], words: Callable[[dict[str, int]], str]
) -> Made:
    """Writes all parts; what was written is let go of where that cannot be."""
    try:
        counts = {part: sheets.add(part, *SHEETS[part], records) for part, records in parts}
    except BaseException:
        sheets.close()
        raise
    return Made(words(counts), sheets.files())


def _notice(kind: str, state: str) -> Renderer:
    def render(session: Session, row: Outgoing, _now: datetime) -> Message | None:
        files: Any = outbox.find(session, row.team_id, row.subject)
        if files is None:
            return None
        return views.not_confirmed(kind) if state == "unconfirmed" else views.not_sent(kind, files.error or "")

    return render


def register(routes: Routes) -> None:
    """Says what is heard and said here."""
    routes.buttons |= {"exports.mine": export_mine, "exports.ledger": export_ledger}
    routes.messages |= {MINE: _render_mine, PUBLIC: _render_ledger}
    routes.messages |= {f"{kind}.{end}": _notice(kind, end) for kind in (MINE, PUBLIC) for end in posts.ENDS}
