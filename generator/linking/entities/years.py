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

    def span_of(self, sources: Iterable[SeedPath]) -> YearSpan | None:
        """Return the years of documents; None if none is known."""
        years = [year for source in sources if (year := self.by_source.get(source)) is not None]
        return YearSpan(min(years), max(years)) if years else None


class YearSpan(NamedTuple):
    """The years of some documents."""

    first: int
    last: int

    def is_near(self, other: YearSpan, before: int, after: int) -> bool:
        """Whether it begins at most `before` years before the other and ends `after` after it."""
        return other.first - before <= self.first and self.last <= other.last + after


def are_near(years: YearSpan | None, others: YearSpan | None, most: int) -> bool:
    """Whether no document is more years than `most` before or after all the others.

    Years that are not known say nothing against it.
    """
    return years is None or others is None or years.is_near(others, most, most)
