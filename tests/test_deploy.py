"""The files that put the program somewhere name only what there is: commands, paths, ports, settings."""

import re
import subprocess
import sys
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any

import pytest
import yaml

import app
from config import Settings
from handlers.serving.health import Watch
from handlers.serving.running import STOP_WITHIN
from handlers.serving.transport import Intake, http_app
from tests.test_house import PRODUCT, PROJECT, ROOT

DOCKERFILE = (ROOT / "Dockerfile").read_text()
UNIT = (ROOT / "deploy" / "good-turn.service").read_text()
COMPOSE = yaml.safe_load((ROOT / "compose.yaml").read_text())
KUBERNETES = list(yaml.safe_load_all((ROOT / "deploy" / "kubernetes.yaml").read_text()))
LITESTREAM = yaml.safe_load((ROOT / "deploy" / "litestream.yml").read_text())
NAMED = ("Dockerfile", "compose.yaml", "deploy/kubernetes.yaml", "deploy/good-turn.service", "deploy/litestream.yml")
OPERATORS = (ROOT / "docs" / "operators.md").read_text()
# What others than the program read from the environment.
OF_OTHERS = {
    "ENV_FILE",
    "PYTHONDONTWRITEBYTECODE", "PYTHONUNBUFFERED", "MPLCONFIGDIR", "POSTGRES_USER", "POSTGRES_DB", "POSTGRES_PASSWORD",
}  # fmt: skip
SETTINGS = {name.upper() for name in Settings.model_fields}
POD = KUBERNETES[0]["spec"]["template"]["spec"]
BOT = POD["containers"][0]


def of(file: str) -> str:
    return (ROOT / file).read_text()


def words() -> set[str]:
    """Returns every word that the program's command line knows."""
    of_commands = app.commands.registered_commands
    found = {str(one.name or (one.callback and one.callback.__name__)) for one in of_commands}
    return found | {str(group.name) for group in app.commands.registered_groups}


@pytest.mark.parametrize("file", [*NAMED, "docs/operators.md"])
def test_each_command_of_ours_exists(file: str) -> None:
    found = re.findall(r"""python"?,? "?app\.py"?,? "?([a-z]+)""", of(file))
    assert found or file == "compose.yaml"  # which runs what the image runs
    assert set(found) <= words()


@pytest.mark.parametrize("file", NAMED)
def test_each_variable_is_a_setting_or_known_to_be_somebody_elses(file: str) -> None:
    set_here = re.findall(r"^\s*(?:- \{name: )?\"?([A-Z][A-Z_]+)\"?[:,] ", of(file), re.MULTILINE)
    set_here += re.findall(r"(?:^Environment=|[\s{])([A-Z][A-Z_]{3,})=", of(file), re.MULTILINE)
    set_here += re.findall(r"\$\{([A-Z_]+)", of(file))
    assert set(set_here) <= SETTINGS | OF_OTHERS


def test_the_variables_are_looked_for_where_they_are() -> None:
    assert {one["name"] for one in BOT["env"]} == {"TRANSPORT", "PORT", "HEALTH_PORT"} <= SETTINGS
    assert set(COMPOSE["services"]["bot"]["environment"]) == {"DATABASE_URL", "TRANSPORT", "PORT"} <= SETTINGS
    assert set(re.findall(r"^Environment=(\w+)", UNIT, re.MULTILINE)) <= SETTINGS | OF_OTHERS


@pytest.mark.parametrize("file", [*NAMED, "docs/operators.md"])
def test_each_file_of_ours_that_is_named_is_there(file: str) -> None:
    for path in re.findall(r"(?<![\w/.-])((?:deploy|docs)/[\w.-]+\.\w+)", of(file)):
        assert (ROOT / path).is_file(), path


def test_the_image_holds_the_whole_product_and_nothing_else() -> None:
    copied = {one for line in re.findall(r"^COPY (.+) \S+$", DOCKERFILE, re.MULTILINE) for one in line.split()}
    product = {file.relative_to(ROOT).parts[0] for file in PRODUCT}
    assert copied == product | {"requirements-postgres.lock"}
    let_in = {line[1:] for line in of(".dockerignore").splitlines() if line.startswith("!")}
    assert let_in == copied


