"""What people say of names wins over every rule: corrections are applied to what the rules made.

A name is matched as it is written in corrections.yml, or in another spelling of the same letters.
Names with weak evidence are matched too: a person's word is evidence enough.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from generator.corrections import FILE, NameCorrections, SplitTarget, report_unmatched
from generator.linking.entities.forms import fold_name
from generator.linking.entities.merge import NameGroup
from generator.linking.entities.usage import DocumentUsages, NameStats
from generator.model import Mention, NameKey, NameUsage, Problem, SeedPath


@dataclass(frozen=True, slots=True)
class CorrectedUsages:
    """The names in all documents as people say whose they are; it can be walked through again.

    A surname that nobody could tell (its name is empty) can be decided in this way too.
    """

    usages: Iterable[DocumentUsages]
    corrections: NameCorrections

    def __iter__(self) -> Iterator[DocumentUsages]:
        """Give the names that mean somebody else in some documents the name that people say."""
        touched = self.corrected_documents
        for source, usages in self.usages:
            yield source, self.correct_usages(source, usages) if source in touched else usages

    def correct_usages(
        self, source: SeedPath, usages: Iterable[NameUsage]
    ) -> tuple[NameUsage, ...]:
        """Say whose the names of one document are."""
        parts = self.split_targets
        return tuple(_told(usage, source, parts) for usage in usages)

    def correct_mentions(
        self, source: SeedPath, mentions: Iterable[Mention]
    ) -> tuple[Mention, ...]:
        """Say the same of a document's mentions, each with the line that says so."""
        parts = self.split_targets
        return tuple(_reasoned(mention, source, parts) for mention in mentions)

    @property
    def corrected_documents(self) -> frozenset[SeedPath]:
        """The documents of which people say something."""
        return frozenset(source for source, _ in self.split_targets)

    @property
    def split_targets(self) -> dict[tuple[SeedPath, str], SplitTarget]:
        """What people say, by document and name."""
        return {
            (source, fold_name(entry.name)): part
            for entry in self.corrections.split
            for part in entry.value
            for source in part.documents
        }


def _told(
    usage: NameUsage, source: SeedPath, parts: Mapping[tuple[SeedPath, str], SplitTarget]
) -> NameUsage:
    part = parts.get((source, fold_name(usage.name or usage.text)))
    if part is None:
        return usage
    return NameUsage(usage.kind, part.name, usage.text, strong=True, times=usage.times)


def _reasoned(
    mention: Mention, source: SeedPath, parts: Mapping[tuple[SeedPath, str], SplitTarget]
) -> Mention:
    part = parts.get((source, fold_name(mention.name or mention.text)))
    if part is None:
        return mention
    reason = f"{FILE}, line {part.line}: split"
    return replace(mention, name=part.name, strong=True, reasons=(*mention.reasons, reason))


def split_families(corrections: NameCorrections) -> dict[str, str]:
    """Map the parts of each split name, and the name, to it: no rule may join them again."""
    return {
        name: entry.name
        for entry in corrections.split
        for name in (entry.name, *(part.name for part in entry.value))
    }


def apply_corrections(
    groups: Iterable[NameGroup], uses: Mapping[NameKey, NameStats], corrections: NameCorrections
) -> list[NameGroup]:
    """Merge, rename, change kinds, say what is the same elsewhere, leave out what is no name."""
    known = _GroupEditor(groups, uses)
    for kind_entry in corrections.kind:
        for group in known.find(kind_entry.name):
            group.kind = kind_entry.value
            _note(group, f"kind is {kind_entry.value}", kind_entry.line, kind_entry.name)
            known.join_same_spelling(group, kind_entry.name)
    for merge_entry in corrections.merge:
        known.merge(merge_entry.name, merge_entry.value, merge_entry.line)
    for rename_entry in corrections.rename:
        for group in known.find(rename_entry.name)[:1]:
            _note(group, f'renamed to "{rename_entry.value}"', rename_entry.line, rename_entry.name)
            known.set_name(group, rename_entry.value)
    for same_entry in corrections.same_as:
        for group in known.find(same_entry.name)[:1]:
            group.same_as += same_entry.value
            _note(group, "same as elsewhere", same_entry.line, same_entry.name)
    for suppressed in corrections.suppress:
        for group in known.find(suppressed.name):
            known.suppress(group, suppressed.name)
    known.join_same_names()
    return known.groups


