# What one does with mapper. `make help` lists it. Any POSIX shell will do.
# Options of the demo: make demo ARGS=--no-serve

SHELL = /bin/sh
.DEFAULT_GOAL := help
PYTHON ?=
ARGS ?=
VENV := .venv
BIN := $(VENV)/bin
PARTS := requirements-uv.lock pyproject.toml scripts/make_environment.sh

.PHONY: help demo serve check quick-tests test lint types contracts bench lock reference-data vendor-assets

help: ## list what can be made
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-16s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

demo: $(VENV)/run.stamp ## set everything up with the invented demo data, and serve it
	@scripts/system_packages.sh run
	@$(BIN)/mapper demo $(ARGS)

serve: $(VENV)/run.stamp ## serve the database that is there
	@scripts/system_packages.sh run
	@$(BIN)/mapper serve $(ARGS)

check: $(VENV)/test.stamp ## every check that needs no server and no browser
	@scripts/system_packages.sh run
	@$(MAKE) --no-print-directory --keep-going -j2 lint types contracts quick-tests

quick-tests: $(VENV)/test.stamp
	@$(BIN)/python -m pytest -q -n 2 --hypothesis-profile=quick \
		-m "not browser and not postgis and not slow" $(ARGS)

test: lint types contracts ## everything: SpatiaLite, a real PostGIS and a real browser
	@scripts/system_packages.sh test
	@$(BIN)/python -m pytest -q -n 2 --dist loadfile $(ARGS)

lint: $(VENV)/test.stamp ## read the code for faults and form
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .

types: $(VENV)/test.stamp ## check the types
	@$(BIN)/mypy

contracts: $(VENV)/test.stamp ## check who imports whom
	@$(BIN)/lint-imports --no-cache

bench: $(VENV)/bench.stamp ## measure, and write bench/results.md
	@scripts/system_packages.sh run
	@$(BIN)/python bench/run.py $(ARGS)

lock: $(VENV)/test.stamp ## choose the newest dependencies allowed, and pin them
	@scripts/lock.sh

reference-data: $(VENV)/reference.stamp ## rebuild the shipped boundaries, postcodes and residents
	@scripts/system_packages.sh reference
	@$(BIN)/python -m tools.reference_data $(ARGS)

vendor-assets: $(VENV)/run.stamp ## fetch the style sheets and scripts the pages use (needs npm)
	@$(BIN)/python tools/vendor_assets.py $(ARGS)

$(VENV)/run.stamp: requirements.lock $(PARTS)
	@PYTHON="$(PYTHON)" scripts/make_environment.sh requirements.lock
	@touch $@

$(VENV)/test.stamp: requirements-test.lock $(PARTS)
	@PYTHON="$(PYTHON)" scripts/make_environment.sh requirements-test.lock
	@touch $@ $(VENV)/run.stamp

$(VENV)/bench.stamp: requirements-bench.lock $(VENV)/test.stamp
	@PYTHON="$(PYTHON)" scripts/make_environment.sh requirements-bench.lock
	@touch $@

$(VENV)/reference.stamp: requirements-reference.lock $(VENV)/test.stamp
	@PYTHON="$(PYTHON)" scripts/make_environment.sh requirements-reference.lock
	@touch $@
