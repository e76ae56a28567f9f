"""Documents' and entities' pages: composed in several processes, and only those that change.

A page is made of a part of the corpus (see `writing.parts`), of the document's text and of the
names in it. Its key is a digest of all that (see `pagekeys`), kept with the paths of the files that
were written: while it is the same, and they lie there as the last run left them, nothing is done.
The sentences in which a document names people are cut when its page is composed, and kept;
entities' pages are made of them.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache, partial
from pathlib import Path

import msgspec

from generator.engine import workers
from generator.engine.database import Database, open_readonly
from generator.engine.entries import Entry, decode_result, decoder, encode, encode_entry, get_value
from generator.engine.fingerprint import fingerprint
from generator.engine.incremental import Build, Item, Output
from generator.files import ExistingFiles, read_seed, write_file
from generator.files.snapshot import Snapshot
from generator.model import (
    Corpus,
    DocumentRecord,
    EntityId,
    EntityMentions,
    Mention,
    OutputFile,
    PagePath,
    Seed,
    SeedPath,
)
from generator.pipeline.page_fingerprints import (
    DocumentFingerprints,
    Sentences,
    entity_fingerprints,
    pack_fingerprints,
)
from generator.pipeline.table_files import write_tables_in_background
from generator.pipeline.tables import (
    DOCUMENT_ROWS,
    JSONL_LINES,
    MENTION_ROWS,
    MENTIONS,
    PAGE_OUTPUTS,
    QUOTES,
    load_document,
)
from generator.settings import Settings
from generator.writing import document_files
from generator.writing.data.documents import document_line, document_row
from generator.writing.data.names import mention_rows
from generator.writing.labels import labels_for
from generator.writing.pages import quotes
from generator.writing.pages.document import document_page
from generator.writing.pages.entities import QuotesOf, entity_pages
from generator.writing.pages.quotes import Quote
from generator.writing.site_info import SiteInfo
from generator.writing.views import EntityView, PageContext, build_co_mention_index, document_view

PageOutputs = tuple[tuple[PagePath, ...], tuple[PagePath, ...], Sentences]
"""Files, those of them that were written in the run that noted it, and a document's sentences."""

FOLDERS = ("documents", "people", "organizations", "places", "data")
"""Where workers write."""

_STAGE = "writing pages"
_ENTITIES, _TOGETHER = "entities", "together"
"""Shelves of the files that were written for an entity, and of those that are made together."""

_WORTH = 100
"""Pages; a worker takes half a second to start, and a page some 5 milliseconds."""


_QUOTED = 8_192
"""Documents whose sentences a worker holds at a time: 30 MB."""


@dataclass(slots=True)
class _PageResults:
    """What is known of documents' pages; it grows while they are walked through."""

    keys: dict[SeedPath, str] = field(default_factory=dict)
    """Of what each is made, in their order."""
    sentences: dict[SeedPath, bytes] = field(default_factory=dict)
    """What entities' pages show of each."""

    def record(self, source: SeedPath, written: PageOutputs, corpus: Corpus) -> None:
        """Note the sentences of a document."""
        self.sentences[source] = pack_fingerprints(
            written[2], corpus.mentions.get(source, EntityMentions())
        )


