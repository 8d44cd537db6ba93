"""Reads what members type: mentions, names of people outside Slack, and the words that remain. Knows Slack's escapes."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from bot.errors import Mistake, NotAMention, NotAName, NotOnePerson
from bot.kinds import read_kind
from bot.ledger import Outsider

_MENTION = re.compile(r"<@([UW][A-Z0-9]+)(?:\|([^>]{0,200}))?>")
_GROUP = re.compile(
    r"<!(?:subteam\^[A-Z0-9]+(?:\|@?([^>]{0,200}))?|(channel|here|everyone)(?:\|[^>]{0,200})?)>|<#?(C[A-Z0-9]+)(?:\|([^>]{0,200}))?>"
)
_LINK = re.compile(r"<((?:https?|mailto|tel):[^|>]*)(?:\|([^>]{0,200}))?>")
_TYPED_NAME = re.compile(r"(?<![\w.+\-])@[\w.\-]+")  # not the second half of an e-mail address
_COMMA = re.compile(r"[,;\n](?![^()]*\))")  # but not within parentheses: Jane Doe (Acme, Inc.)
_BETWEEN = re.compile(r"(?:[\s,;:]|&amp;|&|and\b)*")
_BEFORE_WORDS = re.compile(r"(?:[\s,;]|:(?![\w+\-']+:))*")  # a colon, unless an emoji begins with it
# A name written out has capitals, or letters that know none, with small words such as "van" between them.
_NAME = r"(?:(?:[^\W\d_a-z]|[^\W\d_](?=['’]))[^\s()<>,;:@]*|de|da|der|den|van|von|la|le|bin|al|el|of)"
_OUTSIDER = re.compile(rf"({_NAME}(?: {_NAME}){{0,4}}) ?\(([^()<>]{{1,60}})\)")


@dataclass(frozen=True)
class Reading:
    """What a text said: Slack ids of the members named, people outside Slack, the kind if one was said, and the words.

    `trouble` is a name in it that is nobody's; the rest is read as if it were not there.
    """

    slack_ids: list[str]
    outsiders: list[Outsider]
    kind: str | None
    words: str
    trouble: Mistake | None = None

    @property
    def mentioned(self) -> list[str]:
        """Slack ids of people who are mentioned within the words."""
        return mentioned_in(self.words)

    def words_with(self, names: Mapping[str, str]) -> str:
        """Returns the words with mentions in them written as names."""
        return plain_words(self.words, names)


def read_statement(text: str) -> Reading:
    """Reads a statement such as `advice @ana @raj how to price the survey`.

    The people are those named at its beginning; without any there, every member mentioned in it. Trouble is a typed @name that
    Slack did not turn into a mention, and a group or a channel in the place of a person.
    """
    rest, kind = _take_kind(_strip(text), None)
    slack_ids, outsiders, rest, trouble = take_people(rest)
    if kind is None and (slack_ids or outsiders):
        rest, kind = _take_kind(rest, kind, marked=":")
    if not slack_ids and not outsiders and trouble is None:
        slack_ids = mentioned_in(rest)
        if not slack_ids:
            trouble = _trouble_in(rest)
    return Reading(list(dict.fromkeys(slack_ids)), list(dict.fromkeys(outsiders)), kind, rest, trouble)


def take_people(text: str) -> tuple[list[str], list[Outsider], str, Mistake | None]:
    """Takes the people named at the beginning off a text: Slack ids, people outside Slack, the rest, and trouble if any."""
    slack_ids: list[str] = []
    outsiders: list[Outsider] = []
    trouble: Mistake | None = None
    rest = text
    while True:
        begun = slack_ids or outsiders or trouble
        between = _BETWEEN.match(rest)[0] if begun else ""  # type: ignore[index]  # it matches nothing too
        ahead = rest[len(between) :]
        if mention := _MENTION.match(ahead):
            slack_ids.append(mention[1])
            rest = ahead[mention.end() :]
        elif (outsider := _OUTSIDER.match(ahead)) and _may_follow(begun, between, outsider[1]):
            outsiders.append(Outsider(_strip(unescape_slack(outsider[1])), _strip(unescape_slack(outsider[2]))))
            rest = ahead[outsider.end() :]
        elif nobody := _GROUP.match(ahead) or _TYPED_NAME.match(ahead):
            trouble = trouble or _trouble_in(nobody[0])
            rest = ahead[nobody.end() :]
        else:
            return slack_ids, outsiders, _BEFORE_WORDS.sub("", rest, count=1).rstrip(), trouble


def mentioned_in(text: str) -> list[str]:
    """Returns the Slack ids of the people mentioned in a text."""
    return [found[1] for found in _MENTION.finditer(text)]


def first_mention(text: str) -> tuple[str, str] | None:
    """Returns the Slack id of the first person mentioned in a text, and the text without that mention."""
    found = _MENTION.search(text)
    return None if found is None else (found[1], f"{text[: found.start()]} {text[found.end() :]}".strip())


def mentioned_handles(text: str) -> dict[str, str]:
    """Returns the handles by which people are mentioned in a text, by Slack id."""
    return {found[1]: found[2] for found in _MENTION.finditer(text) if found[2]}


def read_outsiders(text: str) -> list[Outsider]:
    """Reads names of people outside Slack from a form's field: one, or several with commas between them.

    Raises NotAName for a part that is neither `Name` nor `Name (Company)`.
    """
    found = []
    for part in filter(None, map(str.strip, _COMMA.split(text))):
        match = re.fullmatch(r"([^()]{1,80}?)\s*(?:\(([^()]{1,60})\))?", part)
        if match is None:
            raise NotAName(part)
        found.append(Outsider(match[1], (match[2] or "").strip()))
    return list(dict.fromkeys(found))


def plain_words(text: str, names: Mapping[str, str] | None = None) -> str:
    """Returns Slack's escaped text as a member would read it: names, addresses and & < > as themselves."""
    known = names or {}
    text = _MENTION.sub(lambda found: "@" + (known.get(found[1]) or found[2] or "someone"), text)
    text = _GROUP.sub(lambda found: _group_name(found), text)
    text = _LINK.sub(lambda found: found[2] or found[1].removeprefix("mailto:").removeprefix("tel:"), text)
    return unescape_slack(text).strip()


def unescape_slack(text: str) -> str:
    """Undoes Slack's three escapes, and no other."""
    return text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")


def _may_follow(others: object, between: str, name: str) -> bool:
    """Says whether a name can be one more person: `@ana RFP (airport)` is about an RFP, `@ana Jane Doe (Acme)` names two."""
    return not others or bool(between.strip()) or " " in name


def _take_kind(text: str, kind: str | None, marked: str = "") -> tuple[str, str | None]:
    """Takes the kind off the beginning; behind the names it must be marked by a colon, as words may begin with it."""
    first, _, rest = text.partition(" ")
    found = read_kind(first) if first.endswith(marked) else None
    return (rest.strip(), found) if found else (text, kind)


def _trouble_in(text: str) -> Mistake | None:
    if group := _GROUP.search(text):
        return NotOnePerson(_group_name(group))
    typed = _TYPED_NAME.search(text)
    return NotAMention(typed[0]) if typed else None


def _group_name(found: re.Match[str]) -> str:
    if found[3]:
        return "#" + (found[4] or "a channel")
    return "@" + (found[2] or found[1] or "a group")


def _strip(text: str) -> str:
    return " ".join(text.split()) if "\n" not in text else text.strip()
