"""Corrections: what people decided, as frozen values, each with its line in corrections.yml."""

from __future__ import annotations

from typing import Generic, TypeAlias, TypeVar

import msgspec

from generator.model import NO_FACTS, EntityKind, Extracted, NameFacts, SeedPath, Withdrawal
from generator.model.structure_rules import StructureRules

T = TypeVar("T")

FILE = "corrections.yml"
"""The name of the file in the seeds folder, and the rule of a value that was corrected."""

NAMES_FILE = "names.csv"
"""The name of the list of names in the seeds folder."""

METADATA_FILE = "metadata.csv"
"""The name of the table of documents in the seeds folder, and the rule of a value in it."""


Decided: TypeAlias = Extracted[str | None] | None
"""What a person decided about a value that may be unknown; None where nothing is decided."""


class DocumentCorrection(msgspec.Struct, frozen=True):
    """The corrected values of one document; None where nothing is corrected.

    `Extracted(None)` and `()` mean that the value is unknown and stays so.
    """

    source: SeedPath
    line: int
    title: Extracted[str] | None = None
    subtitle: Decided = None
    """The standfirst of its page."""
    authors: tuple[Extracted[str], ...] | None = None
    date: Decided = None
    place: Decided = None
    """Where it was written."""
    sender: Decided = None
    recipient: Decided = None
    collection: Decided = None
    rights: Decided = None
    language: Decided = None
    section: Decided = None
    genre: Decided = None
    withdrawn: Withdrawal | None = None
    release_line: int | None = None
    """The line with `withdrawn: false`: the document is shown even as a copy of a withdrawn one."""
    release_pattern: str | None = None
    """A pattern with `withdrawn: false`: being similar to a withdrawn text does not hide it."""


class NameEntry(msgspec.Struct, Generic[T], frozen=True):
    """A correction of one name."""

    name: str
    value: T
    line: int


class ParagraphPath(msgspec.Struct, frozen=True):
    """A paragraph of a document."""

    source: SeedPath
    paragraph: str
    """Its id, as the page of the document has it."""


class SplitTarget(msgspec.Struct, frozen=True):
    """One of the entities into which a name is split, and where it is meant."""

    name: str
    documents: tuple[SeedPath, ...]
    """The documents in which it is meant everywhere."""
    line: int
    kind: EntityKind | None = None
    """Its kind, if it is the name of another file that says so."""
    paragraphs: tuple[ParagraphPath, ...] = ()
    """Single paragraphs of other documents in which it is meant."""


class MentionCorrection(msgspec.Struct, frozen=True):
    """Whom certain words in a paragraph of one document mean."""

    source: SeedPath
    paragraph: str
    """The id of the paragraph, as its page has it."""
    words: str
    means: str | None
    """A name; None if the words are not a name."""
    line: int
    full_name: str | None = None
    """A split name; then every mention of it in the paragraph is corrected, whatever its words."""


class AuthorityRecord(msgspec.Struct, frozen=True):
    """A row of names.csv, the project's authority file: an entity that documents mention.

    Its name is called an authority name.
    """

    name: str
    """The name of its page; no other row has it with the same kind."""
    kind: EntityKind
    forms: tuple[str, ...]
    """Its names in documents; two rows may share a form."""
    line: int
    facts: NameFacts = NO_FACTS
    same_as: tuple[str, ...] = ()
    """URLs of the same entity on other sites."""


class NameCorrections(msgspec.Struct, frozen=True):
    """The corrections of names, each map in the order of the file.

    No name is merged into two others, or into itself, directly or in a circle. No document of a
    split name belongs to two of its parts.
    """

    merge: tuple[NameEntry[tuple[str, ...]], ...] = ()
    """The name that stays, and the names that become its aliases."""
    split: tuple[NameEntry[tuple[SplitTarget, ...]], ...] = ()
    """A name of several entities, and its parts; in other documents the name stays as it is."""
    rename: tuple[NameEntry[str], ...] = ()
    """The name as it is in documents, and the name of its page."""
    kind: tuple[NameEntry[EntityKind], ...] = ()
    suppress: tuple[NameEntry[None], ...] = ()
    """Texts that are not names: no page, no link, no mention."""
    same_as: tuple[NameEntry[tuple[str, ...]], ...] = ()
    """The name, and http or https URLs of the same entity on other sites."""
    mentions: tuple[MentionCorrection, ...] = ()
    """Single mentions; no two are about the same words in the same paragraph."""
    authority_records: tuple[AuthorityRecord, ...] = ()
    """The rows of names.csv."""


NO_CORRECTIONS = NameCorrections()


class StructureEntry(msgspec.Struct, frozen=True):
    """The decisions about the structure of a document, or of all in a folder."""

    path: SeedPath
    """That of a folder ends with a slash."""
    line: int
    rules: StructureRules


class Corrections(msgspec.Struct, frozen=True):
    """The content of corrections.yml."""

    documents: tuple[DocumentCorrection, ...] = ()
    names: NameCorrections = NO_CORRECTIONS
    structure: tuple[StructureEntry, ...] = ()
    unclear_lines: tuple[int, ...] = ()
    """Lines that may withdraw a document but cannot be read: nothing may be published."""
