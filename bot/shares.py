"""Sharing news: one member sends another something that a feed brought, in their own name; that is a good turn like others.

Until they choose otherwise, members get news from those alone with whom they have an act that both agreed on.
"""

from datetime import datetime

from bot import acts, items, kinds, ledger, members
from bot.errors import Mistake, Stale
from bot.share_errors import HasIt, TakesNoNews, TooLongALine
from storage import inbox, nudges, shares, ties
from storage import items as stored
from storage import members as people
from storage.database import Session
from storage.tables import Item, Member

MOST_CHARACTERS = 200  # of a member's own line


def about(item_id: str, other_id: str) -> str:
    """Returns by what an item and the one it is for are known together."""
    return f"{item_id}:{other_id}"


def find(session: Session, actor: Member, subject: str, *, hold: bool = False) -> tuple[Item, Member]:
    """Returns the news and the member it is for, whom the actor may send it to now.

    Raises Stale for what is not there, TakesNoNews or HasIt where it is not to be sent, and what keeps a person from being
    named in an act.
    """
    members.require("share news", actor)
    item_id, _, other_id = subject.partition(":")
    item = stored.find(session, actor.team_id, item_id, hold=hold)
    other = people.by_id(session, actor.team_id, [other_id]).get(other_id)
    if item is None or item.kind != "news" or other is None or other.id == actor.id:
        raise Stale
    if not items.is_offered(session, item):
        raise Stale
    members.welcome(other)
    if not takes_news_from(session, other, actor):
        raise TakesNoNews(other.name)
    if (other.id, item.id) in shares.had(session, actor.team_id, [other.id], item.found_at - items.KEEP):
        raise HasIt(other.name)
    return item, other


def can_be_sent(session: Session, actor: Member, subject: str) -> bool:
    """Says whether the actor may send this now."""
    try:
        find(session, actor, subject)
    except Mistake:
        return False
    return True


def send(session: Session, actor: Member, subject: str, line: str, now: datetime, key: str) -> ledger.Recorded:
    """Records timely information for a member, which sends them the news with the actor's own line, if there is one.

    Raises what `find` and `acts.record` do, and TooLongALine; nothing is written then.
    """
    earlier = inbox.result_of(session, actor.team_id, key)
    if earlier is not None:
        return acts.recall(session, actor, earlier)
    if len(line) > MOST_CHARACTERS:
        raise TooLongALine(len(line), MOST_CHARACTERS)
    item, other = find(session, actor, subject, hold=True)
    said = acts.Statement("gave", [other], words(item, line), kinds.INFORMATION, source=shares.SOURCE, about=item.id)
    return acts.record(session, actor, said, now, key)


def words(item: Item, line: str) -> str:
    """Returns what somebody reads to whom news are sent: the sender's own line, and the title."""
    title = item.title[: acts.MOST_CHARACTERS - MOST_CHARACTERS - 1]
    return f"{line}\n{title}" if line else title


def takes_news_from(session: Session, member: Member, other: Member) -> bool:
    """Says whether a member takes news from another."""
    allowed = nudges.settings(session, member.team_id, member.id).news_from
    if allowed == "ties":
        return other.id in ties.helped_each_other(session, member.team_id, member.id, [other.id])
    return allowed == "everybody"
