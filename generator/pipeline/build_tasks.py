"""The tasks of a build, and the tables of the database in which they save values."""

from __future__ import annotations

from typing import NamedTuple

import msgspec
from msgspec import structs

from generator.engine.database import Database
from generator.engine.encoding import get_value
from generator.engine.tasks import PROGRAM, Task
from generator.model import (
    Document,
    DocumentRecord,
    EntityId,
    NameUsage,
    Problem,
    SeedPath,
)
from generator.model.pictures import MeasuredPicture
from generator.pipeline.background_tasks import (
    DOCUMENT_PARTS,
    DOCUMENTS,
    JSONL_LINES,
    TABLE_FILES,
    TERM_IDS,
)
from generator.reading.formats.parts import FoundParts

SEED_DIGESTS, PICTURE_DIGESTS = "seed digests", "picture digests"
CONTAINER_DIGESTS = "container digests"
"""The digests of files, by what they are asked for."""

CONTENT = "the content of the seed"
"""An input of several tasks."""

CASE_COUNTS = "case counts"
"""How often each word of a document is capitalized."""
CASE_COUNTS_BY_ID = "case counts by id"
"""The same with ids for words."""
CASE_SUMS = "case sums"
"""The sums of the counts of all documents."""
HINT_DIGESTS = "digests of name hints"
"""One value: the digests of the hints of all documents."""
NAME_HINTS = "name hints"
"""Hints: for each word of a document, whether the corpus always, sometimes or never capitalizes
it."""
RECORD_STATES = "records"
"""The states of the records of documents."""
TEXT_PROFILES = "text profiles"
"""The words of a document, counted (`text.text_profile`)."""
NAME_USAGES = "name usages"
"""The names of a document with their counts, and a digest of its mentions."""
MENTIONS = "mentions"
"""Every mention in a document."""
QUOTES = "quotes"
"""The sentences of a document, by the entity that they mention."""
NAME_PLACES = "name places"
"""The paragraphs of a document with names that have no page, by entity."""


class ReadResult(msgspec.Struct, array_like=True, frozen=True, gc=False):
    """The result of reading a seed; a struct is decoded in half the time of a named tuple."""

    record: DocumentRecord | None
    """Its document without the text, if it can be shown."""
    problems: tuple[Problem, ...]


class NameSummary(NamedTuple):
    """The names of a document, and a digest of its mentions."""

    digest: str
    usages: tuple[NameUsage, ...]


class NamesResult(msgspec.Struct, array_like=True, frozen=True, gc=False):
    """The result of finding the names in a document."""

    problems: tuple[Problem, ...]
    """What is wrong with corrections of single mentions."""
    usages: bytes
    """A fingerprint of the names and their counts, but not of where they stand."""
    mentions: bytes
    """A fingerprint of the same and of where they stand."""
    origin: bytes
    """A fingerprint of when and by whom the document was written."""


class PageResult(msgspec.Struct, array_like=True, frozen=True, gc=False):
    """The result of writing the pages of a document or an entity."""

    sentences: bytes = b""
    """For each entity in a document a fingerprint of the sentences that mention it, joined."""
    places: bytes = b""
    """A fingerprint of the paragraphs with names that have no page."""


class GroupResult(NamedTuple):
    """The result of writing files together."""

    common: str
    """Fingerprint of what every page depends on."""


FIND_PARTS: Task[FoundParts] = Task("parts of containers", "reading", FoundParts, min_batch=20)
"""The result is the paths of all files in an archive, a mailbox or a letter."""

FIND_COPIES: Task[tuple[SeedPath, ...]] = Task(
    "near copies of withdrawn documents",
    "reading",
    tuple[SeedPath, ...],
    (PROGRAM, "withdrawn texts", CONTENT),
    min_batch=150,
    reads=(DOCUMENTS,),
)
"""The result is the withdrawn seeds of which a document is a near copy."""

FIND_AUTHORITY_FORMS: Task[tuple[str, ...]] = Task(
    "authority names in documents",
    "finding names",
    tuple[str, ...],
    (PROGRAM, "the forms in names.csv", CONTENT, "its language"),
    min_batch=300,
    reads=(DOCUMENTS,),
)
"""The result is the forms of authority names that a document has; finding them takes 1 ms."""

