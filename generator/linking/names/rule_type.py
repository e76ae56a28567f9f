"""The kinds of names, and the type of the rules that give evidence for one."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final, Generic, Literal, TypeVar

Kind = Literal["person", "organization", "place", "ship", "none"]
"""The kind of a name, or none of these: a law, a people, a date. A ship is found in order to be no
person; it has a page only if people say so."""

PERSON: Final = "person"
ORGANIZATION: Final = "organization"
PLACE: Final = "place"
SHIP: Final = "ship"
NONE: Final = "none"

KINDS: tuple[Kind, ...] = (PERSON, ORGANIZATION, PLACE, SHIP, NONE)
"""With equal scores, the first kind wins."""

T = TypeVar("T")


@dataclass(frozen=True, slots=True, eq=False)
class Rule(Generic[T]):
    """One reason to believe that a name is of a kind."""

    name: str
    """Shown by `seedbed explain`; the key of the rule's cases in tests/cases/names/."""
    kind: Kind
    weight: float
    """Evidence in points, set by hand: about 4 decides alone, 2 is clear, 1 is a hint."""
    matches: Callable[[T], bool]
    is_strong: bool = False
    """Whether a name can be strong with this rule. Without any such rule it never is."""
    is_outside: bool = False
    """Whether the rule shows more than the shape of a person's name: a word list or speech."""
