"""What must never be read as a time: links, amounts, things with a number, a name with a month in it."""

import re

from bot.when.beside import MEASURES, NUMBERED

NOTHING = "\0"  # stands where something was masked, so that every place in the text keeps its number
DAY_NAMED = "\2"  # stands for a day that goes by its name, such as "election day": no reader knows its date
_NO_CODES = (
    "jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|mon|tue|wed|thu|fri|sat|sun|tom|tod|at|by|noon|mid|twenty|thirty|forty|"
    "fifty"
)
_FEW = r"(?:\d+|two|three|four|five|six|ten|one|half|full)"
_DAY = r"(?:mon|tues|wednes|thurs|fri|satur|sun)day"
_EVENTS = (
    "show|meeting|call|flight|train|slot|session|standup|stand-up|sync|demo|class|game|movie|film|bus|ferry|shift|"
    "appointment|deadline|interview|webinar|keynote|talk|reservation|news|service|spot|one|version|email|mail|thing"
)
_SPANS = (
    "old|trip|break|sprint|warranty|plan|contract|notice|window|delay|workshop|course|trial|stay|vacation|holiday|journey|"
    "run|walk|streak"
)
_FRACTIONS = (
    "cups?|of|majority|done|full|scale|size|price|off|stars?|inch(?:es)?|miles?|tsp|tbsp|teaspoons?|finished|complete|"
    "ratings?|scores?|votes?|split|odds|perfect|correct|right|would|agree|said|people|dentists|doctors|customers|users|"
    "time|times|page|pages|way|through|marks?|points?|vision|hybrid|helpdesk|support|rule"
)
_SCORED = "scored?|rated?|rating|graded?|odds|ratio|aspect|chance|game|won|lost|beat|up|level|tied|draw|drew"
_BOOKS = "genesis|exodus|leviticus|deuteronomy|psalms?|proverbs|isaiah|romans|corinthians|ephesians|galatians|revelation|hebrews"
_PLAIN_STREETS = ("street", "avenue", "ave", "blvd", "boulevard", "downing", "broadway")
_STREETS = "street|avenue|ave|road|rd|blvd|boulevard|lane|drive|square|sq|court|crescent|terrace|parkway|pkwy|plaza"
_RANKED = (
    "opinion|thoughts?|hand|draft|round|time|name|place|half|party|chance|quarter|choice|priority|of all|version|try|look|"
    "contact|step|cup|floor|edition"
)
_TIMES = (
    "quality|part|full|real|half|long|short|over|first|lead|down|last|all|any|every|on|in|big|show|bed|life|spare|free|"
    "response|turnaround|play|party|screen|sales?|delivery|start|end"
)
_DAYS = (
    "launch|release|game|moving|wedding|mother's|father's|valentine's|new year's|boxing|demo|election|memorial|labor|labour|"
    "independence|veterans|presidents|groundhog|earth|canada|australia|anzac"
)
_SAT = "down|up|out|in|with|on|through|next|around|back|still|by"
_LONGEST_NAME = 24  # letters, "interstate no. #" and some more
_NUMBER = re.compile(r"(?<![\w.,:/])\d(?:[\d.,]*\d)?(?!\w)")
_NUMBERS_NAME = re.compile(r"(?:^|[^\w'-])(([a-z]+)\.? ?)$")
_TIME_AFTER = re.compile(r" ?(?:am|pm|a\.m|p\.m|:\d|min|hour|hr|day|week|month|year|sec|business|working)")
_COUNTED_AFTER = re.compile(r" ([a-z]+)\b(?! (?:and|am|pm)\b)")
_MASKS = (
    # links, addresses, amounts of money, telephone numbers and versions
    r"<[^<>]*>|(?<!\w)~(?=\S)[^~\n]*[^~\s]~(?!\w)",  # what is struck out is no more
    r"https?://\S+|\bwww\.\S+",
    r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+",
    r"\b[\w-]+\.(?:com|org|net|io|ai|dev|co|app|uk|de|eu)(?:/\S*)?\b",
    r"#[\w-]+",
    r"[$€£¥]\s?\d[\d.,]*\s?(?:k|m|b|bn|mm)?\b",
    r"[+-]?\d[\d.,]*\s?(?:%|€|£)|\b(?:priced|sold|valued|listed|bought|capped|quoted|offered) at \d[\d.,]*\b(?! ?[ap]\.?m)",
    r"\+\d[\d ()./-]{5,}\d|\(\d{3}\) ?\d{3}-\d{4}|\b(?:1-)?\d{3}[-.]\d{3}[-.]\d{4}\b|\b\d{3}-\d{4}\b",
    r"\b\d+(?:\.\d+){3}\b|\bv?\d+\.\d+\.(?:\d|\d{3})\b|\bv\.?\s?\d[\d.]*\b",
    # numbers that count or name something
    r"\b1:1s?\b|\b(?:\d|one|two|three)[- ]on[- ](?:\d|one|two|three)\b",
    rf"\b(?!(?:{_NO_CODES})[a-z]*-)[a-z]{{2,}}-\d+\b",
    r"\b(?:24/7|24x7|365|\d\d/[4-9]\d|(?:3[2-9]|[4-9]\d)/\d\d|20/20|911|404)\b|(?<!at )\b\d+ (?:page|error)\b",
    rf"\b\d+/\d+ (?:{_FRACTIONS})\b|\b(?:{_SCORED})(?: of| it| us| at)? \d+[/:]\d+\b|\b(?:{_BOOKS}) \d+:\d+\b",
    r"\b\d+(?:st|nd|rd|th) (?:street|st|avenue|ave|floor|grade|place|edition|anniversary|birthday|century|party|time|round)\b",
    rf"(?P<address>\b\d{{1,5}} (?:\w+ (?:{_STREETS})|downing|broadway)\b)",
    r"\bthe (?:19|20)\d\d \w+",
    # lengths of something, and events that are named for their hour
    r"\bhow (?:many|long|often) \w+",
    rf"\b{_FEW}-(?:hour|day|week|month|year|minute|min|night|hr)s?(?:-(?:long|old))?\b(?! from| ago| later)",
    rf"(?<!in )(?<!in a )(?<!at )\b{_FEW} (?:hour|day|week|month|year|minute)s? (?:{_SPANS})s?\b",
    rf"(?<!after )(?<!before )\bthe (?:\d{{1,2}}(?::\d\d)?|noon|midnight) ?(?:am|pm|o'clock)? (?:{_EVENTS})s?\b",
    # greetings, feasts and names
    r"\bhigh noon\b|\b(?:good|top of the|guten) (?:morning|afternoon|evening|night|day)\b",
    rf"\bhappy {_DAY}\b",
    r"\b(?:i|we|you|they|he|she|it|who) (?:sat|wed)\b",
    r"\b(?:noon|now|today|tomorrow|tonight|night|day|week|month|year|sun|mon|sat|wed) (?:ltd|inc|corp|llc|llp|gmbh|plc|ami)\b",
    # words about time that say none
    rf"\b(?:first|second|third|one|two) (?:{_RANKED})\b",
    r"\b(?:split|wait a|give me a|hang on a|just a|hold on a|this) second\b|\bsecond-(?:hand|guess)\b",
    r"\b(?:have|got) a (?:minute|second|moment)\b",
    rf"\b(?:{_TIMES}) ?-?time\b(?! (?:after|before|from|past|till|until)\b)",
    r"\b(?:day|week|month|year|night) (?:off|out|rate|care|job|in|one|plan|numbers|owl)\b",
    rf"(?P<day>\b(?:birth|pay)days?\b|\b(?:{_DAYS})[ -]?days?\b|\b(?:christmas|new year'?s) eve\b|\bsat (?:{_SAT})\b)",
    r"\b(?:holi|every|some|off)-?days?\b|\bmid-days\b",
    r"\b(?:all|per|one|a|the|these|those|present|modern|rainy|great|nice|big|bad|good) days? (?:off|job|care)\b",
)  # fmt: skip
_MASK = re.compile("|".join(f"(?:{mask})" for mask in _MASKS))


