"""Reminders over changes of clocks, zones, holidays, pauses and weeks: local time stays local time, and nothing comes twice."""

from collections.abc import Callable
from datetime import date

import pytest

from tests.conftest import MovableClock
from tests.conversation import Person, World
from tests.features.passing import came, notices

RFP = "/callback Jane Doe (Acme) tomorrow 3pm about the RFP"


@pytest.mark.parametrize("typed", ["2026-03-08", "2026-11-01"])
def test_local_time_stays_local_time_over_both_changes_of_the_clocks(
    alice: Person, until: Callable[..., None], typed: str
) -> None:
    alice.types("/callback")
    alice.clicks("Add a call")
    alice.fills("Not in this Slack", "Jane Doe (Acme)").fills("Which day?", typed).fills(
        "At what time?", "15:00"
    ).submits()
    day = date.fromisoformat(typed)
    until(day.month, day.day, 0, by=24)
    until(day.month, day.day)
    assert came(alice) == [f"Sun {day:%d %b} 15:00"]


def test_a_time_the_clocks_skip_comes_an_hour_on_and_one_they_repeat_comes_once(
    alice: Person, until: Callable[..., None]
) -> None:
    for typed, at in (("2026-03-08", "02:30"), ("2026-11-01", "01:30")):
        alice.types("/callback")
        alice.clicks("Add a call")
        alice.fills("Not in this Slack", "Jane Doe (Acme)").fills("Which day?", typed).fills(
            "At what time?", at
        ).submits()
        alice.closes()
    until(3, 8, by=0.5)
    assert came(alice) == ["Sun 08 Mar 03:30"]
    alice.clicks("Drop it", near="Time to call")
    until(10, 31, by=24)
    until(11, 1, by=0.5)
    assert came(alice) == ["Sun 08 Mar 03:30", "Sun 01 Nov 01:30"]


def test_a_reminder_moves_with_its_owner(alice: Person, world: World, until: Callable[..., None]) -> None:
    alice.types(RFP)
    alice.moves_to("Europe/Stockholm")
    until(3, 4)
    assert came(alice, "Europe/Stockholm") == ["Tue 03 Mar 15:00", "Wed 04 Mar 15:00"]


def test_a_reminder_that_was_said_is_not_said_again_after_a_move(alice: Person, until: Callable[..., None]) -> None:
    alice.types(RFP)
    until(3, 3, 16)
    alice.moves_to("Pacific/Honolulu")
    until(3, 4, 12)
    assert came(alice) == ["Tue 03 Mar 15:00"]
    until(3, 5)
    assert came(alice, "Pacific/Honolulu")[1:] == ["Wed 04 Mar 15:00"]


def test_in_twenty_minutes_is_the_same_moment_everywhere(alice: Person, until: Callable[..., None]) -> None:
    alice.types("/callback Jane Doe (Acme) in 90 minutes")
    alice.moves_to("Asia/Tokyo")
    until(3, 2, 10, 30, by=0.5)
    assert came(alice) == ["Mon 02 Mar 10:30"]


def test_a_repeat_comes_each_week_and_called_back_counts_each_time(alice: Person, until: Callable[..., None]) -> None:
    alice.types("/callback @bob every friday at 9 about the survey")
    alice.sees("Call Bob: every Friday", "Fri 6 Mar, 9:00 AM CST", "about the survey")
    until(3, 6, 10)
    alice.clicks("Called back")
    alice.sees("Called back: Bob. 1 call returned this month. Next: Fri 13 Mar, 9:00 AM CDT.")
    until(3, 13, 10)
    alice.clicks("Called back", near="Time to call")
    alice.sees("2 calls returned this month. Next: Fri 20 Mar, 9:00 AM CDT.")
    assert came(alice) == ["Fri 06 Mar 09:00", "Fri 13 Mar 09:00"]


def test_a_repeat_goes_on_without_an_answer_and_its_follow_ups_give_way(
    alice: Person, until: Callable[..., None]
) -> None:
    alice.types("/callback @bob every friday at 9 about the survey")
    until(3, 20, 10)
    assert came(alice) == [
        "Fri 06 Mar 09:00", "Mon 09 Mar 09:00", "Wed 11 Mar 09:00",
        "Fri 13 Mar 09:00", "Mon 16 Mar 09:00", "Wed 18 Mar 09:00",
        "Fri 20 Mar 09:00",
    ]  # fmt: skip


def test_a_repeat_after_weeks_away_comes_once(alice: Person, world: World, clock: MovableClock) -> None:
    alice.types("/callback @bob every friday at 9 about the survey")
    clock.move(days=20)
    world.settle()
    assert notices(alice) == [
        "Time to call Bob about the survey. This was due Fri 20 Mar, 9:00 AM CDT, while I was away."
    ]


def test_a_moved_repeat_keeps_its_other_days(alice: Person, until: Callable[..., None]) -> None:
    alice.types("/callback @bob every friday at 9 about the survey")
    until(3, 6, 10)
    alice.clicks("Tomorrow")
    until(3, 9, 10)
    alice.clicks("Called back", near="Time to call")
    until(3, 13, 10)
    assert came(alice) == ["Fri 06 Mar 09:00", "Mon 09 Mar 09:00", "Fri 13 Mar 09:00"]


