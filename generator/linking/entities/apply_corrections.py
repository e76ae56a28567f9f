"""Corrections of names, which win over every rule: they are applied after the rules.

A name is matched as it is written in corrections.yml, or with other accents, capitals and
punctuation. Names with weak evidence are matched too: the word of a person is evidence enough.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping

from generator.corrections import (
    FILE,
    AuthorityRecord,
    MentionCorrection,
    NameCorrections,
    NameEntry,
    report_unmatched,
)
from generator.linking.entities import authority_records
from generator.linking.entities.forms import fold_name
from generator.linking.entities.merge import NameGroup
from generator.linking.entities.titled_surnames import bearer_of
from generator.linking.entities.usage import NameStats, titled_surname
from generator.model import (
    NameKey,
    Problem,
    SeedPath,
    has_kind,
)


def apply_corrections(
    groups: Iterable[NameGroup], stats: Mapping[NameKey, NameStats], corrections: NameCorrections
) -> list[NameGroup]:
    """Return the groups with corrected kinds, merges, names and links, without suppressed ones."""
    editor = _GroupEditor(groups, stats)
    editor.apply_records(corrections.authority_records)
    editor.index_new_names(corrections.rename)
    for kind_entry in corrections.kind:
        for group in editor.find(kind_entry.name):
            group.kind = kind_entry.value
            _note(group, f"kind is {kind_entry.value}", kind_entry.line, kind_entry.name)
            editor.join_same_spelling(group, kind_entry.name)
    for merge_entry in corrections.merge:
        editor.merge(merge_entry.name, merge_entry.value, merge_entry.line)
    for rename_entry in _not_merged(corrections):
        for group in editor.find(rename_entry.name)[:1]:
            _note(group, f'renamed to "{rename_entry.value}"', rename_entry.line, rename_entry.name)
            editor.set_name(group, rename_entry.value)
    for same_entry in corrections.same_as:
        for group in editor.find(same_entry.name)[:1]:
            group.same_as += same_entry.value
            _note(group, "same as on another site", same_entry.line, same_entry.name)
    for suppressed in corrections.suppress:
        for group in editor.find(suppressed.name):
            editor.suppress(group, suppressed.name)
    editor.decide_mentioned(corrections.mentions)
    editor.join_same_names()
    return editor.groups


def _not_merged(corrections: NameCorrections) -> list[NameEntry[str]]:
    """Return the new names, but for those of names that were merged into another one."""
    merged = {fold_name(alias) for entry in corrections.merge for alias in entry.value}
    return [
        entry
        for entry in corrections.rename
        if merged.isdisjoint({fold_name(entry.name), fold_name(entry.value)})
    ]


def find_unmatched(
    corrections: NameCorrections,
    stats: Mapping[NameKey, NameStats],
    documents: Mapping[str, frozenset[SeedPath]],
    namesakes: Iterable[str],
) -> Iterator[Problem]:
    """Report corrections of names that are in no document, with the most similar names.

    `documents` has the documents with each split name, `namesakes` the names given to people who
    were told apart.
    """
    # Ordered by name: which name is the most similar must not depend on the order of a set.
    names = dict.fromkeys((*(name for _, name in stats), *namesakes))
    texts = {text for name in stats.values() for text in (*name.texts, *name.weak_texts)}
    existing = {fold_name(name) for name in (*names, *texts)}
    existing |= {fold_name(entry.name) for entry in corrections.merge}
    existing |= {fold_name(entry.value) for entry in corrections.rename}
    entries = _corrected_names(corrections)
    unmatched = [(name, line) for name, line in entries if fold_name(name) not in existing]
    yield from report_unmatched("name", unmatched, names)
    for entry in corrections.split:
        paths = ((path, target.line) for target in entry.value for path in target.documents)
        candidates = sorted(documents.get(entry.name, frozenset()))
        yield from report_unmatched(f'mention of "{entry.name}" in', paths, candidates)


def _corrected_names(corrections: NameCorrections) -> Iterator[tuple[str, int]]:
    """Yield each name that must be in a document, with its line."""
    for merge_entry in corrections.merge:
        yield from ((name, merge_entry.line) for name in merge_entry.value)
    for entries in (
        corrections.rename,
        corrections.kind,
        corrections.same_as,
        corrections.suppress,
    ):
        yield from ((entry.name, entry.line) for entry in entries)


def _note(group: NameGroup, effect: str, line: int, name: str) -> None:
    group.reasons.insert(0, f'{FILE}, line {line}: "{name}": {effect}')
    group.is_decided = True


class _GroupEditor:
    """The groups by their names, while corrections are applied; weak names join when needed."""

    def __init__(self, groups: Iterable[NameGroup], stats: Mapping[NameKey, NameStats]) -> None:
        self._by_id: dict[int, NameGroup] = {id(group): group for group in groups}
        self._by_name: dict[str, list[NameGroup]] = defaultdict(list)
        self._weak: dict[str, list[NameStats]] = defaultdict(list)
        self._titled: dict[str, list[NameStats]] = defaultdict(list)
        for group in self._by_id.values():
            self._index_names(group)
        grouped = {stats.key for group in self._by_id.values() for stats in group.names}
        for name in stats.values():
            if name.key not in grouped:
                self._weak[fold_name(name.name)].append(name)
                titled = titled_surname(name)
                if titled is not None:
                    self._titled[titled.surname].append(name)

    @property
    def groups(self) -> list[NameGroup]:
        """All groups that remain, without weak names that nobody decided about."""
        return [group for group in self._by_id.values() if group.documents and has_kind(group.kind)]

    def find(self, name: str) -> list[NameGroup]:
        """Return the groups with a name, most mentions first.

        A weak name joins the only group of its kind with this name, or is a new group.
        """
        weak_names = self._weak.pop(fold_name(name), [])
        for weak_name in sorted(weak_names, key=lambda stats: not has_kind(stats.kind)):
            same_kind = [
                group
                for group in self._existing(name)
                if group.kind == weak_name.kind or not has_kind(weak_name.kind)
            ]
            target = same_kind[0] if len(same_kind) == 1 else NameGroup([])
            target.names.append(weak_name)
            target.kind = target.kind or weak_name.kind
            self._by_id[id(target)] = target
            self._index_names(target)
        groups = self._existing(name)
        return sorted(groups, key=lambda group: (-group.mentions, group.kind, group.name))

    def _existing(self, name: str) -> list[NameGroup]:
        return [group for group in self._by_name[fold_name(name)] if id(group) in self._by_id]

    def apply_records(self, names: Iterable[AuthorityRecord]) -> None:
        """Make groups of names the entities of records."""
        for name in names:
            for group in self.find(name.name):
                if any(stats.key == (name.kind, name.name) for stats in group.names):
                    authority_records.apply_record(group, name)
                    self._index(name.name, group)

    def index_new_names(self, entries: Iterable[NameEntry[str]]) -> None:
        """Let groups be found by the names that they will have: decisions are made about these."""
        for entry in entries:
            for group in self.find(entry.name)[:1]:
                self._index(entry.value, group)

    def set_name(self, group: NameGroup, name: str) -> None:
        """Give a group a canonical name."""
        group.corrected_name = name
        self._index(name, group)

    def merge(self, name: str, aliases: Iterable[str], line: int) -> None:
        """Merge all groups with one of the aliases into that with a name."""
        aliases = tuple(aliases)
        others = [group for alias in aliases for group in self.find(alias)]
        target = next(iter(self.find(name)), None) or next(iter(others), None)
        if target is None:
            return
        self.set_name(target, name)
        for group in (*others, *self._titled_groups(target, aliases)):
            if group is not target and id(group) in self._by_id:
                _note(target, f'merged into "{name}"', line, group.name)
                self._join(target, group)
        target.is_decided = True

    def _titled_groups(self, target: NameGroup, aliases: Iterable[str]) -> Iterator[NameGroup]:
        """Yield the surnames with a title that a merged surname means too: not "Mrs. Storr"."""
        bearer = bearer_of(target.names)
        for surname in map(fold_name, aliases):
            for name in self._titled.pop(surname, ()):
                titled = titled_surname(name)
                if titled is not None and bearer.may_have(titled.title):
                    yield from self.find(name.name)

    def join_same_spelling(self, group: NameGroup, name: str) -> None:
        """Join the other groups of the same kind that have a name."""
        for other in self.find(name):
            if other is not group and other.kind == group.kind:
                self._join(group, other)

    def join_same_names(self) -> None:
        """Join groups of one kind and canonical name: a group may have been renamed to another."""
        by_key: dict[NameKey, NameGroup] = {}
        for group in self.groups:
            first = by_key.setdefault(group.key, group)
            if first is not group:
                self._join(first, group)

    def decide_mentioned(self, mentions: Iterable[MentionCorrection]) -> None:
        """Give a page to names that single mentions mean, unless documents name them anyway."""
        for mention in mentions:
            if mention.means is None:
                continue
            for group in self.find(mention.means)[:1]:
                if len(group.documents) == 1 and not group.is_decided:
                    _note(group, f'"{mention.words}" means it', mention.line, mention.means)

    def suppress(self, group: NameGroup, name: str) -> None:
        """Remove a group; if it has another canonical name, remove only this name from it."""
        others = [stats for stats in group.names if fold_name(stats.name) != fold_name(name)]
        if not others or fold_name(group.name) == fold_name(name):
            del self._by_id[id(group)]
        group.names = others

    def _join(self, target: NameGroup, group: NameGroup) -> None:
        target.names += group.names
        target.parts += group.parts
        target.reasons += group.reasons
        target.same_as += group.same_as
        target.is_decided = True
        for stats in group.names:
            self._index(stats.name, target)
        del self._by_id[id(group)]

    def _index_names(self, group: NameGroup) -> None:
        for stats in group.names:
            self._index(stats.name, group)

    def _index(self, name: str, group: NameGroup) -> None:
        groups = self._by_name[fold_name(name)]
        if all(other is not group for other in groups):
            groups.append(group)
