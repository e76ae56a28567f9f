"""Rare runs of words: after an edit they are those of a fresh comparison."""

from __future__ import annotations

import random

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.linking.similarity.rare_runs import (
    RareRuns,
    SharedRuns,
    count_shared,
    find_rare_runs,
    rare_runs,
)
from generator.linking.similarity.survey import SurveyBlock, survey_texts
from generator.text.distinct_numbers import is_among
from generator.text.term_counts import terms_in_memory
from generator.text.text_profile import profile_text
from generator.text.vocabulary import Vocabulary

SENTENCES = [f"the {word} gave way at the seaward {word}" for word in "abcdefghijklmno"]


@given(st.lists(st.frozensets(st.integers(0, 30), max_size=9), max_size=9))
def test_runs_may_be_sorted_in_parts(runs: list[frozenset[int]]) -> None:
    """The rare runs are the same."""
    sketches = [np.array(sorted(sketch), np.uint64) for sketch in runs]
    expected = rare_runs(sketches)
    assert all(rare_runs(sketches, count) == expected for count in (1, 2, 4))


@given(st.lists(st.frozensets(st.integers(0, 30), max_size=9), max_size=9))
def test_a_run_is_rare_in_two_or_three_documents(runs: list[frozenset[int]]) -> None:
    """Not in one, nor in more; it is counted for every two of them."""
    rare = rare_runs([np.array(sorted(sketch), np.uint64) for sketch in runs])
    rows = [*zip(rare.run_array.tolist(), rare.document_array.tolist(), strict=True)]
    owners = {run: [n for n, own in enumerate(runs) if run in own] for run in range(31)}
    owners = {run: own for run, own in owners.items() if 2 <= len(own) <= 3}
    assert rows == [(run, number) for run, own in owners.items() for number in own]
    shared = [
        SharedRuns(first, second, count)
        for second in range(len(runs))
        for first in range(second)
        if (count := sum({first, second} <= set(own) for own in owners.values()))
    ]
    assert sorted(count_shared(rare, len(runs))) == sorted(shared)


@given(st.integers(0, 1000))
@settings(max_examples=25, deadline=None)
def test_an_update_gives_the_same_as_a_fresh_survey(seed: int) -> None:
    """After edits of one text or of some, and after a text was added or removed."""
    chance = random.Random(seed)
    texts = [". ".join(chance.sample(SENTENCES, chance.randint(0, 3))) for _ in range(40)]
    vocabulary, blocks = Vocabulary(), dict[int, SurveyBlock]()
    previous: RareRuns | None = None
    for step in range(8):
        terms = terms_in_memory(map(profile_text, texts), vocabulary)
        survey, fresh = survey_texts(terms, blocks, 2), survey_texts(terms, {}, 2)
        assert survey.blocks == fresh.blocks
        assert survey.used_words().tolist() == fresh.used_words().tolist()
        updated = find_rare_runs(survey, previous)
        assert updated == find_rare_runs(fresh, None)
        blocks, previous = dict(enumerate(survey.blocks)), updated
        for number in chance.sample(range(len(texts)), chance.choice((0, 1, 1, 2))):
            texts[number] = ". ".join(chance.sample(SENTENCES, chance.randint(0, 3)))
        if step == 4:
            texts.append(SENTENCES[0])
            previous = None


def test_only_blocks_with_a_changed_text_are_read() -> None:
    """And those texts that share a run with it."""
    texts = [f"{SENTENCES[number % 15]} {number} times" for number in range(60)]
    blocks = survey_texts(terms_in_memory(map(profile_text, texts)), {}, 2).changed
    texts[7] = "nothing else has these words"
    survey = survey_texts(terms_in_memory(map(profile_text, texts)), blocks, 2)
    assert set(survey.changed) == {3}
    assert set(survey.changed_texts()) == {7}
    assert set(survey.sketches) == {6, 7}


@given(st.lists(st.integers(0, 20)), st.frozensets(st.integers(0, 20)))
def test_a_number_is_found_in_a_sorted_array(numbers: list[int], wanted: frozenset[int]) -> None:
    """Whether or not there is any."""
    found = is_among(np.array(numbers, np.uint32), np.array(sorted(wanted), np.uint32))
    assert found.tolist() == [number in wanted for number in numbers]
