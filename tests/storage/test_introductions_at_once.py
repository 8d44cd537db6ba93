"""Two things at once that happen to one introduction: whichever comes first, all of it is so, and nothing is so twice."""

from collections.abc import Callable

import pytest
from sqlmodel import select

from bot import consequences, introductions, members, openness, proposals
from bot.errors import Mistake
from bot.introduction_errors import AtCapacity
from bot.proposals import Proposal
from storage import introductions as stored
from storage import members as people
from storage.database import Database, Session
from storage.tables import Member, Outgoing, Side
from tests.storage.interleaving import Do, each_gap
from tests.storage.rows import NOW, a_member

CAST = ("ana", "raj", "mira")


def _named(session: Session, number: int) -> list[Member]:
    known = people.known(session, "T1", [f"U{one.upper()}{number}" for one in CAST])
    return [known[f"U{one.upper()}{number}"] for one in CAST]


def _asked(database: Database, number: int) -> str:
    """Has Ana ask Raj and Mira, of whom Raj has said yes; returns the introduction's id."""
    with database.transaction() as session:
        ana, raj, mira = (a_member(session, f"{one}{number}") for one in CAST)
        standing = proposals.ask(session, ana, Proposal([raj, mira], ["a", "b"]), NOW, f"key{number}")
        introductions.say_yes(session, raj, standing.sides[0].id, NOW)
        return standing.introduction.id


def _say_yes(session: Session, number: int, found: stored.Standing) -> None:
    introductions.say_yes(session, _named(session, number)[2], found.sides[1].id, NOW)


def _take_answer_back(session: Session, number: int, found: stored.Standing) -> None:
    introductions.take_answer_back(session, _named(session, number)[1], found.sides[0].id, NOW)


def _withdraw(session: Session, number: int, found: stored.Standing) -> None:
    introductions.withdraw(session, _named(session, number)[0], found.introduction.id, NOW)


def _close(session: Session, number: int, found: stored.Standing) -> None:
    subject = f"{found.introduction.id}:day 14 came"
    clocks = select(Outgoing).where(Outgoing.team_id == "T1", Outgoing.subject == subject)
    introductions.ring(session, session.exec(clocks).one(), NOW)


def _leave(session: Session, number: int, found: stored.Standing) -> None:
    members.leave(session, _named(session, number)[1], NOW)


@pytest.mark.parametrize(
    ("other", "ends"),
    [
        (_take_answer_back, {"opening", "asked", "waiting for one"}),
        (_withdraw, {"opening", "withdrawn"}),
        (_close, {"opening", "expired"}),
        (_leave, {"opening", "waiting for one"}),
    ],
)
@pytest.mark.parametrize("is_first", [True, False])
def test_the_last_yes_and_what_would_prevent_it(
    database: Database, other: Callable[[Session, int, stored.Standing], None], ends: set[str], is_first: bool
) -> None:
    ids: dict[int, str] = {}

    def arrange(gap: int) -> tuple[Do, Do]:
        ids[gap] = _asked(database, gap)

        def do(what: Callable[[Session, int, stored.Standing], None]) -> Do:
            def in_it(session: Session) -> str:
                found = stored.find(session, "T1", ids[gap])
                assert found is not None
                try:
                    what(session, gap, found)
                except Mistake as mistake:
                    return type(mistake).__name__
                return "done"

            return in_it

        return (do(_say_yes), do(other)) if is_first else (do(other), do(_say_yes))

    for gap, _ in enumerate(each_gap(database, arrange), 1):
        with database.reading() as session:
            found = stored.find(session, "T1", ids[gap])
            assert found is not None
            said = select(Outgoing.kind).where(Outgoing.team_id == "T1", Outgoing.verb == "post")
            hellos = session.exec(said.where(Outgoing.subject == ids[gap], Outgoing.kind == consequences.HELLO)).all()
        assert found.introduction.state in ends
        assert len(hellos) == (found.introduction.state == "opening")


def test_two_who_ask_somebody_at_once_who_takes_one_more(database: Database) -> None:
    asked: dict[int, str] = {}

    def arrange(gap: int) -> tuple[Do, Do]:
        with database.transaction() as session:
            raj = a_member(session, f"raj{gap}")
            for one in ("ana", "mira", "eve", "kim"):
                a_member(session, f"{one}{gap}")
            openness.choose(session, raj, a_month="1", rest_until=None, unwanted=[], now=NOW)
            asked[gap] = raj.id

        def ask(connector: str, other: str) -> Do:
            def in_it(session: Session) -> str:
                slack_ids = [f"U{one.upper()}{gap}" for one in (connector, "raj", other)]
                known = people.known(session, "T1", slack_ids)
                ana, *named = [known[one] for one in slack_ids]
                proposal = Proposal(named, ["a", "b"])
                try:
                    proposals.ask(session, ana, proposal, NOW, f"key {connector}{gap}")
                except AtCapacity:
                    return "full"
                return "asked"

            return in_it

        return ask("ana", "mira"), ask("eve", "kim")

    for gap, answers in enumerate(each_gap(database, arrange), 1):
        assert sorted(answers) == ["asked", "full"]
        with database.reading() as session:
            found = session.exec(select(Side.id).where(Side.team_id == "T1", Side.member_id == asked[gap])).all()
        assert len(found) == 1
