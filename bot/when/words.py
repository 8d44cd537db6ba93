"""Words that times are made of, each with the one form that the grammar knows it by. Tables and nothing else."""


def words(*lines: str) -> frozenset[str]:
    """Returns the words of some lines."""
    return frozenset(word for line in lines for word in line.split())


WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
MONTHS = (
    "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november",
    "december",
)  # fmt: skip
PARTS = ("morning", "afternoon", "evening", "night")

_NUMBERS = (
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
    "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen",
)  # fmt: skip
_ORDINALS = (
    "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth", "eleventh",
    "twelfth", "thirteenth", "fourteenth", "fifteenth", "sixteenth", "seventeenth", "eighteenth", "nineteenth",
)  # fmt: skip
TENS = {"twenty": 20, "thirty": 30, "forty": 40, "fourty": 40, "fifty": 50, "sixty": 60, "ninety": 90}
NUMBERS = {word: number for number, word in enumerate(_NUMBERS)}
ORDINALS = {word: number for number, word in enumerate(_ORDINALS, 1)} | {"twentieth": 20, "thirtieth": 30}

UNITS = {
    "second": ("sec", "secs", "seconds"),
    "minute": ("min", "mins", "minutes", "minuets", "mintues", "minites"),
    "hour": ("hr", "hrs", "hours", "horus", "hous"),
    "day": ("days", "dayz"),
    "week": ("wk", "wks", "weeks", "weks"),
    "fortnight": ("fortnights",),
    "month": ("mo", "mos", "mth", "mths", "months", "mnth", "mnths"),
    "quarter": ("quarters",),
    "year": ("yr", "yrs", "years"),
}
# Letters that are a unit only when they are glued to a number: "15m" and "2h", never "15 m".
GLUED = {"s": "seconds", "m": "minutes", "h": "hours", "d": "days", "w": "weeks", "y": "years", "a": "am", "p": "pm"}

_SHORT = {
    "monday": "mon mond monady mondy munday modnay moday",
    "tuesday": "tue tues teusday tusday tuseday tuesdy tueday thuesday",
    "wednesday": "wed weds wendesday wednsday wensday wendsday wednesdy wednes wedensday wednessday",
    "thursday": "thu thur thurs thrusday thursdy thirsday thurday thurdsay",
    "friday": "fri firday fryday fridy frday firady",
    "saturday": "sat satuday saterday saturdy satruday",
    "sunday": "sun suday sundy sunady",
    "january": "jan januray janury",
    "february": "feb febuary febrary feburary",
    "march": "mar mrach",
    "april": "apr arpil apirl",
    "june": "jun",
    "july": "jul",
    "august": "aug agust",
    "september": "sep sept setpember septmber",
    "october": "oct ocotber",
    "november": "nov novemeber novmber",
    "december": "dec decmber",
    "tomorrow": (
        "tommorrow tommorow tomorow tomorrrow tmrw tmrrw tmr tmw tmo tmoro 2moro 2morrow 2mrw 2mro tomoro tomorro tomoz tomo "
        "morrow"
    ),
    "today": "2day todya tday tdy",
    "tonight": "tonite 2nite 2night tonigth tonght tn",
    "yesterday": "yday yest yesterdy yestarday",
    "morning": "morn mornign mornin moring",
    "afternoon": "aft arvo aftenoon afternon afternnon",
    "evening": "eve evenin evning",
    "night": "nite",
    "weekend": "wkend wknd",
    "noon": "midday noontime",
    "eod": "cob cop eob",
    "annually": "yearly",
    "fortnightly": "biweekly",
    "starting": "beginning commencing",
    "till": "til until thru through",
    "am": "a.m a.m.",
    "pm": "p.m p.m.",
    "o'clock": "oclock uhr",
    "at": "@ um",
    "next": "nxt",
    "around": "approx approximately circa ca roughly",
    "in": "within",
    "of": "o'",
}  # fmt: skip
CANON = {short: word for word, shorts in _SHORT.items() for short in shorts.split()} | {
    short: f"{unit}s" for unit, shorts in UNITS.items() for short in shorts
}

PLURALS = {
    form: day
    for day in WEEKDAYS
    for form in (f"{day}s", f"{day[:3]}s")
    if form not in ("suns", "sats", "mons", "weds", "tues", "thus")
} | {"thurs'": "thursday"}

# Words that a slip of the fingers leaves readable; shorter ones stand too near to other words.
SLIPS = (
    "tomorrow", "yesterday", "wednesday", "thursday", "saturday", "tuesday", "january", "february", "september",
    "october", "november", "december", "afternoon",
)  # fmt: skip

_EVERY_DAY = frozenset(f"{day}s" for day in WEEKDAYS)
_UNIT_WORDS = frozenset(form for unit in UNITS for form in (unit, f"{unit}s"))

# Short forms that are words as well, or names: they are a day only beside something that says so.
DOUBTFUL_DAYS = frozenset({"mon", "wed", "sat", "sun"})
SAYS_DAY = (
    frozenset(WEEKDAYS)
    | DOUBTFUL_DAYS
    | words(
        "by coming each every following for from last next on other starting this till until pm am noon week",
        ", and or / - & not to",
    )
)
FOLLOWS_DAY = frozenset((*WEEKDAYS, *MONTHS, *PARTS)) | words("at noon am pm next eod , - / or and &")
# Words that are part of a name when they are written as one: "April Jones", "Friday Group", "Noon Ltd".
NAMES = frozenset((*WEEKDAYS, *MONTHS)) | words(
    "afternoon daily day evening jan midnight mon month monthly morning night noon now sat sun today tomorrow tonight wed",
    "week weekend weekly",
)

# Words that are about time wherever they stand.
LEFT_OVER = (
    frozenset(WEEKDAYS)
    | _EVERY_DAY
    | words(
        "ago eod eom eow eoy fortnight fortnights midnight o'clock today tomorrow tonight weekend yesterday",
    )
)
# Words that a phrase about time can begin with: the grammar looks nowhere else.
STARTS = (
    LEFT_OVER
    | _UNIT_WORDS
    | frozenset((*MONTHS, *PARTS))
    | words(
        "a about after am an annual annually any anytime around as asap at back before between bi biannually bimonthly bright by",
        "close coming couple daily during each earlier early end eoq eventually every exactly few final first following for",
        "fortnightly from half hourly in just last late later lunchtime mid middle monthly next nightly noon on once one over",
        "past pm previous quarterly right same say semi semiannually several shortly since some someday sometime soon soonish",
        "start starting the this thru till towards twice until upcoming very wait weekdays weekends weekly within ~",
    )
)
