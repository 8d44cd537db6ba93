"""The repeats a form offers, as rules."""

from datetime import date

_DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_LAST = 31
_ON_EVERY_MONTH = 28  # days later than this are missing in some months


def rule_for(repeat: str, day: date) -> str | None:
    """Returns the rule (RFC 5545) of a repeat from a form that begins on a day; None for what does not repeat.

    Monthly from a day that some months lack means their last day before it, and not a month that is left out.
    """
    weekday = _DAYS[day.weekday()]
    if day.day == _LAST:
        monthly = "FREQ=MONTHLY;BYMONTHDAY=-1"
    elif day.day > _ON_EVERY_MONTH:
        days = ",".join(str(one) for one in range(_ON_EVERY_MONTH, day.day + 1))
        monthly = f"FREQ=MONTHLY;BYMONTHDAY={days};BYSETPOS=-1"
    else:
        monthly = f"FREQ=MONTHLY;BYMONTHDAY={day.day}"
    return {
        "weekdays": f"FREQ=WEEKLY;BYDAY={','.join(_DAYS[:5])}",
        "weekly": f"FREQ=WEEKLY;BYDAY={weekday}",
        "fortnightly": f"FREQ=WEEKLY;INTERVAL=2;BYDAY={weekday}",
        "monthly": monthly,
    }.get(repeat)
