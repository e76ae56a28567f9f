"""Pages of documents and entities, written on all cores, and only those that are outdated.

A page depends on a view of the corpus (`writing.views`), on the document's text and on the names in
it; its fingerprint covers all of that (`page_fingerprints`). The sentences in which a document
mentions an entity are saved when its page is written, and the pages of entities are made of them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial
from itertools import islice
from pathlib import Path

import msgspec

from generator.engine import workers
from generator.engine.batch_work import run_with_database
from generator.engine.cache_entries import Entry
from generator.engine.database import Database
from generator.engine.encoding import decoder, encode, get_value
from generator.engine.fingerprint import combine, fingerprint
from generator.engine.incremental import Build
from generator.engine.outdated import Paths, why_outdated
from generator.engine.tasks import (
    CurrentRow,
    Item,
    ItemResult,
    Items,
    Needs,
    Output,
    Work,
    WorkItem,
)
from generator.files import ExistingFiles
from generator.files.snapshot import Snapshot
from generator.model import (
    EntityId,
    Mention,
    OutputFile,
    PagePath,
    SeedPath,
)
from generator.pipeline.background_tables import DocumentParts, PageFingerprints, TableFile
from generator.pipeline.background_tasks import DOCUMENT_PARTS, JSONL_LINES, TABLE_FILES
from generator.pipeline.build_tasks import (
    CO_MENTIONS,
    DOCUMENT_PAGES,
    ENTITY_PAGES,
    LISTINGS,
    MENTIONS,
    NAME_PLACES,
    PAGE_GROUPS,
    QUOTES,
    GroupResult,
    PageResult,
    load_document,
)
from generator.pipeline.names_index import make_names_index, names_index_fingerprint
from generator.pipeline.page_blocks import update_page_fingerprints
from generator.pipeline.page_fingerprints import (
    DocumentFingerprints,
    EntityFingerprints,
    co_mention_fingerprints,
)
from generator.pipeline.picture_stages import write_pictures
from generator.pipeline.published_copies import copies_need, has_all_copies, published_copies
from generator.pipeline.table_files import WantedTables, table_files, write_tables_in_background
from generator.settings import Settings
from generator.writing import document_files
from generator.writing.citations import CitedWork, cited_work
from generator.writing.data.bibliography import (
    bibliography_entry,
    bibtex_part,
    csl_part,
    ris_part,
)
from generator.writing.data.documents import document_line, document_row
from generator.writing.data.names import mention_rows
from generator.writing.entity_views import EntityIndex, EntityView, build_entity_index
from generator.writing.labels import labels_for
from generator.writing.mentions import name_places
from generator.writing.pages import quotes
from generator.writing.pages.document import document_page
from generator.writing.pages.entities import entity_pages
from generator.writing.pages.listings import Listing
from generator.writing.pages.quotes import Quote
from generator.writing.site_info import SiteInfo
from generator.writing.tei.document import tei_part
from generator.writing.views import DocumentView, PageContext, document_view

FOLDERS = ("documents", "people", "organizations", "places", "names", "data")
"""Folders below docs/ in which workers write."""

_CACHED_DOCUMENTS = 8_192
"""Documents whose sentences a worker holds at a time: 30 MB."""


@dataclass(slots=True)
class _DocumentResults:
    """What other files need of the pages of documents; filled while these are written, in order."""

    sentences: list[bytes] = field(default_factory=list)
    """Fingerprints of the sentences that the pages of entities show."""
    places: list[bytes] = field(default_factory=list)
    """Fingerprints of the paragraphs with names that have no page."""


@dataclass(frozen=True, slots=True)
class PageWriter:
    """Writes the pages of one run."""

    settings: Settings
    build: Build
    common: str
    """Fingerprint of what every page depends on: the program and the settings."""
    docs_before: Snapshot
    """The docs folder before this run."""
    intact: Paths
    """Its files that are as the last run left them."""
    left_outdated: set[PagePath] | None = None
    """Receives the files of outdated groups, which stay as they are; None: all are made."""

    def write_pages(
        self,
        fingerprints: DocumentFingerprints,
        others: Iterable[OutputFile | ExistingFiles],
        submit: workers.Submit,
    ) -> Iterator[OutputFile | ExistingFiles]:
        """Write all files of documents and entities, and make `others` meanwhile; yield them."""
        pages = update_page_fingerprints(self.build.database, fingerprints)
        results, rest = _DocumentResults(), iter(others)
        for files_of_documents in self._write_documents(fingerprints, pages, results):
            yield files_of_documents
            yield from islice(rest, 1)
        yield from rest
        files = table_files(site_info(self.settings), self.settings.data_file_limit)
        left = {file.path: kept for file in files if (kept := self._keep_outdated_table(file))}
        yield from left.values()
        files = tuple(file for file in files if file.path not in left)
        wanted = WantedTables(self.settings.docs, files)
        tables = write_tables_in_background(self.build, wanted, self.intact, pages, submit)
        corpus = fingerprints.index.corpus
        yield from write_pictures(self.settings, self.build, corpus, self.intact)
        yield from self._write_entities(fingerprints, b"".join(results.sentences))
        inputs = names_index_fingerprint(fingerprints, b"".join(results.places))
        make = partial(make_names_index, self.build.database, corpus, site_info(self.settings))
        yield from self.write_group("index of names", inputs, make)
        yield from tables()

    def _write_documents(
        self,
        fingerprints: DocumentFingerprints,
        pages: PageFingerprints,
        results: _DocumentResults,
    ) -> Iterator[ExistingFiles]:
        worker = partial(_document_worker, self.settings, self.build.database.path)
        items = self._document_items(fingerprints, pages)
        for part in self.build.run_by_row(DOCUMENT_PAGES, worker, items, self.intact):
            found = part.results
            results.sentences += [each.sentences for each in found]
            results.places += [each.places for each in found]
            yield _existing_files(part)

    def _document_items(self, fingerprints: DocumentFingerprints, pages: PageFingerprints) -> Items:
        def item(position: int) -> Item:
            source = pages.sources[position]
            needs = partial(copies_need, self.settings, source)
            extra = partial(_encode_context, fingerprints, source)
            return Item(source, fingerprints.fingerprint(source), extra, needs)

        return Items(pages.sources, combine(()), ([*pages.values],), item)

    def _write_entities(
        self, fingerprints: DocumentFingerprints, sentences: bytes
    ) -> Iterator[ExistingFiles]:
        index = build_entity_index(fingerprints.index)
        co_mentions = self._co_mentions(fingerprints, index)
        worker = partial(_entity_worker, self.settings, self.build.database.path)
        pages = EntityFingerprints.of(index, fingerprints, sentences, co_mentions)
        ids = [*pages.sums]

        def item(position: int) -> Item:
            entity_id = ids[position]
            extra = partial(_encode_view, index, entity_id)
            needs = partial(_entity_needs, index, entity_id)
            return Item(entity_id, pages.fingerprint(entity_id), extra, needs)

        items = Items(ids, combine((fingerprints.common,)), pages.columns(), item)
        for part in self.build.run_by_row(ENTITY_PAGES, worker, items, self.intact):
            yield _existing_files(part)

    def _co_mentions(
        self, fingerprints: DocumentFingerprints, index: EntityIndex
    ) -> dict[EntityId, bytes]:
        """Return fingerprints of who is mentioned with whom, for which all mentions are counted."""
        inputs = self.build.fingerprint(fingerprints.mentioned)
        return self.build.reuse(CO_MENTIONS, inputs, partial(co_mention_fingerprints, index))

    def update_listings(
        self, documents: DocumentFingerprints, listings: Callable[[], Iterable[Listing]]
    ) -> Iterator[OutputFile | PagePath]:
        """Yield the files of listings; only those that are outdated are made."""
        wanted = tuple(listings())
        items = [self._listing_item(documents, listing) for listing in wanted]
        outdated = self.build.find_outdated(LISTINGS, Items.of(items), self.intact)
        existing = {current.key: current.outputs for current in outdated.current(LISTINGS)}
        for listing, item in zip(wanted, items, strict=True):
            if run := outdated.runs.get(item.key):
                files = tuple(listing.make())
                yield from files
                paths = tuple(file.path for file in files)
                self.build.save(LISTINGS, item, None, run, paths)
            else:
                yield from map(PagePath, existing[item.key])

    def _listing_item(self, documents: DocumentFingerprints, listing: Listing) -> Item:
        listed = documents.in_lists(listing.documents)
        return Item(listing.name, self.build.fingerprint(self.common, listed, listing.others))

    def is_up_to_date(self, group: str, inputs: str) -> bool:
        """Whether the files of a group are as they would be written again."""
        entry = self.build.entry(PAGE_GROUPS, group)
        return not why_outdated(entry, self.build.fingerprint(self.common, inputs), self.intact)

    def keep_outdated_group(self, group: str) -> ExistingFiles | None:
        """Return the files of a group that may be outdated and stay; None if it is to be made."""
        return self._keep_outdated(self.build.entry(PAGE_GROUPS, group))

    def _keep_outdated_table(self, file: TableFile) -> ExistingFiles | None:
        entry = None if file.is_read_by_desk else self.build.entry(TABLE_FILES, file.path)
        return self._keep_outdated(entry)

    def _keep_outdated(self, entry: Entry | None) -> ExistingFiles | None:
        """Return files that stay although they may be outdated, and record that they do."""
        if entry is None or self.left_outdated is None:
            return None
        if not self.intact.issuperset(entry.outputs):
            return None
        self.left_outdated.update(map(PagePath, entry.outputs))
        return ExistingFiles(tuple(sorted(entry.outputs)))

    def intact_files(self, group: str) -> frozenset[PagePath]:
        """Return those files of a group that are as this program left them."""
        entry = self.build.entry(PAGE_GROUPS, group)
        if entry is None or PAGE_GROUPS.decode(entry).common != self.common:
            return frozenset()
        return frozenset(PagePath(path) for path in entry.outputs if path in self.intact)

    def write_group(
        self, group: str, inputs: str | None, make: Callable[[], Iterable[OutputFile | PagePath]]
    ) -> Iterator[OutputFile | ExistingFiles]:
        """Yield files that are made together; make them if the group is outdated.

        Without inputs it always is. For a file that exists already, `make` may yield the path
        alone.
        """
        whole = None if inputs is None else self.build.fingerprint(self.common, inputs)
        entry = self.build.entry(PAGE_GROUPS, group)
        run = self.build.why_outdated(PAGE_GROUPS, entry, whole, self.intact)
        if run and (left := self._keep_outdated(entry)):
            yield left
            return
        if entry and not run:
            yield ExistingFiles(tuple(sorted(entry.outputs)))
            return
        paths: list[PagePath] = []
        for file in make():
            paths.append(file.path if isinstance(file, OutputFile) else file)
            yield file if isinstance(file, OutputFile) else ExistingFiles((file,))
        if run:
            result = GroupResult(self.common)
            self.build.save(PAGE_GROUPS, Item(group, whole), result, run, tuple(paths))


def _existing_files(part: CurrentRow[PageResult] | ItemResult[PageResult]) -> ExistingFiles:
    if isinstance(part, CurrentRow):
        return ExistingFiles(part.paths)
    return ExistingFiles(part.outputs, part.changed)


def _encode_view(index: EntityIndex, entity_id: EntityId) -> bytes:
    return encode(index.view_of(entity_id))


def _encode_context(fingerprints: DocumentFingerprints, source: SeedPath) -> bytes:
    return encode(fingerprints.context(fingerprints.index.corpus.by_source[source]))


def _entity_needs(index: EntityIndex, entity_id: EntityId) -> Needs:
    """Return the quotes that the page of an entity is made of."""
    documents = index.view_of(entity_id).documents
    return Needs(rows=tuple((QUOTES, document.source) for document in documents))


def site_info(settings: Settings) -> SiteInfo:
    """Return what every page shows about the site."""
    return SiteInfo(
        name=settings.site.name,
        description=settings.site.description,
        url=settings.site.url,
        genre="news" if settings.genre == "news" else "document",
        labels=labels_for(settings.site.language, settings.labels),
        language=settings.site.language,
        hubs=settings.hubs,
        raw=settings.raw_seeds,
        hidden=settings.noindex,
        index=settings.site.index,
        rights=settings.rights,
        publisher=settings.publisher,
        site_id=settings.site_id,
    )


def pages_fingerprint(settings: Settings, program: bytes) -> str:
    """Return the fingerprint of what every page depends on."""
    return fingerprint((program, settings.cache_key)).hex()


def _document_worker(settings: Settings, path: Path) -> Work:
    """Return the function that makes all files of documents, and the values of their sentences."""
    site = site_info(settings)

    def write(database: Database, item: WorkItem) -> Output:
        context = decoder(PageContext).decode(item.extra)
        document = load_document(database, context.record)
        mentions = get_value(database, MENTIONS, item.key, tuple[Mention, ...])
        view = document_view(context, document, mentions)
        copies = published_copies(settings, document) if settings.raw_seeds else {}
        cited = cited_work(document, view.address, site)
        tei = tei_part(view, site)
        files = (
            document_page(view, site, cited),
            *document_files.companion_files(view, cited, tei, copies),
        )
        sentences, places = quotes.quotes_by_entity(view), name_places(view)
        values = (
            (QUOTES, encode(sentences)),
            (NAME_PLACES, encode(places)),
            *_corpus_parts(view, site.page(view.address), cited),
        )
        digests = b"".join(fingerprint(sentences.get(each)) for each in context.entities)
        result = PageResult(digests, fingerprint(places))
        is_reusable = not settings.raw_seeds or has_all_copies(copies, document)
        return Output(item.key, result, files, values, is_reusable)

    return run_with_database(path, write)


def _corpus_parts(
    view: DocumentView, address: str, cited: CitedWork
) -> Iterator[tuple[str, bytes]]:
    """Yield a document's parts of the files with all documents, each with its table."""
    document = view.document
    entry = bibliography_entry(cited, document.source)
    parts = DocumentParts(
        document_row(document, address),
        mention_rows(view),
        bibtex_part(entry),
        ris_part(entry),
        csl_part(entry),
    )
    yield DOCUMENT_PARTS, encode(parts)
    yield JSONL_LINES, document_line(document, address)


def _entity_worker(settings: Settings, path: Path) -> Work:
    """Return the function that makes the pages of entities."""
    site, quoted = site_info(settings), _quote_loader()

    def work(database: Database, item: WorkItem) -> Output:
        view = decoder(EntityView).decode(item.extra)
        pages = entity_pages(view, partial(quoted, database), site)
        return Output(item.key, PageResult(), tuple(pages))

    return run_with_database(path, work)


def _quote_loader() -> Callable[[Database, SeedPath, EntityId], Sequence[Quote]]:
    """Return the function that loads the sentences of a document that mention an entity.

    Those of one document are loaded once for several entities.
    """
    cached: dict[SeedPath, dict[EntityId, msgspec.Raw]] = {}

    def quoted(database: Database, source: SeedPath, entity_id: EntityId) -> Sequence[Quote]:
        if source not in cached:
            if len(cached) == _CACHED_DOCUMENTS:
                del cached[next(iter(cached))]
            cached[source] = get_value(database, QUOTES, source, dict[EntityId, msgspec.Raw])
        sentences: list[Quote] = decoder(list[Quote]).decode(cached[source][entity_id])
        return sentences

    return quoted
