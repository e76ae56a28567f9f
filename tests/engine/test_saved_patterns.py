"""Expressions of modules are saved as Python's code, and are the same patterns when loaded."""

from __future__ import annotations

import importlib
import re
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.engine.saved_patterns import SavedPatterns, saved_patterns

EXPRESSIONS = (
    ("", 0),
    (r"(?P<year>1\d{3})(?:[-/](?P<second>\d\d))?+", 0),
    (r"(?<!\w)(straße|ſ|İ|[à-ÿ]+)\b.*$", re.IGNORECASE | re.MULTILINE),
    (r"(?i:(a))(?-i:[^\W\d_a-z])\1?(?P<n>x)(?(n)y|z){2,}", re.VERBOSE),
    (r"^\S{0,4294967293}[\ud800-\udfff\U0001f600]", re.DOTALL),
    ("[a-z]", re.ASCII),
)


def _import(folder: Path, name: str, expressions: object, monkeypatch: pytest.MonkeyPatch) -> None:
    """Import a new module that compiles these expressions."""
    lines = [f"re.compile({text!a}, {int(flags)})" for text, flags in expressions]  # type: ignore[attr-defined]
    (folder / f"{name}.py").write_text("\n".join(["import re", *lines]), "utf-8")
    monkeypatch.syspath_prepend(str(folder))
    re.purge()
    importlib.import_module(name)
    sys.modules.pop(name)


def _saved(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a file with the expressions."""
    folder.mkdir(exist_ok=True)
    with saved_patterns(folder / "patterns"):
        _import(folder, "module_with_patterns", EXPRESSIONS, monkeypatch)
    return folder / "patterns"


def test_a_saved_pattern_is_the_one_that_python_makes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Equal patterns have equal code."""
    file = _saved(tmp_path, monkeypatch)
    content = file.read_bytes()
    loaded = SavedPatterns(file)
    for expression, flags in EXPRESSIONS:
        pattern, expected = loaded.compile(expression, int(flags)), re.compile(expression, flags)
        assert pattern == expected
        assert pattern.groupindex == expected.groupindex
    loaded.save()
    assert file.read_bytes() == content


def test_what_is_saved_is_not_translated_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Python's own function is not called for it, and is back after the block."""
    file, before = _saved(tmp_path, monkeypatch), vars(importlib.import_module("re._compiler"))
    original = before["compile"]
    translated: list[object] = []
    loaded = SavedPatterns(file)
    loaded.original = lambda *expression: translated.append(expression)
    for expression, flags in EXPRESSIONS:
        loaded.compile(expression, int(flags))
    assert not translated
    loaded.compile("another one")
    assert translated == [("another one", 0)]
    with saved_patterns(file):
        assert before["compile"] is not original
    assert before["compile"] is original


def test_another_python_is_left_alone(tmp_path: Path) -> None:
    """It has no such functions, or they return something else."""
    saved = SavedPatterns(tmp_path / "patterns")
    assert saved.works()
    parser = saved.python._parser
    for names in ({}, {"_parser": parser}, {"_parser": parser, "_code": lambda *_: [1]}):
        saved.python = SimpleNamespace(**names)
        assert not saved.works()


def test_words_of_documents_are_not_saved(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An expression that is compiled while the program runs can contain them."""
    with saved_patterns(tmp_path / "patterns"):
        _import(tmp_path, "module_of_program", [("of the program", 0)], monkeypatch)
        assert re.search(r"\bof a document\b", "a word of a document")
    content = (tmp_path / "patterns").read_bytes()
    assert b"of the program" in content
    assert b"of a document" not in content


@given(data=st.data())
@settings(max_examples=40)
def test_a_damaged_file_is_not_used(
    tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    """Wherever it is damaged or cut off."""
    with pytest.MonkeyPatch.context() as monkeypatch:
        file = _saved(tmp_path_factory.mktemp("damaged"), monkeypatch)
    content = bytearray(file.read_bytes())
    position = data.draw(st.integers(0, len(content) - 1))
    content[position] ^= data.draw(st.integers(1, 255))
    file.write_bytes(content[: data.draw(st.sampled_from([position, len(content)]))])
    loaded = SavedPatterns(file)
    for expression, flags in EXPRESSIONS:
        assert loaded.compile(expression, int(flags)) == re.compile(expression, flags)