FIND_NAMES: Task[NamesResult] = Task(
    "names in documents",
    "finding names",
    NamesResult,
    (
        PROGRAM,
        "the document",
        "hints from all documents",
        "its names in names.csv",
        "corrections of its mentions",
    ),
    (MENTIONS, NAME_USAGES),
    min_batch=150,
    reads=(DOCUMENTS, CASE_COUNTS),
)

DOCUMENT_PAGES: Task[PageResult] = Task(
    "document pages",
    "writing pages",
    PageResult,
    (
        "the program or the settings",
        "the document",
        "its address",
        "the names in it",
        "related documents",
        "the pages of its authors",
        "how far it is escaped",
        "its collection or a note on it",
        "its pictures in files of their own",
    ),
    (QUOTES, NAME_PLACES, JSONL_LINES, DOCUMENT_PARTS),
    has_files=True,
    reads=(DOCUMENTS, MENTIONS),
)
"""Starting a worker takes 0.5 s; writing a page takes 5 ms."""

MEASURE_PICTURES: Task[MeasuredPicture] = Task(
    "sizes of pictures", "reading", MeasuredPicture, (PROGRAM, CONTENT), min_batch=20
)
"""The result is how a picture file is shown, or why it cannot be."""

PICTURE_FILES: Task[None] = Task(
    "pictures",
    "writing pictures",
    None,
    (PROGRAM, "the document", "its pictures", "its address"),
    min_batch=20,
    has_files=True,
)
"""Decoding and encoding a picture takes 50 ms."""

ENTITY_PAGES: Task[PageResult] = Task(
    "entity pages",
    "writing pages",
    PageResult,
    (
        "the program or the settings",
        "the entity",
        "names that are often beside it",
        "the documents that mention it",
        "a note on it",
    ),
    has_files=True,
)

CO_MENTIONS: Task[dict[EntityId, bytes]] = Task(
    "co-mentions",
    "writing pages",
    dict[EntityId, bytes],
    (PROGRAM, "the entities in each document"),
)
"""The result is a fingerprint, for each entity, of those that are often mentioned with it."""

PAGE_GROUPS: Task[GroupResult] = Task(
    "page groups", "writing pages", GroupResult, (PROGRAM, "the settings", "what they list")
)
"""Files that are written together, by the name of the group."""

LISTINGS: Task[None] = Task(
    "lists of documents",
    "writing pages",
    None,
    (PROGRAM, "the settings", "the documents that they list", "what else they show"),
)
"""Compared only if a document, an author, a collection or a note changed."""

RELATED = "related documents"
"""The one `SavedRelated`."""

_LATER = (
    FIND_COPIES,
    FIND_AUTHORITY_FORMS,
    FIND_NAMES,
    DOCUMENT_PAGES,
    PICTURE_FILES,
)
"""Tasks whose items are documents that were read."""


def _lost_seed(path: str) -> ReadResult:
    """Return the result of reading a seed that ends each process which reads it."""
    message = "every process that read this file ended, most often because memory ran out"
    hint = "Split the file, or name it in seeds/.seedbedignore; the next build tries it again"
    return ReadResult(None, (Problem("E080", path, message, hint),))


READ: Task[ReadResult] = Task(
    "seeds",
    "reading",
    ReadResult,
    (PROGRAM, CONTENT, "decisions about its structure", "what recognizes scans"),
    (DOCUMENTS, CASE_COUNTS, TEXT_PROFILES),
    (
        *(TERM_IDS, CASE_COUNTS_BY_ID, RECORD_STATES),
        *(table for task in _LATER for table in (task.name, *task.value_tables)),
    ),
    min_batch=150,
    result_if_lost=_lost_seed,
)
"""Starting a worker takes 0.5 s; reading a seed takes 4 ms."""

TASKS = (READ, *_LATER, ENTITY_PAGES, PAGE_GROUPS, TABLE_FILES)
"""All tasks whose items are seeds or files."""


def load_document(database: Database, record: DocumentRecord) -> Document:
    """Return a document with its text, and the metadata of its record, which may be corrected."""
    document: Document = get_value(database, DOCUMENTS, record.source, Document)
    return structs.replace(document, metadata=record.metadata)
