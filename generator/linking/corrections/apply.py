"""Corrections of documents: what people say takes the place of what was found."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import replace

from generator.linking.corrections.stale import unmatched
from generator.linking.corrections.values import DocumentCorrection
from generator.model import D, Found, Problem, SeedPath

_SETTLED = {"date": ("W011", "W012"), "title": ("W013",)}
"""The messages that a corrected value makes pointless."""


def by_seed(
    corrections: Iterable[DocumentCorrection], seeds: Iterable[SeedPath]
) -> dict[SeedPath, DocumentCorrection]:
    """Find the seed of each correction, also where accents are written in another Unicode form.

    Where two entries are about one seed, the second can only withdraw it.
    """
    paths = {unicodedata.normalize("NFC", path): path for path in seeds}
    exact = frozenset(paths.values())
    found: dict[SeedPath, DocumentCorrection] = {}
    for correction in corrections:
        path = correction.source
        if path not in exact:
            path = paths.get(unicodedata.normalize("NFC", path), path)
        first = found.setdefault(path, replace(correction, source=path))
        if correction.withdrawn and not first.withdrawn:
            found[path] = replace(first, withdrawn=correction.withdrawn)
    return found


def stale(
    corrections: Mapping[SeedPath, DocumentCorrection], seeds: Iterable[SeedPath]
) -> tuple[Problem, ...]:
    """Report corrections of seeds that are not there, each with the path most like it."""
    entries = sorted((correction.line, path) for path, correction in corrections.items())
    return tuple(unmatched("seed", ((path, line) for line, path in entries), tuple(seeds)))


def corrected(document: D, correction: DocumentCorrection | None) -> D:
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


def _either(decided: Found[str] | None, found: Found[str] | None) -> Found[str] | None:
    """What people decided, which may be that the value is unknown, or else what was found."""
    if decided is None:
        return found
    return decided if decided.value else None


def still_open(
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
