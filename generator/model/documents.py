"""Seeds and documents: the text in blocks, the metadata and every change to the text."""

from __future__ import annotations

import hashlib
import unicodedata
from functools import cached_property
from typing import Generic, NewType, TypeVar

import msgspec

from generator.model.blocks import Block
from generator.model.origins import FileOrigin
from generator.model.pictures import Picture
from generator.model.spacing import count_words
from generator.model.well_formed import well_formed

SeedPath = NewType("SeedPath", str)
"""A seed's path below the seeds folder, with forward slashes on every system."""


def composed(path: str) -> str:
    """Return a path in Unicode's composed form (NFC): files may have an accent as two characters.

    Two paths that look the same are equal in this form.
    """
    return unicodedata.normalize("NFC", path)


T = TypeVar("T")


class Seed(msgspec.Struct, frozen=True):
    """One file of the corpus with its bytes."""

    path: SeedPath
    data: bytes
    container_digest: str | None = None
    """That of the file in which this is a part; None if it is a file itself."""

    @property
    def digest(self) -> str:
        """SHA-256 of the bytes, in hexadecimal."""
        return hashlib.sha256(self.data).hexdigest()

    @property
    def file_digest(self) -> str:
        """SHA-256 of the file that this is, or is in, as it was when it was read."""
        return self.container_digest or self.digest


class Decoding(msgspec.Struct, frozen=True):
    """The text of a seed, and how its bytes were decoded."""

    text: str
    encoding: str
    """The codec, by its Python name."""
    reason: str
    """Why this codec was chosen, for users."""
    repaired: int = 0
    """The number of bytes that were not valid UTF-8 and were decoded as Windows-1252."""


