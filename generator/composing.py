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

from generator import cache, shelves, store, workers
from generator.model import (
    Corpus,
    EntityId,
    Mention,
    OutputFile,
    PagePath,
    Record,
    Seed,
    SeedPath,
    Spoken,
)
from generator.pagekeys import DocumentKeys, Sentences, digest, entity_keys, packed
from generator.settings import Settings
from generator.shelves import Item, Made, Row, Shelves
from generator.store import Lying
from generator.streams import begin_streams
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
)

Written = tuple[tuple[PagePath, ...], tuple[PagePath, ...], Sentences]
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
class _Made:
    """What is known of documents' pages; it grows while they are walked through."""

    keys: dict[SeedPath, str] = field(default_factory=dict)
    """Of what each is made, in their order."""
    sentences: dict[SeedPath, bytes] = field(default_factory=dict)
    """What entities' pages show of each."""

    def note(self, source: SeedPath, written: Written, corpus: Corpus) -> None:
        """Note the sentences of a document."""
        self.sentences[source] = packed(written[2], corpus.spoken.get(source, Spoken()))


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

    def files(
        self, keys: DocumentKeys, others: Iterable[OutputFile | Lying], begin: workers.Begin
    ) -> Iterator[OutputFile | Lying]:
        """Have every file written that belongs to documents or to entities.

        `others` are made while the long files are written aside.
        """
        made, kept = _Made(), self.shelves.kept
        yield from self._documents(keys, made)
        streams = begin_streams(kept, self.settings.docs, self.lying, made.keys, begin)
        yield from self._entities(keys, made.sentences)
        yield from others
        yield from streams()

    def _documents(self, keys: DocumentKeys, made: _Made) -> Iterator[Lying]:
        """The files of documents; what others show of them is noted in `made`."""
        corpus = keys.around.corpus
        anew: list[tuple[Record, str]] = []
        rows = dict(self.shelves.rows(shelves.PAGES))
        for record in corpus.documents:
            key = keys.key(record)
            made.keys[record.source] = key
            row = rows.pop(record.source, None)
            if row and row.made_of == key and (written := self._lying(row)):
                made.note(record.source, written, corpus)
                yield Lying(written[0])
            else:
                anew.append((record, key))
        items = (
            (record.source, key, shelves.encode(keys.surroundings(record))) for record, key in anew
        )
        for source, written in self._anew(_document_writer, shelves.PAGES, items, len(anew)):
            made.note(SeedPath(source), written, corpus)
            yield Lying(*written[:2])

    def _entities(self, keys: DocumentKeys, sentences: Mapping[SeedPath, bytes]) -> Iterator[Lying]:
        known = companies(keys.around)
        self.shelves.kept.keep_only(_ENTITIES, known.places)
        anew: dict[EntityId, str] = {}
        rows = dict(self.shelves.rows(_ENTITIES))
        for entity_id, key in entity_keys(known, keys, sentences):
            row = rows.pop(entity_id, None)
            if row and row.made_of == key and (written := self._lying(row)):
                yield Lying(written[0])
            else:
                anew[entity_id] = key
        items = ((one, key, shelves.encode(known.of(one))) for one, key in anew.items())
        for _, written in self._anew(_entity_writer, _ENTITIES, items, len(anew)):
            yield Lying(*written[:2])

    def _anew(
        self, ready: _Ready, shelf: str, items: Iterable[Item], total: int
    ) -> Iterator[tuple[str, Written]]:
        """Have files written; tell which, by the keys of items."""
        work = partial(ready, self.settings, self.shelves.kept.path)
        for key, made in self.shelves.fill(_STAGE, work, items, total, _WORTH):
            row = next(value for name, value in made if name == shelf)
            yield key, shelves.result(row, Written)

    def is_made(self, name: str, made_of: str) -> bool:
        """Tell whether files of one making lie there as they would be made again."""
        row = self.shelves.row(_TOGETHER, name)
        return bool(row and row.made_of == f"{self.common} {made_of}" and self._lying(row))

    def left(self, name: str) -> frozenset[PagePath]:
        """Give those files of one making that lie there as this program left them."""
        row = self.shelves.row(_TOGETHER, name)
        if row is None or not row.made_of.startswith(self.common):
            return frozenset()
        paths, _, _ = shelves.decoder(Written).decode(row.result)
        return frozenset(path for path in paths if path in self.lying)

    def together(
        self, name: str, made_of: str, make: Callable[[], Iterable[OutputFile | PagePath]]
    ) -> Iterator[OutputFile | Lying]:
        """Files of one making: made again when that would make others, or when one was touched.

        Of a file that is `left` there `make` may give the name alone.
        """
        if self.is_made(name, made_of):
            yield Lying(tuple(sorted(self.left(name))))
            return
        paths: list[PagePath] = []
        for file in make():
            paths.append(file.path if isinstance(file, OutputFile) else file)
            yield file if isinstance(file, OutputFile) else Lying((file,))
        row = shelves.row(f"{self.common} {made_of}", (paths, (), {}))
        self.shelves.kept.put(_TOGETHER, [(name, row)])

    def _lying(self, row: Row) -> Written | None:
        """What a row holds, where all its files lie there as they were written."""
        written: Written = shelves.decoder(Written).decode(row.result)
        return written if self.lying.issuperset(written[0]) else None


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
        index=settings.site.index,
        site_id=settings.site_id,
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
        found = quotes.cut(shown)
        sentences = {one: digest(quoted) for one, quoted in found.items()}
        return source, (
            (shelves.QUOTES, shelves.encode(found)),
            (shelves.LINES, datasets.document_line(document, imprint.page(around.address))),
            (shelves.ROWS, namesets.mention_rows(shown)),
            (shelves.CELLS, datasets.document_row(document, imprint.page(around.address))),
            (shelves.PAGES, shelves.row(key, (*_put(settings.docs, files), sentences))),
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
        row = shelves.row(key, (*_put(settings.docs, pages), {}))
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


def _put(
    docs: Path, files: Iterable[OutputFile]
) -> tuple[tuple[PagePath, ...], tuple[PagePath, ...]]:
    """Write files, and tell which have changed."""
    put = [(file.path, store.write_file(docs / file.path, file.data)) for file in files]
    return tuple(path for path, _ in put), tuple(path for path, changed in put if changed)
