"""For each entity a fingerprint of all documents that mention it, and of their sentences about it.

It is a sum, so the mentions of a corpus are added at once, in a tenth of the time of a digest for
each entity.
"""

from __future__ import annotations

from collections.abc import Set

import numpy as np

from generator.model import EntityId
from generator.model.mention_table import MentionTable

_ODD = np.uint64(0x9E3779B97F4A7C15)
"""Any odd number: to multiply by it, or to add it, loses nothing of a fingerprint."""


def sum_mentions(
    table: MentionTable, listed: bytes, sentences: bytes, wanted: Set[EntityId]
) -> dict[EntityId, bytes]:
    """Return the sum for each of the wanted entities that a document mentions.

    `listed` has two fingerprints of how lists show each document, joined; `sentences` the
    fingerprint of its sentences for each of its entities, joined in the order of the table.

    A sum has no order: that of documents follows from how lists show them. Each summand is the
    product of two fingerprints, so sentences of two documents that change places change the sum.
    """
    shown = np.frombuffer(sentences, np.uint64).reshape(-1, 2)
    documents = np.frombuffer(listed, np.uint64).reshape(-1, 2)
    own = (documents[0::2] + _ODD * documents[1::2]) | np.uint64(1)
    sums = np.zeros((len(table.ids), 2), np.uint64)
    np.add.at(sums, table.entities, (shown + _ODD) * own[table.rows])
    is_mentioned = np.bincount(table.entities, minlength=len(table.ids)).tolist()
    return {
        entity_id: sums[number].tobytes()
        for number, entity_id in enumerate(table.ids)
        if is_mentioned[number] and entity_id in wanted
    }
