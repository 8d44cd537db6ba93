"""What people say about an act after it was recorded: thank, fix, remove, keep private, share; and the thanks of an emoji."""

from datetime import datetime

from bot import acts as statements
from bot import ledger, members
from bot.acts import Statement
from bot.errors import NoWords, Stale, TooLong
from storage import acts, inbox, outbox, workspaces
from storage import members as people
from storage.acts import Entry
from storage.database import Session
from storage.tables import Member


def find(session: Session, actor: Member, root_id: str, action: str) -> Entry:
    """Returns an act that stands and that the actor may treat so, and holds it; raises Stale for every other."""
    acts.hold(session, actor.team_id, root_id)
    entry = acts.of_root(session, actor.team_id, root_id)
    if entry is None:
        raise Stale
    members.require(action, actor, roles_to(entry, actor))
    if not entry.stands:
        raise Stale
    return entry


def roles_to(entry: Entry, actor: Member) -> set[str]:
    """Returns how a member stands to an act."""
    act = entry.act
    roles = {"helper"} if actor.id == act.helper_id else {"helped"} if actor.id == act.helped_id else set()
    if not roles:
        return {"recorder"} if actor.id == act.recorded_by else {"other"}
    return roles | {"recorder" if actor.id == act.recorded_by else "told"}


def thank(session: Session, actor: Member, root_id: str, now: datetime) -> None:
    """Confirms an act by the thanks of the person helped, and lets the helper hear of it; a second thanks changes nothing."""
    entry = find(session, actor, root_id, "thank")
    if not entry.is_confirmed:
        _mark(session, actor, entry, "thanks", now)
        _tell_helper(session, entry, now)
        _show(session, entry, now)


def take_thanks_back(session: Session, actor: Member, root_id: str, now: datetime) -> None:
    """Takes one's thanks back, if they are there; the act stands, unconfirmed."""
    entry = find(session, actor, root_id, "thank")
    if entry.is_confirmed:
        acts.unmark(session, actor.team_id, entry.act.id, "thanks")
        outbox.cancel(session, actor.team_id, root_id, now, kind="act.thanked")
        _show(session, entry, now)


def add_word(session: Session, actor: Member, root_id: str, words: str, now: datetime) -> None:
    """Adds a word of one's own to one's thanks, for the helper to read; it thanks as well where that was not done yet."""
    entry = find(session, actor, root_id, "thank")
    _check_words(words)
    acts.unmark(session, actor.team_id, entry.act.id, "thanks")
    _mark(session, actor, entry, "thanks", now, words=words)
    _tell_helper(session, entry, now)
    _show(session, entry, now)


def fix(
    session: Session,
    actor: Member,
    root_id: str,
    *,
    kind: str,
    words: str,
    is_private: bool,
    helper: Member | None,
    now: datetime,
) -> None:
    """Corrects an act in the words of the one who was told of it.

    The person helped confirms it by that, and may name another `helper`: then this act is taken back and a new thanks is
    recorded. Who recorded it is told what changed.
    """
    entry = find(session, actor, root_id, "fix")
    _check_words(words)
    act = entry.act
    if helper is not None and act.helped_id == actor.id and helper.id != act.helper_id:
        ledger.take_back(session, actor, entry, "removed", now)
        _tell_recorder(session, entry, now)
        said = Statement("got", [helper], words, kind, entry.channel, is_private, source="fix")
        statements.record(
            session, actor, said, now, f"fix:{root_id}", again=True
        )  # once: after it there is nothing to fix
        return
    ledger.correct(session, actor, entry, now, kind=kind, words=words, is_private=is_private)
    _tell_recorder(session, entry, now)
    _show(session, entry, now)


def remove(session: Session, actor: Member, root_id: str, now: datetime) -> None:
    """Removes an act for good, for the one who was told of it."""
    acts.hold(session, actor.team_id, root_id)
    entry = acts.of_root(session, actor.team_id, root_id)
    if entry is not None and entry.reversal is not None and entry.reversal.written_by == actor.id:
        return
    ledger.take_back(session, actor, find(session, actor, root_id, "remove"), "removed", now)


def make_private(session: Session, actor: Member, root_id: str, now: datetime) -> None:
    """Keeps an act out of every summary."""
    entry = find(session, actor, root_id, "make private")
    if not entry.is_private:
        _mark(session, actor, entry, "private", now)
        _show(session, entry, now)


