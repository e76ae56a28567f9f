"""The nearest documents of each document, updated only where they could have changed.

They depend on the document's own row of terms and on the rows of all others. If only a few rows
changed, it is enough to search again for the documents that had one of these among their nearest,
and for those that would have one now.
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
    """The nearest documents of all documents, and which of them were searched again."""

    table: NearestTable
    recomputed: Mask


def update_nearest(index: CosineIndex, previous: NearestTable, changed: Mask) -> UpdatedNearest:
    """Search the nearest documents again where they could have changed.

    `changed` are the documents whose rows are new since `previous` was computed. All others must be
    in the same order as then.
    """
    outdated = _outdated(index, previous, changed)
    new = NearestTable(previous.documents.copy(), previous.cosines.copy())
    for document in np.flatnonzero(outdated).tolist():
        near = index.nearest(document)
        count = len(near.documents)
        new.documents[document, :count] = near.documents
        new.documents[document, count:] = NO_DOCUMENT
        new.cosines[document, :count] = near.cosines
        new.cosines[document, count:] = 0
    return UpdatedNearest(new, outdated)


def _outdated(index: CosineIndex, previous: NearestTable, changed: Mask) -> Mask:
    """Return the documents that changed, had a changed one among their nearest, or would have."""
    if changed.sum() * _REBUILD_SHARE > len(changed):
        return np.ones(len(changed), bool)
    outdated: Mask = changed | previous.referring_to(changed)
    needed = admission_score(previous.documents[:, -1] != NO_DOCUMENT, previous.cosines[:, -1])
    for document in np.flatnonzero(changed).tolist():
        outdated |= index.cosines(document) >= needed
    return outdated
