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

faults: .venv     ## the long run of what a machine can do to a book: kills, power cuts, failing disks (half an hour); writes docs/promises.md
	$(BIN)/python -m tests.faults.report

fuzz: .venv       ## the long run of odd text and files through every parser, a million cases each (hours); no package more is needed
	nice -n 19 $(BIN)/python -m tests.fuzz.long "quick log" search dates "trade lines"
	nice -n 19 $(BIN)/python -m tests.fuzz.long pages csv vcards workbooks --seconds 3600

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

messages: .venv   ## compile the translations after editing a .po file, and write the tables of the documents that they are in
	$(BIN)/python -m tests.messages --compile
	$(BIN)/python -m tests.keys_doc
	$(BIN)/python -m tests.settings_doc

pictures: .venv   ## draw docs/images anew, of the program on its example book
	$(BIN)/python -m tests.pictures

site: .venv       ## the documents as a site in both languages, site/index.html; asks the network for nothing
	$(BIN)/pip install --quiet --editable '.[docs]'
	NO_MKDOCS_2_WARNING=1 $(BIN)/mkdocs build --quiet

man: .venv        ## write docs/crm.1 anew after changing a verb
	$(BIN)/python tools/make_manual.py

zipapp: .venv     ## the program in a single file, dist/crm.pyz
	$(BIN)/pip install --quiet 'shiv>=1.0.8'
	$(BIN)/python tools/make_zipapp.py

.PHONY: man zipapp run demo test format lint types contracts check messages fuzz pictures site