def test_the_image_runs_as_nobody_on_a_python_that_we_support() -> None:
    assert PROJECT["project"]["requires-python"] == ">=3.11"
    assert re.search(r"^FROM python:3\.(1[1-9])-slim$", DOCKERFILE, re.MULTILINE)
    [user] = re.findall(r"^USER (\d+)$", DOCKERFILE, re.MULTILINE)
    assert f"--uid {user} " in DOCKERFILE
    assert POD["securityContext"]["runAsUser"] == int(user) > 0
    assert POD["securityContext"]["runAsNonRoot"]


def test_the_ports_are_those_that_the_program_serves() -> None:
    defaults = {name: Settings.model_fields[name].default for name in ("port", "health_port")}
    assert re.findall(r"^EXPOSE (\d+)$", DOCKERFILE, re.MULTILINE) == [str(defaults["port"])]
    assert BOT["ports"] == [{"name": "slack", "containerPort": defaults["port"]}]
    given = {one["name"]: one["value"] for one in BOT["env"]}
    assert (given["PORT"], given["HEALTH_PORT"]) == (str(defaults["port"]), str(defaults["health_port"]))
    assert f"127.0.0.1:{defaults['health_port']}/readyz" in BOT["readinessProbe"]["exec"]["command"][-1]
    assert KUBERNETES[1]["spec"]["ports"][0]["targetPort"] == "slack"


def test_the_addresses_that_are_asked_are_served() -> None:
    public = {route.path for route in http_app(Intake.__new__(Intake)).routes}  # type: ignore[attr-defined]
    own = {route.path for route in http_app(None, Watch.__new__(Watch)).routes}  # type: ignore[attr-defined]
    for probe in ("startupProbe", "livenessProbe"):
        assert BOT[probe]["httpGet"]["path"] in public
    assert "/readyz" in own
    assert "/healthz" in public & own
    assert "/slack/events" in public


def test_everybody_waits_until_the_program_has_stopped() -> None:
    slept = int(BOT["lifecycle"]["preStop"]["exec"]["command"][1])
    waits = [
        int(COMPOSE["services"]["bot"]["stop_grace_period"].removesuffix("s")),
        POD["terminationGracePeriodSeconds"] - slept,
        int(re.findall(r"^TimeoutStopSec=(\d+)$", UNIT, re.MULTILINE)[0]),
    ]
    assert all(seconds > STOP_WITHIN for seconds in waits)


def test_what_only_its_operator_can_help_is_not_started_again_and_all_else_is() -> None:
    assert "RestartPreventExitStatus=2\n" in UNIT
    assert "Restart=always\n" in UNIT


def test_litestream_copies_the_file_of_the_unit() -> None:
    [path] = re.findall(r"^Environment=DATABASE_URL=sqlite:///(.+)$", UNIT, re.MULTILINE)
    assert [one["path"] for one in LITESTREAM["dbs"]] == [path]


@pytest.fixture
def served() -> Iterator[Any]:
    """Something that answers with whatever `status` is."""

    class Answer(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(self.server.status if self.path in ("/healthz", "/readyz") else 404)  # type: ignore[attr-defined]
            self.end_headers()

        def log_message(self, *_: object) -> None:
            """Says nothing."""

    with HTTPServer(("127.0.0.1", 0), Answer) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield server
        server.shutdown()
        thread.join()


@pytest.mark.parametrize(("status", "code"), [(200, 0), (503, 1)])
@pytest.mark.parametrize("who", ["Dockerfile", "Kubernetes"])
def test_the_looks_see_whether_it_is_well(served: Any, who: str, status: int, code: int) -> None:
    served.status, port = status, served.server_address[1]
    if who == "Dockerfile":
        [look] = re.findall(r'^  CMD \["python", "-c", "(.+)"\]$', DOCKERFILE, re.MULTILINE)
        look = look.replace('\\"', '"')
    else:
        look = BOT["readinessProbe"]["exec"]["command"][-1].replace("3001", str(port))
    done = subprocess.run([sys.executable, "-c", look], env={"PORT": str(port)}, capture_output=True, check=False)
    assert done.returncode == code


def test_the_docs_say_which_of_them_were_not_run() -> None:
    [said] = re.findall(r"^\*\*Not run\*\*.*?\n\n", OPERATORS, re.MULTILINE | re.DOTALL)
    for name in ("Dockerfile", "compose.yaml", "kubernetes.yaml", "good-turn.service", "litestream.yml"):
        assert name in said
