"""Countries: found by what members call them, named as they are written, with the days they keep."""

import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

from bot import countries
from bot.errors import NotACountry


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("Sweden", "SE"), ("sweden", "SE"), ("  SWEDEN ", "SE"), ("SE", "SE"), ("se", "SE"), ("SWE", "SE"),
        ("United States", "US"), ("usa", "US"), ("U.S.A.", "US"), ("the united states of america", "US"),
        ("UK", "GB"), ("United Kingdom", "GB"), ("england", "GB"), ("The Netherlands", "NL"), ("Holland", "NL"),
        ("Côte d'Ivoire", "CI"), ("cote d’ivoire", "CI"), ("Ivory Coast", "CI"), ("Türkiye", "TR"), ("Turkey", "TR"),
        ("Trinidad & Tobago", "TT"), ("Trinidad and Tobago", "TT"), ("Guinea Bissau", "GW"), ("guinea-bissau", "GW"),
        ("Hong Kong", "HK"), ("Hongkong", "HK"), ("Aland Islands", "AX"), ("Åland Islands", "AX"), ("", ""), ("  ", ""),
    ],
)  # fmt: skip
def test_a_country_is_found_by_what_people_call_it(typed: str, code: str) -> None:
    assert countries.find(typed) == code


@pytest.mark.parametrize(
    ("typed", "near"),
    [
        ("Swedn", "Sweden"), ("Untied States", "United States"), ("Brasil", "Brazil"), ("Atlantis", ""), ("XX", ""),
        ("!", ""), ("7", ""), ("瑞典", ""), ("<!channel>", ""), ("SE, NO", ""), ("x" * 3000, ""), ("\x00", ""),
    ],
)  # fmt: skip
def test_what_is_no_country_is_said_with_the_nearest_there_is(typed: str, near: str) -> None:
    with pytest.raises(NotACountry) as said:
        countries.find(typed)
    assert (said.value.typed, said.value.near) == (typed, near)


@pytest.mark.parametrize(
    ("code", "name"),
    [
        ("SE", "Sweden"), ("US", "United States"), ("GB", "United Kingdom"), ("BA", "Bosnia and Herzegovina"),
        ("IM", "Isle of Man"), ("VC", "Saint Vincent and the Grenadines"), ("CI", "Côte d'Ivoire"), ("XX", "XX"), ("", ""),
    ],
)  # fmt: skip
def test_a_country_is_shown_as_it_is_written(code: str, name: str) -> None:
    assert countries.name_of(code) == name


def test_every_country_is_found_by_the_name_and_the_code_that_are_shown() -> None:
    from holidays.registry import COUNTRIES

    codes = [codes[1] for codes in COUNTRIES.values()]
    assert len(codes) >= 200
    for code in codes:
        assert countries.find(countries.name_of(code)) == code
        assert countries.find(code) == code
        assert countries.weekend_of(code)
        assert len(countries.name_of(code)) <= 44  # as long as the field that holds it


@pytest.mark.parametrize(
    ("code", "days"),
    [
        ("US", {5, 6}),
        ("SA", {4, 5}),
        ("IR", {4}),
        ("BN", {4, 6}),
        ("NE", {6}),
        ("XX", {5, 6}),
        ("", {5, 6}),
        ("us", {5, 6}),
    ],
)
def test_a_week_ends_as_it_does_in_the_country(code: str, days: set[int]) -> None:
    assert countries.weekend_of(code) == days


@pytest.mark.parametrize(
    ("code", "day", "is_kept"),
    [
        ("US", date(2026, 7, 3), True),  # Independence Day falls on a Saturday, and is kept on the day before
        ("US", date(2026, 7, 2), False),
        ("US", date(2026, 3, 2), False),  # Texas alone
        ("SE", date(2026, 6, 6), True),
        ("SE", date(2026, 7, 3), False),
        ("IN", date(2060, 1, 26), True),  # beyond the years of which every holiday is known there
        ("XX", date(2026, 1, 1), False),
        ("", date(2026, 1, 1), False),
        ("US", date(1, 1, 1), False),
        ("US", date(9999, 12, 30), False),
    ],
)
def test_a_country_keeps_its_own_days_and_no_region_s(code: str, day: date, is_kept: bool) -> None:
    assert countries.is_holiday(code, day) is is_kept


def test_nothing_is_known_of_countries_until_somebody_asks() -> None:
    loaded = "'holidays' in sys.modules"
    asks = f"import sys, app; assert not {loaded}; from bot import countries; countries.find('SE'); assert {loaded}"
    done = subprocess.run([sys.executable, "-c", asks], cwd=Path(__file__).parents[2], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
