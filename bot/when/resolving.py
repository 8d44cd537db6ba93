"""From the pieces of a text to one time or a question: which of them count, and which are one too many."""

from dataclasses import replace
from datetime import date, time, timedelta
from itertools import pairwise
from typing import TypeVar

from bot.when.abroad import OWN
from bot.when.amounts import moved
from bot.when.beside import GLUE, TAILS
from bot.when.joining import Outcome, after, candidates, guesses_of, hours_of, join, one_day, past, unclear
from bot.when.pieces import Amount, Ask, Clock, Day, Here, Instant, Part, Piece, Rule
from bot.when.places import zone_at_offset
from bot.when.repeats import CODES
from bot.when.rules import first_in
from bot.when.scanning import Scan, is_between

Kind = TypeVar("Kind")
_DAY = timedelta(days=1)
_IN_EVERY_MONTH = 28  # the last day that each month has
_JOINED = GLUE | TAILS


def resolve(scanned: Scan, here: Here) -> tuple[Outcome, list[Piece]]:
    """Returns what a text comes to, and the pieces that it comes from."""
    pieces = _counting(scanned)
    if not pieces:
        return Outcome("none"), []
    outcome = _outcome(scanned, pieces, here)
    is_doubtful = scanned.has_doubt and not _of(pieces, "day", "duration", "repeat", "instant", "bare")
    if not outcome.reason and (not scanned.is_clean or is_doubtful) and outcome.at:
        outcome = unclear((outcome.at,))
    if outcome.at is not None and outcome.at <= here.now:
        outcome = past()
    return outcome, pieces


def zone_of(pieces: list[Piece]) -> str | None:
    """Returns the zone that was said, as an IANA name; None where none was, or another one than there are names for."""
    said = [str(piece.value) for piece in pieces if piece.role == "zone" and piece.value != OWN]
    if len(said) != 1:
        return None
    return zone_at_offset(said[0]) if said[0][0] in "+-" else said[0]


def stays(piece: Piece) -> bool:
    """Says whether a piece makes of a time an instant, which stays where its reader goes."""
    has_zone = piece.role == "instant" or (piece.role == "zone" and piece.value != OWN)
    return has_zone or (piece.role in ("duration", "bare") and _amount(piece).has_hours)


def _counting(scanned: Scan) -> list[Piece]:
    """Returns the pieces that say when: not how long, unless something recurs, and not the names of meetings."""
    pieces = [piece for piece in scanned.pieces if piece.role != "name"]
    has_repeat = any(piece.role == "repeat" for piece in pieces)
    pieces = [piece for piece in pieces if piece.role != "length" or (has_repeat and not _amount(piece).has_hours)]
    others = [piece for piece in pieces if piece.role not in ("bare", "zone")]
    if others:
        pieces = [piece for piece in pieces if piece.role != "bare" or not _is_how_long(scanned, piece)]
    return pieces


def _is_how_long(scanned: Scan, piece: Piece) -> bool:
    """Says whether an amount stands by itself before a word, as in "a 30 min call"."""
    words, following = scanned.words, scanned.words.index(piece.end - 1) + 1
    is_apart = (
        following < len(words.tokens)
        and words.tokens[following][0].isalpha()
        and words.tokens[following] not in _JOINED
    )
    return is_apart and following not in {words.index(one.start) for one in scanned.pieces}


def _amount(piece: Piece) -> Amount:
    assert isinstance(piece.value, Amount)
    return piece.value


def _of(pieces: list[Piece], *roles: str) -> list[Piece]:
    return [piece for piece in pieces if piece.role in roles]


def _values(pieces: list[Piece], kind: type[Kind]) -> list[Kind]:
    return [piece.value for piece in pieces if isinstance(piece.value, kind)]


def _outcome(scanned: Scan, pieces: list[Piece], here: Here) -> Outcome:
    clocks, parts = _values(_of(pieces, "clock"), Clock), _values(_of(pieces, "part"), Part)
    days = _values(_of(pieces, "day"), Day)
    zones = _of(pieces, "zone")
    zone = zone_of(pieces)
    if zones and not (zone or zones[0].value == OWN):
        return unclear()
    there = replace(here, zone=zone) if zone else here
    clocks, asks = _told(clocks), _values(pieces, Ask)
    if asks and _of(pieces, "repeat"):
        return unclear()
    if asks or len(clocks) > 1 or len(parts) > 1 or len(zones) > 1:
        all_days = [*days, *(day for ask in asks for day in ask.days)]
        all_clocks = [*clocks, *(clock for ask in asks for clock in ask.clocks)]
        return candidates(all_days, all_clocks, parts[0] if len(parts) == 1 else None, there)
    clock, part = next(iter(clocks), None), next(iter(parts), None)
    if zones and clock is None:
        return unclear()
    if _of(pieces, "instant"):
        return _instant(pieces, here)
    if _of(pieces, "repeat"):
        return unclear() if zone not in (None, here.zone) else _repeat(pieces, days, clock, part, here)
    if _of(pieces, "until", "start", "count"):
        return unclear()
    if _of(pieces, "duration", "bare"):
        return _duration(scanned, pieces, days, clock, part, there)
    day = _day(scanned, pieces, days)
    if days and day is None:
        return candidates(days, [clock] if clock else [], part, there)
    return join(day, clock, part, there)


