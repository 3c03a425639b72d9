# make run    try Alongside on this computer: http://127.0.0.1:8000, PORT=8001 make run for another port
# make test   every test, journeys in a real browser too; make test ARGS="-k clocks" for some
# make check  style, types, imports, migrations, templates
# make mutants  change the law in one place at a time, and see whether its tests notice
# make bench-progress  how fast growth percentiles and the four signs are, beside their goals
# make fix    put right what a program can
#
# Everything lives in this folder: Python packages in .venv, npm packages in node_modules, style sheets in build,
# the database in .data. `make clean` removes the first three.

PYTHON ?= $(shell for p in python3 python3.14 python3.13 python3.12 python3.11; do \
	$$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$p && break; done)
BIN := .venv/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check install --quiet --require-hashes --no-deps
ARGS ?=

.DEFAULT_GOAL := help
.PHONY: help run test check fix mutants assets bench bench-progress sizes locks clean .venv

help:
	@sed -n 's/^# make/make/p' Makefile

run: .venv/base
	@.ci/packages run
	@$(BIN)/alongside run

test: .venv/dev assets
	@.ci/packages test
	$(BIN)/python -m pytest -n 3 --maxschedchunk 10 $(ARGS)

check: .venv/dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/alongside makemigrations --check --dry-run
	$(BIN)/alongside templates

fix: .venv/dev
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

mutants: .venv/dev
	@nice -n 10 $(BIN)/alongside mutants $(ARGS)
	@$(BIN)/alongside docs

assets: .venv/base
	@$(BIN)/alongside assets

bench: .venv/base
	$(BIN)/alongside bench

bench-progress: .venv/base
	@$(BIN)/alongside progress bench $(ARGS)

sizes: .venv/base
	@$(BIN)/alongside sizes

# The packages. What a lock no longer names stays until `make clean`.

.venv: .venv/dev

.venv/base: requirements/base.txt
	@test -n "$(PYTHON)" || { echo "Python 3.11 or later is needed." >&2; exit 1; }
	@.ci/packages python $(PYTHON)
	@echo "Installing Python packages into .venv"
	@$(BIN)/python -c '' 2>/dev/null || $(PYTHON) -m venv --clear .venv
	@$(PIP) -r requirements/base.txt
	@printf '%s\n' '#!/bin/sh' '# Made by make. The command, from any folder.' \
		'exec "$(CURDIR)/$(BIN)/python" "$(CURDIR)/manage.py" "$$@"' > $(BIN)/alongside
	@chmod +x $(BIN)/alongside
	@touch $@

.venv/dev: .venv/base requirements/dev.txt
	@echo "Installing what checks and tests need into .venv"
	@$(PIP) -r requirements/dev.txt
	@touch $@

# Locks carry hashes and no address of any host.
LOCK = build/uv/bin/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
	--no-emit-index-url --no-header --no-annotate --upgrade

locks: .venv/base
	@test -x build/uv/bin/uv || { $(PYTHON) -m venv build/uv && build/uv/bin/python -m pip install --quiet uv; }
	cd requirements && ../$(LOCK) base.in --output-file base.txt
	cd requirements && ../$(LOCK) dev.in --output-file dev.txt
	$(BIN)/alongside assets --lock

clean:
	rm -rf .venv node_modules build
