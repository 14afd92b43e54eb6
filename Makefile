# Needs make and Python 3.11 or later; the tests need terraform too. `make PYTHON=python3.13` names the Python.

PYTHON ?= python3
WORKERS ?= 2
ARGS ?=

TEST := .venv-test
CHECKOV := .venv-checkov
JUDGE := .node-judge
SARIF := .node-sarif
# Longest first: they run beside each other.
CHECKS := pyright mypy layers lint
INSTALL := bin/python -m pip --disable-pip-version-check install -qq
SOURCES := setup.cfg pyproject.toml MANIFEST.in README.md LICENSE \
	$(shell find generator rules -name __pycache__ -prune -o -name '*.egg-info' -prune -o -print)

# terraform warns, in the midst of its output, when this names no file.
ifeq ($(wildcard $(TF_CLI_CONFIG_FILE)),)
unexport TF_CLI_CONFIG_FILE
endif

# The tests import what is installed, never the sources.
unexport PYTHONPATH

# pyright would ask the network whether there is a newer one.
export PYRIGHT_PYTHON_IGNORE_WARNINGS := 1

.PHONY: help install test differential benchmark check lint types mypy pyright layers checkov coverage wheel modules docs refresh-data parser-table fuzz clean

help: ## list the targets
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/\1 \2/p' Makefile | while read -r name text; do printf '%-14s %s\n' "$$name" "$$text"; done

install: .venv/wheel ## install iamgen into .venv, without the tools
	@echo "installed: .venv/bin/iamgen"

test: ## everything: check, then all tests against the built wheel (ARGS="-k name")
	@$(MAKE) --no-print-directory --jobs=$(WORKERS) $(CHECKOV)/tools $(CHECKS) $(JUDGE)/tools $(SARIF)/tools $(TEST)/wheel
	$(TEST)/bin/pytest -n $(WORKERS) --dist loadgroup --durations=10 $(ARGS)

differential: $(TEST)/wheel $(JUDGE)/tools ## a million decisions against each other implementation, and thousands of verdicts
	IAMGEN_POLICY_EXAMPLES=21000 IAMGEN_SIMULATIONS=1000000 IAMGEN_VERDICTS=6000 \
		$(TEST)/bin/pytest -n $(WORKERS) --durations=10 \
		tests/policy/test_oracle.py tests/account/test_against_oracle.py tests/account/test_completions.py \
		tests/simulate $(ARGS)

benchmark: $(TEST)/wheel ## seconds and memory for large documents, accounts and repositories, and beside others (ARGS="--json FILE --only users")
	PYTHONPATH=tests $(TEST)/bin/python -m benchmarks $(ARGS)

fuzz: $(TEST)/wheel ## texts that nobody would write, for the reader of Terraform: minutes
	IAMGEN_FUZZ_EXAMPLES=20000 IAMGEN_MODULE_TREES=60 $(TEST)/bin/pytest -n $(WORKERS) \
		tests/terraform_read/syntax/test_properties.py tests/terraform_read/test_fuzz.py \
		tests/terraform_read/test_module_trees.py $(ARGS)

check: ## ruff, mypy, pyright, import contracts
	@$(MAKE) --no-print-directory --jobs=$(WORKERS) $(CHECKS)

lint: $(TEST)/tools
	$(TEST)/bin/ruff check .
	$(TEST)/bin/ruff format --check .

types: mypy pyright

mypy: $(TEST)/tools
	$(TEST)/bin/mypy

pyright: $(TEST)/tools
	$(TEST)/bin/pyright --pythonpath $(TEST)/bin/python

layers: $(TEST)/tools
	PYTHONPATH=generator:rules $(TEST)/bin/lint-imports --config setup.cfg

checkov: $(TEST)/wheel $(CHECKOV)/tools ## checkov over what iamgen renders, from an environment of its own
	$(TEST)/bin/pytest --durations=10 tests/checkov $(ARGS)

coverage: $(TEST)/wheel $(CHECKOV)/tools $(JUDGE)/tools $(SARIF)/tools ## the tests, and which lines they reach
	$(TEST)/bin/pytest -n $(WORKERS) --dist loadgroup --cov --cov-report=term-missing $(ARGS)

