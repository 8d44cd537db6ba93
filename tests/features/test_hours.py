"""Working hours: chosen in a form from Home or `/network settings`, with each mistake under its field."""

import json
from typing import Any

import pytest
from sqlmodel import select

from app import GoodTurn
from storage.tables import Member
from tests.cast import CAST
from tests.conversation import Person, World


def _kept(bot: GoodTurn, who: str = "alice") -> tuple[Any, ...]:
    """Returns what is kept of somebody's hours."""
    with bot.database.reading() as session:
        found = select(Member).where(Member.team_id == "T1", Member.slack_id == CAST[who]["id"])
        member = session.exec(found).one()
        return member.works_from, member.works_until, member.works_on, member.country


def _opens_form(person: Person) -> Person:
    person.opens_home()
    person.clicks("Change", near="Working hours")
    return person


def _sets_country(admin: Person, country: str) -> None:
    admin.opens_home()
    admin.clicks("Change", near="This workspace")
    admin.fills("Country whose holidays hold here", country).submits()
    admin.sees("Saved.")


def test_home_shows_the_hours_that_hold_until_somebody_chooses(alice: Person, carol: Person) -> None:
    alice.opens_home()
    alice.sees("*Working hours:* Mon to Fri, 9:00 AM to 5:00 PM, Chicago")
    carol.opens_home()
    carol.sees("*Working hours:* Mon to Fri, 9:00 AM to 5:00 PM, Stockholm")


def test_a_member_chooses_hours_days_and_country_from_home(alice: Person, bot: GoodTurn) -> None:
    _opens_form(alice)
    alice.sees("Only you see this.")
    alice.fills("Your day starts", "08:30").fills("Your day ends", "16:00")
    alice.fills("On these days", ["Monday", "Wednesday", "Friday"]).fills("Country whose holidays you keep", "sweden")
    alice.submits()
    alice.sees("Saved.", "Mon, Wed and Fri, 8:30 AM to 4:00 PM, Chicago", "*Holidays:* Sweden")
    assert _kept(bot) == (8 * 60 + 30, 16 * 60, "024", "SE")
    alice.closes()
    alice.sees("*Working hours:* Mon, Wed and Fri, 8:30 AM to 4:00 PM, Chicago")


def test_the_form_opens_with_what_holds(alice: Person) -> None:
    _opens_form(alice).fills("Your day starts", "07:15").fills("Country whose holidays you keep", "SE").submits()
    alice.closes()
    _opens_form(alice)
    shown = json.dumps(alice.form()["blocks"])
    assert '"initial_time": "07:15"' in shown
    assert '"initial_time": "17:00"' in shown
    assert '"initial_value": "Sweden"' in shown


def test_network_settings_shows_the_hours_and_leads_to_the_form(alice: Person, bot: GoodTurn) -> None:
    alice.types("/network settings")
    alice.sees(
        "*Working hours:* Mon to Fri, 9:00 AM to 5:00 PM, Chicago", "*Pause:* off.", "Open Home", "Only you see this."
    )
    alice.clicks("Change")
    alice.fills("Your day ends", "15:00").submits()
    alice.sees("9:00 AM to 3:00 PM")
    assert _kept(bot)[1] == 15 * 60


def test_network_settings_shows_a_pause_and_its_end(alice: Person) -> None:
    alice.types("/network pause until friday")
    alice.types("/network settings")
    alice.sees("*Paused until Fri 6 Mar, 9:00 AM CST.*")
    alice.clicks("End it now")
    alice.sees("The pause is over.")


@pytest.mark.parametrize(
    ("label", "value", "field", "sentence"),
    [
        ("Your day ends", "08:00", "ends", "The day ends after it starts."),
        ("Your day ends", "09:00", "ends", "The day ends after it starts."),
        ("Country whose holidays you keep", "Swedn", "country", 'I know no country called "Swedn". Is it Sweden?'),
        ("Country whose holidays you keep", "<!here>", "country", 'I know no country called "<!here>".'),
    ],
)
def test_a_mistake_is_said_under_its_field_and_nothing_is_lost(
    alice: Person, bot: GoodTurn, label: str, value: str, field: str, sentence: str
) -> None:
    before = _opens_form(alice) and _kept(bot)
    alice.fills("On these days", ["Monday"]).fills(label, value).submits()
    assert sentence in alice.form()["errors"][field]
    assert _kept(bot) == before
    alice.fills("Your day ends", "17:30").fills("Country whose holidays you keep", "Sweden").submits()
    alice.sees("Saved.")
    assert _kept(bot) == (9 * 60, 17 * 60 + 30, "0", "SE")


