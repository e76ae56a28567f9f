"""Pairs of entities that documents mention together, counted for all documents at once."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec
import numpy as np
import numpy.typing as npt

from generator.model.mention_table import MentionTable

Integers = npt.NDArray[np.int64]

MOST_MENTIONED = 25
"""Entities of a document that count as mentioned together: others it mentions only in passing."""

_BATCH = 4_000_000
"""Pairs that are counted together: 32 MB."""


class EntityPairs(msgspec.Struct, frozen=True):
    """Pairs of entities in the order of their numbers, each once: three columns of equal length."""

    first: Integers
    second: Integers
    """Its number is larger than that of the first one."""
    documents: Integers
    """The number of documents that mention both."""


def most_mentioned(table: MentionTable, wanted: npt.NDArray[np.bool_]) -> Integers:
    """Return the places, in the column of entities, of those that each document mentions most.

    `wanted` says for each number whether its entity counts. Of entities that a document mentions
    equally often, those with lower numbers come first.
    """
    places = np.flatnonzero(wanted[table.entities])
    rows = table.rows[places]
    is_chosen = np.bincount(rows)[rows] <= MOST_MENTIONED  # all of nearly all documents
    others, rows = places[~is_chosen], rows[~is_chosen]
    order = np.lexsort((table.entities[others], -table.counts[others].astype(np.int64), rows))
    chosen = others[order[ranks(rows) < MOST_MENTIONED]]
    return np.sort(np.concatenate((places[is_chosen], chosen)))


def ranks(in_order: Integers) -> Integers:
    """Return for each of some sorted numbers how many equal ones are before it."""
    starts = np.flatnonzero(np.diff(in_order, prepend=-1))
    return np.arange(len(in_order)) - np.repeat(starts, np.diff(starts, append=len(in_order)))


def count_pairs(table: MentionTable, places: Integers) -> EntityPairs:
    """Return the pairs of entities at these places, which are in the order of the documents."""
    counted = np.empty(0, np.int64), np.empty(0, np.int64)
    pending: list[Integers] = []
    for codes in _codes(table, places):
        pending.append(codes)
        if sum(map(len, pending)) > _BATCH:
            counted = _add(*counted, pending)
            pending = []
    codes, documents = _add(*counted, pending)
    size = max(len(table.ids), 1)
    return EntityPairs(codes // size, codes % size, documents)


def _codes(table: MentionTable, places: Integers) -> Iterator[Integers]:
    """Yield each pair as one number; of each document, those at the same distance together."""
    rows, entities = table.rows[places], table.entities[places].astype(np.int64)
    distance = 1
    while (together := rows[distance:] == rows[:-distance]).any():
        pair = entities[:-distance][together], entities[distance:][together]
        yield np.minimum(*pair) * len(table.ids) + np.maximum(*pair)
        distance += 1


def _add(codes: Integers, counts: Integers, new: list[Integers]) -> tuple[Integers, Integers]:
    """Add pairs to those that were counted; both are sorted."""
    added = np.sort(np.concatenate((codes[:0], *new)))
    starts = np.flatnonzero(np.diff(added, prepend=-1))
    added, times = added[starts], np.diff(starts, append=len(added))
    if not len(codes):
        return added, times
    whole = np.concatenate((codes, added))
    order = np.argsort(whole, kind="stable")  # which merges what is sorted
    starts = np.flatnonzero(np.diff(whole[order], prepend=-1))
    return whole[order][starts], np.add.reduceat(np.concatenate((counts, times))[order], starts)
