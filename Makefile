# Every target works on a fresh machine with Python 3.11; `make setup` makes .venv, all others use it.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.installed

.PHONY: setup demo test check bench docs clean
.DEFAULT_GOAL := help

.PHONY: help
help:  ## what can be made
	@grep -E '^[a-z]+:.*##' Makefile | sed -E 's/:.*## /\t/'

setup: $(STAMP)  ## a .venv in this checkout with onrecord and its tools

$(STAMP): pyproject.toml constraints.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "onrecord needs Python 3.11 or newer: make PYTHON=python3.11 ...")'
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@echo "installing into $(VENV) (a few minutes the first time)" >&2
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e '.[dev]'
	@touch $(STAMP)

demo: $(STAMP)  ## read the example reports and print the record
	@PATH="$(CURDIR)/$(BIN):$$PATH" sh examples/demo.sh

test: $(STAMP) chromium  ## all tests
	@$(BIN)/python -m pytest -n auto --dist worksteal

# The desk is tested in Debian's Chromium. Where there is no apt its tests are left out, and say so.
.PHONY: chromium
chromium:
	@if command -v chromium >/dev/null 2>&1; then exit 0; fi; \
	if ! command -v apt-get >/dev/null 2>&1; then \
		echo "no Chromium and no apt-get: the tests in a browser are skipped; install Chromium to run them" >&2; exit 0; fi; \
	as_root=; [ "$$(id -u)" = 0 ] || as_root="sudo -n"; \
	echo "installing Chromium from the distribution, for the tests in a browser" >&2; \
	{ $$as_root apt-get update -qq && $$as_root env DEBIAN_FRONTEND=noninteractive \
		apt-get install -y -qq --no-install-recommends chromium fonts-dejavu-core; } >/dev/null 2>&1 || \
		echo "Chromium could not be installed (is this root, or may it sudo?): the tests in a browser are skipped" >&2

check: $(STAMP)  ## ruff, mypy --strict, import contract
	@$(BIN)/ruff format --check .
	@$(BIN)/ruff check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports

bench: $(STAMP)  ## the project's costs, as ratios to plain spaCy, into docs/explanation/benchmarks.md
	@$(BIN)/onrecord bench --reports 100 --workers 2 --growth 10000 --actors 100000 --output docs/explanation/benchmarks.md

docs: $(STAMP)  ## write the generated reference anew
	@$(BIN)/python -m docs.generate

clean:  ## remove what the targets made
	rm -rf $(VENV) build dist demo .mypy_cache .ruff_cache .pytest_cache .hypothesis
