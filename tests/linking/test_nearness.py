"""Whoever is left out unseen could not have been among the nearest."""

from __future__ import annotations

import random

import numpy as np
import pytest

from generator.linking.similarity import cosine_index
from generator.linking.similarity.cosine_index import MAX_NEAREST, CosineIndex
from generator.linking.similarity.keywords import select_keywords
from generator.text import build_matrix, profile_text


def corpus(size: int) -> CosineIndex:
    """Texts of few frequent and many rare words, some of them alike."""
    made = random.Random(7)
    often = [f"often{at}x" for at in "abcdefgh"]
    rare = [f"{one}{other}{two}word" for one in "abcdefg" for other in "klmnop" for two in "uvw"]
    texts = [" ".join(made.choices(often, k=4) + made.choices(rare, k=25)) for _ in range(size)]
    terms = build_matrix(map(profile_text, texts))
    return CosineIndex.build(select_keywords(terms, ["en"] * size))


@pytest.mark.parametrize("size", [40, 400])
@pytest.mark.parametrize("light", [1, 20, 10_000])
def test_the_nearest_are_those_that_a_look_at_all_finds(
    size: int, light: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """However much is looked at in full."""
    monkeypatch.setattr(cosine_index, "_LIGHT", light)
    index = corpus(size)
    rows = np.zeros((size, len(index.rows.scratch)))
    for at in range(size):
        np.add.at(rows[at], index.rows.terms[at], index.rows.weights[at].astype(np.float64))
    cosines = rows @ rows.T
    np.fill_diagonal(cosines, 0)
    for at in range(size):
        near = index.nearest(at)
        best = np.sort(cosines[at])[::-1][:MAX_NEAREST]
        assert np.allclose(near.cosines, best[best >= 0.05], atol=1e-5)
        assert np.allclose(cosines[at][near.documents], near.cosines, atol=1e-5)
