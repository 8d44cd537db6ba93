"""Reminders of calls to return, and every answer to them. It is Monday, 2 March 2026, nine in the morning in Chicago."""

from collections.abc import Callable

from sqlmodel import select

from app import GoodTurn
from handlers import schedule
from storage import workspaces
from storage.tables import Outgoing, Turn
from tests.conftest import MovableClock
from tests.conversation import Person, World
from tests.features.passing import came, notices

RFP = "/callback Jane Doe (Acme) tomorrow 3pm about the RFP"
FIRST = "Time to call Jane Doe (Acme) about the RFP"


def test_the_reminder_comes_at_the_right_minute_and_once(alice: Person, world: World, clock: MovableClock) -> None:
    alice.types(RFP)
    clock.move(days=1, hours=5, minutes=59)
    world.settle()
    assert alice.from_the_bot_by_dm() == []
    clock.move(minutes=1)
    world.settle()
    assert notices(alice) == [FIRST]
    alice.sees("Noted Mon 2 Mar.", "Called back", "Tomorrow", "Another time", "Drop it", "Only you see this.")
    clock.move(hours=2)
    world.settle()
    assert len(notices(alice)) == 1


def test_without_an_answer_three_more_come_on_working_days_and_no_fifth(
    alice: Person, until: Callable[..., None]
) -> None:
    alice.types(RFP)
    until(4, 2)
    assert came(alice) == ["Tue 03 Mar 15:00", "Wed 04 Mar 15:00", "Fri 06 Mar 15:00", "Thu 12 Mar 15:00"]
    assert notices(alice) == [
        FIRST,
        "Jane Doe (Acme), about the RFP: is today a good day to call?",
        "Your call to Jane Doe (Acme), about the RFP: keep it, move it or drop it. All three are fine.",
        "Last reminder: Jane Doe (Acme), about the RFP. It stays on your list, and I will leave it there.",
    ]
    alice.types("/callback")
    alice.sees("1 call to return.")


def test_called_back_counts_and_nothing_more_comes(alice: Person, until: Callable[..., None]) -> None:
    alice.types(RFP)
    until(3, 3, 16)
    alice.clicks("Called back")
    alice.sees("Called back: Jane Doe (Acme). 1 call returned this month.", "Plan the next one")
    alice.opens_home()
    alice.sees("1 call returned")
    until(4, 2)
    assert len(notices(alice)) == 1


def test_called_back_can_be_taken_back_and_the_reminders_go_on_where_they_were(
    alice: Person, until: Callable[..., None]
) -> None:
    alice.types(RFP)
    until(3, 3, 16)
    alice.clicks("Called back")
    alice.clicks("Undo")
    alice.does_not_see("returned this month")
    until(4, 2)
    assert came(alice) == ["Tue 03 Mar 15:00", "Wed 04 Mar 15:00", "Fri 06 Mar 15:00", "Thu 12 Mar 15:00"]


def test_tomorrow_is_the_next_working_day_at_the_same_hour(alice: Person, until: Callable[..., None]) -> None:
    alice.types("/callback Jane Doe (Acme) friday 3pm about the RFP")
    until(3, 6, 16)
    alice.clicks("Tomorrow")
    alice.sees("Moved to Mon 9 Mar, 3:00 PM CDT:")
    until(3, 9)
    assert came(alice) == ["Fri 06 Mar 15:00", "Mon 09 Mar 15:00"]


def test_a_snooze_pressed_twice_moves_once(alice: Person, world: World, until: Callable[..., None]) -> None:
    alice.types(RFP)
    until(3, 3, 16)
    pressed = alice.button("Tomorrow")
    alice.clicks("Tomorrow")
    status, _ = world.forge("alice", pressed["action_id"], pressed["value"])
    assert status == 200
    alice.types("/callback")
    alice.sees("1 call to return. Next: Jane Doe (Acme), Wed 4 Mar, 3:00 PM CST, about the RFP.")
    until(3, 4)
    assert came(alice) == ["Tue 03 Mar 15:00", "Wed 04 Mar 15:00"]


def test_a_snooze_to_the_same_day_is_sent(alice: Person, until: Callable[..., None]) -> None:
    alice.types(RFP)
    until(3, 3, 16)
    alice.clicks("Another time")
    alice.fills("Which day?", "2026-03-03").fills("At what time?", "17:30").submits()
    alice.sees("Moved to Tue 3 Mar, 5:30 PM CST:")
    until(3, 3, by=0.5)
    assert came(alice) == ["Tue 03 Mar 15:00", "Tue 03 Mar 17:30"]


