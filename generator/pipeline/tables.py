"""The tables of the build database: which values are saved for each document."""

from __future__ import annotations

from dataclasses import replace

from generator.engine.database import Database
from generator.engine.entries import get_value
from generator.engine.incremental import NEAR
from generator.model import Document, DocumentRecord

RECORDS = "records"
"""What reading a seed gave: its document without the text, and problems."""
DOCUMENTS = "documents"
"""Documents with their texts, as they were read."""
CASE_COUNTS = "counts"
CASE_COUNTS_BY_ID = "capitals"
"""The counts with numbers for words."""
NAME_USAGES = "usages"
"""Which names a document uses how often, and a digest of its mentions."""
MENTIONS = "mentions"
TEXT_PROFILES = "tokens"
TERM_IDS = "numbered"
"""The same with numbers for words."""
PAGE_OUTPUTS = "pages"
"""The files that were written for a document."""
QUOTES = "quotes"
"""The sentences of a document, by whom they name."""
JSONL_LINES = "lines"
"""A document's line in documents.jsonl."""
MENTION_ROWS = "rows"
"""A document's rows in mentions.csv."""
DOCUMENT_ROWS = "cells"
"""A document's row in documents.csv."""
PER_DOCUMENT_TABLES = (
    *(
        NEAR,
        RECORDS,
        DOCUMENTS,
        CASE_COUNTS,
        CASE_COUNTS_BY_ID,
        TEXT_PROFILES,
        TERM_IDS,
        NAME_USAGES,
        MENTIONS,
    ),
    *(PAGE_OUTPUTS, QUOTES, JSONL_LINES, MENTION_ROWS, DOCUMENT_ROWS),
)

READING_TABLES = (CASE_COUNTS_BY_ID, TERM_IDS, RECORDS)
"""What goes before a seed is read anew: its record, which comes back when all else is kept that was
read, and what has no note of what it was made of: while it is there, it was made of that."""


def load_document(database: Database, record: DocumentRecord) -> Document:
    """Give a document with its text; what its record says of it, as people may have, holds."""
    read: Document = get_value(database, DOCUMENTS, record.source, Document)
    return replace(read, metadata=record.metadata)
