"""Names in texts, and the entities that they mean."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Literal, NewType, TypeAlias

import msgspec

from generator.model.documents import SeedPath
from generator.model.pages import Address

EntityKind: TypeAlias = str
"""`person`, `organization` or `place`, or a word of a person's own, such as `ship`."""


UNKNOWN_KIND: EntityKind = "unknown"
"""The kind of a name without evidence. It counts only if other documents say what it is."""


def has_kind(kind: EntityKind) -> bool:
    """Whether a kind is one of those that the site shows."""
    return kind != UNKNOWN_KIND


FOUND_KINDS: tuple[EntityKind, ...] = ("person", "organization", "place")
"""The kinds that rules find; every other kind is one that a person named."""

_RESERVED_KINDS = frozenset({"author", "document", "language", "page", "section", "year"})
"""Words that the search uses for something else."""

_KIND = re.compile(r"(?=.{1,40}\Z)[^\W\d_]+(?:[ -][^\W\d_]+)*")


def is_kind(text: str) -> bool:
    """Whether a text can be a kind: a few words in lower case that the site does not use itself."""
    is_plain = _KIND.fullmatch(text) is not None and text == text.casefold()
    return is_plain and text not in _RESERVED_KINDS


class Mention(msgspec.Struct, frozen=True, gc=False):
    """A name in a text: its position, its kind and the evidence for it."""

    block: int
    """The index of the block in the document, counted from 0."""
    start: int
    end: int
    """Start and end are positions in the text of that block, in characters."""
    text: str
    kind: EntityKind
    score: float
    """The weight of the evidence for the kind; comparable only between mentions of one kind."""
    strong: bool
    """Whether the evidence is sufficient for a page and a link."""
    reasons: tuple[str, ...]
    """The rules that matched, each in words for users: `title: President`."""
    name: str | None
    """The fullest form of this name in the same document: `Luis Arce` for `Arce`. The text itself
    if there is no other; None if two people of the document share it and the text is ambiguous.
    A surname whose title fits nobody in the document keeps its title: `Mrs. Storr`."""
    title: str | None = None
    """The title before it."""
    contested: bool = False
    """Whether the evidence for another kind is nearly as good."""

    @property
    def has_kind(self) -> bool:
        """Whether there is evidence for a kind."""
        return has_kind(self.kind)

    @property
    def awaits_kind(self) -> bool:
        """Whether a person decided what it means, but only other documents tell its kind."""
        return self.strong and not self.has_kind


