"""Who is meant by a given name alone, where the document has no full name for it.

"My dear Tom" is the only Thomas of the corpus if the letter is by somebody of his family, or if he
himself writes to the one who wrote it. "Anna" in a diary is the only Anna whom its author names in
full elsewhere and whom a document with her full name calls Anna. Without such a tie the name stays
open, however rare it is.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence, Set
from itertools import chain
from typing import NamedTuple

import msgspec

from generator.linking.entities.forms import fold_name
from generator.linking.entities.merge import NameGroup
from generator.linking.entities.origins import Origins
from generator.linking.entities.people import formal_given_names
from generator.linking.entities.titled_surnames import Parts, bearer_of, surnames_of
from generator.linking.entities.usage import (
    NameStats,
    TitledSurname,
    titled_surname,
)
from generator.linking.entities.years import YearSpan, are_near
from generator.model import NameKey, SeedPath
from generator.text.honorifics import Bearer, Honorific, find_honorific

_MAX_NEAR_YEARS = 30
"""Years from somebody's own documents to one that has the given name alone."""

_MAX_PEOPLE = 12
"""People of one given name among whom documents choose; the work grows with their number."""


class Person(NamedTuple):
    """Somebody with a full name."""

    group: NameGroup | None
    """None for somebody with weak evidence only, to whom nothing is joined."""
    bearer: Bearer
    surnames: Set[str]
    documents: Set[SeedPath]
    years: YearSpan | None
    """Those of these documents."""
    lone_given_names: Set[str]
    """The formal given names that stand alone in these documents."""
    known_to: Set[str]
    """The authors of the documents that name somebody in full, if one has the given name too."""


class GivenName(NamedTuple):
    """A given name that stands alone in documents."""

    stats: NameStats
    forms: Sequence[str]
    """The formal names it can mean, folded."""
    title: Honorific | None
    """As in "Aunt Harriet"."""


class PeopleOfCorpus(msgspec.Struct, frozen=True):
    """The people of a corpus, for the documents that have given names alone."""

    by_given_name: Mapping[str, Sequence[Person]]
    full_names: Mapping[SeedPath, Sequence[Person]]
    """The people whom a document names in full."""
    titled: Mapping[SeedPath, Sequence[TitledSurname]]
    """The surnames with a title that mean none of the full names of a document."""
    origins: Origins

    def bearers(self, name: GivenName) -> Iterator[tuple[SeedPath, NameGroup]]:
        """Yield for each document of a given name the person it means, where that is clear."""
        people = {id(p): p for form in name.forms for p in self.by_given_name.get(form, ())}
        possible = [
            person
            for person in people.values()
            if name.title is None or person.bearer.may_have(name.title)
        ]
        if not possible or len(possible) > _MAX_PEOPLE:
            return
        for source in name.stats.weak_documents:
            tied = [
                person
                for person in possible
                if self._is_tied(person, source) and not self._has_title(person, source)
            ]
            group = tied[0].group if len(tied) == 1 else None
            if group is not None and (group.is_settled or self._is_known(tied[0], source)):
                yield source, group

    def _is_tied(self, person: Person, source: SeedPath) -> bool:
        """Whether a document is by somebody who knows a person.

        Its author names the person elsewhere, or it names somebody of the family in full, or it is
        a letter that the person answers.
        """
        if not are_near(self.origins.years.span_of([source]), person.years, _MAX_NEAR_YEARS):
            return False
        if self._is_known(person, source):
            return True
        others = [other for other in self.full_names.get(source, ()) if other is not person]
        if any(not person.surnames.isdisjoint(other.surnames) for other in others):
            return True
        return any(not person.lone_given_names.isdisjoint(_given_names(other)) for other in others)

    def _is_known(self, person: Person, source: SeedPath) -> bool:
        """Whether the author of a document names somebody in full elsewhere."""
        return not person.known_to.isdisjoint(self.origins.authors.get(source, ()))

    def _has_title(self, person: Person, source: SeedPath) -> bool:
        """Whether a document may call somebody by title and surname: then he has no other name."""
        return any(
            name.surname in person.surnames and person.bearer.may_have(name.title)
            for name in self.titled.get(source, ())
        )


def _given_names(person: Person) -> Sequence[str]:
    return _forms(person.group.name) if person.group is not None else ()


def _forms(name: str) -> tuple[str, ...]:
    """Return the formal given names that the first word of a name can mean."""
    return formal_given_names(fold_name(name.split(maxsplit=1)[0]))


