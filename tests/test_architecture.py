"""The rules of the code that a reader relies on, checked on every run."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from tests.support import ROOT

PACKAGE = ROOT / "generator"
MODULES = sorted(PACKAGE.rglob("*.py"))

# Which packages a package may import. Everything may import itself.
ALLOWED = {
    "model": "",
    "text": "model",
    "files": "model",
    "settings": "model",
    "corrections": "model text",
    "engine": "model text files",
    "reading": "model text",
    "search": "model text",
    "writing": "model text",
    "linking": "model text corrections",
    "starter": "model files",
    "checking": "model text files settings engine corrections reading",
    "pipeline": "model text files settings engine corrections reading linking search writing",
    "explain": (
        "model text files settings engine corrections reading linking search writing pipeline"
    ),
    "desk": "model text files corrections",
    "publishing": "model files settings engine checking pipeline desk starter",
    "exporting": "model text files checking __version__",
    "cli": (
        "model files settings engine reading pipeline checking publishing exporting explain"
        " starter __version__"
    ),
    "__main__": "cli",
    "__init__": "",
}

# The check shares only these modules with what it checks.
CHECKING_MAY_IMPORT = {
    "reading": {
        "generator.reading.decode",
        "generator.reading.head.unshown_words",
        "generator.reading.formats.open_reading",
        "generator.reading.formats.parts",
        "generator.reading.formats.ocr",
    },
    "corrections": {"generator.corrections.decided_seeds"},
}

# Libraries that only these packages may import.
ONLY_IN = {
    "mkdocs": {"publishing"},
    "click": {"cli"},
    "selectolax": {"checking", "exporting", "reading", "search"},
    "PIL": {"reading"},
    "pypdfium2": {"reading"},
    "olefile": {"reading"},
    "trafilatura": {"reading"},
    "Stemmer": {"search"},
    "ftfy": {"reading"},
    "spacy": {"linking"},
    "yaml": {"reading", "writing", "search", "corrections", "publishing", "checking"},
    "pathspec": {"files"},
}
# Fields that are empty texts by default, because an empty text is what they then hold: nothing
# stands there, or nothing was read yet. What is unknown, or does not exist, is None.
EMPTY_TEXTS = {
    "Mark.value",
    "Block.rule",
    "Block.text",
    "FoundPicture.text",
    "Picture.text",
    "PageNumber.words",
    "Decisions.metadata",
    "Site.name",
    "SiteInfo.name",
    "SiteInfo.index",
    "InternalLink.index",
    "Snapshot.root",
    "PersonName.suffix",
    "NameGroup.kind",  # set at once to that of its first name
    # What readers of formats collect:
    "Edit.after",
    "Token.name",
    "_Field.code",
    "_Paragraph.marker",
    "_Reader._style_words",
    "RtfPictures._name",
    "RtfPictures._value",
    "_Reader._instruction",
    "_Reader._surrogate",
    "HtmlWalk._pending_label",
    "ResponseHead.status",
    # The words beside a name, compared millions of times:
    "CorpusHints.language",
    "Candidate.title",
    "Context.owned",
    "Context.noun_before",
}
# Functions that return a tuple whose values differ in type, and say in no name which is which:
# an item of a mapping, or what another library asks for.
BARE_TUPLES = {"_checked", "entry", "_started", "__reduce__"}
DISK = {"open", "read_bytes", "read_text", "write_bytes", "write_text", "unlink", "rename", "mkdir"}


@cache
def parsed(path: Path) -> ast.Module:
    """Return the syntax tree of a module."""
    return ast.parse(path.read_text("utf-8"))


def package_of(path: Path) -> str:
    """Return the package, or the module at the top, to which a file belongs."""
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


def imports_of(path: Path) -> Iterator[str]:
    """Yield the full name of everything that a file imports, wherever in the file."""
    for node in ast.walk(parsed(path)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: write imports in full"
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_imports_go_one_way(path: Path) -> None:
    """A package imports only what the table allows."""
    own = package_of(path)
    for name in imports_of(path):
        library, *rest = name.split(".")
        if library != "generator":
            assert own in ONLY_IN.get(library, {own}), f"{own} must not import {library}"
        elif rest[0] != own:
            assert rest[0] in ALLOWED[own].split(), f"{own} must not import {name}"


def test_every_package_is_in_the_table() -> None:
    """A new package gets a row."""
    assert {package_of(path) for path in MODULES} == ALLOWED.keys()


def test_the_check_shares_little_with_what_it_checks() -> None:
    """A fault in reading or correcting must not hide in the check too."""
    for path in (PACKAGE / "checking").rglob("*.py"):
        for name in imports_of(path):
            parts = name.split(".")
            allowed = CHECKING_MAY_IMPORT.get(parts[1]) if parts[0] == "generator" else None
            if allowed is not None:
                assert any(f"{name}.".startswith(f"{module}.") for module in allowed), (path, name)


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_modules_and_functions_are_short(path: Path) -> None:
    """A module has at most 400 lines, a function at most 45."""
    source = path.read_text("utf-8")
    assert source.count("\n") <= 400, f"{path.stem} has two subjects: split it"
    for node in ast.walk(parsed(path)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            assert node.end_lineno is not None
            assert node.end_lineno - node.lineno < 45, f"{path}: {node.name} is too long"


def test_most_functions_are_very_short() -> None:
    """Half of all functions have fewer than 10 lines, nine in ten fewer than 25."""
    sizes = sorted(
        (node.end_lineno or 0) - node.lineno + 1
        for path in MODULES
        for node in ast.walk(parsed(path))
        if isinstance(node, ast.FunctionDef)
    )
    assert sizes[len(sizes) // 2] < 10
    assert sizes[9 * len(sizes) // 10] < 25


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_only_files_touches_the_disk_and_only_the_cli_prints(path: Path) -> None:
    """Files are read and written in one package; the engine has its database besides."""
    for node in ast.walk(parsed(path)):
        if not isinstance(node, ast.Call):
            continue
        function = node.func
        name = function.attr if isinstance(function, ast.Attribute) else getattr(function, "id", "")
        assert name != "print", f"{path.stem} prints"
        if ast.unparse(function) == "self._zip.open":  # an entry of an archive in memory
            continue
        packaged = "resources" in ast.unparse(node) or "package" in ast.unparse(node)  # no disk
        if name in DISK and package_of(path) not in {"files", "engine"} and not packaged:
            pytest.fail(f"{path.stem} touches files: {ast.unparse(node)}")


def test_no_field_is_an_empty_text_where_it_is_unknown() -> None:
    """A type checker sees None, and does not see an empty text."""
    fields = {
        f"{node.name}.{ast.unparse(field.target)}"
        for path in MODULES
        for node in ast.walk(parsed(path))
        if isinstance(node, ast.ClassDef)
        for field in node.body
        if isinstance(field, ast.AnnAssign) and field.value and ast.unparse(field.value) == "''"
    }
    assert fields == EMPTY_TEXTS


def test_modules_have_no_state() -> None:
    """No function changes a value of its module."""
    for path in MODULES:
        for node in ast.walk(parsed(path)):
            assert not isinstance(node, ast.Global), f"{path}: global state"


def is_bare_tuple(annotation: ast.expr | None) -> bool:
    """Whether a type is a tuple with a fixed number of values of several types, or None."""
    if isinstance(annotation, ast.BinOp):
        return is_bare_tuple(annotation.left) or is_bare_tuple(annotation.right)
    match annotation:
        case ast.Subscript(value=ast.Name(id="tuple"), slice=ast.Tuple(elts=types)):
            names = {ast.unparse(each) for each in types}
            return len(names) > 1 and "..." not in names
    return False


def sort_keys(tree: ast.Module) -> set[str]:
    """Return the functions by whose results something is sorted: their tuples need no names."""
    arguments = (node for node in ast.walk(tree) if isinstance(node, ast.keyword))
    values = (argument.value for argument in arguments if argument.arg == "key")
    names = (node for value in values for node in ast.walk(value) if isinstance(node, ast.Name))
    return {name.id for name in names}


def bare_tuples(tree: ast.Module) -> set[str]:
    """Return the functions of a module that return a tuple without names."""
    functions = (node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef))
    bare = {function.name for function in functions if is_bare_tuple(function.returns)}
    return bare - BARE_TUPLES - sort_keys(tree)


def test_what_a_function_returns_has_names() -> None:
    """No meaning is known by position only: a NamedTuple or a dataclass says what each value is."""
    bare = {path: bare_tuples(parsed(path)) for path in MODULES}
    assert not {path: names for path, names in bare.items() if names}


def test_bare_tuples_are_found() -> None:
    """Also beside None; tuples of one type, of any length or of pairs to iterate are no fault."""
    source = "tuple[int, str] | None; tuple[int, int]; tuple[int, ...]; Iterator[tuple[int, str]]"
    types = [ast.parse(each.strip(), mode="eval").body for each in source.split(";")]
    assert [is_bare_tuple(each) for each in types] == [True, False, False, False]
