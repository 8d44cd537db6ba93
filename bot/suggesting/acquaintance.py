"""What the people around a member suggest: help to pass on, ties that went quiet, and two who might meet."""

from datetime import datetime, timedelta

from bot import insights, members, network, when
from bot.suggesting.candidates import Candidate
from storage import history
from storage import members as people
from storage.database import Session
from storage.tables import Member, Nudging

HELPED = (timedelta(days=3), timedelta(days=1))  # ago, the longest and the shortest


def help_to_pass_on(session: Session, member: Member, _chosen: Nudging, now: datetime) -> list[Candidate]:
    """Finds help that a member got, and thanked for, one to three days ago."""
    found = history.thanked_between(session, member.team_id, member.id, now - HELPED[0], now - HELPED[1])
    zone = when.zone_named(member.zone)
    return [
        Candidate("pass on", act.root_id, (act.helper_id,), {"day": f"on {act.recorded_at.astimezone(zone):%A}"})
        for act in found
        if act.helper_id
    ]


def ties_gone_quiet(session: Session, member: Member, _chosen: Nudging, now: datetime) -> list[Candidate]:
    """Finds ties that have been quiet for long, and are likely to stay so."""
    events = history.agreed_with(session, member.team_id, member.id)
    last: dict[str, datetime] = {}
    for giver, receiver, _, at in events:
        other = receiver if giver == member.id else giver
        last[other] = max(at, last.get(other, at))
    quiet = [one for one in network.drifting(events, member.id, now) if one.alert]
    here = people.by_id(session, member.team_id, [str(one.member) for one in quiet])
    return [
        Candidate("quiet", str(one.member), (str(one.member),),
                  {"days": (now - last[str(one.member)]).days, "chance": round(one.probability, 2)})
        for one in quiet
        if members.is_here(here[str(one.member)])
    ]  # fmt: skip


def two_who_might_meet(session: Session, member: Member, _chosen: Nudging, now: datetime) -> list[Candidate]:
    """Finds two whom a member knows best of all who know both."""
    if not members.may("introduce", members.standing(member)):
        return []
    return [
        Candidate(insights.INTRODUCE, pair.about, (pair.one.id, pair.other.id), {"in_common": pair.in_common})
        for pair in insights.whom_to_introduce(session, insights.nearby(session, member, now), member)
    ]
