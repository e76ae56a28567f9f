"""The documents of a site as their pages show them, with which the data files are compared.

All together are compared by sums of hashes, one number for each document, so that after an edit
nothing is done for the others. Only if a sum differs are they compared one by one.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Collection, Iterable, Mapping
from functools import partial
from typing import Self

import msgspec

from generator.checking.hashes import hash_data
from generator.model import SeedPath

_LIMIT = 2**64
"""Sums are modulo this. Two sums are the same by chance as rarely as two hashes."""


class ShownDocument(msgspec.Struct, frozen=True):
    """A document as its page shows it."""

    address: str
    """Of its page, below the site."""
    words: int
    text: bytes
    """The hash of its words."""


class DocumentChecksums(msgspec.Struct, frozen=True, array_like=True):
    """Sums over documents, which are the same only of the same documents."""

    count: int = 0
    texts: int = 0
    """Of what `text_number` returns."""
    rows: int = 0
    """Of what `row_number` returns."""

    @classmethod
    def of(cls, documents: Mapping[SeedPath, ShownDocument]) -> Self:
        """Return the sums over some documents."""
        texts = (text_number(source, shown.text) for source, shown in documents.items())
        rows = (
            row_number(source, shown.address, shown.words) for source, shown in documents.items()
        )
        return cls(len(documents), add_numbers(texts), add_numbers(rows))

    def replaced(self, before: DocumentChecksums, after: DocumentChecksums) -> DocumentChecksums:
        """Return the sums after some documents were replaced."""
        return DocumentChecksums(
            self.count - before.count + after.count,
            (self.texts - before.texts + after.texts) % _LIMIT,
            (self.rows - before.rows + after.rows) % _LIMIT,
        )


class ShownDocuments(msgspec.Struct, frozen=True):
    """All documents of a site."""

    sources: Collection[SeedPath]
    sums: DocumentChecksums
    load: Callable[[], Mapping[SeedPath, ShownDocument]]
    """Returns each of them."""

    @classmethod
    def of(cls, documents: Mapping[SeedPath, ShownDocument]) -> Self:
        """Return these documents."""
        return cls(tuple(documents), DocumentChecksums.of(documents), partial(_same, documents))

    def loaded(self) -> ShownDocuments:
        """Return the same with each of them in memory, for another process."""
        return msgspec.structs.replace(self, load=partial(_same, self.load()))


def text_number(source: SeedPath, text: bytes) -> int:
    """Return a number for the hash of the words of a document."""
    return _number(text + os.fsencode(source))


def row_number(source: SeedPath, address: str, words: int) -> int:
    """Return a number for the address and the number of words of a document."""
    return _number(b"\0".join([os.fsencode(source), os.fsencode(address), b"%d" % words]))


def add_numbers(numbers: Iterable[int]) -> int:
    """Return a sum."""
    return sum(numbers) % _LIMIT


def _same(documents: Mapping[SeedPath, ShownDocument]) -> Mapping[SeedPath, ShownDocument]:
    return documents


def _number(data: bytes) -> int:
    return int.from_bytes(hash_data(data))
