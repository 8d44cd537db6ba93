"""One's own network: how many ties on Home, and the picture in one's own DM."""

from tests.conversation import Person
from tests.features.introducing import Until, home


def test_a_tie_is_help_that_both_agreed_on(alice: Person, bob: Person, carol: Person, until: Until) -> None:
    assert "My network: it begins with the first help you and somebody else agree on." in home(alice)
    alice.types("/give @bob the airport RFP went out today")
    alice.types("/give @carol ideas for the facade")
    assert "My network: it begins" in home(alice)
    bob.clicks("Thanks, it helped")
    assert "My network: 1 tie, 1 new" in home(alice)
    assert "My network: 1 tie, 1 new" in home(bob)
    until(4, 2, 12, by=24)
    alice.types("/thanks @carol for the facade")
    assert "My network: 2 ties, 1 new" in home(alice)
    bob.types("/network leave")
    assert "My network: 1 tie, 1 new" in home(alice)


def test_those_introduced_have_a_tie_once_one_says_they_met(
    open_chat: None, alice: Person, bob: Person, carol: Person, until: Until
) -> None:
    assert "My network: 1 tie, 1 new" in home(bob), "Alice introduced him, and both agreed on it"
    until(3, 9, 12)
    carol.clicks("Met")
    assert "My network: 2 ties, 2 new" in home(bob)


def test_the_picture_comes_to_ones_own_dm_and_nowhere_else(alice: Person, bob: Person) -> None:
    alice.types("/give @bob the airport RFP went out today")
    bob.clicks("Thanks, it helped")
    alice.opens_home()
    alice.clicks("Send me the picture")
    alice.sees("On its way to our conversation. Only you get it.")
    pictures = [file for one in alice.messages() for file in one.get("files", [])]
    assert [one["name"] for one in pictures] == ["network.png"]
    assert [file for one in bob.messages() for file in one.get("files", [])] == []
