"""What hears a button that is an answer, whatever it is about: it acts once, and shows what stands then."""

from collections.abc import Callable
from datetime import datetime

from handlers.requests import Request
from handlers.routes import Listener
from storage.database import Session
from storage.tables import Member

# What a member answers about whatever has this id.
Answer = Callable[[Session, Member, str, datetime], None]


def hearing(answer: Answer, show: Listener) -> Listener:
    """Returns what hears an answer; a request that comes again is shown how things stand, and changes nothing."""

    def hear(request: Request) -> None:
        with request.transaction() as session:
            if request.claim(session):
                answer(session, request.actor(session), request.about, request.now)
        show(request)

    return hear
