"""Views: opened, pushed, changed, filled in, submitted and closed."""

from typing import Any

import pytest

from tests.playground.conftest import Pretend, buttons, field, modal, text


def opened(pretend: Pretend, view: dict[str, Any] | None = None, who: str = "U1") -> dict[str, Any]:
    answer = pretend.call("views.open", trigger_id=pretend.trigger(who), view=view or modal())
    assert answer["ok"], answer
    shown: dict[str, Any] = answer["view"]
    return shown


def option(value: str) -> dict[str, Any]:
    return {"text": text(value.title()), "value": value}


def test_a_trigger_opens_one_form_for_the_one_who_gave_it(pretend: Pretend) -> None:
    opened(pretend, who="U2")
    assert [one["callback_id"] for one in pretend.sees("U2")["modals"]] == ["form"]
    assert pretend.sees("U1")["modals"] == []


def test_a_trigger_works_once_within_three_seconds(pretend: Pretend) -> None:
    trigger, late = pretend.trigger(), pretend.trigger()
    assert pretend.call("views.open", trigger_id=trigger, view=modal())["ok"]
    assert pretend.call("views.open", trigger_id=trigger, view=modal())["error"] == "exchanged_trigger_id"
    assert pretend.call("views.open", trigger_id="7", view=modal())["error"] == "invalid_trigger_id"
    pretend.move(seconds=3.1)
    assert pretend.call("views.open", trigger_id=late, view=modal())["error"] == "expired_trigger_id"


def test_a_wrong_form_is_refused_and_its_trigger_still_good(pretend: Pretend) -> None:
    trigger = pretend.trigger()
    answer = pretend.call("views.open", trigger_id=trigger, view=modal(title=text("x" * 25)))
    assert answer["error"] == "invalid_arguments"
    assert "/view/title" in answer["response_metadata"]["messages"][0]
    assert pretend.call("views.open", trigger_id=trigger, view=modal())["ok"]


def test_a_form_of_more_than_250_kilobytes_is_too_large(pretend: Pretend) -> None:
    huge = modal(private_metadata="x" * 250_000)
    assert pretend.call("views.open", trigger_id=pretend.trigger(), view=huge)["error"] == "view_too_large"


def test_at_most_three_forms_lie_on_each_other(pretend: Pretend) -> None:
    pressable = modal(buttons(), submit=None, title=text("Top"))
    del pressable["submit"]
    opened(pretend, pressable)
    errors = []
    for _ in range(3):
        top = pretend.sees("U1")["modals"][-1]
        pretend.act("U1", "press", where={"view": top["id"]}, block_id="row", action_id="go")
        trigger = pretend.payloads()[-1]["trigger_id"]
        errors.append(pretend.call("views.push", trigger_id=trigger, view=pressable).get("error"))
    assert errors == [None, None, "push_limit_reached"]
    stack = pretend.slack.workspace().modals["U1"]
    assert stack[1].previous_id == stack[0].id
    assert {one.root_id for one in stack} == {stack[0].id}


def test_a_trigger_from_a_message_pushes_nothing(pretend: Pretend) -> None:
    opened(pretend)
    assert pretend.call("views.push", trigger_id=pretend.trigger(), view=modal())["error"] == "not_found"


def test_an_old_hash_changes_nothing(pretend: Pretend) -> None:
    view = opened(pretend)
    changed = pretend.call("views.update", view_id=view["id"], view=modal(title=text("New")), hash=view["hash"])
    assert changed["ok"]
    again = pretend.call("views.update", view_id=view["id"], view=modal(), hash=view["hash"])
    assert again["error"] == "hash_conflict"
    assert pretend.sees("U1")["modals"][0]["title"]["text"] == "New"
    assert pretend.call("views.update", view_id="V404", view=modal())["error"] == "not_found"


def test_home_is_published_for_one_and_keeps_its_id(pretend: Pretend) -> None:
    home = {"type": "home", "blocks": [buttons()]}
    first = pretend.call("views.publish", user_id="U1", view=home)["view"]
    again = pretend.call("views.publish", user_id="U1", view=home, hash=first["hash"])["view"]
    assert first["id"] == again["id"]
    assert pretend.call("views.publish", user_id="U1", view=home, hash=first["hash"])["error"] == "hash_conflict"
    assert pretend.sees("U1")["home"]["id"] == first["id"]
    assert pretend.sees("U2")["home"] is None
    assert pretend.call("views.publish", user_id="U1", view=modal())["error"] == "invalid_arguments"


