"""A pattern in corrections.yml releases what is only similar to a withdrawn text."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.corrections import DocumentCorrection, parse_corrections
from generator.corrections.patterns import (
    PatternEntry,
    find_patterns,
    report_patterns,
    suggest_pattern,
    with_patterns,
    without_patterns,
)
from generator.model import SeedPath

SEEDS = [
    SeedPath(path)
    for path in ("a.txt", "forms/1.txt", "forms/2.txt", "forms/old/3.text", "forms [x]/4.txt")
]
MATCHES: dict[str, Sequence[int]] = {
    "forms/*.txt": [1, 2],
    "forms/*": [1, 2, 3],
    "forms/": [1, 2, 3],
    "forms": [1, 2, 3],
    "forms/old": [3],
    "form": [],
    "*/3.text": [3],
    "forms/?.txt": [1, 2],
    "forms [x]/*": [4],
    "*": [0, 1, 2, 3, 4],
    "*.TXT": [],
    "other/*": [],
    "orms/*": [],
    "forms/*.tx": [],
}


@pytest.mark.parametrize("pattern", MATCHES)
def test_a_pattern_matches_whole_paths(pattern: str) -> None:
    """Square brackets have no meaning, because names of files have them."""
    entry = PatternEntry(pattern, 1, has_values=False)
    assert list(entry.matches(SEEDS)) == [SEEDS[index] for index in MATCHES[pattern]]


def entries_of(text: str) -> tuple[DocumentCorrection, ...]:
    """Return the entries of a file with this line below `documents`."""
    parsed, problems = parse_corrections(f"documents: {text}\n")
    assert (problems, parsed.unclear_lines) == ((), ())
    return parsed.documents


@pytest.mark.parametrize(
    ("entry", "is_pattern"),
    [
        ('{"forms/*": {withdrawn: false}}', True),
        ('{"forms/": {withdrawn: false}}', True),
        ("{forms: {withdrawn: false}}", True),
        ("{form: {withdrawn: false}}", False),
        ("{forms: {withdrawn: {reason: asked}}}", False),
        ("{forms/1.txt: {withdrawn: false}}", False),
        ('{"forms/*": {withdrawn: {reason: asked}}}', False),
        ('{"forms/*": {title: A form}}', False),
        ('{"what?.txt": {withdrawn: false}}', False),
    ],
)
def test_only_a_release_can_be_a_pattern(entry: str, is_pattern: bool) -> None:
    """A withdrawal by a pattern would be unclear, and a seed with such a name is meant itself."""
    seeds = [*SEEDS, SeedPath("what?.txt")]
    entries = entries_of(entry)
    patterns = find_patterns(entries, seeds)
    assert bool(patterns) == is_pattern
    assert bool(without_patterns(entries, patterns)) != is_pattern


def test_a_pattern_adds_to_the_corrections_of_its_seeds() -> None:
    """Their own entries stay; entries in one line of the file are told apart."""
    entries = entries_of('{forms/1.txt: {title: One}, "forms/*": {withdrawn: false}, a.txt: {}}')
    patterns = find_patterns(entries, SEEDS)
    own = {entry.source: entry for entry in without_patterns(entries, patterns)}
    result = with_patterns(own, patterns, SEEDS)
    released = [path for path, entry in result.items() if entry.release_pattern]
    assert sorted(released) == SEEDS[1:4]
    title = result[SEEDS[1]].title
    assert title is not None
    assert title.value == "One"
    assert all(entry.release_line is None for entry in result.values())


def test_a_pattern_without_a_seed_or_with_values_is_reported() -> None:
    """Each with what has no effect."""
    entries = entries_of(
        '{"orms/*": {withdrawn: false}, "forms/*": {withdrawn: false, language: en}}'
    )
    problems = list(report_patterns(find_patterns(entries, SEEDS), SEEDS))
    assert [problem.code for problem in problems] == ["W032", "W031"]
    assert "nothing is released" in problems[0].message
    assert "its values are left out" in problems[1].message


NAMES = st.text("ab1/-. é", min_size=1, max_size=8).map(lambda name: SeedPath(f"{name}.txt"))


@given(st.lists(NAMES, min_size=2, max_size=6, unique=True))
def test_a_suggested_pattern_matches_all_that_it_was_made_for(paths: list[SeedPath]) -> None:
    """Whatever their names have in common."""
    entry = PatternEntry(suggest_pattern(paths), 1, has_values=False)
    assert list(entry.matches(paths)) == paths


@pytest.mark.parametrize(
    ("paths", "pattern"),
    [
        (["forms/101.txt", "forms/102.txt"], "forms/*.txt"),
        (["register 1841.txt", "register 1842.txt"], "register *.txt"),
        (["Anna.txt", "Anders.text"], "*"),
        (["forms/a.txt", "forms/old/a.txt"], "forms/*.txt"),
    ],
)
def test_a_suggested_pattern_is_short(paths: list[SeedPath], pattern: str) -> None:
    """No word of it is cut off."""
    assert suggest_pattern(paths) == pattern
