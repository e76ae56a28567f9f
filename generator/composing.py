"""Documents' and entities' pages: composed in several processes, and only those that change.

A page is made of a part of the corpus (see `writing.parts`), of the document's text and of the
names in it. A digest of all that is kept with the signatures of the files that were written: while
both are as they were, nothing is done, not even the files are read. The sentences in which a
document names people are cut when its page is composed, and kept; entities' pages are made of them.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Sequence, Set
from dataclasses import dataclass, field, replace
from functools import lru_cache, partial
from itertools import chain
from pathlib import Path

import msgspec

from generator import cache, shelves, store
from generator.linking.entities import Told
from generator.model import Corpus, EntityId, Mention, OutputFile, PagePath, Record, Seed, SeedPath
from generator.settings import Settings
from generator.shelves import Item, Made, Row, Shelves
from generator.stages import Namings
from generator.store import Lying, Stream
from generator.writing import datasets, exports, namesets
from generator.writing.imprint import Imprint
from generator.writing.labels import labels_for
from generator.writing.pages import quotes
from generator.writing.pages.document import document_page
from generator.writing.pages.entities import Quoted, entity_pages
from generator.writing.pages.quotes import Quote
from generator.writing.parts import (
    Company,
    Surroundings,
    companies,
    part,
    surrounding,
)

Written = tuple[tuple[PagePath, ...], tuple[PagePath, ...]]
"""Files, and those of them that were written in the run that noted it."""

FOLDERS = ("documents", "people", "organizations", "places")
"""Where workers write."""

_STAGE = "writing pages"
_ENTITIES, _STREAMS, _TOGETHER = "entities", "streams", "together"
"""Shelves of the files that were written for an entity, of those that grow with the corpus, and of
those that are made together."""

_WORTH = 100
"""Pages; a worker takes half a second to start, and a page some 5 milliseconds."""


_QUOTED = 8_192
"""Documents whose sentences a worker holds at a time: 30 MB."""


@dataclass(frozen=True, slots=True)
class Names:
    """The names in the documents of a run."""

    found: Namings
    told: Told
    """Whose they are, as people say."""


@dataclass(slots=True)
class _Keys:
    """Of what the pages of one run are made; it grows while documents are walked through."""

    pages: dict[SeedPath, str] = field(default_factory=dict)
    sentences: dict[SeedPath, bytes] = field(default_factory=dict)
    """What the sentences of a document depend on, whoever is named in them."""


@dataclass(frozen=True, slots=True)
class Composer:
    """Composes the pages of one run."""

    settings: Settings
    shelves: Shelves
    common: str
    """Digest of what every page is made of: the program and the settings."""
    there: cache.Tree
    """The docs folder before this run."""
    lying: frozenset[str]
    """Its files that are as the last run left them."""

    def files(self, corpus: Corpus, names: Names) -> Iterator[Lying | Stream]:
        """Have every file written that belongs to documents or to entities."""
        keys = _Keys()
        yield from self._documents(corpus, names, keys)
        yield from self._entities(corpus, keys)
        lines = self._parts(shelves.LINES, corpus.documents)
        rows = chain([namesets.MENTIONS_HEAD], self._parts(shelves.ROWS, corpus.documents))
        made_of = hashlib.sha256("".join(keys.pages.values()).encode()).hexdigest()
        yield from self._stream(Stream(datasets.DOCUMENTS_JSONL, lines), made_of)
        yield from self._stream(Stream(namesets.MENTIONS_CSV, rows), made_of)

    def _documents(self, corpus: Corpus, names: Names, keys: _Keys) -> Iterator[Lying]:
        ready = _Documents(corpus, names, self.common)
        anew: list[Record] = []
        rows = dict(self.shelves.rows(shelves.PAGES))
        for record in corpus.documents:
            key, _ = ready.asked(record, keys)
            row = rows.pop(record.source, None)
            if row and row.made_of == key and (lying := self._lying(row)):
                yield lying
            else:
                anew.append(record)
        items = (
            (record.source, keys.pages[record.source], ready.asked(record, keys)[1])
            for record in anew
        )
        yield from self._written(_document_writer, shelves.PAGES, items, len(anew))

    def _entities(self, corpus: Corpus, keys: _Keys) -> Iterator[Lying]:
        known = companies(corpus)
        self.shelves.kept.keep_only(_ENTITIES, known.places)
        seen = [
            hashlib.blake2b(shelves.encode(listed) + keys.sentences[listed[0].source]).digest()
            for listed in known.listed
        ]
        anew: dict[EntityId, str] = {}
        rows = dict(self.shelves.rows(_ENTITIES))
        for entity_id, places in known.places.items():
            company = known.of(entity_id)
            shown = shelves.encode(replace(company, documents=()))
            made_of = [self.common.encode(), shown, *(seen[at] for at in places)]
            key = hashlib.sha256(b"".join(made_of)).hexdigest()
            row = rows.pop(entity_id, None)
            if row and row.made_of == key and (lying := self._lying(row)):
                yield lying
            else:
                anew[entity_id] = key
        items = ((one, key, shelves.encode(known.of(one))) for one, key in anew.items())
        yield from self._written(_entity_writer, _ENTITIES, items, len(anew))

    def _written(
        self, ready: _Ready, shelf: str, items: Iterable[Item], total: int
    ) -> Iterator[Lying]:
        work = partial(ready, self.settings, self.shelves.kept.path)
        for _, made in self.shelves.fill(_STAGE, work, items, total, _WORTH):
            row = next(value for name, value in made if name == shelf)
            yield Lying(*shelves.result(row, Written))

    def together(
        self,
        name: str,
        made_of: str,
        make: Callable[[Set[str]], Iterable[OutputFile | PagePath]],
    ) -> Iterator[OutputFile | Lying]:
        """Files of one making: made again when that would make others, or when one was touched.

        `make` is told which of them lie there as this program left them: of a file whose name says
        what is in it, it gives the name alone.
        """
        row = self.shelves.row(_TOGETHER, name)
        lying = self.lying if row and row.made_of.startswith(self.common) else frozenset()
        made_of = f"{self.common} {made_of}"
        if row and row.made_of == made_of and (all_of_it := self._lying(row)):
            yield all_of_it
            return
        paths: list[PagePath] = []
        for file in make(lying):
            paths.append(file.path if isinstance(file, OutputFile) else file)
            yield file if isinstance(file, OutputFile) else Lying((file,))
        self.shelves.kept.put(_TOGETHER, [(name, shelves.row(made_of, (paths, ())))])

    def _lying(self, row: Row) -> Lying | None:
        """The files of a row, where they all lie there as they were written."""
        paths, _ = shelves.decoder(Written).decode(row.result)
        return Lying(paths) if self.lying.issuperset(paths) else None

    def _parts(self, shelf: str, documents: Iterable[Record]) -> Iterator[bytes]:
        for record in documents:
            yield self.shelves.kept.get(shelf, record.source) or b""

    def _stream(self, stream: Stream, made_of: str) -> Iterator[Lying | Stream]:
        """A long file, unless it lies there already."""
        row = self.shelves.row(_STREAMS, stream.path)
        if row and row.made_of == made_of and stream.path in self.lying:
            yield Lying((stream.path,))
            return
        yield stream
        self.shelves.kept.put(_STREAMS, [(stream.path, shelves.row(made_of, None))])


class _Documents:
    """A corpus made ready to tell of what the page of each document is made."""

    def __init__(self, corpus: Corpus, names: Names, common: str) -> None:
        self._around = surrounding(corpus)
        self._names = names
        self._common = common.encode()
        self._touched = names.told.documents

    def asked(self, record: Record, keys: _Keys) -> tuple[str, bytes]:
        """Give the digest of all that a page is made of, and what a worker needs to know."""
        source, (found, told) = record.source, (self._names.found, self._names.told)
        digest, usages = found.of(source)
        mentions: tuple[Mention, ...] | None = None
        if source in self._touched:
            usages = told.usages(source, usages)
            mentions = told.mentions(source, found.mentions(source))
        around = self._around.of(record, usages, mentions)
        shown = shelves.encode(around)
        key = hashlib.sha256(self._common + digest.encode() + shown).hexdigest()
        who = [(name, entity.id) for name, _, entity in around.names if entity.address]
        cut = shelves.encode((digest, record.digest, who, mentions))
        keys.pages[source] = key
        keys.sentences[source] = hashlib.blake2b(cut, digest_size=16).digest()
        return key, shown


_Ready = Callable[[Settings, Path], Callable[[Sequence[Item]], list[Made]]]


def imprint_of(settings: Settings) -> Imprint:
    """Give what the whole site says of itself."""
    return Imprint(
        name=settings.site.name,
        description=settings.site.description,
        url=settings.site.url,
        genre="news" if settings.genre == "news" else "document",
        labels=labels_for(settings.site.language, settings.labels),
        hubs=settings.hubs,
        raw=settings.raw_seeds,
        hidden=settings.noindex,
    )


def common(settings: Settings, program: str) -> str:
    """Give the digest of what every page is made of."""
    return hashlib.sha256(f"{program} {settings.described}".encode()).hexdigest()


def _document_writer(settings: Settings, path: Path) -> Callable[[Sequence[Item]], list[Made]]:
    """Get a worker ready to write all files of documents, and to cut their sentences."""
    imprint = imprint_of(settings)

    def write(kept: cache.Cache, source: str, key: str, told: bytes) -> Made:
        around = shelves.decoder(Surroundings).decode(told)
        document = shelves.document(kept, around.record)
        mentions = shelves.fetch(kept, shelves.MENTIONS, source, tuple[Mention, ...])
        shown = part(around, document, mentions)
        seed = store.read_seed(settings.seeds, document.source) if settings.raw_seeds else None
        data = seed.data if isinstance(seed, Seed) else None
        files = (document_page(shown, imprint), *exports.beside(shown, imprint, data))
        return source, (
            (shelves.PAGES, shelves.row(key, _put(settings.docs, files))),
            (shelves.QUOTES, shelves.encode(quotes.cut(shown))),
            (shelves.LINES, datasets.document_line(document, around.address)),
            (shelves.ROWS, namesets.mention_rows(shown)),
        )

    def work(items: Sequence[Item]) -> list[Made]:
        with cache.looked_into(path) as kept:
            return [write(kept, *item) for item in items]

    return work


def _entity_writer(settings: Settings, path: Path) -> Callable[[Sequence[Item]], list[Made]]:
    """Get a worker ready to write the pages of entities."""
    imprint = imprint_of(settings)

    def write(quoted: Quoted, entity_id: str, key: str, told: bytes) -> Made:
        shown = shelves.decoder(Company).decode(told)
        pages = entity_pages(shown, quoted, imprint)
        row = shelves.row(key, _put(settings.docs, pages))
        return entity_id, ((_ENTITIES, row),)

    def work(items: Sequence[Item]) -> list[Made]:
        with cache.looked_into(path) as kept:
            quoted = _quoted(kept)
            return [write(quoted, *item) for item in items]

    return work


def _quoted(kept: cache.Cache) -> Quoted:
    """Get ready to give sentences; those of a document are fetched once for several entities."""
    shape = dict[EntityId, msgspec.Raw]

    @lru_cache(maxsize=_QUOTED)
    def of(source: SeedPath) -> dict[EntityId, msgspec.Raw]:
        found: dict[EntityId, msgspec.Raw] = shelves.fetch(kept, shelves.QUOTES, source, shape)
        return found

    def quoted(source: SeedPath, entity_id: EntityId) -> Sequence[Quote]:
        cut: list[Quote] = shelves.decoder(list[Quote]).decode(of(source)[entity_id])
        return cut

    return quoted


def _put(docs: Path, files: Iterable[OutputFile]) -> Written:
    """Write files, and tell which have changed."""
    put = [(file.path, store.write_file(docs / file.path, file.data)) for file in files]
    return tuple(path for path, _ in put), tuple(path for path, changed in put if changed)
