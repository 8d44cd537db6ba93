"""What members type: who is meant, of which kind, and in which words."""

import pytest

from bot.errors import NotAMention, NotAName, NotOnePerson
from bot.kinds import ADVICE, HELP, INFORMATION, INTRODUCTION
from bot.ledger import Outsider
from handlers.reading import (
    Reading,
    mentioned_handles,
    plain_words,
    read_outsiders,
    read_statement,
    unescape_slack,
)

ANA, RAJ, BO = "<@U1ANA>", "<@U2RAJ|raj>", "<@W3BO|bo.lindqvist>"
JANE = Outsider("Jane Doe", "Acme")

# (text, Slack ids, people outside, kind, words)
READ: list[tuple[str, list[str], list[Outsider], str | None, str]] = [
    ("", [], [], None, ""),
    ("   \n ", [], [], None, ""),
    # one person
    (f"{ANA} the airport RFP", ["U1ANA"], [], None, "the airport RFP"),
    (f"{RAJ} the airport RFP", ["U2RAJ"], [], None, "the airport RFP"),
    (f"{BO}", ["W3BO"], [], None, ""),
    (f"{ANA}, the RFP", ["U1ANA"], [], None, "the RFP"),
    (f"{ANA}: the RFP", ["U1ANA"], [], None, "the RFP"),
    (f"  {ANA}   the    RFP  ", ["U1ANA"], [], None, "the RFP"),
    (f"{ANA}\nfirst line\n  second line", ["U1ANA"], [], None, "first line\n  second line"),
    ("<@U1ANA|> the RFP", ["U1ANA"], [], None, "the RFP"),
    # several people
    (f"{ANA} {RAJ} the RFP", ["U1ANA", "U2RAJ"], [], None, "the RFP"),
    (f"{ANA}, {RAJ} and {BO} the RFP", ["U1ANA", "U2RAJ", "W3BO"], [], None, "the RFP"),
    (f"{ANA}, {RAJ}, and {BO}: the RFP", ["U1ANA", "U2RAJ", "W3BO"], [], None, "the RFP"),
    (f"{ANA} & {RAJ}; the RFP", ["U1ANA", "U2RAJ"], [], None, "the RFP"),
    (f"{ANA} &amp; {RAJ} the RFP", ["U1ANA", "U2RAJ"], [], None, "the RFP"),
    (f"{ANA}{RAJ} the RFP", ["U1ANA", "U2RAJ"], [], None, "the RFP"),
    (f"{RAJ} {ANA} {RAJ} the RFP", ["U2RAJ", "U1ANA"], [], None, "the RFP"),
    (f"{ANA}:the RFP", ["U1ANA"], [], None, "the RFP"),
    (f"{ANA} and the RFP", ["U1ANA"], [], None, "and the RFP"),
    (f"{ANA} android tips", ["U1ANA"], [], None, "android tips"),
    # mentioned later
    (f"the RFP for {ANA} and {RAJ}", ["U1ANA", "U2RAJ"], [], None, f"the RFP for {ANA} and {RAJ}"),
    (f"{ANA} met {RAJ} about it", ["U1ANA"], [], None, f"met {RAJ} about it"),
    # the kind
    (f"advice {ANA} how to price it", ["U1ANA"], [], ADVICE, "how to price it"),
    (f"Info: {ANA} the RFP", ["U1ANA"], [], INFORMATION, "the RFP"),
    (f"{ANA} intro: the dean", ["U1ANA"], [], INTRODUCTION, "the dean"),
    (f"{ANA} help: moving boxes", ["U1ANA"], [], HELP, "moving boxes"),
    (f"{ANA} help moving boxes", ["U1ANA"], [], None, "help moving boxes"),
    (f"{ANA} note: moving boxes", ["U1ANA"], [], None, "note: moving boxes"),
    (f"advice {ANA} intro: the dean", ["U1ANA"], [], ADVICE, "intro: the dean"),
    ("advice", [], [], ADVICE, ""),
    (f"news {ANA}", ["U1ANA"], [], INFORMATION, ""),
    # people outside Slack
    ("Jane Doe (Acme) the RFP", [], [JANE], None, "the RFP"),
    ("Jane Doe(Acme) the RFP", [], [JANE], None, "the RFP"),
    (f"{ANA}, Jane Doe (Acme) and {RAJ} the RFP", ["U1ANA", "U2RAJ"], [JANE], None, "the RFP"),
    ("Jane Doe (Acme), Jane Doe (Acme) the RFP", [], [JANE], None, "the RFP"),
    ("intro Jane Doe (Acme) the dean", [], [JANE], INTRODUCTION, "the dean"),
    ("Jane Doe (Acme &amp; Sons) the RFP", [], [Outsider("Jane Doe", "Acme & Sons")], None, "the RFP"),
    ("Vincent van der Berg (VDB) x", [], [Outsider("Vincent van der Berg", "VDB")], None, "x"),
    ("Seán O'Neill (Turner) x", [], [Outsider("Seán O'Neill", "Turner")], None, "x"),
    ("María de la Cruz (Gensler) x", [], [Outsider("María de la Cruz", "Gensler")], None, "x"),
    ("J.-P. Smith-Jones (A) x", [], [Outsider("J.-P. Smith-Jones", "A")], None, "x"),
    ("Łukasz Żak (Budimex) x", [], [Outsider("Łukasz Żak", "Budimex")], None, "x"),
    ("Jose\u0301 A\u0301lvarez (Arup) x", [], [Outsider("Jose\u0301 A\u0301lvarez", "Arup")], None, "x"),
    ("李小龙 (嘉禾) 谢谢", [], [Outsider("李小龙", "嘉禾")], None, "谢谢"),
    ("Иван Петров (Газ) x", [], [Outsider("Иван Петров", "Газ")], None, "x"),
    ("أحمد علي (أكمي) شكرا", [], [Outsider("أحمد علي", "أكمي")], None, "شكرا"),
    ("नेहा शर्मा (टाटा) x", [], [Outsider("नेहा शर्मा", "टाटा")], None, "x"),
    ("jane doe (acme) the RFP", [], [], None, "jane doe (acme) the RFP"),
    ("the RFP (draft) went out", [], [], None, "the RFP (draft) went out"),
    (f"{ANA} the RFP (draft) went out", ["U1ANA"], [], None, "the RFP (draft) went out"),
    ("Jane Doe at Acme the RFP", [], [], None, "Jane Doe at Acme the RFP"),
    (f"Jane Doe ({'x' * 61}) the RFP", [], [], None, f"Jane Doe ({'x' * 61}) the RFP"),
    ("Jane Doe () the RFP", [], [], None, "Jane Doe () the RFP"),
    # what else Slack puts into a text
    (f"{ANA} see <https://acme.com/rfp|the RFP>", ["U1ANA"], [], None, "see <https://acme.com/rfp|the RFP>"),
    (f"{ANA} <mailto:j@acme.com|j@acme.com>", ["U1ANA"], [], None, "<mailto:j@acme.com|j@acme.com>"),
    ("wrote to <mailto:j@acme.com|j@acme.com>", [], [], None, "wrote to <mailto:j@acme.com|j@acme.com>"),
    ("wrote to j@acme.com", [], [], None, "wrote to j@acme.com"),
    (f"{ANA} :tada: 🎉 the RFP", ["U1ANA"], [], None, ":tada: 🎉 the RFP"),
    (f"{ANA} 3 &lt; 4 &amp; 5", ["U1ANA"], [], None, "3 &lt; 4 &amp; 5"),
    (f"{ANA} said it in <#C1AUSTIN|austin>", ["U1ANA"], [], None, "said it in <#C1AUSTIN|austin>"),
    (f"{ANA} told <!channel> of it", ["U1ANA"], [], None, "told <!channel> of it"),
    (f"{ANA} told @rajesh of it", ["U1ANA"], [], None, "told @rajesh of it"),
    ("<@> the RFP", [], [], None, "<@> the RFP"),
    # letters that run the other way, and signs one cannot see
    (f"{ANA} \u200fشكرا على المساعدة", ["U1ANA"], [], None, "\u200fشكرا على المساعدة"),
    (f"\u202e{ANA} the RFP", ["U1ANA"], [], None, f"\u202e{ANA} the RFP"),
    (f"{ANA}\u00a0the RFP", ["U1ANA"], [], None, "the RFP"),
    # much of it
    (f"{ANA} RFP (airport) went out", ["U1ANA"], [], None, "RFP (airport) went out"),
    (f"{ANA} {'word ' * 800}", ["U1ANA"], [], None, ("word " * 800).strip()),
    (" ".join(f"<@U{n}>" for n in range(400)), [f"U{n}" for n in range(400)], [], None, ""),
]  # fmt: skip


