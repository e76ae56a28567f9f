"""No pattern of the program costs more than its text weighs: steps are counted, never seconds."""

from __future__ import annotations

import ast
import importlib
import pkgutil
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache

import pytest

import generator
from generator.reading import dates
from tests.steps import Matcher
from tests.support import ROOT

_SIZE = 24
_GROWTH = 3
"""How many times as many steps a text of twice the length may take; the square is four times."""

_WHOLE = frozenset({"match", "fullmatch"})
"""Methods that look from one place only."""

BOUNDED = {
    "_LIST": "is given the eighty characters behind a word",
    "_HEAD": "is given a few dozen characters before a word",
    "_BEFORE_DASH": "looks for its end at the first ninety characters only",
}
"""Patterns that would cost more, but are given no more than a few characters to look at."""

FEW = (" ", "\u00a0", "a", "a ", "A. ", "a-", "_", ".", "1", ")")
"""What is repeated: what most patterns have to do with."""

UNITS = (
    "a|A|1|_|.|-|,|;|:|'|’|\"|)|(|[|*|@|/|#|=|+|!| |\u00a0|\t|\n|\f|\r|\u00ad|中|ï|\x1b[|Ã|a-|A-"
    "|a.|A.|A. |1.|1 |1-|a |A |a@|a_|a\n|a,|, |- | - |a'|Ab |Ab-|al-|://|www.|a/|(c) |of | and"
    '|by |Jr |y |May |12 |12. |1986 |1986-|*a|a*|" a|--|-- |---\n|a: |: |1/|{|}|a-\n|St. '
    "|! |!\"|.'"
).split("|")
"""What is repeated, where there is time."""

EDGES = (
    ("", ""),
    ("By Ana Ruiz", "x"),
    ("a", "-\n"),
)
"""What stands before and after it."""


@dataclass(frozen=True)
class Used:
    """A pattern, and whether it is searched for anywhere in a text."""

    name: str
    pattern: str
    flags: int
    searched: bool


def modules() -> Iterator[str]:
    """Name every module of the program."""
    for module in pkgutil.walk_packages(generator.__path__, "generator."):
        if not module.name.endswith("__main__"):
            yield module.name


def methods() -> dict[str, set[str]]:
    """Give the methods that the program calls of everything with such a name."""
    found: dict[str, set[str]] = defaultdict(set)
    for path in ROOT.glob("generator/**/*.py"):
        for name, method in re.findall(r"\b(_?[A-Z][A-Z_]+)\.(\w+)", path.read_text("utf-8")):
            found[name].add(method)
    return found


def compiled() -> Iterator[Used]:
    """Give every pattern that a module holds, and those that dates make for themselves."""
    uses = methods()
    for module in modules():
        for name, value in vars(importlib.import_module(module)).items():
            for one in value if isinstance(value, tuple | list) else (value,):
                held = getattr(one, "__self__", None)
                pattern = held if isinstance(held, re.Pattern) else one
                if isinstance(pattern, re.Pattern):
                    used = {one.__name__} if held else uses[name]
                    searched = not used or not used <= _WHOLE
                    yield _used(f"{module}.{name}", pattern, searched=searched)
    for pattern, date_pattern in dates.compiled_patterns():
        yield _used(f"a date as {date_pattern.name}", pattern, searched=True)


def written() -> Iterator[Used]:
    """Give every pattern that a function has written out where it uses it."""
    for path in sorted(ROOT.glob("generator/**/*.py")):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            match node:
                case ast.Call(
                    func=ast.Attribute(value=ast.Name(id="re"), attr=method),
                    args=[ast.Constant(value=str(pattern)), *_],
                ) if method not in {"compile", "escape"}:
                    name = f"{path.relative_to(ROOT)}:{node.lineno}"
                    yield Used(name, pattern, re.compile(pattern).flags, method not in _WHOLE)


def _used(name: str, pattern: re.Pattern[str] | re.Pattern[bytes], *, searched: bool) -> Used:
    source = pattern.pattern
    text = source.decode("latin-1") if isinstance(source, bytes) else source
    return Used(name, text, pattern.flags, searched)


@cache
def patterns() -> list[Used]:
    """Give every pattern once; searched for, if anybody does so."""
    found: dict[tuple[str, int], Used] = {}
    for one in (*compiled(), *written()):
        before = found.get((one.pattern, one.flags))
        if before is None or (one.searched and not before.searched):
            found[one.pattern, one.flags] = one
    return list(found.values())


def worst(used: Used, units: Iterable[str] = FEW) -> tuple[float, str]:
    """Give the growth of the steps when a text is twice as long, and the text that did it."""
    matcher = Matcher(used.pattern, used.flags)
    take = matcher.search if used.searched else matcher.match
    growth = (0.0, "")
    if matcher.is_bounded():
        return growth
    for unit in filter(matcher.takes, units):
        for before, after in EDGES:
            texts = [before + unit * (size // len(unit)) + after for size in (_SIZE, 2 * _SIZE)]
            steps = [take(text) for text in texts]
            growth = max(growth, (steps[1] / steps[0], texts[0]))
    return growth


def test_the_patterns_of_the_program_are_found() -> None:
    """Or the test below would hold nothing."""
    found = patterns()
    assert len(found) > 150
    assert {one.searched for one in found} == {True, False}
    assert {"generator.reading.footer._CUES", "a date as months"} <= {one.name for one in found}


@pytest.mark.parametrize("used", patterns(), ids=lambda used: used.name)
def test_a_pattern_takes_no_more_steps_than_its_text_is_long(used: Used) -> None:
    """A megabyte of one character is read, and not read once for each of its characters."""
    if used.name.rpartition(".")[2] in BOUNDED:
        return
    growth, text = worst(used)
    assert growth < _GROWTH, text


@pytest.mark.slow
@pytest.mark.parametrize("used", patterns(), ids=lambda used: used.name)
def test_a_pattern_takes_no_more_steps_whatever_is_repeated(used: Used) -> None:
    """The same with all that people have thought of."""
    if used.name.rpartition(".")[2] in BOUNDED:
        return
    growth, text = worst(used, UNITS)
    assert growth < _GROWTH, text


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
def test_the_count_of_steps_tells_the_square_from_the_line(pattern: str, grows: bool) -> None:
    """As the matcher of Python does, on which nobody can count."""
    used = Used(pattern, pattern, re.compile(pattern).flags, searched=True)
    assert (worst(used)[0] >= _GROWTH) == grows
