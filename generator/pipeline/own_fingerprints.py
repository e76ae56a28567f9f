"""The fingerprints of what pages show of each document, saved between runs.

Each document has four of them, one after the other, so that those of all documents are compared as
bytes, or taken from them as columns.
"""

from __future__ import annotations

from collections.abc import Mapping

import msgspec
import numpy as np

from generator.engine.fingerprint import FINGERPRINT_SIZE
from generator.model import SeedPath

_REFERENCE, _ENTRY, _SHOWN, _ALL = (count * FINGERPRINT_SIZE for count in (1, 2, 3, 4))
"""Where in the bytes of a document end the fingerprints of its reference, of its entry in lists, of
its metadata and of its names."""


class OwnFingerprints(msgspec.Struct, frozen=True):
    """The fingerprints of all documents of a corpus."""

    by_source: Mapping[SeedPath, bytes]
    """Of each document, joined: of how other documents refer to it, of its entry in lists and
    feeds, of its metadata, and of its names with their entities."""
    joined: bytes
    """The same of all documents, in their order."""

    @staticmethod
    def of(by_source: Mapping[SeedPath, bytes]) -> OwnFingerprints:
        """Return those of the documents of a corpus, which are in its order."""
        return OwnFingerprints(by_source, b"".join(by_source.values()))

    def reference(self, source: SeedPath) -> bytes:
        """Return the fingerprint of how other documents refer to a document."""
        return self.by_source[source][:_REFERENCE]

    def list_entry(self, source: SeedPath) -> bytes:
        """Return the fingerprints of a document as lists and feeds have it."""
        return self.by_source[source][:_ENTRY]

    def without_names(self, source: SeedPath) -> bytes:
        """Return the fingerprints of all that lists may show of a document."""
        return self.by_source[source][:_SHOWN]

    def names(self, source: SeedPath) -> bytes:
        """Return the fingerprint of the names in a document, with their entities."""
        return self.by_source[source][_SHOWN:]

    @property
    def references(self) -> bytes:
        """What `reference` returns for each document, joined."""
        return self._column(_REFERENCE)

    @property
    def list_entries(self) -> bytes:
        """What `list_entry` returns for each document, joined."""
        return self._column(_ENTRY)

    @property
    def all_without_names(self) -> bytes:
        """What `without_names` returns for each document, joined."""
        return self._column(_SHOWN)

    def of_documents(self, start: int, stop: int) -> bytes:
        """Return all fingerprints of consecutive documents, by their positions."""
        return self.joined[start * _ALL : stop * _ALL]

    def _column(self, size: int) -> bytes:
        return np.frombuffer(self.joined, np.uint8).reshape(-1, _ALL)[:, :size].tobytes()
