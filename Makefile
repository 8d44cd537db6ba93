# `make try` opens the playground, `make test` runs the tests, `make check` adds everything else that must hold.
# Nothing but Python 3.11 or later and make is needed; the rest is installed into .venv.

PYTHON ?= python3
PORT ?= 8800
BIN := .venv/bin
PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes

SEEDS ?= 50
KILLS ?= 10

.PHONY: try test check secrets audit bench simulate lock format screenshots clean

try: .venv/installed ## a pretend Slack in the browser, with the real bot connected to it
	@ENV_FILE= DATABASE_URL=sqlite:///data/try.db TRANSPORT=socket PORT=0 LOG_LEVEL=WARNING \
	  $(BIN)/python -m playground --port $(PORT) --data data/playground.json --clock data/clock \
	  --run "$(BIN)/python app.py run"

test: .venv/installed-dev ## the whole suite
	$(BIN)/python -m pytest -n auto --dist loadfile --no-loadscope-reorder

check: .venv/installed-dev ## formatting, lint, types, import contracts
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy .
	$(BIN)/lint-imports

secrets: .venv/installed-dev ## looks for tokens, keys and passwords in the files that are kept
	.ci/secrets

audit: .venv/installed-dev ## asks osv.dev about every pinned version; without a network it says so and blocks nothing
	.ci/audit

bench: .venv/installed-dev ## what things cost, beside the floor they are measured against: make bench ONLY="give grown" QUICK=1
	$(BIN)/python -m benchmarks $(ONLY) $(if $(QUICK),--quick)

simulate: .venv/installed-dev ## weeks of bad weather in virtual time, and kill -9 for real: make simulate SEEDS=1000 KILLS=200
	$(BIN)/python -m tests.simulation --seeds $(SEEDS) --kills $(KILLS) --steps

format: .venv/installed-dev
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

screenshots: .venv/installed-dev ## the pictures in README and docs, taken anew; docs/pictures/looks has each screen in light, dark and on a phone
	SAVE_SCREENSHOTS=docs/pictures $(BIN)/python -m pytest tests/browser -p no:randomly

LOCK := $(BIN)/uv pip compile pyproject.toml --universal --generate-hashes --python-version 3.11 \
  --no-strip-extras --no-emit-index-url --no-emit-find-links --quiet --custom-compile-command "make lock"

lock: .venv/installed-dev ## exact versions of everything, anew from pyproject.toml
	$(LOCK) -o requirements.lock
	$(LOCK) --extra postgres -c requirements.lock -o requirements-postgres.lock
	$(LOCK) --extra postgres --group dev -c requirements.lock -o requirements-dev.lock

clean:
	rm -rf .venv .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache

.venv/bin/python:
	$(PYTHON) -m venv .venv

.venv/installed: requirements.lock | .venv/bin/python
	$(PIP) -r requirements.lock
	@touch $@

.venv/installed-dev: requirements-dev.lock .venv/installed
	$(PIP) -r requirements-dev.lock
	@touch $@