wheel: $(TEST)/wheel ## build dist/*.whl and dist/*.tar.gz

modules: $(TEST)/wheel ## render modules/ again
	$(TEST)/bin/iamgen modules modules

docs: $(TEST)/wheel ## write docs/rules again, from the rules
	$(TEST)/bin/python scripts/make_rule_pages.py

refresh-data: $(TEST)/tools ## make the snapshots in rules/iamgen_rules/data again
	PYTHONPATH=rules $(TEST)/bin/python scripts/refresh_data.py

parser-table: $(TEST)/tools ## make the table of python-hcl2's grammar in rules/iamgen_rules/data again
	PYTHONPATH=rules $(TEST)/bin/python scripts/make_parser_table.py

clean: ## remove the environments, the builds and the caches
	rm -rf .venv $(TEST) $(CHECKOV) $(JUDGE) $(SARIF) build dist *.egg-info .coverage .hypothesis .mypy_cache .pytest_cache .ruff_cache .import_linter_cache

# Environments. A file in each says that it is complete.

.venv/pip $(TEST)/pip $(CHECKOV)/pip:
	@command -v "$(PYTHON)" >/dev/null || { echo "make: no $(PYTHON) here; name one: make PYTHON=python3.12" >&2; exit 1; }
	@"$(PYTHON)" -c 'import sys; sys.exit(sys.version_info < (3, 11) and "make: $(PYTHON) is Python %d.%d, and iamgen needs 3.11 or later; name one: make PYTHON=python3.12" % sys.version_info[:2])'
	@"$(PYTHON)" -c 'import ensurepip, venv' || { echo "make: $(PYTHON) has no venv module; on Debian and Ubuntu: apt install python3-venv" >&2; exit 1; }
	"$(PYTHON)" -m venv --clear $(@D)
	@touch $@

# build/ would bring files back that have been deleted since.
.venv/wheel: $(SOURCES) | .venv/pip
	rm -rf build iamgen.egg-info
	.venv/$(INSTALL) --upgrade .
	rm -rf build iamgen.egg-info
	@touch $@

$(TEST)/tools: requirements/test.txt requirements/test-constraints.txt | $(TEST)/pip
	$(TEST)/$(INSTALL) -r $<
	@touch $@

$(CHECKOV)/tools: requirements/checkov.txt requirements/checkov-constraints.txt | $(CHECKOV)/pip
	$(CHECKOV)/$(INSTALL) -r $<
	@touch $@

# Without npm, or where it cannot install, the tests that ask these judges are skipped, and say so. npm runs no scripts of
# packages here; that of the SARIF tool would have made it executable.
$(JUDGE)/tools: tests/simulate/package.json tests/simulate/package-lock.json tests/simulate/.npmrc
$(SARIF)/tools: tests/report/sarif/package.json tests/report/sarif/package-lock.json tests/report/sarif/.npmrc
$(JUDGE)/tools $(SARIF)/tools:
	@rm -rf $(@D) && mkdir $(@D) && cp $^ $(@D)
	@if command -v npm >/dev/null && npm ci --prefix $(@D) --loglevel=error --fetch-retries=1 --fetch-timeout=60000; \
	then chmod -f u+x $(@D)/node_modules/@microsoft/sarif-multitool-*/Sarif.Multitool || true; touch $@; \
	else echo "make: no $(@D): npm is missing or could not install it; its tests are skipped" >&2; fi

# The wheel is built from the source distribution, so that neither lacks a file unnoticed.
$(TEST)/wheel: $(SOURCES) $(TEST)/tools
	rm -rf build dist iamgen.egg-info
	$(TEST)/bin/python -m build --no-isolation --outdir dist . >$(TEST)/build.log 2>&1 || { cat $(TEST)/build.log; exit 1; }
	$(TEST)/$(INSTALL) --no-deps --force-reinstall dist/*.whl
	rm -rf build iamgen.egg-info
	@touch $@
