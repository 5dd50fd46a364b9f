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

test: $(STAMP)  ## all tests
	@$(BIN)/python -m pytest -n auto --dist worksteal

check: $(STAMP)  ## ruff, mypy --strict, import contract
	@$(BIN)/ruff format --check .
	@$(BIN)/ruff check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports

bench: $(STAMP)  ## the project's timings, as ratios to plain spaCy
	@$(BIN)/python -m benchmarks.speed

docs: $(STAMP)  ## write the generated reference anew
	@$(BIN)/python -m docs.generate

clean:  ## remove what the targets made
	rm -rf $(VENV) build dist demo .mypy_cache .ruff_cache .pytest_cache .hypothesis
