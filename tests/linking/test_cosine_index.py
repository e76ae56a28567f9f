"""The cosine index: a document that is not compared could not have been among the nearest."""

from __future__ import annotations

import random

import numpy as np
import pytest

from generator.linking.similarity.cosine_index import MAX_NEAREST, CosineIndex
from generator.linking.similarity.keywords import Keywords, select_keywords
from generator.text.term_counts import terms_in_memory
from generator.text.tokens import profile_text


def keywords(size: int) -> Keywords:
    """Texts of few frequent and many rare words, some of them similar."""
    chance = random.Random(7)
    frequent = [f"often{letter}x" for letter in "abcdefgh"]
    rare = [f"{a}{b}{c}word" for a in "abcdefg" for b in "klmnop" for c in "uvw"]
    texts = [
        " ".join(chance.choices(frequent, k=4) + chance.choices(rare, k=25)) for _ in range(size)
    ]
    return select_keywords(terms_in_memory(map(profile_text, texts)), ["en"] * size)


@pytest.mark.parametrize("size", [40, 400])
@pytest.mark.parametrize("light_limit", [1, 20, 10_000])
def test_the_nearest_are_those_of_a_full_comparison(size: int, light_limit: int) -> None:
    """However many documents are compared in full."""
    index = CosineIndex.build(keywords(size), light_limit)
    rows = np.zeros((size, len(index.rows.scratch)))
    for document in range(size):
        weights = index.rows.weights[document].astype(np.float64)
        np.add.at(rows[document], index.rows.terms[document], weights)
    cosines = rows @ rows.T
    np.fill_diagonal(cosines, 0)
    for document in range(size):
        near = index.nearest(document)
        best = np.sort(cosines[document])[::-1][:MAX_NEAREST]
        assert np.allclose(near.cosines, best[best >= 0.05], atol=1e-5)
        assert np.allclose(cosines[document][near.documents], near.cosines, atol=1e-5)
