"""People of one name who are not one person: what speaks for two, by their documents.

A name is divided only where years or ranks speak against one person. What is left of it keeps the
name; the others have the year of their first document beside it: `J. Storr (1926)`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import NamedTuple

import msgspec

from generator.linking.entities.forms import PersonName
from generator.linking.entities.origins import Origins
from generator.linking.entities.usage import DocumentUsages, NameStats, titled_surname
from generator.linking.entities.years import MAX_GAP
from generator.model import NameKey, NameUsage, SeedPath
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


@dataclass(frozen=True, slots=True)
class Namesakes:
    """The names that mean different people in different documents."""

    names: Mapping[SeedPath, Mapping[NameKey, NameKey]] = field(default_factory=dict)
    """By document: the name of somebody else by which a name is replaced."""
    families: Mapping[str, str] = field(default_factory=dict)
    """The names of all namesakes, with the name that they share."""
    reasons: Mapping[str, str] = field(default_factory=dict)
    """By name: why it is apart."""

    def usages(self, usages: Iterable[DocumentUsages]) -> Iterator[DocumentUsages]:
        """Yield the names in all documents, replaced where they mean somebody else."""
        for source, names in usages:
            replaced = self.names.get(source)
            yield source, [_replace(usage, replaced) for usage in names] if replaced else names


def _replace(usage: NameUsage, names: Mapping[NameKey, NameKey]) -> NameUsage:
    name = names.get((usage.kind, usage.name)) if usage.name else None
    if name is None:
        return usage
    return msgspec.structs.replace(usage, name=name[1])


class NamesakeRule(NamedTuple):
    """A reason to divide the documents of a name; each part has its own person."""

    name: str
    divide: Callable[[NameStats, Sequence[Sighting]], list[list[Sighting]]]


def find_namesakes(stats: Iterable[NameStats], origins: Origins) -> Namesakes:
    """Return the names of people that mean several; linear in the number of names."""
    names: dict[SeedPath, dict[NameKey, NameKey]] = defaultdict(dict)
    families: dict[str, str] = {}
    reasons: dict[str, str] = {}
    for name in stats:
        if name.kind != "person" or " " not in name.name or titled_surname(name) is not None:
            continue
        for rule in NAMESAKE_RULES:
            main, *others = _by_size(rule.divide(name, _sightings(name, origins)))
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


def _far_apart(name: NameStats, sightings: Sequence[Sighting]) -> list[list[Sighting]]:
    """Divide where no document is near: "J. Storr" in 1894 and in 1926."""
    is_initial = len(PersonName.parse(name.name).given) == 1
    most = _MAX_GAP_OF_INITIALS if is_initial else MAX_GAP
    parts = [list(sightings[:1])]
    for earlier, later in pairwise(sightings):
        if later.year - earlier.year > most:
            parts.append([])
        parts[-1].append(later)
    return parts


def _other_rank(_name: NameStats, sightings: Sequence[Sighting]) -> list[list[Sighting]]:
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


def _other_titles_later(_name: NameStats, sightings: Sequence[Sighting]) -> list[list[Sighting]]:
    """Divide at a gap after which the next title is another: Captain, then Lieutenant."""
    for index, (earlier, later) in enumerate(pairwise(sightings), start=1):
        if later.year - earlier.year > _MAX_GAP_OF_TITLES and not later.is_interview:
            before, after = sightings[:index], sightings[index:]
            initials = _initials_of_first(reversed(before)), _initials_of_first(after)
            if all(initials) and initials[0].isdisjoint(initials[1]):
                return [list(before), list(after)]
    return [list(sightings)]


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
