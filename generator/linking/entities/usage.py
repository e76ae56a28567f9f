"""Usage of each name in the corpus, counted document by document.

To save memory, only the names of a document are kept, never its text.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import NamedTuple

import msgspec

from generator.linking.entities.forms import fold_name
from generator.model import EntityKind, Mention, NameKey, NameUsage, SeedPath
from generator.text.honorifics import Honorific, find_honorific

DocumentUsages = tuple[SeedPath, Sequence[NameUsage]]
"""A document and the names in it."""


def count_usages(mentions: Iterable[Mention]) -> tuple[NameUsage, ...]:
    """Return how often a document uses each name, form and strength, in the order of its text."""
    counts = Counter(
        (
            mention.kind,
            mention.name,
            " ".join(mention.text.split()),
            mention.strong,
            mention.title,
            mention.contested,
        )
        for mention in mentions
    )
    return tuple(
        NameUsage(kind, name, text, strong, times, title, contested)
        for (kind, name, text, strong, title, contested), times in counts.items()
    )


class TitledSurname(NamedTuple):
    """A name that is a title and a surname."""

    title: Honorific
    surname: str
    """Folded."""


class NameStats(msgspec.Struct):
    """The usage of one name of one kind in the corpus; it grows while documents are counted."""

    key: NameKey
    documents: list[SeedPath] = msgspec.field(default_factory=list)
    """The documents with strong evidence for it, in the order in which they were counted."""
    texts: Counter[str] = msgspec.field(default_factory=Counter)
    """The forms of its mentions with strong evidence."""
    weak_documents: list[SeedPath] = msgspec.field(default_factory=list)
    weak_texts: Counter[str] = msgspec.field(default_factory=Counter)
    contested_documents: list[SeedPath] = msgspec.field(default_factory=list)
    contested_texts: Counter[str] = msgspec.field(default_factory=Counter)
    """The forms of its mentions with weak evidence for which another kind is nearly as likely."""
    titles: dict[str, list[SeedPath]] = msgspec.field(default_factory=dict)
    """The titles before the full name, each with its documents. Those before a surname say nothing
    certain of whom it means."""

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
        if usage.strong:
            documents, texts = self.documents, self.texts
        elif usage.contested:
            documents, texts = self.contested_documents, self.contested_texts
        else:
            documents, texts = self.weak_documents, self.weak_texts
        texts[usage.text] = texts.get(usage.text, 0) + usage.count  # `+=` takes three times as long
        if usage.title:
            is_full = " " in usage.text and self.name.startswith(usage.text)
            if is_full or self.name.startswith(usage.title):
                self.titles.setdefault(usage.title, []).append(source)
        if not documents or documents[-1] != source:
            documents.append(source)


def titled_surname(name: NameStats) -> TitledSurname | None:
    """Split "Mrs. Storr"; None for a name that does not begin with the title before it."""
    for title in name.titles:
        if name.name.startswith(f"{title} "):
            rest = name.name[len(title) + 1 :]
            return TitledSurname(find_honorific(title), fold_name(rest))
    return None


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
