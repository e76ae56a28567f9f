"""Texts are split into words once, for search and for comparison."""

from __future__ import annotations

from collections import Counter
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from generator.text import fold, split_words
from generator.text.term_counts import terms_in_memory
from generator.text.text_profile import profile_text
from tests.support import hostile_text

ANYTHING = hostile_text | st.text(max_size=200)


def word_counts(text: str) -> dict[str, int]:
    """Return the words of a text with their counts."""
    profile = profile_text(text)
    return dict(zip(profile.words.split(" "), profile.counts, strict=True)) if profile.words else {}


@given(ANYTHING)
def test_folded_words_are_those_of_search(text: str) -> None:
    """With the same counts, so that an index can be built from them."""
    counts: Counter[str] = Counter()
    for word, times in word_counts(text).items():
        counts[fold(word)] += times
    assert counts == Counter(split_words(text))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Perú, perú — PERÚ's “Peru”", {"perú": 3, "s": 1, "peru": 1}),
        ("Die Straße; soft\u00adhyphen", {"die": 1, "straße": 1, "softhyphen": 1}),
        ("東京。東京", {"東京": 2, "京": 2}),
        ("a\u200bb ½ 5㎏", {"ab": 1, "1": 1, "2": 1, "5kg": 1}),
        ("... — ***", {}),
        (
            "the R.N.L.I. and É.D.F., not the U.S.",
            {"the": 2, "rnli": 1, "and": 1, "edf": 1, "not": 1, "u": 1, "s": 1},
        ),
        (
            "www.a.b.c.org e.g. 1.2.3 a.b.c.de",
            {
                "www": 1,
                "a": 2,
                "b": 2,
                "c": 2,
                "org": 1,
                "e": 1,
                "g": 1,
                "1": 1,
                "2": 1,
                "3": 1,
                "de": 1,
            },
        ),
        ("no " * 300, {"no": 255}),
    ],
)
def test_words_have_accents_and_no_case(text: str, expected: dict[str, int]) -> None:
    """They can be shown to readers; a word that folding splits stays folded."""
    assert word_counts(text) == expected


def test_texts_that_differ_in_punctuation_have_the_same_digest() -> None:
    """Texts with different words do not."""
    first = profile_text("“The bridge,” he said.\n\nIt held.")
    assert first.digest == profile_text("THE BRIDGE he said - it held").digest
    assert first.digest != profile_text("The bridge, he said. It fell.").digest
    assert profile_text("?!").digest == ""


@given(st.lists(ANYTHING, max_size=5))
def test_batches_have_the_words_of_every_text(texts: list[str]) -> None:
    """In the order of the texts."""
    terms = terms_in_memory(map(profile_text, texts))
    counts: list[dict[str, int]] = []
    for batch in (terms.part(slice(start, start + 2)) for start in range(0, len(texts), 2)):
        for start, end in pairwise(batch.starts):
            named = [terms.vocabulary[word] for word in batch.words[start:end]]
            counts.append(dict(zip(named, batch.counts[start:end].tolist(), strict=True)))
    assert counts == [*map(word_counts, texts)]


def test_words_of_headings_count_twice() -> None:
    """They say what a text is about; what it is like and how long it is stays the same."""
    plain, weighed = (
        profile_text("Of bees\n\nThey hum."),
        profile_text("Of bees\n\nThey hum.", "Of bees"),
    )
    assert (list(plain.counts), list(weighed.counts)) == ([1, 1, 1, 1], [2, 2, 1, 1])
    assert replace(weighed, counts=plain.counts) == plain
