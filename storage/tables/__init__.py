"""Every table, its constraints and its indexes.

Each primary key, unique constraint and foreign key begins with `team_id`, so that no row of one workspace can point into
another, and so that the schema could be spread over machines by workspace. SQLModel does not validate table rows when they are
made: what must hold stands in the constraints here, and in `bot/`.
"""

from storage.tables.acts import KINDS, Act, Mark
from storage.tables.asks import Ask, Offer
from storage.tables.callbacks import ENDS, Callback, Turn
from storage.tables.channels import CHANNEL_STATES, Channel, Summary
from storage.tables.erasures import Erasure
from storage.tables.feeds import Feed, Going, Item
from storage.tables.installations import NOWHERE, Installation, InstallState
from storage.tables.introductions import Introduction, Side, Unwanted
from storage.tables.nudges import NUDGING_STATES, PERIODS, LeftOut, Nudge, Nudging, Suggested
from storage.tables.people import ACTS_A_DAY, INTRODUCTIONS_A_MONTH, Contact, Member, Workspace
from storage.tables.reports import Reporting
from storage.tables.ties import TieDay
from storage.tables.traffic import STATES, Draft, InboxKey, Outgoing

__all__ = [
    "ACTS_A_DAY", "CHANNEL_STATES", "ENDS", "INTRODUCTIONS_A_MONTH", "KINDS", "NOWHERE", "NUDGING_STATES", "PERIODS", "STATES",
    "Act", "Ask", "Callback", "Channel", "Contact", "Draft", "Erasure", "Feed", "Going", "InboxKey", "InstallState",
    "Installation", "Introduction", "Item", "LeftOut", "Mark", "Member", "Nudge", "Nudging", "Offer", "Outgoing", "Reporting",
    "Side", "Suggested", "Summary", "TieDay", "Turn", "Unwanted", "Workspace",
]  # fmt: skip