def _told(clocks: list[Clock]) -> list[Clock]:
    """Leaves out a time that is only named where an exact one tells it: "first thing Monday, 7:30am"."""
    named, exact = [one for one in clocks if one.span], [one for one in clocks if not one.span]
    if len(named) != 1 or len(exact) != 1 or exact[0].is_end:
        return clocks
    (first, last), hour = named[0].span or (time.min, time.max), exact[0].time.hour
    hours = {hour % 12, hour % 12 + 12} if exact[0].is_open else {hour}
    fitting = [one for one in (exact[0].time.replace(hour=hour) for hour in hours) if first <= one <= last]
    return [Clock(fitting[0], is_todays=named[0].is_todays)] if len(fitting) == 1 else clocks


def _day(scanned: Scan, pieces: list[Piece], days: list[Day]) -> Day | None:
    said = _of(pieces, "day")
    is_one = all(is_between(scanned.words, one, other, _JOINED) for one, other in pairwise(said))
    return one_day(days) if days and is_one else None


def _instant(pieces: list[Piece], here: Here) -> Outcome:
    instants = _values(pieces, Instant)
    if len(instants) > 1 or (len(pieces) > 1 and (instants[0].at or _of(pieces, "day", "duration", "bare", "repeat"))):
        return unclear()
    (instant,) = instants
    return Outcome(at=instant.at) if instant.at and instant.at > here.now else past()


def _duration(
    scanned: Scan, pieces: list[Piece], days: list[Day], clock: Clock | None, part: Part | None, here: Here
) -> Outcome:
    amounts = _values(pieces, Amount)
    if len(amounts) > 1 or days:
        return unclear()
    (amount,) = amounts
    if clock or part:
        if amount.has_hours or amount.is_vague or _of(pieces, "bare"):
            return unclear()
        return join(Day((moved(here.today, amount),)), clock, part, here)
    outcome = after(amount, here)
    if _of(pieces, "bare") and outcome.at and not _is_timer(scanned, pieces[0]):
        return unclear((outcome.at,))
    return outcome


def _is_timer(scanned: Scan, piece: Piece) -> bool:
    """Says whether an amount without "in" is a reminder: it is all there is, or a mark comes after it, as in "15m: call Bob"."""
    words = scanned.words
    first, last = words.index(piece.start), words.index(piece.end - 1)
    others = [number for number in range(len(words.tokens)) if not first <= number <= last]
    is_marked = first == 0 and words.tokens[last + 1 : last + 2] in ((":",), (",",), ("-",), (";",))
    return is_marked or not any(words.raw(number)[:1].isalnum() for number in others)


def _repeat(pieces: list[Piece], days: list[Day], clock: Clock | None, part: Part | None, here: Here) -> Outcome:
    rules = _values(pieces, Rule)
    starts, untils = _values(_of(pieces, "start"), Day), _values(_of(pieces, "until"), Day)
    rules = _merged(rules)
    if len(rules) > 1 or len(starts) > 1 or len(untils) > 1 or _of(pieces, "duration", "bare") or len(days) > 1:
        return unclear()
    (rule,) = rules
    if days:
        if rule.by or rule.freq != "WEEKLY" or days[0].weekday is None:
            return unclear()
        rule = replace(rule, by=(("BYDAY", CODES[days[0].weekday]),))
    if rule.part and part is None:
        part = Part(rule.part)
    elif rule.part or (part and part.is_today):
        return unclear()
    hours = hours_of(clock, part)
    if not hours or (starts and len(starts[0].dates) != 1) or (clock and clock.is_end):
        return unclear()
    if rule.freq in ("MONTHLY", "YEARLY") and not rule.by and not starts and here.today.day > _IN_EVERY_MONTH:
        return unclear()
    every = _rrule(rule)
    run = first_in(every, starts[0].dates[0] if starts else here.today, hours[0], here.zone, here.now)
    limit = _limit(pieces, untils, run.day) if run else None
    if run is None or limit is None:
        return unclear()
    return Outcome(at=run.at, guessed=guesses_of(clock, part), every=every + limit)


def _merged(rules: list[Rule]) -> list[Rule]:
    """Puts "weekly at 5pm on Fridays" together."""
    if len(rules) != 2:
        return rules
    plain = [rule for rule in rules if rule.freq == "WEEKLY" and not rule.by and not rule.part]
    named = [rule for rule in rules if rule.freq == "WEEKLY" and rule.by and rule.interval == 1]
    return [replace(named[0], interval=plain[0].interval)] if plain and named else rules


def _rrule(rule: Rule) -> str:
    interval = (("INTERVAL", str(rule.interval)),) if rule.interval > 1 else ()
    return ";".join(f"{name}={value}" for name, value in (("FREQ", rule.freq), *interval, *rule.by))


def _limit(pieces: list[Piece], untils: list[Day], first: date) -> str | None:
    """Returns the end of a rule as its RRULE has it; None where it cannot be told."""
    counts, lengths = _values(_of(pieces, "count"), int), _values(_of(pieces, "length"), Amount)
    if len(counts) + len(lengths) + len(untils) > 1:
        return None
    if counts:
        return f";COUNT={counts[0]}" if counts[0] else None
    if not lengths and not untils:
        return ""
    last = moved(first, lengths[0]) - _DAY if lengths else untils[0].dates[0]
    is_clear = last >= first and (not lengths or not lengths[0].is_vague) and (not untils or len(untils[0].dates) == 1)
    return f";UNTIL={last:%Y%m%d}T235959" if is_clear else None
