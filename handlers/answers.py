"""What the other side says about an act: thank, fix, remove, keep private, share; the emoji; and the messages about acts."""

from collections.abc import Callable
from datetime import datetime

from bot import acts as statements
from bot import answers, ledger, working
from bot.shares import takes_news_from
from handlers.requests import Request
from handlers.routes import Later, Rendered, Renderer, Routes
from handlers.views import act_forms as forms
from handlers.views import acts as views
from handlers.views import shares as share_views
from handlers.views.acts import Told
from handlers.views.kit import Message
from storage import acts, channels, items, members, shares, workspaces
from storage.acts import Entry
from storage.database import Session
from storage.tables import Member, Outgoing


def thank(request: Request) -> None:
    """Hears *Thanks, it helped*."""
    with request.transaction() as session:
        if request.claim(session):
            answers.thank(session, request.actor(session), request.about, request.now)
    request.done()


def take_thanks_back(request: Request) -> None:
    """Hears *Undo* under one's thanks."""
    with request.transaction() as session:
        if request.claim(session):
            answers.take_thanks_back(session, request.actor(session), request.about, request.now)
    request.done()


def open_word(request: Request) -> None:
    """Hears *Add a word*."""
    with request.transaction() as session:
        actor = request.actor(session)
        told = _told(session, actor, answers.find(session, actor, request.about, "thank"))
    request.show(forms.word_form(told))


def add_word(request: Request) -> None:
    """Hears the word."""
    with request.transaction() as session:
        words = str(request.filled("words")).strip()
        if request.claim(session):
            answers.add_word(session, request.actor(session), request.about, words, request.now)
    request.close()


def open_fix(request: Request) -> None:
    """Hears *Fix it*; the person helped may also say that somebody else helped."""
    with request.transaction() as session:
        actor = request.actor(session)
        entry = answers.find(session, actor, request.about, "fix")
        told = _told(session, actor, entry)
        helpers = members.by_id(session, actor.team_id, [entry.act.helper_id])
    is_helped = entry.act.helped_id == actor.id
    helper = helpers[str(entry.act.helper_id)].slack_id if is_helped else None
    request.show(forms.fix_form(told, helper))


def fix(request: Request) -> None:
    """Hears the fixed act."""
    helper_id = request.filled("helper")
    request.look_up([helper_id] if helper_id else [])
    with request.transaction() as session:
        actor, named = request.meet(session, [helper_id] if helper_id else [])
        if request.claim(session):
            answers.fix(
                session,
                actor,
                request.about,
                kind=request.filled("kind"),
                words=str(request.filled("words")).strip(),
                is_private=request.filled("sees") != "channel",
                helper=named[0] if named else None,
                now=request.now,
            )
    request.close()


def remove(request: Request) -> None:
    """Hears *Remove it*, after the question."""
    with request.transaction() as session:
        if request.claim(session):
            answers.remove(session, request.actor(session), request.about, request.now)
    request.done()


def make_private(request: Request) -> None:
    """Hears *Keep it private*."""
    with request.transaction() as session:
        if request.claim(session):
            answers.make_private(session, request.actor(session), request.about, request.now)
    request.done()


def open_share(request: Request) -> None:
    """Hears *Share to a channel*."""
    request.show(forms.share_form(request.about))


def share(request: Request) -> None:
    """Hears which channel."""
    with request.transaction() as session:
        actor, channel = request.actor(session), str(request.filled("channel"))
        if request.claim(session):
            answers.share(session, actor, request.about, channel, request.now)
        said = statements.recall(session, actor, request.about)
    request.answer(views.recorded(said))


def thank_by_emoji(request: Request) -> None:
    """Hears an emoji on a message; only the one an admin chose means anything."""
    helper_id = request.event.get("item_user")
    if helper_id and _is_on_a_message(request) and _is_chosen(request):
        request.look_up([helper_id])
        with request.transaction() as session:
            actor, named = request.meet(session, [helper_id])
            answers.thank_by_emoji(session, actor, named[0], *_emoji_at(request), request.now, request.key)
    request.done()


