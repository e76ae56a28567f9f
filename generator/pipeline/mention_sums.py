"""For each entity a fingerprint of all documents that mention it, and of their sentences about it.

It is a sum, so the mentions of a corpus are added at once, in a tenth of the time of a digest for
each entity.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence, Set
from itertools import chain
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from generator.model import EntityId

_ODD = np.uint64(0x9E3779B97F4A7C15)
"""Any odd number: to multiply by it, or to add it, loses nothing of a fingerprint."""


class MentioningDocument(NamedTuple):
    """A document, as the pages of the entities in it show it."""

    listed: bytes
    """Two fingerprints of how lists show it."""
    entities: tuple[EntityId, ...]
    sentences: bytes
    """The fingerprint of its sentences for each of these entities, joined."""


def sum_mentions(
    documents: Sequence[MentioningDocument], wanted: Set[EntityId]
) -> dict[EntityId, bytes]:
    """Return the sum for each of the wanted entities that a document mentions.

    It has no order: that of documents follows from how lists show them. Each summand is the product
    of two fingerprints, so sentences of two documents that change places change the sum.
    """
    numbers = {entity_id: number for number, entity_id in enumerate(sorted(wanted), 1)}
    mentioned = chain.from_iterable(document.entities for document in documents)
    entities = np.array([numbers.get(entity_id, 0) for entity_id in mentioned], np.int64)
    shown = _pairs(document.sentences for document in documents)
    listed = _pairs(document.listed for document in documents)
    own = (listed[0::2] + _ODD * listed[1::2]) | np.uint64(1)
    counts = [len(document.entities) for document in documents]
    sums = np.zeros((len(numbers) + 1, 2), np.uint64)
    np.add.at(sums, entities, (shown + _ODD) * np.repeat(own, counts, axis=0))
    present = set(entities.tolist())
    return {
        entity_id: sums[number].tobytes()
        for entity_id, number in numbers.items()
        if number in present
    }


def _pairs(fingerprints: Iterable[bytes]) -> npt.NDArray[np.uint64]:
    """Return joined fingerprints as rows of two numbers."""
    return np.frombuffer(b"".join(fingerprints), np.uint64).reshape(-1, 2)