def test_another_time_must_lie_ahead(alice: Person, until: Callable[..., None]) -> None:
    alice.types(RFP)
    until(3, 3, 16)
    alice.clicks("Another time")
    alice.fills("Which day?", "2026-03-03").fills("At what time?", "09:30").submits()
    alice.sees("That time has passed.")


def test_a_moved_call_can_be_moved_back(alice: Person, until: Callable[..., None]) -> None:
    alice.types(RFP)
    until(3, 3, 16)
    alice.clicks("Tomorrow")
    alice.clicks("Undo")
    alice.types("/callback")
    alice.sees("Next: Jane Doe (Acme), today 3:00 PM, about the RFP.")
    until(3, 4)
    assert came(alice) == ["Tue 03 Mar 15:00", "Wed 04 Mar 15:00"]
    assert notices(alice)[1].endswith("is today a good day to call?")


def test_dropped_it_is_off_the_list_and_can_come_back(alice: Person, until: Callable[..., None]) -> None:
    alice.types(RFP)
    until(3, 3, 16)
    alice.clicks("Drop it")
    alice.sees("Dropped from your list: Jane Doe (Acme).")
    alice.clicks("Undo")
    alice.types("/callback")
    alice.sees("1 call to return.")


def test_an_undo_that_came_too_late_changes_nothing(alice: Person, world: World, until: Callable[..., None]) -> None:
    alice.types(RFP)
    until(3, 3, 16)
    alice.clicks("Tomorrow")
    undo = alice.button("Undo")
    until(3, 4, 16)
    alice.clicks("Called back", near="Time to call")
    world.forge("alice", undo["action_id"], undo["value"])
    alice.types("/callback")
    alice.sees("No calls to return.")


def test_somebody_else_can_press_nothing(alice: Person, world: World, until: Callable[..., None]) -> None:
    alice.types(RFP)
    until(3, 3, 16)
    turn_id = alice.button("Called back")["value"]
    for action in ("called_back", "tomorrow", "drop", "undo", "take_back", "another_time", "change", "next"):
        status, _ = world.forge("bob", f"callbacks.{action}", turn_id)
        assert status == 200
    world.settle()
    assert notices(alice) == [FIRST]
    alice.types("/callback")
    alice.sees("1 call to return.")


def test_a_bot_that_was_away_for_three_days_says_it_once_and_that_it_is_late(
    alice: Person, world: World, clock: MovableClock, until: Callable[..., None]
) -> None:
    alice.types(RFP)
    clock.move(days=4, hours=8)  # Friday at five; three reminders would have come by now
    world.settle()
    assert notices(alice) == [f"{FIRST}. This was due Tue 3 Mar, 3:00 PM CST, while I was away."]
    until(4, 2)
    assert came(alice)[1:] == ["Thu 12 Mar 15:00"]


def test_who_leaves_is_not_reminded_and_who_comes_back_is(alice: Person, until: Callable[..., None]) -> None:
    alice.types(RFP)
    alice.types("/callback @bob 2026-03-25 at 15:00")
    alice.types("/network leave")
    until(3, 20, 12)
    assert notices(alice) == []
    alice.types("/network back")
    until(3, 25)
    assert came(alice) == ["Mon 23 Mar 15:00", "Tue 24 Mar 15:00", "Wed 25 Mar 15:00"]
    assert notices(alice)[::2] == [FIRST, "Time to call Bob"]


def test_after_a_restore_the_follow_ups_go_on(
    alice: Person, world: World, bot: GoodTurn, clock: MovableClock, until: Callable[..., None]
) -> None:
    alice.types(RFP)
    with bot.database.transaction() as session:
        before = {one.id: one.model_dump() for one in session.exec(select(Outgoing).where(Outgoing.team_id == "T1"))}
    until(3, 3, 16)
    assert notices(alice) == [FIRST]
    with bot.database.transaction() as session:  # as it was before the reminder was said
        for row in session.exec(select(Outgoing).where(Outgoing.team_id == "T1")):
            if row.id in before:
                row.sqlmodel_update(before[row.id])
            else:
                session.delete(row)
        for turn in session.exec(select(Turn).where(Turn.team_id == "T1")):
            turn.said = 0
        workspaces.note_restored(session, clock.now)
    clock.move(minutes=1)
    world.settle()
    schedule.plan_missing(bot.database, clock)
    until(3, 4, 15)
    assert came(alice) == ["Tue 03 Mar 15:00", "Wed 04 Mar 15:00"]
