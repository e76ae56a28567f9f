"""The mentions of all documents in columns are those of each document."""

from __future__ import annotations

from hashlib import blake2b
from itertools import product

from hypothesis import given
from hypothesis import strategies as st

from generator.engine.encoding import decoder, encode
from generator.model import EntityId, EntityMentions, SeedPath
from generator.model.mention_table import MentionTable

SOURCES = st.sampled_from([SeedPath(f"{letter}.txt") for letter in "abcde"])
ENTITIES = st.sampled_from([EntityId(name) for name in ("people/ana", "people/luis", "places/x")])


@st.composite
def mentions(draw: st.DrawFn) -> EntityMentions:
    """Return what a document mentions."""
    counts = draw(st.dictionaries(ENTITIES, st.integers(1, 9)))
    return EntityMentions(tuple(counts), tuple(counts.values()), draw(st.integers(0, 99)))


DOCUMENTS = st.dictionaries(SOURCES, mentions())


@given(DOCUMENTS)
def test_a_table_has_what_it_was_made_of(documents: dict[SeedPath, EntityMentions]) -> None:
    """In the same order, and after it was saved as well."""
    table = MentionTable.of(documents)
    saved: MentionTable = decoder(MentionTable).decode(encode(table))
    assert list(table.items()) == list(saved.items()) == list(documents.items())


@given(DOCUMENTS, st.lists(SOURCES, unique=True))
def test_rows_follow_any_order(
    documents: dict[SeedPath, EntityMentions], order: list[SeedPath]
) -> None:
    """A document that was not there mentions nothing."""
    table = MentionTable.of(documents).in_order(order)
    expected = {source: documents.get(source, EntityMentions()) for source in order}
    assert list(table.items()) == list(expected.items())


@given(DOCUMENTS, st.lists(st.integers(0, 3), min_size=5, max_size=5))
def test_the_first_document_with_a_number_decides(
    documents: dict[SeedPath, EntityMentions], numbers: list[int]
) -> None:
    """As a loop over the documents finds it."""
    own = numbers[: len(documents)]
    first: dict[EntityId, int] = {}
    for number, found in zip(own, documents.values(), strict=True):
        for entity_id in found.entities:
            first[entity_id] = first.get(entity_id) or number
    assert MentionTable.of(documents).first_of_each(own) == first


@given(DOCUMENTS)
def test_digests_are_equal_for_the_same_entities_in_the_same_order(
    documents: dict[SeedPath, EntityMentions],
) -> None:
    """And for no others."""
    table = MentionTable.of(documents)
    digests = table.digests([blake2b(each.encode(), digest_size=16).digest() for each in table.ids])
    mentioned = [found.entities for found in documents.values()]
    for first, second in product(range(len(mentioned)), repeat=2):
        is_same = mentioned[first] == mentioned[second]
        assert (digests[first] == digests[second]) == is_same
