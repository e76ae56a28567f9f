"""A small corpus in memory, with its pages as the generator writes them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from generator.linking.corpus import assemble_corpus, join_people
from generator.linking.entities.resolve import (
    CorrectedUsages,
    count_entities,
    count_usages,
    resolve_entities,
)
from generator.model import Corpus, Document, EntityId, Mention, OutputFile, SeedPath
from generator.writing.addresses import urls
from generator.writing.citations import cited_work
from generator.writing.document_sums import sum_documents
from generator.writing.entity_views import build_entity_index
from generator.writing.pages import (
    document_listings,
    entity_listings,
    other_pages,
    quotes,
    search_and_feeds,
)
from generator.writing.pages.document import document_page
from generator.writing.pages.entities import entity_pages
from generator.writing.pages.listings import Listing
from generator.writing.site_info import SiteInfo
from generator.writing.views import (
    DocumentView,
    build_context_index,
    document_view,
)


@dataclass(frozen=True)
class Whole:
    """Documents, the mentions in them, and their corpus."""

    documents: dict[SeedPath, Document]
    mentions: dict[SeedPath, tuple[Mention, ...]]
    corpus: Corpus

    def view(self, source: SeedPath) -> DocumentView:
        """Return the view of a document's page."""
        document, mentions = self.documents[source], self.mentions[source]
        context = build_context_index(self.corpus).context_of(
            document.record, count_usages(mentions)
        )
        return document_view(context, document, mentions)

    def entity_pages(self, site_info: SiteInfo) -> Iterator[OutputFile]:
        """Yield the pages of all entities with a page."""
        index = build_entity_index(build_context_index(self.corpus))
        for entity_id in sorted(index.with_page):
            yield from entity_pages(index.view_of(entity_id), self._quotes_of, site_info)

    def pages(self, site_info: SiteInfo) -> Iterator[OutputFile]:
        """Yield every page."""
        for record in self.corpus.documents:
            view = self.view(record.source)
            cited = cited_work(view.document, view.address, site_info)
            yield document_page(view, site_info, cited)
        yield from self.entity_pages(site_info)
        yield from files_of(document_listings(self.corpus, site_info))
        yield from entity_listings(self.corpus, site_info)
        yield from search_and_feeds(self.corpus, site_info)
        yield from other_pages(self.corpus, sum_documents(self.corpus.documents), site_info)

    def _quotes_of(self, source: SeedPath, entity_id: EntityId) -> Sequence[quotes.Quote]:
        return quotes.quotes_by_entity(self.view(source))[entity_id]


def files_of(listings: Iterable[Listing]) -> Iterator[OutputFile]:
    """Yield the pages of listings."""
    for listing in listings:
        yield from listing.make()


def whole(documents: Iterable[Document], mentions: Iterable[Iterable[Mention]] = ()) -> Whole:
    """Return a corpus of documents and the mentions in each."""
    texts = {document.source: document for document in documents}
    given = {source: tuple(own) for source, own in zip(texts, mentions, strict=False)}
    by_source = dict.fromkeys(texts, ()) | given
    wanted = ((document.source, urls.document_address(document)) for document in texts.values())
    records = [document.record for document in texts.values()]
    corpus = assemble_corpus(records, urls.allocate_addresses(wanted), urls.author_addresses)
    usages = [(source, count_usages(own)) for source, own in by_source.items()]
    registry = resolve_entities(CorrectedUsages(usages), len(texts), urls.entity_addresses)
    counts = {source: count_entities(source, own, registry) for source, own in usages}
    linked = join_people(replace(corpus, entities=registry, mentions=counts))
    return Whole(texts, by_source, linked)
