"""Settings: what is wrong is said all at once, each with what to put there, and without a secret in it."""

from pathlib import Path

import pytest

from config import Settings, WrongSettings, read_settings

EXAMPLE = Path(__file__).parent.parent / ".env.example"
GOOD = {"SLACK_BOT_TOKEN": "xoxb-geheim", "SLACK_APP_TOKEN": "xapp-geheim"}
HTTP = {"SLACK_BOT_TOKEN": "xoxb-geheim", "TRANSPORT": "http"}
PUT = {
    "SLACK_BOT_TOKEN": "from its page OAuth & Permissions",
    "SLACK_APP_TOKEN": "from Basic Information; it begins with xapp-",
    "SLACK_SIGNING_SECRET": "needed with TRANSPORT=http",
    "SLACK_API_URL": "with http:// or https://",
    "DATABASE_URL": "sqlite:///data/good_turn.db",
    "TRANSPORT": "socket (no public address needed) or http",
    "PORT": "from 0 to 65535",
    "LOG_LEVEL": "DEBUG, INFO, WARNING or ERROR",
    "SLACK_CLIENT_ID": "it needs TRANSPORT=http, and no SLACK_BOT_TOKEN beside it",
    "SLACK_CLIENT_SECRET": "the Client Secret, from Basic Information",
    "PUBLIC_URL": "the address under which people reach this program",
    "TOKEN_KEYS": "what `python app.py keys new` shows",
    "ALLOWED_WORKSPACES": "or nothing for anyone",
}
KEY = "Z" * 43 + "="
MANY = {
    "TRANSPORT": "http", "SLACK_SIGNING_SECRET": "geheim", "SLACK_CLIENT_ID": "1.2", "SLACK_CLIENT_SECRET": "geheim",
    "PUBLIC_URL": "https://bot.example.org", "TOKEN_KEYS": KEY,
}  # fmt: skip


