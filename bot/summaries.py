"""The weekly summary of a channel: when it comes, who may choose that, and what is done when its time has come.

What it tells: `weeks.py`. It is known by the channel and the ISO week, so that no week is told twice, whatever clocks do.
"""

from datetime import date, datetime, time, timedelta
from typing import Any

from bot import members, when
from bot.errors import Stale
from bot.weeks import is_quiet, tell
from storage import channels, outbox
from storage import members as people
from storage.database import Session, new_id
from storage.tables import Channel, Member, Outgoing, Summary

SUMMARY, PICTURE, CLOCK = "summary", "summary.picture", f"{outbox.ALARM}summary"
OFFER, QUIET, SHARED = "summary.offer", "summary.quiet", "summary.shared"
LATE = ":late"  # ends the key of a summary that its owner has posted after its time
GOOD_FOR = timedelta(hours=24)  # a summary that is a day late is no news
PAUSE = timedelta(days=30)
QUIET_WEEKS = 3  # after so many in a row its owner is asked whether to go on


def choose(
    session: Session, actor: Member, channel: str, weekday: int, wall: time, zone: str, now: datetime
) -> Channel:
    """Has a channel's summary come at this time from now on."""
    columns: dict[str, Any] = {
        "weekday": weekday,
        "wall": f"{wall:%H:%M}",
        "zone": zone,
        "state": "on",
        "paused_until": None,
    }
    if mine(session, actor, channel).state == "off":
        columns["counted_until"] = now  # what was recorded without one was not recorded to be told
    channels.change(session, actor.team_id, channel, quiet_weeks=0, **columns)
    return _set(session, actor, channel, now)


def stop(session: Session, actor: Member, channel: str, now: datetime) -> Channel:
    """Has no summary come to a channel any more."""
    mine(session, actor, channel)
    channels.change(session, actor.team_id, channel, state="off", paused_until=None)
    return _set(session, actor, channel, now)


def pause(session: Session, actor: Member, channel: str, now: datetime) -> Channel:
    """Has no summary come to a channel for a month."""
    mine(session, actor, channel)
    channels.change(session, actor.team_id, channel, state="paused", paused_until=now + PAUSE, quiet_weeks=0)
    return _set(session, actor, channel, now)


def keep(session: Session, actor: Member, channel: str, now: datetime) -> Channel:
    """Goes on as before after quiet weeks; that it was quiet has been said."""
    mine(session, actor, channel)
    channels.change(session, actor.team_id, channel, quiet_weeks=1)
    outbox.change(session, actor.team_id, channel, now)
    return held(session, actor.team_id, channel)


def mine(session: Session, actor: Member, channel: str) -> Channel:
    """Returns a channel for which one may choose: who invited the bot there, and admins. Raises Stale for everybody else."""
    people.hold(session, actor.team_id, actor.id)
    found = channels.find(session, actor.team_id, channel, hold=True)
    if found is None or found.state == "left":
        raise Stale
    members.require("choose a summary", actor, _roles(actor, found))
    if found.owner_id is None:
        channels.change(session, actor.team_id, channel, owner_id=actor.id)
    return held(session, actor.team_id, channel)


def choosable(session: Session, actor: Member, most: int) -> tuple[list[Channel], int]:
    """Returns the first channels for which somebody may choose when the summary comes, and how many these are."""
    is_admin = members.may("choose a summary", members.standing(actor))
    return channels.some_of(session, actor.team_id, None if is_admin else actor.id, most)


def rhythm_of(channel: Channel) -> when.Rhythm:
    """Returns when a channel's summary comes."""
    return when.Rhythm(frozenset({channel.weekday}), time.fromisoformat(channel.wall), channel.zone)


def state_of(channel: Channel, now: datetime) -> str:
    """Returns how a channel's summary stands: on, off, or paused; a pause that is over is none, though no week ended since."""
    is_over = channel.paused_until is not None and channel.paused_until <= now
    return "on" if channel.state == "paused" and is_over else channel.state


def next_at(channel: Channel, now: datetime) -> datetime:
    """Returns when a channel's next summary comes."""
    after = max(now, channel.paused_until or now)
    return when.next_run(rhythm_of(channel), after).at


def ring(session: Session, row: Outgoing, now: datetime) -> None:
    """Hears the clock: a channel's week is over. It is told, unless there is nothing to tell and that was said before."""
    channel = channels.find(session, row.team_id, row.subject, hold=True)
    if channel is None or channel.state not in ("on", "paused"):
        return
    run = when.last_run(rhythm_of(channel), row.planned_for or row.due_at)
    if channel.paused_until is not None and run.at < channel.paused_until:
        channels.change(session, row.team_id, channel.id, counted_until=run.at)
    else:
        _end_week(session, channel, run, now)
    _plan(session, held(session, row.team_id, channel.id), max(now, run.at), now)


