# Everything runs from .venv, which the first target that needs it makes; nothing has to be activated.
# Each target explains itself behind two hashes: `make help` prints that.

PYTHON ?= python3
# Workers of the test run.
JOBS ?= 2
# Numbers of records, rounds, steps (all where empty) and other generators of the benchmark, the page its results are put
# into (none where empty), and the folder it works in.
SIZES ?= 1000,10000
ROUNDS ?= 3
STEPS ?=
PEERS ?= hugo,zola
RESULTS ?= docs/speed.md
BENCH_DIR ?= $(or $(TMPDIR),/tmp)/jixiao-bench
VENV := .venv
BIN := $(VENV)/bin

# The exact versions every checkout and CI use; a user's own `pip install` follows pyproject.toml alone.
PIP_INSTALL := $(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt
# Where Python is told to leave nothing behind, every start would compile all modules anew.
COMPILE := $(BIN)/python -m compileall -q generator
PYTEST := $(BIN)/python -m tests.run --numprocesses $(JOBS) --dist loadfile --no-loadscope-reorder
BROWSER := hatch_build.py $(wildcard generator/browser/*.* generator/browser/.npmrc generator/browser/src/*.ts)
INPUTS := pyproject.toml constraints.txt $(BROWSER)

# A recipe that fails leaves no half-made file that would pass for a finished one.
.DELETE_ON_ERROR:
.DEFAULT_GOAL := help
.PHONY: help site serve test test-fast check format generate generate-check golden bench constraints clean

help: ## List the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-15s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

site: $(VENV)/ready ## Build the site from content/ into site/
	@$(BIN)/jixiao build

serve: $(VENV)/ready ## Preview the site and rebuild it on every change
	@$(BIN)/jixiao serve

test: $(VENV)/ready-dev ## Run every check and test, those with a browser and an office program too
	@$(BIN)/python -m tests.browser.chromium
	@$(BIN)/python -m tests.office.libreoffice
	@$(MAKE) --no-print-directory check
	$(PYTEST)

test-fast: $(VENV)/ready-dev ## Run the tests that need no browser
	$(PYTEST) -m "not browser"

check: $(VENV)/ready-dev generate-check ## Lint, check format, types, import order and generated files
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	$(BIN)/python hatch_build.py --check
	$(BIN)/lint-imports --no-cache

format: $(VENV)/ready-dev ## Format the code and mend what ruff can mend
	$(BIN)/ruff format
	$(BIN)/ruff check --fix

generate: $(VENV)/ready-dev ## Write the files that are generated and committed
	$(BIN)/python -m generator.dev.generate

generate-check: $(VENV)/ready-dev ## Fail where a generated file is not up to date
	$(BIN)/python -m generator.dev.generate --check

golden: $(VENV)/ready-dev ## Accept what the tests produce as the new golden files; read the diff afterwards
	$(PYTEST) --update-golden

bench: $(VENV)/ready-dev ## Measure how fast sites are built, beside other generators; writes docs/speed.md
	@$(COMPILE)
	$(BIN)/python -m tests.bench.run --sizes '$(SIZES)' --rounds '$(ROUNDS)' $(if $(STEPS),--steps '$(STEPS)') \
		--peers '$(PEERS)' --folder '$(BENCH_DIR)' $(if $(RESULTS),--document '$(RESULTS)') \
		--command 'make bench SIZES=$(SIZES) ROUNDS=$(ROUNDS)$(if $(STEPS), STEPS=$(STEPS)) PEERS=$(PEERS)'

constraints: $(VENV)/ready-dev ## Move constraints.txt to the newest versions that pyproject.toml allows
	$(BIN)/python -m pip install --upgrade --upgrade-strategy eager --editable '.[dev]'
	$(BIN)/python -m pip freeze --exclude-editable > constraints.new
	grep '^#' constraints.txt | cat - constraints.new > constraints.tmp
	rm constraints.new
	mv constraints.tmp constraints.txt

clean: ## Remove the environment, caches and built pages
	rm -rf $(VENV) templates/assets/browse .jixiao-cache .mypy_cache .pytest_cache .ruff_cache .import_linter_cache .hypothesis build dist
	find generator tests -name __pycache__ -type d -prune -exec rm -rf {} +
	find site -mindepth 1 ! -name .gitignore -delete

# The stamps make repeated calls quick: pip runs again only when the wanted packages change.
$(VENV)/ready: $(INPUTS) | $(BIN)/python
	@echo "Installing jixiao into $(VENV) ..."
	@$(PIP_INSTALL) --editable .
	@$(COMPILE)
	@touch $@

$(VENV)/ready-dev: $(INPUTS) | $(BIN)/python
	@echo "Installing jixiao and its development tools into $(VENV) ..."
	@$(PIP_INSTALL) --editable '.[dev]'
	@$(COMPILE)
	@touch $(VENV)/ready $@

$(BIN)/python:
	@command -v $(PYTHON) > /dev/null || { \
		echo "jixiao needs Python 3.11 or later, and $(PYTHON) is not to be found: make PYTHON=/path/to/python3" >&2; exit 1; }
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
		echo "jixiao needs Python 3.11 or later, $(PYTHON) is $$($(PYTHON) --version 2>&1): make PYTHON=/path/to/python3" >&2; exit 1; }
	@$(PYTHON) -c 'import venv, ensurepip' 2> /dev/null || { \
		echo "$(PYTHON) has no venv module; on Debian and Ubuntu: apt-get install python3-venv" >&2; exit 1; }
	@$(PYTHON) -m venv $(VENV)