@pytest.fixture(autouse=True)
def _no_settings(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name in (*(field.upper() for field in Settings.model_fields), "ENV_FILE"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.chdir(tmp_path)


def _read(monkeypatch: pytest.MonkeyPatch, **variables: str) -> Settings:
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    return read_settings()


@pytest.mark.parametrize(
    ("variables", "wrong"),
    [
        ({}, ["SLACK_BOT_TOKEN", "SLACK_APP_TOKEN"]),
        ({"SLACK_BOT_TOKEN": "xoxb-", "SLACK_APP_TOKEN": "xapp-"}, ["SLACK_BOT_TOKEN", "SLACK_APP_TOKEN"]),
        ({"SLACK_BOT_TOKEN": "", "SLACK_APP_TOKEN": ""}, ["SLACK_BOT_TOKEN", "SLACK_APP_TOKEN"]),
        ({"TRANSPORT": "http"}, ["SLACK_BOT_TOKEN", "SLACK_SIGNING_SECRET"]),
        (GOOD | {"SLACK_BOT_TOKEN": "xoxp-geheim"}, ["SLACK_BOT_TOKEN"]),
        (GOOD | {"SLACK_APP_TOKEN": "geheim"}, ["SLACK_APP_TOKEN"]),
        (GOOD | {"SLACK_API_URL": "slack.com/api"}, ["SLACK_API_URL"]),
        (GOOD | {"DATABASE_URL": "mysql://me:geheim@host/name"}, ["DATABASE_URL"]),
        (GOOD | {"DATABASE_URL": "good_turn.db"}, ["DATABASE_URL"]),
        (GOOD | {"TRANSPORT": "pigeon"}, ["TRANSPORT"]),
        (GOOD | {"PORT": "65536"}, ["PORT"]),
        (GOOD | {"PORT": "-1"}, ["PORT"]),
        (GOOD | {"PORT": "many"}, ["PORT"]),
        (GOOD | {"LOG_LEVEL": "LOUD"}, ["LOG_LEVEL"]),
        (MANY | {"SLACK_BOT_TOKEN": "xoxb-geheim"}, ["SLACK_CLIENT_ID"]),
        (MANY | {"TRANSPORT": "socket", "SLACK_APP_TOKEN": "xapp-geheim"}, ["SLACK_CLIENT_ID"]),
        (MANY | {"SLACK_CLIENT_ID": ""}, ["SLACK_BOT_TOKEN"]),
        (MANY | {"SLACK_CLIENT_SECRET": "", "PUBLIC_URL": "", "TOKEN_KEYS": ""},
         ["SLACK_CLIENT_SECRET", "PUBLIC_URL", "TOKEN_KEYS"]),
        (MANY | {"PUBLIC_URL": "bot.example.org"}, ["PUBLIC_URL"]),
        (MANY | {"TOKEN_KEYS": "geheim"}, ["TOKEN_KEYS"]),
        (MANY | {"TOKEN_KEYS": f"{KEY},geheim"}, ["TOKEN_KEYS"]),
        (MANY | {"TOKEN_KEYS": " , "}, ["TOKEN_KEYS"]),
        (MANY | {"ALLOWED_WORKSPACES": "austin"}, ["ALLOWED_WORKSPACES"]),
        (MANY | {"ALLOWED_WORKSPACES": "T1,https://x.slack.com"}, ["ALLOWED_WORKSPACES"]),
        (MANY | {"ALLOWED_WORKSPACES": " , "}, ["ALLOWED_WORKSPACES"]),
        (
            {"SLACK_BOT_TOKEN": "geheim", "SLACK_APP_TOKEN": "geheim", "SLACK_API_URL": "x", "DATABASE_URL": "geheim",
             "TRANSPORT": "geheim", "PORT": "x", "LOG_LEVEL": "x"},
            ["SLACK_BOT_TOKEN", "SLACK_APP_TOKEN", "SLACK_API_URL", "DATABASE_URL", "TRANSPORT", "PORT", "LOG_LEVEL"],
        ),
    ],
)  # fmt: skip
def test_all_that_is_wrong_is_said_at_once_with_what_to_put_there(
    monkeypatch: pytest.MonkeyPatch, variables: dict[str, str], wrong: list[str]
) -> None:
    with pytest.raises(WrongSettings) as said:
        _read(monkeypatch, **variables)
    first, *lines = str(said.value).splitlines()
    assert "cannot start" in first
    assert sorted(line.split()[0] for line in lines) == sorted(wrong)
    for line in lines:
        assert PUT[line.split()[0]] in line.split("Put there: ")[1]
    assert "geheim" not in str(said.value)


def test_two_tokens_are_enough_to_begin(monkeypatch: pytest.MonkeyPatch) -> None:
    settings = _read(monkeypatch, **GOOD)
    assert settings.slack_bot_token.get_secret_value() == "xoxb-geheim"
    assert (settings.transport, settings.port, settings.log_level, settings.clock_file) == (
        "socket",
        3000,
        "INFO",
        None,
    )


def test_http_needs_the_signing_secret_and_no_app_token(monkeypatch: pytest.MonkeyPatch) -> None:
    settings = _read(monkeypatch, **HTTP, SLACK_SIGNING_SECRET="geheim")
    assert settings.slack_app_token.get_secret_value() == ""
    as_in_the_example = _read(monkeypatch, SLACK_APP_TOKEN="xapp-")
    assert as_in_the_example.slack_app_token.get_secret_value() == ""
    monkeypatch.delenv("SLACK_SIGNING_SECRET")
    with pytest.raises(WrongSettings, match="SLACK_SIGNING_SECRET is missing"):
        read_settings()


def test_many_workspaces_need_no_token_in_the_settings(monkeypatch: pytest.MonkeyPatch) -> None:
    settings = _read(monkeypatch, **MANY | {"TOKEN_KEYS": f"{KEY}, {KEY} ,"})
    assert settings.slack_bot_token.get_secret_value() == ""
    assert settings.keys() == [KEY, KEY]
    assert KEY not in f"{settings} {settings!r} {settings.model_dump()}"
    assert _read(monkeypatch, SLACK_BOT_TOKEN="xoxb-").slack_client_id == "1.2"


def test_anyone_may_install_it_unless_some_are_named(monkeypatch: pytest.MonkeyPatch) -> None:
    assert _read(monkeypatch, **MANY).allowed() == set()
    assert _read(monkeypatch, **MANY | {"ALLOWED_WORKSPACES": "T1, E2 ,"}).allowed() == {"T1", "E2"}


def test_no_secret_is_shown_by_the_settings_themselves(monkeypatch: pytest.MonkeyPatch) -> None:
    settings = _read(monkeypatch, **GOOD, SLACK_SIGNING_SECRET="geheim")
    assert "geheim" not in f"{settings} {settings!r} {settings.model_dump()}"


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("https://slack.com/api", "https://slack.com/api/"),
        ("https://slack.com/api/", "https://slack.com/api/"),
        ("http://127.0.0.1:8800/api", "http://127.0.0.1:8800/api/"),
    ],
)
def test_the_address_of_slack_ends_in_a_slash(monkeypatch: pytest.MonkeyPatch, given: str, kept: str) -> None:
    assert _read(monkeypatch, **GOOD, SLACK_API_URL=given).slack_api_url == kept


def test_settings_are_read_from_a_file_and_the_environment_goes_before_it(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    tmp_path.joinpath(".env").write_text("SLACK_BOT_TOKEN=xoxb-one\nSLACK_APP_TOKEN=xapp-one\nPORT=4000\nOTHER=x\n")
    tmp_path.joinpath("other").write_text("SLACK_BOT_TOKEN=xoxb-two\nSLACK_APP_TOKEN=xapp-two\n")
    settings = read_settings()
    assert (settings.slack_bot_token.get_secret_value(), settings.port) == ("xoxb-one", 4000)
    assert _read(monkeypatch, PORT="5000").port == 5000
    monkeypatch.delenv("PORT")
    other = _read(monkeypatch, ENV_FILE="other")
    assert (other.slack_bot_token.get_secret_value(), other.port) == ("xoxb-two", 3000)
    for no_file in ("", "not-there"):
        with pytest.raises(WrongSettings, match="SLACK_BOT_TOKEN is missing"):
            _read(monkeypatch, ENV_FILE=no_file)


def test_the_example_filled_in_is_what_holds_without_it(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    filled = EXAMPLE.read_text().replace("=xoxb-\n", "=xoxb-geheim\n").replace("=xapp-\n", "=xapp-geheim\n")
    tmp_path.joinpath("filled").write_text(filled)
    from_example = _read(monkeypatch, ENV_FILE="filled")
    monkeypatch.delenv("ENV_FILE")
    assert from_example == _read(monkeypatch, **GOOD)


def test_the_example_as_it_comes_says_what_to_fill_in(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(WrongSettings) as said:
        _read(monkeypatch, ENV_FILE=str(EXAMPLE))
    assert [line.split()[0] for line in str(said.value).splitlines()[1:]] == ["SLACK_BOT_TOKEN", "SLACK_APP_TOKEN"]
