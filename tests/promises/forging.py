"""Forged requests of every kind that is heard: made after the real screens of the golden files, with any ids and values."""

import json
import random
import urllib.parse
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from handlers.routes import Routes
from tests.promises import deliveries
from tests.promises.deliveries import Signed

GOLDEN = Path(__file__).parent.parent / "views" / "golden"
Json = dict[str, Any]
WHERE = ("ephemeral", "posted", "home", "modal")
DAYS = ("2026-03-03", "2026-03-06", "2027-12-31", "2020-01-01")
WALLS = ("00:00", "09:30", "15:00", "23:59")
TYPED = (
    "", "help", "list", "settings", "export", "delete", "leave", "back", "preview", "why", "me", "pause until friday",
    "the airport RFP", "Jane Doe (Acme) a tour", "tomorrow 3pm about the survey", "advice", "5", "pray", "Sweden",
    "mass timber, estimating", "https://example.org/feed",
)  # fmt: skip


@dataclass
class Forger:
    """Makes requests of these people about these ids, by chance; `odd` gives what stands where something else should."""

    chance: random.Random
    routes: Routes
    people: Sequence[str]
    ids: Sequence[str]
    channels: Sequence[str]
    odd: Callable[[], Any] | None = None
    last: str = field(default="", init=False)

    def any(self) -> Signed:
        """Makes a request of any kind."""
        table = self.chance.choice(TABLES)
        return self.one(table, self.chance.choice(list(getattr(self.routes, table))))

    def one(self, table: str, name: str) -> Signed:
        """Makes a request that is heard under this name."""
        self.last = name
        who = self.chance.choice(self.people)
        forge: Callable[[str, str], Signed] = getattr(self, f"_of_{table}")
        return forge(who, name)

    def _of_commands(self, who: str, name: str) -> Signed:
        return deliveries.command(who, self._text(), name)

    def _of_buttons(self, who: str, name: str) -> Signed:
        element, block_id = self.chance.choice(elements().get(name) or [({"type": "button"}, "b")])
        action = {"action_id": name, "action_ts": "1.2", "block_id": block_id or "b", "type": element["type"]}
        if element["type"] == "button":
            action["value"] = self._id(element.get("value"))
        else:
            action |= self._held(element)
            action["block_id"] = self._id(action["block_id"])
        where = self.chance.choice(WHERE)
        made = deliveries.press(who, name, "", where="home" if where in ("home", "modal") else where)
        body: Json = {"actions": [action], "state": {"values": self._values(name)}}
        if where == "modal":
            body["view"] = {"id": f"V{self.chance.random()}", "type": "modal", "private_metadata": self._id("")}
        return made.with_payload(lambda payload: payload | body)

    def _of_forms(self, who: str, name: str) -> Signed:
        shown = self.chance.choice(forms()[name])
        made = deliveries.form(who, name, self._id(shown.get("private_metadata")))
        state = {
            "values": {
                one["block_id"]: {one["element"]["action_id"]: self._held(one["element"])} for one in _inputs(shown)
            }
        }
        return made.with_payload(
            lambda payload: payload | {"view": shown | payload["view"] | {"state": state, "blocks": shown["blocks"]}}
        )

    def _of_shortcuts(self, who: str, name: str) -> Signed:
        made = deliveries.shortcut(who, self._text(), self._person())
        return made.with_payload(lambda payload: payload | {"callback_id": name})

    def _of_events(self, who: str, name: str) -> Signed:
        stamp = f"17724636{self.chance.randrange(100):02}.{self.chance.randrange(10**6):06}"
        if name.startswith("reaction"):
            item = {"type": "message", "channel": self._channel(), "ts": self.chance.choice(("1.1", "2.2", stamp))}
            return deliveries.event(who, name, reaction="pray", item=item, item_user=self._person(), event_ts=stamp)
        if name == "user_change":
            facts = {
                "tz": "Asia/Tokyo",
                "updated": 1772463700,
                "deleted": False,
                "profile": {"display_name": self._text()},
            }
            return deliveries.event(who, name, user={"id": self._person(), **facts})
        if name in (
            "app_uninstalled",
            "tokens_revoked",
        ):  # the end of the workspace itself, of which there are other tests
            return deliveries.event(who, "message", channel_type="channel", text=self._text(), channel=self._channel())
        told = {
            "channel": self._channel(),
            "channel_type": "im",
            "text": self._text(),
            "tab": "home",
            "inviter": self._person(),
        }
        return deliveries.event(self._person(), name, event_ts=stamp, **told)

    def _values(self, name: str) -> Json:
        """Returns what stands in the fields beside a button, which some read."""
        beside = [
            one
            for other in sorted(elements())
            if other.split(".")[0] == name.split(".")[0]
            for one in elements()[other]
        ]
        picks = [one for one, _ in beside if one["type"] in ("datepicker", "timepicker", "static_select")][:6]
        return {f"b{number}": {one["action_id"]: self._held(one)} for number, one in enumerate(picks)}

    def _held(self, element: Mapping[str, Any]) -> Json:
        """Returns the state of a field, of its own kind."""
        kind, options = element["type"], element.get("options") or [{"value": "none"}]
        kinds: dict[str, Callable[[], Json]] = {
            "plain_text_input": lambda: {"value": self._text()},
            "users_select": lambda: {"selected_user": self._person()},
            "multi_users_select": lambda: {"selected_users": [self._person() for _ in range(self.chance.randrange(4))]},
            "conversations_select": lambda: {"selected_conversation": self._channel()},
            "datepicker": lambda: {"selected_date": self.chance.choice(DAYS)},
            "timepicker": lambda: {"selected_time": self.chance.choice(WALLS)},
            "static_select": lambda: {"selected_option": self._option(options)},
            "radio_buttons": lambda: {"selected_option": self._option(options)},
            "checkboxes": lambda: {"selected_options": [self._option(options)]},
            "multi_static_select": lambda: {"selected_options": [self._option(options)]},
        }
        made = kinds[kind]()
        if self.odd is not None and self.chance.random() < 0.2:
            made[self.chance.choice(list(made))] = self.odd()
        return made

    def _option(self, options: Sequence[Mapping[str, Any]]) -> Json:
        value = self.chance.choice([one["value"] for one in options])
        return {
            "value": self._id("") if self.chance.random() < 0.2 else value,
            "text": {"type": "plain_text", "text": "x"},
        }

    def _id(self, shape: Any) -> Any:
        """Returns an id where one can stand, in the shape that it has there: alone, several, or with what stands beside it."""
        if self.odd is not None and self.chance.random() < 0.2:
            return self.odd()
        if self.chance.random() < 0.1:
            return shape if isinstance(shape, str) else self.chance.choice(("on", "off", "all", "0", "1", ""))
        parts = max(str(shape or "").count(":"), self.chance.choice((0, 0, 0, 0, 1, 2)))
        return ":".join(self.chance.choice((*self.ids, *self.ids, "0", "1")) for _ in range(parts + 1))

    def _text(self) -> str:
        if self.odd is not None and self.chance.random() < 0.3 and isinstance(odd := self.odd(), str):
            return odd
        said = [self.chance.choice(TYPED)]
        for _ in range(self.chance.choice((0, 1, 1, 2))):
            said.insert(0, f"<@{self._person()}>")
        return " ".join(said) if self.chance.random() < 0.9 else f"{' '.join(said)} {self.chance.choice(self.ids)}"

    def _person(self) -> str:
        return self.chance.choice(self.people)

    def _channel(self) -> str:
        return self.chance.choice(self.channels)


