"""Settings, read from the environment and from `.env`; every variable once, in `.env.example`'s order."""

import base64
import os
import re
from pathlib import Path
from typing import Literal

from pydantic import Field, SecretStr, ValidationError, ValidationInfo, field_validator
from pydantic_core import PydanticCustomError
from pydantic_settings import BaseSettings, SettingsConfigDict

_AN_ID = re.compile(r"[TE][A-Z0-9]{1,20}")  # of a workspace or of an organization
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
    "SLACK_CLIENT_ID": "the Client ID, from Basic Information; it needs TRANSPORT=http, and no SLACK_BOT_TOKEN beside it",
    "SLACK_CLIENT_SECRET": "the Client Secret, from Basic Information; needed with SLACK_CLIENT_ID",
    "PUBLIC_URL": "the address under which people reach this program, with https://; needed with SLACK_CLIENT_ID",
    "TOKEN_KEYS": "what `python app.py keys new` shows; several with commas between them, the newest first",
    "ALLOWED_WORKSPACES": "ids of workspaces (T...) or organizations (E...) with commas between them, or nothing for anyone",
    "LOG_LEVEL": "DEBUG, INFO, WARNING or ERROR",
}


class Settings(BaseSettings):
    """What an operator can choose."""

    model_config = SettingsConfigDict(env_ignore_empty=True, extra="ignore", frozen=True)

    slack_bot_token: SecretStr = SecretStr("")
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
    slack_client_id: str = Field(default="", validate_default=True)
    slack_client_secret: SecretStr = Field(default=SecretStr(""), validate_default=True)
    public_url: str = Field(default="", validate_default=True)
    token_keys: SecretStr = Field(default=SecretStr(""), validate_default=True)

    allowed_workspaces: str = ""

    def allowed(self) -> frozenset[str]:
        """Returns the workspaces and organizations that may install the app; none are named where anyone may."""
        return frozenset(filter(None, map(str.strip, self.allowed_workspaces.split(","))))

    def keys(self) -> list[str]:
        """Returns the keys that tokens are encrypted with, the newest first."""
        return [one.strip() for one in self.token_keys.get_secret_value().split(",") if one.strip()]

    @field_validator("slack_bot_token", "slack_app_token")
    @classmethod
    def _begins_as_it_must(cls, token: SecretStr, info: ValidationInfo) -> SecretStr:
        prefix = {"slack_bot_token": "xoxb-", "slack_app_token": "xapp-"}[str(info.field_name)]
        if token.get_secret_value() in ("", prefix):  # as .env.example has it, not filled in
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

    @field_validator("slack_client_id")
    @classmethod
    def _is_for_one_workspace_or_for_many(cls, client_id: str, info: ValidationInfo) -> str:
        token = info.data.get("slack_bot_token")  # None when it is there and wrong
        if not client_id and token is not None and not token.get_secret_value():
            raise PydanticCustomError("needed", "{name} is missing", {"name": "SLACK_BOT_TOKEN"})
        if client_id and (token is None or token.get_secret_value()):
            raise PydanticCustomError("one", "is there beside SLACK_BOT_TOKEN")
        if client_id and info.data.get("transport", "http") != "http":
            raise PydanticCustomError("http", "does not go with TRANSPORT=socket")
        return client_id

    @field_validator("slack_client_secret", "public_url", "token_keys")
    @classmethod
    def _is_there_for_many(cls, value: SecretStr | str, info: ValidationInfo) -> SecretStr | str:
        text = value.get_secret_value() if isinstance(value, SecretStr) else value
        if info.data.get("slack_client_id") and not text.strip(" ,"):
            raise PydanticCustomError("needed", "is missing")
        if text and info.field_name == "public_url" and not text.startswith(("https://", "http://")):
            raise PydanticCustomError("address", "is no address")
        if (
            text
            and info.field_name == "token_keys"
            and not all(map(_is_key, filter(None, map(str.strip, text.split(",")))))
        ):
            raise PydanticCustomError("key", "holds what is no key")
        return value

    @field_validator("allowed_workspaces")
    @classmethod
    def _holds_ids(cls, value: str) -> str:
        named = [one.strip() for one in value.split(",") if one.strip()]
        if not all(_AN_ID.fullmatch(one) for one in named) or (value.strip() and not named):
            raise PydanticCustomError("id", "holds what is no id")
        return value


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


def _is_key(text: str) -> bool:
    """Says whether a text is 32 bytes, written as cryptography's Fernet writes its keys."""
    try:
        return len(base64.b64decode(text, altchars=b"-_", validate=True)) == 32
    except ValueError:
        return False


def _explain(error: ValidationError) -> str:
    said = []
    for wrong in error.errors(include_input=False, include_url=False, include_context=True):
        name = str(wrong.get("ctx", {}).get("name") or wrong["loc"][0]).upper()
        what = "is missing" if wrong["type"] in ("missing", "needed") else str(wrong["msg"])
        said.append((list(_PUT).index(name), f"  {name} {what}. Put there: {_PUT[name]}"))
    head = "Good Turn cannot start yet. Set these in .env or in the environment:"
    return "\n".join([head, *(line for _, line in sorted(said))])
