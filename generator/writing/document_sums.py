"""Sums over documents that the front page and the statistics show; those of blocks are added up."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from itertools import chain
from typing import NamedTuple

import msgspec

from generator.model import DocumentRecord, SeedPath
from generator.writing import date_forms
from generator.writing.charts.bins import MONTH

_LONGEST = 8
"""Documents that are kept as the longest of all."""

_NOT_PROSE = ("table", "list")
"""Kinds of documents whose first words invite nobody to read on."""

_MIN_WORDS = 100
"""Words of a text long enough to read; a receipt of thirty is not."""


class Weaknesses(NamedTuple):
    """Why a document is not one to begin with, the strongest reason first."""

    is_no_prose: bool
    has_no_title: bool
    is_short: bool


class LeadRank(NamedTuple):
    """The place of a document among those to begin with; the smallest is the first."""

    weaknesses: Weaknesses
    minus_words: int
    source: SeedPath


class Span(msgspec.Struct, frozen=True, array_like=True):
    """A number of documents, and the years from the first to the last of their dates."""

    documents: int = 0
    first: str | None = None
    """None if no date is known."""
    last: str | None = None

    @property
    def years(self) -> str:
        """The years, such as `1891–1921`; empty if no date is known."""
        return (self.first or "") if self.first == self.last else f"{self.first}–{self.last}"


class DocumentSums(msgspec.Struct, frozen=True, array_like=True):
    """What is counted of documents."""

    documents: int = 0
    words: int = 0
    titled: int = 0
    """Those whose text or a person gives a title."""
    with_authors: int = 0
    languages: Mapping[str, int] = {}
    """Documents by the tag of their language, if it is known."""
    encodings: Mapping[str, int] = {}
    repairs: Mapping[str, int] = {}
    """Changes by rule."""
    dates: Mapping[str, int] = {}
    """Documents by the year and month of their date, if it is known: its first 7 characters."""
    first_date: str | None = None
    last_date: str | None = None
    months: frozenset[str] = frozenset()
    """The months that have documents with an exact date, such as `03`."""
    folders: Mapping[str, Span] = {}
    """By the folder of their collection."""
    longest_in: Mapping[str, LeadRank] = {}
    """The first of those to begin with in each folder of files."""
    longest: tuple[LeadRank, ...] = ()
    """The first of those to begin with."""


def sum_documents(documents: Iterable[DocumentRecord]) -> DocumentSums:
    """Return the sums of documents."""
    records = [*documents]
    metadata = [record.metadata for record in records]
    dates = [each.date.value for each in metadata if each.date]
    ranks = sorted(map(lead_rank, records))
    repairs = Counter[str]()
    for rule, changes in chain.from_iterable(record.repairs for record in records):
        repairs[rule] += changes
    return DocumentSums(
        len(records),
        sum([record.words for record in records]),
        sum([each.has_title for each in metadata]),
        sum([bool(each.authors) for each in metadata]),
        Counter([each.language.value for each in metadata if each.language]),
        Counter([record.encoding for record in records]),
        repairs,
        Counter([date[:MONTH] for date in dates]),
        min(dates, default=None),
        max(dates, default=None),
        frozenset([date[5:7] for date in dates if len(date) == len("1984-05-01")]),
        _spans(records),
        {rank.source.rpartition("/")[0]: rank for rank in reversed(ranks)},
        tuple(ranks[:_LONGEST]),
    )


def lead_rank(document: DocumentRecord) -> LeadRank:
    """Return the place of a document among those to begin with."""
    genre, title = document.metadata.genre, document.metadata.title
    is_no_prose = genre is not None and genre.value in _NOT_PROSE
    weaknesses = Weaknesses(is_no_prose, title.rule == "file name", document.words < _MIN_WORDS)
    return LeadRank(weaknesses, -document.words, document.source)


def _spans(records: Iterable[DocumentRecord]) -> dict[str, Span]:
    folders: dict[str, list[DocumentRecord]] = defaultdict(list)
    for record in records:
        folders[record.folder].append(record)
    return {folder: span_of(members) for folder, members in folders.items()}


def span_of(records: Iterable[DocumentRecord]) -> Span:
    """Return the span of documents."""
    dates = [record.metadata.date for record in records]
    known = {date.value for date in dates if date}
    years: set[str] = set()
    for date in chain(known, map(date_forms.end, known)):
        if date[:4] not in years:  # which is its year if it is a date: few are to be parsed
            years.add(date_forms.year(date))
    years.discard("")
    return Span(len(dates), min(years, default=None), max(years, default=None))


def add_spans(spans: Iterable[Span]) -> Span:
    """Return the span of all documents of these."""
    every = [*spans]
    years = [year for span in every for year in (span.first, span.last) if year]
    total = sum(span.documents for span in every)
    return Span(total, min(years, default=None), max(years, default=None))


def add_sums(parts: Iterable[DocumentSums]) -> DocumentSums:
    """Return the sums of all documents of these."""
    every = [*parts]
    spans: dict[str, list[Span]] = defaultdict(list)
    for folder, span in chain.from_iterable(part.folders.items() for part in every):
        spans[folder].append(span)
    ranks = sorted(chain.from_iterable(part.longest_in.values() for part in every))
    dates = [date for part in every for date in (part.first_date, part.last_date) if date]
    return DocumentSums(
        sum(part.documents for part in every),
        sum(part.words for part in every),
        sum(part.titled for part in every),
        sum(part.with_authors for part in every),
        _added(part.languages for part in every),
        _added(part.encodings for part in every),
        _added(part.repairs for part in every),
        _added(part.dates for part in every),
        min(dates, default=None),
        max(dates, default=None),
        frozenset().union(*(part.months for part in every)),
        {folder: add_spans(members) for folder, members in spans.items()},
        {rank.source.rpartition("/")[0]: rank for rank in reversed(ranks)},
        tuple(sorted(chain.from_iterable(part.longest for part in every))[:_LONGEST]),
    )


def _added(counts: Iterable[Mapping[str, int]]) -> Counter[str]:
    total = Counter[str]()
    for each in counts:
        total.update(each)
    return total
