"""Words that times are made of, each with the one form that the grammar knows it by. Tables and nothing else."""

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
    "tomorrow": "tommorrow tommorow tomorow tomorrrow tmrw tmrrw tmr tmw tmo tmoro 2moro 2morrow 2mrw 2mro tomoro tomorro tomoz tomo morrow",
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
    "o'clock": "oclock",
    "at": "@",
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

# Short forms that are words as well, or names: they are a day only beside something that says so.
DOUBTFUL_DAYS = frozenset({"mon", "wed", "sat", "sun"})
SAYS_DAY = frozenset({"on", "next", "this", "every", "each", "by", "coming", "last", "following", "until", "till", "other", "from", "starting", "for"})  # fmt: skip

NAMES = frozenset({*WEEKDAYS, *MONTHS, "noon", "today", "tomorrow", "tonight", "morning", "evening", "afternoon", "night", "midnight", "weekend", "week", "day", "month", "daily", "weekly", "monthly", "now", "mon", "sun", "sat", "wed", "jan", "may"})  # fmt: skip
COMPANIES = frozenset(
    "group ltd limited inc corp co company llc llp plc gmbh ag capital partners ventures labs lab bank media club times"
    " studio studios systems foundation fund holdings consulting associates network networks technologies tech software"
    " magazine press hotel bar cafe coffee records games energy health microsystems holdings post house agency team"
    " project app blues ales".split()
)

# What is counted: a number before one of these is no time.
MEASURES = (
    "people|persons?|guests?|attendees|seats?|units?|items?|points?|pts|dollars?|usd|euros?|eur|pounds?|bucks|percent|"
    "pct|pages?|slides?|questions?|copies|customers?|clients?|users?|candidates?|leads?|deals?|emails?|messages?|tickets?|"
    "bugs?|issues?|files?|boxes|bottles?|cups?|tons?|miles?|km|kg|lbs?|mph|stars?|votes?|options?|ideas?|things?|tips|"
    "reasons|ways|steps?|companies|names?|numbers?|kids|children|friends|members?|colleagues|engineers?|interviews?|calls|"
    "meetings|rounds?|laps|reps|sets|players|games?|goals?|percentage|degrees?|tables?|rooms?|bedrooms?|floors?|other|"
    "others|more|different|new|of us|of them|per|k|million|billion|thousand|hundred|grand|x|and a half stars"
)
# What is numbered: a number after one of these is no time.
NUMBERED = (
    "room|rm|suite|ste|apt|apartment|floor|flat|unit|page|pages|pg|chapter|ch|version|ver|v|section|sec\\.|step|phase|part|ticket|"
    "issue|line|gate|flight|bus|route|highway|hwy|interstate|building|bldg|no|nr|number|num|item|table|figure|fig|slide|"
    "question|level|grade|round|track|episode|ep|season|lot|box|batch|series|class|type|model|form|ext|extension|code|pin|"
    "invoice|order|case|po|pr|rfc|iso|top|act|scene|volume|vol|exhibit|option|plan|tier|bug|task|story|epic|sprint|build|"
    "release|windows|python|java|iphone|office 365|area|zone|platform|terminal|aisle|row|seat|door|exit|pier|dock|"
    "bay|channel|team|group|ward|district|zip|postcode|article|clause|appendix|schedule|rule|law|bill|proposal|rfp|sow|"
    "draft|revision|rev|iteration|milestone|priority|sev|agent|studio|catch|apollo|route|world cup|vision|agenda|formula|"
    "score|size|age|aged|over|under|than|least|most|only|all|these|those|least"
)

GLUE = frozenset({"at", "on", "by", "the", "of", "in", ",", "(", "[", ")", "]", "from", "for", "about", "around", "~", "exactly", "say", "maybe", "like", "is", "-", "precisely", "hopefully", "probably", "ideally", "latest"})  # fmt: skip
TAILS = frozenset({"sharp", "exactly", "prompt", "please", "pls", "ish"})
JOINS = frozenset({"or", "and", "to", "till", "/", "&", "-", "versus", "vs"})
# Beside a time these words make another one of it, which is for the member to say.
TURNS_BEFORE = frozenset({"before", "after", "until", "till", "since", "between", "except", "not", "past", "last", "next", "every", "each", "than", "early", "late", "mid", "end", "start", "starting", "second", "was", "were", "or", "this", "previous", "following", "never", "without", "ago", "week", "weeks", "no", "unless", "either", "few", "some", "within", "during", "other", "weekly", "daily", "monthly", "half", "quarter", "middle", "later", "earlier", "rather", "of"})  # fmt: skip
TURNS_AFTER = frozenset({"ago", "before", "after", "earlier", "or", "till", "later", "week", "weeks", "month", "months", "day", "days", "year", "years", "hour", "hours", "minutes", "am", "pm", "morning", "afternoon", "evening", "night", "every", "each", "except", "hence", "since", "through", "prior", "next", "last", "this", "early", "late", "eow", "eom", "eod", "o'clock", "half", "quarter", "past", "instead", "again", "nor", "but", "once", "twice", "times", "daily", "weekly", "monthly", "annually", "either", "ish", "weekdays", "weekends", "unless", "lunch", "dinner", "breakfast", "brunch"})  # fmt: skip
LEFT_OVER = frozenset({*WEEKDAYS, *PLURALS.values(), *(f"{day}s" for day in WEEKDAYS), "tomorrow", "today", "tonight", "yesterday", "midnight", "weekend", "fortnights", "fortnight", "ago", "o'clock", "eod", "eow", "eom", "eoy"})  # fmt: skip
# Words that a phrase about time can begin with: the grammar looks nowhere else.
STARTS = frozenset({
    *WEEKDAYS, *(f"{day}s" for day in WEEKDAYS), *MONTHS, *PARTS, *LEFT_OVER,
    *(form for unit in UNITS for form in (unit, f"{unit}s")), "a", "about", "after", "an", "any", "anytime", "around", "asap", "at", "before",
    "between", "bi", "bright", "by", "close", "coming", "couple", "daily", "day", "during", "each", "earlier", "early", "end", "eoq",
    "eventually", "every", "few", "final", "first", "following", "for", "fortnightly", "from", "half", "hourly", "in", "just", "last",
    "late", "later", "lunchtime", "mid", "middle", "month", "monthly", "next", "nightly", "noon", "on", "once", "one", "over",
    "past", "previous", "quarter", "quarterly", "right", "same", "say", "semi", "several", "shortly", "since", "some", "someday",
    "sometime", "soon", "soonish", "start", "starting", "the", "this", "till", "towards", "twice", "until", "upcoming", "very",
    "week", "weekdays", "weekends", "weekly", "year", "annually", "bimonthly", "exactly", "~", "thru", "back", "annual", "within",
    "semiannually", "biannually", "as", "wait",
})  # fmt: skip
