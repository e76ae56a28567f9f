"""When two names mean one person: a table of the differences allowed in each part of a name.

Precision first. A difference that no rule allows keeps two people apart: "John
Adams" is not "John Quincy Adams", and "Luis Arce" is not "Luis Arce Córdova".
"""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import cache
from importlib import resources
from typing import Literal

import msgspec

from generator.linking.entities.forms import PersonName

Evidence = Literal["anywhere", "same document", "different documents"]
"""Where two names must be to be of one person: in one document at least once, or never in one."""


class AllowedDifference(msgspec.Struct, frozen=True):
    """A difference in one part that two names of one person may have."""

    name: str
    allows: Callable[[PersonName, PersonName], bool]
    evidence: Evidence = "anywhere"


def same_person_rules(
    person: PersonName, other: PersonName
) -> tuple[AllowedDifference, ...] | None:
    """Return the differences of two names that can mean one person; None if they cannot.

    A name without a given name never can: a surname alone is no evidence across documents.
    """
    if not person.given or not other.given or person.surname != other.surname:
        return None
    differences: list[AllowedDifference] = []
    for part, rules in ALLOWED_DIFFERENCES.items():
        if getattr(person, part) == getattr(other, part):
            continue
        rule = next((rule for rule in rules if rule.allows(person, other)), None)
        if rule is None:
            return None
        differences.append(rule)
    return tuple(differences)


def formal_given_names(given: str) -> tuple[str, ...]:
    """Return the given names that a nickname can mean; the name itself if it is no nickname."""
    return tuple(_nicknames().get(given, ())) or (given,)


@cache
def _nicknames() -> dict[str, list[str]]:
    data = resources.files("generator.linking").joinpath("tables/nicknames.json").read_bytes()
    table: dict[str, list[str]] = json.loads(data)
    return table


def _is_nickname(person: PersonName, other: PersonName) -> bool:
    return bool(set(formal_given_names(person.given)) & set(formal_given_names(other.given)))


def _middle_left_out(person: PersonName, other: PersonName) -> bool:
    longer = person.middle or other.middle
    return not (person.middle and other.middle) and all(len(word) == 1 for word in longer)


def _middle_abbreviated(person: PersonName, other: PersonName) -> bool:
    return len(person.middle) == len(other.middle) and all(
        name == other_name or _is_initial_of(name, other_name)
        for name, other_name in zip(person.middle, other.middle, strict=True)
    )


def _suffix_left_out(person: PersonName, other: PersonName) -> bool:
    return not (person.suffix and other.suffix)


def _has_same_initials(person: PersonName, other: PersonName) -> bool:
    return (
        _is_initial_of(person.given, other.given)
        and bool(person.middle)
        and person.middle == other.middle
    )


def _has_same_initial(person: PersonName, other: PersonName) -> bool:
    return _is_initial_of(person.given, other.given) and not (person.middle or other.middle)


def _is_initial_of(name: str, other: str) -> bool:
    """Whether one of two names is the initial of the other."""
    return 1 in {len(name), len(other)} and name[0] == other[0]


ALLOWED_DIFFERENCES: dict[str, tuple[AllowedDifference, ...]] = {
    "given": (
        AllowedDifference("nickname", _is_nickname),
        AllowedDifference("given name abbreviated, second name the same", _has_same_initials),
        AllowedDifference("given name abbreviated", _has_same_initial, "same document"),
    ),
    "middle": (
        AllowedDifference("middle initial left out", _middle_left_out),
        AllowedDifference("middle name abbreviated", _middle_abbreviated),
    ),
    "suffix": (
        AllowedDifference("Jr. or similar left out", _suffix_left_out, "different documents"),
    ),
}
