"""The nouns of Seedbed: frozen values that the stages hand to each other."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from typing import Generic, Literal, NewType, TypeVar

SeedPath = NewType("SeedPath", str)
"""A seed's path below the seeds folder, with forward slashes on every system."""

PagePath = NewType("PagePath", str)
"""A file's path below the docs folder, such as `documents/2021/a-title/index.md`."""

Address = NewType("Address", str)
"""A page's URL below the site's root, such as `documents/2021/a-title/`."""

T = TypeVar("T")


class SeedbedError(Exception):
    """A reason to stop at once: what is wrong, where, and what to do now."""

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint

    def __str__(self) -> str:
        return f"{self.message}. {self.hint}".rstrip(". ") if self.hint else self.message


@dataclass(frozen=True, slots=True)
class Seed:
    """One file of the corpus, as it lies on disk."""

    path: SeedPath
    data: bytes

    @property
    def digest(self) -> str:
        """SHA-256 of the bytes, in hexadecimal."""
        return hashlib.sha256(self.data).hexdigest()


@dataclass(frozen=True, slots=True)
class Decoding:
    """The text of a seed, and how its bytes were read."""

    text: str
    encoding: str
    """The codec, by its Python name."""
    reason: str
    """Why this codec, in words for people."""
    repaired: int = 0
    """How many single bytes were no valid UTF-8 and were read as Windows-1252."""


@dataclass(frozen=True, slots=True)
class Change:
    """One place where the text was changed: `before` stood at `start`, now `after` does."""

    start: int
    """Where, in characters, in the text that the step was given."""
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Step:
    """All that one rule changed in one text, in the order of the text."""

    rule: str
    changes: tuple[Change, ...]


Ledger = tuple[Step, ...]
"""Every change from the decoded source to the page's text, in the order they were made."""

BlockKind = Literal["paragraph", "footer"]


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of a text, from `start` up to but without `end`, in characters."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph of plain text; line feeds in it are line breaks that readers see."""

    kind: BlockKind
    text: str
    emphasis: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True)
class Found(Generic[T]):
    """A value with its evidence: the rule that took it, and where it stands in the source."""

    value: T
    rule: str
    line: int | None = None
    """The line of the source, counted from 1; None when the value is not from the text."""
    quote: str = ""
    """The words of the source that say so."""


@dataclass(frozen=True, slots=True)
class Figures:
    """A date in figures, such as 03/04/2021, read both ways: ISO days.

    One is empty where the calendar has no such day; the other then tells the writer's order.
    """

    day_first: str
    month_first: str


@dataclass(frozen=True, slots=True)
class Metadata:
    """What a document says of itself; None and empty mean unknown, never guessed."""

    title: Found[str]
    authors: tuple[Found[str], ...] = ()
    date: Found[str] | None = None
    """An EDTF level-1 string: `2021-06-28`, `2021-06`, `2021`, `1984~`, `2004-06/2006-08`."""
    language: Found[str] | None = None
    """A BCP 47 tag."""
    description: str = ""
    """The first sentences of the body, at most 200 characters."""
    standfirst: Found[str] | None = None
    """The summary between title and byline; the page's head shows it, the article does not."""
    section: Found[str] | None = None
    """The part of a publication it stood in: `Politics`."""
    publication: Found[str] | None = None
    """The paper or agency that the text came from, where it is marked as such."""
    dateline: Found[str] | None = None
    """The place before the first sentence, as printed; the article keeps it."""
    figures: Found[Figures] | None = None
    """The date as figures, where it was written so: what the corpus needs to find its order."""


@dataclass(frozen=True, slots=True)
class Document:
    """One seed, read: its text in blocks, what it says of itself, and every change made."""

    source: SeedPath
    digest: str
    encoding: str
    encoding_reason: str
    blocks: tuple[Block, ...]
    ledger: Ledger
    metadata: Metadata

    @property
    def text(self) -> str:
        """The whole text that the page shows: blocks joined by empty lines."""
        return "\n\n".join(block.text for block in self.blocks)

    @property
    def words(self) -> int:
        """How many words stand in the text, separated by white space."""
        return sum(len(block.text.split()) for block in self.blocks)


@dataclass(frozen=True, slots=True)
class Withdrawal:
    """Why and since when (EDTF) a document is not to be read, and where people said so."""

    reason: str
    date: str = ""
    line: int = 0


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


@dataclass(frozen=True, slots=True)
class Doubt:
    """Something about a name that nobody could decide, for people to look at."""

    name: str
    question: str
    """What is not sure, in words for people."""
    mentions: int
    """How many mentions hang on it."""
    remedy: str
    """The lines for corrections.yml that would settle it."""


@dataclass(frozen=True, slots=True)
class Register:
    """Who is who: every entity of the corpus, and which name means which."""

    entities: dict[EntityId, Entity] = field(default_factory=dict)
    by_name: dict[NameKey, EntityId] = field(default_factory=dict)
    decided: frozenset[NameKey] = frozenset()
    """Names of which a person said whose they are: for these, weak evidence is enough."""
    doubts: tuple[Doubt, ...] = ()
    """What is left open, most consequential first."""
    moved: dict[Address, Address] = field(default_factory=dict)
    """Addresses that entities would have if no person had decided, and where they are instead."""

    def entity_of(self, mention: Mention) -> Entity | None:
        """Say whom a mention means; None when that is not sure."""
        key = (mention.kind, mention.name)
        if not (mention.strong or key in self.decided) or key not in self.by_name:
            return None
        return self.entities[self.by_name[key]]


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
class Permalink:
    """The address of a seed, which stays when its title or its file's name changes."""

    seed: SeedPath
    address: Address
    published: tuple[Address, ...]
    """Every address that it ever had, oldest first; those that it has no more lead to it."""
    digest: str
    """SHA-256 of the bytes, by which a renamed file is known again."""


@dataclass(frozen=True, slots=True)
class Withdrawn:
    """What is left of a document that people took back: nothing of its words."""

    source: SeedPath
    withdrawal: Withdrawal
    digest: str
    title: str = ""  # as people gave it with the withdrawal; never that of the text


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


@dataclass(frozen=True, slots=True)
class OutputFile:
    """A file to be written below the docs folder."""

    path: PagePath
    data: bytes


@dataclass(frozen=True, slots=True)
class PageFigures:
    """What became of the site's pages, but for those that the navigation shows."""

    rendered: int = 0
    unchanged: int = 0
    removed: int = 0


Severity = Literal["error", "warning"]


@dataclass(frozen=True, slots=True)
class Problem:
    """Something a person should know: a stable code, where, what, and what to do now."""

    code: str
    source: str
    message: str
    hint: str
    line: int | None = None
    severity: Severity = "error"
    """An error costs the seed its page; a warning leaves one thing open."""

    def __str__(self) -> str:
        where = f"{self.source}:{self.line}" if self.line else self.source
        told = f"{where}: {self.code} {self.message}. {self.hint}"
        return "".join(sign if sign.isprintable() else ascii(sign)[1:-1] for sign in told)


@dataclass(frozen=True, slots=True)
class Report:
    """What one run made of the corpus."""

    documents: int = 0
    words: int = 0
    written: int = 0
    unchanged: int = 0
    removed: int = 0
    problems: tuple[Problem, ...] = field(default=())

    @property
    def errors(self) -> int:
        """How many seeds got no page."""
        return sum(problem.severity == "error" for problem in self.problems)