def find_unmatched(
    corrections: NameCorrections,
    uses: Mapping[NameKey, NameStats],
    found: Mapping[str, frozenset[SeedPath]],
) -> Iterator[Problem]:
    """Report entries about names that stand in no document any more, with the nearest that do.

    `found` has the documents in which each split name stands, as documents give it.
    """
    # Insertion order is by name: the nearest match must not depend on a set's order.
    names = dict.fromkeys(name for _, name in uses)
    texts = dict.fromkeys(text for use in uses.values() for text in (*use.texts, *use.weak_texts))
    spelled = {fold_name(name) for name in (*names, *texts)}
    made = {fold_name(entry.name) for entry in corrections.merge} | {
        fold_name(new.value) for new in corrections.rename
    }
    removed = [
        (name, line)
        for name, line in _names_in(corrections)
        if fold_name(name) not in spelled and fold_name(name) not in made
    ]
    yield from report_unmatched("name", removed, names)
    for entry in corrections.split:
        there = found.get(entry.name, frozenset())
        paths = ((path, part.line) for part in entry.value for path in part.documents)
        yield from report_unmatched(f'document with the name "{entry.name}"', paths, sorted(there))


def _names_in(corrections: NameCorrections) -> Iterator[tuple[str, int]]:
    for merge_entry in corrections.merge:
        yield from ((name, merge_entry.line) for name in merge_entry.value)
    for entries in (
        corrections.rename,
        corrections.kind,
        corrections.same_as,
        corrections.suppress,
    ):
        yield from ((entry.name, entry.line) for entry in entries)


def _note(group: NameGroup, what: str, line: int, name: str) -> None:
    group.reasons.insert(0, f'{FILE}, line {line}: "{name}": {what}')
    group.is_decided = True


class _GroupEditor:
    """The groups by the names in them, while decisions are applied; weak names on demand."""

    def __init__(self, groups: Iterable[NameGroup], uses: Mapping[NameKey, NameStats]) -> None:
        self._alive: dict[int, NameGroup] = {id(group): group for group in groups}
        self._by_name: dict[str, list[NameGroup]] = defaultdict(list)
        self._weak: dict[str, list[NameStats]] = defaultdict(list)
        for group in self._alive.values():
            for use in group.names:
                self._index(use.name, group)
        for use in uses.values():
            if not use.documents:
                self._weak[fold_name(use.name)].append(use)

    @property
    def groups(self) -> list[NameGroup]:
        return list(self._alive.values())

    def find(self, name: str) -> list[NameGroup]:
        """Find who has a name, most mentioned first; weak names come in as groups of their own."""
        for use in self._weak.pop(fold_name(name), ()):
            group = NameGroup([use], is_decided=True)
            self._alive[id(group)] = group
            self._index(use.name, group)
        found = [group for group in self._by_name[fold_name(name)] if id(group) in self._alive]
        return sorted(found, key=lambda group: (-group.mentions, group.kind, group.name))

    def set_name(self, group: NameGroup, name: str) -> None:
        group.corrected_name = name
        self._index(name, group)

    def merge(self, name: str, aliases: Iterable[str], line: int) -> None:
        others = [group for alias in aliases for group in self.find(alias)]
        into = next(iter(self.find(name)), None) or next(iter(others), None)
        if into is None:
            return
        self.set_name(into, name)
        for group in others:
            if group is not into and id(group) in self._alive:
                _note(into, f'merged into "{name}"', line, group.name)
                self._join(into, group)
        into.is_decided = True

    def join_same_spelling(self, group: NameGroup, name: str) -> None:
        for other in self.find(name):
            if other is not group and other.kind == group.kind:
                self._join(group, other)

    def join_same_names(self) -> None:
        """Join whoever has one name and kind in the end, as by a new name that another has."""
        first: dict[NameKey, NameGroup] = {}
        for group in self.groups:
            kept = first.setdefault((group.kind, group.name), group)
            if kept is not group:
                self._join(kept, group)

    def suppress(self, group: NameGroup, name: str) -> None:
        """Leave out the group, or of a group that goes by another name, only this name."""
        others = [use for use in group.names if fold_name(use.name) != fold_name(name)]
        if not others or fold_name(group.name) == fold_name(name):
            del self._alive[id(group)]
        group.names = others

    def _join(self, into: NameGroup, group: NameGroup) -> None:
        into.names += group.names
        into.reasons += group.reasons
        into.same_as += group.same_as
        into.is_decided = True
        for use in group.names:
            self._index(use.name, into)
        del self._alive[id(group)]

    def _index(self, name: str, group: NameGroup) -> None:
        named = self._by_name[fold_name(name)]
        if all(other is not group for other in named):
            named.append(group)
