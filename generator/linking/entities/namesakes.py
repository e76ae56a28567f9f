"""People of one name who are not one person: what speaks for two, by their documents.

A name is divided only where years or ranks speak against one person. What is left of it keeps the
name; the others have the year of their first document beside it: `J. Storr (1926)`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import chain, pairwise
from typing import NamedTuple

import msgspec

from generator.linking.entities.forms import PersonName
from generator.linking.entities.origins import Origins
from generator.linking.entities.usage import (
    DocumentUsages,
    NameStats,
    collect_stats,
    titled_surname,
)
from generator.linking.entities.years import MAX_GAP
from generator.model import FOUND_KINDS, UNKNOWN_KIND, NameKey, NameUsage, SeedPath
from generator.text.honorifics import Honorific, find_honorific

_MAX_GAP_OF_INITIALS = 25
"""Years between two documents in which a name means one person if its given name is
an initial."""

_MAX_GAP_OF_TITLES = 25
"""Years between two documents in which one person may have come to another title."""

_EXCLUSIVE_RANKS = ("officers", "clergy")
"""Ranks of which one person has one."""


class Sighting(NamedTuple):
    """A document with a name: its year, and the titles and exclusive ranks before the name."""

    source: SeedPath
    year: int
    ranks: frozenset[str]
    titles: frozenset[str] = frozenset()
    """Folded, without those that say nothing."""
    is_interview: bool = False
    """Whether people speak of others there who may be dead, by titles of their own."""


class Namesakes(msgspec.Struct, frozen=True):
    """The names that mean different people in different documents."""

    names: Mapping[SeedPath, Mapping[NameKey, NameKey]] = msgspec.field(default_factory=dict)
    """By document: the name of somebody else by which a name is replaced."""
    families: Mapping[str, str] = msgspec.field(default_factory=dict)
    """The names of all namesakes, with the name that they share."""
    reasons: Mapping[str, str] = msgspec.field(default_factory=dict)
    """By name: why it is apart."""

    def usages(self, usages: Iterable[DocumentUsages]) -> Iterator[DocumentUsages]:
        """Yield the names in all documents, replaced where they mean somebody else."""
        for source, names in usages:
            replaced = self.names.get(source)
            yield source, [_replace(usage, replaced) for usage in names] if replaced else names

    def recount(
        self, stats: Mapping[NameKey, NameStats], usages: Iterable[DocumentUsages]
    ) -> dict[NameKey, NameStats]:
        """Return the usage of every name; only names that are replaced are counted again."""
        replaced = {key for names in self.names.values() for pair in names.items() for key in pair}
        counted = collect_stats(
            (source, [usage for usage in names if (usage.kind, usage.name) in replaced])
            for source, names in self.usages(usages)
        )
        others = {key: name for key, name in stats.items() if key not in replaced}
        return dict(sorted((others | counted).items()))


def _replace(usage: NameUsage, names: Mapping[NameKey, NameKey]) -> NameUsage:
    name = names.get((usage.kind, usage.name)) if usage.name else None
    if name is None:
        return usage
    return msgspec.structs.replace(usage, name=name[1])


@dataclass(frozen=True)
class Company:
    """Who and what is named in the same documents: evidence that two of them mean one person."""

    stats: Sequence[NameStats]

    @cached_property
    def _by_document(self) -> Mapping[SeedPath, set[str]]:
        """By document: full names of people, and names of kinds such as ships.

        Towns and organizations last for centuries, so they are no evidence.
        """
        names: dict[SeedPath, set[str]] = defaultdict(set)
        for name in self.stats:
            is_person = name.kind == "person" and " " in name.name
            if is_person or name.kind not in (*FOUND_KINDS, UNKNOWN_KIND):
                for source in (*name.documents, *name.weak_documents):
                    names[source].add(name.name)
        return names

    def is_shared(self, name: str, part: Iterable[Sighting], other: Iterable[Sighting]) -> bool:
        """Whether documents of both parts name something else, of another family."""
        return not self._beside(name, part).isdisjoint(self._beside(name, other))

    def _beside(self, name: str, part: Iterable[Sighting]) -> set[str]:
        surname = name.rsplit(maxsplit=1)[-1]
        names = chain.from_iterable(self._by_document.get(s.source, ()) for s in part)
        return {other for other in names if other.split()[-1] != surname}


class NamesakeRule(NamedTuple):
    """A reason to divide the documents of a name; each part has its own person."""

    name: str
    divide: Callable[[NameStats, Sequence[Sighting], Company], list[list[Sighting]]]


def find_namesakes(stats: Iterable[NameStats], origins: Origins) -> Namesakes:
    """Return the names of people that mean several; linear in the number of names."""
    stats = tuple(stats)
    company = Company(stats)
    names: dict[SeedPath, dict[NameKey, NameKey]] = defaultdict(dict)
    families: dict[str, str] = {}
    reasons: dict[str, str] = {}
    for name in stats:
        if name.kind != "person" or " " not in name.name or titled_surname(name) is not None:
            continue
        sightings = _sightings(name, origins)
        for rule in NAMESAKE_RULES:
            main, *others = _by_size(rule.divide(name, sightings, company))
            for part in others:
                label = f"{name.name} ({part[0].year})"
                families |= {label: name.name, name.name: name.name}
                reasons[label] = (
                    f'{rule.name}: apart from "{name.name}" ({_span(main)}); `merge` joins them'
                )
                for sighting in part:
                    names[sighting.source][name.key] = ("person", label)
            if others:
                break
    return Namesakes(names, families, reasons)


def _sightings(name: NameStats, origins: Origins) -> list[Sighting]:
    """Return the dated documents of a name, the earliest first."""
    titles: dict[SeedPath, set[Honorific]] = defaultdict(set)
    for text, sources in name.titles.items():
        title = find_honorific(text)
        for source in sources if title.says_something else ():
            titles[source].add(title)
    documents = {*name.documents, *name.weak_documents}
    dated = [
        _sighting(source, year, titles.get(source, ()), origins)
        for source in sorted(documents)
        if (year := origins.years.by_source.get(source)) is not None
    ]
    return sorted(dated, key=lambda sighting: sighting.year)


def _sighting(
    source: SeedPath, year: int, titles: Iterable[Honorific], origins: Origins
) -> Sighting:
    ranks = {rank for title in titles for rank in title.ranks.intersection(_EXCLUSIVE_RANKS)}
    names = frozenset(title.name for title in titles)
    return Sighting(source, year, frozenset(ranks), names, source in origins.interviews)


def _by_size(parts: list[list[Sighting]]) -> list[list[Sighting]]:
    """Return the largest part first, then by year."""
    return sorted(parts, key=len, reverse=True)


def _span(part: Sequence[Sighting]) -> str:
    first, last = part[0].year, part[-1].year
    return str(first) if first == last else f"{first} to {last}"


def _far_apart(
    name: NameStats, sightings: Sequence[Sighting], company: Company
) -> list[list[Sighting]]:
    """Divide where no document is near: "J. Storr" in 1894 and in 1926.

    A full name among names of the same time means the same person: a later text is about the past.
    """
    is_initial = len(PersonName.parse(name.name).given) == 1
    most = _MAX_GAP_OF_INITIALS if is_initial else MAX_GAP
    parts = [list(sightings[:1])]
    for earlier, later in pairwise(sightings):
        if later.year - earlier.year > most:
            parts.append([])
        parts[-1].append(later)
    joined = parts[:1]
    for part in parts[1:]:
        if not is_initial and company.is_shared(name.name, joined[-1], part):
            joined[-1].extend(part)
        else:
            joined.append(part)
    return joined


def _other_rank(
    _name: NameStats, sightings: Sequence[Sighting], _company: Company
) -> list[list[Sighting]]:
    """Divide by rank: Captain Ruiz and the Rev. Ruiz; others belong to those nearest in time."""
    ranked = [sighting for sighting in sightings if len(sighting.ranks) == 1]
    ranks = {rank for sighting in ranked for rank in sighting.ranks}
    if len(ranks) < 2:
        return [list(sightings)]
    parts: dict[str, list[Sighting]] = {rank: [] for rank in sorted(ranks)}
    for sighting in sightings:
        nearest = min(ranked, key=lambda other: abs(other.year - sighting.year))
        (rank,) = sighting.ranks if len(sighting.ranks) == 1 else nearest.ranks
        parts[rank].append(sighting)
    return list(parts.values())


def _other_titles_later(
    _name: NameStats, sightings: Sequence[Sighting], _company: Company
) -> list[list[Sighting]]:
    """Divide at a gap after which the next title is another: Captain, then Lieutenant.

    A later document with the earlier title is about the earlier person.
    """
    for index, (earlier, later) in enumerate(pairwise(sightings), start=1):
        if later.year - earlier.year > _MAX_GAP_OF_TITLES and not later.is_interview:
            before, after = sightings[:index], sightings[index:]
            initials = _initials_of_first(reversed(before)), _initials_of_first(after)
            if all(initials) and initials[0].isdisjoint(initials[1]):
                about_first = [s for s in after if _has_only(s, initials[0], initials[1])]
                rest = [sighting for sighting in after if sighting not in about_first]
                return [[*before, *about_first], rest]
    return [list(sightings)]


def _has_only(sighting: Sighting, first: frozenset[str], second: frozenset[str]) -> bool:
    """Whether a document has titles with one of the first initials and none of the second."""
    own = _initials_of_first([sighting])
    return not own.isdisjoint(first) and own.isdisjoint(second)


def _initials_of_first(sightings: Iterable[Sighting]) -> frozenset[str]:
    """Return the first letters of the first titles: "Capt." is no other title than "Captain"."""
    titles = next((sighting.titles for sighting in sightings if sighting.titles), frozenset[str]())
    return frozenset(title[:1] for title in titles)


NAMESAKE_RULES = (
    NamesakeRule("documents too far apart in time", _far_apart),
    NamesakeRule("ranks that one person does not have", _other_rank),
    NamesakeRule("other titles after many years", _other_titles_later),
)
"""The first rule that divides a name decides."""
