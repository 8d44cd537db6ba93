"""The command line: python -m playground --port 8800 --run "python app.py run"."""

from __future__ import annotations

import argparse
import asyncio
import errno
import signal
import sys
from pathlib import Path

from playground import child, seed, store
from playground.clock import PlaygroundClock
from playground.keeping import keeping
from playground.manifest import manifest_here, read_manifest
from playground.server import HOST, serving
from playground.slack import Slack


def main(arguments: list[str] | None = None) -> int:
    """Runs the playground until it is interrupted or its child ends; returns the exit code."""
    given = _parser().parse_args(arguments)
    slack = Slack(read_manifest(given.manifest) if given.manifest else manifest_here(), PlaygroundClock(given.clock))
    slack.deliver_to = given.deliver_to
    if given.data is not None and given.data.exists():
        store.load(slack, given.data.read_text(encoding="utf-8"))
    else:
        seed.reset(slack, seed.AUSTIN)
    try:
        return asyncio.run(_run(slack, given))
    except OSError as error:
        if error.errno != errno.EADDRINUSE:
            raise
        _say(f"Port {given.port} is in use. Try: make try PORT={given.port + 1}")
        return 1


async def _run(slack: Slack, given: argparse.Namespace) -> int:
    stopping = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, stopping.set)
    async with serving(slack, given.port), keeping(slack, given.data):
        _say(f"Open http://{HOST}:{slack.base_url.rpartition(':')[2]} and pick who you are. Ctrl-C stops it.")
        if not given.run:
            await stopping.wait()
            return 0
        return await _run_child(slack, given, stopping)


async def _run_child(slack: Slack, given: argparse.Namespace, stopping: asyncio.Event) -> int:
    try:
        bot = await child.start(given.run, slack, given.clock)
    except OSError as error:
        _say(f"“{given.run}” could not be started: {error.strerror}.")
        return 1
    waiting = [asyncio.create_task(bot.wait()), asyncio.create_task(stopping.wait())]
    try:
        await asyncio.wait(waiting, return_when=asyncio.FIRST_COMPLETED)
    finally:
        for task in waiting:
            task.cancel()
    if stopping.is_set():
        await child.stop(bot)
        return 0
    _say(f"“{given.run}” ended by itself with code {bot.returncode}.")
    return bot.returncode or 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m playground", description="A pretend Slack with a web page.")
    parser.add_argument("--port", type=int, default=8800, help="where the page and the API listen (0: any free one)")
    parser.add_argument("--data", type=Path, help="a JSON file that keeps what people could see")
    parser.add_argument("--clock", type=Path, help="a file that holds by how many seconds the clock was moved")
    parser.add_argument("--manifest", type=Path, help="the app's manifest (JSON)")
    parser.add_argument("--run", help="a command to start once it listens: the bot")
    parser.add_argument("--deliver-to", help="HTTP mode: the address the bot listens at, instead of sockets")
    return parser


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
