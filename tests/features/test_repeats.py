"""The same act twice, and as many acts as a day holds."""

from tests.conversation import Person, World

RFP = "the airport RFP went out today"


def test_the_same_act_twice_asks_and_records_only_when_told(alice: Person, bob: Person, world: World) -> None:
    alice.types(f"/give @bob {RFP}")
    world.now.move(minutes=4)
    alice.types(f"/give @bob {RFP}")
    alice.sees("Record it again?", "4 minutes ago", "Nothing new is recorded until you choose.")
    assert len(bob.from_the_bot()) == 1
    alice.clicks("Record it again")
    assert len(bob.from_the_bot()) == 2


def test_once_is_right(alice: Person, bob: Person) -> None:
    alice.types(f"/give @bob {RFP}")
    alice.types(f"/give @bob {RFP}")
    alice.clicks("Once is right")
    alice.sees("Left at once.")
    assert len(bob.from_the_bot()) == 1


def test_the_same_act_after_ten_minutes_is_recorded(alice: Person, bob: Person, world: World) -> None:
    alice.types(f"/give @bob {RFP}")
    world.now.move(minutes=11)
    alice.types(f"/give @bob {RFP}")
    alice.does_not_see("Record it again?")
    assert len(bob.from_the_bot()) == 2


def test_a_day_holds_thirty(alice: Person, bob: Person, world: World) -> None:
    for number in range(30):
        alice.types(f"/give @bob {RFP}, part {number}")
    alice.types(f"/give @bob {RFP}, one more")
    alice.sees("That makes 30 good turns today", "This one fits tomorrow.", f"{RFP}, one more", "Nothing was recorded.")
    assert len(bob.from_the_bot()) == 30
    world.now.move(days=1)
    alice.types(f"/give @bob {RFP}, the next day")
    assert len(bob.from_the_bot()) == 31