def masked(lower: str, text: str) -> str:
    """Returns the text, `lower` being it in small letters, with everything blanked that is no time whatever stands around it."""
    lower = lower.replace("no later than", "by           ")
    lower = _MASK.sub(lambda found: _blank(found, text), lower)
    for found in _NUMBER.finditer(lower):
        start = _start_of_name(lower, found)
        if start >= 0:
            lower = lower[:start] + NOTHING * (found.end() - start) + lower[found.end() :]
    return lower


def _start_of_name(lower: str, number: re.Match[str]) -> int:
    """Returns where that begins which is no time with a number: "5 pages" at the number, "page 5" before it; -1 for others."""
    before, end = lower[max(number.start() - _LONGEST_NAME, 0) : number.start()], number.end()
    counted = _COUNTED_AFTER.match(lower, end)
    if counted and not before.endswith(("at ", "@", "@ ")):
        many = f"{counted[1]}s" if number[0] == "1" else counted[1]
        if many in MEASURES:
            return number.start()
    name = _NUMBERS_NAME.search(before)
    if name is None or _TIME_AFTER.match(lower, end):
        return -1
    is_no = name[2] == "no" and not before[: name.start(1)].endswith((", ", "- "))  # "No. 5", and not "at 3, no 5"
    return number.start() - len(name[1]) if name[2] in NUMBERED or is_no else -1


def _blank(found: re.Match[str], text: str) -> str:
    if found["address"]:  # "3 Long Lane" is one, and "at 3 long drive home" is none
        typed = text[found.start() : found.end()].split()[1:]
        if not all(word[0].isupper() for word in typed) and not (
            typed == found[0].split()[1:] and typed[-1] in _PLAIN_STREETS
        ):
            return found[0]
    return (DAY_NAMED if found["day"] else NOTHING) * len(found[0])
