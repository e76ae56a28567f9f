"""No regular expression takes more than linear time; steps are counted, not seconds."""

from __future__ import annotations

import ast
import importlib
import itertools
import pkgutil
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, fields, is_dataclass
from functools import cache
from typing import Any

import msgspec
import pytest

import generator
from generator.text import date_patterns
from tests.counting_matcher import CountingMatcher
from tests.support import ROOT

_SIZE = 24
_MAX_GROWTH = 3
"""The factor by which steps may grow if a text is twice as long; quadratic growth has factor 4."""

_ANCHORED_METHODS = frozenset({"match", "fullmatch"})
"""Methods that match from one position only."""

BOUNDED = {
    "_LIST": "is only used on the eighty characters after a word",
    "_HEAD": "is only used on a few dozen characters before a word",
    "_SENTENCE_END": "is only used on a few dozen characters before a name",
    "_KIND": "is only used on texts of at most forty characters",
    "_BEFORE_DASH": "must end within the first ninety characters",
    "REFUSED_FILES": "are only matched at the start of files of at most 64 KiB",
}
"""Patterns that grow faster, but are only used on a few characters, with the reason."""

BOUNDED_MODULES = {
    "title_rules": "only looks at lines of at most 600 characters",
    "letter_lines": "only looks at lines of at most 90 characters",
    "letters": "only looks at lines of at most 250 characters",
    "page_numbers": "only looks at lines of at most 90 characters",
    "speaker_labels": "only looks at the first 258 characters, or at 48 before a bracket",
    "speakers": "only looks for a bracket that opens after at most 48 characters",
    "mail_headers": "only looks at the first 200 characters of a name",
    "date_labels": "only looks at 60 characters before a date",
    "head_dates": "only looks at titles, which have at most 200 characters",
    "head_names": "only looks at titles and the first 2,000 characters of a text",
}
"""Modules of `reading` of which the same is true for all patterns."""

FEW_UNITS = (" ", "\u00a0", "a", "a ", "A. ", "a-", "_", ".", "1", ")")
"""Units of repetitive texts that most patterns react to."""

ALL_UNITS = (
    "a|A|1|_|.|-|,|;|:|'|’|\"|)|(|[|*|@|/|#|=|+|!| |\u00a0|\t|\n|\f|\r|\u00ad|中|ï|\x1b[|Ã|a-|A-"
    "|a.|A.|A. |1.|1 |1-|a |A |a@|a_|a\n|a,|, |- | - |a'|Ab |Ab-|al-|://|www.|a/|(c) |of | and"
    '|by |Jr |y |May |12 |12. |1986 |1986-|*a|a*|" a|--|-- |---\n|a: |: |1/|{|}|a-\n|St. '
    "|! |!\"|.'"
).split("|")
"""Units of repetitive texts for the slow test."""

EDGES = (
    ("", ""),
    ("By Ana Ruiz", "x"),
    ("a", "-\n"),
    ("12", "May 1986"),
)
"""Texts before and after the repetition."""


@dataclass(frozen=True)
class PatternUse:
    """A pattern, and whether it is searched for anywhere in a text."""

    name: str
    pattern: str
    flags: int
    is_searched: bool


def modules() -> Iterator[str]:
    """Yield the name of every module of the program."""
    for module in pkgutil.walk_packages(generator.__path__, "generator."):
        if not module.name.endswith("__main__"):
            yield module.name


def methods() -> dict[str, set[str]]:
    """Return the methods that the program calls on constants, by name of the constant."""
    called: dict[str, set[str]] = defaultdict(set)
    for path in ROOT.glob("generator/**/*.py"):
        for name, method in re.findall(r"\b(_?[A-Z][A-Z_]+)\.(\w+)", path.read_text("utf-8")):
            called[name].add(method)
    return called


def items_in(value: object) -> Iterator[Any]:
    """Yield a value, or what it contains if it is a sequence, a data class or a struct."""
    if isinstance(value, tuple | list):
        yield from itertools.chain.from_iterable(map(items_in, value))
    elif is_dataclass(value) and not isinstance(value, type):
        yield from items_in([getattr(value, field.name) for field in fields(value)])
    elif isinstance(value, msgspec.Struct):
        yield from items_in([getattr(value, field) for field in value.__struct_fields__])
    else:
        yield value