@dataclass(frozen=True, slots=True)
class PageWriter:
    """Composes the pages of one run."""

    settings: Settings
    shelves: Build
    common: str
    """Digest of what every page is made of: the program and the settings."""
    docs_before: Snapshot
    """The docs folder before this run."""
    intact: frozenset[str]
    """Its files that are as the last run left them."""

    def write_pages(
        self,
        keys: DocumentFingerprints,
        others: Iterable[OutputFile | ExistingFiles],
        begin: workers.Submit,
    ) -> Iterator[OutputFile | ExistingFiles]:
        """Have every file written that belongs to documents or to entities.

        `others` are made while the long files are written aside.
        """
        made, database = _PageResults(), self.shelves.kept
        yield from self._documents(keys, made)
        streams = write_tables_in_background(
            database, self.settings.docs, self.intact, made.keys, begin
        )
        yield from self._entities(keys, made.sentences)
        yield from others
        yield from streams()

    def _documents(self, keys: DocumentFingerprints, made: _PageResults) -> Iterator[ExistingFiles]:
        """The files of documents; what others show of them is noted in `made`."""
        corpus = keys.around.corpus
        anew: list[tuple[DocumentRecord, str]] = []
        rows = dict(self.shelves.entries(PAGE_OUTPUTS))
        for record in corpus.documents:
            key = keys.fingerprint(record)
            made.keys[record.source] = key
            entry = rows.pop(record.source, None)
            if entry and entry.fingerprint == key and (written := self._lying(entry)):
                made.record(record.source, written, corpus)
                yield ExistingFiles(written[0])
            else:
                anew.append((record, key))
        items = ((record.source, key, encode(keys.context(record))) for record, key in anew)
        for source, written in self._anew(_document_writer, PAGE_OUTPUTS, items, len(anew)):
            made.record(SeedPath(source), written, corpus)
            yield ExistingFiles(*written[:2])

    def _entities(
        self, keys: DocumentFingerprints, sentences: Mapping[SeedPath, bytes]
    ) -> Iterator[ExistingFiles]:
        known = build_co_mention_index(keys.around)
        self.shelves.kept.retain(_ENTITIES, known.positions)
        anew: dict[EntityId, str] = {}
        rows = dict(self.shelves.entries(_ENTITIES))
        for entity_id, key in entity_fingerprints(known, keys, sentences):
            entry = rows.pop(entity_id, None)
            if entry and entry.fingerprint == key and (written := self._lying(entry)):
                yield ExistingFiles(written[0])
            else:
                anew[entity_id] = key
        items = ((one, key, encode(known.view_of(one))) for one, key in anew.items())
        for _, written in self._anew(_entity_writer, _ENTITIES, items, len(anew)):
            yield ExistingFiles(*written[:2])

    def _anew(
        self, ready: _Ready, table: str, items: Iterable[Item], total: int
    ) -> Iterator[tuple[str, PageOutputs]]:
        """Have files written; tell which, by the keys of items."""
        work = partial(ready, self.settings, self.shelves.kept.path)
        for key, made in self.shelves.run_outdated(_STAGE, work, items, total, _WORTH):
            row = next(value for name, value in made if name == table)
            yield key, decode_result(row, PageOutputs)

    def is_up_to_date(self, name: str, made_of: str) -> bool:
        """Tell whether files of one making lie there as they would be made again."""
        entry = self.shelves.entry(_TOGETHER, name)
        return bool(
            entry and entry.fingerprint == f"{self.common} {made_of}" and self._lying(entry)
        )

    def existing_files(self, name: str) -> frozenset[PagePath]:
        """Give those files of one making that lie there as this program left them."""
        entry = self.shelves.entry(_TOGETHER, name)
        if entry is None or not entry.fingerprint.startswith(self.common):
            return frozenset()
        paths, _, _ = decoder(PageOutputs).decode(entry.result)
        return frozenset(path for path in paths if path in self.intact)

    def write_group(
        self, name: str, made_of: str, make: Callable[[], Iterable[OutputFile | PagePath]]
    ) -> Iterator[OutputFile | ExistingFiles]:
        """Files of one making: made again when that would make others, or when one was touched.

        Of a file that is `left` there `make` may give the name alone.
        """
        if self.is_up_to_date(name, made_of):
            yield ExistingFiles(tuple(sorted(self.existing_files(name))))
            return
        paths: list[PagePath] = []
        for file in make():
            paths.append(file.path if isinstance(file, OutputFile) else file)
            yield file if isinstance(file, OutputFile) else ExistingFiles((file,))
        row = encode_entry(f"{self.common} {made_of}", (paths, (), {}))
        self.shelves.kept.put(_TOGETHER, [(name, row)])

    def _lying(self, entry: Entry) -> PageOutputs | None:
        """What a row holds, where all its files lie there as they were written."""
        written: PageOutputs = decoder(PageOutputs).decode(entry.result)
        return written if self.intact.issuperset(written[0]) else None


