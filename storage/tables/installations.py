"""Where the app is installed, with the tokens it got there, which cannot be read here; and who is about to install it."""

from datetime import datetime

from sqlalchemy import Column, Text
from sqlmodel import Field, SQLModel

from storage.tables.rules import CLUSTERED

NOWHERE = ""  # the workspace of what belongs to none yet


class Installation(SQLModel, table=True):
    """The app in a workspace, or in a whole organization, whose id is the `team_id` then.

    `sealed` holds the tokens, encrypted; None where a workspace uses those of its organization `org_id`. The token ends at
    `ends_at`, None being never; one process at a time gets the next, until `refreshing_until` at the most. `failure` is what
    Slack said when it gave none, and then the app has to be installed anew.
    """

    __tablename__ = "installations"
    __table_args__ = (CLUSTERED,)

    team_id: str = Field(primary_key=True)
    org_id: str | None = None
    name: str = ""
    bot_user_id: str = ""
    scopes: str = Field(default="", sa_column=Column(Text, nullable=False))
    sealed: str | None = Field(default=None, sa_column=Column(Text, nullable=True))
    ends_at: datetime | None = None
    installed_at: datetime
    refreshing_until: datetime | None = None
    failure: str | None = None


class InstallState(SQLModel, table=True):
    """Somebody was sent to Slack to install the app, and is awaited back `until` a moment.

    `mark` is made of what they bring along, so that nobody who reads it here can come in their place. Which workspace it will be
    is not known yet: all of them are under NOWHERE.
    """

    __tablename__ = "install_states"
    __table_args__ = (CLUSTERED,)

    team_id: str = Field(default=NOWHERE, primary_key=True)
    mark: str = Field(primary_key=True)
    until: datetime
