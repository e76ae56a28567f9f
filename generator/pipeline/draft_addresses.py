"""Whether the addresses of a project are drafts, for messages; it loads nothing that takes long."""

from __future__ import annotations

from generator.files import DOCUMENT_ADDRESSES, read_addresses
from generator.settings import Settings
from generator.writing.addresses.document_permalinks import are_drafts, load


def has_draft_addresses(settings: Settings) -> bool:
    """Whether titles and dates still decide the addresses of documents.

    Raises SeedbedError for a table that is not valid.
    """
    return are_drafts(load(read_addresses(settings.root), DOCUMENT_ADDRESSES))
