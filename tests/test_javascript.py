"""The theme's scripts: what they share with the program, and their tests (tests/javascript/)."""

from __future__ import annotations

import json
import os
import random
import shutil
import subprocess
from itertools import product
from pathlib import Path

import numpy as np
import yaml

from generator.search import facets, file_encoding
from generator.text import fold, split_words
from generator.text.formulas import escape_formula
from tests.support import CASES, ROOT, require
from tools.make_search_format import SCRIPT, search_format

SCRIPTS = ROOT / "tests" / "javascript"
MOST_LINES = 300
LANGUAGES = ROOT / "tools" / "quality" / "languages.yml"


def test_what_both_languages_share_is_up_to_date() -> None:
    """`python tools/make_search_format.py` was run."""
    assert SCRIPT.read_text("utf-8") == search_format()


def test_scripts_are_small_and_only_the_entry_loads_the_search_page() -> None:
    """The length of functions and circles of imports are in biome.json."""
    for script in SCRIPT.parent.glob("*.js"):
        text = script.read_text("utf-8")
        assert text.count("\n") <= MOST_LINES, script.name
        assert ("./search-page.js" in text) == (script.name == "search.js"), script.name


def test_the_scripts_do_what_the_program_does(tmp_path: Path) -> None:
    """And all else that their own tests say of them."""
    node = shutil.which("node")
    require(node, "Node.js")
    assert node
    path = tmp_path / "cases.json"
    path.write_text(json.dumps(shared_cases()), "utf-8")
    tests = sorted(map(str, SCRIPTS.glob("*.test.js")))
    done = subprocess.run(
        [node, "--test", *tests],
        env={**os.environ, "SEEDBED_CASES": str(path)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout


def shared_cases() -> dict[str, object]:
    """Return what the program makes of texts, cells and numbers, and the cases of queries."""
    texts = [entry["text"] for entry in yaml.safe_load(LANGUAGES.read_text("utf-8"))]
    texts += [
        "Perú, PERÚ",
        "Straße; soft\u00adhyphen",
        "東京。東京",
        "½ 5㎏",
        "x" * 100,
        "The R.N.L.I., É.D.F. and С.С.С.Р; not U.S., e.g. www.a.b.c.org, a.b.c.de, 1.2.3, A. B. C.",
        "İstanbul",
    ]
    cells = ["".join(three) for three in product("=+-|＝'\";\t\n \u00a0\ufeffa", repeat=3)]
    numbers = [[], [0, 127, 128, 16_383, 16_384], [2**31, 2**32, 2**40]]
    columns = drawn_columns()
    dates = ["2021-06-28", "", "1999", "2020-02", "1999-12-31"]
    return {
        "folded": [[text, fold(text)] for text in texts],
        "words": [[text, split_words(text)] for text in texts],
        "cells": [[text, escape_formula(text)] for text in cells],
        "varints": [[many, list(varints(many))] for many in numbers],
        "columns": [[column, list(facets.encode_column(column))] for column in columns],
        "dates": [[dates, list(facets.encode_dates(dates))]],
        "queries": yaml.safe_load((CASES / "search_queries.yml").read_text("utf-8")),
    }


def varints(numbers: list[int]) -> bytes:
    """Return numbers as the index has them."""
    return file_encoding.encode_many(np.array(numbers, np.uint64)).data


def drawn_columns() -> list[list[tuple[str, ...]]]:
    """Return columns in which values are rare or frequent."""
    draw = random.Random(7)
    values = ("Ana", "Ben", "Ömer")
    return [
        [tuple(value for value in values if draw.random() < share) for _ in range(200)]
        for share in (0.02, 0.3, 0.9)
    ]
