"""People who talk to the bot in the pretend Slack: `alice.types("/give @bob ...")`, `bob.clicks("Thanks, it helped")`."""

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from tests.cast import AUSTIN, CAST
from tests.pretend import World

__all__ = ["Person", "World", "person_of", "words"]


@dataclass
class Person:
    """Somebody of the cast, at the keyboard; `team` is their workspace where there are several."""

    world: World
    name: str
    id: str
    filled: dict[str, dict[str, Any]] = field(default_factory=dict)
    picked: dict[str, str] = field(default_factory=dict)
    team: str = ""

    def types(self, text: str, channel: str = AUSTIN) -> dict[str, Any]:
        """Sends a command or a message; `@bob` becomes a mention of Bob."""
        mention = re.sub(r"@([a-z]+)", lambda name: f"<@{CAST[name[1]]['id']}>" if name[1] in CAST else name[0], text)
        return self.acts("say", channel=channel, text=mention)

    def writes_to_the_bot(self, text: str) -> None:
        """Sends a direct message to the bot."""
        bot = self.state()["app"]["bot_user_id"]
        channel = self.acts("dm", user=bot)["channel"]
        self.acts("say", channel=channel, text=text)

    def clicks(self, label: str, near: str = "") -> dict[str, Any]:
        """Presses the newest button of this label; `near` is a text that its message must hold."""
        where, block_id, element = self._find(label, near)
        values, self.picked = {block_id: self.picked}, {}
        press = {"where": where, "block_id": block_id, "action_id": element["action_id"]}
        return self.acts("press", **press, picked=None, values=values)

    def picks(self, action_id: str, value: str) -> "Person":
        """Picks a day or a time in a message; the button beside it sends it."""
        self.picked[action_id] = value
        return self

    def button(self, label: str, near: str = "") -> dict[str, Any]:
        """Returns the newest button of this label, as it stands."""
        return self._find(label, near)[2]

    def uses(self, shortcut: str, message: dict[str, Any], channel: str = AUSTIN) -> None:
        """Uses an entry of a message's menu."""
        offered = {one["name"]: one["callback_id"] for one in self.state()["shortcuts"]}
        self.acts("shortcut", callback_id=offered[shortcut], message={"channel": channel, "ts": message["ts"]})

    def works(self, *, days: Sequence[str], country: str) -> None:
        """Says on which days they work, and in which country."""
        self.types("/network settings")
        self.clicks("Change", near="Working hours")
        self.fills("On these days", list(days)).fills("Country whose holidays you keep", country).submits()
        self.closes()

    def moves_to(self, zone: str) -> None:
        """Is in another zone from now on, and Slack says so."""
        self.world.ask("manage", {"do": "person", "id": self.id, "tz": zone})
        self.world.settle()

    def chooses(self, label: str, near: str = "") -> dict[str, Any]:
        """Picks the entry of this label from the newest menu that has it."""
        for where, block, element in self._elements():
            for option in element.get("options") or []:
                if option["text"]["text"] == label and near in json.dumps(block):
                    press = {"where": where, "block_id": block["block_id"], "action_id": element["action_id"]}
                    return self.acts("press", **press, picked=option["value"])
        raise AssertionError(f"{self.name} finds no menu with {label!r}; there is: {self.text()}")

    def fills(self, label: str, value: Any) -> "Person":
        """Fills the field of this label in the open form; names of the cast stand for people."""
        for block in self.form()["blocks"]:
            if block["type"] == "input" and block["label"]["text"] == label:
                element = block["element"]
                if "users_select" in element["type"]:
                    ids = [CAST[name]["id"] for name in ([value] if isinstance(value, str) else value)]
                    value = ids if element["type"].startswith("multi") else ids[0]
                named = {option["text"]["text"]: option["value"] for option in element.get("options") or []}
                value = [named.get(one, one) for one in value] if isinstance(value, list) else named.get(value, value)
                self.filled.setdefault(block["block_id"], {})[element["action_id"]] = value
                return self
        raise AssertionError(f"no field {label!r} in {self.form()['title']['text']!r}")

    def submits(self) -> dict[str, Any]:
        """Submits the open form with what was filled in."""
        values, self.filled = self.filled, {}
        return self.acts("submit", view=self.form()["id"], values=values)

    def closes(self) -> None:
        """Closes the form, or the answer that took its place."""
        self.acts("close", view=self.form()["id"], all=True)

    def opens_home(self) -> None:
        """Opens the bot's Home."""
        self.acts("open_home")

    def reacts(self, emoji: str, to: dict[str, Any], channel: str = AUSTIN, undo: bool = False) -> None:
        """Puts an emoji on a message, or takes it off."""
        self.acts("unreact" if undo else "react", channel=channel, ts=to["ts"], name=emoji)

    def acts(self, do: str, **what: Any) -> dict[str, Any]:
        """Does something as this person, and lets the bot say what follows from it."""
        answer: dict[str, Any] = self.world.ask("act", {"as": self.id, "do": do, "team": self.team or None, **what})
        assert answer["ok"], answer
        self.world.settle()
        return answer

    def state(self) -> dict[str, Any]:
        """Returns all that this person can see."""
        found: dict[str, Any] = self.world.ask(f"state?as={self.id}" + (f"&team={self.team}" if self.team else ""))
        return found

    def form(self) -> dict[str, Any]:
        """Returns the form that is open."""
        modals = self.state()["modals"]
        assert modals, f"{self.name} has no form open"
        top: dict[str, Any] = modals[-1]
        return top

    def messages(self, channel: str | None = None) -> list[dict[str, Any]]:
        """Returns the messages this person sees, oldest first, in one conversation or in all."""
        rooms = self.state()["conversations"]
        found = [one for room in rooms if channel in (None, room["id"]) for one in room["messages"]]
        return sorted(found, key=lambda message: float(message["ts"]))

    def from_the_bot(self) -> list[dict[str, Any]]:
        """Returns what the bot said to this person, or where this person can read it."""
        return [message for message in self.messages() if message["bot"]]

    def from_the_bot_by_dm(self) -> list[dict[str, Any]]:
        """Returns what the bot posted to this person alone, without what only answered a command."""
        rooms = [room for room in self.state()["conversations"] if room["kind"] == "im"]
        return [one for room in rooms for one in room["messages"] if one["bot"] and not one["ephemeral"]]

    def text(self) -> str:
        """Returns everything the bot shows this person now, as text."""
        state = self.state()
        shown = [*self.from_the_bot(), *state["modals"], state["home"] or {}]
        text = "\n".join(words(one) for one in shown)
        return f"{text}\n{text.replace('*', '').replace('`', '')}"  # with its marks, and as it is read

    def sees(self, *texts: str) -> None:
        """Fails unless all of these are to be seen."""
        shown = self.text()
        for text in texts:
            assert text in shown, f"{self.name} does not see {text!r} in:\n{shown}"

    def does_not_see(self, *texts: str) -> None:
        """Fails if one of these is to be seen."""
        shown = self.text()
        for text in texts:
            assert text not in shown, f"{self.name} sees {text!r} in:\n{shown}"

    def _find(self, label: str, near: str) -> tuple[dict[str, Any], str, dict[str, Any]]:
        found = [
            (where, block, element)
            for where, block, element in self._elements(near)
            if element["type"] == "button" and element["text"]["text"] == label
        ]
        for where, block, element in sorted(found, key=lambda one: near not in json.dumps(one[1])):
            return where, block["block_id"], element
        raise AssertionError(f"{self.name} finds no button {label!r}; there is:\n{self.text()}")

    def _elements(self, near: str = "") -> Iterator[tuple[dict[str, Any], dict[str, Any], dict[str, Any]]]:
        """Yields what can be pressed: in the open form alone if there is one, else in messages, newest first, then on Home."""
        state = self.state()
        surfaces: list[tuple[dict[str, Any], dict[str, Any]]] = []
        if state["modals"]:
            surfaces = [({"view": state["modals"][-1]["id"]}, state["modals"][-1])]
        else:
            for room in state["conversations"]:
                surfaces += [({"message": {"channel": room["id"], "ts": one["ts"]}}, one) for one in room["messages"]]
            surfaces.sort(key=lambda surface: -float(surface[1]["ts"]))
            if state["home"]:
                surfaces.append(({"view": state["home"]["id"]}, state["home"]))
        for where, surface in surfaces:
            if near in words(surface):
                for block in surface.get("blocks") or []:
                    for element in [*block.get("elements", []), *filter(None, [block.get("accessory")])]:
                        if "action_id" in element:
                            yield where, block, element


def person_of(world: World, name: str) -> Person:
    """Returns one of the cast."""
    return Person(world, name, str(CAST[name]["id"]))


def words(surface: dict[str, Any]) -> str:
    """Returns the text of a message or a view: all that is written in its blocks, errors under its fields included."""
    parts: list[str] = []

    def collect(value: Any) -> None:
        if isinstance(value, dict):
            if isinstance(value.get("text"), str):
                parts.append(value["text"])
            for key, inner in value.items():
                if key not in ("text", "user", "private_metadata") or not isinstance(inner, str):
                    collect(inner)
        elif isinstance(value, list):
            for inner in value:
                collect(inner)

    collect({key: surface.get(key) for key in ("title", "text", "blocks", "submit", "close")})
    parts += [str(error) for error in (surface.get("errors") or {}).values()]
    return "\n".join(parts)
