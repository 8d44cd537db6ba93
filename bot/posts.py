"""Posts that did not go out, or that nobody knows of whether they did: who hears of it, and who may set it right."""

from collections.abc import Sequence
from datetime import datetime

from bot import members
from bot.consequences import HELLO
from bot.errors import Stale
from storage import members as people
from storage import outbox, outbox_by_hand
from storage.database import Session
from storage.tables import Member, Outgoing

ENDS = ("dead", "expired", "unconfirmed")


def note_end(session: Session, post: Outgoing, state: str, now: datetime) -> None:
    """Lets the owner of a post hear once that it was not said, or is not known to be.

    A message in somebody's own DM is there for nobody else to see: when its outcome is unknown, that one is asked, on Home.
    Of a file nobody is asked: whoever owns it reads a sentence about this kind of file, and can have it made anew.
    """
    if post.verb == "file" and post.owner_id is not None and state in ENDS:
        key, kind = f"notice:{post.id}:{state}", f"{post.kind}.{state}"
        outbox.plan(session, post.team_id, key=key, kind=kind, subject=post.id, member_id=post.owner_id, now=now)
    if post.verb != "post" or state not in ENDS:
        return
    if post.kind == HELLO and state == "dead":
        return  # what becomes of the people is told instead
    is_for_owner = post.channel is not None or (state != "unconfirmed" and post.owner_id != post.member_id)
    if post.owner_id is not None and is_for_owner:
        key, kind = f"notice:{post.id}:{state}", f"notice.{state}"
        outbox.plan(session, post.team_id, key=key, kind=kind, subject=post.id, member_id=post.owner_id, now=now)
    if state == "unconfirmed":
        _show(session, post, now)


def answer(session: Session, actor: Member, post_id: str, now: datetime, *, is_there: bool) -> Outgoing:
    """Records what somebody found who looked: it is there, or it is to be posted again; returns the post.

    The owner of a post in a channel may say so, and an admin; of a message in a DM, the one who can see it. Raises Stale for
    everybody else, and once it was answered.
    """
    post = outbox.find(session, actor.team_id, post_id)
    if post is None or post.verb != "post" or (post.channel is None and post.member_id != actor.id):
        raise Stale
    members.require("answer for a post", actor, roles_to(post, actor))
    if not outbox.answer_unconfirmed(session, actor.team_id, post_id, now, is_there=is_there):
        raise Stale
    _show(session, post, now)
    return post


def asked_of(member: Member, posts: Sequence[Outgoing]) -> list[Outgoing]:
    """Returns those of some unconfirmed posts that a member is asked about: messages to them, and theirs in channels."""
    return [post for post in posts if member.id == (post.owner_id if post.channel else post.member_id)]


def retry(session: Session, post: Outgoing, now: datetime) -> bool:
    """Has an operator's try begin anew; says whether the post was still as they saw it."""
    return _set_right(session, post, now, outbox_by_hand.retry(session, post, now))


def drop(session: Session, post: Outgoing, now: datetime) -> bool:
    """Has a post left unsaid that an operator gave up; says whether it was still as they saw it."""
    return _set_right(session, post, now, outbox_by_hand.drop(session, post, now))


def roles_to(post: Outgoing, actor: Member) -> set[str]:
    """Returns how a member stands to a post."""
    is_owner = actor.id == post.owner_id
    is_told = actor.id == post.member_id and post.channel is None
    return {role for role, holds in (("owner", is_owner), ("told", is_told)) if holds} or {"other"}


def _set_right(session: Session, seen: Outgoing, now: datetime, is_changed: bool) -> bool:
    if is_changed and seen.state == "unconfirmed":  # no other is shown anywhere
        _show(session, seen, now)
    return is_changed


def _show(session: Session, post: Outgoing, now: datetime) -> None:
    """Brings up to date where an unconfirmed post is shown: the notice of it, and Homes, opened before or not."""
    shown = {post.member_id} if post.channel is None else {post.owner_id or post.member_id}
    shown |= {admin.id for admin in people.admins(session, post.team_id)}
    for member_id in sorted(shown):
        outbox.refresh_home(session, post.team_id, member_id, now)
    outbox.change(session, post.team_id, post.id, now)
