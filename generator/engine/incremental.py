"""Incremental builds: run a task only for those items whose inputs or outputs changed.

Only the parent process writes to the database. Workers read the committed values that they need,
so texts never travel between processes. An entry is committed together with the values that belong
to it, so a run that is killed leaves a database which the next run can use.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence, Set
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple, TypeVar

import msgspec

from generator.engine import workers
from generator.engine.cache_entries import Entry, Run, decode_entry
from generator.engine.database import Database, open_readonly, peek
from generator.engine.encoding import decoder, encode
from generator.engine.fingerprint import Fingerprint, combine, fingerprint
from generator.engine.outdated import CHANGED, why_outdated
from generator.engine.tasks import (
    Item,
    ItemResult,
    Output,
    Task,
    TaskSummary,
    Work,
    WorkerFactory,
    WorkItem,
)
from generator.model import SeedbedError

T = TypeVar("T")

_NOTHING: frozenset[str] = frozenset()

_NUMBER_TABLE, _NUMBER_KEY = "builds", "number"
"""Where the number of the last build is saved."""

_ONLY = "all"
"""The key of the item of a task that has one."""


@dataclass(frozen=True, slots=True)
class OutdatedItems:
    """Which items of a task are outdated, and why; and the entries of all that have one."""

    order: tuple[str, ...]
    """The keys of all items."""
    entries: dict[str, Entry]
    """The saved entries."""
    items: tuple[Item, ...]
    """The outdated items."""
    runs: dict[str, Run]
    """Why each of them is outdated."""


@dataclass(frozen=True, slots=True)
class Build:
    """One build: its database, its workers, and what was found out of date."""

    database: Database
    jobs: int
    """Processes; 0 means one for each core."""
    progress: workers.Progress
    program: bytes
    """Fingerprint of the program: another version may produce another result."""
    number: int
    """Counts the builds with this database."""
    _counts: dict[str, Counter[str | None]] = field(default_factory=dict)

    @classmethod
    def start(
        cls, database: Database, program: str, jobs: int, progress: workers.Progress
    ) -> Build:
        """Start the next build with a database; `program` identifies the program."""
        number = last_build_number(database) + 1
        database.put(_NUMBER_TABLE, [(_NUMBER_KEY, encode(number))])
        return cls(database, jobs, progress, fingerprint(program), number)

    def fingerprint(self, *inputs: object) -> Fingerprint:
        """Return the fingerprint of these inputs, and of the program."""
        return combine((self.program, *map(fingerprint, inputs)))

    def run_outdated(
        self,
        task: Task[T],
        worker: WorkerFactory,
        items: Iterable[Item],
        intact: Set[str] = _NOTHING,
    ) -> Iterator[ItemResult[T]]:
        """Yield the result for each item, in order; run the task only for outdated items.

        `intact` are the paths of files that are as the last run left them. Entries and values of
        items that are no longer there are deleted. What was saved before is visible to the workers.
        """
        outdated = self.find_outdated(task, items, intact)
        self._delete(task.value_tables, task, outdated.entries.keys() & outdated.runs.keys())
        completed = self._run(task, worker, outdated)
        for key in outdated.order:
            entry = next(completed) if key in outdated.runs else outdated.entries.pop(key)
            yield ItemResult(key, task.decode(entry), entry.outputs, outdated.runs.get(key))
        for _ in completed:  # lets the workers end in order
            pass

    def update(
        self,
        task: Task[T],
        worker: WorkerFactory,
        items: Iterable[Item],
        intact: Set[str] = _NOTHING,
    ) -> None:
        """Run the task for all outdated items, as `run_outdated` does."""
        for _ in self.run_outdated(task, worker, items, intact):
            pass

    def find_outdated(
        self,
        task: Task[T],
        items: Iterable[Item],
        intact: Set[str] = _NOTHING,
        entries: dict[str, Entry] | None = None,
    ) -> OutdatedItems:
        """Return the outdated items of a task; delete all that is saved of items not among them.

        `entries` are those of the task if they were loaded already.
        """
        entries = dict(self.entries(task)) if entries is None else entries
        order: list[str] = []
        outdated: list[Item] = []
        runs: dict[str, Run] = {}
        for item in items:
            order.append(item.key)
            if run := self.why_outdated(task, entries.get(item.key), item.fingerprint, intact):
                outdated.append(item)
                runs[item.key] = run
        self._delete_removed(task, entries.keys() - set(order))
        return OutdatedItems(tuple(order), entries, tuple(outdated), runs)

    def why_outdated(
        self,
        task: Task[T],
        entry: Entry | None,
        now: Fingerprint | None,
        intact: Set[str] = _NOTHING,
    ) -> Run | None:
        """Return why an item is outdated, None if it is not; count it for `summaries`."""
        reason = why_outdated(entry, now, intact)
        self._counts.setdefault(task.name, Counter())[reason] += 1
        if reason is None:
            return None
        changed = now.changed_inputs(entry.inputs) if entry and now and reason == CHANGED else ()
        return Run(self.number, reason, changed)

    def summaries(self) -> tuple[TaskSummary, ...]:
        """Return for each task how many items were up to date, in the order of the tasks."""
        return tuple(
            TaskSummary(
                name, counts[None], {reason: count for reason, count in counts.items() if reason}
            )
            for name, counts in self._counts.items()
        )

    def entry(self, task: Task[T], key: str) -> Entry | None:
        """Return the entry of an item, if there is one that this version of the program reads."""
        return decode_entry(self.database.get(task.name, key))

    def entries(self, task: Task[T]) -> Iterator[tuple[str, Entry]]:
        """Yield all keys with their entries, by key; a quarter of the cost of asking for each."""
        for key, data in self.database.items(task.name):
            if entry := decode_entry(data):
                yield key, entry

    def reuse(self, task: Task[T], now: Fingerprint, make: Callable[[], T]) -> T:
        """Return the result of a task that has one item; make it only if its inputs changed.

        So whatever is made of a result that stayed the same need not be made again either.
        """
        entry = self.entry(task, _ONLY)
        run = self.why_outdated(task, entry, now)
        if entry and not run:
            return task.decode(entry)
        result = make()
        if run:
            self.save(task, Item(_ONLY, now), result, run)
        return result

    def save(
        self,
        task: Task[T],
        item: Item,
        result: T,
        run: Run,
        outputs: tuple[str, ...] = (),
    ) -> None:
        """Save the entry of an item that was run outside of `run_outdated`."""
        entry = _entry(item.fingerprint, outputs, encode(result), run)
        self.database.put(task.name, [(item.key, encode(entry))])

    def forget(self, task: Task[T], keys: Iterable[str]) -> None:
        """Delete all that is saved of items, also by later tasks."""
        self._delete_removed(task, set(keys))

    def worker_count(self, total: int, min_batch: int, batch_size: int = 16) -> int:
        """Return how many processes pay for so many items."""
        count = total // (batch_size if self.jobs else min_batch)
        return max(1, min(self.jobs or workers.available_cores(), count))

    def _delete_removed(self, task: Task[T], keys: Set[str]) -> None:
        self._delete((*task.value_tables, *task.dependent_tables), task, keys)

    def _delete(self, tables: Iterable[str], task: Task[T], keys: Set[str]) -> None:
        if keys:
            for table in (task.name, *tables):
                self.database.drop(table, sorted(keys))

    def _run(
        self, task: Task[T], worker: WorkerFactory, outdated: OutdatedItems
    ) -> Iterator[Entry]:
        """Run items, and yield their entries in order once these are committed."""
        self.database.commit()
        if not outdated.items:
            return
        now = {item.key: item.fingerprint for item in outdated.items}
        work = (WorkItem(item.key, item.make_extra()) for item in outdated.items)
        total, done = len(outdated.items), 0
        jobs = 1 if task.in_parent else self.worker_count(total, task.min_batch)
        batches = workers.batches(work, task.batch_size)
        rescue = partial(_rescued, task)
        for outputs in workers.map_ordered(partial(_encoding, worker), batches, jobs, rescue):
            entries = [
                (output.key, output.entry(now[output.key], outdated.runs[output.key]))
                for output in outputs
            ]
            for output in outputs:
                for table, value in output.values:
                    self.database.put(table, [(output.key, value)])
            self.database.put(task.name, [(key, encode(entry)) for key, entry in entries])
            self.database.commit()
            done += len(outputs)
            self.progress(task.stage, done, total)
            yield from (entry for _, entry in entries)


def last_build_number(database: Database) -> int:
    """Return the number of the last build with a database; 0 if there was none."""
    return _decode_number(database.get(_NUMBER_TABLE, _NUMBER_KEY))


def peek_build_number(path: Path) -> int:
    """Return the same for a database that is not open anywhere."""
    return _decode_number(peek(path, _NUMBER_TABLE, _NUMBER_KEY))


def _decode_number(data: bytes | None) -> int:
    return decoder(int).decode(data) if data else 0


def _entry(now: Fingerprint | None, outputs: tuple[str, ...], result: bytes, run: Run) -> Entry:
    value, inputs = now or ("", b"")
    return Entry(value, inputs, outputs, msgspec.Raw(result), run)


class _EncodedOutput(NamedTuple):
    """An output on its way from a worker: the result is encoded there, where all cores work."""

    key: str
    is_reusable: bool
    paths: tuple[str, ...]
    result: bytes
    values: tuple[tuple[str, bytes], ...]

    def entry(self, now: Fingerprint | None, run: Run) -> Entry:
        """Return its entry; one without a fingerprint is never used again."""
        return _entry(now if self.is_reusable else None, self.paths, self.result, run)


_EncodedBatch = list[_EncodedOutput]
_RunBatch = Callable[[Sequence[WorkItem]], _EncodedBatch]


def _rescued(task: Task[Any], batch: Sequence[WorkItem], run_alone: _RunBatch) -> _EncodedBatch:
    """Return the outputs of a batch on which workers died, each item in a process of its own."""
    return [output for item in batch for output in _rescued_item(task, item, run_alone)]


def _rescued_item(task: Task[Any], item: WorkItem, run_alone: _RunBatch) -> _EncodedBatch:
    try:
        return run_alone((item,))
    except workers.WorkerDiedError as error:
        if task.result_if_lost is None:
            message = f"{task.stage} ended each process that tried it with {item.key}: {error}"
            raise SeedbedError(message, error.hint) from error
        result = task.result_if_lost(item.key)
        return [_EncodedOutput(item.key, False, (), encode(result), ())]


def _encoding(worker: WorkerFactory) -> _RunBatch:
    work = worker()

    def run(items: Sequence[WorkItem]) -> _EncodedBatch:
        return [
            _EncodedOutput(
                output.key,
                output.is_reusable,
                output.outputs,
                encode(output.result),
                output.values,
            )
            for output in work(items)
        ]

    return run


def run_with_database(path: Path, run: Callable[[Database, WorkItem], Output]) -> Work:
    """Return work that runs each item with the database at a path, opened once for a batch."""

    def work(items: Sequence[WorkItem]) -> Iterator[Output]:
        with open_readonly(path) as database:
            for item in items:
                yield run(database, item)

    return work
