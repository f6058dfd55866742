# Two commands matter: `make run` and `make test`. `make help` lists the rest.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
export UV_COMPILE_BYTECODE := 1
export DAGSTER_DISABLE_TELEMETRY := yes
export DBT_SEND_ANONYMOUS_USAGE_STATS := false

.PHONY: help setup run dev test lint lock clean
.DEFAULT_GOAL := help

help:  ## list the targets
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## /\1\t/' | expand -t 12

# The environment is made anew whenever the lock changes; the stamp says which lock it holds.
$(VENV)/.made: requirements.txt requirements-uv.txt pyproject.toml
	@echo "setting up $(VENV) from the hashed lock ..."
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --require-hashes -r requirements-uv.txt
	$(BIN)/uv pip sync --quiet --python $(BIN)/python --require-hashes requirements.txt
	$(BIN)/uv pip install --quiet --python $(BIN)/python --no-deps --no-build-isolation -e .
	@touch $@

setup: $(VENV)/.made  ## make the Python environment

HOME_DIR = $(or $(JIJIAN_HOME),data)

run: setup  ## set up everything and take the sample district through to a release and its bulletin
	@test -f $(HOME_DIR)/sample/plan.csv || $(BIN)/jijian sample
	@# exit 1 only says that something was returned; each file's receipt tells what
	@test -f $(HOME_DIR)/register.sqlite || \
		$(BIN)/jijian receive --plan $(HOME_DIR)/sample/plan.csv | tail -n 1 || test $$? -eq 1
	$(BIN)/jijian run --period 2023-07
	$(BIN)/jijian report --period 2023-07
	@echo "release: $(HOME_DIR)/releases/current/jijian.duckdb   receipts: $(HOME_DIR)/receipts"

dev: setup  ## Dagster's window on the pipeline, on loopback
	$(BIN)/dagster dev -m orchestration.definitions -h 127.0.0.1

test: setup  ## set up everything and run all tests
	$(BIN)/python -m pytest -n 2 --dist loadfile

lint: setup  ## formatting, style and types
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy

lock:  ## resolve the dependencies of pyproject.toml anew
	$(BIN)/uv pip compile --quiet --universal --generate-hashes --python-version 3.11 \
		--extra test --extra build --no-annotate --no-header -o requirements.txt pyproject.toml

clean:  ## remove the environment and what was built (never the home folder)
	rm -rf $(VENV) node_modules reports/node_modules dbt_project/target dbt_project/logs