class NameUsage(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """How a document uses a name: in which form, with which evidence, and how often.

    A corpus has hundreds of thousands of them, and every run reads them all several times. A struct
    is read in a third of the time that a dataclass takes.
    """

    kind: EntityKind
    name: str | None
    """The fullest form in the document, as mentions have it; None if the text is ambiguous."""
    text: str
    strong: bool
    count: int
    title: str | None = None
    """The title before it."""
    contested: bool = False
    """Whether the evidence for another kind is nearly as good."""

    @property
    def has_kind(self) -> bool:
        """Whether there is evidence for a kind."""
        return has_kind(self.kind)

    @property
    def awaits_kind(self) -> bool:
        """Whether a person decided what it means, but only other documents tell its kind."""
        return self.strong and not self.has_kind


EntityId = NewType("EntityId", str)
"""An entity's stable id: its kind and a slug of its name, such as `people/luis-arce`."""


NameKey = tuple[EntityKind, str]
"""A name as written in documents, with its kind: `("person", "Luis Arce")`."""


class Alias(msgspec.Struct, array_like=True, frozen=True, gc=False):
    """A form of a name in the corpus, and the number of its mentions."""

    text: str
    mentions: int


class NameFacts(msgspec.Struct, array_like=True, frozen=True, gc=False):
    """Facts about a name, as a person gave them; None if unknown."""

    born: str | None = None
    died: str | None = None
    """Both are dates as EDTF."""
    first: str | None = None
    last: str | None = None
    """Only documents between these dates (EDTF) mean it: a ship sailed, a captain served."""
    latitude: float | None = None
    longitude: float | None = None
    """In degrees, north and east; both are known, or neither."""
    note: str | None = None
    """A sentence for its page, as plain text."""


NO_FACTS = NameFacts()


class Entity(msgspec.Struct, array_like=True, frozen=True, gc=False):
    """A person, organization or place that documents mention, or something else with a name."""

    id: EntityId
    kind: EntityKind
    name: str
    address: Address | None
    """The address of its page; None if the evidence is not sufficient for one."""
    aliases: tuple[Alias, ...]
    """Every form of the name in the corpus including the canonical one, most frequent first."""
    documents: int
    """The number of documents that mention it."""
    mentions: int
    reasons: tuple[str, ...] = ()
    """Why its names were merged and why it has a page or not, in words for users."""
    same_as: tuple[str, ...] = ()
    """URLs of the same entity on other sites, from people."""
    facts: NameFacts = NO_FACTS
    is_clear: bool = True
    """Whether it is certain to be a name of this kind, as in the index of names."""
    open_mentions: int = 0
    """The number of further mentions that may mean it, but are left open."""
    role: str | None = None
    """The title that documents give a person, such as `Captain`; None if there is no usual one."""

    @property
    def other_names(self) -> tuple[Alias, ...]:
        """The aliases without the canonical name."""
        return tuple(alias for alias in self.aliases if alias.text != self.name)


QuestionKind = Literal[
    "short",
    "same",
    "shared",
    "shared_in_names_file",
    "outside_dates",
    "namesakes",
    "kind_person",
    "kind_organization",
    "kind_place",
    "weak_person",
    "weak_organization",
    "weak_place",
    "weak_ship",
]
"""What is uncertain about a name: its full form, who shares it, its kind, or its evidence."""


class OpenQuestion(msgspec.Struct, frozen=True):
    """Something about a name that the rules cannot decide, for people to look at."""

    name: str
    kind: QuestionKind
    mentions: int
    """The number of mentions that it concerns."""
    remedy: str
    """The lines for corrections.yml that would answer it."""
    other_names: tuple[str, ...] = ()
    """The other names that it concerns."""
    documents: int = 0
    """The number of documents with weak evidence, if that is the question."""
    gains: int = 0
    """The number of these mentions that lead nowhere now and would lead to a page."""

    @property
    def effect(self) -> int:
        """How much an answer would change: mentions that lead elsewhere, and twice those gained."""
        return self.mentions + self.gains


WeakEvidence = Literal["none", "uncontested", "all"]
"""Which weak evidence is sufficient: none, that which no other kind contests, or all."""


def is_sufficient(mention: Mention | NameUsage, weak_evidence: WeakEvidence) -> bool:
    """Whether the evidence of a mention is sufficient; `weak_evidence` says which weak one is."""
    if mention.strong or weak_evidence == "all":
        return True
    return weak_evidence == "uncontested" and not mention.contested


class EntityRegistry(msgspec.Struct, frozen=True):
    """Every entity of the corpus, and the entity that each name means."""

    entities: dict[EntityId, Entity] = msgspec.field(default_factory=dict)
    by_name: dict[NameKey, EntityId] = msgspec.field(default_factory=dict)
    by_document: dict[SeedPath, dict[NameKey, EntityId | None]] = msgspec.field(
        default_factory=dict
    )
    """Names that mean another entity in a document than `by_name` says, or None: no known entity.
    Weak evidence is sufficient for them."""
    decided: frozenset[NameKey] = frozenset()
    """Names for which corrections name the entity: weak evidence is sufficient for them."""
    settled: frozenset[NameKey] = frozenset()
    """Names that other documents make certain: weak evidence is sufficient unless it is
    contested."""
    open_questions: tuple[OpenQuestion, ...] = ()
    """Those that concern most mentions first."""
    moved: dict[NameKey, Address] = msgspec.field(default_factory=dict)
    """Names that would have a page without corrections, and the address that replaces it."""

    def entity_of(
        self, mention: Mention | NameUsage, source: SeedPath | None = None
    ) -> Entity | None:
        """Return the entity that a mention in a document means; None if that is not certain."""
        exceptions = self.by_document.get(source, {}) if source is not None else {}
        entity = self.id_of(mention, exceptions)
        return None if entity is None else self.entities[entity]

    def id_of(
        self, mention: Mention | NameUsage, exceptions: Mapping[NameKey, EntityId | None]
    ) -> EntityId | None:
        """Return the id of this entity; `exceptions` are those of the document."""
        if mention.name is None:
            return None
        key = (mention.kind, mention.name)
        if exceptions and key in exceptions:
            return exceptions[key]
        entity = self.by_name.get(key)
        if entity is None or mention.strong:  # mostly, and then the evidence is sufficient
            return entity
        return entity if is_sufficient(mention, self.weak_evidence(key)) else None

    def weak_evidence(self, name: NameKey) -> WeakEvidence:
        """Return which weak evidence is sufficient for a name."""
        if name in self.decided:
            return "all"
        return "uncontested" if name in self.settled else "none"
