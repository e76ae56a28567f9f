"""Pictures that are files of their own: those that texts name, and the sheets of their originals.

`letter.jpg`, or `letter-1.jpg` and `letter-2.jpg`, beside `letter.txt` are its facsimile.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict, deque
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from functools import partial
from operator import attrgetter
from pathlib import Path
from posixpath import splitext

import msgspec
from msgspec.structs import replace

from generator.engine.file_digests import update_digests
from generator.engine.incremental import Build
from generator.engine.sandbox import LimitedProcess
from generator.engine.tasks import Item, Items, Output, Work, WorkItem
from generator.files.file_stats import FileStat
from generator.files.snapshot import Snapshot
from generator.model import Corpus, Document, DocumentRecord, Problem, Seed, SeedPath
from generator.model.pictures import (
    MAX_SHEETS,
    SHEET_SIDE,
    THUMBNAIL_SIDE,
    DocumentPictures,
    MeasuredPicture,
    Picture,
    sheet_pictures,
)
from generator.pipeline.build_tasks import MEASURE_PICTURES, PICTURE_DIGESTS
from generator.pipeline.sources import seed_needs, seed_source
from generator.reading.formats.open_pictures import MEASURE_FUNCTION
from generator.reading.formats.parts import container_of, containers_of, is_picture
from generator.reading.formats.picture_addresses import file_of
from generator.settings import Settings

_SHEET = re.compile(r"(?P<stem>.*?)(?:-(?P<number>(?a:\d{1,4})))?\Z", re.DOTALL)
"""The path of a picture without its suffix: that of the text, and the number of the sheet."""


class PictureFiles(msgspec.Struct, frozen=True):
    """The pictures of documents in files of their own."""

    by_document: dict[SeedPath, DocumentPictures] = msgspec.field(default_factory=dict)
    used: frozenset[SeedPath] = frozenset()
    """The files of pictures, which are not documents."""
    problems: tuple[Problem, ...] = ()

    def with_problems(self, problems: Iterable[Problem]) -> Iterator[Problem]:
        """Yield all problems, but none for a shown picture that has no text."""
        for problem in problems:
            if problem.source not in self.used or problem.severity != "error":
                yield problem
        yield from self.problems


class _Wanted(msgspec.Struct, frozen=True):
    """The files that one document shows."""

    document: DocumentRecord
    named: Mapping[str, SeedPath | None]
    """The file of each address in its text; None if there is no such file."""
    sheets: Sequence[SeedPath]

    @property
    def files(self) -> Iterator[SeedPath]:
        """Every file that exists."""
        yield from (path for path in self.named.values() if path)
        yield from self.sheets


def find_picture_files(
    build: Build, settings: Settings, seeds: Snapshot, corpus: Corpus, pictures: Set[SeedPath]
) -> PictureFiles:
    """Return those of the pictures that documents show, and what is wrong with the others.

    The pages of PDF files are among them: all if the settings ask for a facsimile, or the first.
    """
    wanted = list(_wanted(corpus.documents, pictures))
    used = sorted({path for item in wanted for path in item.files})
    measured = _measure(build, settings, seeds, used)
    shown: dict[SeedPath, DocumentPictures] = {}
    problems: list[Problem] = []
    for item in wanted:
        shown[item.document.source] = _pictures_of(item, measured)
        problems += _problems(item, measured)
    for document in filter(attrgetter("origin"), corpus.documents):
        if document.origin and document.origin.sheets:
            before = shown.get(document.source, DocumentPictures(document.pictures))
            shown[document.source] = _with_pages(before, document, is_whole=settings.facsimile)
    problems += _unused(pictures - {*used})
    return PictureFiles(shown, frozenset(used), tuple(problems))


def _unused(pictures: Iterable[SeedPath]) -> Iterator[Problem]:
    """Yield a problem for each archive with pictures that no document shows."""
    archives = Counter(container for path in pictures if (container := container_of(path)))
    for archive, count in sorted(archives.items()):
        what = "a picture" if count == 1 else f"{count:,} pictures"
        message = f"{what} in it left out: no document in it shows them"
        hint = "Name a picture in a Markdown file or a web page beside it, or give it a text's name"
        yield Problem("W115", archive, message, hint, severity="warning")


def sheets_of(seeds: Iterable[SeedPath], files: Iterable[SeedPath]) -> frozenset[SeedPath]:
    """Return the files that are the facsimile of some seeds, such as withdrawn ones."""
    stems = set(map(_stem, seeds))
    pictures = filter(is_picture, files if stems else ())  # mostly nothing is withdrawn
    return frozenset(path for path in pictures if stems & _sheet_stems(path))


def _sheet_stems(path: SeedPath) -> set[str]:
    """Return the paths, without suffix, of the texts to which a picture may belong."""
    stem = _stem(path)
    match = _SHEET.fullmatch(stem)
    return {stem, match["stem"]} if match else {stem}


def named_files(document: Document | DocumentRecord) -> Iterator[SeedPath]:
    """Yield the paths of the files that a text names as its pictures; they may not exist."""
    for picture in document.pictures:
        path = file_of(picture.address, document.source) if picture.address else None
        if path:
            yield SeedPath(path)


def _wanted(documents: Iterable[DocumentRecord], pictures: Set[SeedPath]) -> Iterator[_Wanted]:
    """Yield the files of pictures that each document shows."""
    sheets = _sheets(pictures)
    for document in documents if sheets else filter(attrgetter("pictures"), documents):
        source = document.source
        addresses = {picture.address for picture in document.pictures if picture.address}
        named = {address: _named_file(address, source, pictures) for address in addresses}
        found = sheets.get(_stem(source), ())
        own = [path for path in found if path not in named.values()]
        if named or own:
            yield _Wanted(document, named, own[:MAX_SHEETS])


def _named_file(address: str, source: SeedPath, pictures: Set[SeedPath]) -> SeedPath | None:
    path = SeedPath(file_of(address, source) or "")
    return path if path in pictures else None


def _sheets(pictures: Iterable[SeedPath]) -> dict[str, list[SeedPath]]:
    """Return pictures by the path of the text to which they belong, in the order of sheets."""
    sheets: dict[str, list[tuple[int, SeedPath]]] = defaultdict(list)
    for path in sorted(pictures):
        match = _SHEET.fullmatch(_stem(path))
        sheets[_stem(path)].append((0, path))
        if match and match["number"]:
            sheets[match["stem"]].append((int(match["number"]), path))
    return {stem: [path for _, path in sorted(numbered)] for stem, numbered in sheets.items()}


def _stem(path: str) -> str:
    return splitext(path)[0]


def _measure(
    build: Build, settings: Settings, seeds: Snapshot, paths: Sequence[SeedPath]
) -> dict[SeedPath, MeasuredPicture]:
    """Return how each file is shown; only new and changed ones are opened."""

    def digest(path: str) -> str | None:
        seed = source(SeedPath(path))
        return seed.digest if isinstance(seed, Seed) else None

    source = seed_source(settings.seeds)
    files = {path: deque((path, *containers_of(path)), 1).pop() for path in paths}
    stats: dict[str, FileStat] = {
        path: seeds.files[file] for path, file in files.items() if file in seeds.files
    }
    digests = update_digests(build.database, PICTURE_DIGESTS, paths, stats, partial(map, digest))
    items = (
        Item(
            path,
            build.fingerprint(digests[path]) if path in digests else None,
            digests.get(path, "").encode,
            partial(seed_needs, settings.seeds, path),
        )
        for path in paths
    )
    worker = partial(_measuring_worker, settings.seeds)
    completed = build.run_outdated(MEASURE_PICTURES, worker, Items.of(items))
    return {SeedPath(item.key): item.result for item in completed}


def _measuring_worker(seeds: Path) -> Work:
    process = LimitedProcess(MEASURE_FUNCTION)
    source = seed_source(seeds)

    def measure(item: WorkItem) -> Output:
        seed = source(SeedPath(item.key))
        if isinstance(seed, Problem):
            return Output(item.key, MeasuredPicture(reason=seed.message), is_reusable=False)
        answer = process.call(seed.path, seed.data)
        measured = (
            msgspec.msgpack.decode(answer, type=MeasuredPicture)
            if isinstance(answer, bytes)
            else MeasuredPicture(reason=f"it takes too much {answer} to open")
        )
        is_same = seed.digest == item.extra.decode()  # else it is not the result for this digest
        return Output(item.key, measured, is_reusable=is_same)

    return lambda items: map(measure, items)


def _pictures_of(wanted: _Wanted, measured: Mapping[SeedPath, MeasuredPicture]) -> DocumentPictures:
    """Return the pictures of a document; one that cannot be shown has no name."""
    in_text = (
        _in_text(picture, wanted.named[picture.address], measured) if picture.address else picture
        for picture in wanted.document.pictures
    )
    found = ((path, measured[path].picture) for path in wanted.sheets)
    sheets = (replace(picture, file=path) for path, picture in found if picture)
    return DocumentPictures(tuple(in_text), tuple(sheets))


def _in_text(
    picture: Picture, path: SeedPath | None, measured: Mapping[SeedPath, MeasuredPicture]
) -> Picture:
    found = measured[path].picture if path else None
    return replace(found, text=picture.text, file=path) if found else picture


def _with_pages(
    pictures: DocumentPictures, document: DocumentRecord, *, is_whole: bool
) -> DocumentPictures:
    """Return pictures with those of the pages of a PDF, unless there are sheets in other files."""
    sheets = document.origin.sheets if document.origin else ()
    first, *_ = sheet_pictures(document.digest, sheets, THUMBNAIL_SIDE, 1)
    if pictures.facsimile or not is_whole:
        return replace(pictures, thumbnail=None if pictures.facsimile else first)
    pages = sheet_pictures(document.digest, sheets, SHEET_SIDE, MAX_SHEETS)
    return replace(pictures, facsimile=tuple(pages))


def _problems(wanted: _Wanted, measured: Mapping[SeedPath, MeasuredPicture]) -> Iterator[Problem]:
    source = wanted.document.source
    for address, path in sorted(wanted.named.items()):
        if path is None:
            message = f'the picture "{address}" is no picture in the seeds folder; it is not shown'
            hint = "Put the file there, or correct its name in the text; links are never followed"
            yield Problem("W116", source, message, hint, severity="warning")
    for path in dict.fromkeys(wanted.files):
        if reason := measured[path].reason:
            hint = "Put another picture in its place"
            message = f"the picture was left out: {reason}"
            yield Problem("W115", path, message, hint, severity="warning")
