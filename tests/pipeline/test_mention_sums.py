"""The sum of the mentions of an entity changes exactly if what its page shows of them does."""

from __future__ import annotations

from collections import defaultdict

from hypothesis import given
from hypothesis import strategies as st

from generator.engine.fingerprint import fingerprint
from generator.model import EntityId, EntityMentions, SeedPath
from generator.model.mention_table import MentionTable
from generator.pipeline.mention_sums import sum_mentions

ENTITIES = tuple(map(EntityId, ("people/ana", "people/luis", "places/lima", "places/cuzco")))
WANTED = frozenset(ENTITIES[:3])

Corpus = dict[int, dict[EntityId, int]]
"""For each document, by how lists show it, its entities with their sentences."""

Shown = dict[EntityId, set[tuple[int, int]]]
"""For each entity the documents that mention it, each with its sentences."""

NUMBERS = st.integers(0, 3)
"""Few, so that documents and sentences are often the same."""


def sums(corpus: Corpus) -> dict[EntityId, bytes]:
    """Return the sums of documents, each with its sentences; sentence 0 stands for none."""
    mentions = {
        SeedPath(f"{listed}.txt"): EntityMentions(tuple(shown), (1,) * len(shown))
        for listed, shown in corpus.items()
    }
    sentences = (number for shown in corpus.values() for number in shown.values())
    digests = (fingerprint(number) if number else bytes(16) for number in sentences)
    listed = (fingerprint((part, number)) for number in corpus for part in ("listed", "in feeds"))
    return sum_mentions(MentionTable.of(mentions), b"".join(listed), b"".join(digests), WANTED)


def shown_of(corpus: Corpus) -> Shown:
    """Return what the page of each entity shows."""
    shown: Shown = defaultdict(set)
    for listed, sentences in corpus.items():
        for entity_id in WANTED & sentences.keys():
            shown[entity_id].add((listed, sentences[entity_id]))
    return shown


CORPORA = st.dictionaries(NUMBERS, st.dictionaries(st.sampled_from(ENTITIES), NUMBERS))


@given(CORPORA, CORPORA)
def test_sums_are_equal_exactly_if_the_same_is_shown(one: Corpus, other: Corpus) -> None:
    """Sums of two corpora are compared, entity by entity."""
    first, second = sums(one), sums(other)
    shown, shown_then = shown_of(one), shown_of(other)
    assert first.keys() == shown.keys()
    for entity_id in first.keys() & second.keys():
        is_same = shown[entity_id] == shown_then[entity_id]
        assert (first[entity_id] == second[entity_id]) == is_same


def test_sentences_that_change_places_change_the_sum() -> None:
    """Each document has another sentence than before, but all sentences are there."""
    ana = ENTITIES[0]
    assert sums({1: {ana: 1}, 2: {ana: 2}}) != sums({1: {ana: 2}, 2: {ana: 1}})


def test_a_document_without_sentences_counts_by_how_lists_show_it() -> None:
    """It may name somebody in its head only."""
    ana = ENTITIES[0]
    assert sums({1: {ana: 0}}) != sums({2: {ana: 0}})
