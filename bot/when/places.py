"""Names of zones as people write them behind a clock time, and the countries that put the month before the day."""

from bot.when.zones import zone_named

# An abbreviation means the wall time of its place in every season: "9am EST" in July is nine in New York.
_ABBREVIATIONS = {
    "America/Los_Angeles": "pt pst pdt pacific",
    "America/Denver": "mt mdt mountain",
    "America/Chicago": "ct cdt central",
    "America/New_York": "et est edt eastern",
    "America/Anchorage": "akst akdt akt",
    "Pacific/Honolulu": "hst",
    "Europe/London": "bst",
    "Europe/Paris": "cet cest",
    "Europe/Athens": "eet eest",
    "Europe/Lisbon": "wet",
    "Europe/Moscow": "msk",
    "Asia/Tokyo": "jst",
    "Asia/Seoul": "kst",
    "Asia/Singapore": "sgt",
    "Asia/Hong_Kong": "hkt",
    "Asia/Karachi": "pkt",
    "Asia/Dubai": "gst",
    "Australia/Sydney": "aest aedt aet",
    "Australia/Adelaide": "acst acdt",
    "Australia/Perth": "awst",
    "Pacific/Auckland": "nzst nzdt nzt",
    "Africa/Johannesburg": "sast",
    "America/Sao_Paulo": "brt",
    "UTC": "utc gmt z zulu",
}
_CITIES = {
    "America/New_York": "new york|ny|nyc|boston|miami|atlanta|washington|philadelphia|detroit|east coast",
    "America/Chicago": "chicago|dallas|houston|austin|texas",
    "America/Denver": "denver|boulder",
    "America/Phoenix": "phoenix|arizona",
    "America/Los_Angeles": "los angeles|la|san francisco|sf|seattle|portland|california|west coast|las vegas",
    "America/Toronto": "toronto|montreal|ottawa",
    "America/Vancouver": "vancouver",
    "America/Mexico_City": "mexico city",
    "America/Sao_Paulo": "sao paulo|são paulo|brasilia",
    "America/Argentina/Buenos_Aires": "buenos aires",
    "America/Bogota": "bogota|bogotá",
    "Europe/London": "london|uk|british",
    "Europe/Dublin": "dublin|irish",
    "Europe/Paris": "paris|french",
    "Europe/Berlin": "berlin|german|munich|frankfurt|hamburg",
    "Europe/Madrid": "madrid|barcelona|spanish",
    "Europe/Rome": "rome|milan",
    "Europe/Amsterdam": "amsterdam|dutch",
    "Europe/Zurich": "zurich|zürich|geneva|swiss",
    "Europe/Vienna": "vienna",
    "Europe/Stockholm": "stockholm|swedish",
    "Europe/Oslo": "oslo",
    "Europe/Copenhagen": "copenhagen",
    "Europe/Helsinki": "helsinki",
    "Europe/Warsaw": "warsaw",
    "Europe/Lisbon": "lisbon",
    "Europe/Athens": "athens",
    "Europe/Istanbul": "istanbul",
    "Europe/Moscow": "moscow",
    "Europe/Kyiv": "kyiv|kiev",
    "Africa/Lagos": "lagos",
    "Africa/Nairobi": "nairobi",
    "Africa/Cairo": "cairo",
    "Africa/Johannesburg": "johannesburg|cape town",
    "Asia/Dubai": "dubai",
    "Asia/Jerusalem": "tel aviv|jerusalem|israel",
    "Asia/Kolkata": "mumbai|delhi|new delhi|bangalore|bengaluru|kolkata|chennai|hyderabad|india|indian",
    "Asia/Singapore": "singapore",
    "Asia/Hong_Kong": "hong kong",
    "Asia/Shanghai": "shanghai|beijing|china",
    "Asia/Tokyo": "tokyo|japan",
    "Asia/Seoul": "seoul",
    "Australia/Sydney": "sydney|canberra",
    "Australia/Melbourne": "melbourne",
    "Australia/Brisbane": "brisbane",
    "Australia/Perth": "perth",
    "Pacific/Auckland": "auckland|new zealand",
}
ABBREVIATIONS = {short: zone for zone, shorts in _ABBREVIATIONS.items() for short in shorts.split()}
CITIES = {city: zone for zone, cities in _CITIES.items() for city in cities.split("|")}
AMBIGUOUS = ("cst", "ist", "mst", "ast", "wst")
_BY_REGION = {
    "cst": (("America/Havana", "America/Havana"), ("America/", "America/Chicago"), ("Asia/", "Asia/Shanghai")),
    "ist": (
        ("Asia/Kolkata", "Asia/Kolkata"), ("Asia/Calcutta", "Asia/Kolkata"), ("Europe/Dublin", "Europe/Dublin"),
        ("Asia/Jerusalem", "Asia/Jerusalem"), ("Asia/Tel_Aviv", "Asia/Jerusalem"),
    ),
    "mst": (("America/Phoenix", "America/Phoenix"), ("America/", "America/Denver"), ("Asia/", "Asia/Kuala_Lumpur")),
    "ast": (("America/", "America/Halifax"), ("Asia/", "Asia/Riyadh")),
}  # fmt: skip