def test_a_dropped_repeat_is_over(alice: Person, until: Callable[..., None]) -> None:
    alice.types("/callback @bob every friday at 9 about the survey")
    until(3, 6, 10)
    alice.clicks("Drop it")
    until(4, 2, by=4)
    assert came(alice) == ["Fri 06 Mar 09:00"]


def test_follow_ups_keep_to_holidays_and_to_the_members_own_week(alice: Person, until: Callable[..., None]) -> None:
    alice.works(days=("Sunday", "Monday", "Tuesday", "Wednesday", "Thursday"), country="US")
    alice.types("/callback")
    alice.clicks("Add a call")
    alice.fills("Not in this Slack", "Jane Doe (Acme)").fills("Which day?", "2026-05-21").fills(
        "At what time?", "15:00"
    )
    alice.submits()
    until(6, 5)
    # Friday and Saturday are off, and Monday the 25th is Memorial Day.
    assert came(alice) == ["Thu 21 May 15:00", "Sun 24 May 15:00", "Wed 27 May 15:00", "Tue 02 Jun 15:00"]


def test_follow_ups_wait_for_a_pause_and_what_the_member_set_does_not(
    alice: Person, until: Callable[..., None]
) -> None:
    alice.types(RFP)
    alice.types("/network pause until 2026-03-10")
    until(3, 20)
    assert came(alice) == ["Tue 03 Mar 15:00", "Tue 10 Mar 09:00", "Thu 12 Mar 15:00"]


def test_follow_ups_move_into_working_hours(alice: Person, until: Callable[..., None]) -> None:
    alice.types("/callback Jane Doe (Acme) tomorrow 8pm about the RFP")
    until(3, 5, 10)
    assert came(alice) == ["Tue 03 Mar 20:00", "Thu 05 Mar 09:00"]


def test_while_somebody_is_not_to_be_disturbed_the_newest_reminder_waits_alone(
    alice: Person, until: Callable[..., None]
) -> None:
    alice.types(RFP)
    until(3, 3, 16)
    alice.acts("dnd", minutes=12 * 24 * 60)
    until(3, 20)
    assert len(notices(alice)) == 2
    assert notices(alice)[1].startswith("Last reminder:")


def test_a_slack_that_was_away_for_three_days_brings_one_message(
    alice: Person, world: World, until: Callable[..., None]
) -> None:
    alice.types(RFP)
    world.ask("manage", {"do": "fault", "what": "refused", "on": "chat.postMessage", "times": None})
    until(3, 6, 16)
    world.ask("manage", {"do": "clear_faults"})
    until(3, 6, 17, by=0.2)
    assert len(notices(alice)) == 1
    assert notices(alice)[0].startswith("Your call to Jane Doe (Acme), about the RFP: keep it, move it or drop it.")


def test_a_repeat_moved_forward_does_not_come_again_on_its_day(alice: Person, until: Callable[..., None]) -> None:
    alice.types("/callback @bob every friday at 9 about the survey")
    alice.types("/callback")
    alice.chooses("Tomorrow")
    until(3, 3, 10)
    alice.clicks("Called back", near="Time to call")
    alice.sees("Next: Fri 13 Mar, 9:00 AM CDT.")


def test_a_changed_hour_keeps_the_days_of_a_repeat(alice: Person, until: Callable[..., None]) -> None:
    alice.types("/callback @bob every other friday at 9 about the survey")
    until(3, 6, 10)
    alice.clicks("Tomorrow")
    alice.types("/callback")
    alice.chooses("Change")
    alice.fills("At what time?", "11:00").submits()
    alice.closes()
    until(3, 9, 12)
    alice.clicks("Called back", near="Time to call")
    alice.sees("Next: Fri 20 Mar, 11:00 AM CDT.")


def test_a_move_east_past_a_repeats_hour_loses_no_day(alice: Person, until: Callable[..., None]) -> None:
    alice.types("/callback @bob every friday at 9 about the survey")
    until(3, 13, 8)
    alice.moves_to("Europe/Stockholm")
    until(3, 13, 12)
    assert came(alice, "Europe/Stockholm")[-1].startswith("Fri 13 Mar 14:")


def test_a_repeat_from_a_form_begins_on_its_first_day(alice: Person) -> None:
    alice.types("/callback")
    alice.clicks("Add a call")
    alice.fills("Not in this Slack", "Jane Doe (Acme)").fills("Which day?", "2026-03-07").fills(
        "At what time?", "15:00"
    )
    alice.fills("Does it repeat?", "Every working day, Mon to Fri").submits()
    alice.sees("Call Jane Doe (Acme): every weekday, next Mon 9 Mar, 3:00 PM CDT")


def test_a_month_without_a_thirty_first_has_a_last_day(alice: Person) -> None:
    alice.types("/callback")
    alice.clicks("Add a call")
    alice.fills("Not in this Slack", "Jane Doe (Acme)").fills("Which day?", "2026-03-31").fills(
        "At what time?", "15:00"
    )
    alice.fills("Does it repeat?", "Every month").submits()
    alice.sees("every month on the last day, next Tue 31 Mar, 3:00 PM CDT")


def test_the_last_day_there_is_is_too_far(alice: Person) -> None:
    alice.types("/callback")
    alice.clicks("Add a call")
    alice.fills("Not in this Slack", "Jane Doe (Acme)").fills("Which day?", "9999-12-31").fills(
        "At what time?", "23:59"
    )
    alice.submits()
    alice.sees("That is more than three years away.")
