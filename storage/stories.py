"""What a channel's week tells beside its sums: introductions, and words of those who were helped."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from sqlalchemy import BindParameter, and_, bindparam, case, func, select
from sqlalchemy.orm import aliased
from sqlmodel import Session, col

from storage.tables import Act, Introduction, Mark, Member

# An introduction whose people met later than this after they were introduced is told of in no summary.
MEET_WITHIN = timedelta(days=90)
_TEAM: BindParameter[str] = bindparam("team_id")
_CHANNEL: BindParameter[str] = bindparam("channel")
_SINCE: BindParameter[datetime] = bindparam("since", type_=Act.__table__.c.recorded_at.type)  # type: ignore[attr-defined]
_UNTIL: BindParameter[datetime] = bindparam("until", type_=Act.__table__.c.recorded_at.type)  # type: ignore[attr-defined]


class Story(NamedTuple):
    """An act that both sides agreed on, with the thanks for it and the members on both sides."""

    act: Act
    thanks: Mark
    helper: Member
    helped: Member


def count_introductions(
    session: Session, team_id: str, channel: str, since: datetime, until: datetime
) -> tuple[int, int]:
    """Counts the introductions begun in a channel to which all said yes in a time, and those whose people met in that time."""
    values = {"team_id": team_id, "channel": channel, "since": since, "until": until, "lately": since - MEET_WITHIN}
    row = session.connection().execute(_INTRODUCTIONS, values).one()
    return int(row[0]), int(row[1])


def of_acts(session: Session, team_id: str, act_ids: Sequence[str]) -> list[Story]:
    """Returns these acts with what was said of them and who is on both sides, the newest first."""
    found = session.execute(_STORIES, {"team_id": team_id, "ids": list(act_ids)}) if act_ids else ()
    return [Story(*row) for row in found]


def _count_introductions() -> Any:
    made = (col(Introduction.connected_at) >= _SINCE, col(Introduction.connected_at) < _UNTIL)
    met = (col(Introduction.met_at) >= _SINCE, col(Introduction.met_at) < _UNTIL)
    counted = [func.coalesce(func.sum(case((and_(*one), 1), else_=0)), 0) for one in (made, met)]
    lately = col(Introduction.connected_at) >= bindparam("lately")
    return select(*counted).where(col(Introduction.team_id) == _TEAM, col(Introduction.channel) == _CHANNEL, lately)


def _stories() -> Any:
    thanks, helper, helped = aliased(Mark), aliased(Member), aliased(Member)
    its_thanks = (
        col(thanks.team_id) == col(Act.team_id),
        col(thanks.act_id) == col(Act.id),
        col(thanks.mark) == "thanks",
    )
    return (
        select(Act, thanks, helper, helped)
        .join(thanks, and_(*its_thanks))
        .join(helper, and_(col(helper.team_id) == col(Act.team_id), col(helper.id) == col(Act.helper_id)))
        .join(helped, and_(col(helped.team_id) == col(Act.team_id), col(helped.id) == col(Act.helped_id)))
        .where(col(Act.team_id) == _TEAM, col(Act.id).in_(bindparam("ids", expanding=True)))
        .order_by(col(Act.recorded_at).desc(), col(Act.id).desc())
    )


# Built once: a statement that is built anew costs several times what its execution does.
_INTRODUCTIONS, _STORIES = _count_introductions(), _stories()
