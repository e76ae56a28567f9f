"""The house rules that a reader relies on, checked on every run."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support import ROOT

PACKAGE = ROOT / "generator"
MODULES = sorted(PACKAGE.rglob("*.py"))

# A wing may import from the wings and rooms that stand before it, and from itself.
ALLOWED = {
    "model": set(),
    "words": {"model"},
    "settings": {"model"},
    "store": {"model", "cache"},
    "workers": {"model"},
    "cache": set(),
    "stopwatch": set(),
    "shelves": {"model", "cache", "workers"},
    "lexicon": {"words", "cache", "shelves"},
    "stages": {
        *("workers", "lexicon"),
        *("model", "words", "settings", "store", "shelves", "cache", "reading", "linking"),
    },
    "gathering": {"model", "words", "cache", "workers", "shelves", "lexicon", "linking", "writing"},
    "pagekeys": {"model", "shelves", "stages", "linking", "writing"},
    "streams": {"model", "store", "cache", "workers", "shelves", "writing"},
    "composing": {
        *("pagekeys", "streams", "workers"),
        *("model", "settings", "store", "shelves", "cache", "stages", "linking", "writing"),
    },
    "reading": {"model"},
    "readiness": {"reading"},
    "linking": {"model", "words"},
    "writing": {"model", "words"},
    "lastrun": {"model", "settings", "store", "cache"},
    "decisions": {"model", "settings", "store", "reading", "linking"},
    "losses": {"model", "cache"},
    "notices": {"model", "settings", "store", "writing"},
    "output": {
        *("model", "settings", "store", "workers", "shelves", "gathering", "pagekeys"),
        "composing",
        "writing",
    },
    "admission": {
        *("model", "settings", "store", "stages", "decisions", "losses"),
        *("reading", "linking", "writing"),
    },
    "pipeline": {
        "admission",
        *("model", "words", "settings", "store", "workers", "cache", "shelves", "stages"),
        *("composing", "gathering", "losses", "pagekeys", "readiness"),
        *("linking", "writing", "lastrun", "decisions", "notices", "output"),
    },
    "explain": {
        *("model", "settings", "store", "stages", "reading", "linking", "writing"),
        *("admission", "decisions", "notices"),
    },
    "explain_name": {
        *("model", "settings", "store", "stages", "linking", "writing"),
        *("admission", "decisions", "pipeline"),
    },
    "publishing": {
        *("model", "settings", "store", "workers", "cache", "reading", "writing"),
        *("decisions", "lastrun", "losses", "notices", "pipeline"),
    },
    "starter": {"model", "store"},
    "cli": {
        "model",
        "store",
        "stopwatch",
        "shelves",
        "explain",
        "explain_name",
        "lastrun",
        "losses",
        "pipeline",
        "readiness",
        "publishing",
        "workers",
        "starter",
        "",
    },
    "__main__": {"cli"},
    "__init__": set(),
}

# Inside a wing a module imports only from lines above its own.
ORDER = {
    "model": [
        {"documents", "edtf", "outcome", "tokens"},
        {"pages"},
        {"names"},
        {"corpus"},
        {"__init__"},
    ],
    "reading": [
        {
            "ledger",
            "decode",
            "readers",
            "standins",
            "language",
            "tables",
            "characters",
            "labels",
            "mojibake",
            "running_heads",
            "wording",
        },
        {"dates", "bylines", "hyphens"},
        {"paragraphs", "emphasis", "footer", "datelines", "dated_lines", "testimony", "said"},
        {"clean", "head"},
        {"metadata"},
        {"study"},
    ],
    "linking": [
        {"survey", "corrections", "dates", "names", "stopwords"},
        {"telling", "withdrawals", "entities", "nearcopies"},
        {"nearness"},
        {"neighbours"},
        {"alike"},
        {"related"},
    ],
    "writing": [
        {
            "labels",
            "urls",
            "weblinks",
            "spreadsheets",
            "colours",
            "dateforms",
            "plaintext",
        },
        {"markup", "imprint"},
        {"citations", "parts", "pictures"},
        {"mentions"},
        {"datasets", "namesets", "feeds"},
        {
            "pages",
            "exports",
            "namelinks",
            "permalinks",
            "redirects",
            "search",
        },  # a folder counts as one
    ],
    "publishing": [
        {"messages", "html", "numbers", "lastmod", "theme", "blame", "policy", "placeholders"},
        {"rendering", "guards"},
        {"links", "preview", "serving"},
        {"site"},
        {"evidence", "symmetry"},
        {"sheet"},
        {"proofs"},
        {"check", "ownership"},
        {"failures"},
        {"publish", "mkdocs_plugin", "cleaning"},
    ],
}

# Libraries that only these rooms may know.
ONLY_IN = {
    "mkdocs": {"publishing"},
    "pathspec": {"store"},
    "click": {"cli"},
    "selectolax": {"publishing"},
    "Stemmer": {"writing"},
    "ftfy": {"reading"},
    "spacy": {"linking"},
    "yaml": {"reading", "writing", "linking"},
}
DISK = {"open", "read_bytes", "read_text", "write_bytes", "write_text", "unlink", "rename", "mkdir"}


def room(path: Path) -> str:
    """The wing or single room that a module belongs to."""
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


def line(path: Path) -> str:
    """The module, or the folder of modules, as which a file counts in its wing."""
    return path.relative_to(PACKAGE).parts[1].removesuffix(".py")


def imported(path: Path) -> Iterator[str]:
    """Every module that a file imports, wherever in the file, by its whole name."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: imports are written in full"
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def level(wing: str, module: str) -> int:
    """How far down its wing a module stands."""
    return next(at for at, names in enumerate(ORDER[wing]) if module in names)


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_imports_point_one_way(path: Path) -> None:
    """A room knows only the rooms before it, and inside a wing only the lines above."""
    own = room(path)
    for name in imported(path):
        parts = name.split(".")
        if parts[0] != "generator":
            assert own in ONLY_IN.get(parts[0], {own}), f"{own} must not know {parts[0]}"
            continue
        other = parts[1] if parts[1] != "__version__" else ""
        if other != own:
            assert other in ALLOWED[own], f"{own} must not know {other}"
        elif own in ORDER and len(parts) > 2 and path.stem != own and parts[2] != line(path):
            assert level(own, parts[2]) < level(own, line(path)), f"{path} must not know {name}"


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_modules_and_functions_stay_readable(path: Path) -> None:
    """A file has one subject, and a function fits the eye."""
    source = path.read_text("utf-8")
    assert source.count("\n") <= 400, f"{path.stem} has two subjects; split it by noun"
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            assert node.end_lineno is not None
            assert node.end_lineno - node.lineno <= 45, f"{node.name} is too long to see"


def test_most_functions_are_short() -> None:
    """Half of all functions have fewer than 12 lines, nine in ten fewer than 35."""
    sizes = sorted(
        (node.end_lineno or 0) - node.lineno + 1
        for path in MODULES
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.FunctionDef)
    )
    assert sizes[len(sizes) // 2] < 12
    assert sizes[9 * len(sizes) // 10] < 35


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_only_the_store_touches_files_and_only_the_cli_prints(path: Path) -> None:
    """The disk has one door, and so has the terminal."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if not isinstance(node, ast.Call):
            continue
        name = (
            node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
        )
        assert name != "print", f"{path.stem} prints"
        packaged = "resources" in ast.unparse(node) or "package" in ast.unparse(node)  # no disk
        if name in DISK and room(path) not in {"store", "cache"} and not packaged:
            pytest.fail(f"{path.stem} touches files: {ast.unparse(node)}")


def test_no_state_at_module_level() -> None:
    """Nothing at the top of a module can be changed: no list, dict or set is filled there later."""
    for path in MODULES:
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            assert not isinstance(node, ast.Global), f"{path}: global state"
