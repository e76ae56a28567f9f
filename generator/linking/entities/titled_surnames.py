"""Who is meant by a surname with a title, where the document has no full name for it.

"Dr. Cholmley" is the only Cholmley of the corpus, unless the title speaks against it. If two people
may be meant, each document means the one whose own documents are near in time, if there is one.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from typing import NamedTuple

import msgspec

from generator.corrections import without_qualifier
from generator.linking.entities.forms import fold_name
from generator.linking.entities.merge import NameGroup
from generator.linking.entities.usage import (
    DocumentUsages,
    NameStats,
    TitledSurname,
    titled_surname,
)
from generator.linking.entities.years import YearsOfDocuments, YearSpan
from generator.model import NameKey, SeedPath
from generator.text.honorifics import Bearer, Honorific, Sex

_MAX_YEARS_AFTER = 80
"""Years from somebody's own documents to a later one with the surname: people remember the dead."""

_MAX_YEARS_BEFORE = 40
"""Years from a document with the surname to the first one that names somebody in full."""

_MAX_NEAR_YEARS = 30
"""Years in either direction, if several people may be meant."""

_MAX_PEOPLE = 12
"""People of one surname among whom documents choose; the work grows with their number."""

_MAX_WORDS = 3
"""Words of a surname with particles: von der Leyen."""


class Person(NamedTuple):
    """Somebody who has a surname."""

    group: NameGroup | None
    """None for somebody with weak evidence only, to whom nothing is joined."""
    bearer: Bearer
    years: YearSpan | None = None
    """Those of the documents with strong evidence."""


def _is_named_in_full(person: Person, source: SeedPath) -> bool:
    """Whether a document has the full name, and says by it that the titled surname is another."""
    return person.group is not None and any(source in n.documents for n in person.group.names)


def _is_sure(person: Person, title: Honorific) -> bool:
    """Whether a title is evidence enough for somebody who has strong evidence in one document only.

    It must speak for this person, by the sex or because a document has it with the full name.
    """
    is_settled = person.group is not None and person.group.is_settled
    return (
        is_settled
        or person.bearer.has(title)
        or (title.sex is not None and title.sex == person.bearer.sex)
    )


def surnames_of(name: NameStats) -> set[str]:
    """Return what may be the surname: the last words, as in "François Le Bihan"."""
    words = without_qualifier(name.name).split()
    first = max(1, len(words) - _MAX_WORDS)
    return {fold_name(" ".join(words[start:])) for start in range(first, len(words))}


def bearer_of(names: Iterable[NameStats]) -> Bearer:
    """Return what given names and titles say of a person."""
    names = list(names)
    given = max((name.name.split()[0] for name in names), key=len)
    return Bearer.of(given, sorted({title for name in names for title in name.titles}))


