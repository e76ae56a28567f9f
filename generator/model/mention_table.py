"""The entities that all documents mention, in columns.

To look at each document of 100,000 takes a second; an operation on a column takes milliseconds.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
import numpy.typing as npt

from generator.model.corpus import EntityMentions
from generator.model.documents import SeedPath
from generator.model.names import EntityId

Numbers = npt.NDArray[np.uint32]


@dataclass(frozen=True)
class MentionTable(Mapping[SeedPath, EntityMentions]):
    """Which entities each document mentions, and how often; columns are saved as bytes."""

    sources: tuple[SeedPath, ...]
    """The documents: each is a row."""
    ids: tuple[EntityId, ...]
    """All that are mentioned, sorted; the position of one is its number."""
    encoded_ends: bytes
    encoded_entities: bytes
    encoded_counts: bytes
    encoded_totals: bytes

    @classmethod
    def of(cls, documents: Mapping[SeedPath, EntityMentions]) -> MentionTable:
        """Return the table of documents, in their order."""
        return cls.collect(documents.items())

    @classmethod
    def collect(cls, documents: Iterable[tuple[SeedPath, EntityMentions]]) -> MentionTable:
        """Return the table of documents, of which one at a time is in memory."""
        sources: list[SeedPath] = []
        seen: dict[EntityId, int] = {}
        columns = ends, entities, counts, totals = [array("I") for _ in range(4)]
        for source, mentions in documents:
            sources.append(source)
            entities.extend([seen.setdefault(each, len(seen)) for each in mentions.entities])
            counts.extend(mentions.counts)
            totals.append(mentions.mention_count)
            ends.append(len(entities))
        ids = tuple(sorted(seen))
        numbers = np.zeros(len(ids), np.uint32)
        numbers[[seen[each] for each in ids]] = np.arange(len(ids))
        entities[:] = array("I", numbers[entities].tobytes())
        return cls(tuple(sources), ids, *map(array.tobytes, columns))

    @cached_property
    def ends(self) -> Numbers:
        """For each document where its part of the next two columns ends."""
        return np.frombuffer(self.encoded_ends, np.uint32)

    @cached_property
    def entities(self) -> Numbers:
        """For each document the numbers of its entities, in the order of the text."""
        return np.frombuffer(self.encoded_entities, np.uint32)

    @cached_property
    def counts(self) -> Numbers:
        """How often the document mentions each of them."""
        return np.frombuffer(self.encoded_counts, np.uint32)

    @cached_property
    def totals(self) -> Numbers:
        """For each document the number of all its names, ambiguous ones too."""
        return np.frombuffer(self.encoded_totals, np.uint32)

    @cached_property
    def lengths(self) -> Numbers:
        """For each document the number of its entities."""
        return np.diff(self.ends, prepend=np.uint32(0))

    @cached_property
    def rows(self) -> npt.NDArray[np.int64]:
        """For each of `entities` the row of its document."""
        return np.repeat(np.arange(len(self.sources)), self.lengths)

    def mask(self, entities: Iterable[EntityId]) -> npt.NDArray[np.bool_]:
        """Return for each number whether it is that of one of these entities."""
        wanted = frozenset(entities)
        return np.fromiter((each in wanted for each in self.ids), bool, len(self.ids))

    def digests(self, of_entity: Sequence[bytes]) -> list[bytes]:
        """Return for each document a digest of its entities in their order.

        `of_entity` has a digest of 16 bytes for each number. Those of a document are added, each
        multiplied by an odd number that follows from its place.
        """
        values = np.frombuffer(b"".join(of_entity), np.uint64).reshape(-1, 2)
        starts = (self.ends - self.lengths).astype(np.int64)
        places = np.arange(len(self.entities)) - np.repeat(starts, self.lengths)
        factors = (2 * places + 1).astype(np.uint64)
        digests = np.empty((len(self.sources), 2), np.uint64)
        for part in range(2):
            sums = np.zeros(len(self.entities) + 1, np.uint64)
            np.cumsum(values[self.entities, part] * factors, out=sums[1:])
            digests[:, part] = sums[self.ends] - sums[starts]
        return digests.view("V16").ravel().tolist()

    def first_of_each(self, numbers: Sequence[int]) -> dict[EntityId, int]:
        """Return for each entity the number of the first document that has one; 0 stands for none.

        `numbers` are those of the documents.
        """
        column = np.array(numbers, np.int64)[self.rows]
        has_one = np.flatnonzero(column)[::-1]  # of values for one place, the last one stays
        first = np.zeros(len(self.ids), np.int64)
        first[self.entities[has_one]] = column[has_one]
        return dict(zip(self.ids, first.tolist(), strict=True))

    def in_order(self, sources: Iterable[SeedPath]) -> MentionTable:
        """Return the table with these documents as rows; one that is not there mentions nothing."""
        sources = tuple(sources)
        if sources == self.sources:
            return replace(self, sources=sources)  # the caller's values, once in memory
        none = len(self.sources)
        rows = np.array([self._row_of.get(source, none) for source in sources], np.int64)
        lengths = np.append(self.lengths, np.uint32(0))[rows].astype(np.int64)
        ends = np.cumsum(lengths)
        starts = np.append(self.ends - self.lengths, np.uint32(0))[rows].astype(np.int64)
        places = np.arange(lengths.sum()) + np.repeat(starts - (ends - lengths), lengths)
        return MentionTable(
            sources,
            self.ids,
            ends.astype(np.uint32).tobytes(),
            self.entities[places].tobytes(),
            self.counts[places].tobytes(),
            np.append(self.totals, np.uint32(0))[rows].tobytes(),
        )

    def part_of(self, row: int) -> slice:
        """Return where the entities of a document are in their column."""
        end = int(self.ends[row])
        return slice(end - int(self.lengths[row]), end)

    def __getitem__(self, source: SeedPath) -> EntityMentions:
        """Return the entities of a document; raises KeyError for one that is not there."""
        row = self._row_of[source]
        part = self.part_of(row)
        entities = tuple([self.ids[number] for number in self.entities[part].tolist()])
        counts = tuple(self.counts[part].tolist())
        return EntityMentions(entities, counts, int(self.totals[row]))

    def __iter__(self) -> Iterator[SeedPath]:
        """Yield the documents."""
        return iter(self.sources)

    def __len__(self) -> int:
        """Return the number of documents."""
        return len(self.sources)

    @cached_property
    def _row_of(self) -> dict[SeedPath, int]:
        return {source: row for row, source in enumerate(self.sources)}
