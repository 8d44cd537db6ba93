"""Runs the bot beside the playground, with an environment that leads it here."""

from __future__ import annotations

import asyncio
import os
import shlex
from pathlib import Path

from playground.slack import Slack

STOP_WITHIN = 15  # seconds between asking the child to stop and making it


async def start(command: str, slack: Slack, clock_file: Path | None) -> asyncio.subprocess.Process:
    """Starts the command as a child process; raises OSError when there is no such program."""
    return await asyncio.create_subprocess_exec(*shlex.split(command), env=environment(slack, clock_file))


def environment(slack: Slack, clock_file: Path | None) -> dict[str, str]:
    """Returns the environment in which a bot finds this playground instead of Slack."""
    given = {
        "SLACK_API_URL": f"{slack.base_url}/api/",
        "SLACK_BOT_TOKEN": slack.workspace().bot_token,
        "SLACK_APP_TOKEN": slack.app_token,
        "SLACK_SIGNING_SECRET": slack.signing_secret,
    }
    if clock_file is not None:
        given["CLOCK_FILE"] = str(clock_file)
    return dict(os.environ) | given


async def stop(child: asyncio.subprocess.Process) -> None:
    """Asks the child to stop, waits, and stops it if it does not."""
    if child.returncode is not None:
        return
    child.terminate()
    try:
        await asyncio.wait_for(child.wait(), STOP_WITHIN)
    except TimeoutError:
        child.kill()
        await child.wait()