TABLES = ("commands", "buttons", "buttons", "buttons", "forms", "forms", "shortcuts", "events")


@cache
def forms() -> Mapping[str, list[Json]]:
    """Returns every form by its name, as often as there are golden files of it."""
    found: dict[str, list[Json]] = {}
    for surface in _surfaces():
        if surface.get("type") == "modal" and surface.get("callback_id"):
            found.setdefault(surface["callback_id"], []).append(surface)
    return found


@cache
def elements() -> Mapping[str, list[tuple[Json, str | None]]]:
    """Returns everything that can be pressed or picked by its name, and the blocks in which it stands."""
    found: dict[str, list[tuple[Json, str | None]]] = {}
    for surface in _surfaces():
        for block in surface.get("blocks") or ():
            for one in [*block.get("elements", ()), block.get("accessory"), block.get("element")]:
                if isinstance(one, dict) and "action_id" in one:
                    found.setdefault(one["action_id"], []).append((one, block.get("block_id")))
    return found


def form_of(request: Signed) -> Json:
    """Returns the payload of an interaction, or the body of an event or a command."""
    if request.body.startswith("{"):
        return dict(json.loads(request.body))
    fields = dict(urllib.parse.parse_qsl(request.body, keep_blank_values=True))
    return dict(json.loads(fields["payload"])) if "payload" in fields else dict(fields)


def _surfaces() -> Iterator[Json]:
    for file in sorted(GOLDEN.glob("*.json")):
        yield from _within(json.loads(file.read_text()))


def _within(value: Any) -> Iterator[Json]:
    if isinstance(value, dict) and "blocks" in value:
        yield value
    elif isinstance(value, dict | list):
        for inner in value.values() if isinstance(value, dict) else value:
            yield from _within(inner)


def _inputs(shown: Mapping[str, Any]) -> list[Json]:
    return [one for one in shown["blocks"] if one["type"] == "input"]