_Ready = Callable[[Settings, Path], Callable[[Sequence[Item]], list[Output]]]


def site_info(settings: Settings) -> SiteInfo:
    """Give what the whole site says of itself."""
    return SiteInfo(
        name=settings.site.name,
        description=settings.site.description,
        url=settings.site.url,
        genre="news" if settings.genre == "news" else "document",
        labels=labels_for(settings.site.language, settings.labels),
        hubs=settings.hubs,
        raw=settings.raw_seeds,
        hidden=settings.noindex,
        index=settings.site.index,
        site_id=settings.site_id,
    )


def pages_fingerprint(settings: Settings, program: str) -> str:
    """Give the digest of what every page is made of."""
    return hashlib.sha256(f"{program} {settings.cache_key}".encode()).hexdigest()


def _document_writer(settings: Settings, path: Path) -> Callable[[Sequence[Item]], list[Output]]:
    """Get a worker ready to write all files of documents, and to cut their sentences."""
    imprint = site_info(settings)

    def write(kept: Database, source: str, key: str, told: bytes) -> Output:
        around = decoder(PageContext).decode(told)
        document = load_document(kept, around.record)
        mentions = get_value(kept, MENTIONS, source, tuple[Mention, ...])
        shown = document_view(around, document, mentions)
        seed = read_seed(settings.seeds, document.source) if settings.raw_seeds else None
        data = seed.data if isinstance(seed, Seed) else None
        files = (
            document_page(shown, imprint),
            *document_files.companion_files(shown, imprint, data),
        )
        found = quotes.quotes_by_entity(shown)
        sentences = {entity_id: fingerprint(quoted) for entity_id, quoted in found.items()}
        return source, (
            (QUOTES, encode(found)),
            (JSONL_LINES, document_line(document, imprint.page(around.address))),
            (MENTION_ROWS, mention_rows(shown)),
            (DOCUMENT_ROWS, document_row(document, imprint.page(around.address))),
            (PAGE_OUTPUTS, encode_entry(key, (*_write_files(settings.docs, files), sentences))),
        )

    def work(items: Sequence[Item]) -> list[Output]:
        with open_readonly(path) as database:
            return [write(database, *item) for item in items]

    return work


def _entity_writer(settings: Settings, path: Path) -> Callable[[Sequence[Item]], list[Output]]:
    """Get a worker ready to write the pages of entities."""
    imprint = site_info(settings)

    def write(quoted: QuotesOf, entity_id: str, key: str, told: bytes) -> Output:
        shown = decoder(EntityView).decode(told)
        pages = entity_pages(shown, quoted, imprint)
        row = encode_entry(key, (*_write_files(settings.docs, pages), {}))
        return entity_id, ((_ENTITIES, row),)

    def work(items: Sequence[Item]) -> list[Output]:
        with open_readonly(path) as database:
            quoted = _quoted(database)
            return [write(quoted, *item) for item in items]

    return work


def _quoted(database: Database) -> QuotesOf:
    """Get ready to give sentences; those of a document are fetched once for several entities."""
    shape = dict[EntityId, msgspec.Raw]

    @lru_cache(maxsize=_QUOTED)
    def of(source: SeedPath) -> dict[EntityId, msgspec.Raw]:
        found: dict[EntityId, msgspec.Raw] = get_value(database, QUOTES, source, shape)
        return found

    def quoted(source: SeedPath, entity_id: EntityId) -> Sequence[Quote]:
        cut: list[Quote] = decoder(list[Quote]).decode(of(source)[entity_id])
        return cut

    return quoted


def _write_files(
    docs: Path, files: Iterable[OutputFile]
) -> tuple[tuple[PagePath, ...], tuple[PagePath, ...]]:
    """Write files, and tell which have changed."""
    put = [(file.path, write_file(docs / file.path, file.data)) for file in files]
    return tuple(path for path, _ in put), tuple(path for path, changed in put if changed)
