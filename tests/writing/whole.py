"""A small corpus with its texts at hand, and its pages composed as the generator does it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from generator.linking.corrections import NameCorrections
from generator.linking.entities import register, speaks_of, usages
from generator.linking.survey import assemble
from generator.model import Corpus, Document, EntityId, Mention, OutputFile, SeedPath
from generator.writing import urls
from generator.writing.imprint import Imprint
from generator.writing.pages import catalogue, lists, quotes
from generator.writing.pages.document import document_page
from generator.writing.pages.entities import entity_pages
from generator.writing.parts import Part, companies, part, surrounding


@dataclass(frozen=True)
class Whole:
    """Documents, the names in them, and the corpus that they make."""

    documents: dict[SeedPath, Document]
    mentions: dict[SeedPath, tuple[Mention, ...]]
    corpus: Corpus

    def part(self, source: SeedPath) -> Part:
        """What the page of a document shows."""
        document, mentions = self.documents[source], self.mentions[source]
        around = surrounding(self.corpus).of(document.record, usages(mentions))
        return part(around, document, mentions)

    def entity_pages(self, imprint: Imprint) -> Iterator[OutputFile]:
        """The pages of everybody who has one."""
        known = companies(surrounding(self.corpus))
        for entity_id in known.places:
            yield from entity_pages(known.of(entity_id), self._quoted, imprint)

    def pages(self, imprint: Imprint) -> Iterator[OutputFile]:
        """Every page."""
        for record in self.corpus.documents:
            yield document_page(self.part(record.source), imprint)
        yield from self.entity_pages(imprint)
        yield from catalogue(self.corpus, imprint)
        yield from lists(self.corpus, imprint)

    def _quoted(self, source: SeedPath, entity_id: EntityId) -> Sequence[quotes.Quote]:
        return quotes.cut(self.part(source))[entity_id]


def whole(documents: Iterable[Document], mentions: Iterable[Iterable[Mention]] = ()) -> Whole:
    """Make a corpus of documents, and of the mentions in each."""
    texts = {document.source: document for document in documents}
    found = {source: tuple(those) for source, those in zip(texts, mentions, strict=False)}
    found = dict.fromkeys(texts, ()) | found
    wanted = ((one.source, urls.document_address(one)) for one in texts.values())
    records = [document.record for document in texts.values()]
    corpus = assemble(records, urls.allocate(wanted), urls.author_addresses)
    namings = [(source, usages(those)) for source, those in found.items()]
    who = register(namings, len(texts), urls.entity_addresses, NameCorrections())
    spoken = {source: speaks_of(used, who) for source, used in namings}
    return Whole(texts, found, replace(corpus, register=who, spoken=spoken))
