"""Corrections of documents: values that people give replace the values that were extracted."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from msgspec.structs import replace

from generator.corrections.fields import make_problem
from generator.corrections.unmatched import report_unmatched
from generator.corrections.values import Decided, DocumentCorrection
from generator.model import D, Extracted, Metadata, Problem, SeedPath, composed
from generator.text import split_words

_SETTLED = {"date": ("W011", "W012"), "title": ("W013",)}
"""For each field, the messages that a correction of it settles."""


def match_seeds(
    corrections: Iterable[DocumentCorrection], seeds: Iterable[SeedPath]
) -> dict[SeedPath, DocumentCorrection]:
    """Return the correction of each seed, also if accents are written in another Unicode form.

    If the name of a seed is spelled exactly as in an entry, the entry is about that seed alone. An
    entry that could be about several seeds corrects none of them, but withdraws them all. If two
    entries are about one seed, the second can only withdraw it.
    """
    corrections = tuple(corrections)
    by_name = _by_composed_name(corrections, seeds)
    matches: dict[SeedPath, DocumentCorrection] = {}
    for correction in corrections:
        for path in _seeds_of_entry(correction, by_name):
            first = matches.setdefault(path, replace(correction, source=path))
            if correction.withdrawn and not first.withdrawn:
                matches[path] = replace(first, withdrawn=correction.withdrawn)
    return matches


def report_lookalikes(
    corrections: Iterable[DocumentCorrection], seeds: Iterable[SeedPath]
) -> Iterator[Problem]:
    """Report each entry whose name looks the same as the names of several seeds."""
    corrections = tuple(corrections)
    by_name = _by_composed_name(corrections, seeds)
    for correction in corrections:
        paths = by_name.get(composed(correction.source), [])
        if len(paths) > 1:
            if correction.source in paths:
                effect = "only the one that is spelled exactly so is meant"
            else:
                effect = "all are withdrawn" if correction.withdrawn else "none is corrected"
            message = f'the names of {len(paths)} seeds look like "{correction.source}"; {effect}'
            hint = "Rename all but one of them: they differ in how accents are encoded"
            yield make_problem(correction.line, message, hint, "W035")


def _by_composed_name(
    corrections: Iterable[DocumentCorrection], seeds: Iterable[SeedPath]
) -> dict[str, list[SeedPath]]:
    """Return the seeds whose names look like one that has a correction, by this name."""
    by_name: dict[str, list[SeedPath]] = {}
    wanted = {composed(correction.source) for correction in corrections}
    for path in seeds if wanted else ():
        if (name := composed(path)) in wanted:
            by_name.setdefault(name, []).append(path)
    return {name: sorted(paths) for name, paths in by_name.items()}


def _seeds_of_entry(
    correction: DocumentCorrection, by_name: Mapping[str, Sequence[SeedPath]]
) -> Sequence[SeedPath]:
    """Return the seeds that an entry is about; the path of the entry if there is no such seed."""
    path = correction.source
    paths = by_name.get(composed(path), [path])
    if path in paths:
        return [path]
    return paths if len(paths) == 1 or correction.withdrawn else []


def unmatched_seeds(
    corrections: Mapping[SeedPath, DocumentCorrection], seeds: Iterable[SeedPath]
) -> tuple[Problem, ...]:
    """Report the corrections of seeds that do not exist, each with the most similar path."""
    entries = sorted((correction.line, path) for path, correction in corrections.items())
    return tuple(report_unmatched("seed", ((path, line) for line, path in entries), tuple(seeds)))


def apply_to(document: D, correction: DocumentCorrection | None) -> D:
    """Return a document with the values of its correction, which win over extracted ones."""
    if correction is None:
        return document
    metadata = document.metadata
    corrected = replace(
        metadata,
        title=correction.title or metadata.title,
        printed_title=_printed_title(metadata, correction.title) or metadata.printed_title,
        standfirst=_either(correction.subtitle, metadata.standfirst),
        authors=metadata.authors if correction.authors is None else correction.authors,
        date=_either(correction.date, metadata.date),
        place=_either(correction.place, metadata.place),
        sender=_either(correction.sender, metadata.sender),
        recipient=_either(correction.recipient, metadata.recipient),
        collection=_either(correction.collection, metadata.collection),
        rights=_either(correction.rights, metadata.rights),
        language=_either(correction.language, metadata.language),
        section=_either(correction.section, metadata.section),
        genre=_either(correction.genre, metadata.genre),
        ambiguous_date=metadata.ambiguous_date if correction.date is None else None,
    )
    return replace(document, metadata=corrected)


def _printed_title(metadata: Metadata, title: Extracted[str] | None) -> Extracted[str] | None:
    """Return the title of the text if its correction lacks some of its words.

    The line of the title is not in the text any more, and the head of the page shows the corrected
    title, so these words would be lost.
    """
    printed = metadata.title
    if title is None or printed.quote is None or not metadata.has_title:
        return None
    is_shown = set(split_words(printed.value)) <= set(split_words(title.value))
    return None if is_shown else printed


def _either(corrected: Decided, extracted: Extracted[str] | None) -> Extracted[str] | None:
    """Return the corrected value if there is one; None if it says that the value is unknown."""
    if corrected is None:
        return extracted
    value = corrected.value
    return None if value is None else Extracted(value, corrected.rule, corrected.line)


def without_settled(
    problems: Iterable[Problem], corrections: Mapping[SeedPath, DocumentCorrection]
) -> tuple[Problem, ...]:
    """Return the problems without those that a correction has settled."""
    return tuple([problem for problem in problems if not _is_settled(problem, corrections)])


def _is_settled(problem: Problem, corrections: Mapping[SeedPath, DocumentCorrection]) -> bool:
    correction = corrections.get(SeedPath(problem.source))
    return correction is not None and any(
        getattr(correction, field) is not None and problem.code in codes
        for field, codes in _SETTLED.items()
    )