def test_a_submission_carries_what_was_filled_in_and_the_initial_values_of_the_rest(pretend: Pretend) -> None:
    select = {"type": "static_select", "action_id": "kind", "options": [option("advice"), option("news")]}
    view = modal(
        field({"type": "plain_text_input", "action_id": "words", "initial_value": "as it was"}, "one"),
        field(select | {"initial_option": option("news")}, "two"),
        field({"type": "multi_users_select", "action_id": "who"}, "three"),
        field({"type": "datetimepicker", "action_id": "when"}, "four"),
    )
    shown = opened(pretend, view)
    values = {"three": {"who": ["U2", "U3"]}, "four": {"when": 1772474400}}
    pretend.act("U1", "submit", view=shown["id"], values=values)
    payload = pretend.payloads()[-1]
    assert payload["type"] == "view_submission"
    assert payload["view"]["state"]["values"] == {
        "one": {"words": {"type": "plain_text_input", "value": "as it was"}},
        "two": {"kind": {"type": "static_select", "selected_option": option("news")}},
        "three": {"who": {"type": "multi_users_select", "selected_users": ["U2", "U3"]}},
        "four": {"when": {"type": "datetimepicker", "selected_date_time": 1772474400}},
    }
    assert pretend.sees("U1")["modals"] == []


@pytest.mark.parametrize(
    ("element", "value", "fault"),
    [
        ({"type": "plain_text_input"}, "", "Please complete this required field."),
        ({"type": "plain_text_input", "min_length": 3}, "ab", "This must be at least 3 characters."),
        ({"type": "plain_text_input", "max_length": 3}, "abcd", "This must be at most 3 characters."),
        ({"type": "email_text_input"}, "nobody", "Please enter a valid email address."),
        ({"type": "url_text_input"}, "nowhere", "Please enter a valid URL."),
        ({"type": "number_input", "is_decimal_allowed": True}, "many", "Please enter a number."),
        ({"type": "users_select"}, None, "Please complete this required field."),
        ({"type": "multi_users_select"}, [], "Please complete this required field."),
    ],
)
def test_what_slack_itself_refuses_does_not_reach_the_bot(
    pretend: Pretend, element: dict[str, Any], value: object, fault: str
) -> None:
    shown = opened(pretend, modal(field(element | {"action_id": "words"})))
    answer = pretend.act("U1", "submit", view=shown["id"], values={"field": {"words": value}})
    assert (answer["status"], answer["errors"]) == ("none", {"field": fault})
    assert pretend.sees("U1")["modals"][0]["errors"] == {"field": fault}
    assert pretend.heard == []


def test_an_optional_field_may_stay_empty(pretend: Pretend) -> None:
    element = {"type": "plain_text_input", "action_id": "words", "min_length": 3}
    shown = opened(pretend, modal(field(element, optional=True)))
    assert pretend.act("U1", "submit", view=shown["id"])["status"] == "acked"


def test_the_answer_to_a_submission_does_what_it_asks_for(pretend: Pretend) -> None:
    filled = {"field": {"words": "x"}}
    shown = opened(pretend)

    def submit(answer: object) -> list[str]:
        pretend.answers = lambda _: answer
        view_id = pretend.sees("U1")["modals"][-1]["id"]
        pretend.act("U1", "submit", view=view_id, values=filled)
        return [one["title"]["text"] for one in pretend.sees("U1")["modals"]]

    assert submit({"response_action": "errors", "errors": {"field": "No."}}) == ["Form"]
    assert pretend.sees("U1")["modals"][0]["errors"] == {"field": "No."}
    assert submit({"response_action": "update", "view": modal(title=text("Changed"))}) == ["Changed"]
    assert pretend.sees("U1")["modals"][0]["id"] == shown["id"]
    assert submit({"response_action": "push", "view": modal(title=text("On top"))}) == ["Changed", "On top"]
    assert submit(None) == ["Changed"]
    assert submit({"response_action": "push", "view": modal(title=text("On top"))}) == ["Changed", "On top"]
    assert submit({"response_action": "clear"}) == []


