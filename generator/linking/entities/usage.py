"""How each name is used in the corpus, counted document by document.

Small by design: what is kept of a document are its names, never its text.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from generator.model import EntityKind, Mention, NameKey, NameUsage, SeedPath

DocumentUsages = tuple[SeedPath, Sequence[NameUsage]]
"""A document with the names in it."""


def count_usages(mentions: Iterable[Mention]) -> tuple[NameUsage, ...]:
    """Count the mentions of one document by name, form and evidence, in the order of its text."""
    counts = Counter(
        (mention.kind, mention.name, mention.text, mention.strong) for mention in mentions
    )
    return tuple(NameUsage(*form, times) for form, times in counts.items())


@dataclass(slots=True)
class NameStats:
    """How one name, of one kind, is used: it grows while documents are counted."""

    key: NameKey
    documents: list[SeedPath] = field(default_factory=list)
    """Where it stands with strong evidence, in the order in which documents were counted."""
    texts: Counter[str] = field(default_factory=Counter)
    """The words of its strong mentions."""
    weak_documents: list[SeedPath] = field(default_factory=list)
    weak_texts: Counter[str] = field(default_factory=Counter)

    @property
    def kind(self) -> EntityKind:
        """The kind under which it is used."""
        return self.key[0]

    @property
    def name(self) -> str:
        """The name as documents give it in full."""
        return self.key[1]


def collect_stats(usages: Iterable[DocumentUsages]) -> dict[NameKey, NameStats]:
    """Count every name, sorted; mentions that nobody can tell (an empty name) are left out."""
    uses: dict[NameKey, NameStats] = {}
    for source, found in usages:
        for usage in found:
            if usage.name:
                key = (usage.kind, usage.name)
                use = uses.get(key)
                if use is None:
                    use = uses[key] = NameStats(key)
                _count(use, source, usage)
    return {key: uses[key] for key in sorted(uses)}


def _count(use: NameStats, source: SeedPath, usage: NameUsage) -> None:
    documents = use.documents if usage.strong else use.weak_documents
    texts = use.texts if usage.strong else use.weak_texts
    texts[usage.text] += usage.times
    if not documents or documents[-1] != source:
        documents.append(source)
