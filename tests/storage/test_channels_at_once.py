"""Two admins open Home at once: one of them is asked about a channel of which nobody is known to have invited the bot."""

from bot import channels as joined
from bot.summaries import OFFER
from storage import channels, members
from storage.database import Database
from storage.outbox_by_hand import in_states
from tests.storage.interleaving import Do, each_gap
from tests.storage.rows import NOW, a_member


def looks(team_id: str, admin_id: str) -> Do:
    return lambda session: joined.adopt(session, members.by_id(session, team_id, [admin_id])[admin_id], NOW)


def test_of_two_admins_who_look_at_once_one_is_asked(database: Database) -> None:
    def arrange(gap: int) -> tuple[Do, Do]:
        team_id = f"T{gap}"
        with database.transaction() as session:
            joined.note_joined(session, team_id, "C1", None, NOW, is_shared=False)
            admins = [a_member(session, name, team_id, is_admin=True).id for name in ("dan", "dora")]
        return looks(team_id, admins[0]), looks(team_id, admins[1])

    for gap, _ in enumerate(each_gap(database, arrange), 1):
        with database.reading() as session:
            asked = [row.member_id for row, _ in in_states(session, f"T{gap}", ["pending"], 9) if row.kind == OFFER]
            found = channels.find(session, f"T{gap}", "C1")
        assert found is not None
        assert asked == [found.owner_id], gap
