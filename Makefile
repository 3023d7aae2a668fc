# Targets: demo test soak lint docs bench bench-compare bench-ledger bench-copies bench-fusion bench-scale train lock clean. Each first makes .venv with what it needs (requirements/dev.lock).
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready
GOLD ?= ../shared/gold/train
LEARN := out/train/gold
SCORER ?= ../shared/contract/score.py

.PHONY: demo test lint docs soak bench bench-compare bench-ledger bench-copies bench-fusion bench-scale train lock clean

demo: $(READY)
	@$(BIN)/tawatur run examples/aleppo-2016 --out out/demo
	@echo "Open out/demo/index.html in a browser."

test: $(READY)
	$(BIN)/python -m pytest

# Every fault test in full: hours. docs/faults.md says which; SOAK=500 makes it shorter.
SOAK ?= 10000
soak: $(READY)
	$(BIN)/python tools/soak.py $(SOAK)

lint: $(READY)
	$(BIN)/ruff check
	$(BIN)/mypy

docs: $(READY)
	$(BIN)/python tools/docs.py
	$(BIN)/mkdocs build --strict --site-dir out/docs
	@echo "Open out/docs/index.html in a browser."

bench: $(READY)
	$(BIN)/python tools/bench.py

bench-ledger: $(READY)
	$(BIN)/python tools/bench_ledger.py
	$(BIN)/python tools/bench_postgresql.py

bench-compare: $(READY)
	$(BIN)/python tools/bench_compare.py

# The race needs datasketch, which nothing else does.
bench-copies: $(READY)
	$(BIN)/python benchmarks/copies.py found
	$(BIN)/python benchmarks/copies.py growth
	$(BIN)/python benchmarks/copies.py race

bench-scale: $(READY)
	$(BIN)/python benchmarks/scale.py
	$(BIN)/python benchmarks/adding.py --whole

bench-fusion: $(READY)
	$(BIN)/python benchmarks/fusion.py

# Clauses first, then figures inside clauses and the places that govern them, then how sure each field is; then the
# claims of readers that have not seen a dossier, and from them events and relations.
# One thread: sums in another order end in another last digit.
train: export OMP_NUM_THREADS = 1
train: $(READY) $(VENV)/.ready-train
	@test -d $(GOLD) || { echo "train: no annotated dossiers in $(GOLD): make train GOLD=DIR SCORER=FILE" >&2; exit 1; }
	$(BIN)/python tools/written_dossiers.py $(LEARN) --beside $(GOLD)
	$(BIN)/python tools/train_claims.py $(LEARN)
	$(BIN)/python tools/train_outcomes.py $(LEARN) --scorer $(SCORER) --write
	$(BIN)/python tools/train_language.py en $(LEARN) --scorer $(SCORER)
	$(BIN)/python tools/train_places.py $(GOLD) --write
	$(BIN)/python tools/train_participants.py $(GOLD) --scorer $(SCORER) --write
	$(BIN)/python tools/train_confidence.py $(GOLD) --write
	$(BIN)/python tools/cross_predict.py out/train --gold $(GOLD) --claims out/train/claims.pickle
	$(BIN)/python tools/train_events.py $(GOLD) --own out/train/claims.pickle --scorer $(SCORER)
	$(BIN)/python tools/train_findings.py $(LEARN) --own out/train/claims.pickle --scorer $(SCORER)

# Pins every dependency with its hashes; needs uv on the path.
lock:
	uv pip compile pyproject.toml --extra dev --extra docs --universal --python-version 3.11 \
	  --generate-hashes --no-header --quiet --upgrade -o requirements/dev.lock
	uv pip compile pyproject.toml --extra dev --extra train --universal --python-version 3.11 \
	  --generate-hashes --no-header --quiet --upgrade -o requirements/train.lock

clean:
	rm -rf $(VENV) out build dist .mypy_cache .ruff_cache .pytest_cache .hypothesis

$(READY): requirements/dev.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "tawatur needs Python 3.11 or later: make PYTHON=python3.12 ..." >&2; exit 1; }
	@$(BIN)/python -m pip --version >/dev/null 2>&1 || $(PYTHON) tools/make_venv.py $(VENV)
	@echo "Installing into $(VENV) ..."
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/dev.lock
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $@

$(VENV)/.ready-train: requirements/train.lock $(READY)
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/train.lock
	@touch $@