@pytest.mark.parametrize("case", READ, ids=[repr(case[0][:40]) for case in READ])
def test_a_text_says_who_which_kind_and_what(
    case: tuple[str, list[str], list[Outsider], str | None, str],
) -> None:
    text, slack_ids, outsiders, kind, words = case
    assert read_statement(text) == Reading(slack_ids, outsiders, kind, words)


@pytest.mark.parametrize(
    ("text", "typed"),
    [
        ("@rajesh the RFP", "@rajesh"),
        ("advice @raj.patel how to price it", "@raj.patel"),
        (f"{ANA} @rajesh the RFP", "@rajesh"),
        (f"{ANA} and @rajesh the RFP", "@rajesh"),
        ("the RFP for @rajesh", "@rajesh"),
        ("(@rajesh) the RFP", "@rajesh"),
        ("&lt;@U1ANA&gt; the RFP", "@U1ANA"),
        ("<@u1ana> the RFP", "@u1ana"),
        ("@ラジェシュ ありがとう", "@ラジェシュ"),
    ],
)
def test_a_typed_name_that_is_no_mention_is_said_back(text: str, typed: str) -> None:
    trouble = read_statement(text).trouble
    assert isinstance(trouble, NotAMention)
    assert trouble.typed == typed


@pytest.mark.parametrize(
    ("text", "typed"),
    [
        ("<!channel> the RFP", "@channel"),
        ("<!here|here> the RFP", "@here"),
        ("<!everyone>", "@everyone"),
        (f"{ANA} <!channel> the RFP", "@channel"),
        ("<!subteam^S1ABC|@estimators> the RFP", "@estimators"),
        ("<!subteam^S1ABC> the RFP", "@a group"),
        ("<#C1AUSTIN|austin-chapter> the RFP", "#austin-chapter"),
        ("<#C1AUSTIN|> the RFP", "#a channel"),
        ("<C1AUSTIN|austin-chapter> the RFP", "#austin-chapter"),
        ("the RFP for <!subteam^S1ABC|estimators>", "@estimators"),
        ("info <#C1AUSTIN|austin>", "#austin"),
    ],
)
def test_a_group_or_a_channel_is_not_one_person(text: str, typed: str) -> None:
    trouble = read_statement(text).trouble
    assert isinstance(trouble, NotOnePerson)
    assert trouble.typed == typed


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("", ""),
        ("  3 &lt; 4 &amp;&amp; 5 &gt; 2 ", "3 < 4 && 5 > 2"),
        ("&amp;lt;!channel&amp;gt;", "&lt;!channel&gt;"),
        (f"with {ANA} and {RAJ}", "with @Ana and @raj"),
        ("with <@U9WHO>", "with @someone"),
        ("<https://acme.com/a?b=1&amp;c=2>", "https://acme.com/a?b=1&c=2"),
        ("<https://acme.com|the RFP>", "the RFP"),
        ("<mailto:j@acme.com|j@acme.com> or <tel:+1555>", "j@acme.com or +1555"),
        ("<!here> <!subteam^S1|@team> <!subteam^S1> <#C1|austin> <#C1|>", "@here @team @a group #austin #a channel"),
        ("<javascript:alert(1)|x>", "<javascript:alert(1)|x>"),
        ("a\n b", "a\n b"),
    ],
)
def test_words_read_as_a_member_would_read_them(text: str, plain: str) -> None:
    assert plain_words(text, {"U1ANA": "Ana"}) == plain


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("", []),
        (" , ;\n", []),
        ("Jane Doe", [Outsider("Jane Doe")]),
        ("jane doe (acme)", [Outsider("jane doe", "acme")]),
        ("Jane Doe (Acme), Bob Ray; Eve\nIda (X)", [JANE, Outsider("Bob Ray"), Outsider("Eve"), Outsider("Ida", "X")]),
        ("Jane Doe (Acme), Jane Doe (Acme)", [JANE]),
        ("李小龙 (嘉禾)", [Outsider("李小龙", "嘉禾")]),
        ("x" * 80, [Outsider("x" * 80)]),
        ("Jane Doe (Acme, Inc.), Joe Roe", [Outsider("Jane Doe", "Acme, Inc."), Outsider("Joe Roe")]),
    ],
)
def test_a_field_of_names_is_read_name_by_name(typed: str, read: list[Outsider]) -> None:
    assert read_outsiders(typed) == read


