# Everything a person or a machine does with this repository; each target sets up what it needs.
#   make site    the example, built into site/          make test    all tests, in a real browser too
#   make lint    style and types                        make interop others' software reads the example
#   make bench   time and memory, beside Hugo           make serve   the example, rebuilt as you write
#   make clean   what these made, but .venv             make locks   newer dependencies into the lock files
#   make fuzz    ten minutes of broken files for every reader of strangers' files (MINUTES=n for others)
#   make screenshots   every kind of page at 390 and 1280 px, light and dark, into .screenshots/
#   make conformance DIR=folder   signatures against the vectors and samples that W3C and 1EdTech published

PYTHON ?= python3
PIP := .venv/bin/python -m pip --disable-pip-version-check

.PHONY: site test lint interop conformance fuzz screenshots bench serve clean locks
.DEFAULT_GOAL := site

site: .venv/site-is-ready
	.venv/bin/badgesite build --out site

test: .venv/tests-are-ready
	.venv/bin/python -m tests.find_browser
	.venv/bin/python -m pytest

lint: .venv/tests-are-ready
	.venv/bin/ruff check .
	.venv/bin/ruff format --check .
	.venv/bin/mypy

interop: site
	.venv/bin/python -m tests.interop.run site .interop

conformance: .venv/tests-are-ready
	.venv/bin/python -m tests.conformance.run $(if $(DIR),$(DIR),$(error name the folder of vectors and samples: make conformance DIR=folder))

fuzz: .venv/tests-are-ready
	.venv/bin/python -m tests.fuzz --minutes $(or $(MINUTES),10)

screenshots: .venv/tests-are-ready
	.venv/bin/python -m tests.find_browser
	.venv/bin/python -m tests.gates.screenshots .screenshots

bench: .venv/tests-are-ready
	.venv/bin/python -m benchmarks

serve: .venv/site-is-ready
	.venv/bin/badgesite serve

clean:
	rm -rf site .site.badgesite build dist .interop .bench .fuzz .screenshots .pytest_cache .mypy_cache .ruff_cache .hypothesis
	find badgesite tests benchmarks -name __pycache__ -prune -exec rm -rf {} +

# Installed again only when what is asked for has changed; with nothing changed, no network is needed.
.venv/site-is-ready: pyproject.toml requirements.lock
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null \
	  || { echo 'badgesite needs Python 3.11 or newer; name one: make PYTHON=/path/to/python3.12' >&2; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null \
	  || { echo 'Python lacks its venv module; on Debian and Ubuntu: apt-get install python3-venv' >&2; exit 1; }
	test -x .venv/bin/python || $(PYTHON) -m venv .venv
	$(PIP) install --quiet --require-hashes -r requirements.lock
	$(PIP) install --quiet --no-deps --no-build-isolation --editable .
	@touch $@

.venv/tests-are-ready: .venv/site-is-ready requirements-dev.lock
	$(PIP) install --quiet --require-hashes -r requirements-dev.lock
	@touch $@

# One lock for every system and every Python we support, with the digest of each file.
LOCK = .venv/bin/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header --no-annotate --no-emit-package badgesite
locks: .venv/site-is-ready
	$(PIP) install --quiet uv
	$(LOCK) --upgrade --extra build pyproject.toml --output-file requirements.lock
	$(LOCK) --extra dev --constraint requirements.lock pyproject.toml --output-file requirements-dev.lock