_AT_HALF_HOURS = {
    "+3:30": "Asia/Tehran", "+4:30": "Asia/Kabul", "+5:30": "Asia/Kolkata", "+5:45": "Asia/Kathmandu", "+6:30": "Asia/Yangon",
    "+9:30": "Australia/Darwin",
}  # fmt: skip
MONTH_FIRST = frozenset({"US", "PH", "PR", "GU", "VI", "AS", "MP", "UM", "FM", "MH", "PW"})
BOTH_WAYS = frozenset({"", "CA"})  # Canadians write dates in either order, and without a country nobody can tell

_HALF_PAST = frozenset({"GB", "IE", "AU", "NZ", "IN", "ZA", "SG", "HK", "MT", "KE", "NG"})


def zone_by_abbreviation(word: str, zone: str) -> str | None:
    """Returns the zone that an abbreviation means to somebody who lives in `zone`; None where that cannot be told."""
    if word in ("est", "edt") and zone.startswith("Australia/"):
        return zone
    if word in AMBIGUOUS:
        return next((meant for prefix, meant in _BY_REGION.get(word, ()) if zone.startswith(prefix)), None)
    return ABBREVIATIONS.get(word)


def zone_by_name(name: str) -> str | None:
    """Returns the zone of a city, a country or an IANA name, however it is cased."""
    if name in CITIES:
        return CITIES[name]
    parts = ["_".join(word.capitalize() for word in part.split("_")) for part in name.split("/")]
    found = "/".join(parts)
    return found if "/" in name and zone_named(found).key == found else None


def puts_month_first(locale: str) -> bool | None:
    """Says whether 3/5 is the fifth of March there; None where it is written both ways."""
    language, _, country = locale.replace("_", "-").partition("-")
    if not (language.isalpha() and len(language) in (2, 3)) or not (
        (country.isalpha() and len(country) == 2) or country == ""
    ):
        return None
    if not country and language.lower() != "en":
        return False  # of the countries that put the month first, English alone is the language of Slack in
    return None if country.upper() in BOTH_WAYS else country.upper() in MONTH_FIRST


def says_half_past(locale: str) -> bool:
    """Says whether "half five" is half past five there: in English, outside of America."""
    language, _, country = locale.replace("_", "-").partition("-")
    return language.lower() == "en" and country.upper() in _HALF_PAST


def zone_at_offset(offset: str) -> str | None:
    """Returns a zone that is always so far from UTC, such as +2 and +5:30; None where every zone there changes its clocks."""
    digits = offset[1:].replace(":", "")
    hours, minutes = (digits[:-2], digits[-2:]) if len(digits) > 2 else (digits, "00")
    if minutes == "00":
        name = f"Etc/GMT{'-' if offset[0] == '+' else '+'}{int(hours)}" if int(hours) else "UTC"
        return name if zone_named(name).key == name else None
    return _AT_HALF_HOURS.get(f"{offset[0]}{int(hours)}:{minutes}")
