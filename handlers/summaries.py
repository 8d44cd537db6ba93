"""The weekly summary: said in its channel, previewed, and with one's own name in it or left out."""

from datetime import datetime, timedelta
from io import BytesIO

from bot import channels as joined
from bot import members, summaries, weeks, when
from handlers.drafts import channel_of
from handlers.files import File, Files, Made
from handlers.requests import Request
from handlers.routes import Later, Routes
from handlers.views import schedules
from handlers.views import summaries as views
from handlers.views.charts import weeks_sentence
from handlers.views.drawing import can_draw
from handlers.views.kit import Message
from storage import channels, outbox
from storage import members as people
from storage.database import Reading, Session
from storage.tables import Channel, Outgoing, Summary

SOON = timedelta(minutes=1)  # when to look again whether the summary is there, below which its picture stands


def preview(request: Request, _rest: str = "") -> None:
    """Shows what the channel's summary would be by now."""
    request.look_up()
    channel_id = channel_of(request.body) or ""
    with request.transaction() as session:
        actor = request.actor(session)
        channel = channels.find(session, request.team_id, channel_id)
        told, may_choose = None, members.may("change settings", members.standing(actor))
        if channel is None and may_choose and channel_id:  # the bot came before it noted where it is
            joined.note_joined(session, request.team_id, channel_id, None, request.now, is_shared=False)
        if channel is not None and channel.state == "on":
            now = request.now
            name = summaries.name_of_week(now.date())
            week = Summary(team_id=channel.team_id, channel=channel.id, week=name, since=channel.counted_until, until=now,
                           is_first=not channels.weeks(session, channel.team_id, channel.id, channel.noted_at))  # fmt: skip
            told, due = weeks.tell(session, week, now), when.show(summaries.next_at(channel, now), actor.zone)
    request.answer(views.no_summary(channel_id, may_choose=may_choose) if told is None else views.preview(told, due))


def show_example(request: Request) -> None:
    """Hears *See an example*."""
    request.show(views.example(request.about, request.now))


def choose_name(request: Request) -> None:
    """Hears that somebody leaves their name out of summaries, or shows it again."""
    with request.transaction() as session:
        actor = request.actor(session)
        if request.claim(session):
            members.choose_to_be_named(session, actor, is_named=request.about == schedules.SHOWN, now=request.now)
            session.expire_all()
        is_unnamed = request.actor(session).is_unnamed
    request.answer(schedules.named(is_unnamed=is_unnamed))


def post_now(request: Request) -> None:
    """Hears *Post it now* under the note that a summary would have come too late."""
    channel_id, _, week = request.about.partition(":")
    with request.transaction() as session:
        if request.claim(session):
            summaries.post_now(session, request.actor(session), channel_id, week, request.now)
    request.answer(views.goes_out_now())


def _render(session: Session, row: Outgoing, now: datetime) -> Message | None:
    channel_id, _, name = row.subject.partition(":")
    channel, week = (
        channels.find(session, row.team_id, channel_id),
        channels.week(session, row.team_id, channel_id, name),
    )
    if channel is None or week is None or channel.state == "left":
        return None
    if channel.is_shared and channel.state == "off" and not summaries.was_asked_for(row):
        return None  # another company came into the channel since its week was over
    owner = people.by_id(session, row.team_id, [channel.owner_id]).get(channel.owner_id or "")
    set_up_by = owner.name if owner is not None and weeks.may_be_named(owner) else ""
    return views.posted(weeks.tell(session, week, now), set_up_by)


def _picture(session: Session, row: Outgoing, now: datetime) -> Files | Later | None:
    """Makes the picture below a summary, once the summary is there; where it is not, there is none."""
    channel_id, _, name = row.subject.partition(":")
    week, channel = (
        channels.week(session, row.team_id, channel_id, name),
        channels.find(session, row.team_id, channel_id),
    )
    match outbox.state_of(session, row.team_id, summaries.key_of(row)):
        case "pending" | "sending":
            return Later(now + SOON)
        case "sent" if week and channel and can_draw() and weeks.has_history(session, week):
            return Files(lambda reading: _drawn(reading, week, channel))
    return None


def _drawn(reading: Reading, week: Summary, channel: Channel) -> Made:
    from handlers.views import pictures

    with reading() as session:
        weeks_of_help = [pictures.Week(*one) for one in weeks.history(session, week, channel)]
    drawn = pictures.help_by_week(weeks_of_help, "") or b""
    alt = weeks_sentence([one.counts for one in weeks_of_help])
    return Made(views.above_picture(len(weeks_of_help)), [File("help.png", "Help by week", BytesIO(drawn), alt)])


def _ring(session: Session, row: Outgoing, now: datetime) -> None:
    summaries.ring(session, row, now)


def register(routes: Routes) -> None:
    """Says what is heard and said here."""
    routes.buttons |= {
        "summaries.name": choose_name,
        "summaries.post": post_now,
        "summaries.example": show_example,
    }
    routes.messages |= {summaries.SUMMARY: _render, summaries.CLOCK: _ring, summaries.PICTURE: _picture}
