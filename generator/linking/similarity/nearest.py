"""The nearest of each document, renewed only where that could change them.

Who is near a document depends on its own row of terms and on those of all others. Where none of
these changed but a few, it is enough to look at whoever had one of the few among its nearest, and
at whoever would have one now.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from generator.linking.similarity.cosine_index import (
    CANDIDATES,
    CosineIndex,
    Neighbours,
    admission_score,
)

NONE, GONE = -1, -2
"""In the place of a document: there are no more; there was one, which is in the corpus no more."""
_MANY = 8
"""When one row in so many changed, to look at all is quicker than to look for whom it concerns."""

Mask = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class NearestTable:
    """The nearest of each document, a row for each, nearest first."""

    documents: npt.NDArray[np.int32]
    cosines: npt.NDArray[np.float32]

    @staticmethod
    def empty(size: int) -> NearestTable:
        """Nobody's are known."""
        shape = size, CANDIDATES
        return NearestTable(np.full(shape, GONE, np.int32), np.zeros(shape, np.float32))

    @staticmethod
    def decode(documents: bytes, cosines: bytes) -> NearestTable:
        """Read what was written as bytes."""
        near = np.frombuffer(documents, np.int32).reshape(-1, CANDIDATES)
        return NearestTable(near, np.frombuffer(cosines, np.float32).reshape(-1, CANDIDATES))

    def row(self, index: int) -> Neighbours:
        """Give those of one document."""
        there = self.documents[index] != NONE
        return Neighbours(self.documents[index][there], self.cosines[index][there])

    def referring_to(self, some: Mask) -> Mask:
        """Tell who has one of these among the nearest."""
        others = np.append(some, (True, False))  # GONE is one that changed, NONE is not
        return np.asarray(others[self.documents].any(axis=1), bool)

    def remapped(self, places: npt.NDArray[np.int64], size: int) -> NearestTable:
        """Put documents in their new places in a corpus of this size, GONE for those without."""
        new = NearestTable.empty(size)
        stay = places != GONE
        target = np.append(places, (GONE, NONE))  # so that GONE and NONE stay what they are
        new.documents[places[stay]] = target[self.documents[stay]]
        new.cosines[places[stay]] = self.cosines[stay]
        return new


def update_nearest(
    index: CosineIndex, known: NearestTable, changed: Mask
) -> tuple[NearestTable, Mask]:
    """Give the nearest of all documents, and tell of whom they were looked for anew.

    `changed` are the documents whose rows are not as they were when the others' nearest were
    found; so they are in the same order now, but for these.
    """
    stale = _concerned(index, known, changed)
    new = NearestTable(known.documents.copy(), known.cosines.copy())
    for at in np.flatnonzero(stale).tolist():
        near = index.nearest(at)
        count = len(near.documents)
        new.documents[at, :count], new.documents[at, count:] = near.documents, NONE
        new.cosines[at, :count], new.cosines[at, count:] = near.cosines, 0
    return new, stale


def _concerned(index: CosineIndex, known: NearestTable, changed: Mask) -> Mask:
    """Whose nearest may be others: who changed, had one of these among them, or would have one."""
    if changed.sum() * _MANY > len(changed):
        return np.ones(len(changed), bool)
    stale: Mask = changed | known.referring_to(changed)
    least = admission_score(known.documents[:, -1] != NONE, known.cosines[:, -1])
    for at in np.flatnonzero(changed).tolist():
        stale |= index.cosines(at) >= least
    return stale
