"""What the last run was given and what it left: while neither changed, nothing needs doing."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path

import msgspec

from generator.engine.database import Database, open_readonly, peek
from generator.engine.fingerprint import program_fingerprint
from generator.files import DOCUMENT_ADDRESSES, ENTITY_ADDRESSES, take_seeds_snapshot
from generator.files.snapshot import (
    FileStat,
    Snapshot,
    file_stat,
    folder_fingerprint,
    take_snapshot,
)
from generator.model import Problem, Report
from generator.settings import Settings

SCHEMA_FILE = ".seedbed/corrections.schema.json"
"""Where editors find what may stand in corrections.yml, as the file's first line tells them."""

REVIEW_FILE = ".seedbed/review.txt"
"""What is left for people to decide."""

DATABASE_FILE = ".seedbed/cache.sqlite"
"""What earlier runs found out; safe to delete."""

DATABASE_RESET = Problem(
    "W050",
    DATABASE_FILE,
    "this was damaged, or made by another version, and is begun anew",
    "There is nothing to do",
    severity="warning",
)


class Entry(msgspec.Struct):
    """A run: what it was given, what lay there after it, and what it had to say."""

    given: str
    made: str
    report: Report


ORDINARY = "save_addresses [] [] []"
"""How a run that is to be published goes about it."""


@dataclass(frozen=True, slots=True)
class RunResult:
    """What a run came to, and the folders as they lay there: the seeds before it, docs after it."""

    report: Report
    docs: Snapshot
    seeds: Snapshot


def result_if_current(
    settings: Settings, hows: Iterable[str] = (ORDINARY,), seen: Snapshot | None = None
) -> RunResult | None:
    """Tell what a run would come to, when it would only do once more what the last one did.

    The last one may have gone about it in any of these ways. Seeds that were `seen` are not looked
    at again. This asks for nothing that takes long to load.
    """
    seeds = seen or take_seeds_snapshot(settings.seeds)
    last = _last_run(peek(settings.root / DATABASE_FILE, "run", "last"))
    ways = {input_fingerprint(settings, how, seeds) for how in hows}
    if last is None or last.given not in ways:
        return None
    docs = take_snapshot(settings.docs)
    if last.made != output_fingerprint(settings, docs):
        return None
    report = last.report
    same = replace(report, written=0, unchanged=report.written + report.unchanged, removed=0)
    return RunResult(same, docs, seeds)


def input_fingerprint(settings: Settings, how: str, seeds: Snapshot) -> str:
    """Describe all that a run depends on."""
    pipelines = [folder_fingerprint(Path(name)) for name in settings.names.values()]
    return f"{program_fingerprint()} {how} {settings.cache_key} {pipelines} {seeds.fingerprint}"


def _last_run(last: bytes | None) -> Entry | None:
    try:
        return msgspec.msgpack.decode(last, type=Entry) if last else None
    except msgspec.DecodeError:  # another version of the program wrote it
        return None


def save(database: Database, run: Entry, docs: Snapshot) -> None:
    """Remember a run as the last one, and every file that it left."""
    database.put("run", [("last", msgspec.msgpack.encode(run))])
    database.drop(_LEFT, database.keys(_LEFT))
    database.put(_LEFT, _written(docs))


def _written(docs: Snapshot) -> Iterator[tuple[str, bytes]]:
    """Write the files of a folder, some at a time, so that memory holds no more of them."""
    files = iter(docs.files.items())
    while some := dict(islice(files, _TOGETHER)):
        paths = os.fsencode("\0".join(some))
        yield next(iter(some)), msgspec.msgpack.encode((paths, [*some.values()]))


def intact_docs(place: Path, docs: Path) -> tuple[Snapshot, frozenset[str]]:
    """Walk the docs folder, and tell which of its files lie there as the last run left them.

    `place` is that of the cache, which may be open elsewhere.
    """
    snapshot = take_snapshot(docs)
    intact: set[str] = set()
    with open_readonly(place) as database:
        for _, row in database.items(_LEFT):
            told, marks = msgspec.msgpack.decode(row, type=_Left)
            paths = zip(os.fsdecode(told).split("\0"), marks, strict=True)
            intact.update(path for path, status in paths if snapshot.files.get(path) == status)
    # The texts of one table, so that they travel once.
    return snapshot, frozenset(path for path in snapshot.files if path in intact)


_LEFT = "left"
"""The shelf of the files that a run left, some thousand in a row."""

_Left = tuple[bytes, list[FileStat]]
"""The paths of files, one after the other, and their marks."""

_TOGETHER = 8_192
"""Files in a row: 1 MB."""


def output_fingerprint(settings: Settings, docs: Snapshot) -> str:
    """Describe all that a run leaves behind, as it lies there now."""
    others = [
        settings.root / name
        for name in (SCHEMA_FILE, REVIEW_FILE, DOCUMENT_ADDRESSES, ENTITY_ADDRESSES)
    ]
    return f"{docs.fingerprint} {[file_stat(path) for path in others]}"
