# What a fresh clone can do with Python 3.11 or later and nothing else. Every target says what it does in `make help`.

SHELL := /bin/bash
.DEFAULT_GOAL := help

VENV ?= .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet install
PYTHON ?= $(shell for python in python3 python3.13 python3.12 python3.11; do \
	$$python -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$python && break; done)
WORKERS ?= 2
PYTEST_OPTIONS ?= -n $(WORKERS) --dist loadfile

.PHONY: help serve test test-postgresql-15 soak soak-transfer lint docs bench bench-long-life bench-national bench-memory lock screenshots clean chromium

help: ## says this
	@sed -n 's/^\([a-z0-9-]*\):.*## /\1\t/p' $(MAKEFILE_LIST) | expand -t 22

serve: $(VENV)/served ## the service with its own PostgreSQL and demo data, on http://127.0.0.1:8000
	@exec $(BIN)/kelisim serve

test: $(VENV)/tested chromium lint ## every test; KELISIM_TEST_DATABASE_URL=... for a PostgreSQL of your own
	$(BIN)/python -m pytest $(PYTEST_OPTIONS)

test-postgresql-15: $(VENV)/tested chromium ## every test on Debian's PostgreSQL 15
	@command -v pg_virtualenv >/dev/null && ls /usr/lib/postgresql/15/bin/postgres >/dev/null \
		|| { echo 'Needs Debian'"'"'s postgresql-15: apt-get install postgresql-15' >&2; exit 1; }
	pg_virtualenv -v 15 -c '--locale=C.UTF-8' -o fsync=off -o max_connections=200 -o log_min_messages=panic bash -c \
		'KELISIM_TEST_DATABASE_URL="postgresql://$$PGUSER:$$PGPASSWORD@$$PGHOST:$$PGPORT/postgres" \
		$(BIN)/python -m pytest $(PYTEST_OPTIONS)'

soak: $(VENV)/tested ## the log under load while everything is killed again and again: some minutes
	$(BIN)/python -m pytest tests/soak/test_soak.py

soak-transfer: $(VENV)/tested ## a transfer completed while the database is killed two hundred times: some minutes
	$(BIN)/python -m pytest tests/soak/test_handing_over.py

lint: $(VENV)/tested ## ruff and mypy
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy

docs: $(VENV)/served ## the generated pages of docs/ again
	$(BIN)/python -m api.lifecycle_page
	$(BIN)/python -m api.law_page
	$(BIN)/python -m api.openapi

bench: $(VENV)/tested ## how fast it is, in docs/performance.md and bench/results.json: some minutes
	$(BIN)/python -m bench

bench-long-life: $(VENV)/tested ## what upkeep, replicas and time do to the log, in docs/performance.md: some minutes
	$(BIN)/python -m bench.long_life

bench-national: $(VENV)/tested ## what logs up to a nation's size cost, in docs/performance.md: 20 minutes; SIZES="10000 100000"
	$(BIN)/python -m bench.national $(SIZES)

bench-memory: $(VENV)/tested ## a worker's memory over a million commands, in docs/performance.md: an hour; COMMANDS="1000 10000"
	$(BIN)/python -m bench.memory $(COMMANDS)

lock: $(VENV)/tested ## both lock files again, from pyproject.toml
	$(PIP) 'uv>=0.9,<1'
	$(BIN)/uv pip compile $(LOCK) --extra build --output-file requirements.lock pyproject.toml
	$(BIN)/uv pip compile $(LOCK) --extra build --extra test --constraints requirements.lock \
		--output-file requirements-test.lock pyproject.toml

# No configuration of this machine, and no address: the lock holds names, versions and digests only.
LOCK := --quiet --no-config --universal --python-version 3.11 --generate-hashes --no-header --no-annotate --upgrade

screenshots: $(VENV)/tested chromium ## pictures of every page in three languages, in .kelisim/screenshots
	$(BIN)/python -m tests.browser.screenshots

clean: ## removes the environment and the data of the embedded database
	rm -rf $(VENV) .kelisim .pytest_cache .mypy_cache .ruff_cache

# A browser is the one thing that pip cannot bring: Debian's, where it may be installed without asking.
chromium:
	@command -v chromium chromium-browser google-chrome >/dev/null || { \
		[ "$$(id -u)" = 0 ] || sudo="sudo -n"; \
		command -v apt-get >/dev/null && $$sudo true 2>/dev/null \
		&& $$sudo apt-get update -qq \
		&& $$sudo env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq chromium; } \
		|| echo 'No chromium, and it cannot be installed from here: the browser tests will say so.' >&2

$(BIN)/python:
	@[ -n "$(PYTHON)" ] || { echo 'Kelisim needs Python 3.11 or later.' >&2; exit 1; }
	@$(PYTHON) -c 'import ensurepip' 2>/dev/null \
		|| { echo 'This Python makes no virtual environments: apt-get install python3-venv' >&2; exit 1; }
	@echo 'Making the environment, once: a minute or two.' >&2
	@$(PYTHON) -m venv $(VENV)

# The stamps: an environment is filled again when its lock changes.
$(VENV)/served: requirements.lock pyproject.toml | $(BIN)/python
	@$(PIP) --require-hashes --only-binary=:all: -r requirements.lock
	@$(PIP) --no-deps --no-build-isolation --no-index --editable .
	@touch $@

$(VENV)/tested: requirements-test.lock $(VENV)/served
	@$(PIP) --require-hashes --only-binary=:all: -r requirements-test.lock
	@touch $@
