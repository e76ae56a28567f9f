"""What is settled in the corpus is used: plain mentions of a name that is certain elsewhere count.

A name with strong evidence in enough documents for a page needs no new evidence in each of the
others. Names with weak evidence only join the one entity that they can mean: another spelling, an
acronym that a document defines. A place without strong evidence anywhere is settled if enough
documents name it as a place and none as anything else.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import NamedTuple

from generator.linking.entities.forms import PersonName, fold_name, initials, is_acronym
from generator.linking.entities.merge import NameGroup
from generator.linking.entities.page_policy import has_strong_page
from generator.linking.entities.usage import NameStats, titled_surname
from generator.linking.names import is_everyday_name
from generator.model import UNKNOWN_KIND, EntityKind, NameKey

MIN_DOCUMENTS = 3
"""Documents that must name a place as a place if none has strong evidence for it."""


class Settling(NamedTuple):
    """The names of a corpus, while weak ones are joined to what is settled."""

    settled: Sequence[NameGroup]
    """The groups whose strong evidence suffices for a page."""
    weak: Sequence[NameStats]
    """Names with weak evidence only."""


class JoinRule(NamedTuple):
    """A way in which a name with weak evidence can mean something that is settled."""

    name: str
    kinds: frozenset[EntityKind]
    find: Callable[[Settling], Callable[[NameStats], list[NameGroup]]]
    """Returns a function that finds the groups a name may mean; it joins if there is one."""


def settle_names(
    groups: Iterable[NameGroup],
    stats: Mapping[NameKey, NameStats],
    document_count: int,
) -> list[NameGroup]:
    """Return the groups with all names that are settled; each name is in one group at most.

    The cost grows with the number of names.
    """
    groups = list(groups)
    grouped = {name.key for group in groups for name in group.names}
    weak = tuple(name for name in stats.values() if name.key not in grouped)
    groups += [*_pooled_places(weak, stats), *_pooled_people(weak, stats)]
    settled = [group for group in groups if has_strong_page(group, document_count)]
    for group in settled:
        group.is_settled = True
    settling = Settling(settled, weak)
    joined = {name.key for group in groups for name in group.names}
    for rule in JOIN_RULES:
        find = rule.find(settling)
        for name in weak:
            if name.kind in rule.kinds and name.key not in joined:
                matches = find(name)
                if len(matches) == 1:
                    matches[0].names.append(name)
                    matches[0].reasons.append(f'{rule.name}: "{name.name}" is "{matches[0].name}"')
                    joined.add(name.key)
    return groups


def _same_spelling(settling: Settling) -> Callable[[NameStats], list[NameGroup]]:
    """Return the groups of the same spelling: accents, capitals and punctuation apart."""
    by_spelling: dict[tuple[EntityKind, str], list[NameGroup]] = defaultdict(list)
    for group in settling.settled:
        for spelling in {fold_name(name.name) for name in group.names}:
            by_spelling[group.kind, spelling].append(group)
    return lambda name: by_spelling.get((name.kind, fold_name(name.name)), [])


def _without_kind(settling: Settling) -> Callable[[NameStats], list[NameGroup]]:
    """Return what has exactly this name, of whatever kind: "Staithes is quiet"."""
    by_name: dict[str, list[NameGroup]] = defaultdict(list)
    for group in settling.settled:
        for name in {name.name for name in group.names}:
            by_name[name].append(group)
    return lambda name: by_name.get(name.name, [])


def _in_capitals(settling: Settling) -> Callable[[NameStats], list[NameGroup]]:
    """Return what has this full name in small letters: "JOHN STORR", as wills have it."""
    by_spelling: dict[str, list[NameGroup]] = defaultdict(list)
    for group in settling.settled:
        for spelling in {fold_name(name.name) for name in group.names if " " in name.name}:
            by_spelling[spelling].append(group)
    return lambda name: by_spelling.get(fold_name(name.name), []) if name.name.isupper() else []


def _defined_acronym(settling: Settling) -> Callable[[NameStats], list[NameGroup]]:
    """Return the organizations for which a document defines an acronym."""
    by_acronym: dict[str, list[NameGroup]] = defaultdict(list)
    for group in settling.settled:
        if group.kind == "organization":
            for acronym in {fold_name(text) for text in group.texts if is_acronym(text)}:
                by_acronym[acronym].append(group)
    return lambda name: by_acronym.get(fold_name(name.name), []) if is_acronym(name.name) else []


def _initials_beside(settling: Settling) -> Callable[[NameStats], list[NameGroup]]:
    """Return the organizations with these three initials or more that are in the same document."""
    by_initials: dict[str, list[NameGroup]] = defaultdict(list)
    for group in settling.settled:
        if group.kind == "organization":
            for letters in {initials(name.name) for name in group.names if " " in name.name}:
                by_initials[letters].append(group)

    def find(name: NameStats) -> list[NameGroup]:
        letters = fold_name(name.name)
        groups = by_initials.get(letters, []) if is_acronym(name.name) and len(letters) > 2 else []
        sources = set(name.weak_documents)
        return groups if any(not group.documents.isdisjoint(sources) for group in groups) else []

    return find


def _pooled_places(
    weak: Iterable[NameStats], stats: Mapping[NameKey, NameStats]
) -> list[NameGroup]:
    """Return the places that several documents name as such, and few as anything else.

    No name of a person may have the word: "to Loveday" is no place.
    """
    others = _documents_of_other_kinds(stats)
    names_of_people = {
        word
        for kind, text in stats
        if kind == "person" and " " in text
        for word in fold_name(text).split()
    }
    return [
        NameGroup([name], is_pooled=True)
        for name in weak
        if name.kind == "place"
        and (spelling := fold_name(name.name)) not in names_of_people
        and len(name.weak_documents) >= max(MIN_DOCUMENTS, MIN_DOCUMENTS * others[spelling])
        and not is_everyday_name(name.name)  # last, as it looks into the words of all languages
    ]


def _documents_of_other_kinds(stats: Mapping[NameKey, NameStats]) -> Counter[str]:
    """Return in how many documents each folded name is something else than a place."""
    others: Counter[str] = Counter()
    for (kind, text), name in stats.items():
        if kind not in {"place", UNKNOWN_KIND}:
            others[fold_name(text)] += len({*name.documents, *name.weak_documents})
    return others


def _pooled_people(
    weak: Iterable[NameStats], stats: Mapping[NameKey, NameStats]
) -> list[NameGroup]:
    """Return people whom several documents name in full, and one by the surname with a title."""
    titled = (titled_surname(name) for name in stats.values() if name.kind == "person")
    surnames = {name.surname for name in titled if name is not None}
    return [
        NameGroup([name], is_pooled=True)
        for name in weak
        if name.kind == "person"
        and " " in name.name
        and len(name.weak_documents) >= MIN_DOCUMENTS
        and titled_surname(name) is None
        and PersonName.parse(name.name).surname in surnames
    ]


_ANY: frozenset[EntityKind] = frozenset({"person", "organization", "place"})

JOIN_RULES = (
    JoinRule("the same but for accents, capitals and punctuation", _ANY, _same_spelling),
    JoinRule("name that is certain elsewhere", frozenset({UNKNOWN_KIND}), _without_kind),
    JoinRule("full name in capitals", frozenset({UNKNOWN_KIND}), _in_capitals),
    JoinRule("acronym that a document defines", frozenset({"organization"}), _defined_acronym),
    JoinRule("initials beside the full name", frozenset({"organization"}), _initials_beside),
)
"""Applied in this order; what joined once is not looked at again."""
