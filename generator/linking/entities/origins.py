"""When and by whom the documents of a corpus were written, as evidence of whom their names mean."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import msgspec

from generator.linking.entities.forms import fold_name
from generator.linking.entities.years import YearsOfDocuments
from generator.model import AnyDocument, SeedPath

_MIN_WORDS = 3
"""Words of the title of a diary that no other diary has: not "Diary" alone."""


class Origins(msgspec.Struct, frozen=True):
    """The year and the authors of each document, where they are known."""

    years: YearsOfDocuments = msgspec.field(default_factory=YearsOfDocuments)
    authors: Mapping[SeedPath, frozenset[str]] = msgspec.field(default_factory=dict)
    """The folded names of the authors; of a diary without one its title, which all entries have."""
    interviews: frozenset[SeedPath] = frozenset()
    """Interviews, in which people speak of the dead."""

    @classmethod
    def of(cls, documents: Iterable[AnyDocument]) -> Origins:
        """Return the origins of documents."""
        documents = tuple(documents)
        authors = {
            document.source: names for document in documents if (names := _authors(document))
        }
        interviews = (document.source for document in documents if _is("interview", document))
        return cls(YearsOfDocuments.of(documents), authors, frozenset(interviews))

    def authors_of(self, sources: Iterable[SeedPath]) -> frozenset[str]:
        """Return the authors of all these documents."""
        return frozenset(
            author for source in sources for author in self.authors.get(source, frozenset())
        )


def _authors(document: AnyDocument) -> frozenset[str]:
    """Return who wrote a document: the entries of one diary have one author, named or not."""
    metadata = document.metadata
    if not metadata.authors and _is("diary", document):
        title = fold_name(metadata.title.value)
        return frozenset({f"diary: {title}"} if len(title.split()) >= _MIN_WORDS else ())
    return frozenset(fold_name(name.value) for name in metadata.authors)


def _is(genre: str, document: AnyDocument) -> bool:
    found = document.metadata.genre
    return found is not None and found.value == genre
