"""Entries of corrections.yml about many documents: patterns that release near-duplicates.

To release is to publish a seed though it is like a withdrawn text. In a pattern, `*` stands for any
characters, also for slashes, and `?` for one; a path that ends with a slash is a folder. If the
path of a seed is the same text as a pattern, the entry is about that seed alone.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from fnmatch import translate
from os.path import commonprefix
from pathlib import PurePosixPath

import msgspec
from msgspec.structs import fields, replace

from generator.corrections.fields import make_problem
from generator.corrections.values import DocumentCorrection
from generator.model import Problem, SeedPath, composed

_WILDCARD = re.compile(r"[*?]|/\Z")
"""Characters that the path of a file seldom has; a slash at the end means a folder."""

_FIELDS_WITHOUT_VALUE = frozenset({"source", "line", "release_line", "release_pattern"})
"""The fields of a correction that do not correct a value."""


class PatternEntry(msgspec.Struct, frozen=True):
    """An entry that releases every seed whose path matches a pattern."""

    pattern: str
    line: int
    has_values: bool
    """Whether it also has values, which are not allowed."""

    def matches(self, paths: Iterable[SeedPath]) -> Iterator[SeedPath]:
        """Yield the paths that the pattern matches as a whole; case counts."""
        is_folder = _WILDCARD.search(self.pattern) is None or self.pattern.endswith("/")
        pattern = f"{self.pattern.rstrip('/')}/*" if is_folder else self.pattern
        # Square brackets are common in names of files, so they have no meaning here.
        regex = re.compile(translate(composed(pattern).replace("[", "[[]")))
        yield from (path for path in paths if regex.match(composed(path)))


def find_patterns(
    corrections: Iterable[DocumentCorrection], seeds: Collection[SeedPath]
) -> tuple[PatternEntry, ...]:
    """Return the entries that release by a pattern, or a folder by its path."""
    releases = [correction for correction in corrections if correction.release_line]
    existing = frozenset(map(composed, seeds if releases else ()))
    return tuple(
        PatternEntry(correction.source, correction.line, _has_values(correction))
        for correction in releases
        if composed(correction.source) not in existing
        and (
            _WILDCARD.search(correction.source)
            or any(path.startswith(f"{composed(correction.source)}/") for path in existing)
        )
    )


def without_patterns(
    corrections: Iterable[DocumentCorrection], patterns: Iterable[PatternEntry]
) -> tuple[DocumentCorrection, ...]:
    """Return the entries about single seeds."""
    sources = frozenset(entry.pattern for entry in patterns)
    return tuple(correction for correction in corrections if correction.source not in sources)


def _has_values(correction: DocumentCorrection) -> bool:
    names = (field.name for field in fields(correction) if field.name not in _FIELDS_WITHOUT_VALUE)
    return any(getattr(correction, name) is not None for name in names)


def with_patterns(
    corrections: Mapping[SeedPath, DocumentCorrection],
    patterns: Iterable[PatternEntry],
    seeds: Collection[SeedPath],
) -> dict[SeedPath, DocumentCorrection]:
    """Return the corrections of each seed, with the first pattern that releases it."""
    result = dict(corrections)
    for entry in patterns:
        for path in entry.matches(seeds):
            current = result.get(path) or DocumentCorrection(path, entry.line)
            pattern = current.release_pattern or entry.pattern
            result[path] = replace(current, release_pattern=pattern)
    return result


def report_patterns(
    patterns: Iterable[PatternEntry], seeds: Collection[SeedPath]
) -> Iterator[Problem]:
    """Report the patterns that match no seed, and those that are used for more than a release."""
    for entry in patterns:
        if entry.has_values:
            message = f'"{entry.pattern}" is a pattern, and a pattern can only release'
            hint = "Write values below the path of each document"
            yield make_problem(entry.line, f"{message}; its values are left out", hint)
        if next(entry.matches(seeds), None) is None:
            message = f'no seed matches "{entry.pattern}"; nothing is released'
            yield make_problem(entry.line, message, "Remove the entry if it is not needed", "W032")


def suggest_pattern(paths: Sequence[SeedPath]) -> str:
    """Return a pattern that matches these paths: their common beginning and suffix."""
    suffixes = {PurePosixPath(path).suffix for path in paths}
    suffix = suffixes.pop() if len(suffixes) == 1 else ""
    stems = [path.removesuffix(suffix) for path in paths]
    common = commonprefix(stems)  # noqa: RUF071  (parts of names count)
    start = re.match(r"(?s:.*\W)?", common)  # not in the middle of a word
    return f"{start[0] if start else ''}*{suffix}"