class Change(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """A replacement in a text: `before`, from position `start` on, became `after`.

    A text has one for each of its line breaks, and a struct is made in a tenth of the time of a
    dataclass.
    """

    start: int
    """The position in the text before the step, in characters."""
    before: str
    after: str


class Step(msgspec.Struct, frozen=True, gc=False):
    """All changes of one rule to one text, in the order of the text."""

    rule: str
    changes: tuple[Change, ...]


Ledger = tuple[Step, ...]
"""Every change from the decoded source to the text of the page, in the order of the steps."""


class Extracted(msgspec.Struct, Generic[T], frozen=True, array_like=True, gc=False):
    """A value with its evidence: the rule that extracted it, and its line in the source."""

    value: T
    rule: str
    line: int | None = None
    """The line of the source, counted from 1; None when the value is not from the text."""
    quote: str | None = None
    """The words of the source that contain the value; None when it is not from the text."""


FIRST_WORDS = "first words of the text"
"""The rule of a title that stands for a missing one."""

CORRESPONDENTS = "correspondents of the letter"
"""The rule of a title that says who wrote to whom."""


class TitleNote(msgspec.Struct, frozen=True):
    """The reference to a note at the end of a title, which is not a part of the title."""

    sign: str
    """As printed, with the space before it if there is one."""
    number: str
    """The number of the note, counted in the document."""


GENRES = tuple("article letter diary play interview poem minutes report table list".split())
"""The kinds of documents that have a layout of their own."""


class AmbiguousDate(msgspec.Struct, frozen=True):
    """Both readings, as ISO dates, of a date in digits such as 03/04/2021.

    One is None if the calendar has no such day; the other one is then the date.
    """

    day_first: str | None
    month_first: str | None


class Metadata(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """The metadata of a document; None and () mean unknown, and nothing is guessed."""

    title: Extracted[str]
    title_note: TitleNote | None = None
    printed_title: Extracted[str] | None = None
    """The title that the text prints, if a person gave one without its words."""
    authors: tuple[Extracted[str], ...] = ()
    date: Extracted[str] | None = None
    """An EDTF level-1 string: `2021-06-28`, `2021-06`, `2021`, `1984~`, `2004-06/2006-08`."""
    language: Extracted[str] | None = None
    """A BCP 47 tag."""
    description: str | None = None
    """The first sentences of the body, at most 200 characters; None for a body without words."""
    standfirst: Extracted[str] | None = None
    """The summary between title and byline; the page's head shows it, the article does not."""
    section: Extracted[str] | None = None
    """The section of the publication: `Politics`."""
    publication: Extracted[str] | None = None
    """The newspaper or agency that published the text, if it is labelled as such."""
    dateline: Extracted[str] | None = None
    """The place before the first sentence, as printed; it stays in the article too."""
    ambiguous_date: Extracted[AmbiguousDate] | None = None
    """The readings of a date in digits; other documents show the order of day and month."""
    genre: Extracted[str] | None = None
    """The kind of document, one of `GENRES`."""
    sender: Extracted[str] | None = None
    """Who wrote a letter, as printed; an author too, if it is the name of a person."""
    recipient: Extracted[str] | None = None
    """To whom a letter is written, as printed."""
    place: Extracted[str] | None = None
    """Where a letter or an entry was written, as printed."""
    collection: Extracted[str] | None = None
    """The title or folder of its collection, as a person gave it; else it is that of its folder."""
    rights: Extracted[str] | None = None
    """Who may use the text and how, as stated; see `generator.text.rights`."""

    @property
    def has_title(self) -> bool:
        """Whether the text or a person gives a title, and not only words that stand for one."""
        return not self.is_untitled and self.title.rule != CORRESPONDENTS

    @property
    def has_head(self) -> bool:
        """Whether it is known who wrote to whom, or where."""
        return bool(self.sender or self.recipient or self.place)

    @property
    def is_untitled(self) -> bool:
        """Whether nothing gives a title: its first words, or the name of its file, replace it."""
        return self.title.rule in {FIRST_WORDS, "file name"}

    @property
    def open_date(self) -> str | None:
        """The date as written, while both readings are possible."""
        date = self.ambiguous_date
        if self.date is None and date and date.value.day_first and date.value.month_first:
            return date.quote
        return None


class DocumentRecord(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """A document without its text, as lists and other documents' pages need it.

    It takes some 1.5 kB for a text of any length, so the records of a whole corpus fit into memory.
    """

    source: SeedPath
    digest: str
    """SHA-256 of the seed's bytes."""
    encoding: str
    metadata: Metadata
    words: int = 0
    repairs: tuple[tuple[str, int], ...] = ()
    """For each step of the ledger its rule and the number of its changes."""
    wording: str | None = None
    """Digest of the letters and digits; None if there are none."""
    rules: str | None = None
    """Digest of what people decided about its structure; None if they decided nothing."""
    origin: FileOrigin | None = None
    """How the file was read; None for plain text."""
    pictures: tuple[Picture, ...] = ()
    """The pictures that marks of its blocks have the numbers of."""

    @property
    def folder(self) -> str:
        """The folder of its collection: the one that a person named, or that of its file."""
        named = self.metadata.collection
        return named.value if named else self.source.rpartition("/")[0]


class Document(msgspec.Struct, frozen=True, dict=True):
    """A seed that was read: its text in blocks, its metadata and every change."""

    source: SeedPath
    digest: str
    encoding: str
    encoding_reason: str | None
    """How the bytes were decoded, for users; None if the format leaves no choice."""
    blocks: tuple[Block, ...]
    ledger: Ledger
    metadata: Metadata
    wording: str | None = None
    """Digest of the letters and digits; None if there are none."""
    rules: str | None = None
    """Digest of what people decided about its structure; None if they decided nothing."""
    origin: FileOrigin | None = None
    """How the file was read; None for plain text."""
    pictures: tuple[Picture, ...] = ()
    """The pictures that marks of its blocks have the numbers of."""

    @property
    def text(self) -> str:
        """The text of the page: the blocks, joined by empty lines."""
        return "\n\n".join(block.text for block in self.blocks)

    @property
    def headings(self) -> str:
        """The headings inside the text, one in a line."""
        return "\n".join(block.text for block in self.blocks if block.kind == "heading")

    @cached_property  # all files of the document need them
    def shown_blocks(self) -> tuple[Block, ...]:
        """The blocks as a page can show them."""
        return well_formed(self.blocks)

    @cached_property  # both the page and the data files of the site have it
    def words(self) -> int:
        """The number of words in the text, separated by white space."""
        return sum([count_words(block.text) for block in self.blocks])

    @property
    def repairs(self) -> tuple[tuple[str, int], ...]:
        """For each step of the ledger its rule and the number of its changes."""
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
            self.rules,
            self.origin,
            self.pictures,
        )


AnyDocument = Document | DocumentRecord
"""A document, with its text or without."""

D = TypeVar("D", Document, DocumentRecord)
"""The type of a document, where a function returns the type that it gets."""


class Withdrawal(msgspec.Struct, frozen=True):
    """Why and since when (EDTF) a document is withdrawn, and the line of corrections.yml."""

    reason: str | None
    date: str | None = None
    line: int = 0


class WithdrawnDocument(msgspec.Struct, frozen=True):
    """A withdrawn document, without its text."""

    source: SeedPath
    withdrawal: Withdrawal
    digest: str
    title: str | None = None
    """From corrections.yml, never from the text."""
    wording: str | None = None
    """Digest of the letters and digits; None if there are none, or it is unknown."""
