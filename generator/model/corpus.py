"""All documents together, and how they stand to each other."""

from __future__ import annotations

from dataclasses import dataclass, field

from generator.model.documents import Document, SeedPath, Withdrawn
from generator.model.names import Mention, Register
from generator.model.pages import Address


@dataclass(frozen=True, slots=True)
class Neighbour:
    """A document that stands near another one, and what the two share."""

    source: SeedPath
    cosine: float
    """How near, from 0 to 1, by the weights of the terms in common."""
    names: tuple[str, ...]
    """Entities that both speak of, the rarest in the corpus first."""
    terms: tuple[str, ...]
    """Words in both that are rare in the corpus, the weightiest first."""
    same_week: bool
    """Whether their dates are known to the day and less than seven days apart."""


@dataclass(frozen=True, slots=True)
class Kinship:
    """A document's place among the others: its other versions, and its neighbours."""

    source: SeedPath
    versions: tuple[SeedPath, ...] = ()
    """Documents with (nearly) the same words, in the order of the corpus."""
    related: tuple[Neighbour, ...] = ()
    """The nearest documents that are no versions, nearest first, each with its reason."""


@dataclass(frozen=True, slots=True)
class Author:
    """A person whose byline stands over at least one document."""

    name: str
    address: Address
    documents: tuple[SeedPath, ...]


@dataclass(frozen=True, slots=True)
class Corpus:
    """All documents together, in the order of time, each with its address."""

    documents: tuple[Document, ...]
    addresses: dict[SeedPath, Address]  # of what is left of withdrawn documents too
    authors: tuple[Author, ...] = ()
    withdrawn: tuple[Withdrawn, ...] = ()
    mentions: dict[SeedPath, tuple[Mention, ...]] = field(default_factory=dict)
    """The names in each document, in the order of its text."""
    register: Register = field(default_factory=Register)
    kinship: dict[SeedPath, Kinship] = field(default_factory=dict)
    """The versions and the neighbours of each document."""
    by_source: dict[SeedPath, Document] = field(default_factory=dict)
    sign_by_sign: frozenset[SeedPath] = frozenset()  # would be changed if written as Markdown
