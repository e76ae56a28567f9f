"""The headings of entities and authors in an index: "Curie, Marie"."""

from __future__ import annotations

from collections.abc import Mapping

from generator.model import Author, Corpus, Entity, EntityId
from generator.text.person_names import is_organization
from generator.text.sort_names import IndexHeading, person_in_index, thing_in_index


def index_heading(entity: Entity, languages: Mapping[EntityId, str]) -> IndexHeading:
    """Return the heading of an entity."""
    language = languages.get(entity.id, "")
    if entity.kind == "person":
        return person_in_index(entity.name, language)
    return thing_in_index(entity.name, language, is_place=entity.kind == "place")


def author_index_heading(author: Author, corpus: Corpus) -> IndexHeading:
    """Return the heading of an author; the first document has the language."""
    metadata = corpus.by_source[author.documents[0]].metadata
    language = metadata.language.value if metadata.language else ""
    if is_organization(author.name):
        return thing_in_index(author.name, language)
    return person_in_index(author.name, language)
