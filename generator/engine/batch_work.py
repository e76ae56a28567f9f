"""Batches of items on their way to a worker and back.

Results are encoded, and values summed, by the worker, because all cores work there.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import msgspec

from generator.engine import workers
from generator.engine.cache_entries import Entry, Run
from generator.engine.checked_rows import checksum
from generator.engine.database import Database, open_readonly
from generator.engine.encoding import encode
from generator.engine.fingerprint import Fingerprint
from generator.engine.jobs import DatabaseRow, Delivered, Job, Part, Supplies
from generator.engine.tasks import Output, Task, Work, WorkerFactory, WorkItem
from generator.files import read_file
from generator.model import SeedbedError


def make_entry(
    inputs: Fingerprint | None, outputs: tuple[str, ...], result: bytes, run: Run
) -> Entry:
    """Return the entry of a result; without a fingerprint it is never used again."""
    value, checksums = (inputs.value, inputs.inputs) if inputs else ("", b"")
    return Entry(value, checksums, outputs, msgspec.Raw(result), run)


class EncodedOutput(NamedTuple):
    """An output whose result is encoded, without its files."""

    key: str
    is_reusable: bool
    paths: tuple[str, ...]
    """Of its files."""
    result: bytes
    values: tuple[tuple[str, bytes], ...]
    """By table."""
    checksums: tuple[int, ...]
    """Of the values."""

    def entry(self, inputs: Fingerprint | None, run: Run) -> Entry:
        """Return its entry; one without a fingerprint is never used again."""
        return make_entry(inputs if self.is_reusable else None, self.paths, self.result, run)


DeliveredBatch = list[Delivered[EncodedOutput]]
_RunBatch = Callable[[Sequence[WorkItem]], DeliveredBatch]
BatchJob = Job[Sequence[WorkItem], EncodedOutput]


def rescue_batch(
    task: Task[Any], batch: Sequence[WorkItem], run_alone: _RunBatch
) -> DeliveredBatch:
    """Return the outputs of a batch on which workers died, each item in a process of its own."""
    return [output for item in batch for output in _rescue_item(task, item, run_alone)]


def _rescue_item(task: Task[Any], item: WorkItem, run_alone: _RunBatch) -> DeliveredBatch:
    try:
        return run_alone((item,))
    except workers.WorkerDiedError as error:
        if task.result_if_lost is None:
            message = f"{task.stage}: every process that worked on {item.key} ended: {error}"
            raise SeedbedError(message, error.hint) from error
        result = task.result_if_lost(item.key)
        return [Delivered(EncodedOutput(item.key, False, (), encode(result), (), ()))]


def make_batch_work(
    worker: WorkerFactory,
) -> Callable[[Sequence[WorkItem]], Iterator[Part[EncodedOutput]]]:
    """Return the function that runs batches."""
    work = worker()
    return lambda items: map(_encode_output, work(items))


def _encode_output(output: Output) -> Part[EncodedOutput]:
    paths = tuple([str(file.path) for file in output.files])
    result = encode(output.result)
    sums = tuple([checksum(table, output.key, value) for table, value in output.values])
    encoded = EncodedOutput(output.key, output.is_reusable, paths, result, output.values, sums)
    return Part(encoded, output.files)


def read_supplies(
    database: Path, files: Iterable[Path], rows: Mapping[str, Sequence[str]]
) -> Supplies:
    """Return files, and the values of tables of the database by their keys."""
    read = {path: read_file(path) for path in files}
    if not rows:
        return Supplies(read)
    with open_readonly(database) as opened:
        found = [
            DatabaseRow(table, key, value)
            for table, keys in rows.items()
            for key, value in zip(keys, opened.get_many(table, keys), strict=True)
        ]
    return Supplies(read, tuple(found))


def run_with_database(path: Path, run: Callable[[Database, WorkItem], Output]) -> Work:
    """Return work that runs each item with the database at a path, opened once for a batch."""

    def work(items: Sequence[WorkItem]) -> Iterator[Output]:
        with open_readonly(path) as database:
            for item in items:
                yield run(database, item)

    return work