@pytest.mark.parametrize("typed", ["x" * 81, "(Acme)", "Jane (a) (b)", "Jane Doe (Acme", "Jane Doe, Joe)"])
def test_what_is_no_name_is_said_back(typed: str) -> None:
    with pytest.raises(NotAName):
        read_outsiders(typed)


def test_with_a_name_that_is_nobodys_the_rest_is_read_all_the_same() -> None:
    read = read_statement(f"advice {ANA}, @rajesh, Jane Doe (Acme) and {BO} how to price it for {RAJ}")
    assert (read.slack_ids, read.outsiders, read.kind) == (["U1ANA", "W3BO"], [JANE], ADVICE)
    assert read.words == f"how to price it for {RAJ}"
    assert read.mentioned == ["U2RAJ"]
    assert read.words_with({"U2RAJ": "Raj"}) == "how to price it for @Raj"


def test_names_come_with_the_mentions_that_have_one() -> None:
    assert mentioned_handles(f"{ANA} {RAJ} {BO} <@U4|>") == {"U2RAJ": "raj", "W3BO": "bo.lindqvist"}


def test_three_escapes_are_undone_and_no_other() -> None:
    assert unescape_slack("&lt;&gt;&amp;&quot;&#39;&nbsp;") == "<>&&quot;&#39;&nbsp;"
