"""The cosine index: a document that is not compared could not have been among the nearest."""

from __future__ import annotations

import random

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.linking.similarity.cosine_index import MAX_NEAREST, CosineIndex, most_searched
from generator.linking.similarity.keyword_weights import KeywordBlock, weigh_keywords, with_rows
from generator.linking.similarity.keywords import Keywords, select_keywords
from generator.text.term_counts import terms_in_memory
from generator.text.text_profile import profile_text
from generator.text.vocabulary import Vocabulary


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
@pytest.mark.parametrize("max_searched", [8, 80, 10_000])
def test_the_nearest_are_those_of_a_full_comparison(size: int, max_searched: int) -> None:
    """Among documents whose cosine is at least 0.05 by the terms that are searched."""
    index = CosineIndex.build(weigh_keywords(keywords(size), {}).weighed, max_searched)
    index = index.with_postings(np.ones(size, bool))
    rows = np.zeros((size, len(index.rows.scratch)))
    for document in range(size):
        weights = index.rows.weights[document].astype(np.float64)
        np.add.at(rows[document], index.rows.terms[document], weights)
    is_near = (rows * index.rows.is_searched) @ rows.T >= 0.05
    cosines = np.where(is_near, rows @ rows.T, 0)
    np.fill_diagonal(cosines, 0)
    for document in range(size):
        near = index.nearest(document)
        best = np.sort(cosines[document])[::-1][:MAX_NEAREST]
        assert np.allclose(near.cosines, best[best > 0], atol=1e-5)
        assert np.allclose(cosines[document][near.documents], near.cosines, atol=1e-5)


@given(st.integers(1, 1_000_000_000))
def test_the_cost_of_comparing_all_is_bounded(size: int) -> None:
    """A keyword is in a tenth of all at most; all are searched up to 100,000 documents."""
    most = most_searched(size)
    assert most * size <= 200_000 * 10_000
    assert most >= 0.1 * size or size > 100_000


def test_updated_keywords_are_those_of_a_fresh_comparison() -> None:
    """After edits, with blocks of four documents; a new word changes its weight in all of them."""
    chance = random.Random(3)
    vocabulary, blocks = Vocabulary(), dict[int, KeywordBlock]()
    words = [f"{a}{b}word" for a in "abcdefgh" for b in "klmnop"]
    texts = [" ".join(chance.choices(words, k=9)) for _ in range(30)]
    for step in range(40):
        position = chance.randrange(len(texts))
        count = chance.choice((0, 1, 1, 1, 1, 2))
        texts[position : position + 1] = [" ".join(chance.choices(words, k=9))] * count
        terms = terms_in_memory(map(profile_text, texts), vocabulary)
        chosen = select_keywords(terms, ["fr" if step % 7 == 6 else "en", *["en"] * len(texts)][1:])
        updated, fresh = (weigh_keywords(chosen, saved, size=4) for saved in (blocks, {}))
        assert np.array_equal(updated.weighed.terms, fresh.weighed.terms)
        assert np.array_equal(updated.weighed.weights, fresh.weighed.weights)
        assert np.array_equal(updated.weighed.document_counts, fresh.weighed.document_counts)
        blocks |= with_rows(updated.changed, *updated.weighed[:2], size=4)


def test_after_an_edit_few_keywords_are_weighed_again() -> None:
    """Those of the edited document's block, and of blocks with a word whose weight changed."""
    words = [f"mill{first}{second}" for first in "abcdefg" for second in "klmnopq"]
    texts = [f"{words[number // 3]} {words[number // 2 + 20]}" for number in range(40)]
    vocabulary = Vocabulary()
    terms = terms_in_memory(map(profile_text, texts), vocabulary)
    before = weigh_keywords(select_keywords(terms, ["en"] * 40), {}, size=4)
    assert set(before.changed) == set(range(10))
    texts[9] += f" {words[10]}"  # which was in the documents 30, 31 and 32
    terms = terms_in_memory(map(profile_text, texts), vocabulary)
    saved = dict(with_rows(before.changed, *before.weighed[:2], size=4))
    after = weigh_keywords(select_keywords(terms, ["en"] * 40), saved, size=4)
    assert set(after.changed) == {2, 7, 8}