def module_patterns() -> Iterator[PatternUse]:
    """Yield every pattern in a constant of a module, also as bound method, and those of dates."""
    methods_of = methods()
    for module in modules():
        for name, value in vars(importlib.import_module(module)).items():
            for item in items_in(value):
                owner = getattr(item, "__self__", None)
                pattern = owner if isinstance(owner, re.Pattern) else item
                if isinstance(pattern, re.Pattern):
                    called = {item.__name__} if owner else methods_of[name]
                    is_searched = not called or not called <= _ANCHORED_METHODS
                    yield _pattern_use(f"{module}.{name}", pattern, is_searched=is_searched)
    for date_pattern in date_patterns.DATE_PATTERNS:
        pattern = date_patterns.compiled(date_pattern.pattern)
        yield _pattern_use(f"a date as {date_pattern.name}", pattern, is_searched=True)


def inline_patterns() -> Iterator[PatternUse]:
    """Yield every pattern that is written in a call of the re module."""
    for path in sorted(ROOT.glob("generator/**/*.py")):
        text = path.read_text("utf-8")
        for node in ast.walk(ast.parse(text)) if "re." in text else ():
            match node:
                case ast.Call(
                    func=ast.Attribute(value=ast.Name(id="re"), attr=method),
                    args=[ast.Constant(value=str(pattern)), *_],
                ) if method not in {"compile", "escape"}:
                    name = f"{path.relative_to(ROOT)}:{node.lineno}"
                    is_searched = method not in _ANCHORED_METHODS
                    yield PatternUse(name, pattern, re.compile(pattern).flags, is_searched)


def _pattern_use(
    name: str, pattern: re.Pattern[str] | re.Pattern[bytes], *, is_searched: bool
) -> PatternUse:
    source = pattern.pattern
    text = source.decode("latin-1") if isinstance(source, bytes) else source
    return PatternUse(name, text, pattern.flags, is_searched)


@cache
def patterns() -> list[PatternUse]:
    """Return every pattern once; it is searched for if any of its uses does so."""
    uses: dict[tuple[str, int], PatternUse] = {}
    for use in (*module_patterns(), *inline_patterns()):
        existing = uses.get((use.pattern, use.flags))
        if existing is None or (use.is_searched and not existing.is_searched):
            uses[use.pattern, use.flags] = use
    return list(uses.values())


def worst_growth(use: PatternUse, units: Iterable[str] = FEW_UNITS) -> tuple[float, str]:
    """Return the largest growth of the steps if a text is twice as long, and that text."""
    matcher = CountingMatcher(use.pattern, use.flags)
    count_steps = matcher.search if use.is_searched else matcher.match
    growth = (0.0, "")
    if matcher.is_bounded():
        return growth
    for unit in filter(matcher.accepts_all, units):
        for before, after in EDGES:
            texts = [before + unit * (size // len(unit)) + after for size in (_SIZE, 2 * _SIZE)]
            steps = [count_steps(text) for text in texts]
            growth = max(growth, (steps[1] / steps[0], texts[0]))
    return growth


def is_bounded(use: PatternUse) -> bool:
    """Whether a pattern is only used on a few characters."""
    *_, module, name = ("", *use.name.split("."))
    return name in BOUNDED or module in BOUNDED_MODULES


def test_the_patterns_of_the_program_are_found() -> None:
    """Otherwise the tests below would check nothing."""
    uses = patterns()
    assert len(uses) > 150
    assert {use.is_searched for use in uses} == {True, False}
    assert {"generator.reading.footer._CUES", "a date as months"} <= {use.name for use in uses}


@pytest.mark.slow
@pytest.mark.parametrize("use", patterns(), ids=lambda use: use.name)
def test_the_steps_of_a_pattern_grow_with_the_length_of_the_text(use: PatternUse) -> None:
    """With the square of it, a megabyte of one character would take hours."""
    if is_bounded(use):
        return
    growth, text = worst_growth(use)
    assert growth < _MAX_GROWTH, text


@pytest.mark.slow
@pytest.mark.parametrize("use", patterns(), ids=lambda use: use.name)
def test_the_steps_of_a_pattern_grow_so_for_many_repetitive_texts(use: PatternUse) -> None:
    """The same with all units."""
    if is_bounded(use):
        return
    growth, text = worst_growth(use, ALL_UNITS)
    assert growth < _MAX_GROWTH, text


@pytest.mark.parametrize(
    ("pattern", "grows"),
    [
        (r"\w+@", True),
        (r"(?<!\w)\w++@", False),
        (r"\s+$", True),
        (r"(?:\w+-)+\n", True),
        (r"\w+", False),
        (r"\s*,?\s*x", True),
        (r'"[^"]*"', False),
        (r"^\w+@", False),
    ],
)
def test_the_count_of_steps_shows_quadratic_growth(pattern: str, grows: bool) -> None:
    """For patterns that Python's matcher is known to match in quadratic or linear time."""
    use = PatternUse(pattern, pattern, re.compile(pattern).flags, is_searched=True)
    assert (worst_growth(use)[0] >= _MAX_GROWTH) == grows
