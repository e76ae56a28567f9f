"""Pairs of entities are counted as a loop over the documents counts them."""

from __future__ import annotations

from collections import Counter
from itertools import combinations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.model import EntityId, EntityMentions, SeedPath
from generator.model.mention_table import MentionTable
from generator.writing import entity_pairs
from generator.writing.entity_pairs import MOST_MENTIONED, count_pairs, most_mentioned

NAMES = tuple(EntityId(f"people/{number:02}") for number in range(MOST_MENTIONED + 5))
COUNTS = st.dictionaries(st.sampled_from(NAMES), st.integers(1, 3), max_size=len(NAMES))


@pytest.mark.parametrize("batch", [1, 10_000])
@given(documents=st.lists(COUNTS), wanted=st.sets(st.sampled_from(NAMES)))
def test_pairs_of_the_most_mentioned(
    batch: int, documents: list[dict[EntityId, int]], wanted: set[EntityId]
) -> None:
    """Of equally frequent entities the first by id, and in batches of any size."""
    mentions = {
        SeedPath(f"{number}.txt"): EntityMentions(tuple(counts), tuple(counts.values()))
        for number, counts in enumerate(documents)
    }
    table = MentionTable.of(mentions)
    expected: Counter[tuple[EntityId, EntityId]] = Counter()
    for found in mentions.values():
        most = [each for each in found.by_count if each in wanted][:MOST_MENTIONED]
        expected.update(combinations(sorted(most), 2))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(entity_pairs, "_BATCH", batch)
        pairs = count_pairs(table, most_mentioned(table, table.mask(wanted)))
    columns = (pairs.first.tolist(), pairs.second.tolist(), pairs.documents.tolist())
    found_pairs = [
        ((table.ids[first], table.ids[second]), count)
        for first, second, count in zip(*columns, strict=True)
    ]
    assert found_pairs == sorted(expected.items())


def test_a_table_without_documents_has_no_pairs() -> None:
    """Nor has one in which nobody is mentioned."""
    for documents in ({}, {SeedPath("a.txt"): EntityMentions()}):
        table = MentionTable.of(documents)
        assert not len(count_pairs(table, most_mentioned(table, np.zeros(0, bool))).first)
