"""Whose name a surname is, by the title before it: "Mrs. Storr" is not John Storr.

A surname stands for a full name of the document unless its title speaks against every bearer of
that name. Then it stands for itself together with its title, so that the corpus can still know who
it is.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

import msgspec

from generator.linking.names.lexicon import Cues
from generator.text.honorifics import Bearer, Honorific, find_honorific

_MAX_WORDS = 3
"""Words of a surname with particles: von der Leyen."""


class FullName(NamedTuple):
    """The full name of a person in the document."""

    name: str
    bearer: Bearer
    is_strong: bool
    is_writer: bool = False
    """Whether the name only signs the document; nobody calls himself by title and surname."""


class TitledName(NamedTuple):
    """A surname with the title before it."""

    title: str
    surname: str


class Meaning(NamedTuple):
    """Whom a name means: the fullest form, None if several share it, and whether that is sure."""

    name: str | None
    is_strong: bool


class PeopleOfDocument(msgspec.Struct, frozen=True):
    """The people of a document by their surnames, and the surnames that have a title only."""

    by_surname: Mapping[str, Sequence[FullName]]
    full_names: Mapping[str, FullName] = msgspec.field(default_factory=dict)
    titled: Mapping[str, Sequence[str]] = msgspec.field(default_factory=dict)
    """By surname: names with a title that fits no full name."""
    meanings: Mapping[TitledName, Meaning | None] = msgspec.field(default_factory=dict)
    """Whom each surname with a title means."""

    @classmethod
    def of(cls, full_names: Iterable[FullName], titled: Iterable[TitledName]) -> PeopleOfDocument:
        """Return the people of a document; `titled` has the titles before names of one word."""
        by_surname: dict[str, list[FullName]] = defaultdict(list)
        for full_name in full_names:
            words = full_name.name.casefold().split()
            for start in range(max(1, len(words) - _MAX_WORDS), len(words)):
                by_surname[" ".join(words[start:])].append(full_name)
        names = {person.name: person for people in by_surname.values() for person in people}
        people = cls(by_surname, names)
        meanings = {name: people._bearer_of(*name) for name in dict.fromkeys(titled)}
        others: dict[str, dict[str, None]] = defaultdict(dict)
        for (title, surname), meaning in meanings.items():
            titled_name = f"{title} {surname}"
            if meaning is not None and meaning.name == titled_name:
                others[surname.casefold()][titled_name] = None
        alone = {surname: [*other] for surname, other in others.items()}
        return cls(by_surname, names, alone, meanings)

    def bearer_of(self, surname: str, title: str) -> Meaning | None:
        """Return whom a surname with a title means; None if the title says nothing."""
        name = TitledName(title, surname)
        return self.meanings[name] if name in self.meanings else self._bearer_of(title, surname)

    def _bearer_of(self, title: str, surname: str) -> Meaning | None:
        known = find_honorific(title)
        if not known.says_something:
            is_unknown = surname.casefold() not in self.by_surname
            return Meaning(f"{title} {surname}", is_strong=False) if is_unknown else None
        candidates = self.by_surname.get(surname.casefold(), ())
        possible = [
            person
            for person in candidates
            if person.bearer.may_have(known) and not person.is_writer
        ]
        chosen = _choose(possible, known)
        if chosen is not None:
            return Meaning(chosen.name, chosen.is_strong)
        return Meaning(None if possible else f"{title} {surname}", is_strong=False)

    def may_be_namesake(self, full_name: str, title: str, *, is_full: bool) -> bool:
        """Whether a name may mean somebody else than the officer or clergyman who has it.

        As in "Captain John Storr left a son, Mr. John Storr": a full name with a plain title is
        another, and every surname without the rank may be.
        """
        person = self.full_names.get(full_name)
        if person is None or not person.bearer.ranks or find_honorific(title).ranks:
            return False
        if is_full:
            return find_honorific(title).is_plain
        return any(own.is_plain for own in person.bearer.titles)

    def titled_name(self, surname: str) -> str | None:
        """Return the only titled name of a surname that no full name has, or None."""
        names = self.titled.get(surname.casefold(), ())
        is_alone = len(names) == 1 and surname.casefold() not in self.by_surname
        return names[0] if is_alone else None


def is_surname_with_particle(name: str, cues: Cues) -> bool:
    """Whether a name has no given name: Le Bihan, von der Leyen, De la Cruz."""
    first, *others = name.split()
    return len(others) < _MAX_WORDS and (
        first.lower() in cues.particles or first in cues.articles_in_names
    )


def _choose(possible: Sequence[FullName], title: Honorific) -> FullName | None:
    """Return the only possible person, or the only one who has the title elsewhere."""
    attested = [person for person in possible if person.bearer.has(title)]
    for people in (attested, possible):
        if len(people) == 1:
            return people[0]
    return None
