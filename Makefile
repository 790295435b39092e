# Tout se lance d'ici. Il ne faut que Python 3.11 ou plus récent : l'environnement se fait tout seul.
PYTHON ?= python3
BIN := .venv/bin
READY := .venv/.ready
COMPILE := uv pip compile --quiet --python-version 3.11 --generate-hashes --no-header --no-annotate

STRICT := command -v npm >/dev/null && mkdir -p .venv/strict && cp tests/strict/package*.json .venv/strict/ \
    && npm ci --prefix .venv/strict --silent --no-audit --no-fund >/dev/null 2>&1

# Sans le code déjà compilé, chaque processus des essais commence par une à deux secondes de compilation.
unexport PYTHONDONTWRITEBYTECODE

# De quoi lire les papiers numérisés, là où l'on peut l'installer (Debian, root) ; ailleurs, « appariteur check » le demande.
LETTERS := tesseract --list-langs 2>/dev/null | grep -qx fra || { test "$$(id -u)" = 0 && command -v apt-get \
    && export DEBIAN_FRONTEND=noninteractive && set -- apt-get -qq -y -o Acquire::Retries=0 -o Acquire::http::Timeout=20 \
    && { timeout 180 "$$@" install tesseract-ocr tesseract-ocr-fra \
    || { timeout 60 "$$@" update && timeout 180 "$$@" install tesseract-ocr tesseract-ocr-fra; }; }; }

.DEFAULT_GOAL := help
.PHONY: help setup demo chat test check bench lock

help: ## Dire ce que l'on peut demander
	@sed -n 's/^\([a-z]*\):.*## /make \1|/p' $(MAKEFILE_LIST) | awk -F'|' '{ printf "  %-12s %s\n", $$1, $$2 }'

setup: $(READY) ## Préparer l'environnement (il se refait seul quand les versions changent)

demo: $(READY) ## Montrer une commune entière, avec un vrai serveur Matrix, sur cette machine
	@$(BIN)/appariteur demo

chat: $(READY) ## Parler au robot dans ce terminal, sans Matrix, avec une horloge que l'on pousse
	@$(BIN)/appariteur chat

test: $(READY) ## Lancer tous les essais, sur de vrais serveurs Matrix et PostgreSQL
	@$(BIN)/pytest -n 3 --dist worksteal

check: $(READY) ## Relire le code et la documentation sans rien exécuter de long
	@$(BIN)/ruff format --check .
	@$(BIN)/ruff check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports --no-logo
	@$(BIN)/pytest tests/test_architecture.py tests/test_docs.py

bench: $(READY) ## Mesurer (une vingtaine de minutes sur une machine tranquille)
	@$(BIN)/python -m tests.bench

lock: ## Choisir de nouveau les versions des dépendances (demande uv)
	@$(COMPILE) pyproject.toml -o requirements.lock
	@$(COMPILE) --extra dev pyproject.toml -o requirements-dev.lock

$(READY): requirements-dev.lock pyproject.toml tests/strict/package-lock.json
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	    { echo "Il faut Python 3.11 ou plus récent ; dites lequel : make PYTHON=python3.12 setup" >&2; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || \
	    { echo "Il manque de quoi faire un environnement Python : apt-get install python3-venv" >&2; exit 1; }
	@test -x $(BIN)/pip || $(PYTHON) -m venv .venv
	@echo "Préparation de l'environnement (quelques minutes la première fois)…"
	@$(BIN)/pip install -qq --disable-pip-version-check --require-hashes -r requirements-dev.lock
	@$(BIN)/pip install -qq --disable-pip-version-check --no-deps --no-build-isolation -e .
	@$(STRICT) || echo "Sans npm, les essais sur la cryptographie d'Element seront laissés de côté."
	@{ $(LETTERS); } </dev/null >/dev/null 2>&1 || echo "Sans Tesseract, les papiers numérisés seront classés sans pouvoir être cherchés."
	@touch $@
