"""Countries, by their two letters: what they are called, which days they keep, and when their week ends; not their regions.

The package that knows them is imported when it is first asked: it takes 70 ms, and most starts need none of it.
"""

import unicodedata
import warnings
from datetime import date
from difflib import get_close_matches
from functools import cache, lru_cache
from types import ModuleType

from bot.errors import NotACountry

SATURDAY_AND_SUNDAY = frozenset({5, 6})
# What the package writes otherwise than it is written.
_WRITTEN = {
    "AX": "Åland Islands",
    "BL": "Saint Barthélemy",
    "BQ": "Bonaire, Sint Eustatius and Saba",
    "CD": "DR Congo",
    "CI": "Côte d'Ivoire",
    "CW": "Curaçao",
    "GW": "Guinea-Bissau",
    "HK": "Hong Kong",
    "HM": "Heard Island and McDonald Islands",
    "RE": "Réunion",
    "SH": "Saint Helena, Ascension and Tristan da Cunha",
    "ST": "São Tomé and Príncipe",
    "SY": "Syria",
    "TL": "Timor-Leste",
}
# What a country is called as well.
_ALSO = {
    "America": "US",
    "Britain": "GB",
    "Burma": "MM",
    "Cape Verde": "CV",
    "Czech Republic": "CZ",
    "Democratic Republic of the Congo": "CD",
    "East Timor": "TL",
    "England": "GB",
    "Great Britain": "GB",
    "Holland": "NL",
    "Ivory Coast": "CI",
    "Korea": "KR",
    "Macao": "MO",
    "Northern Ireland": "GB",
    "Republic of Ireland": "IE",
    "Scotland": "GB",
    "Swaziland": "SZ",
    "Türkiye": "TR",
    "UAE": "AE",
    "UK": "GB",
    "United States of America": "US",
    "Wales": "GB",
}
_SMALL = frozenset({"and", "of", "the"})
_YEARS = 512  # of one country each: more than anybody asks for in a day, at a few kilobytes each
_CODE, _LONGEST = 3, 50  # characters, of a code and of a name
_CLOSE = 0.7  # as near as "Swedn" is to Sweden; below that, guesses are about other countries


def find(typed: str) -> str:
    """Returns the two letters of a country by its name or its code, as a member types it; "" for nothing typed.

    Raises NotACountry, with the nearest name there is.
    """
    if not typed.strip():
        return ""
    wanted, known = _plain(typed), _by_name()
    if wanted in known:
        return known[wanted]
    names = [name for name in known if len(name) > _CODE]
    near = get_close_matches(wanted[:_LONGEST], names, n=1, cutoff=_CLOSE)
    raise NotACountry(typed, name_of(known[near[0]]) if near else "")


def name_of(code: str) -> str:
    """Returns what a country is called, and the code itself where it is no country's."""
    return _names().get(code, code) if code else ""


def weekend_of(code: str) -> frozenset[int]:
    """Returns the weekdays on which a country's week ends, Monday being 0; where there is none of this code, the usual."""
    return frozenset(_holidays().country_holidays(code).weekend) if code in _names() else SATURDAY_AND_SUNDAY


def is_holiday(code: str, day: date) -> bool:
    """Says whether a country keeps a day as a public holiday, all of it; nobody does where there is none of this code."""
    return bool(code) and day in _days(code, day.year)


@lru_cache(_YEARS)
def _days(code: str, year: int) -> frozenset[date]:
    if code not in _names():
        return frozenset()
    with warnings.catch_warnings(action="ignore"):  # India's, of years of which not every holiday is known yet
        return frozenset(_holidays().country_holidays(code, years=year))


@cache
def _names() -> dict[str, str]:
    """Returns what each country is called, by its two letters."""
    from holidays.registry import COUNTRIES

    return {codes[1]: _title(key) for key, codes in COUNTRIES.items()} | _WRITTEN


@cache
def _by_name() -> dict[str, str]:
    """Returns the two letters of each country, by all that it may be called, as `_plain` has it."""
    from holidays.registry import COUNTRIES

    found = {_plain(one): codes[1] for key, codes in COUNTRIES.items() for one in (key, *codes[1:3])}
    return found | {_plain(name): code for code, name in _WRITTEN.items()} | {_plain(one): _ALSO[one] for one in _ALSO}


def _title(key: str) -> str:
    return " ".join(word if word in _SMALL else word.capitalize() for word in key.split("_"))


def _plain(name: str) -> str:
    """Returns a name without capitals, marks, and whatever is no letter: nobody is to be asked for a hyphen."""
    letters = unicodedata.normalize("NFKD", name.replace("&", "and")).casefold()
    return "".join(one for one in letters if one.isalpha()).removeprefix("the")


@cache
def _holidays() -> ModuleType:
    import holidays

    return holidays
