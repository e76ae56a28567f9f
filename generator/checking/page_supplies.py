"""What the check of a page reads, for a worker that does not see the project's folder."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import partial
from pathlib import Path

import msgspec

from generator.checking.page_proof import (
    PageReport,
    companion_paths,
    is_document,
    page_checker,
)
from generator.engine.jobs import Job, Part, Supplies
from generator.files import CORRECTIONS, METADATA, read_file
from generator.reading.formats.parts import file_of
from generator.settings import Settings


class _PictureRecord(msgspec.Struct):
    name: str
    file: str | None = None


class _LedgerRecord(msgspec.Struct):
    """The files that a document's ledger names."""

    source: str
    pictures: tuple[_PictureRecord, ...] = ()


_LEDGER = msgspec.json.Decoder(_LedgerRecord)


def check_job(settings: Settings, site: Path) -> Job[tuple[str, ...], PageReport]:
    """Return the job that checks pages, given by their paths below the site's folder."""
    decisions = (settings.seeds / CORRECTIONS, settings.seeds / METADATA)
    return Job(
        partial(_checker, settings, site),
        supplies=partial(partial, _supplies, settings, site),
        shared=Supplies(_existing(decisions)),
    )


def _checker(
    settings: Settings, site: Path
) -> Callable[[Iterable[str]], Iterator[Part[PageReport]]]:
    check = page_checker(settings, site)
    return lambda names: map(Part, check(names))


def _supplies(settings: Settings, site: Path, names: Iterable[str]) -> Supplies:
    paths = (path for name in names for path in _paths(settings, site, name))
    return Supplies(_existing(dict.fromkeys(paths)))


def _existing(paths: Iterable[Path]) -> dict[Path, bytes]:
    return {path: read_file(path) for path in paths if path.is_file()}


def _paths(settings: Settings, site: Path, name: str) -> Iterator[Path]:
    """Yield the files that the check of a page reads, those that do not exist too."""
    yield site / name
    companions = companion_paths(name)
    ledger = settings.docs / companions.ledger
    if not is_document(companions.page) or not ledger.is_file():
        return
    yield from (settings.docs / companions.page, ledger)
    record = _LEDGER.decode(read_file(ledger))
    yield file_of(settings.seeds, record.source)
    for picture in record.pictures:
        yield (site / name).parent / picture.name
        if picture.file:
            yield file_of(settings.seeds, picture.file)
