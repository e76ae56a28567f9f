"""Seeds and what is read from them: texts in blocks, what they say of themselves, every change."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import Generic, Literal, NewType, TypeVar

SeedPath = NewType("SeedPath", str)
"""A seed's path below the seeds folder, with forward slashes on every system."""


T = TypeVar("T")


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
class Extracted(Generic[T]):
    """A value with its evidence: the rule that took it, and where it stands in the source."""

    value: T
    rule: str
    line: int | None = None
    """The line of the source, counted from 1; None when the value is not from the text."""
    quote: str = ""
    """The words of the source that say so."""


@dataclass(frozen=True, slots=True)
class AmbiguousDate:
    """A date in figures, such as 03/04/2021, read both ways: ISO days.

    One is empty where the calendar has no such day; the other then tells the writer's order.
    """

    day_first: str
    month_first: str


@dataclass(frozen=True, slots=True)
class Metadata:
    """What a document says of itself; None and empty mean unknown, never guessed."""

    title: Extracted[str]
    authors: tuple[Extracted[str], ...] = ()
    date: Extracted[str] | None = None
    """An EDTF level-1 string: `2021-06-28`, `2021-06`, `2021`, `1984~`, `2004-06/2006-08`."""
    language: Extracted[str] | None = None
    """A BCP 47 tag."""
    description: str = ""
    """The first sentences of the body, at most 200 characters."""
    standfirst: Extracted[str] | None = None
    """The summary between title and byline; the page's head shows it, the article does not."""
    section: Extracted[str] | None = None
    """The part of a publication it stood in: `Politics`."""
    publication: Extracted[str] | None = None
    """The paper or agency that the text came from, where it is marked as such."""
    dateline: Extracted[str] | None = None
    """The place before the first sentence, as printed; the article keeps it."""
    ambiguous_date: Extracted[AmbiguousDate] | None = None
    """The date as figures, where it was written so: what the corpus needs to find its order."""

    @property
    def open_date(self) -> str:
        """Return the date as it is written, while it has two readings and nobody has decided."""
        found = self.ambiguous_date
        undecided = self.date is None and found and found.value.day_first
        return found.quote if undecided and found and found.value.month_first else ""


@dataclass(frozen=True, slots=True)
class DocumentRecord:
    """A document without its text: all that lists and other documents' pages need of it.

    Some 2 kB, however long the text: the records of a whole corpus fit into memory.
    """

    source: SeedPath
    digest: str
    """SHA-256 of the seed's bytes."""
    encoding: str
    metadata: Metadata
    words: int = 0
    repairs: tuple[tuple[str, int], ...] = ()
    """Each step of the ledger: its rule, and how many places it changed."""
    wording: str = ""
    """Digest of its letters and digits; empty where it has none."""


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
    wording: str = ""
    """Digest of its letters and digits; empty where it has none."""

    @property
    def text(self) -> str:
        """The whole text that the page shows: blocks joined by empty lines."""
        return "\n\n".join(block.text for block in self.blocks)

    @property
    def words(self) -> int:
        """How many words stand in the text, separated by white space."""
        return sum(len(block.text.split()) for block in self.blocks)

    @property
    def repairs(self) -> tuple[tuple[str, int], ...]:
        """Each step of the ledger: its rule, and how many places it changed."""
        return tuple((step.rule, len(step.changes)) for step in self.ledger)

    @property
    def record(self) -> DocumentRecord:
        """The document without its text."""
        return DocumentRecord(
            self.source,
            self.digest,
            self.encoding,
            self.metadata,
            self.words,
            self.repairs,
            self.wording,
        )


AnyDocument = Document | DocumentRecord
"""A document, with its text or without."""

D = TypeVar("D", Document, DocumentRecord)
"""One of both, and the same one given back."""


@dataclass(frozen=True, slots=True)
class Withdrawal:
    """Why and since when (EDTF) a document is not to be read, and where people said so."""

    reason: str
    date: str = ""
    line: int = 0


@dataclass(frozen=True, slots=True)
class WithdrawnDocument:
    """What is left of a document that people took back: nothing of its words."""

    source: SeedPath
    withdrawal: Withdrawal
    digest: str
    title: str = ""  # as people gave it with the withdrawal; never that of the text
    wording: str = ""
    """Digest of its letters and digits; empty where that is unknown."""
