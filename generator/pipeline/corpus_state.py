"""The state of the corpus at the end of a run, from which early pages are made."""

from __future__ import annotations

import msgspec

from generator.corrections import NameCorrections
from generator.model import Corpus, DocumentRecord
from generator.pipeline.editor_notes import EditorNotes
from generator.settings import Settings


class CorpusState(msgspec.Struct, frozen=True):
    """The corpus of a run with its inputs; some kilobytes for each document."""

    settings: Settings
    program: bytes
    """Fingerprint of the program."""
    selected: tuple[DocumentRecord, ...]
    """The documents as read and corrected, before ambiguous dates were resolved."""
    notes: EditorNotes
    corpus: Corpus
    names: NameCorrections
    """The corrections of names in documents that are shown."""
