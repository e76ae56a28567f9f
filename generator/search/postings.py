"""Postings: for each term the entries that contain it, with a quantized BM25 impact.

The only part of an index that grows with the corpus. They are encoded in batches of entries, which
are then joined.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

import msgspec
import numpy as np
import numpy.typing as npt

from generator.search import file_encoding
from generator.text.vocabulary import IdArray

IMPACT_BITS = 4
"""The lowest bits of a posting, which hold the impact: 0 to 15."""

_IMPACT_MASK = (1 << IMPACT_BITS) - 1

_TERM = np.dtype(
    [("first", "<u4"), ("last", "<u4"), ("count", "<u4"), ("end", "<u4"), ("rank", "<u2")]
)
"""What a batch holds of a term: its first posting, with the number of the entry in the batch; the
number of its last entry; the number of its postings; where the others end in the encoded ones; the
rank of the most frequent language of its entries."""

_Numbers = npt.NDArray[np.int64]
_Unsigned = npt.NDArray[np.uint64]
_Bytes = npt.NDArray[np.uint8]
_Terms = np.ndarray[Any, np.dtype[np.void]]


class Postings(msgspec.Struct, frozen=True):
    """The encoded lists of all terms, one after the other in the order of the words."""

    data: _Bytes
    """For each term its entries in rising order, each as distance and impact."""
    starts: _Numbers
    """The offset of each list, and the end of the last one."""
    entry_counts: _Numbers
    """Number of entries with each term."""
    language_ranks: _Numbers
    """The rank of each term's language: the most frequent one of the entries with the term."""

    def of_term(self, term: int) -> bytes:
        """Return the list of the term at a position in the order of words."""
        return self.data[self.starts[term] : self.starts[term + 1]].tobytes()

    @property
    def sizes(self) -> _Numbers:
        """The size of each list in bytes."""
        return np.diff(self.starts)


class PostingsBatch(msgspec.Struct, frozen=True):
    """The postings of some entries, one term after the other; it depends on no other batch."""

    terms: bytes
    """A `_TERM` for each, in the order of words."""
    others: bytes
    """The encoded postings of each term but its first, whose distance is that from an entry of an
    earlier batch."""

    def columns(self) -> _Terms:
        """Return what is known of each term."""
        return np.frombuffer(self.terms, _TERM)


class WordPostings(msgspec.Struct, array_like=True, frozen=True):
    """The words of some entries with their postings."""

    ids: bytes
    """The ids of the different words, in the order of the words; four bytes each."""
    batch: PostingsBatch

    @property
    def word_ids(self) -> IdArray:
        """The ids of the different words."""
        return np.frombuffer(self.ids, np.uint32)


class PlacedBatch(NamedTuple):
    """A batch, and where it belongs in an index."""

    batch: PostingsBatch
    first_entry: int
    positions: _Numbers
    """The positions of its terms in the order of all words; each once, rising."""


def encode_batch(
    terms: _Numbers, entries: _Numbers, impacts: _Unsigned, language_ranks: _Numbers
) -> PostingsBatch:
    """Encode the postings of some entries, sorted by term and entry.

    Entries are numbered within the batch, and `language_ranks` are theirs.
    """
    starts = first_of_each(terms)
    stops = np.concatenate((starts[1:], [len(terms)]))[: len(starts)]
    distances = np.diff(entries, prepend=0) - 1
    is_other = np.ones(len(terms), bool)
    is_other[starts] = False
    others = distances[is_other].astype(np.uint64) << np.uint64(IMPACT_BITS) | impacts[is_other]
    data, ends = file_encoding.encode_many(others)
    columns = np.empty(len(starts), _TERM)
    columns["first"] = entries[starts] << IMPACT_BITS | impacts[starts].astype(np.int64)
    columns["last"] = entries[stops - 1]
    columns["count"] = stops - starts
    columns["end"] = np.concatenate(([0], ends))[np.cumsum(stops - starts - 1)]
    columns["rank"] = np.minimum.reduceat(language_ranks[entries], starts) if len(starts) else 0
    return PostingsBatch(columns.tobytes(), data)


def first_of_each(terms: npt.NDArray[np.integer[Any]]) -> _Numbers:
    """Return the index of the first of each run of equal terms."""
    return np.flatnonzero(np.concatenate(([True], terms[1:] != terms[:-1]))[: len(terms)])


class _Pieces(NamedTuple):
    """A piece of the list of each of some terms."""

    positions: _Numbers
    data: bytes
    ends: _Numbers

    @property
    def sizes(self) -> _Numbers:
        return np.diff(self.ends, prepend=0)


def merge_batches(batches: Sequence[PlacedBatch], term_count: int) -> Postings:
    """Join the lists of each term from all batches; `term_count` is the number of all terms."""
    entry_counts = np.zeros(term_count, dtype=np.int64)
    language_ranks = np.full(term_count, np.iinfo(np.int64).max, dtype=np.int64)
    for batch, _, positions in batches:
        columns = batch.columns()
        entry_counts[positions] += columns["count"]
        language_ranks[positions] = np.minimum(language_ranks[positions], columns["rank"])
    pieces = _pieces(batches, term_count)
    sizes = np.zeros(term_count, dtype=np.int64)
    for piece in pieces:
        sizes[piece.positions] += piece.sizes
    starts = np.concatenate(([0], np.cumsum(sizes)))
    data = _joined(pieces, starts)
    return Postings(data, starts, entry_counts, np.where(entry_counts > 0, language_ranks, 0))


def _pieces(batches: Sequence[PlacedBatch], term_count: int) -> list[_Pieces]:
    """Return the lists in pieces: for each batch the first posting of each term, and the others."""
    last_entries = np.full(term_count, -1, dtype=np.int64)
    pieces: list[_Pieces] = []
    for batch, first_entry, positions in batches:
        columns = batch.columns()
        firsts = columns["first"].astype(np.int64)
        distances = (firsts >> IMPACT_BITS) + first_entry - last_entries[positions] - 1
        encoded = distances << IMPACT_BITS | firsts & _IMPACT_MASK
        pieces.append(_Pieces(positions, *file_encoding.encode_many(encoded.astype(np.uint64))))
        pieces.append(_Pieces(positions, batch.others, columns["end"].astype(np.int64)))
        last_entries[positions] = columns["last"].astype(np.int64) + first_entry
    return pieces


def _joined(pieces: Sequence[_Pieces], starts: _Numbers) -> _Bytes:
    """Return all lists; the pieces of each are in their order."""
    data = np.empty(int(starts[-1]), dtype=np.uint8)
    free = starts[:-1].copy()
    for piece in pieces:
        sizes = piece.sizes
        places = np.repeat(free[piece.positions] - piece.ends + sizes, sizes)
        places += np.arange(len(places))
        data[places] = np.frombuffer(piece.data, np.uint8)
        free[piece.positions] += sizes
    return data
