"""What is decided of a message while it is being sent holds, wherever the two transactions meet."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from sqlmodel import select

from storage import members, outbox, outbox_by_hand, sending
from storage.database import Database, Session
from storage.tables import Member, Outgoing
from tests.storage.interleaving import Do, each_gap
from tests.storage.rows import MINUTE, NOW, a_member, put_outgoing

OLD, NEW = "Old words", "New words"
Two = Callable[[Do, Do], tuple[Do, Do]]


@pytest.fixture(params=["begins first", "comes in between"])
def ordered(request: pytest.FixtureRequest) -> Two:
    """Which of the two begins, and which comes in between; what each does is found out by what comes of it."""
    return (lambda one, two: (one, two)) if request.param == "begins first" else (lambda one, two: (two, one))


class Post:
    """A post about a subject of its own, to somebody whose name stands for the words of the message."""

    def __init__(self, database: Database, number: int, state: str = "pending", **columns: Any) -> None:
        self.database, self.subject = database, f"act-{number}"
        with database.transaction() as session:
            self.member = a_member(session, f"ana{number}").id
            members.change(session, "T1", self.member, name=OLD)
            told: dict[str, Any] = {
                "kind": "act.thanked",
                "subject": self.subject,
                "member_id": self.member,
                "now": NOW,
            }
            self.id = outbox.add(session, "T1", key=self.subject, **told)
            put_outgoing(session, self.id, state, **columns)

    def claimed(self) -> Outgoing:
        """Has the sender take it, and returns it as it has it."""
        with self.database.transaction() as session:
            row = sending.claim(session, "T1", self.id, NOW)
        assert row is not None
        return row

    def rows(self, verb: str = "post") -> list[Outgoing]:
        with self.database.reading() as session:
            mine = (Outgoing.team_id == "T1", Outgoing.subject == self.subject, Outgoing.verb == verb)
            return list(session.exec(select(Outgoing).where(*mine).order_by(Outgoing.id)))

    def states(self) -> list[str]:
        return [row.state for row in self.rows()]

    def cancel(self, session: Session) -> tuple[str, bool]:
        return "cancel", outbox.cancel(session, "T1", self.subject, NOW)

    def claim(self, session: Session, row_id: str = "") -> tuple[str, str | None]:
        """Claims it and makes its words, as the sender does."""
        if sending.claim(session, "T1", row_id or self.id, NOW + MINUTE) is None:
            return "claim", None
        found = session.exec(select(Member.name).where(Member.team_id == "T1", Member.id == self.member))
        return "claim", found.one()

    def correct(self, session: Session) -> tuple[str, None]:
        members.change(session, "T1", self.member, name=NEW)
        outbox.change(session, "T1", self.subject, NOW)
        return "correct", None

    def want(self, session: Session) -> tuple[str, None]:
        told: dict[str, Any] = {"kind": "act.thanked", "subject": self.subject, "member_id": self.member, "now": NOW}
        outbox.add_once(session, "T1", key=f"{self.subject}:once", **told)
        return "want", None

    def answer(self, session: Session, is_there: bool = False) -> tuple[str, bool]:
        return "answer", outbox.answer_unconfirmed(session, "T1", self.id, NOW, is_there=is_there)


def test_what_was_said_to_be_stopped_is_not_sent_and_what_is_sent_was_not_said_to_be_stopped(
    database: Database, ordered: Two
) -> None:
    def arrange(gap: int) -> tuple[Do, Do]:
        posts.append(Post(database, gap))
        return ordered(posts[-1].cancel, posts[-1].claim)

    posts: list[Post] = []
    for came in each_gap(database, arrange):
        said = dict(came)
        assert said["cancel"] is (said["claim"] is not None)
        assert posts[-1].states() == ["sending" if said["claim"] else "cancelled"]


def test_what_is_stopped_while_slack_refuses_it_is_not_tried_again(database: Database, ordered: Two) -> None:
    def arrange(gap: int) -> tuple[Do, Do]:
        post = Post(database, gap)
        row = post.claimed()
        posts.append(post)
        return ordered(post.cancel, lambda session: ("back", sending.put_back(session, row, NOW)))

    posts: list[Post] = []
    for came in each_gap(database, arrange):
        assert (posts[-1].states(), dict(came)["back"]) != (["cancelled"], None)
        assert posts[-1].states() == ["cancelled"]


def test_words_corrected_while_they_are_taken_to_be_sent_are_sent_or_brought_up_to_date(
    database: Database, ordered: Two
) -> None:
    def arrange(gap: int) -> tuple[Do, Do]:
        posts.append(Post(database, gap))
        return ordered(posts[-1].correct, posts[-1].claim)

    posts: list[Post] = []
    for came in each_gap(database, arrange):
        updates = [row.state for row in posts[-1].rows("update")]
        assert dict(came)["claim"] != OLD or updates == ["pending"]


def test_words_corrected_while_an_update_is_taken_to_be_sent_are_not_left_out(database: Database, ordered: Two) -> None:
    def arrange(gap: int) -> tuple[Do, Do]:
        post = Post(database, gap, "sent")
        with database.transaction() as session:
            outbox.change(session, "T1", post.subject, NOW)
        (update,) = post.rows("update")
        posts.append(post)
        return ordered(post.correct, lambda session: post.claim(session, update.id))

    posts: list[Post] = []
    for came in each_gap(database, arrange):
        states = sorted(row.state for row in posts[-1].rows("update"))
        wanted = {OLD: ["pending", "sending"], None: ["pending"]}
        assert states == wanted.get(dict(came)["claim"], states)


@pytest.mark.parametrize("became", ["put back", "sent"])
def test_what_is_wanted_again_while_its_try_ends_is_there_once(database: Database, ordered: Two, became: str) -> None:
    def arrange(gap: int) -> tuple[Do, Do]:
        post = Post(database, gap)
        row = post.claimed()
        with database.transaction() as session:
            post.cancel(session)
        posts.append(post)

        def end(session: Session) -> tuple[str, str | None]:
            if became == "sent":
                return "end", sending.settle(session, row, "sent")
            return "end", sending.put_back(session, row, NOW)

        return ordered(post.want, end)

    posts: list[Post] = []
    for _ in each_gap(database, arrange):
        states = posts[-1].states()
        assert sum(state in ("pending", "sent") for state in states) == 1
        assert set(states) <= {"pending", "sent", "cancelled"}


def test_post_again_does_not_send_what_is_taken_back_at_that_moment(database: Database, ordered: Two) -> None:
    def arrange(gap: int) -> tuple[Do, Do]:
        posts.append(Post(database, gap, "unconfirmed"))
        return ordered(posts[-1].cancel, posts[-1].answer)

    posts: list[Post] = []
    for _ in each_gap(database, arrange):
        assert posts[-1].states() == ["cancelled"]


def test_of_two_who_answer_for_a_post_at_once_one_is_heard(database: Database, ordered: Two) -> None:
    def arrange(gap: int) -> tuple[Do, Do]:
        post = Post(database, gap, "unconfirmed")
        posts.append(post)
        return ordered(post.answer, lambda session: ("other", post.answer(session, is_there=True)[1]))

    posts: list[Post] = []
    for came in each_gap(database, arrange):
        said = dict(came)
        assert said["answer"] is not said["other"]
        assert posts[-1].states() == ["pending" if said["answer"] else "sent"]


@pytest.mark.parametrize("state", ["dead", "unconfirmed"])
def test_an_operator_sends_nothing_that_is_taken_back_at_that_moment(
    database: Database, ordered: Two, state: str
) -> None:
    def arrange(gap: int) -> tuple[Do, Do]:
        post = Post(database, gap, state)
        (seen,) = post.rows()
        posts.append(post)
        return ordered(post.cancel, lambda session: ("retry", outbox_by_hand.retry(session, seen, NOW)))

    posts: list[Post] = []
    for came in each_gap(database, arrange):
        assert posts[-1].states() == ["cancelled" if dict(came)["retry"] else state]


def test_of_two_senders_one_has_a_row(database: Database) -> None:
    def arrange(gap: int) -> tuple[Do, Do]:
        post = Post(database, gap)
        return post.claim, lambda session: ("other", post.claim(session)[1])

    for came in each_gap(database, arrange):
        assert sorted(dict(came).values(), key=str) == [None, OLD]


def test_who_took_a_row_over_is_not_overruled_by_who_had_it(database: Database, ordered: Two) -> None:
    later = NOW + sending.LEASE + timedelta(seconds=1)

    def arrange(gap: int) -> tuple[Do, Do]:
        post = Post(database, gap)
        row = post.claimed()
        posts.append(post)
        return ordered(
            lambda session: ("over", sending.claim(session, "T1", post.id, later) is not None),
            lambda session: ("end", sending.settle(session, row, "sent")),
        )

    posts: list[Post] = []
    for came in each_gap(database, arrange):
        said = dict(came)
        assert said["over"] is (said["end"] is None)
        assert posts[-1].states() == ["sending" if said["over"] else "sent"]