def share(session: Session, actor: Member, said_id: str, channel: str, now: datetime) -> None:
    """Gives a private statement to a channel, where it counts and names nobody until both sides agree."""
    recorded = statements.recall(session, actor, said_id, "share")
    for entry in recorded.entries:
        if entry.stands and entry.channel is None:
            _mark(session, actor, entry, "shared", now, channel=channel)
            _show(session, entry, now)


def thank_by_emoji(
    session: Session, actor: Member, helper: Member, about: str, put_at: str, now: datetime, key: str
) -> None:
    """Records a thanks for a message that somebody put the workspace's emoji on; once for each message, whatever comes and goes.

    `about` is the message's channel and time, `put_at` when Slack says the emoji was put there: one that was taken off since
    records nothing, in whatever order Slack tells. Whoever put it gets one private line.
    """
    people.hold(session, actor.team_id, actor.id)
    is_news = inbox.hear_of(session, actor.team_id, _emoji_of(actor, about), put_at, now)
    if not is_news or acts.by_message(session, actor.team_id, actor.id, about):
        return
    said = Statement("got", [helper], "", channel=about.partition(":")[0], source="emoji", about=about)
    recorded = statements.record(session, actor, said, now, key, again=True)
    root_id = recorded.entries[0].act.root_id
    noted = f"act:{root_id}:noted"
    outbox.add(session, actor.team_id, key=noted, kind="act.noted", subject=root_id, member_id=actor.id, now=now)


def take_emoji_back(session: Session, actor: Member, about: str, taken_at: str, now: datetime) -> None:
    """Takes back what the emoji had recorded, unless it was put there anew since."""
    taken_at = f"{taken_at} off"  # of two at the same moment it is the later one
    if not inbox.hear_of(session, actor.team_id, _emoji_of(actor, about), taken_at, now):
        return
    for root_id in dict.fromkeys(one.act.root_id for one in acts.by_message(session, actor.team_id, actor.id, about)):
        acts.hold(session, actor.team_id, root_id)
        entry = acts.of_root(session, actor.team_id, root_id)
        if entry is not None and entry.stands:
            members.require("undo", actor, {"recorder"})
            ledger.take_back(session, actor, entry, "undone", now)


def is_chosen(session: Session, team_id: str, emoji: str) -> bool:
    """Says whether this is the emoji that an admin chose for thanks, in whatever skin tone."""
    workspace = workspaces.find(session, team_id)
    return workspace is not None and workspace.thanks_emoji == emoji.split("::")[0]


def _check_words(words: str) -> None:
    if not words:
        raise NoWords
    if len(words) > statements.MOST_CHARACTERS:
        raise TooLong(len(words), statements.MOST_CHARACTERS)


def _mark(
    session: Session,
    actor: Member,
    entry: Entry,
    mark: str,
    now: datetime,
    *,
    words: str | None = None,
    channel: str | None = None,
) -> None:
    keys = {"team_id": actor.team_id, "act_id": entry.act.id, "mark": mark, "member_id": actor.id}
    acts.add_marks(session, [{**keys, "words": words, "channel": channel, "at": now}])


def _tell_helper(session: Session, entry: Entry, now: datetime) -> None:
    """Lets the helper hear of the thanks, once for each act; what comes later changes that message."""
    act = entry.act
    if act.helper_id is not None:
        key = f"act:{act.root_id}:thanked"
        outbox.add_once(
            session,
            act.team_id,
            key=key,
            kind="act.thanked",
            subject=act.root_id,
            member_id=act.helper_id,
            now=now,
        )


def _tell_recorder(session: Session, entry: Entry, now: datetime) -> None:
    """Lets the one who recorded an act hear that the other side changed it, once; what comes later changes that message."""
    act = entry.act
    key = f"act:{act.root_id}:fixed"
    outbox.add_once(
        session, act.team_id, key=key, kind="act.fixed", subject=act.root_id, member_id=act.recorded_by, now=now
    )


def _show(session: Session, entry: Entry, now: datetime) -> None:
    """Brings messages and Homes up to date with an act."""
    act = entry.act
    outbox.change(session, act.team_id, act.root_id, now)
    both = people.by_id(session, act.team_id, [act.helper_id, act.helped_id])
    members.refresh_home(session, both.values(), now)


def _emoji_of(actor: Member, about: str) -> str:
    return f"emoji:{actor.id}:{about}"