def take_emoji_back(request: Request) -> None:
    """Hears that an emoji was taken off."""
    if _is_on_a_message(request) and _is_chosen(request):
        with request.transaction() as session:
            if request.claim(session):
                answers.take_emoji_back(session, request.actor(session), *_emoji_at(request), request.now)
    request.done()


def _emoji_at(request: Request) -> tuple[str, str]:
    """Returns the message on which the emoji was, and when it came or went, as Slack tells time."""
    item, happened = request.event["item"], request.event.get("event_ts")
    return f"{item['channel']}:{item['ts']}", str(happened or f"{request.now.timestamp():.6f}")


def _is_on_a_message(request: Request) -> bool:
    item = request.event.get("item") or {}
    return bool(item.get("type") == "message" and item.get("channel") and item.get("ts"))


def _is_chosen(request: Request) -> bool:
    with request.desk.database.reading() as session:
        return answers.is_chosen(session, request.team_id, str(request.event.get("reaction")))


def _told(session: Session, reader: Member, entry: Entry) -> Told:
    return _shown(session, reader.team_id, reader.id, entry)


def _shown(session: Session, team_id: str, reader_id: str, entry: Entry, *, greets: bool = False) -> Told:
    has_summary = not entry.is_private and channels.has_summary(session, team_id, entry.channel)
    return Told(entry, reader_id, ledger.names_of(session, team_id, [entry.act]), greets, has_summary)


def _message(view: Callable[[Told], Message]) -> Renderer:
    """Makes a renderer of a view of one act, for whoever the message is to."""

    def render(session: Session, row: Outgoing, _now: datetime) -> Message | None:
        entry = acts.of_root(session, row.team_id, row.subject)
        if entry is None:
            return None
        return view(_shown(session, row.team_id, row.member_id, entry, greets=row.greets))

    return render


def _told_of(session: Session, row: Outgoing, now: datetime) -> Rendered:
    """Makes the quiet message about an act, or brings the news that were shared, which are one."""
    entry = acts.of_root(session, row.team_id, row.subject)
    is_news = entry is not None and entry.act.source == shares.SOURCE and entry.stands and not entry.is_confirmed
    if entry is None or not is_news or row.member_id != entry.act.helped_id:
        return _message(views.told)(session, row, now)
    return _bring_news(session, row, entry, now)


def _bring_news(session: Session, row: Outgoing, entry: Entry, now: datetime) -> Message | Later | None:
    """Brings news in somebody's working hours; to nobody who has chosen since that they want none."""
    if row.slack_ts is None:
        people = members.by_id(session, row.team_id, [row.member_id, str(entry.act.helper_id)])
        reader, sharer = people[row.member_id], people[str(entry.act.helper_id)]
        if not takes_news_from(session, reader, sharer):
            return None
        free_at = working.free_at(reader, working.of(reader, workspaces.find(session, row.team_id)), now)
        if free_at > now:
            return Later(free_at)
    told = _shown(session, row.team_id, row.member_id, entry, greets=row.greets)
    item = items.find(session, row.team_id, str(entry.act.about))
    is_first = shares.is_first(session, row.team_id, row.member_id, entry.act.root_id)
    return share_views.shared(told, item.url if item is not None else None, is_first=is_first)


def register(routes: Routes) -> None:
    """Says what is heard and said here."""
    routes.buttons |= {
        "acts.thank": thank,
        "acts.unthank": take_thanks_back,
        "acts.word": open_word,
        "acts.fix": open_fix,
        "acts.remove": remove,
        "acts.private": make_private,
        "acts.share": open_share,
    }
    routes.forms |= {"acts.word_added": add_word, "acts.fixed": fix, "acts.shared": share}
    routes.events |= {"reaction_added": thank_by_emoji, "reaction_removed": take_emoji_back}
    routes.messages |= {
        "act": _told_of,
        "act.thanked": _message(views.helped),
        "act.fixed": _message(views.fixed),
        "act.noted": _message(views.noted),
    }
