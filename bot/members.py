"""Who is here, away, paused or gone; and who may do what. The permission table stands here, whole."""

from collections.abc import Collection, Iterable, Mapping
from datetime import datetime

from bot.errors import IsABot, IsFromElsewhere, IsGone, Stale, TakesNoPart, YouHaveLeft
from storage import inbox, members, outbox
from storage.database import Session
from storage.tables import Member

# Who stands how to an act, a post or an introduction, and in the workspace. An actor can have several roles at once.
ROLES = (
    "recorder",
    "told",
    "helper",
    "helped",
    "owner",
    "connector",
    "asked",
    "other",
    "admin",
    "member",
    "guest",
    "left",
    "stranger",
    "bot",
)

_ALL_HERE = frozenset({"member", "guest", "admin"})
MAY: Mapping[str, frozenset[str]] = {
    "record": _ALL_HERE,
    "open home": _ALL_HERE | {"left"},
    "undo": frozenset({"recorder"}),
    "edit": frozenset({"recorder"}),
    "thank": frozenset({"helped"}),
    "fix": frozenset({"told"}),
    "remove": frozenset({"told"}),
    "make private": frozenset({"recorder", "told"}),
    "share": frozenset({"recorder"}),
    "answer for a post": frozenset({"owner", "told", "admin"}),
    "note a call": _ALL_HERE,
    "answer a call": frozenset({"owner"}),
    "introduce": frozenset({"member", "admin"}),
    "answer an introduction": frozenset({"asked"}),
    "take back an introduction": frozenset({"connector"}),
    "say it is written": frozenset({"connector", "asked"}),
    "say whether they met": frozenset({"asked"}),
    "choose introductions": _ALL_HERE,
    "choose nudges": _ALL_HERE,
    "ask": _ALL_HERE,
    "offer": _ALL_HERE,
    "answer for an ask": frozenset({"owner"}),
    "go to an event": _ALL_HERE,
    "share news": _ALL_HERE,
    "export": _ALL_HERE | {"left"},
    "delete": _ALL_HERE | {"left"},
    "remove contacts": _ALL_HERE | {"left"},
    "pause": _ALL_HERE,
    "choose hours": _ALL_HERE,
    "leave": _ALL_HERE | {"left"},
    "come back": _ALL_HERE | {"left"},
    "choose a summary": frozenset({"owner", "admin"}),
    "choose to be named": _ALL_HERE,
    "change settings": frozenset({"admin"}),
    "name admins": frozenset({"admin"}),
    "export the ledger": frozenset({"admin"}),
    "manage feeds": frozenset({"admin"}),
    "see the report": frozenset({"admin"}),
}
# Whatever else they are: people of another workspace and apps may do nothing, and who has left may only look and come back.
SHUT_OUT = frozenset({"stranger", "bot"})
LEFT_MAY = frozenset(action for action, roles in MAY.items() if "left" in roles)


def may(action: str, roles: Collection[str]) -> bool:
    """Says whether somebody with these roles may do this."""
    if SHUT_OUT & set(roles) or ("left" in roles and action not in LEFT_MAY):
        return False
    return bool(MAY[action] & set(roles))


def standing(member: Member) -> set[str]:
    """Returns a member's roles in the workspace."""
    roles = {"guest" if member.is_guest else "member"}
    if member.is_admin or member.is_named_admin:
        roles.add("admin")
    for role, holds in (("left", member.left_at), ("stranger", member.is_stranger), ("bot", member.is_bot)):
        if holds:
            roles.add(role)
    return roles


def require(action: str, actor: Member, also: Iterable[str] = ()) -> None:
    """Raises YouHaveLeft or Stale unless the actor may do this."""
    roles = standing(actor) | set(also)
    if may(action, roles):
        return
    if "left" in roles and may(action, roles - {"left"}):
        raise YouHaveLeft
    raise Stale


def is_here(member: Member) -> bool:
    """Says whether somebody takes part."""
    return not member.is_gone and member.left_at is None


def welcome(member: Member) -> None:
    """Raises the mistake that keeps a person from being named in an act, if there is one."""
    if member.is_bot:
        raise IsABot(member.name)
    if member.is_gone:
        raise IsGone(member.name, member.slack_id)
    if member.is_stranger:
        raise IsFromElsewhere(member.name, member.slack_id)
    if member.left_at is not None:
        raise TakesNoPart(member.name)


def leave(session: Session, actor: Member, now: datetime) -> None:
    """Takes a member out: nothing is sent to them or recorded for them until they come back."""
    require("leave", actor)
    if actor.left_at is None:
        members.change(session, actor.team_id, actor.id, left_at=now)
        outbox.cancel_for(session, actor.team_id, actor.id, now)
        refresh_home(session, [actor], now)


def come_back(session: Session, actor: Member, now: datetime) -> None:
    """Lets a member who has left take part again."""
    require("come back", actor)
    members.change(session, actor.team_id, actor.id, left_at=None)
    refresh_home(session, [actor], now)


def choose_to_be_named(session: Session, actor: Member, *, is_named: bool, now: datetime) -> None:
    """Has summaries name a member, where both sides agreed on the help, or never name them."""
    require("choose to be named", actor)
    members.change(session, actor.team_id, actor.id, is_unnamed=not is_named)
    refresh_home(session, [actor], now)


def pause(session: Session, actor: Member, until: datetime | None, now: datetime) -> None:
    """Pauses what the bot says of its own accord until a moment, or ends the pause with None."""
    require("pause", actor)
    members.change(session, actor.team_id, actor.id, paused_until=until)
    refresh_home(session, [actor], now)


def name_admins(session: Session, actor: Member, named: Collection[Member], now: datetime) -> None:
    """Makes these members, and no others, the admins that were named here."""
    require("name admins", actor)
    chosen = {member.id for member in named}
    for member in members.named_admins(session, actor.team_id):
        if member.id not in chosen:
            members.change(session, actor.team_id, member.id, is_named_admin=False)
    for member in named:
        welcome(member)
        members.change(session, actor.team_id, member.id, is_named_admin=True)
    refresh_home(session, named, now)


def open_home(session: Session, actor: Member, now: datetime) -> None:
    """Has a member's Home published, and from now on after every change."""
    require("open home", actor)
    if actor.home_seen_at is None:
        members.change(session, actor.team_id, actor.id, home_seen_at=now)
    outbox.refresh_home(session, actor.team_id, actor.id, now)


def ask_for_help(session: Session, actor: Member, now: datetime, key: str) -> None:
    """Answers what a member wrote to the bot itself, once; people of elsewhere and apps are not answered."""
    if SHUT_OUT & standing(actor):
        return
    reply = f"reply:{key}"
    if inbox.claim(session, actor.team_id, key, reply, now) is None:
        outbox.add(session, actor.team_id, key=reply, kind="help", subject=actor.id, member_id=actor.id, now=now)


def refresh_home(session: Session, people: Iterable[Member | None], now: datetime) -> None:
    """Has the Home of these members published anew, for those who have ever opened it."""
    for member in sorted(filter(None, people), key=lambda member: member.id):
        if member.home_seen_at is not None:
            outbox.refresh_home(session, member.team_id, member.id, now)
