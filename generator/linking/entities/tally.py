"""How each name is used in the corpus, counted document by document.

Small by design: what is kept of a document are its names, never its text.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from generator.model import EntityKind, Mention, NameKey, SeedPath

Naming = tuple[SeedPath, tuple[Mention, ...]]
"""A document with the names in it."""


@dataclass(slots=True)
class Use:
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


def tally(namings: Iterable[Naming]) -> dict[NameKey, Use]:
    """Count every name, sorted; mentions that nobody can tell (an empty name) are left out."""
    uses: dict[NameKey, Use] = {}
    for source, mentions in namings:
        for mention in mentions:
            if mention.name:
                key = (mention.kind, mention.name)
                _count(uses.setdefault(key, Use(key)), source, mention)
    return {key: uses[key] for key in sorted(uses)}


def _count(use: Use, source: SeedPath, mention: Mention) -> None:
    documents = use.documents if mention.strong else use.weak_documents
    texts = use.texts if mention.strong else use.weak_texts
    texts[mention.text] += 1
    if not documents or documents[-1] != source:
        documents.append(source)
