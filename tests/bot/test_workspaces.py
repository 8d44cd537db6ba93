"""What an admin may choose, as it is typed."""

from pathlib import Path
from typing import Any

import pytest

from bot import workspaces
from bot.errors import Mistake, NotACountry, NotAnEmoji, NotANumber, Stale
from storage import members
from storage.database import Database, Session
from storage.tables import Member
from tests.storage.rows import NOW, a_member


@pytest.fixture
def database(empty_database: Path, tmp_path: Path) -> Database:
    (tmp_path / "good_turn.db").write_bytes(empty_database.read_bytes())
    return Database(f"sqlite:///{tmp_path}/good_turn.db")


def _choose(session: Session, actor: Member, emoji: str, number: str) -> tuple[str | None, int]:
    workspaces.choose(session, actor, emoji=emoji, acts_a_day=number, introductions_a_month="4", country="", now=NOW)
    session.expire_all()
    chosen = workspaces.settings(session, "T1", NOW)
    return chosen.thanks_emoji, chosen.acts_a_day


@pytest.mark.parametrize(
    ("emoji", "number", "kept"),
    [
        ("pray", "30", ("pray", 30)),
        (":pray:", "1", ("pray", 1)),
        ("  :raised_hands:  ", "500", ("raised_hands", 500)),
        ("+1", "30", ("+1", 30)),
        (":man-raising-hand:", "30", ("man-raising-hand", 30)),
        ("flag-se", "030", ("flag-se", 30)),
        ("", "30", (None, 30)),
        ("   ", "30", (None, 30)),
        ("x" * 100, "30", ("x" * 100, 30)),
        *((emoji, "30", NotAnEmoji) for emoji in (
            "🙏", "two words", "pray pray", "::", ":", "pray!", "<!channel>", "x" * 101, "a:b", "ПРИВЕТ",
        )),
        *(("pray", number, NotANumber) for number in (
            "0", "501", "-1", "", "ten", "3.5", "30 ", "1e2", "99999999999999999999", "²", "½", "9" * 5000,
        )),
    ],
)  # fmt: skip
def test_what_was_typed_is_kept_or_refused(
    database: Database, emoji: str, number: str, kept: tuple[str | None, int] | type[Mistake]
) -> None:
    with database.transaction() as session:
        dan = a_member(session, "dan", is_admin=True)
        if isinstance(kept, tuple):
            assert _choose(session, dan, emoji, number) == kept
        else:
            with pytest.raises(kept):
                _choose(session, dan, emoji, number)


@pytest.mark.parametrize(
    ("typed", "kept"),
    [("Sweden", "SE"), ("us", "US"), ("", None), ("  ", None), ("Atlantis", NotACountry)],
)
def test_a_country_is_kept_by_its_two_letters_or_refused(
    database: Database, typed: str, kept: str | type[Mistake] | None
) -> None:
    with database.transaction() as session:
        dan = a_member(session, "dan", is_admin=True)
        if isinstance(kept, type):
            with pytest.raises(kept):
                workspaces.choose(
                    session, dan, emoji="", acts_a_day="30", introductions_a_month="4", country=typed, now=NOW
                )
            return
        workspaces.choose(session, dan, emoji="", acts_a_day="30", introductions_a_month="4", country=typed, now=NOW)
        session.expire_all()
        assert workspaces.settings(session, "T1", NOW).country == kept


@pytest.mark.parametrize(
    ("words", "kept"), [("0", None), ("6", 6), ("60", 60), ("1", Stale), ("-6", Stale), ("", Stale), ("x", Stale)]
)
def test_words_are_kept_for_good_or_for_one_of_some_times(
    database: Database, words: str, kept: int | type[Mistake] | None
) -> None:
    chosen: dict[str, Any] = {"emoji": "", "acts_a_day": "30", "introductions_a_month": "4", "country": "", "now": NOW}
    with database.transaction() as session:
        dan = a_member(session, "dan", is_admin=True)
        if isinstance(kept, type):
            with pytest.raises(kept):
                workspaces.choose(session, dan, words=words, **chosen)
            return
        workspaces.choose(session, dan, words=words, **chosen)
        session.expire_all()
        assert workspaces.settings(session, "T1", NOW).keeps_words_for == kept


@pytest.mark.parametrize(("column", "may"), [("is_admin", True), ("is_named_admin", True), ("is_guest", False)])
def test_only_admins_choose(database: Database, column: str, may: bool) -> None:
    with database.transaction() as session:
        actor = a_member(session, "ana", "T1", **{column: True})
        if may:
            assert _choose(session, actor, "pray", "5") == ("pray", 5)
        else:
            with pytest.raises(Stale):
                _choose(session, actor, "pray", "5")


def test_until_somebody_chooses_no_emoji_thanks_and_a_day_holds_thirty(database: Database) -> None:
    with database.transaction() as session:
        found = workspaces.settings(session, "T1", NOW)
        assert (found.thanks_emoji, found.acts_a_day) == (None, 30)
        assert members.known(session, "T1", []) == {}
