"""Nearest documents are updated after edits; the result is that of a search for all."""

from __future__ import annotations

import random
from collections.abc import Sequence

import numpy as np
import pytest

from generator.linking.similarity.cosine_index import MAX_NEAREST, CosineIndex
from generator.linking.similarity.keyword_weights import weigh_keywords
from generator.linking.similarity.keywords import select_keywords
from generator.linking.similarity.nearest import (
    NO_DOCUMENT,
    REMOVED,
    NearestTable,
    NearestUpdate,
    update_nearest,
)
from generator.text.term_counts import terms_in_memory
from generator.text.text_profile import profile_text
from generator.text.vocabulary import Vocabulary

_WORDS = [f"{a}{b}{c}word" for a in "abcdef" for b in "klmnop" for c in "uvwxyz"]


def index_of(texts: Sequence[str], vocabulary: Vocabulary, max_searched: int) -> CosineIndex:
    """Return an index of texts in English."""
    terms = terms_in_memory(map(profile_text, texts), vocabulary)
    keywords = select_keywords(terms, ["en"] * len(texts))
    return CosineIndex.build(weigh_keywords(keywords, {}).weighed, max_searched)


def fresh(index: CosineIndex) -> NearestTable:
    """Return the nearest of all documents, all of them searched."""
    size = len(index.rows)
    return update_nearest(index, NearestTable.empty(size), np.ones(size, bool)).table


@pytest.mark.parametrize("max_searched", [25, 10_000])
def test_an_update_finds_what_a_search_for_all_finds(max_searched: int) -> None:
    """After edits, a new document and a removed one; most documents are not searched again."""
    chance, vocabulary = random.Random(5), Vocabulary()
    texts = [" ".join(chance.choices(_WORDS, k=30)) for _ in range(100)]
    index = index_of(texts, vocabulary, max_searched)
    table, rows = fresh(index), index.rows.digests()
    assert (table.documents[:, -1] != NO_DOCUMENT).any() or max_searched == 25
    for step in range(24):
        place = chance.randrange(len(texts))
        positions = np.arange(len(texts))
        if step % 4 == 0:
            del texts[place]
            positions[place], positions[place + 1 :] = REMOVED, positions[place + 1 :] - 1
        elif step % 4 == 1:
            texts.insert(place, texts[place])
            positions[place:] += 1
        else:
            texts[place] += f" {chance.choice(_WORDS)}"
        index = index_of(texts, vocabulary, max_searched)
        exists = positions != REMOVED
        now = index.rows.digests()
        changed = np.ones(len(texts), bool)
        for old, position in zip(np.flatnonzero(exists), positions[exists], strict=True):
            changed[position] = (rows[old] != now[position]).any()
        previous = table.remapped(positions, len(texts))
        table, rows = update_nearest(index, previous, changed).table, now
        expected = fresh(index)
        assert np.array_equal(table.documents, expected.documents)
        assert np.array_equal(table.cosines, expected.cosines)


def test_a_neighbour_that_changed_little_needs_no_search() -> None:
    """The nearest that stay are known, and no other is nearer than the last of them."""
    chance = random.Random(2)
    texts = [" ".join(chance.choices(_WORDS[:60], k=12)) for _ in range(60)]
    index = index_of(texts, Vocabulary(), 10_000)
    table = fresh(index)
    first = table.neighbours_of(0)
    nearest = int(first.documents[0])
    changed = np.zeros(len(texts), bool)
    changed[nearest] = True
    update = NearestUpdate(index, table, changed)
    assert 0 in update.affected()
    assert len(first.documents) == MAX_NEAREST
    merged = update.merged(0, [nearest])
    assert merged is not None
    assert np.array_equal(merged.documents, first.documents)
    assert np.array_equal(merged.cosines, first.cosines)
    assert update.merged(0, []) is None  # without it, another one may be among the nearest
