"""What is told and counted of introductions: whether they met, what it led to, on Home and in one's month."""

from typing import Any

from sqlalchemy import Engine, event, text

from app import GoodTurn
from handlers import showing_introductions
from storage import members as people
from tests.conftest import MovableClock
from tests.conversation import Person, World, words
from tests.features.introducing import WHY, Until, ask, ask_as_business, home


def count(bot: GoodTurn, question: str) -> int:
    """Asks the database."""
    with bot.database.engine.connect().execution_options(across_workspaces=True) as connection:
        return int(connection.execute(text(question)).scalar_one())


def test_a_referral_is_shown_with_met_beside_it(alice: Person, bob: Person, carol: Person, until: Until) -> None:
    ask_as_business(alice)
    bob.clicks("Yes")
    carol.clicks("Yes")
    until(3, 9, 12)
    bob.clicks("Met")
    alice.types("/network")
    alice.sees("1 referral shared, 1 met")


def test_that_answers_differed_is_read_as_it_was_said(
    open_chat: None, alice: Person, bob: Person, carol: Person, until: Until
) -> None:
    until(3, 9, 12)
    bob.clicks("Met")
    carol.clicks("Not yet")
    until(3, 9, 14)
    alice.sees("Bob says they met, Carol says not yet.")
    carol.clicks("It led to something")
    carol.clicks("Add a word")
    carol.fills("What came of it?", "We sail on Sunday.").submits()
    until(3, 9, 16)
    alice.does_not_see("  say not yet", ",  say")


def test_it_led_to_something_is_told_beside_a_not_yet(
    open_chat: None, alice: Person, bob: Person, carol: Person, until: Until
) -> None:
    until(3, 9, 12)
    carol.clicks("Not yet")
    bob.clicks("It led to something")
    until(3, 9, 14)
    alice.sees("It led to something, says Bob.")


def test_news_that_is_taken_back_does_not_stand(open_chat: None, alice: Person, bob: Person, until: Until) -> None:
    until(3, 9, 12)
    bob.clicks("Met")
    until(3, 9, 14)
    alice.sees("Bob and Carol met. Your introduction did that.")
    bob.clicks("Change my answer")
    bob.clicks("Not yet")
    until(3, 9, 16)
    alice.does_not_see("Bob and Carol met. Your introduction did that.")


def test_after_a_pause_it_is_asked_once_whether_they_met(open_chat: None, bob: Person, until: Until) -> None:
    bob.types("/network pause until 2026-03-18")
    until(3, 18, 12)
    asked = [one["text"] for one in bob.from_the_bot_by_dm() if "Did you and" in one["text"]]
    assert len(asked) == 1, asked


def test_whoever_introduces_somebody_outside_reads_a_form_about_themselves(alice: Person, until: Until) -> None:
    alice.types(f"/intro @bob Jane Doe (Acme) {WHY}")
    alice.clicks("I sent it")
    until(3, 9, 12)
    alice.clicks("It led to something")
    alice.clicks("Add a word")
    assert "Who introduced you" not in words(alice.form())


def test_an_introduction_to_somebody_outside_is_recorded_when_they_met(
    alice: Person, bot: GoodTurn, until: Until
) -> None:
    alice.types("/intro")
    alice.fills("First person", "bob").fills("Or someone outside Slack", "Jane Doe (Acme)")
    alice.fills("What the first person reads", "Jane sails.").fills("What the second person reads", "Bob sails.")
    alice.fills("Business?", ["It is business"]).submits()
    alice.clicks("I sent it")
    alice.closes()
    until(3, 9, 12)
    alice.clicks("Met")
    alice.types("/network")
    alice.sees("helped", "1 referral shared, 1 met")


def test_who_is_asked_once_more_finds_it_on_home(alice: Person, bob: Person, until: Until) -> None:
    ask(alice, "bob", "carol")
    bob.clicks("Not now")
    bob.chooses("In three days")
    until(3, 5, 10)
    assert "Alice would like to introduce you to Carol" in home(bob)


def test_did_you_meet_is_on_home_among_what_needs_attention(open_chat: None, bob: Person, until: Until) -> None:
    until(3, 9, 12)
    assert "Did you and Carol meet?" in home(bob)


def test_a_guest_is_not_called_somebody_outside_slack(alice: Person) -> None:
    alice.types(f"/intro @bob @kim {WHY}")
    alice.clicks("Show the text")
    alice.does_not_see("A text for you to send to Bob.", "I message nobody outside Slack.")


def test_home_holds_what_slack_takes_however_many_introductions_one_makes(
    alice: Person, bot: GoodTurn, world: World
) -> None:
    alice.types(f"/intro @bob @carol {WHY}")
    alice.clicks("Ask them both")
    alice.opens_home()
    with bot.database.engine.connect().execution_options(across_workspaces=True) as connection:
        for table, change in (("introductions", {}), ("introduction_sides", {"introduction_id": True})):
            rows = [dict(row._mapping) for row in connection.execute(text(f"SELECT * FROM {table}"))]
            for number in range(95):
                for row in rows:
                    new = row | {"id": f"{row['id']}-{number}"}
                    if change:
                        new["introduction_id"] = f"{row['introduction_id']}-{number}"
                    keys = ", ".join(new)
                    connection.execute(text(f"INSERT INTO {table} ({keys}) VALUES (:{', :'.join(new)})"), new)
        connection.commit()
    alice.opens_home()
    assert count(bot, "SELECT count(*) FROM outbox WHERE verb = 'home' AND state = 'dead'") == 0


def test_home_asks_the_database_no_more_for_more_introductions(
    alice: Person, bot: GoodTurn, clock: MovableClock
) -> None:
    def asked_of_the_database() -> int:
        counted: list[str] = []

        def note(_conn: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
            counted.append(statement)

        with bot.database.reading() as session:
            (actor,) = people.known(session, "T1", [alice.id]).values()
            event.listen(Engine, "before_cursor_execute", note)
            showing_introductions.list_mine(session, actor, clock.now)
            event.remove(Engine, "before_cursor_execute", note)
        return len(counted)

    ask(alice, "bob", "carol")
    of_one = asked_of_the_database()
    ask(alice, "bob", "dan")
    ask(alice, "bob", "eve")
    ask(alice, "carol", "dan")
    assert asked_of_the_database() == of_one


def test_an_introduction_that_is_undone_is_answered_as_it_is_and_is_no_referral(
    alice: Person, bob: Person, carol: Person
) -> None:
    ask_as_business(alice)
    bob.clicks("Yes")
    carol.clicks("Yes")
    alice.opens_home()
    alice.clicks("Undo")
    alice.does_not_see("Messages about it are more than 90 days old")
    alice.closes()
    alice.types("/network")
    alice.does_not_see("1 referral shared\n")


def test_sent_by_mistake_can_be_undone(alice: Person) -> None:
    alice.types(f"/intro @bob Jane Doe (Acme) {WHY}")
    alice.clicks("I sent it")
    alice.button("Undo")


def test_three_are_listed_with_commas(alice: Person, bob: Person, carol: Person, dan: Person, until: Until) -> None:
    ask(alice, "bob", "carol", "dan")
    for one in (bob, carol, dan):
        one.clicks("Yes")
    until(3, 9, 12)
    bob.sees("Did you, Carol and Dan meet?")
