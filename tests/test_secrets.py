"""No secret is kept, and one that were would be found."""

import re
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
# What detect-secrets does not know: Slack's app-level and rotating tokens, and keys of ours.
MORE = re.compile(r"xapp-\d-[A-Z0-9]{9,}-\d{9,}-[0-9a-f]{16,}|xoxe(?:\.xox[bp])?-\d-[\w-]{20,}")


def _scanned(file: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run([ROOT / ".ci" / "secrets", file], capture_output=True, text=True, check=False, timeout=60)


@pytest.mark.parametrize(
    "planted",
    [
        "SLACK_BOT_TOKEN=" + "xoxb-" + "123456789012-1234567890123-" + "aBcDeFgHiJkLmNoPqRsTuVwX",
        "https://hooks.slack" + ".com/services/T0001/B0001/abcdefghijklmnopqrstuvwx",
        "-----BEGIN RSA " + "PRIVATE KEY-----",
        "DATABASE_URL=postgresql://good_turn:" + "hunter2hunter2@db.internal/name",
        "ghp_" + "0123456789abcdefghijABCDEFGHIJ012345",
    ],
)
def test_a_secret_that_is_kept_is_found(tmp_path: Path, planted: str) -> None:
    file = tmp_path / "settings.txt"
    file.write_text(f"{planted}\n")
    done = _scanned(file)
    assert done.returncode == 1, done.stderr
    assert "Secret Type" in done.stdout


def test_what_is_none_is_not_taken_for_one(tmp_path: Path) -> None:
    file = tmp_path / "settings.txt"
    file.write_text("SLACK_BOT_TOKEN=\nxoxb-1234-canary\npostgresql://user:password@host/name\n")
    assert _scanned(file).returncode == 0


def test_no_other_token_of_slacks_is_kept() -> None:
    kept = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=False).stdout
    files = [ROOT / name for name in kept.split("\0") if name and not name.endswith(".png")]
    if not files:
        pytest.skip("this is no clone")
    assert [file.name for file in files if file.is_file() and MORE.search(file.read_text(errors="replace"))] == []
