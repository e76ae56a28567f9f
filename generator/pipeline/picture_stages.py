"""The files of pictures, beside the pages that show them.

A seed is opened anew to write them, so that the database need not hold a second copy of each.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import partial
from pathlib import Path

import msgspec

from generator.engine.encoding import decoder, encode
from generator.engine.fingerprint import fingerprint
from generator.engine.incremental import Build
from generator.engine.limited import LimitedProcess
from generator.engine.tasks import Item, Output, Work, WorkItem
from generator.files import ExistingFiles, write_file
from generator.model import Address, Corpus, PagePath, Seed, SeedPath
from generator.model.pictures import DocumentPictures
from generator.pipeline.sources import seed_source
from generator.pipeline.tasks import PICTURE_FILES
from generator.reading.formats.open_reading import PICTURES_FUNCTION
from generator.settings import Settings
from generator.writing.addresses import urls


class _Page(msgspec.Struct, frozen=True, array_like=True):
    """The page beside which pictures stand."""

    address: Address
    pictures: DocumentPictures


def write_pictures(
    settings: Settings, build: Build, corpus: Corpus, intact: frozenset[str]
) -> Iterator[ExistingFiles]:
    """Write the files of all pictures, and yield them."""
    worker = partial(_picture_worker, settings)
    for completed in build.run_outdated(PICTURE_FILES, worker, _items(build, corpus), intact):
        paths = tuple(map(PagePath, completed.outputs))
        yield ExistingFiles(paths, paths if completed.run else ())


def _items(build: Build, corpus: Corpus) -> Iterator[Item]:
    for record in corpus.documents:
        pictures = corpus.pictures.get(record.source) or DocumentPictures(record.pictures)
        if any(picture.name for picture in (*pictures.in_text, *pictures.facsimile)):
            page = _Page(corpus.addresses[record.source], pictures)
            inputs = (record.digest, fingerprint(pictures), page.address)
            yield Item(record.source, build.fingerprint(*inputs), partial(encode, page))


def _picture_worker(settings: Settings) -> Work:
    """Return the function that writes the pictures of documents."""
    source = seed_source(settings.seeds)
    process = LimitedProcess(PICTURES_FUNCTION)

    def files_of(path: SeedPath) -> Mapping[str, bytes]:
        seed = source(path)
        answer = process.call(seed.path, seed.data) if isinstance(seed, Seed) else b""
        if not isinstance(answer, bytes) or not answer:
            return {}
        return msgspec.msgpack.decode(answer, type=dict[str, bytes])

    def work(item: WorkItem) -> Output:
        page = decoder(_Page).decode(item.extra)
        wanted = _wanted(SeedPath(item.key), page.pictures)
        paths = tuple(_write(settings.docs, page.address, wanted, files_of))
        is_complete = len(paths) == sum(map(len, wanted.values()))
        return Output(item.key, None, paths, is_reusable=is_complete)

    return lambda items: map(work, items)


def _wanted(source: SeedPath, pictures: DocumentPictures) -> dict[SeedPath, set[str]]:
    """Return the names of pictures by the file that each is made of."""
    wanted: dict[SeedPath, set[str]] = {}
    for picture in (*pictures.in_text, *pictures.facsimile):
        if picture.name:
            wanted.setdefault(SeedPath(picture.file or source), set()).add(picture.name)
    return wanted


def _write(
    docs: Path,
    address: Address,
    wanted: Mapping[SeedPath, set[str]],
    files_of: Callable[[SeedPath], Mapping[str, bytes]],
) -> Iterator[str]:
    for path, names in wanted.items():
        files = files_of(path)
        for name in sorted(names & files.keys()):
            target = urls.sibling(urls.page_path(address), name)
            write_file(docs / target, files[name])
            yield target