def test_a_wrong_view_in_an_answer_is_said_to_the_person_and_the_form_stays(pretend: Pretend) -> None:
    shown = opened(pretend)
    pretend.answers = lambda _: {"response_action": "update", "view": {"type": "modal"}}
    pretend.act("U1", "submit", view=shown["id"], values={"field": {"words": "x"}})
    assert len(pretend.sees("U1")["modals"]) == 1
    assert "invalid_arguments" in pretend.sees("U1")["notices"][0]["text"]


def test_a_submission_nobody_acks_leaves_the_form_open(pretend: Pretend) -> None:
    shown = opened(pretend)
    pretend.answers = None
    answer = pretend.act("U1", "submit", view=shown["id"], values={"field": {"words": "x"}})
    pretend.move(seconds=3)
    pretend.slack.deliveries.expire()
    assert answer["status"] == "timeout"
    assert len(pretend.sees("U1")["modals"]) == 1
    assert pretend.sees("U1")["notices"]


def test_what_was_filled_in_stays_when_the_bot_changes_the_form_around_it(pretend: Pretend) -> None:
    view = modal(field({"type": "plain_text_input", "action_id": "words"}), buttons(block_id="row"))
    shown = opened(pretend, view)
    where = {"view": shown["id"]}
    pretend.act("U1", "press", where=where, block_id="row", action_id="go", values={"field": {"words": "kept"}})
    assert pretend.payloads()[-1]["view"]["state"]["values"]["field"]["words"]["value"] == "kept"
    changed = pretend.call("views.update", view_id=shown["id"], view=view | {"title": text("New")})
    assert changed["view"]["state"]["values"]["field"]["words"]["value"] == "kept"


def test_only_the_form_on_top_can_be_used(pretend: Pretend) -> None:
    below = opened(pretend, modal(field({"type": "plain_text_input", "action_id": "words"}), buttons()))
    pretend.answers = lambda _: {"response_action": "push", "view": modal()}
    pretend.act("U1", "submit", view=below["id"], values={"field": {"words": "x"}})
    for do, what in (("submit", {"view": below["id"]}), ("close", {"view": below["id"]})):
        with pytest.raises(Exception, match="not on top"):
            pretend.act("U1", do, **what)
    with pytest.raises(Exception, match="not on top"):
        pretend.act("U1", "press", where={"view": below["id"]}, block_id="row", action_id="go")


def test_closing_is_told_only_to_a_bot_that_asked_for_it(pretend: Pretend) -> None:
    pretend.act("U1", "close", view=opened(pretend)["id"])
    assert pretend.heard == []
    pretend.act("U1", "close", view=opened(pretend, modal(notify_on_close=True))["id"])
    (payload,) = pretend.payloads()
    assert (payload["type"], payload["is_cleared"]) == ("view_closed", False)
    assert pretend.sees("U1")["modals"] == []


def test_each_person_has_forms_of_their_own(pretend: Pretend) -> None:
    mine, theirs = opened(pretend, who="U1"), opened(pretend, who="U2")
    pretend.act("U1", "close", view=mine["id"])
    assert [one["id"] for one in pretend.sees("U2")["modals"]] == [theirs["id"]]
    with pytest.raises(Exception, match="not on top"):
        pretend.act("U1", "submit", view=theirs["id"])


def test_an_external_id_names_one_view_only(pretend: Pretend) -> None:
    opened(pretend, modal(external_id="mine"))
    assert pretend.call("views.update", external_id="mine", view=modal(external_id="mine"))["ok"]
    home = {"type": "home", "external_id": "mine", "blocks": [buttons()]}
    twice = pretend.call("views.publish", user_id="U1", view=home)
    assert twice["error"] == "duplicate_external_id"


def test_a_field_of_a_form_tells_the_bot_only_with_dispatch_action(pretend: Pretend) -> None:
    element = {"type": "plain_text_input", "action_id": "words"}
    view = modal(field(element, "quiet"), field(element, "loud", dispatch_action=True))
    where = {"view": opened(pretend, view)["id"]}
    quiet = pretend.act("U1", "press", where=where, block_id="quiet", action_id="words", picked="x")
    loud = pretend.act("U1", "press", where=where, block_id="loud", action_id="words", picked="y")
    assert (quiet["status"], loud["status"]) == ("none", "acked")
    assert pretend.payloads()[0]["actions"][0]["value"] == "y"
