"""The names of documents in columns are those of the entities with a page that each mentions."""

from __future__ import annotations

from collections import Counter
from itertools import chain

from hypothesis import given
from hypothesis import strategies as st

from generator.linking.similarity.linked_names import LinkedNames
from generator.model import EntityId, EntityMentions, SeedPath
from generator.model.mention_table import MentionTable

NAMES = {
    EntityId("people/washington"): "Washington",
    EntityId("places/washington"): "Washington",
    EntityId("people/ana"): "Ana",
    EntityId("places/lima"): "Lima",
}
ENTITIES = st.sampled_from([*NAMES, EntityId("people/without-page")])
DOCUMENTS = st.lists(st.lists(ENTITIES, unique=True))


@given(
    DOCUMENTS, st.sets(st.sampled_from(sorted(NAMES))), st.sets(st.sampled_from(["Ana", "Lima"]))
)
def test_names_are_those_of_each_document(
    documents: list[list[EntityId]], with_page: set[EntityId], wanted: set[str]
) -> None:
    """A name that two entities have counts once in a document."""
    mentions = {
        SeedPath(str(number)): EntityMentions(tuple(ids), (1,) * len(ids))
        for number, ids in enumerate(documents)
    }
    linked = {entity_id: NAMES[entity_id] for entity_id in sorted(with_page)}
    names = LinkedNames.of(MentionTable.of(mentions), linked)
    expected = [frozenset(linked[each] for each in ids if each in linked) for ids in documents]
    assert [names.of_document(index) for index in range(len(documents))] == expected
    assert names.counts() == Counter(chain.from_iterable(expected))
    assert names.documents_with(wanted).tolist() == [bool(wanted & own) for own in expected]
    digests = [bytes(row) for row in names.digests()]
    assert [first == second for first in digests for second in digests] == [
        first == second for first in expected for second in expected
    ]
