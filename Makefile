# One verb for each thing; everything runs in .venv, which `make .venv` makes from pyproject.toml.
PYTHON ?= python3
BIN := .venv/bin

.venv: pyproject.toml
	$(PYTHON) -m venv .venv
	$(BIN)/pip install --quiet --editable '.[dev]'
	@touch .venv

run: .venv        ## open the program
	$(BIN)/crm

demo: .venv       ## open the example book
	$(BIN)/crm --demo

test: .venv       ## run the tests
	$(BIN)/python -m pytest -n 4 --dist worksteal

faults: .venv     ## the long run of what a machine can do to a book: kills, power cuts, failing disks (minutes)
	CRM_FAULTS_LONG=1 $(BIN)/python -m pytest -q tests/faults

format: .venv     ## put the code into shape
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

lint: .venv
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .

types: .venv
	$(BIN)/mypy

contracts: .venv
	$(BIN)/lint-imports

check: lint types contracts test   ## everything that has to hold before a commit

messages: .venv   ## compile the translations after editing a .po file
	$(BIN)/python -m tests.messages --compile

.PHONY: run demo test format lint types contracts check messages
