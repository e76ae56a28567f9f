"""Usage of each name in the corpus, counted document by document.

To save memory, only the names of a document are kept, never its text.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from generator.model import EntityKind, Mention, NameKey, NameUsage, SeedPath

DocumentUsages = tuple[SeedPath, Sequence[NameUsage]]
"""A document and the names in it."""


def count_usages(mentions: Iterable[Mention]) -> tuple[NameUsage, ...]:
    """Return how often a document uses each name, form and strength, in the order of its text."""
    counts = Counter(
        (mention.kind, mention.name, mention.text, mention.strong) for mention in mentions
    )
    return tuple(NameUsage(*form, times) for form, times in counts.items())


@dataclass(slots=True)
class NameStats:
    """The usage of one name of one kind in the corpus; it grows while documents are counted."""

    key: NameKey
    documents: list[SeedPath] = field(default_factory=list)
    """The documents with strong evidence for it, in the order in which they were counted."""
    texts: Counter[str] = field(default_factory=Counter)
    """The forms of its mentions with strong evidence."""
    weak_documents: list[SeedPath] = field(default_factory=list)
    weak_texts: Counter[str] = field(default_factory=Counter)

    @property
    def kind(self) -> EntityKind:
        """The kind under which it is used."""
        return self.key[0]

    @property
    def name(self) -> str:
        """The fullest form of the name in its documents."""
        return self.key[1]

    def add(self, source: SeedPath, usage: NameUsage) -> None:
        """Count a usage in a document; those of one document must follow each other."""
        documents = self.documents if usage.strong else self.weak_documents
        texts = self.texts if usage.strong else self.weak_texts
        texts[usage.text] += usage.count
        if not documents or documents[-1] != source:
            documents.append(source)


def collect_stats(usages: Iterable[DocumentUsages]) -> dict[NameKey, NameStats]:
    """Return the usage of every name, sorted; ambiguous mentions have no name and do not count."""
    stats: dict[NameKey, NameStats] = {}
    for source, names in usages:
        for usage in names:
            if usage.name:
                key = (usage.kind, usage.name)
                name_stats = stats.get(key)
                if name_stats is None:
                    name_stats = stats[key] = NameStats(key)
                name_stats.add(source, usage)
    return {key: stats[key] for key in sorted(stats)}
