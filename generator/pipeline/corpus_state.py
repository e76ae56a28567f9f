"""What a run knew of the corpus when it ended, for the page that shows a decision made after it."""

from __future__ import annotations

import msgspec

from generator.corrections import NameCorrections
from generator.model import Corpus, DocumentRecord
from generator.pipeline.editor_notes import EditorNotes
from generator.settings import Settings


class CorpusState(msgspec.Struct, frozen=True):
    """The corpus of a run, and what it was made of; some kilobytes a document."""

    settings: Settings
    program: bytes
    """Fingerprint of the program."""
    selected: tuple[DocumentRecord, ...]
    """The documents as they were read and corrected, before the corpus dated any of them."""
    notes: EditorNotes
    corpus: Corpus
    names: NameCorrections
    """The corrections of names in documents that are shown."""
