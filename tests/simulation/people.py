"""Who the people of a run are: their names and zones, and when they work."""

from datetime import datetime, time, timedelta
from functools import partial
from zoneinfo import ZoneInfo

from bot import countries
from storage import members
from storage.database import Session
from tests.cast import CAST
from tests.simulation.world import World

PEOPLE = ("alice", "bob", "carol", "dan")
# Days as digits from Monday, hours, and whose holidays; the others chose nothing, which is Monday to Friday, nine to five.
_HOURS = {"carol": ("02346", time(12), time(20), "SE"), "dan": ("01234", time(7), time(11, 30), "US")}
_USUAL = ("01234", time(9), time(17), "")

Span = tuple[datetime, datetime | None]


def meet_all(world: World) -> None:
    """Has the bot know everybody from the start: of whom it cannot ask Slack about it takes it that they live in UTC."""

    def meet(session: Session, now: datetime) -> None:
        known = {
            str(CAST[who]["id"]): {"name": who.title(), "zone": str(CAST[who]["tz"])} | _chosen(who) for who in PEOPLE
        }
        members.meet(session, "T1", list(known), now, profiles=known)

    if not world.does(meet)[0]:
        world.clockwork.at(world.clockwork.now + timedelta(minutes=1), partial(meet_all, world))


def zone_of(who: str) -> ZoneInfo:
    """Returns where somebody is."""
    return ZoneInfo(str(CAST[who]["tz"]))


def is_in_hours(at: datetime, who: str, slack: timedelta) -> bool:
    """Says whether somebody works at a moment, or did when what came then began to be on its way."""
    return _is_working(at, who) or _is_working(at - slack, who)


def next_working_day(at: datetime, who: str, wall: time) -> datetime:
    """Returns the next day after a moment's on which somebody works, at a time of theirs."""
    day = at.astimezone(zone_of(who)).date() + timedelta(days=1)
    while not _works_on(datetime.combine(day, wall), who):
        day += timedelta(days=1)
    return datetime.combine(day, wall, zone_of(who)).astimezone(at.tzinfo)


def _is_working(at: datetime, who: str) -> bool:
    _, starts, ends, _ = _HOURS.get(who, _USUAL)
    local = at.astimezone(zone_of(who))
    return _works_on(local, who) and starts <= local.time() < ends


def _works_on(local: datetime, who: str) -> bool:
    days, _, _, country = _HOURS.get(who, _USUAL)
    return str(local.weekday()) in days and not countries.is_holiday(country, local.date())


def _chosen(who: str) -> dict[str, object]:
    if who not in _HOURS:
        return {}
    days, starts, ends, country = _HOURS[who]
    minutes = [one.hour * 60 + one.minute for one in (starts, ends)]
    return {"works_on": days, "works_from": minutes[0], "works_until": minutes[1], "country": country}
