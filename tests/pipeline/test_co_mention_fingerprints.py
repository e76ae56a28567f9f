"""The fingerprint of those who are mentioned with an entity changes exactly if its page would."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from generator.model import (
    Address,
    Alias,
    Corpus,
    DocumentRecord,
    Entity,
    EntityId,
    EntityMentions,
    EntityRegistry,
    Extracted,
    Metadata,
    SeedPath,
)
from generator.pipeline.page_fingerprints import co_mention_fingerprints
from generator.writing.entity_views import EntityIndex, build_entity_index
from generator.writing.views import build_context_index

_IDS = tuple(EntityId(letter) for letter in "abcd")
_DOCUMENTS = st.lists(st.lists(st.sampled_from(_IDS), unique=True), max_size=4)
_NAMES = st.fixed_dictionaries({entity_id: st.sampled_from(["Ana", "Luis"]) for entity_id in _IDS})
_WITH_PAGE = st.sets(st.sampled_from(_IDS))


def index_of(
    documents: list[list[EntityId]], names: dict[EntityId, str], with_page: set[EntityId]
) -> EntityIndex:
    """Return the index of a corpus whose documents mention these entities."""
    sources = [SeedPath(f"{number}.txt") for number in range(len(documents))]
    metadata = Metadata(Extracted("T", "first line", quote="T"))
    entities = {
        key: Entity(
            key,
            "person",
            name,
            Address(f"{key}/") if key in with_page else None,
            (Alias(name, 1),),
            1,
            1,
        )
        for key, name in names.items()
    }
    corpus = Corpus(
        tuple(DocumentRecord(source, "", "utf-8", metadata) for source in sources),
        {source: Address(f"documents/{source}/") for source in sources},
        entities=EntityRegistry(entities),
        mentions={
            source: EntityMentions(tuple(ids), (1,) * len(ids))
            for source, ids in zip(sources, documents, strict=True)
        },
        by_source={source: DocumentRecord(source, "", "utf-8", metadata) for source in sources},
    )
    return build_entity_index(build_context_index(corpus))


@given(_DOCUMENTS, _DOCUMENTS, _NAMES, _NAMES, _WITH_PAGE)
def test_fingerprints_are_equal_exactly_if_the_same_is_listed(
    documents: list[list[EntityId]],
    others: list[list[EntityId]],
    names: dict[EntityId, str],
    other_names: dict[EntityId, str],
    with_page: set[EntityId],
) -> None:
    """Who is listed, how they are called, and how often."""
    first, second = index_of(documents, names, with_page), index_of(others, other_names, with_page)
    one, other = co_mention_fingerprints(first), co_mention_fingerprints(second)
    assert one.keys() == other.keys() == with_page
    for entity_id in with_page:
        listed = [[*index.most_co_mentioned(entity_id)] for index in (first, second)]
        assert (one[entity_id] == other[entity_id]) == (listed[0] == listed[1])
