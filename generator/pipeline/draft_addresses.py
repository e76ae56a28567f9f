"""Whether the addresses of a project are drafts, for messages; it loads nothing that takes long."""

from __future__ import annotations

from generator.files import read_addresses
from generator.settings import Settings
from generator.writing.addresses.document_permalinks import is_table_of_drafts


def has_draft_addresses(settings: Settings) -> bool:
    """Whether titles and dates still decide the addresses of documents.

    The table is not validated, which takes long: a build does that.
    """
    return is_table_of_drafts(read_addresses(settings.root))
