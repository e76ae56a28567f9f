"""The nearest documents of each document, updated only where they could have changed.

They depend on the document's own row of terms and on the rows of all others. If only a few rows
changed, it is enough to look at the documents that had one of these among their nearest, and at
those that would have one now. Only if too few of the nearest stay, they are searched again.
"""

from __future__ import annotations

from typing import NamedTuple

import msgspec
import numpy as np
import numpy.typing as npt

from generator.linking.similarity.cosine_index import (
    MAX_NEAREST,
    CosineIndex,
    Neighbours,
    admission_score,
)

NO_DOCUMENT, REMOVED = -1, -2
"""In place of a document's index: the row has no more; the document was removed or is unknown."""
_REBUILD_SHARE = 8
"""When more than one row in eight changed, searching for all is faster than finding out whose
nearest documents are affected."""

Mask = npt.NDArray[np.bool_]


class NearestTable(msgspec.Struct, frozen=True):
    """The nearest documents of each document, one row each, nearest first."""

    documents: npt.NDArray[np.int32]
    cosines: npt.NDArray[np.float32]

    @staticmethod
    def empty(size: int) -> NearestTable:
        """Return a table without the nearest of any document."""
        shape = size, MAX_NEAREST
        return NearestTable(np.full(shape, REMOVED, np.int32), np.zeros(shape, np.float32))

    @staticmethod
    def decode(documents: bytes, cosines: bytes) -> NearestTable:
        """Return the table of two arrays that were saved as bytes."""
        near = np.frombuffer(documents, np.int32).reshape(-1, MAX_NEAREST)
        return NearestTable(near, np.frombuffer(cosines, np.float32).reshape(-1, MAX_NEAREST))

    def put(self, index: int, near: Neighbours) -> None:
        """Replace the nearest documents of one document."""
        count = len(near.documents)
        self.documents[index, :count] = near.documents
        self.documents[index, count:] = NO_DOCUMENT
        self.cosines[index, :count] = near.cosines
        self.cosines[index, count:] = 0

    def neighbours_of(self, index: int) -> Neighbours:
        """Return the nearest documents of one document."""
        used = self.documents[index] != NO_DOCUMENT
        return Neighbours(self.documents[index][used], self.cosines[index][used])

    def referring_to(self, documents: Mask) -> Mask:
        """Return which documents have one of `documents`, or a removed one, among their nearest."""
        wanted = np.append(documents, (True, False))  # index -2 is REMOVED, -1 is NO_DOCUMENT
        return np.asarray(wanted[self.documents].any(axis=1), bool)

    def remapped(self, positions: npt.NDArray[np.int64], size: int) -> NearestTable:
        """Return the table for a corpus of this size, with each document at its new position.

        `positions` has the new position of each document, or REMOVED.
        """
        new = NearestTable.empty(size)
        exists = positions != REMOVED
        target = np.append(positions, (REMOVED, NO_DOCUMENT))  # these two map to themselves
        new.documents[positions[exists]] = target[self.documents[exists]]
        new.cosines[positions[exists]] = self.cosines[exists]
        return new


class UpdatedNearest(NamedTuple):
    """The nearest documents of all documents, and of which they may be others than before."""

    table: NearestTable
    recomputed: Mask


def update_nearest(index: CosineIndex, previous: NearestTable, changed: Mask) -> UpdatedNearest:
    """Search the nearest documents again where they could have changed.

    `changed` are the documents whose rows are new since `previous` was computed. All others must be
    in the same order as then.
    """
    new = NearestTable(previous.documents.copy(), previous.cosines.copy())
    is_searched, recomputed = changed.copy(), changed.copy()
    if changed.sum() * _REBUILD_SHARE > len(changed):
        is_searched[:] = recomputed[:] = True
    else:
        update = NearestUpdate(index, previous, changed)
        for document, others in update.affected().items():
            recomputed[document] = True
            if near := update.merged(document, others):
                new.put(document, near)
            else:
                is_searched[document] = True
    index = index.with_postings(is_searched)
    for document in np.flatnonzero(is_searched).tolist():
        new.put(document, index.nearest(document))
    return UpdatedNearest(new, recomputed)


class NearestUpdate(msgspec.Struct, frozen=True):
    """What the nearest documents of those whose rows are as before follow from."""

    index: CosineIndex
    previous: NearestTable
    changed: Mask
    """The documents whose rows are new."""

    def affected(self) -> dict[int, list[int]]:
        """Return the documents that have or had a changed one among their nearest.

        Each with the changed documents that may be among them now.
        """
        referring = self.previous.referring_to(self.changed) & ~self.changed
        affected: dict[int, list[int]] = {each: [] for each in np.flatnonzero(referring).tolist()}
        is_full = self.previous.documents[:, -1] != NO_DOCUMENT
        needed = admission_score(is_full, self.previous.cosines[:, -1])
        needed[self.changed] = np.inf
        index = self.index.with_postings(self.changed)
        for document in np.flatnonzero(self.changed).tolist():
            for other in np.flatnonzero(index.cosines(document) >= needed).tolist():
                affected.setdefault(other, []).append(document)
        return affected

    def merged(self, document: int, others: list[int]) -> Neighbours | None:
        """Return the nearest of a document, of those it had and some other ones.

        None if a third document may be among them. It is not, if thirty are at least as near as the
        last of those it had, because no third document is nearer than that.
        """
        known = self.previous.neighbours_of(document).documents
        stays = (known != REMOVED) & ~self.changed[known]
        candidates = np.concatenate((known[stays].astype(np.int64), np.array(others, np.int64)))
        near = self.index.nearest_among(document, candidates)
        has_all = len(known) < MAX_NEAREST or (
            len(near.documents) == MAX_NEAREST
            and stays[-1]
            and known[-1] not in near.documents[:-1]
        )
        return near if has_all else None
