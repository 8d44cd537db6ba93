"""The weekly report as admins read it: sums with how sure they are, nobody's name; and whether it comes."""

from bot.network.groups import LEAST_PEOPLE, Effect
from bot.reports import RETURNED_WITHIN, WEEKS, Report
from handlers.views.kit import Block, Message, actions, button, context, section

ON, OFF = "on", "off"
RULE = f"Sums of help that nobody made private, where {LEAST_PEOPLE} or more took part. Nobody is named or ranked."


def report(told: Report, week: str = "") -> Message:
    """Is the report of a week, which is named in words, `Mon 23 Feb to Sun 1 Mar`; or of the seven days up to now."""
    head, text = _week(told, f"Last week, {week}" if week else "The last seven days")
    lines = [_spread(told), _new_ties(told), _returned(told), effect(told.effect)]
    small = f"{RULE} {'You chose this on Home, which turns it off.' if week else 'Only you see this.'}"
    return Message(text, [section(head), *(section(one) for one in lines if one), context(small)])


def effect(found: Effect) -> str:
    """Says whether nudges help, or that it is too early to say."""
    done, held = found.done, found.held
    if not done.times and not held.times:
        return ""
    if found.difference is None:
        have = f"{done.times:,} sent and {held.times:,} held back" if _can_be_told(found) else "There are few"
        return f"*Whether nudges help: too early to say.* {have} so far."
    followed = (
        f"A good turn followed {_percent(done.share)} of {done.times:,} nudges within seven days,"
        f" and {_percent(held.share)} of {held.times:,} held back by chance."
    )
    low, value, high = (
        round(100 * one) for one in (found.difference.low, found.difference.value, found.difference.high)
    )
    if not found.is_clear:
        likely = f"The difference is likely between {_in_a_hundred(low)} and {_in_a_hundred(high)}."
        return f"*Whether nudges help: too early to say.* {followed} {likely}"
    head = "Nudges help" if value > 0 else "Fewer good turns follow nudges"
    nearest, farthest = sorted((abs(low), abs(high)))
    return f"*{head}.* {followed} That is {_in_a_hundred(value)}, likely between {nearest} and {farthest}."


def on_home(*, is_on: bool) -> list[Block]:
    """Is the line about the report in the admins' corner."""
    words = "on, Mondays at 9:00 AM" if is_on else "off"
    turn = button("Turn it off" if is_on else "Turn it on", "reports.choose", OFF if is_on else ON,
                  reads=f"Turn the weekly report {OFF if is_on else ON}")  # fmt: skip
    return [
        section(f"*Weekly report:* {words}"),
        actions(turn, button("Send it now", "reports.send", reads="Send the weekly report now")),
    ]


def chosen(next_at: str | None) -> Message:
    """Answers whether the report comes from now on; `next_at` is in words."""
    line = f"*The weekly report is on.* The next one comes {next_at}." if next_at else "*The weekly report is off.*"
    small = "It comes to you alone. Other admins choose for themselves."
    return Message(line.replace("*", ""), [section(line), context(small)])


def on_its_way() -> Message:
    """Answers that the report is sent at once."""
    line = "*On its way to our conversation.* It is about the last seven days."
    return Message(line.replace("*", ""), [section(line), context("Only you get it.")])


def _week(told: Report, week: str) -> tuple[str, str]:
    if not told.acts:
        text = "too few took part to say more of the week."
        return f"*{week}:* {text}", f"{week}: {text}"
    helped = f"{told.helpers:,} people gave {told.acts:,} good turns."
    who = "All" if told.first_helpers == told.helpers else f"{told.first_helpers:,}"
    first = f" {who} of them gave for the first time." if told.first_helpers else ""
    return f"*{week}:* {helped}{first}", f"{week}: {helped}"


def _spread(told: Report) -> str:
    if told.busiest is None:
        return ""
    people, of, share = told.busiest
    return f"*How it is spread:* the {people:,} who gave most, of {of:,}, gave {_percent(share)} in {WEEKS} weeks."


def _new_ties(told: Report) -> str:
    if told.ties_a_week is None:
        return ""
    likely = f"likely {told.ties_a_week.low:.2g} to {told.ties_a_week.high:.2g} a week"
    return f"*New ties:* {told.new_ties:,} in {WEEKS} weeks, {likely}."


def _returned(told: Report) -> str:
    if told.days_to_return is None:
        return ""
    days = _count(round(told.days_to_return), "day")
    within = (
        f"Of first good turns that were returned within {RETURNED_WITHIN.days} days, half were returned within {days}."
    )
    return f"*Returned:* {within[0].lower()}{within[1:]}"


def _can_be_told(found: Effect) -> bool:
    """Says whether the numbers of nudges are about enough people."""
    return min(found.done.people, found.held.people) >= LEAST_PEOPLE


def _in_a_hundred(value: int) -> str:
    return f"{abs(value)} in 100 {'fewer' if value < 0 else 'more'}"


def _count(number: int, what: str) -> str:
    return f"{number:,} {what}" if number == 1 else f"{number:,} {what}s"


def _percent(share: float) -> str:
    return f"{round(100 * share)}%"
