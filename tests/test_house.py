"""The house's own rules, as far as a program can check them."""

import ast
import re
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

from config import Settings

ROOT = Path(__file__).parent.parent
MOST_LINES = 250
NOT_OURS = ("data", "__pycache__")
FOLDERS = [one for one in ROOT.iterdir() if one.is_dir() and one.name[0] != "." and one.name not in NOT_OURS]
FILES = sorted([*ROOT.glob("*.py"), *(file for folder in FOLDERS for file in folder.rglob("*.py"))])
WRITTEN = [file for file in FILES if "versions" not in file.parts]  # migrations are generated, and never change again
PRODUCT = [file for file in FILES if file.relative_to(ROOT).parts[0] not in ("tests", "benchmarks", "playground")]
EXAMPLE = (ROOT / ".env.example").read_text()
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())


def _name(file: Path) -> str:
    return file.relative_to(ROOT).as_posix()


def _nodes(file: Path) -> Iterator[ast.AST]:
    return ast.walk(ast.parse(file.read_text()))


def _imported(file: Path) -> set[str]:
    """Returns the first names of all modules a file imports, without Python's own."""
    names: set[str] = set()
    for node in _nodes(file):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            names.add(str(node.module))
    return {name.split(".")[0] for name in names} - set(sys.stdlib_module_names)


def _uses(file: Path, *dotted: str) -> set[str]:
    """Returns which of these dotted names a file uses."""
    return {ast.unparse(node) for node in _nodes(file) if isinstance(node, ast.Attribute)} & set(dotted)


def test_the_files_of_every_room_are_looked_at() -> None:
    assert {"app.py", "bot/acts.py", "handlers/views/kit.py", "storage/migrate.py", "playground/slack.py"} <= {
        _name(file) for file in FILES
    }
    assert {_name(file).split("/")[0] for file in PRODUCT} == {
        "app.py", "config.py", "logs.py", "bot", "handlers", "storage",
    }  # fmt: skip


def test_no_file_is_longer_than_a_reader_can_hold() -> None:
    lines = {_name(file): len(file.read_text().splitlines()) for file in WRITTEN}
    assert {name: count for name, count in lines.items() if count > MOST_LINES} == {}


def test_every_file_says_what_it_is_for() -> None:
    assert [_name(file) for file in PRODUCT if not ast.get_docstring(ast.parse(file.read_text()))] == []


@pytest.mark.parametrize(
    ("file", "may_import"),
    [
        ("app.py", {"structlog", "typer", "slack_bolt", "slack_sdk", "logs", "config", "handlers", "storage"}),
        ("config.py", {"pydantic", "pydantic_core", "pydantic_settings"}),
        ("logs.py", {"structlog"}),
    ],
)
def test_what_stands_outside_the_rooms_imports_only_what_it_may(file: str, may_import: set[str]) -> None:
    assert _imported(ROOT / file) <= may_import


def test_only_settings_come_from_the_environment() -> None:
    for file in PRODUCT:
        found = _uses(file, "os.environ", "os.getenv", "os.environb", "os.putenv")
        assert not found or file.name == "config.py", _name(file)
        assert not any(isinstance(node, ast.ImportFrom) and node.module == "os" for node in _nodes(file)), _name(file)


def test_the_time_comes_from_the_app_alone() -> None:
    asking = [
        file for file in PRODUCT if _uses(file, "datetime.now", "datetime.utcnow", "datetime.today", "date.today")
    ]
    assert [_name(file) for file in asking] == ["app.py"]


def test_nothing_is_printed() -> None:
    for file in FILES:
        called = {ast.unparse(node.func) for node in _nodes(file) if isinstance(node, ast.Call)}
        assert not called & {"print", "pprint", "breakpoint"} or "benchmarks" in file.parts, _name(file)


def test_the_example_has_every_setting_once_and_in_order() -> None:
    names = re.findall(r"^([A-Z_]+)=", EXAMPLE, re.MULTILINE)
    assert names == [name.upper() for name in Settings.model_fields]


def test_every_setting_of_the_example_is_explained_above_it() -> None:
    lines = EXAMPLE.splitlines()
    for number, line in enumerate(lines):
        if re.match(r"[A-Z_]+=", line):
            assert lines[number - 1].startswith("# "), line


def _required(group: list[str]) -> list[str]:
    return [re.split(r"[\[<>=~! ]", one)[0] for one in group]


@pytest.mark.parametrize(
    "package",
    _required([*PROJECT["project"]["dependencies"], *PROJECT["project"]["optional-dependencies"]["postgres"]]),
)
def test_every_dependency_has_a_line_that_says_what_it_saves(package: str) -> None:
    line = re.search(rf"^\| {re.escape(package)} \| (.+) \|$", (ROOT / "CONTRIBUTING.md").read_text(), re.MULTILINE)
    assert line
    assert line[1].strip()


@pytest.mark.parametrize("package", _required(PROJECT["dependency-groups"]["dev"]))
def test_every_tool_of_ours_is_named(package: str) -> None:
    assert re.search(rf"(?<![\w-]){re.escape(package)}(?![\w-])", (ROOT / "CONTRIBUTING.md").read_text())
