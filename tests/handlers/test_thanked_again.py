"""Thanks, taken back and given again while the message about them is under way: the helper hears of them once."""

from collections.abc import Callable

import pytest

from tests.conversation import Person
from tests.handlers.mail import Mail

HEARD = "says it helped"


@pytest.fixture
def says(given: Mail) -> Callable[[str], None]:
    """Bob has the quiet message, and presses its buttons while nothing is sent."""
    given.world.settle()
    given.world.now.move(seconds=5)
    root_id = given.row().subject

    def press(button: str) -> None:
        status, said = given.world.forge("bob", button, root_id)
        assert status == 200, said

    return press


def _heard(mail: Mail, who: Person) -> int:
    return sum(HEARD in message["text"] for message in mail.told(who))


def test_thanks_given_again_while_they_go_out_arrive_when_that_try_does_not(
    given: Mail, alice: Person, says: Callable[[str], None]
) -> None:
    def meanwhile() -> None:
        says("acts.unthank")
        says("acts.thank")

    says("acts.thank")
    given.meanwhile = meanwhile
    with given.cut_off():
        given.send()
    given.wait(minutes=30)
    given.wait(days=1)
    assert (given.row(kind="act.thanked").state, _heard(given, alice)) == ("sent", 1)


@pytest.mark.parametrize(
    ("fault", "again", "heard"), [("reset", True, 1), ("reset_delivered", True, 1), ("reset", False, 0)]
)
def test_thanks_given_again_before_it_is_known_whether_they_arrived_are_heard_of_once(
    given: Mail, alice: Person, says: Callable[[str], None], fault: str, again: bool, heard: int
) -> None:
    given.goes_wrong(fault)
    says("acts.thank")
    given.send()
    given.world.now.move(seconds=60)
    says("acts.unthank")
    if again:
        says("acts.thank")
    given.wait(minutes=2)
    given.wait(days=1)
    assert (len(given.rows(kind="act.thanked", verb="post")), _heard(given, alice)) == (1, heard)