def post_now(session: Session, actor: Member, channel: str, week: str, now: datetime) -> None:
    """Posts a week's summary that would have come too late, because its owner wants it."""
    found = mine(session, actor, channel)
    in_time = outbox.state_of(session, actor.team_id, f"sum:{channel}:{week}")
    if channels.week(session, actor.team_id, channel, week) is None or in_time in (
        "pending",
        "sending",
        "sent",
        "unconfirmed",
    ):
        raise Stale
    key = f"sum:{channel}:{week}{LATE}"
    outbox.plan(session, actor.team_id, key=key, kind=SUMMARY, subject=f"{channel}:{week}", member_id=actor.id, now=now,
                owner_id=found.owner_id or actor.id, channel=channel)  # fmt: skip


def was_asked_for(row: Outgoing) -> bool:
    """Says whether a summary goes out because its owner wanted it, after its time."""
    return row.key.endswith(LATE)


def key_of(row: Outgoing) -> str:
    """Returns the key of the summary that a picture stands below."""
    return row.key.removesuffix(":picture")


def name_of_week(day: date) -> str:
    """Names the week of a day: 2026-W10."""
    year, week, _ = day.isocalendar()
    return f"{year}-W{week:02d}"


def begin(session: Session, channel: Channel, now: datetime) -> None:
    """Plans a channel's next summary, where it has one."""
    if channel.state == "on" or channel.state == "paused":
        _plan(session, channel, now, now)


def show(session: Session, team_id: str, channel: str, now: datetime) -> None:
    """Shows how a channel's summary stands by now, in what was asked about it and on the Homes of those who may choose."""
    outbox.change(session, team_id, channel, now)
    admins = {admin.id: admin for admin in people.admins(session, team_id)}
    owner = people.by_id(session, team_id, [held(session, team_id, channel).owner_id])
    members.refresh_home(session, (admins | owner).values(), now)


def held(session: Session, team_id: str, channel: str) -> Channel:
    """Returns a channel as it stands by now."""
    found = channels.find(session, team_id, channel)
    assert found is not None
    return found


def _end_week(session: Session, channel: Channel, run: when.Run, now: datetime) -> None:
    name, is_first = name_of_week(run.day), not channels.weeks(session, channel.team_id, channel.id, channel.noted_at)
    week = Summary(team_id=channel.team_id, channel=channel.id, week=name, since=channel.counted_until, until=run.at,
                   is_first=is_first)  # fmt: skip
    if week.since >= week.until or not channels.add_week(session, week):
        return  # this week had its summary, and its time was changed since
    is_late = now > run.at + GOOD_FOR
    quiet = 0 if is_late or not is_quiet(tell(session, week, now)) else channel.quiet_weeks + 1
    columns = {"counted_until": run.at, "quiet_weeks": quiet, "state": "on", "paused_until": None}
    channels.change(session, channel.team_id, channel.id, **columns)
    owner_id = str(channel.owner_id)
    if quiet <= 1:
        outbox.plan(session, channel.team_id, key=f"sum:{channel.id}:{name}", kind=SUMMARY, subject=f"{channel.id}:{name}",
                    member_id=owner_id, owner_id=owner_id, channel=channel.id, now=now, due_at=run.at,
                    not_after=run.at + GOOD_FOR)  # fmt: skip
        if not quiet:
            # Tried once, and nobody is asked about it: the summary is whole without it.
            outbox.plan(session, channel.team_id, key=f"sum:{channel.id}:{name}:picture", kind=PICTURE, verb="file",
                        subject=f"{channel.id}:{name}", member_id=owner_id, channel=channel.id, now=now,
                        due_at=run.at, not_after=run.at + GOOD_FOR)  # fmt: skip
    elif quiet == QUIET_WEEKS:
        outbox.plan(session, channel.team_id, key=f"sum:{channel.id}:{name}:quiet", kind=QUIET, subject=channel.id,
                    member_id=owner_id, now=now)  # fmt: skip


def _set(session: Session, actor: Member, channel: str, now: datetime) -> Channel:
    """Plans what follows from a choice, and shows it."""
    outbox.cancel(session, actor.team_id, channel, now, kind=CLOCK)
    if channels.find(session, actor.team_id, channel) is not None:
        begin(session, held(session, actor.team_id, channel), now)
    show(session, actor.team_id, channel, now)
    members.refresh_home(session, [actor], now)
    return held(session, actor.team_id, channel)


def _plan(session: Session, channel: Channel, after: datetime, now: datetime) -> None:
    run = when.next_run(rhythm_of(channel), after)
    key = f"sum:{channel.id}:clock:{run.day}:{new_id(now)}"
    outbox.add(session, channel.team_id, key=key, kind=CLOCK, subject=channel.id, member_id=str(channel.owner_id), now=now,
               channel=outbox.NOBODY, due_at=run.at)  # fmt: skip


def _roles(actor: Member, channel: Channel) -> set[str]:
    return {"owner" if channel.owner_id == actor.id else "other"}
