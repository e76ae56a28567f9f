"""The copies of a seed that are published beside its page."""

from __future__ import annotations

from collections.abc import Mapping

from generator.engine.tasks import Needs
from generator.files import read_seed
from generator.model import Document, Seed, SeedPath
from generator.model.ledger import undo
from generator.pipeline.sources import seed_needs, seed_source
from generator.settings import Settings
from generator.writing import document_files


def copies_need(settings: Settings, source: SeedPath) -> Needs:
    """Return the seed, if a copy of it is published beside the page."""
    return seed_needs(settings.seeds, source) if settings.raw_seeds else Needs()


def has_all_copies(copies: Mapping[str, bytes], document: Document) -> bool:
    """Whether these are all copies that the seed of a document has: otherwise it changed."""
    original = document.origin.original if document.origin else None
    return {document_files.RAW, original or document_files.RAW} <= copies.keys()


def published_copies(settings: Settings, document: Document) -> dict[str, bytes]:
    """Return the copies of a seed by their names.

    A text is copied as it is. Of any other file it is the text that was read, and the file itself
    only if no word of it was withheld and it tells nothing about those who made it. A file that
    is not as it was read has no copy.
    """
    origin = document.origin
    text = undo(document.text, document.ledger).encode("utf-8", "replace") if origin else b""
    original = origin.original if origin else None
    if origin and not original:
        return {document_files.RAW: text}
    seed = read_seed(settings.seeds, document.source)
    if not isinstance(seed, Seed):  # perhaps a part of an archive
        seed = seed_source(settings.seeds)(document.source)
    if not isinstance(seed, Seed) or seed.digest != document.digest:
        return {document_files.RAW: text} if origin else {}
    if not original:
        return {document_files.RAW: seed.data}
    return {document_files.RAW: text, original: seed.data}
