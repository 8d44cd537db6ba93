"""The four ways to serve a network, how a member may call them, and a guess at which one some words describe."""

import re

INFORMATION, INTRODUCTION, ADVICE, HELP = "information", "introduction", "advice", "help"

NAMES = {
    INFORMATION: "timely information",
    INTRODUCTION: "introductions and referrals",
    ADVICE: "ideas and advice",
    HELP: "helping someone succeed",
}

# What a member may put before or behind the names to say the kind: `/give advice @ana ...`.
_SAID = {
    "info": INFORMATION,
    "information": INFORMATION,
    "news": INFORMATION,
    "intro": INTRODUCTION,
    "introduction": INTRODUCTION,
    "referral": INTRODUCTION,
    "advice": ADVICE,
    "idea": ADVICE,
    "ideas": ADVICE,
    "help": HELP,
}

# Signs of each kind, as beginnings of words. The first kind with the most signs wins, so the order breaks ties: an introduction
# named as such is one, and timely information is more often told than advice is.
_SIGNS = {
    INTRODUCTION: "introduc|intro|referr|referral|connect|recommend|named|put me in touch|put you in touch|vouch|met through|"
    "brought me in|brought us in",
    INFORMATION: "rfp|rfq|bid|tender|deadline|heads-up|heads up|news|announce|article|link|went out|opens|opening|closes|"
    "publish|let me know|event|conference|invit|forward|shared|sent|tip|notice|alert|code change|report|study|posting|listing",
    ADVICE: "advice|advis|idea|suggest|feedback|review|comment|think|brainstorm|explain|taught|teach|mentor|coach|lesson|"
    "pricing|price|how to|showed|walked|talked|answer|question|opinion|second look",
    HELP: "help|evening|weekend|hours|prepar|practice|practise|rehears|wrote|built|fixed|covered|stood in|lent|drove|carried|"
    "edited|proofread|interview|saved|finish|stayed|moved|set up|organi",
}
_COUNTERS = {kind: re.compile(rf"\b(?:{signs})", re.IGNORECASE) for kind, signs in _SIGNS.items()}


def read_kind(word: str) -> str | None:
    """Returns the kind a member calls by this word, or None."""
    return _SAID.get(word.strip(" :,").lower())


def guess_kind(words: str) -> str:
    """Returns the kind that the words most likely describe; without a sign, helping someone succeed."""
    counts = {kind: len(set(map(str.lower, signs.findall(words)))) for kind, signs in _COUNTERS.items()}
    best = max(counts, key=lambda kind: counts[kind])
    return best if counts[best] else HELP
