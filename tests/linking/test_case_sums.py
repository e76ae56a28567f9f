"""Kept sums of capitals: changed by single documents, they equal those made from scratch."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from generator.linking.names import (
    CaseCounts,
    CaseSums,
    EncodedCaseCounts,
    encode_counts,
    have_same_tendencies,
)
from generator.text.vocabulary import Vocabulary

Counted = tuple[dict[str, tuple[int, int, int]], str]

number = st.integers(0, 255)
documents = st.tuples(
    st.dictionaries(st.sampled_from("abcdefgh"), st.tuples(number, number, number)),
    st.sampled_from(["", "en", "de"]),
)
edits = st.lists(st.tuples(documents, documents, st.booleans()), max_size=6)


def encoded(document: Counted, words: Vocabulary) -> EncodedCaseCounts:
    """Return the counts of a document."""
    counted, language = document
    uses = bytes(use for counts in counted.values() for use in counts)
    return encode_counts(CaseCounts(tuple(counted), uses, language), words.ids)


@given(edits)
def test_changed_sums_equal_those_of_all_documents(
    corpus: list[tuple[Counted, Counted, bool]],
) -> None:
    """Whatever documents are edited, and however often each has a word."""
    words = Vocabulary()
    versions = [
        (encoded(old, words), encoded(new, words), is_edited) for old, new, is_edited in corpus
    ]
    before = CaseSums.of(old for old, _, _ in versions)
    changed = before.with_changes(
        [old for old, _, is_edited in versions if is_edited],
        [new for _, new, is_edited in versions if is_edited],
    )
    whole = CaseSums.of(new if is_edited else old for old, new, is_edited in versions)
    assert have_same_tendencies(whole.model, changed.model)
    assert np.array_equal(np.flatnonzero(whole.model.used), np.flatnonzero(changed.model.used))
    assert dict(changed.languages) == dict(whole.languages)
