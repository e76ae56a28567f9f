"""Names in texts, and whom they mean."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal, NewType

import msgspec

from generator.model.pages import Address

EntityKind = Literal["person", "organization", "place"]


@dataclass(frozen=True, slots=True)
class Mention:
    """A name in a text: where, of what kind, and why that is believed."""

    block: int
    """Which block of the document, counted from 0."""
    start: int
    end: int
    """The span in that block's text, in characters."""
    text: str
    kind: EntityKind
    score: float
    """How much speaks for the kind; comparable between mentions of one kind only."""
    strong: bool
    """Whether the evidence is good enough for a page and a link."""
    reasons: tuple[str, ...]
    """The rules that spoke, each in words for people: `title: President`."""
    name: str
    """The fullest form of this name in the same document: `Luis Arce` for `Arce`. The text itself
    when there is no other; empty when two people of the document share it and nothing decides."""


class NameUsage(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """How a document uses a name: in which form, on which evidence, and how often.

    A corpus has hundreds of thousands of them, and every run reads them all several times: a struct
    is read in a third of the time that a dataclass takes.
    """

    kind: EntityKind
    name: str
    """The fullest form in the document, as mentions have it."""
    text: str
    strong: bool
    count: int


EntityId = NewType("EntityId", str)
"""An entity's stable id: its kind and a slug of its name, such as `people/luis-arce`."""


NameKey = tuple[EntityKind, str]
"""A name as documents give it, with its kind: `("person", "Luis Arce")`."""


@dataclass(frozen=True, slots=True)
class Alias:
    """A form in which a name stands in the corpus, and how often it does."""

    text: str
    mentions: int


@dataclass(frozen=True, slots=True)
class Entity:
    """A person, organization or place that documents speak of."""

    id: EntityId
    kind: EntityKind
    name: str
    address: Address | None
    """Where its page is; None when too little speaks for one."""
    aliases: tuple[Alias, ...]
    """Every form of the name in the corpus, the canonical one too, most frequent first."""
    documents: int
    """How many documents speak of it."""
    mentions: int
    reasons: tuple[str, ...] = ()
    """What brought its names together and what decided about its page, in words for people."""
    same_as: tuple[str, ...] = ()
    """Addresses of the same entity elsewhere, as `corrections.yml` gives them."""

    @property
    def other_names(self) -> tuple[Alias, ...]:
        """Its aliases without the canonical name."""
        return tuple(alias for alias in self.aliases if alias.text != self.name)


QuestionKind = Literal[
    "short",
    "same",
    "shared",
    "kind_person",
    "kind_organization",
    "kind_place",
    "weak_person",
    "weak_organization",
    "weak_place",
]
"""What is not sure of a name: for whom it is short, who shares it, of which kind it is."""


@dataclass(frozen=True, slots=True)
class OpenQuestion:
    """Something about a name that nobody could decide, for people to look at."""

    name: str
    kind: QuestionKind
    mentions: int
    """How many mentions hang on it."""
    remedy: str
    """The lines for corrections.yml that would settle it."""
    other_names: tuple[str, ...] = ()
    """The other names that it is about."""
    documents: int = 0
    """In how many documents there is weak evidence, where that is the doubt."""


@dataclass(frozen=True, slots=True)
class EntityRegistry:
    """Who is who: every entity of the corpus, and which name means which."""

    entities: dict[EntityId, Entity] = field(default_factory=dict)
    by_name: dict[NameKey, EntityId] = field(default_factory=dict)
    decided: frozenset[NameKey] = frozenset()
    """Names of which a person said whose they are: for these, weak evidence is enough."""
    open_questions: tuple[OpenQuestion, ...] = ()
    """What is left open, most consequential first."""
    moved: dict[NameKey, Address] = field(default_factory=dict)
    """Names that would have a page if no person had decided, and where theirs is instead."""

    def entity_of(self, mention: Mention | NameUsage) -> Entity | None:
        """Say whom a mention means; None when that is not sure."""
        key = (mention.kind, mention.name)
        if not (mention.strong or key in self.decided) or key not in self.by_name:
            return None
        return self.entities[self.by_name[key]]
