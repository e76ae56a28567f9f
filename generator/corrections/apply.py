"""Corrections of documents: what people say takes the place of what was found."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import lru_cache

from generator import corrections
from generator.corrections.fields import make_problem
from generator.corrections.unmatched import report_unmatched
from generator.corrections.values import DocumentCorrection
from generator.model import D, Extracted, Problem, SeedPath

_SETTLED = {"date": ("W011", "W012"), "title": ("W013",)}
"""The messages that a corrected value makes pointless."""


def match_seeds(
    corrections: Iterable[DocumentCorrection], seeds: Iterable[SeedPath]
) -> dict[SeedPath, DocumentCorrection]:
    """Find the seed of each correction, also where accents are written in another Unicode form.

    A name that a seed has to the letter means that seed alone. One that could mean several seeds
    corrects none of them, but withdraws them all. Where two entries are about one seed, the second
    can only withdraw it.
    """
    spelled = _spelled(seeds)
    found: dict[SeedPath, DocumentCorrection] = {}
    for correction in corrections:
        for path in _meant(correction, spelled):
            first = found.setdefault(path, replace(correction, source=path))
            if correction.withdrawn and not first.withdrawn:
                found[path] = replace(first, withdrawn=correction.withdrawn)
    return found


def report_lookalikes(
    corrections: Iterable[DocumentCorrection], seeds: Iterable[SeedPath]
) -> Iterator[Problem]:
    """Report each entry under a name that looks the same as that of another seed."""
    spelled = _spelled(seeds)
    for correction in corrections:
        paths = spelled.get(unicodedata.normalize("NFC", correction.source), [])
        if len(paths) > 1:
            exact = "the one that is spelled exactly so is meant"
            none = "none is corrected" if not correction.withdrawn else "all are withdrawn"
            told = exact if correction.source in paths else none
            message = f'the names of {len(paths)} seeds look like "{correction.source}"; {told}'
            hint = "Rename all but one of them: they differ in how accents are encoded"
            yield make_problem(correction.line, message, hint, "W035")


def _spelled(seeds: Iterable[SeedPath]) -> dict[str, list[SeedPath]]:
    """Gather the seeds by their names in Unicode's composed form."""
    spelled: dict[str, list[SeedPath]] = {}
    for path in sorted(seeds):
        spelled.setdefault(unicodedata.normalize("NFC", path), []).append(path)
    return spelled


def _meant(
    correction: DocumentCorrection, spelled: Mapping[str, Sequence[SeedPath]]
) -> Sequence[SeedPath]:
    """Return the seeds that an entry is about, or its own name where there is none."""
    path = correction.source
    paths = spelled.get(unicodedata.normalize("NFC", path), [path])
    if path in paths:
        return [path]
    return paths if len(paths) == 1 or correction.withdrawn else []


def unmatched_seeds(
    corrections: Mapping[SeedPath, DocumentCorrection], seeds: Iterable[SeedPath]
) -> tuple[Problem, ...]:
    """Report corrections of seeds that are not there, each with the path most like it."""
    entries = sorted((correction.line, path) for path, correction in corrections.items())
    return tuple(report_unmatched("seed", ((path, line) for line, path in entries), tuple(seeds)))


def apply_to(document: D, correction: DocumentCorrection | None) -> D:
    """Put what people say of a document in the place of what was found; they win over any rule."""
    if correction is None:
        return document
    said = document.metadata
    metadata = replace(
        said,
        title=correction.title or said.title,
        authors=said.authors if correction.authors is None else correction.authors,
        date=_either(correction.date, said.date),
        language=_either(correction.language, said.language),
        section=_either(correction.section, said.section),
        figures=said.figures if correction.date is None else None,
    )
    return replace(document, metadata=metadata)


def _either(decided: Extracted[str] | None, value: Extracted[str] | None) -> Extracted[str] | None:
    """What people decided, which may be that the value is unknown, or else what was found."""
    if decided is None:
        return value
    return decided if decided.value else None


def without_settled(
    problems: Iterable[Problem], corrections: Mapping[SeedPath, DocumentCorrection]
) -> tuple[Problem, ...]:
    """Leave out the messages about what people have settled."""
    return tuple(problem for problem in problems if not _is_settled(problem, corrections))


def _is_settled(problem: Problem, corrections: Mapping[SeedPath, DocumentCorrection]) -> bool:
    correction = corrections.get(SeedPath(problem.source))
    return correction is not None and any(
        getattr(correction, field) is not None and problem.code in codes
        for field, codes in _SETTLED.items()
    )


@lru_cache(maxsize=1)
def mentioned_seeds(text: str) -> frozenset[str]:
    """Give the seeds of which a `corrections.yml` says anything, in Unicode's composed form."""
    said, _ = corrections.parse_corrections(text)
    return frozenset(
        unicodedata.normalize("NFC", correction.source) for correction in said.documents
    )
