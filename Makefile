# The commands of the project; `make help` lists them. Longer steps stand in .ci/ and in management commands.
PORT ?= 8000
DEMO ?= 1
PYTHON = .venv/bin/python
WORKFLOW_SOAK = $(addprefix tests/test_,workflow_random.py workflow_together.py workflow_killed.py concurrency.py)
PREPARE = $(PYTHON) manage.py prepare $(if $(filter 0 no false,$(DEMO)),--without-demo)

.PHONY: help run dev test soak bench lint format migrations catalogue runtime tools
.DEFAULT_GOAL := help

help: ## Say what can be done
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "make %-12s %s\n", $$1, $$2 }' Makefile

run: runtime ## Serve the portal on 127.0.0.1:PORT (8000); DEMO=0 leaves the demonstration data out
	@DEBUG=0 $(PREPARE)
	@echo "Plan Tracker: http://127.0.0.1:$(PORT)/ (stop it with Ctrl+C)"
	@DEBUG=0 $(PYTHON) manage.py work --with-parent & exec env DEBUG=0 WEB_PROCESSES=1 .venv/bin/gunicorn plan_tracker.wsgi --workers 1 --threads 8 --bind 127.0.0.1:$(PORT) --log-level warning

dev: runtime ## Serve with runserver, which starts anew at each change
	@DEBUG=1 $(PREPARE)
	@DEBUG=1 $(PYTHON) manage.py work --with-parent & DEBUG=1 exec $(PYTHON) manage.py runserver 127.0.0.1:$(PORT)

test: tools ## Run every test on SQLite, then on PostgreSQL
	@$(PYTHON) -m tests $(ARGS)

soak: tools ## Run the long form of the tests that draw their data at random
	@SOAK=1 $(PYTHON) -m pytest -q -n 2 tests/test_same_figures_everywhere.py tests/test_edition_same_figures.py tests/test_hostile_text.py tests/test_random_requests.py tests/test_form_races.py tests/test_uploads_mutated.py tests/test_formula_random.py $(WORKFLOW_SOAK)

bench: tools ## Measure against the least that the same answers can cost, on both databases
	@$(PYTHON) -m tests.bench

lint: tools ## Run the static checks
	@.ci/lint

format: tools ## Lay the code out
	@$(PYTHON) -m ruff check --fix-only --quiet . && $(PYTHON) -m ruff format .

migrations: tools ## Write the migrations that the models need
	@DEBUG=1 $(PYTHON) manage.py makemigrations

catalogue: tools ## Collect the strings, merge the translations and compile them
	@DEBUG=1 $(PYTHON) manage.py catalogue

runtime:
	@.ci/set-up requirements.txt
	@test -s .secret_key || { umask 077 && $(PYTHON) -c 'import secrets; print(secrets.token_urlsafe(60))' >.secret_key.new && mv .secret_key.new .secret_key; }

tools:
	@.ci/set-up requirements-dev.txt
