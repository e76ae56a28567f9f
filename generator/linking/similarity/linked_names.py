"""The names that are reasons for documents to be related: those of entities with a page."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Set

import msgspec
import numpy as np
import numpy.typing as npt

from generator.model import EntityId
from generator.model.mention_table import MentionTable

_Mask = npt.NDArray[np.bool_]


class LinkedNames(msgspec.Struct, frozen=True):
    """Which of the names each document mentions, each once, in columns."""

    texts: tuple[str, ...]
    """Each name; its position is its number."""
    rows: npt.NDArray[np.int64]
    """The positions of documents, sorted."""
    numbers: npt.NDArray[np.int64]
    """For each of these a name in the document."""
    starts: npt.NDArray[np.int64]
    """For each document where its names begin, and at last where all end."""

    @staticmethod
    def of(table: MentionTable, names: Mapping[EntityId, str]) -> LinkedNames:
        """Return the names in documents, by the names of those entities that have a page.

        Two entities of one name count once.
        """
        of_name: dict[str, int] = {}
        numbers = {entity: of_name.setdefault(name, len(of_name)) for entity, name in names.items()}
        of_entity = np.array([numbers.get(entity, -1) for entity in table.ids], np.int64)
        found = of_entity[table.entities]
        places = np.flatnonzero(found >= 0)
        if len(of_name) < len(numbers):
            codes = table.rows[places] * len(of_name) + found[places]
            places = places[np.sort(np.unique(codes, return_index=True)[1])]
        rows = table.rows[places]
        starts = np.searchsorted(rows, np.arange(len(table.sources) + 1))
        return LinkedNames(tuple(of_name), rows, found[places], starts)

    def of_document(self, index: int) -> frozenset[str]:
        """Return the names in the document at a position."""
        numbers = self.numbers[self.starts[index] : self.starts[index + 1]]
        return frozenset([self.texts[number] for number in numbers.tolist()])

    def counts(self) -> dict[str, int]:
        """Return in how many documents each name is that is in any."""
        counts = np.bincount(self.numbers, minlength=len(self.texts)).tolist()
        return {name: count for name, count in zip(self.texts, counts, strict=True) if count}

    def documents_with(self, names: Set[str]) -> _Mask:
        """Return which documents have one of some names."""
        wanted = np.array([text in names for text in self.texts], bool)
        found = np.zeros(len(self.starts) - 1, bool)
        found[self.rows[wanted[self.numbers]]] = True
        return found

    def digests(self) -> npt.NDArray[np.uint64]:
        """Return a digest of the names of each document, as two numbers; they are sums."""
        own = (hashlib.blake2b(text.encode(), digest_size=16).digest() for text in self.texts)
        of_name = np.frombuffer(b"".join(own), np.uint64).reshape(-1, 2)
        totals = (np.cumsum(column[self.numbers], dtype=np.uint64) for column in of_name.T)
        before = (np.concatenate((np.zeros(1, np.uint64), total)) for total in totals)
        sums = [total[self.starts[1:]] - total[self.starts[:-1]] for total in before]
        return np.stack(sums, axis=1)
