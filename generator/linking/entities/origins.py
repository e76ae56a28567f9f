"""When and by whom the documents of a corpus were written, as evidence of whom their names mean."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from generator.linking.entities.forms import fold_name
from generator.linking.entities.years import YearsOfDocuments
from generator.model import AnyDocument, SeedPath


@dataclass(frozen=True, slots=True)
class Origins:
    """The year and the authors of each document, where they are known."""

    years: YearsOfDocuments = field(default_factory=YearsOfDocuments)
    authors: Mapping[SeedPath, frozenset[str]] = field(default_factory=dict)
    """The folded names of the authors."""

    @classmethod
    def of(cls, documents: Iterable[AnyDocument]) -> Origins:
        """Return the origins of documents."""
        documents = tuple(documents)
        authors = {
            document.source: frozenset(fold_name(name.value) for name in document.metadata.authors)
            for document in documents
            if document.metadata.authors
        }
        return cls(YearsOfDocuments.of(documents), authors)

    def authors_of(self, sources: Iterable[SeedPath]) -> frozenset[str]:
        """Return the authors of all these documents."""
        return frozenset(
            author for source in sources for author in self.authors.get(source, frozenset())
        )
