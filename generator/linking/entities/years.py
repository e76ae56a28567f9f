"""The years of documents, as evidence for and against two names being of one person."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import NamedTuple

import msgspec

from generator.model import AnyDocument, SeedPath

MAX_GAP = 60
"""Years between two documents in which one full name means one person."""

_YEAR = re.compile(r"\d{4}")


class YearSpan(NamedTuple):
    """The first and the last year of some documents."""

    first: int
    last: int


class YearsOfDocuments(msgspec.Struct, frozen=True):
    """The year of each document that has a date."""

    by_source: Mapping[SeedPath, int] = msgspec.field(default_factory=dict)

    @classmethod
    def of(cls, documents: Iterable[AnyDocument]) -> YearsOfDocuments:
        """Return the years of documents; of an interval, the first."""
        years = {
            document.source: int(match[0])
            for document in documents
            if (date := document.metadata.date) and (match := _YEAR.match(date.value))
        }
        return cls(years)

    def span(self, sources: Iterable[SeedPath]) -> YearSpan | None:
        """Return the first and the last year of documents; None if none has a date."""
        years = [self.by_source[source] for source in sources if source in self.by_source]
        return YearSpan(min(years), max(years)) if years else None


def are_near(years: YearSpan | None, others: YearSpan | None, most: int) -> bool:
    """Whether no document is more years than `most` before or after all the others.

    Documents without a date are near.
    """
    if years is None or others is None:
        return True
    return years.first >= others.first - most and years.last <= others.last + most
