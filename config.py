"""Settings, read from the environment and from `.env`; every variable once, in `.env.example`'s order."""

import os
from pathlib import Path
from typing import Literal

from pydantic import Field, SecretStr, ValidationError, ValidationInfo, field_validator
from pydantic_core import PydanticCustomError
from pydantic_settings import BaseSettings, SettingsConfigDict

# What to put into each variable, said when it is missing or wrong.
_PUT = {
    "SLACK_BOT_TOKEN": "the Bot User OAuth Token of your app, from its page OAuth & Permissions; it begins with xoxb-",
    "SLACK_APP_TOKEN": "an App-Level Token with connections:write, from Basic Information; it begins with xapp-",
    "SLACK_SIGNING_SECRET": "the Signing Secret, from Basic Information; needed with TRANSPORT=http",
    "SLACK_API_URL": "the address of Slack's Web API, with http:// or https:// and a slash at the end",
    "DATABASE_URL": "sqlite:///data/good_turn.db, or postgresql://user:password@host/name",
    "BACKUP_FOLDER": "a folder for the backups of this database alone, or nothing: then it is backups/ beside the SQLite file",
    "TRANSPORT": "socket (no public address needed) or http (Slack calls this program)",
    "PORT": "a port number from 0 to 65535; 0 takes any that is free",
    "HEALTH_PORT": "a port number from 0 to 65535, other than PORT; 0 takes any that is free",
    "CLOCK_FILE": "nothing, except to move the time while trying things out",
    "LOG_LEVEL": "DEBUG, INFO, WARNING or ERROR",
}


class Settings(BaseSettings):
    """What an operator can choose."""

    model_config = SettingsConfigDict(env_ignore_empty=True, extra="ignore", frozen=True)

    slack_bot_token: SecretStr
    slack_app_token: SecretStr = SecretStr("")
    slack_signing_secret: SecretStr = SecretStr("")
    slack_api_url: str = "https://slack.com/api/"
    database_url: str = "sqlite:///data/good_turn.db"
    backup_folder: Path | None = None
    transport: Literal["socket", "http"] = "socket"
    port: int = Field(default=3000, ge=0, le=65535)
    health_port: int = Field(default=3001, ge=0, le=65535)
    clock_file: Path | None = None
    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = "INFO"

    @field_validator("slack_bot_token", "slack_app_token")
    @classmethod
    def _begins_as_it_must(cls, token: SecretStr, info: ValidationInfo) -> SecretStr:
        prefix = {"slack_bot_token": "xoxb-", "slack_app_token": "xapp-"}[str(info.field_name)]
        if token.get_secret_value() in ("", prefix):  # as .env.example has it, not filled in
            if info.field_name == "slack_bot_token":
                raise PydanticCustomError("needed", "is missing")
            return SecretStr("")
        if not token.get_secret_value().startswith(prefix):
            raise PydanticCustomError("prefix", "does not begin with {prefix}", {"prefix": prefix})
        return token

    @field_validator("slack_api_url")
    @classmethod
    def _is_an_address(cls, url: str) -> str:
        if not url.startswith(("http://", "https://")):
            raise PydanticCustomError("address", "is no address")
        return url if url.endswith("/") else url + "/"

    @field_validator("database_url")
    @classmethod
    def _is_a_known_database(cls, url: str) -> str:
        if not url.startswith(("sqlite:///", "postgresql://", "postgres://", "postgresql+psycopg://")):
            raise PydanticCustomError("database", "is no database this program knows")
        return url

    @field_validator("transport")
    @classmethod
    def _has_what_it_needs(cls, transport: str, info: ValidationInfo) -> str:
        needed = {"socket": "slack_app_token", "http": "slack_signing_secret"}[transport]
        token = info.data.get(needed)  # None when it is there and wrong
        if token is not None and not token.get_secret_value():
            raise PydanticCustomError("needed", "{name} is missing", {"name": needed.upper()})
        return transport


class WrongSettings(Exception):
    """Every setting that is wrong or missing, each with what to put there."""


def read_settings() -> Settings:
    """Reads the settings; `ENV_FILE` names another file than `.env`, and none when it is empty.

    Raises WrongSettings, whose text names all that is wrong at once.
    """
    try:
        return Settings(_env_file=os.environ.get("ENV_FILE", ".env") or None)
    except ValidationError as error:
        raise WrongSettings(_explain(error)) from None


def _explain(error: ValidationError) -> str:
    lines = ["Good Turn cannot start yet. Set these in .env or in the environment:"]
    for wrong in error.errors(include_input=False, include_url=False, include_context=True):
        name = str(wrong.get("ctx", {}).get("name") or wrong["loc"][0]).upper()
        what = "is missing" if wrong["type"] in ("missing", "needed") else str(wrong["msg"])
        lines.append(f"  {name} {what}. Put there: {_PUT[name]}")
    return "\n".join(lines)
