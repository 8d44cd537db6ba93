"""Only those allowed can act on a thing: forged, foreign, missing, huge and wrong-typed values change nothing."""

from typing import Any

import pytest
from sqlalchemy import text

from app import GoodTurn
from tests.cast import CAST
from tests.conversation import Person, World

ON_AN_ACT = ["acts.thank", "acts.unthank", "acts.word", "acts.fix", "acts.remove", "acts.private"]
ON_A_STATEMENT = ["acts.undo", "acts.edit", "acts.kind"]


def _everything(bot: GoodTurn) -> dict[str, list[Any]]:
    with bot.database.engine.connect().execution_options(across_workspaces=True) as connection:
        return {
            table: [tuple(row) for row in connection.execute(text(f"SELECT * FROM {table} ORDER BY 1, 2"))]
            for table in ("acts", "marks", "outbox", "workspaces")
        }


def _ids(bot: GoodTurn) -> tuple[str, str]:
    acts = _everything(bot)["acts"]
    return str(acts[0][2]), str(acts[0][3])


@pytest.mark.parametrize("actor", ["eve", "dan", "kim", "stella", "builder"])
def test_nobody_acts_on_what_is_not_theirs(alice: Person, bot: GoodTurn, world: World, actor: str) -> None:
    alice.types("/give @bob the airport RFP")
    said_id, root_id = _ids(bot)
    before = _everything(bot)
    for action in ON_AN_ACT + ON_A_STATEMENT:
        status, _ = world.forge(actor, action, said_id if action in ON_A_STATEMENT else root_id)
        assert status == 200
        assert _everything(bot) == before, action


def test_the_one_told_may_not_act_as_the_one_who_recorded(alice: Person, bot: GoodTurn, world: World) -> None:
    alice.types("/give @bob the airport RFP")
    before = _everything(bot)
    for action in ON_A_STATEMENT:
        world.forge("bob", action, _ids(bot)[0])
        assert _everything(bot) == before, action


def test_the_one_who_recorded_may_not_answer_for_the_other(alice: Person, bot: GoodTurn, world: World) -> None:
    alice.types("/give @bob the airport RFP")
    before = _everything(bot)
    for action in ("acts.thank", "acts.unthank", "acts.word", "acts.fix", "acts.remove"):
        world.forge("alice", action, _ids(bot)[1])
        assert _everything(bot) == before, action


TAMPERED: list[Any] = ["", "nothing", "x" * 2000, None, 7, ["a"], {"a": "b"}, "' OR 1=1 --", "\x00"]


@pytest.mark.parametrize("action", [*ON_AN_ACT, *ON_A_STATEMENT, "acts.again", "acts.outside", "no.such.button"])
def test_a_tampered_value_changes_nothing(alice: Person, bot: GoodTurn, world: World, action: str) -> None:
    alice.types("/give @bob the airport RFP")
    before = _everything(bot)
    for value in TAMPERED:
        status, _ = world.forge("bob", action, value)
        assert status == 200, value
        assert _everything(bot) == before, value


def test_an_id_of_another_workspace_is_answered_like_one_that_is_not_there(
    alice: Person, bot: GoodTurn, world: World
) -> None:
    alice.types("/give @bob the airport RFP")
    before = _everything(bot)
    user = {"id": CAST["bob"]["id"], "team_id": "T2"}
    world.forge("bob", "acts.thank", _ids(bot)[1], team={"id": "T2"}, user=user)
    after = _everything(bot)
    assert [row for row in after["acts"] if row[0] == "T1"] == before["acts"]
    assert after["marks"] == before["marks"]


def test_only_admins_change_the_workspace(bot: GoodTurn, alice: Person, world: World) -> None:
    alice.types("/give @bob the airport RFP")
    before = _everything(bot)["workspaces"]
    state = {"values": {"emoji": {"emoji": {"type": "plain_text_input", "value": "pray"}},
                        "introductions_a_month": {"introductions_a_month": {"type": "plain_text_input", "value": "4"}},
                        "acts_a_day": {"acts_a_day": {"type": "plain_text_input", "value": "1"}}}}  # fmt: skip
    view = {
        "id": "V1",
        "hash": "1",
        "type": "modal",
        "callback_id": "home.workspace_chosen",
        "state": state,
        "blocks": [],
    }
    for actor, changes in (("alice", False), ("dan", True)):
        world.forge(actor, "", "", type="view_submission", view=view | {"id": f"V{actor}"})
        assert (_everything(bot)["workspaces"] != before) is changes
