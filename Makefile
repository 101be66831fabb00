# Two commands do everything on a fresh machine: `make run` and `make test`.
PYTHON ?= $(shell command -v python3.11 || command -v python3)
BIN := .venv/bin
PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check
RUN_READY := .venv/.ready-run
DEV_READY := .venv/.ready-dev

.DEFAULT_GOAL := help
.PHONY: help run test test-deploy check format bench fit fit-model clean

help: ## list the targets
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## /  make \1|/' | column -t -s '|'

run: $(RUN_READY) ## set up and open the app on 127.0.0.1
	$(BIN)/python -m trainer db upgrade
	$(BIN)/streamlit run serve.py

test: $(DEV_READY) ## set up, check the code and run all tests
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/bandit --quiet -ll --recursive trainer app.py serve.py
	$(BIN)/python -m trainer check
	$(BIN)/pytest --numprocesses 2 --dist loadfile

test-deploy: $(DEV_READY) ## run nginx, two app processes, PostgreSQL and a model server, and end processes in mid-call
	CI=true $(BIN)/pytest tests/deploy

check: $(DEV_READY) ## format check, lint, types, data check and the fast tests
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/python -m trainer check
	$(BIN)/pytest -m "not slow and not browser and not postgres" --numprocesses 2 --dist loadfile

format: $(DEV_READY) ## put the code in shape
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

bench: $(DEV_READY) ## run the benchmarks and write their dated results
	for name in recognizer customer phrases scoring latency store voice models faults load growth injection; do \
	  PYTHONPATH=. $(BIN)/python benchmarks/$$name.py || exit 1; done

fit: $(DEV_READY) ## fit the shipped recogniser anew from trainer/corpus
	$(BIN)/python -m trainer.learn.recognizer

fit-model: $(DEV_READY) ## fit the shipped language model; PRETRAIN=folder with general German
	$(BIN)/python -m trainer.learn.speech $(if $(PRETRAIN),--pretrain $(PRETRAIN))

clean: ## remove the environment and all caches; keeps the database in var/
	rm -rf .venv .mypy_cache .pytest_cache .ruff_cache .hypothesis

$(BIN)/python:
	$(PYTHON) -m venv .venv

$(RUN_READY): requirements.txt | $(BIN)/python
	$(PIP) -r requirements.txt
	@touch $@

$(DEV_READY): requirements.txt requirements-dev.txt | $(BIN)/python
	$(PIP) -r requirements-dev.txt
	@touch $(RUN_READY) $@
