"""Whose name a surname is, by the title before it: "Mrs. Storr" is not John Storr.

A surname stands for a full name of the document unless its title speaks against every bearer of
that name. Then it stands for itself together with its title, so that the corpus can still know who
it is.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from generator.linking.names.lexicon import Cues
from generator.text.titles import Bearer, Title, find_title

_MAX_WORDS = 3
"""Words of a surname with particles: von der Leyen."""


class FullName(NamedTuple):
    """The full name of a person in the document."""

    name: str
    bearer: Bearer
    is_strong: bool


class Meaning(NamedTuple):
    """Whom a name means: the fullest form, empty if several share it, and whether that is sure."""

    name: str
    is_strong: bool


@dataclass(frozen=True, slots=True)
class PeopleOfDocument:
    """The people of a document by their surnames, and the surnames that have a title only."""

    by_surname: Mapping[str, Sequence[FullName]]
    full_names: frozenset[str] = frozenset()
    titled: Mapping[str, Sequence[str]] = field(default_factory=dict)
    """By surname: names with a title that fits no full name."""

    @classmethod
    def of(
        cls, full_names: Iterable[FullName], titled: Iterable[tuple[str, str]]
    ) -> PeopleOfDocument:
        """Return the people of a document; `titled` has the titles before names of one word."""
        by_surname: dict[str, list[FullName]] = defaultdict(list)
        for full_name in full_names:
            words = full_name.name.casefold().split()
            for start in range(max(1, len(words) - _MAX_WORDS), len(words)):
                by_surname[" ".join(words[start:])].append(full_name)
        names = frozenset(full_name.name for people in by_surname.values() for full_name in people)
        people = cls(by_surname, names)
        others: dict[str, dict[str, None]] = defaultdict(dict)
        for title, surname in titled:
            name = people.bearer_of(surname, title)
            if name is not None and name.name.endswith(f" {surname}") and not name.is_strong:
                others[surname.casefold()][name.name] = None
        return cls(by_surname, names, {surname: [*other] for surname, other in others.items()})

    def bearer_of(self, surname: str, title: str) -> Meaning | None:
        """Return whom a surname with a title means; None if the title says nothing."""
        known = find_title(title)
        if not known.says_something:
            is_unknown = surname.casefold() not in self.by_surname
            return Meaning(f"{title} {surname}", is_strong=False) if is_unknown else None
        candidates = self.by_surname.get(surname.casefold(), ())
        possible = [person for person in candidates if person.bearer.may_have(known)]
        chosen = _choose(possible, known)
        if chosen is not None:
            return Meaning(chosen.name, chosen.is_strong)
        return Meaning("" if possible else f"{title} {surname}", is_strong=False)

    def has_namesake(self, full_name: str, title: str) -> bool:
        """Whether a full name has a plain title here, and a rank elsewhere in the document.

        As in "Captain John Storr left a son, Mr. John Storr".
        """
        if not title or not find_title(title).is_plain:
            return False
        people = self.by_surname.get(full_name.casefold().split()[-1], ())
        return any(person.name == full_name and person.bearer.ranks for person in people)

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


def _choose(possible: Sequence[FullName], title: Title) -> FullName | None:
    """Return the only possible person, or the only one who has the title elsewhere."""
    attested = [person for person in possible if person.bearer.has(title)]
    for people in (attested, possible):
        if len(people) == 1:
            return people[0]
    return None
