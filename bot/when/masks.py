"""What must never be read as a time: links, amounts, things with a number, a day that owns something."""

import re
from functools import cache

from bot.when.words import MEASURES, NUMBERED

NOTHING = "\0"  # stands where something was masked, so that every place in the text keeps its number
_DAY = r"(?:mon|tues|wednes|thurs|fri|satur|sun)day"
_NOUNS = (
    "show|meeting|call|flight|train|slot|session|standup|stand-up|sync|demo|class|game|movie|film|bus|ferry|shift|"
    "appointment|deadline|interview|webinar|keynote|talk|reservation|news|train|service|spot|one|version|email|mail|thing"
)
_MASKS = (
    r"<[^<>]*>",
    r"https?://\S+|\bwww\.\S+",
    r"\S+@\S+\.\w+",
    r"\b[\w-]+\.(?:com|org|net|io|ai|dev|co|app|uk|de|eu)(?:/\S*)?\b",
    r"#[\w-]+",
    r"[$€£¥]\s?\d[\d.,]*\s?(?:k|m|b|bn|mm)?\b",
    r"[+-]?\d[\d.,]*\s?(?:%|€|£)",
    r"\+\d[\d ()./-]{5,}\d",
    r"\(\d{3}\) ?\d{3}-\d{4}",
    r"\b(?:1-)?\d{3}[-.]\d{3}[-.]\d{4}\b",
    r"\b\d{3}-\d{4}\b",
    r"\b\d+(?:\.\d+){3}\b|\bv?\d+\.\d+\.(?:\d|\d{3})\b",
    r"\bv\.?\s?\d[\d.]*\b",
    r"\b24/7\b|\b24x7\b|\b365\b|\b50/50\b|\b911\b",
    r"\b\d+/\d+ (?:cups?|of|majority|done|full|scale|size|price|off|stars?|inch(?:es)?|miles?|tsp|tbsp|teaspoons?|finished|complete)\b",
    r"\b\d+(?:st|nd|rd|th) (?:street|st|avenue|ave|floor|grade|place|edition|anniversary|birthday|century|party|time|round|attempt)\b",
    r"\b\d{1,5} (?:\w+ )?(?:street|avenue|ave|road|rd|blvd|boulevard|lane|drive|downing|broadway)\b",
    rf"\b(?:{NUMBERED})\.? ?(?:#|no\.? ?)?\d[\d.,]*\b(?! ?(?:am|pm|a\.m|p\.m|:\d|min|hour|hr|day|week|month|year|sec|business|working))",
    rf"\b\d[\d.,]* (?:{MEASURES})\b(?! (?:and|am|pm)\b)",
    r"\b404\b|\b\d+ (?:page|error)\b",
    r"\bthe (?:19|20)\d\d \w+",
    r"\bhow (?:many|long|often) \w+",
    r"\b(?:\d+|two|three|four|five|six|ten|one|half|full)-(?:hour|day|week|month|year|minute|min|night|hr)s?(?:-(?:long|old))?\b(?! from| ago| later)",
    r"\b(?:\d+|two|three|four|five|six|ten|one|half|full) (?:hour|day|week|month|year|minute)s? (?:old|trip|break|sprint|warranty|plan|contract|notice|window|delay|workshop|course|trial|stay|vacation|holiday|journey|run|walk|streak)s?\b",
    r"\b\d{1,2} ?min(?:ute)?s? (?:call|chat|meeting|sync|catch-?up|demo|walk|talk|intro|slot|session|break|presentation|coffee|update)\b",
    rf"\bthe (?:\d{{1,2}}(?::\d\d)?|noon|midnight) ?(?:am|pm|o'clock)? (?:{_NOUNS})s?\b",
    rf"\b(?:\d{{1,2}}(?::\d\d)?) ?(?:am|pm) (?:{_NOUNS})s?\b(?= |$)(?<=show|lass|ilms|film|ovie|ight|rain|game|news)",
    r"\b(?:good|top of the|guten) (?:morning|afternoon|evening|night|day)\b|\bhigh noon\b|\b(?:happy|black|good|casual|ash|fat|cyber|super|easter|palm|holy|maundy|boxing|blue) " + _DAY + r"\b",
    r"\b(?:ask|tell|email|call|ping|meet|thank|see|with|and|aunt|uncle|dear|hi|hey|mr|mrs|ms|miss|dr|prof|invite|message|text|help|from|to|for|cc|about) ?\.? (?:may|april|june|august|march|jan)\b(?! ?\d| the \d)",
    r"\b(?:i|we|you|they|he|she|it|that|who|what|there|one) may\b(?! \d)|\b(?:i|we|you|they|he|she|it|who) (?:march|sat|wed)\b",
    r"\bmay (?:i|we|you|they|he|she|be|have|not|need|want|call|ask|come|also|still|well)\b",
    r"\b(?:sat|march) (?:down|up|out|in|with|on|through|next|around|back|still|by)\b",
    r"\b(?:first|second|third|one|two) (?:opinion|thoughts?|hand|draft|round|time|name|place|half|party|chance|quarter|choice|priority|of all|version|try|look|contact|step|cup|floor|edition)\b",
    r"\b(?:split|wait a|give me a|hang on a|just a|hold on a|this) second\b|\bsecond-(?:hand|guess)\b|\b(?:have|got) a (?:minute|second|moment)\b",
    r"\b(?:quality|part|full|real|half|long|short|over|first|lead|down|last|all|any|every|on|in|big|show|bed|life|spare|free|response|turnaround|play|party|screen|sales?|delivery|start|end) ?-?time\b",
    r"\b(?:noon|now|today|tomorrow|tonight|night|day|week|month|year|sun|mon|sat|wed|march|may|april|june|august) (?:ltd|inc|corp|llc|llp|gmbh|plc|microsystems|ami)\b",
    r"\b(?:day|week|month|year|night) (?:off|out|rate|care|job|by|in|one|plan|numbers|job|owl|to|after)\b(?<!week after)(?<!day after)",
    r"\b(?:birth|pay|mid|holi|every|work|some|week|off|d|launch|release|game|moving|wedding|mother's|father's|valentine's|new year's|boxing|demo|election)-?days?\b(?<!midday)(?<!weekday)(?<!weekdays)(?<!workday)(?<!someday)",
    r"\b(?:all|per|one|a|the|these|those|present|modern|rainy|great|nice|big|bad|good) days? (?:off|job|care)\b",
)  # fmt: skip


def masked(lower: str) -> str:
    """Returns the text, which is in lower case, with everything blanked that is no time whatever stands around it."""
    lower = lower.replace("no later than", "by           ")
    return _pattern().sub(lambda found: NOTHING * len(found[0]), lower)


@cache
def _pattern() -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{mask})" for mask in _MASKS))
