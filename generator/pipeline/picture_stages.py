"""The files of pictures, beside the pages that show them.

A seed is opened again to write them, so that the database need not hold a second copy of each.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import NamedTuple

import msgspec

from generator.engine.encoding import decoder, encode
from generator.engine.fingerprint import fingerprint
from generator.engine.incremental import Build
from generator.engine.outdated import Paths
from generator.engine.sandbox import LimitedProcess, Limits
from generator.engine.tasks import Item, Items, Needs, Output, Work, WorkItem
from generator.files import ExistingFiles
from generator.model import Address, Corpus, OutputFile, PagePath, Seed, SeedPath
from generator.model.pictures import DocumentPictures
from generator.pipeline.build_tasks import PICTURE_FILES
from generator.pipeline.sources import seed_needs, seed_source
from generator.reading.formats.open_pictures import (
    ENCODE_FUNCTION,
    FACSIMILE_FUNCTION,
    THUMBNAIL_FUNCTION,
)
from generator.reading.formats.parts import SeedSource
from generator.settings import Settings
from generator.writing.addresses import urls


class _Page(msgspec.Struct, frozen=True, array_like=True):
    """The page beside which pictures stand."""

    address: Address
    pictures: DocumentPictures


class NamedFile(NamedTuple):
    """A file beside a page."""

    name: str
    data: bytes


_RENDERING = Limits(seconds=300.0, max_seconds=900.0)
"""A page takes half a second."""


def write_pictures(
    settings: Settings, build: Build, corpus: Corpus, intact: Paths
) -> Iterator[ExistingFiles]:
    """Write the files of all pictures, and yield them."""
    worker = partial(_picture_worker, settings)
    items = Items.of(_items(settings.seeds, build, corpus))
    for completed in build.run_outdated(PICTURE_FILES, worker, items, intact):
        paths = tuple(map(PagePath, completed.outputs))
        yield ExistingFiles(paths, paths if completed.run else ())


def _items(seeds: Path, build: Build, corpus: Corpus) -> Iterator[Item]:
    shown = corpus.pictures
    with_pictures = [each for each in corpus.documents if each.pictures or each.source in shown]
    for record in with_pictures:
        pictures = corpus.pictures.get(record.source) or DocumentPictures(record.pictures)
        if pictures.all:
            page = _Page(corpus.addresses[record.source], pictures)
            inputs = (record.digest, fingerprint(pictures), page.address)
            needs = partial(_needs, seeds, record.source, pictures)
            yield Item(record.source, build.fingerprint(*inputs), partial(encode, page), needs)


def _needs(seeds: Path, source: SeedPath, pictures: DocumentPictures) -> Needs:
    """Return the files that the pictures of a document are in."""
    own = (seeds / picture.file for picture in pictures.all if picture.file)
    return Needs((*seed_needs(seeds, source).files, *own))


class _Maker(msgspec.Struct, frozen=True):
    """Makes the files of pictures, in processes with limits that start when they are needed."""

    source: SeedSource
    pictures: LimitedProcess
    facsimile: LimitedProcess
    thumbnail: LimitedProcess

    def files(self, source: SeedPath, pictures: DocumentPictures) -> Iterator[NamedFile]:
        """Yield the files of all pictures of a document that can be made."""
        own, files = set[str](), dict[SeedPath, set[str]]()
        for picture in (*pictures.in_text, *pictures.facsimile):
            names = files.setdefault(SeedPath(picture.file), set()) if picture.file else own
            if picture.name is not None:
                names.add(picture.name)
        in_text = {picture.name for picture in pictures.in_text}
        sheets = {picture.name for picture in pictures.facsimile}
        yield from self._made(self.pictures, source, own & in_text)
        yield from self._made(self.facsimile, source, own & sheets)
        for path, names in files.items():
            yield from self._made(self.pictures, path, names)
        if pictures.thumbnail:
            yield from self._made(self.thumbnail, source, {pictures.thumbnail.file_name})

    def _made(
        self, process: LimitedProcess, path: SeedPath, wanted: set[str]
    ) -> Iterator[NamedFile]:
        seed = self.source(path) if wanted else None
        answer = process.call(path, seed.data) if isinstance(seed, Seed) else None
        if isinstance(answer, bytes):
            files = msgspec.msgpack.decode(answer, type=dict[str, bytes])
            yield from (NamedFile(name, files[name]) for name in sorted(wanted & files.keys()))


def _picture_worker(settings: Settings) -> Work:
    """Return the function that makes the pictures of documents."""
    maker = _Maker(
        seed_source(settings.seeds),
        LimitedProcess(ENCODE_FUNCTION),
        LimitedProcess(FACSIMILE_FUNCTION, _RENDERING),
        LimitedProcess(THUMBNAIL_FUNCTION),
    )

    def work(item: WorkItem) -> Output:
        page = decoder(_Page).decode(item.extra)
        folder = urls.page_path(page.address)
        files = tuple(
            OutputFile(urls.sibling(folder, file.name), file.data)
            for file in maker.files(SeedPath(item.key), page.pictures)
        )
        is_complete = len(files) == len({picture.name for picture in page.pictures.all})
        return Output(item.key, None, files, is_reusable=is_complete)

    return lambda items: map(work, items)
