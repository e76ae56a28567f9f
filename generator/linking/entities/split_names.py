"""The names in all documents with those that people split, and single mentions that they corrected.

They are replaced before names are joined to entities.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Set

import msgspec
from msgspec.structs import replace

from generator.corrections import FILE, NAMES_FILE, NameCorrections, SplitTarget
from generator.linking.entities.forms import fold_name
from generator.linking.entities.usage import DocumentUsages
from generator.model import D, EntityKind, Extracted, Mention, NameUsage, SeedPath

_STRONG = 1_000
"""How many weak mentions a strong one outweighs."""


class CorrectedUsages(msgspec.Struct, frozen=True):
    """The names in all documents, with split names replaced; it can be iterated again.

    An ambiguous surname, which has no name, can be split as well.
    """

    usages: Iterable[DocumentUsages]
    corrections: NameCorrections = msgspec.field(default_factory=NameCorrections)
    kinds: Mapping[str, EntityKind] = msgspec.field(default_factory=dict)
    """The kinds of the names that single mentions mean, by folded name."""
    introduced: frozenset[str] = frozenset()
    """The names that only corrections of mentions and splits have, and no text; folded."""

    @staticmethod
    def build(usages: Iterable[DocumentUsages], corrections: NameCorrections) -> CorrectedUsages:
        """Return the corrected names; the kinds of single mentions are those of the corpus."""
        found, wanted = found_kinds(usages, corrections), introducible_names(corrections)
        kinds = found | decided_kinds(corrections)
        return CorrectedUsages(usages, corrections, kinds, wanted - found.keys())

    def __iter__(self) -> Iterator[DocumentUsages]:
        """Yield each document with its names; those of corrected documents are replaced."""
        corrected = self.corrected_documents
        for source, usages in self.usages:
            yield source, self.correct_usages(source, usages) if source in corrected else usages

    def correct_usages(
        self, source: SeedPath, usages: Iterable[NameUsage]
    ) -> tuple[NameUsage, ...]:
        """Return the names of one document with split names replaced."""
        targets, authority_names = self._targets_in(source), authority_names_of(self.corrections)
        return tuple(
            _corrected_usage(self._with_kind(usage), _target(usage, targets, authority_names))
            for usage in usages
        )

    def correct_mentions(
        self, source: SeedPath, mentions: Iterable[Mention]
    ) -> tuple[Mention, ...]:
        """Return the mentions of one document with split names replaced, with line as reason."""
        targets, authority_names = self._targets_in(source), authority_names_of(self.corrections)
        return tuple(
            _corrected_mention(
                replace(mention, kind=self._kind_of(mention)),
                _target(mention, targets, authority_names),
            )
            for mention in mentions
        )

    def _targets_in(self, source: SeedPath) -> dict[str, SplitTarget]:
        targets = self.split_targets
        return {name: target for (other, name), target in targets.items() if other == source}

    def _with_kind(self, usage: NameUsage) -> NameUsage:
        kind = self._kind_of(usage)
        return replace(usage, kind=kind) if usage.awaits_kind else usage

    def _kind_of(self, name: Mention | NameUsage) -> EntityKind:
        if not name.awaits_kind:
            return name.kind
        return self.kinds.get(fold_name(name.name or name.text), "person")

    @property
    def corrected_documents(self) -> frozenset[SeedPath]:
        """The documents in which a name is split or a single mention corrected."""
        mentions = (correction.source for correction in self.corrections.mentions)
        return frozenset((*mentions, *(source for source, _ in self.split_targets)))

    @property
    def split_targets(self) -> dict[tuple[SeedPath, str], SplitTarget]:
        """What split names mean, by document and folded name."""
        kinds = {name.name: name.kind for name in self.corrections.authority_records}
        return {
            (source, fold_name(entry.name)): replace(target, kind=kinds.get(target.name))
            for entry in self.corrections.split
            for target in entry.value
            for source in target.documents
        }


def introducible_names(corrections: NameCorrections) -> frozenset[str]:
    """Return the names that corrected mentions and parts of split names mean, folded."""
    mentioned = (mention.means for mention in corrections.mentions if mention.means)
    parts = (target.name for entry in corrections.split for target in entry.value)
    return frozenset(map(fold_name, (*mentioned, *parts)))


def found_kinds(
    usages: Iterable[DocumentUsages], corrections: NameCorrections
) -> dict[str, EntityKind]:
    """Return the most frequent kind of each name that corrections mean and a text has.

    The usages are iterated only if there are such corrections.
    """
    wanted = introducible_names(corrections)
    counts: dict[str, Counter[EntityKind]] = defaultdict(Counter)
    for _, names in usages if wanted else ():
        for usage in names:
            name = fold_name(usage.name) if usage.name else None
            if name in wanted and not usage.awaits_kind:
                counts[name][usage.kind] += usage.count * (_STRONG if usage.strong else 1)
    return {
        name: min(kinds, key=lambda kind: (-kinds[kind], kind)) for name, kinds in counts.items()
    }


def decided_kinds(corrections: NameCorrections) -> dict[str, EntityKind]:
    """Return the kinds of corrections.yml and names.csv, by folded name."""
    decided = ((entry.name, entry.value) for entry in corrections.kind)
    authority_kinds = ((name.name, name.kind) for name in corrections.authority_records)
    return {fold_name(name): kind for name, kind in (*decided, *authority_kinds)}


def authority_names_of(corrections: NameCorrections) -> frozenset[str]:
    """Return the names of names.csv."""
    return frozenset(name.name for name in corrections.authority_records)


def split_names(name: Mention | NameUsage, authority_names: Set[str]) -> Iterator[str]:
    """Yield the folded names by which a split can be about a mention.

    They are its name, and its words if the program took it for one of the names in names.csv.
    A mention that a person corrected has no kind yet: its words decide nothing.
    """
    yield fold_name(name.name or name.text)
    if not name.awaits_kind and name.name in authority_names:
        yield fold_name(name.text)


def with_split_heads(documents: Iterable[D], corrections: NameCorrections) -> tuple[D, ...]:
    """Return the documents; those who wrote and received them are meant by a split as others are.

    In a whole document that means the son, its author or sender is the son too.
    """
    targets = CorrectedUsages((), corrections).split_targets
    if not targets:
        return tuple(documents)
    sources = {source for source, _ in targets}
    return tuple(
        _with_split_head(document, targets) if document.source in sources else document
        for document in documents
    )


def _with_split_head(document: D, targets: Mapping[tuple[SeedPath, str], SplitTarget]) -> D:
    def meant(value: Extracted[str]) -> Extracted[str]:
        target = targets.get((document.source, fold_name(value.value)))
        return Extracted(target.name, FILE, target.line) if target else value

    metadata = document.metadata
    head = replace(
        metadata,
        authors=tuple(map(meant, metadata.authors)),
        sender=metadata.sender and meant(metadata.sender),
        recipient=metadata.recipient and meant(metadata.recipient),
    )
    return replace(document, metadata=head)


def _target(
    name: Mention | NameUsage, targets: Mapping[str, SplitTarget], authority_names: Set[str]
) -> SplitTarget | None:
    """Return what a name means by a split of its document; None if none is about it."""
    names = split_names(name, authority_names) if targets else ()
    return next((targets[split_name] for split_name in names if split_name in targets), None)


def _corrected_usage(usage: NameUsage, target: SplitTarget | None) -> NameUsage:
    if target is None:
        return usage
    kind = target.kind or usage.kind
    return replace(usage, kind=kind, name=target.name, strong=True)


def _corrected_mention(mention: Mention, target: SplitTarget | None) -> Mention:
    if target is None:
        return mention
    reason = f"{FILE}, line {target.line}: split"
    return replace(
        mention,
        kind=target.kind or mention.kind,
        name=target.name,
        strong=True,
        reasons=(*mention.reasons, reason),
    )


def split_families(corrections: NameCorrections) -> dict[str, str]:
    """Map names that no rule may join to what they have in common: a split name, or names.csv."""
    families = {name.name: NAMES_FILE for name in corrections.authority_records}
    return families | {
        name: entry.name
        for entry in corrections.split
        for name in (entry.name, *(target.name for target in entry.value))
    }
