# Everything that is done to this checkout, by the names people look for.
# Only python3 (3.11 or newer), pip and make are assumed.

PY ?= python3
PORT ?= 8000
ARGS ?=

BIN := .venv/bin
PIP := $(PY) -m pip --python $(BIN)/python --disable-pip-version-check --quiet
#: This checkout as an installed package; the copies of folders that a wheel holds would only go stale.
THIS := $(PIP) install --no-deps --no-build-isolation --no-index -e . && \
        rm -rf .venv/lib/python3*/site-packages/alumni_portal
#: Where `make check` builds a database of its own.
SCRATCH := build/check

.DEFAULT_GOAL := help
.PHONY: help install dev chromium demo demo-reset run test check e2e faults bench lock fmt i18n \
        assets matrix clean

help: ## what can be made
	@grep -hE '^[a-z0-9-]+:.*## ' $(MAKEFILE_LIST) | \
	  awk -F ':.*## ' '{ printf "  make %-12s %s\n", $$1, $$2 }'
	@echo
	@echo "  PORT=8080 moves the demo; ARGS=… goes to the command behind a target."

# --- the environment ---------------------------------------------------------------------------

.venv/bin/python:
	@$(PY) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "Python 3.11 or newer is needed; PY=python3.12 chooses one."; exit 1; }
	@$(PY) -m venv --without-pip .venv

.venv/run.ok: requirements.lock | .venv/bin/python
	@echo "Installing what the portal needs …"
	@$(PIP) install --require-hashes -r requirements.lock
	@$(THIS)
	@touch $@

.venv/dev.ok: requirements-dev.lock | .venv/bin/python
	@echo "Installing what the tests need …"
	@$(PIP) install --require-hashes -r requirements-dev.lock
	@$(THIS)
	@touch $@ .venv/run.ok

install: .venv/run.ok ## the environment, from the hash-checked lock

dev: .venv/dev.ok ## the same with everything the tests need

# --- the portal --------------------------------------------------------------------------------

demo: install ## a fictional employer on http://127.0.0.1:8000
	@$(BIN)/alumni-portal demo up --port $(PORT) $(ARGS)

demo-reset: install ## throw the demo's people away and invent them anew
	@$(BIN)/alumni-portal demo reset --port $(PORT) $(ARGS)

run: install ## serve what the environment describes (ALUMNI_…)
	@$(BIN)/alumni-portal serve --port $(PORT) $(ARGS)

# --- proof -------------------------------------------------------------------------------------

chromium:
	@command -v chromium >/dev/null || command -v chromium-browser >/dev/null || \
	  command -v google-chrome >/dev/null || { \
	  test "$$(id -u)" = 0 && command -v apt-get >/dev/null && \
	  echo "Installing Chromium …" && apt-get update -qq && \
	  DEBIAN_FRONTEND=noninteractive \
	  apt-get install -y -qq --no-install-recommends chromium >/dev/null; \
	} || echo "Left out: the tests in a real browser, for there is no Chromium here."

test: dev chromium ## everything the tests need, then all tests; ARGS="tests/people -x" for a part
ifeq ($(strip $(ARGS)),)
	@$(MAKE) --no-print-directory check
endif
	$(BIN)/python -m pytest -q -n auto --dist worksteal $(ARGS)

check: dev ## style, types, import contracts, templates, migrations, translations
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/lint-imports
	$(BIN)/djlint --lint --quiet templates
	$(BIN)/mypy
	@rm -rf $(SCRATCH) && mkdir -p $(SCRATCH)
	ALUMNI_MODE=demo ALUMNI_INSTANCE=$(SCRATCH) $(BIN)/alumni-portal db upgrade
	ALUMNI_MODE=demo ALUMNI_INSTANCE=$(SCRATCH) $(BIN)/alumni-portal db check
	$(BIN)/python -m pytest -q tests/house/test_translations.py

e2e: dev chromium ## the browser tests over every width, scheme and with scripts off
	$(BIN)/python -m pytest -q -n auto --dist worksteal --grid full tests/browser tests/journeys $(ARGS)

faults: dev ## kill -9, races, full disks and broken mail, at length
	$(BIN)/python -m pytest -q --faults full tests/faults $(ARGS)

bench: dev ## measure against the peers (docs/performance.md)
	$(BIN)/python -m bench $(ARGS)

# --- upkeep ------------------------------------------------------------------------------------

fmt: dev ## lay the code out
	$(BIN)/ruff check --fix-only --quiet .
	$(BIN)/ruff format .

lock: .venv/bin/python ## resolve the versions anew and lock them by hash
	@$(PIP) install uv
	$(BIN)/uv pip compile $(LOCK) --group build pyproject.toml -o requirements.lock $(ARGS)
	$(BIN)/uv pip compile $(LOCK) --group dev --extra postgres -c requirements.lock \
	  pyproject.toml -o requirements-dev.lock $(ARGS)
LOCK := --quiet --universal --python-version 3.11 --generate-hashes --no-header --no-annotate \
        --no-emit-index-url --no-strip-extras

I18N := alumni_portal/translations
i18n: dev ## collect the Swedish texts, bring the English catalogue up to date, compile it
	@mkdir -p build $(I18N)
	$(BIN)/pybabel -q extract -F babel.cfg $(KEYWORDS) --no-location --sort-output -o build/messages.pot .
	@test -f $(I18N)/en/LC_MESSAGES/messages.po || \
	  $(BIN)/pybabel -q init -i build/messages.pot -d $(I18N) -l en
	$(BIN)/pybabel -q update -i build/messages.pot -d $(I18N) -l en --no-fuzzy-matching --ignore-obsolete
	$(BIN)/pybabel -q compile -d $(I18N)
	@$(BIN)/python -m pytest -q tests/house/test_translations.py
KEYWORDS := -k _l -k lazy -k _n:1,2 -k lazy_ngettext:1,2

assets: dev ## fetch the vendored files again (needs npm) and check them
	$(BIN)/python static/vendor/refresh.py $(ARGS)

matrix: dev ## write the checked-in permission matrix and route list anew
	$(BIN)/python -m pytest -q tests/house/test_permissions.py tests/house/test_routes.py --rewrite

clean: ## remove what tools left behind; the environment and the demo stay
	rm -rf build dist htmlcov .coverage .coverage.* .pytest_cache .ruff_cache .mypy_cache \
	  .import_linter_cache .hypothesis test-results
	find . -name __pycache__ -not -path './.venv/*' -prune -exec rm -rf {} +
