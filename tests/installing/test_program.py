"""The program itself, installed over HTTP as an operator runs it: at DEBUG no secret is in its log."""

import subprocess
import sys
import threading
from pathlib import Path

from tests.conversation import World
from tests.installing.offices import Office, fetch, free_port, two_workspaces
from tests.lookout import CLIENT_SECRET, KEY, SIGNING_SECRET
from tests.test_program import ROOT, _status, environment, until


def test_nothing_secret_is_logged_at_debug_or_kept_readable(slack: World, tmp_path: Path) -> None:
    slack.ask("manage", {"do": "reset", "cast": two_workspaces()})
    slack.ask("manage", {"do": "rotate", "on": True})
    port, health = free_port(), free_port()
    url = f"http://127.0.0.1:{port}"
    given = environment(
        slack, tmp_path, SLACK_BOT_TOKEN="", TRANSPORT="http", SLACK_SIGNING_SECRET=SIGNING_SECRET, PORT=str(port),
        HEALTH_PORT=str(health), SLACK_CLIENT_ID="111.222", SLACK_CLIENT_SECRET=CLIENT_SECRET, PUBLIC_URL=url, TOKEN_KEYS=KEY,
        LOG_LEVEL="DEBUG",
    )  # fmt: skip
    slack.ask("manage", {"do": "deliver", "url": f"{url}/slack/events"})
    office = Office(None, slack, url)  # type: ignore[arg-type] # it runs by itself
    written: list[str] = []
    with subprocess.Popen(
        [sys.executable, "app.py"], cwd=ROOT, env=given, stderr=subprocess.PIPE, text=True
    ) as program:
        assert program.stderr is not None
        reading = threading.Thread(target=lambda: written.extend(iter(program.stderr.readline, "")))  # type: ignore[union-attr]
        reading.start()
        until(lambda: _status(f"{url}/healthz") == 200)
        back = office.decides(office.begins(), "T1")
        assert "Good Turn is in Austin Builders now." in office.opens(back).text
        office.opens(back)
        office.opens(f"{url}/slack/oauth_redirect?error=access_denied")
        asked = office.begins()
        office.opens(f"{url}/slack/oauth_redirect?state={asked['state']}&code=code-canary")
        office.installs("T2")
        office.person("alice", "T1").types("/give @bob a plan")
        until(lambda: "a plan" in office.person("bob", "T1").text())
        assert fetch(f"http://127.0.0.1:{health}/readyz").status == 200
        program.terminate()
        assert program.wait(20) == 0
        reading.join()
    text = "".join(written)
    assert '"installed"' in text
    secrets = ("xoxb", "xoxe", CLIENT_SECRET, KEY, "code-", asked["state"], back.partition("code=")[2], "oauth-state")
    for secret in secrets:
        assert secret not in text, secret
    held = b"".join(file.read_bytes() for file in tmp_path.rglob("*") if file.is_file())
    for secret in secrets:
        assert secret.encode() not in held, secret
