"""Two sides of one act who press at the same moment: one comes after the other, and what both read is true."""

from collections.abc import Callable
from typing import Any

import pytest
from sqlmodel import select

from bot import acts as statements
from bot import answers
from bot.acts import Statement
from bot.errors import Stale
from storage import acts
from storage.database import Database, Session
from storage.tables import Member, Outgoing
from tests.storage.interleaving import Do, each_gap
from tests.storage.rows import NOW, a_member

Press = Callable[[Session, Member, "GoodDeed"], object]


class GoodDeed:
    """Help that Alice gave Bob, and recorded."""

    def __init__(self, database: Database, number: int) -> None:
        self.database = database
        with database.transaction() as session:
            self.alice, self.bob = a_member(session, f"alice{number}"), a_member(session, f"bob{number}")
            said = Statement("gave", [self.bob], "the drawings", "help", "C1", about=f"C1:{number}")
            recorded = statements.record(session, self.alice, said, NOW, f"key{number}")
        self.said_id, self.root_id = recorded.said_id, recorded.entries[0].act.root_id

    def by(self, actor: Member, press: Press) -> Do:
        """Has one of the two press something; whoever comes too late is told so."""

        def do(session: Session) -> bool:
            try:
                press(session, actor, self)
            except Stale:
                return False
            return True

        return do

    def stands(self) -> bool:
        with self.database.reading() as session:
            entry = acts.of_root(session, "T1", self.root_id)
        assert entry is not None
        return entry.stands

    def waiting(self, kind: str) -> list[Outgoing]:
        with self.database.reading() as session:
            about_it = (Outgoing.team_id == "T1", Outgoing.subject == self.root_id, Outgoing.kind == kind)
            return list(session.exec(select(Outgoing).where(*about_it, Outgoing.state == "pending")))


def _undo(session: Session, actor: Member, deed: GoodDeed) -> None:
    statements.undo(session, actor, deed.said_id, NOW)


def _change_kind(session: Session, actor: Member, deed: GoodDeed) -> None:
    statements.change_kind(session, actor, deed.said_id, "advice", NOW)


def _take_emoji_off(session: Session, actor: Member, deed: GoodDeed) -> None:
    answers.take_emoji_back(session, actor, f"C1:{deed.alice.slack_id[6:]}", "1772463600.000100", NOW)


def _thank(session: Session, actor: Member, deed: GoodDeed) -> None:
    answers.thank(session, actor, deed.root_id, NOW)


def _add_word(session: Session, actor: Member, deed: GoodDeed) -> None:
    answers.add_word(session, actor, deed.root_id, "Thank you!", NOW)


def _remove(session: Session, actor: Member, deed: GoodDeed) -> None:
    answers.remove(session, actor, deed.root_id, NOW)


@pytest.fixture(params=[False, True], ids=["alice first", "bob first"])
def at_once(database: Database, request: pytest.FixtureRequest) -> Any:
    """Has Alice and Bob press, one of them in the middle of the other; gives each deed that came of it."""

    def press(alices: Press, bobs: Press) -> Any:
        def arrange(gap: int) -> tuple[Do, Do]:
            deed = GoodDeed(database, gap)
            deeds.append(deed)
            two = deed.by(deed.alice, alices), deed.by(deed.bob, bobs)
            return two[::-1] if request.param else two

        deeds = list[GoodDeed]()
        for _ in each_gap(database, arrange):
            yield deeds[-1]

    return press


@pytest.mark.parametrize("takes_back", [_undo, _take_emoji_off])
@pytest.mark.parametrize("thanks", [_thank, _add_word])
def test_nobody_hears_thanks_for_what_was_taken_back_at_that_moment(
    at_once: Any, takes_back: Press, thanks: Press
) -> None:
    for deed in at_once(takes_back, thanks):
        assert not deed.stands()
        assert deed.waiting("act.thanked") == []
        assert deed.waiting("act") == []


def test_what_is_removed_while_it_is_corrected_is_gone_and_nobody_has_to_press_again(at_once: Any) -> None:
    for deed in at_once(_change_kind, _remove):
        assert not deed.stands()
