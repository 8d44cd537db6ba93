"""Whoever only shows times does not pay for reading them; what reading takes is compiled once, before the first phrase."""

import subprocess
import sys

ROOM = "bot.when.scanning"
LOADED = f"import sys; print({ROOM!r} in sys.modules)"


def _run(*lines: str) -> str:
    return subprocess.run([sys.executable, "-c", "\n".join(lines)], capture_output=True, text=True, check=True).stdout


def test_showing_times_does_not_load_what_reads_them() -> None:
    assert _run("from bot.when import Found, find_time, show", LOADED) == "False\n"
    assert _run("from bot import when", "when.warm()", LOADED) == "True\n"


def test_once_warm_no_pattern_is_left_to_compile_by_the_first_phrase() -> None:
    said = _run(
        "import re",
        "from datetime import UTC, datetime",
        "from bot import when",
        "when.warm()",
        "compile, compiled = re._compiler.compile, []",
        "re._compiler.compile = lambda *args: compiled.append(args) or compile(*args)",
        "moment = datetime(2026, 3, 4, 15, tzinfo=UTC)",
        "for text in ('every other Friday until June 5 at 9am PT', 'the 9/11 memorial, 5.2. half five', '(in 2h, call Bob)'):",
        "    when.find_time(text, moment, 'America/New_York', 'en-GB'), when.why_none(text, moment, 'America/New_York')",
        "print(sum(len(args[0]) > 60 for args in compiled))",
    )
    assert said == "0\n"


def test_once_warm_what_stays_is_not_looked_through_again() -> None:
    said = _run("import gc", "from handlers import features", "features.warm()", "print(gc.get_freeze_count())")
    assert int(said) > 10_000
