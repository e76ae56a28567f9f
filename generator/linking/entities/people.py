"""When two names of people mean one person: a table of what may differ, part by part.

Precision first. A part that differs in a way that no rule names keeps two people apart: "John
Adams" is not "John Quincy Adams", and "Luis Arce" is not "Luis Arce Córdova".
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Literal

from generator.linking.entities.forms import PersonName

Evidence = Literal["anywhere", "together", "apart"]
"""Where two names must stand to be one: in one document at least once, or never in one."""


@dataclass(frozen=True, slots=True)
class AllowedDifference:
    """A way in which two names of one person may differ in one part."""

    name: str
    allows: Callable[[PersonName, PersonName], bool]
    evidence: Evidence = "anywhere"


def same_person_rules(
    person: PersonName, other: PersonName
) -> tuple[AllowedDifference, ...] | None:
    """Name the rules under which two names can mean one person; None when they cannot.

    Names without a given name are nobody's: a surname alone is no evidence across documents.
    """
    if not person.given or not other.given or person.surname != other.surname:
        return None
    found: list[AllowedDifference] = []
    for part, rules in ALLOWED_DIFFERENCES.items():
        if getattr(person, part) == getattr(other, part):
            continue
        rule = next((rule for rule in rules if rule.allows(person, other)), None)
        if rule is None:
            return None
        found.append(rule)
    return tuple(found)


def formal_given_names(given: str) -> tuple[str, ...]:
    """Give the given names that a nickname can stand for, itself when it is none."""
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
        mine == yours or (1 in {len(mine), len(yours)} and mine[0] == yours[0])
        for mine, yours in zip(person.middle, other.middle, strict=True)
    )


def _suffix_left_out(person: PersonName, other: PersonName) -> bool:
    return not (person.suffix and other.suffix)


def _initials_alike(person: PersonName, other: PersonName) -> bool:
    return (
        _is_initial_of(person.given, other.given)
        and bool(person.middle)
        and person.middle == other.middle
    )


def _initial_alike(person: PersonName, other: PersonName) -> bool:
    return _is_initial_of(person.given, other.given) and not (person.middle and other.middle)


def _is_initial_of(one: str, other: str) -> bool:
    return 1 in {len(one), len(other)} and one[0] == other[0]


ALLOWED_DIFFERENCES: dict[str, tuple[AllowedDifference, ...]] = {
    "given": (
        AllowedDifference("nickname", _is_nickname),
        AllowedDifference("given name abbreviated, second name the same", _initials_alike),
        AllowedDifference("given name abbreviated", _initial_alike, "together"),
    ),
    "middle": (
        AllowedDifference("middle initial left out", _middle_left_out),
        AllowedDifference("middle name abbreviated", _middle_abbreviated),
    ),
    "suffix": (AllowedDifference("Jr. or the like left out", _suffix_left_out, "apart"),),
}
