"""A member's own network: in words on Home, and as a picture in their own DM, since Home cannot show a private file."""

from datetime import datetime
from io import BytesIO

from bot import ties
from bot.pages import SOMEONE
from handlers.files import File, Files, Made
from handlers.requests import Request
from handlers.routes import Routes
from handlers.views import ties as views
from handlers.views.drawing import can_draw
from handlers.views.network_picture import Tie, my_network, network_words
from storage import members as people
from storage.database import Reading, Session
from storage.tables import Outgoing


def send_picture(request: Request) -> None:
    """Hears *Send me the picture*."""
    with request.transaction() as session:
        ties.send_picture(session, request.actor(session), request.now, request.key)
    request.answer(views.on_its_way())


def _picture(session: Session, row: Outgoing, now: datetime) -> Files | None:
    member = people.by_id(session, row.team_id, [row.member_id])[row.member_id]
    known = [Tie(one.name or SOMEONE, one.is_new, one.gave, one.got) for one in ties.of(session, member, now)]
    if not known or not can_draw():
        return None
    return Files(lambda reading: _drawn(reading, known))


def _drawn(_reading: Reading, known: list[Tie]) -> Made:
    drawn = my_network(known) or b""
    return Made(
        "Your network. Only you see this.", [File("network.png", "Your network", BytesIO(drawn), network_words(known))]
    )


def register(routes: Routes) -> None:
    """Says what is heard and said here."""
    routes.buttons["network.picture"] = send_picture
    routes.messages[ties.PICTURE] = _picture
