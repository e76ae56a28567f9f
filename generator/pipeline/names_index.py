"""The index of names: what it depends on, and where names without a page are mentioned."""

from __future__ import annotations

from collections.abc import Iterator

from generator.engine.database import Database
from generator.engine.encoding import decoder
from generator.engine.fingerprint import fingerprint
from generator.model import Corpus, EntityId, OutputFile, SeedPath
from generator.pipeline.build_tasks import NAME_PLACES
from generator.pipeline.page_fingerprints import DocumentFingerprints
from generator.writing.pages.names_index import NamePlace, names_index_pages
from generator.writing.site_info import SiteInfo


def names_index_fingerprint(documents: DocumentFingerprints, places: bytes) -> str:
    """Return the fingerprint of the index; `places` are those of the documents, joined."""
    corpus = documents.index.corpus
    names = [
        (
            (entity.id, entity.kind, entity.name, entity.address, entity.aliases),
            (entity.documents, entity.mentions, entity.role),
            (entity.facts.born, entity.facts.died),
        )
        for entity in corpus.entities.entities.values()
        if entity.is_clear
    ]
    return fingerprint((documents.own.references, places, names, corpus.entity_languages)).hex()


def make_names_index(
    database: Database, corpus: Corpus, site_info: SiteInfo
) -> Iterator[OutputFile]:
    """Yield the pages of the index, once the pages of all documents are written."""
    yield from names_index_pages(corpus, dict(_places(database, corpus)), site_info)


def _places(database: Database, corpus: Corpus) -> Iterator[tuple[EntityId, NamePlace]]:
    """Yield the names without a page that are certain, with their paragraphs."""
    decode = decoder(dict[EntityId, str]).decode
    entities = corpus.entities.entities
    for path, data in database.items(NAME_PLACES):
        source = SeedPath(path)
        if source in corpus.by_source:
            for entity_id, paragraph in decode(data).items():
                if entity_id in entities and entities[entity_id].is_clear:
                    yield entity_id, NamePlace(source, paragraph)
