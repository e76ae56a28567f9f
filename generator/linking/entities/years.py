"""The years of documents, as evidence for and against two names being of one person."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

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

    def of_documents(self, sources: Iterable[SeedPath]) -> list[int]:
        """Return the known years of documents, the earliest first."""
        return sorted(self.by_source[source] for source in sources if source in self.by_source)

    def are_near(self, sources: Iterable[SeedPath], others: Iterable[SeedPath], most: int) -> bool:
        """Whether no document is more years than `most` before or after all the others."""
        years, other_years = self.of_documents(sources), self.of_documents(others)
        if not years or not other_years:
            return True
        return years[0] >= other_years[0] - most and years[-1] <= other_years[-1] + most

    def is_near(self, source: SeedPath, years: Sequence[int], before: int, after: int) -> bool:
        """Whether a document is at most so many years before or after others, as far as is known.

        `years` are those of the others, the earliest first.
        """
        year = self.by_source.get(source)
        if year is None or not years:
            return True
        return years[0] - before <= year <= years[-1] + after
