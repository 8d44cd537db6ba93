"""The guess at a kind, on sentences as members write them; and the words by which a member says it."""

import pytest

from bot.kinds import ADVICE, HELP, INFORMATION, INTRODUCTION, NAMES, guess_kind, read_kind

SAID = {
    INFORMATION: [
        "the airport RFP went out today",
        "heads-up that the hospital tender closes on Friday",
        "told me the county is publishing its bond list next week",
        "forwarded the new code changes for mass timber",
        "sent over the article about the port expansion",
        "let me know that the Riverside site is coming to market",
        "shared the attendee list before the conference",
        "the early notice on the school district's bid",
        "a tip that Acme is about to move offices",
        "passed on the news that the zoning vote was moved up",
        "pointed me to the grant deadline",
    ],
    INTRODUCTION: [
        "introduced me to the facilities director at Acme",
        "intro to the new dean",
        "connected us with a surveyor in Reno",
        "put me in touch with their structural engineer",
        "referred a client to us",
        "the referral to Jane at Turner",
        "recommended us for the library job",
        "vouched for me with the owner",
        "brought us in to meet the developer",
        "made the connection to the port authority",
    ],
    ADVICE: [
        "how to price the survey",
        "talked me through the fee negotiation",
        "gave feedback on our proposal",
        "a second look at my slides",
        "ideas for the first minute of my talk",
        "explained how the joint venture rules work",
        "reviewed my pitch before Thursday",
        "your suggestion about the phasing plan",
        "coached me before the first board meeting",
        "answered all my questions on bonding capacity",
    ],
    HELP: [
        "stayed late to finish the model with us",
        "practised the interview with me twice",
        "covered for me at the site meeting",
        "lent us a drone for the weekend",
        "drove me to the airport",
        "helped set up the booth",
        "proofread the whole submission overnight",
        "spent two hours fixing our spreadsheet",
        "carried the boxes up four floors",
        "wrote me a letter for the licence board",
        "did a great job on the booth",
        "thank you!",
    ],
}


@pytest.mark.parametrize(("kind", "words"), [(kind, words) for kind, all_ in SAID.items() for words in all_])
def test_a_sentence_is_guessed_as_a_member_would_class_it(kind: str, words: str) -> None:
    assert guess_kind(words) == kind


@pytest.mark.parametrize(
    "words", ["", "   ", "¡gracias!", "助けてくれた", "x" * 4000, "🙏", "the thing with the thing"]
)
def test_words_without_a_sign_are_helping_someone_succeed(words: str) -> None:
    assert guess_kind(words) == HELP


def test_a_sign_counts_in_capitals_too_and_not_inside_a_word() -> None:
    assert guess_kind("THE RFP IS OUT") == INFORMATION
    assert guess_kind("a forbidden thing") == HELP  # no "bid"


@pytest.mark.parametrize(
    ("typed", "kind"),
    [
        ("info", INFORMATION), ("Information", INFORMATION), ("news:", INFORMATION), ("intro", INTRODUCTION),
        ("introduction", INTRODUCTION), ("REFERRAL", INTRODUCTION), ("advice,", ADVICE), ("idea", ADVICE),
        ("ideas", ADVICE), (" help ", HELP), ("helped", None), ("introduced", None), ("", None), ("advise", None),
    ],
)  # fmt: skip
def test_a_kind_is_said_in_one_word(typed: str, kind: str | None) -> None:
    assert read_kind(typed) == kind


def test_the_four_kinds_have_the_names_they_are_known_by() -> None:
    assert list(NAMES.values()) == [
        "timely information", "introductions and referrals", "ideas and advice", "helping someone succeed",
    ]  # fmt: skip