def _forged(world: World, actor: str, **fields: Any) -> tuple[int, str]:
    """Submits the form with these states of its fields, as no client would."""
    given = {
        "starts": {"selected_time": "10:00"},
        "ends": {"selected_time": "11:00"},
        "days": {"selected_options": [{"value": "0"}]},
        "country": {"value": ""},
    } | fields
    view = {
        "id": f"V{actor}", "hash": str(fields), "type": "modal", "callback_id": "hours.chosen",
        "state": {"values": {name: {name: state} for name, state in given.items()}},
        "blocks": [{"type": "input", "block_id": name} for name in given],
    }  # fmt: skip
    return world.forge(actor, "", "", type="view_submission", view=view)


def test_a_week_without_a_day_is_no_week(alice: Person, bot: GoodTurn, world: World) -> None:
    _opens_form(alice)
    status, answer = _forged(world, "alice", days={"selected_options": []})
    assert (status, "On which days do you work?" in answer) == (200, True)
    assert _kept(bot) == (None, None, None, None)
    assert _forged(world, "alice")[0] == 200
    assert _kept(bot) == (600, 660, "0", None)


@pytest.mark.parametrize(
    "fields",
    [
        {"starts": {"selected_time": "soon"}}, {"ends": {"selected_time": ["1"]}}, {"ends": {}}, {"starts": {"value": 7}},
        {"days": {"selected_options": [{"value": "9"}]}}, {"days": {"value": "0"}}, {"country": {"value": 7}},
    ],
)  # fmt: skip
def test_what_no_form_gives_changes_nothing(alice: Person, bot: GoodTurn, world: World, fields: dict[str, Any]) -> None:
    _opens_form(alice)
    assert _forged(world, "alice", **fields)[0] in (200, 401)  # what is of another kind is refused unread
    assert _kept(bot) == (None, None, None, None)


def test_who_has_left_comes_back_first(alice: Person, bot: GoodTurn, world: World) -> None:
    _opens_form(alice).types("/network leave")
    _, answer = _forged(world, "alice")
    assert "Come back first" in answer
    assert _kept(bot) == (None, None, None, None)


def test_hours_are_one_s_own(alice: Person, bob: Person, bot: GoodTurn) -> None:
    bob.opens_home()
    _opens_form(alice).fills("Your day ends", "15:00").submits()
    bob.sees("9:00 AM to 5:00 PM")
    assert _kept(bot, "bob") == (None, None, None, None)


def test_the_workspace_s_country_holds_for_all_who_chose_none(alice: Person, dan: Person, bot: GoodTurn) -> None:
    _sets_country(dan, "Saudi Arabia")
    alice.opens_home()
    alice.sees("Sun to Thu, 9:00 AM to 5:00 PM, Chicago")
    dan.closes()
    dan.opens_home()
    dan.sees("Holidays: Saudi Arabia.")


def test_who_leaves_the_workspace_s_country_as_it_is_follows_it(alice: Person, dan: Person, bot: GoodTurn) -> None:
    _sets_country(dan, "US")
    _opens_form(alice).fills("Your day ends", "15:00").submits()
    assert _kept(bot)[3] is None
    alice.sees("*Holidays:* United States")


def test_who_wants_no_holidays_empties_the_field(alice: Person, dan: Person, bot: GoodTurn) -> None:
    _sets_country(dan, "US")
    _opens_form(alice).fills("Country whose holidays you keep", "").submits()
    assert _kept(bot)[3] == ""
    alice.sees("*Holidays:* none")


def test_an_unknown_country_is_said_to_the_admin_under_its_field(dan: Person) -> None:
    dan.opens_home()
    dan.clicks("Change", near="This workspace")
    dan.fills("Country whose holidays hold here", "Atlantis").submits()
    assert "I know no country" in dan.form()["errors"]["country"]
