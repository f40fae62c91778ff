# The two commands a newcomer needs: `make demo` and `make test`.
SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help
.ONESHELL:

PYTHON3 ?= python3
SETUP := $(PYTHON3) involvement/servers/bootstrap.py
BIN := .venv/bin
# Tests and checks have servers of their own, so that they cannot touch the demo's data
FOR_TESTS := INVOLVEMENT_SERVERS=test
REPORTS := .local/reports
TALLY := $(BIN)/python -m tests.tally
# A secret, hosts and addresses as production has them; no server is asked
AS_PRODUCTION := DEBUG=off DEMO_MODE=off BASE_DOMAIN=involvement.example \
	SECRET_KEY=$$($(BIN)/python -c 'import secrets; print(secrets.token_urlsafe(64))') \
	SEALING_KEY=$$($(BIN)/python -c 'import secrets; print(secrets.token_urlsafe(64))') \
	DATABASE_URL=postgresql://involvement_web:unused@localhost/involvement \
	DATABASE_OWNER_URL= REDIS_URL=redis://localhost/0 EMAIL_URL=smtp://localhost:25

.PHONY: help demo test full check fix bench stop clean

help: ## Show this list
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):.*## /\1\t/' | expand -t 10

demo: ## Install what is missing, then run the whole product until Ctrl-C
	@$(SETUP)
	exec $(BIN)/python -m involvement.servers.demo

test: check ## Check the code and run the tests, the browser's included
	rm -rf $(REPORTS); mkdir -p $(REPORTS)
	trap '$(FOR_TESTS) $(BIN)/python -m involvement.servers stop' EXIT
	export $(FOR_TESTS)
	failed=0
	$(BIN)/pytest --ignore=tests/benchmarks -m "not full and not browser" -n 2 --cov --cov-report=term:skip-covered \
		--junitxml=$(REPORTS)/tests.xml || failed=1
	$(BIN)/pytest tests/browser -m "not full" --junitxml=$(REPORTS)/browser.xml || failed=1
	$(TALLY) $(REPORTS)/*.xml || failed=1
	exit $$failed

full: check ## Everything `test` runs, and the long tests too
	rm -rf $(REPORTS); mkdir -p $(REPORTS)
	trap '$(FOR_TESTS) $(BIN)/python -m involvement.servers stop' EXIT
	export $(FOR_TESTS)
	failed=0
	$(BIN)/pytest --ignore=tests/benchmarks -m "not browser" -n 2 --cov --cov-report=term:skip-covered \
		--junitxml=$(REPORTS)/tests.xml || failed=1
	$(BIN)/pytest tests/browser --junitxml=$(REPORTS)/browser.xml || failed=1
	$(TALLY) $(REPORTS)/*.xml || failed=1
	exit $$failed

check: ## Lint, types, templates, import law, migrations, production settings
	@$(SETUP) --tests
	export $(FOR_TESTS)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy .
	find templates -name '*.html' -print0 | xargs -0 --no-run-if-empty $(BIN)/djade --target-version 5.2 --check
	$(BIN)/djlint templates --lint --quiet
	$(BIN)/python manage.py makemigrations --check --dry-run
	$(AS_PRODUCTION) $(BIN)/python manage.py check --deploy --fail-level WARNING
	$(BIN)/pytest tests/architecture -q

fix: ## Put right what can be put right by itself
	@$(SETUP) --tests
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .
	find templates -name '*.html' -print0 | xargs -0 --no-run-if-empty $(BIN)/djade --target-version 5.2 || true

bench: ## Measure what must stay fast, and fail where a bound is broken
	@$(SETUP) --tests
	trap '$(FOR_TESTS) $(BIN)/python -m involvement.servers stop' EXIT
	$(FOR_TESTS) $(BIN)/pytest tests/benchmarks -p no:randomly -s

stop: ## Stop the demo and its servers; data stay
	@test -x $(BIN)/python || exit 0
	$(BIN)/python -m involvement.servers stop
	$(FOR_TESTS) $(BIN)/python -m involvement.servers stop

clean: stop ## Remove everything made here, the demo's data included
	@test ! -x $(BIN)/python || $(BIN)/python -m involvement.servers forget
	rm -rf .local .venv .tools node_modules staticfiles .mypy_cache .ruff_cache .pytest_cache