class PeopleBySurname(msgspec.Struct, frozen=True):
    """The people of a corpus by their surnames."""

    by_surname: Mapping[str, Sequence[Person]]
    years: YearsOfDocuments
    sexes: Mapping[str, Set[Sex]]
    """By surname: the sexes of all titles before it alone."""
    titles: Mapping[tuple[SeedPath, str], Set[Honorific]]
    """By document and surname: the titles before it alone."""

    @classmethod
    def of(
        cls, groups: Iterable[NameGroup], weak: Iterable[NameStats], years: YearsOfDocuments
    ) -> PeopleBySurname:
        """Index groups, and full names with weak evidence only, which make a surname doubtful."""
        people: dict[str, list[Person]] = defaultdict(list)
        sexes: dict[str, set[Sex]] = defaultdict(set)
        titles: dict[tuple[SeedPath, str], set[Honorific]] = defaultdict(set)
        for group in groups:
            if group.kind == "person" and " " in group.name:
                own_years = years.span_of(group.strong_documents)
                person = Person(group, bearer_of(group.names), own_years)
                for surname in {key for name in group.names for key in surnames_of(name)}:
                    people[surname].append(person)
        for name in weak:
            titled = titled_surname(name)
            if titled is not None and titled.title.sex:
                sexes[titled.surname].add(titled.title.sex)
            if titled is not None:
                for source in name.weak_documents:
                    titles[source, titled.surname].add(titled.title)
            if name.kind == "person" and " " in name.name and titled is None:
                weak_person = Person(None, bearer_of([name]))
                for surname in surnames_of(name):
                    people[surname].append(weak_person)
        return cls(people, years, sexes, titles)

    def bearers(self, name: NameStats) -> Iterator[tuple[SeedPath, NameGroup]]:
        """Yield for each document of a titled surname the person it means, where that is clear."""
        titled = titled_surname(name)
        if titled is None or titled.title.is_before_given_name:
            return
        possible = self._possible(titled)
        for source in name.weak_documents:
            person = self._choose(possible, titled, source)
            if person is not None and person.group is not None and _is_sure(person, titled.title):
                yield source, person.group

    def _possible(self, titled: TitledSurname) -> list[Person]:
        people = self.by_surname.get(titled.surname, ())
        if not titled.title.says_something:
            return [person for person in people if titled.title in person.bearer.titles]
        is_shared = len(self.sexes.get(titled.surname, ())) > 1
        return [
            person
            for person in people
            if person.bearer.may_have(titled.title)
            and not (is_shared and titled.title.sex and person.bearer.sex is None)
        ]

    def _choose(
        self, possible: Sequence[Person], titled: TitledSurname, source: SeedPath
    ) -> Person | None:
        """Return the only person, the only one with the title, or the only one of these years."""
        title = titled.title
        if len(possible) > _MAX_PEOPLE:
            return None
        possible = [person for person in possible if not _is_named_in_full(person, source)]
        has_title = [person for person in possible if person.bearer.has(title)]
        for people in (possible, has_title):
            if len(people) == 1:
                return people[0] if self._is_possible(people[0], titled, source) else None
        for people in (has_title, possible):
            near = [person for person in people if self._is_near(person, source)]
            if len(near) == 1:
                return near[0]
        return None

    def _is_possible(self, person: Person, titled: TitledSurname, source: SeedPath) -> bool:
        """Whether the only person may be meant by a document of this year.

        "Sergeant Pryce, who is Mr. Pryce's grandson": with two titles in one document, the only
        Pryce of the corpus may be either, or neither.
        """
        if self._is_near(person, source) or person.bearer.has(titled.title):
            return True
        others = self.titles.get((source, titled.surname), set()) - {titled.title}
        sexes = {None, titled.title.sex}
        if any(titled.title.sex is None or other.sex in sexes for other in others):
            return False
        return self._is_near(person, source, _MAX_YEARS_BEFORE, _MAX_YEARS_AFTER)

    def _is_near(
        self,
        person: Person,
        source: SeedPath,
        before: int = _MAX_NEAR_YEARS,
        after: int = _MAX_NEAR_YEARS,
    ) -> bool:
        year = self.years.span_of([source])
        return year is None or person.years is None or year.is_near(person.years, before, after)


Parts = Mapping[tuple[SeedPath, NameKey], NameGroup]
"""By document and name, the person that the name means there."""


def join_titled_surnames(
    groups: Sequence[NameGroup], stats: Mapping[NameKey, NameStats], years: YearsOfDocuments
) -> Parts:
    """Join titled surnames to the people they mean; return whom others mean in single documents.

    A name that means one person in all its documents joins this person's names. Every group that
    a surname means is settled.
    """
    grouped = {name.key for group in groups for name in group.names}
    weak = [name for name in stats.values() if name.key not in grouped]
    people = PeopleBySurname.of(groups, weak, years)
    parts: dict[tuple[SeedPath, NameKey], NameGroup] = {}
    for name in weak:
        bearers = list(people.bearers(name)) if name.kind == "person" else []
        if len(bearers) == len(name.weak_documents) and len({id(g) for _, g in bearers}) == 1:
            target = bearers[0][1]
            target.names.append(name)
            target.is_settled = True
            target.reasons.append(f'title fits only this person: "{name.name}" is "{target.name}"')
        else:
            parts |= {(source, name.key): group for source, group in bearers}
    for group in parts.values():
        group.is_settled = True
    return parts


def join_parts(parts: Parts, usages: Iterable[DocumentUsages]) -> None:
    """Add the usages of some names in some documents to their groups, and settle these."""
    added: dict[tuple[int, NameKey], NameStats] = {}
    sources = {source for source, _ in parts}
    for source, names in usages:
        for usage in names if source in sources else ():
            if usage.name is None:
                continue
            name = (usage.kind, usage.name)
            group = parts.get((source, name))
            if group is not None:
                index = (id(group), name)
                group.is_settled = True
                if index not in added:
                    added[index] = NameStats(name)
                    group.parts.append(added[index])
                added[index].add(source, usage)