def join_given_names(
    groups: Sequence[NameGroup],
    stats: Mapping[NameKey, NameStats],
    origins: Origins,
) -> Parts:
    """Return whom given names mean in single documents, and add the reasons to their groups.

    The cost grows with the number of names.
    """
    grouped = {name.key for group in groups for name in group.names}
    weak = [name for name in stats.values() if name.key not in grouped and name.kind == "person"]
    names = list(filter(None, map(_given_name, weak)))
    if not names:
        return {}
    alone = _alone(names)
    index = _index_people(groups, weak, alone, origins)
    people = PeopleOfCorpus(*index, _titled_surnames(stats.values(), alone), origins)
    parts: dict[tuple[SeedPath, NameKey], NameGroup] = {}
    for name in names:
        for source, group in people.bearers(name):
            parts[source, name.stats.key] = group
            reason = f'given name in a document by somebody who knows them: "{name.stats.name}"'
            if reason not in group.reasons:
                group.reasons.append(reason)
    return parts


def _given_name(stats: NameStats) -> GivenName | None:
    """Return the given name that a name is, with or without a title; None if it is something else.

    A title before a surname, as in "Mrs. Storr", makes it no given name.
    """
    titled = titled_surname(stats)
    if titled is not None:
        is_given = titled.title.is_before_given_name and " " not in titled.surname
        return GivenName(stats, _forms(titled.surname), titled.title) if is_given else None
    if " " in stats.name:
        return None
    titles = [title for title in map(find_honorific, stats.titles) if title.says_something]
    return GivenName(stats, _forms(stats.name), titles[0] if titles else None)


class _Index(NamedTuple):
    by_given_name: dict[str, list[Person]]
    full_names: dict[SeedPath, list[Person]]


def _index_people(
    groups: Iterable[NameGroup],
    weak: Iterable[NameStats],
    alone: Mapping[SeedPath, Set[str]],
    origins: Origins,
) -> _Index:
    """Index the people who may be meant by the names alone, or who are in their documents."""
    wanted = {form for forms in alone.values() for form in forms}
    index = _Index(defaultdict(list), defaultdict(list))
    for person, given_names in _people(groups, weak, wanted, alone, origins):
        for given_name in given_names:
            index.by_given_name[given_name].append(person)
        for source in person.documents:
            index.full_names[source].append(person)
    return index


def _alone(names: Iterable[GivenName]) -> dict[SeedPath, set[str]]:
    """Return the formal given names that stand alone in each document."""
    alone: dict[SeedPath, set[str]] = defaultdict(set)
    for name in names:
        for source in name.stats.weak_documents:
            alone[source].update(name.forms)
    return alone


def _titled_surnames(
    stats: Iterable[NameStats], sources: Container[SeedPath]
) -> dict[SeedPath, list[TitledSurname]]:
    """Return the titled surnames of some documents."""
    titled: dict[SeedPath, list[TitledSurname]] = defaultdict(list)
    for name in stats:
        surname = titled_surname(name)
        for source in name.weak_documents if surname is not None else ():
            if surname is not None and source in sources:
                titled[source].append(surname)
    return titled


def _people(
    groups: Iterable[NameGroup],
    weak: Iterable[NameStats],
    wanted: Set[str],
    alone: Mapping[SeedPath, Set[str]],
    origins: Origins,
) -> Iterator[tuple[Person, Set[str]]]:
    """Yield people with their formal given names; those with weak evidence only tie.

    People who have none of the wanted given names and are in none of the documents are left out.
    """
    everybody = ((group, _full_names(group)) for group in groups if group.kind == "person")
    others = ((None, (name,)) for name in weak if _is_full_name(name))
    for group, names in chain[tuple[NameGroup | None, Sequence[NameStats]]](everybody, others):
        given_names = {form for name in names for form in _forms(name.name)}
        documents = {s for name in names for s in (*name.documents, *name.weak_documents)}
        if not (wanted.isdisjoint(given_names) and alone.keys().isdisjoint(documents)):
            person = Person(
                group,
                bearer_of(names),
                {surname for name in names for surname in surnames_of(name)},
                documents,
                origins.years.span_of(documents),
                set[str]().union(*(alone[source] for source in documents if source in alone)),
                _known_to(names, documents, origins),
            )
            yield person, given_names


def _known_to(
    names: Iterable[NameStats], documents: Iterable[SeedPath], origins: Origins
) -> Set[str]:
    """Return the authors who name somebody in full, if "Anna" stands beside "Anna Lindqvist"."""
    is_called = any(
        " " not in text and name.name.startswith(f"{text} ")
        for name in names
        for text in name.texts
    )
    return origins.authors_of(documents) if is_called else frozenset()


def _full_names(group: NameGroup) -> Sequence[NameStats]:
    return [name for name in group.names if _is_full_name(name)]


def _is_full_name(name: NameStats) -> bool:
    return " " in name.name and titled_surname(name) is None
