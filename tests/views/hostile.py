"""What somebody could write to ping, link, disguise or break: a list by hand, and as many more as are wanted, made by chance."""

import random
from collections.abc import Iterator

BY_HAND = (
    # Slack's own sequences, whole, broken, escaped already, and one within another
    "<!channel>", "<!here>", "<!everyone>", "<!here|here>", "<!subteam^S1>", "<!subteam^S1|@board>", "<@U0EVE>", "<@U0EVE|eve>",
    "<@W1>", "<#C9>", "<#C9|secret>", "<https://evil.example|your payslip>", "<http://evil.example>",
    "<mailto:a@evil.example|Raj>",
    "<tel:+15550100|call>", "<slack://user?team=T1&id=U1|open>", "<!date^1392734382^{date_num} {time_secs}|soon>",
    "<!date^0^{date}^https://evil.example|now>", "<@U0EVE", "U0EVE>", "<", ">", "&", "<<!channel>>", "<!chan<!here>nel>",
    "&lt;!channel&gt;", "&amp;lt;!here&amp;gt;", "&#60;!here&#62;", "&lt", "&lt;", "&&amp;",
    "<\u200b!channel>", "<!channel\n>",
    # what Slack makes links and mentions of by itself, where it may
    "https://evil.example/?a=1&b=<2>", "www.evil.example", "evil.example", "ana@evil.example", "@channel", "@here", "@everyone",
    "@ana", "#general", "+1 555 0100",
    # marks, quotes, lists, code
    "*bold*", "_slanted_", "~gone~", "`code`", "```\nfence", "```", "* *", "*", "> quoted", ">>> all of it", "&gt; quoted",
    "- one\n- two", "1. one\n2. two", "[a](https://evil.example)", "# heading", "*Removed.* It counts for nobody.",
    # lines and what is not seen
    "one\ntwo", "one\r\ntwo", "\n> *Ana says:*", "a\n\n\n\nb", "tab\there", "a\x0bb\x0cc\x1cd\x85e", "one\u2028two\u2029three",
    "\x00", "a\x00b\x07\x08\x1b[31m", "\x7f\x9f", "\u200b", "\u200b\u200d\u2060", "\ufeffRaj", "\u3164", "\u00a0", " ", "  Raj  ",
    "\u202eevil\u202c", "\u202egpj.exe", "\u2066a\u2069", "\u202a\u202b\u202d", "\u061c", "\u200fא", "Z\u0336\u0341\u0341\u0341",
    # emoji, and names in other letters
    ":wave:", ":wave::skin-tone-6:", ":skin-tone-2:", ":tada: :tada: :tada:", "👩‍👩‍👧",
    "🏴󠁧󠁢󠁥󠁮󠁧󠁿", "🙏🏿", "山田太郎", "محمد علي", "שרה כהן", "\ufdfa", "\U0010ffff",
    # what formats, formulas and templates read
    "{other}", "{0.__class__}", "%s %d", "$x^2$ \\frac{1}{2}", "${a}", "=1+1",
    "<b>x</b>", "<script>alert(1)</script>", '"', "'", "\\", "\\n",
    # long ones
    "x" * 3_000, "<" * 3_000, "&" * 3_000, "W " * 1_500, "🎉" * 1_500, "<!channel>" * 300, "Z" + "\u0341" * 2_999, "\n" * 3_000,
)  # fmt: skip

_PIECES = (
    *"<>&@#!|^*_~`:;.,/ \n\t\r{}()[]'\"\\=-+", "<!", "<@", "<#", "<!date^", "<!subteam^", "U0EVE", "C9", "channel", "here",
    "https://",
    "evil.example", "|x>", "&lt;", "&gt;", "&amp;", "```", ">>>", "\u202e", "\u2066", "\u200b", "\u200d", "\x00", "\x1b",
    "\u2028",
    "🙏", ":pray:", "::skin-tone-6:", "Raj", "Ana", "the RFP", "é", "李", "ש", "ي", "\u0341", "{other}", "%s",
)  # fmt: skip


def by_chance(seed: int) -> Iterator[str]:
    """Yields one after the other, always the same for a seed."""
    chance = random.Random(seed)
    while True:
        some = "".join(chance.choices(_PIECES, k=chance.choice((1, 2, 3, 5, 8, 13, 40))))
        yield chance.choice((some, f"<{some}>", f"<!{some}", f"{some}|{some}>", f"<@U0EVE>{some}", f"Raj {some} Patel"))
