"""A small corpus with its texts at hand, and its pages composed as the generator does it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from generator.corrections import NameCorrections
from generator.linking.corpus import assemble_corpus
from generator.linking.entities.resolve import count_entities, count_usages, resolve_entities
from generator.model import Corpus, Document, EntityId, Mention, OutputFile, SeedPath
from generator.writing.addresses import urls
from generator.writing.pages import document_listings, other_pages, quotes
from generator.writing.pages.document import document_page
from generator.writing.pages.entities import entity_pages
from generator.writing.site_info import SiteInfo
from generator.writing.views import (
    DocumentView,
    build_co_mention_index,
    build_context_index,
    document_view,
)


@dataclass(frozen=True)
class Whole:
    """Documents, the names in them, and the corpus that they make."""

    documents: dict[SeedPath, Document]
    mentions: dict[SeedPath, tuple[Mention, ...]]
    corpus: Corpus

    def part(self, source: SeedPath) -> DocumentView:
        """What the page of a document shows."""
        document, mentions = self.documents[source], self.mentions[source]
        around = build_context_index(self.corpus).context_of(
            document.record, count_usages(mentions)
        )
        return document_view(around, document, mentions)

    def entity_pages(self, site_info: SiteInfo) -> Iterator[OutputFile]:
        """The pages of everybody who has one."""
        known = build_co_mention_index(build_context_index(self.corpus))
        for entity_id in known.positions:
            yield from entity_pages(known.view_of(entity_id), self._quoted, site_info)

    def pages(self, site_info: SiteInfo) -> Iterator[OutputFile]:
        """Every page."""
        for record in self.corpus.documents:
            yield document_page(self.part(record.source), site_info)
        yield from self.entity_pages(site_info)
        yield from document_listings(self.corpus, site_info)
        yield from other_pages(self.corpus, site_info)

    def _quoted(self, source: SeedPath, entity_id: EntityId) -> Sequence[quotes.Quote]:
        return quotes.quotes_by_entity(self.part(source))[entity_id]


def whole(documents: Iterable[Document], mentions: Iterable[Iterable[Mention]] = ()) -> Whole:
    """Make a corpus of documents, and of the mentions in each."""
    texts = {document.source: document for document in documents}
    found = {source: tuple(those) for source, those in zip(texts, mentions, strict=False)}
    found = dict.fromkeys(texts, ()) | found
    wanted = ((one.source, urls.document_address(one)) for one in texts.values())
    records = [document.record for document in texts.values()]
    corpus = assemble_corpus(records, urls.allocate_addresses(wanted), urls.author_addresses)
    namings = [(source, count_usages(those)) for source, those in found.items()]
    who = resolve_entities(namings, len(texts), urls.entity_addresses, NameCorrections())
    spoken = {source: count_entities(used, who) for source, used in namings}
    return Whole(texts, found, replace(corpus, entities=who, mentions=spoken))
