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
from typing import Any, Generic, NamedTuple, TypeVar

import msgspec

from generator.engine import workers
from generator.engine.database import Database, open_readonly
from generator.engine.entries import Entry, decode_entry, decoder, encode, why_outdated
from generator.engine.fingerprint import fingerprint

T = TypeVar("T")

_NOTHING: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Task(Generic[T]):
    """One kind of work: what it is called, where its entries and values are, what it costs."""

    name: str
    """Name in `seedbed build --explain`, and of the table of its entries."""
    stage: str
    """Stage of the build that is shown while it runs."""
    result_type: Any
    """Type of the results, which `T` is too."""
    value_tables: tuple[str, ...] = ()
    """Tables of the values that it saves besides its entries; deleted before it runs again."""
    dependent_tables: tuple[str, ...] = ()
    """Tables of later tasks, whose values are deleted too when an item was removed."""
    min_batch: int = 100
    """Items for which starting a worker pays."""
    batch_size: int = 16
    """Items in a message between processes, and in a transaction."""
    in_parent: bool = False
    """Whether it runs in the process of the build, as what its items share cannot be divided."""

    def decode(self, entry: Entry) -> T:
        """Return the result of an entry."""
        result: T = decoder(self.result_type).decode(entry.result)
        return result


class Item(NamedTuple):
    """One thing that a task is run for."""

    key: str
    fingerprint: str | None
    """Of everything that its result depends on; None if that cannot be read: it is run."""
    make_extra: Callable[[], bytes] = bytes
    """Returns what its worker must be sent besides the key; only called if the item is run."""


class WorkItem(NamedTuple):
    """An item as a worker gets it."""

    key: str
    extra: bytes


class Output(NamedTuple):
    """What a worker produced for one item."""

    key: str
    result: object = None
    outputs: tuple[str, ...] = ()
    """Paths of the files that it wrote."""
    values: tuple[tuple[str, bytes], ...] = ()
    """Values by table."""
    is_reusable: bool = True
    """Whether later builds may use it; otherwise the item is run again by each of them."""


class ItemResult(NamedTuple, Generic[T]):
    """The result for one item, of this build or of an earlier one."""

    key: str
    result: T
    outputs: tuple[str, ...]
    reason: str | None
    """Why the item was run in this build; None if it was up to date."""


Work = Callable[[Sequence[WorkItem]], Iterable[Output]]
"""Runs a batch of items."""

WorkerFactory = Callable[[], Work]
"""Gets a worker ready; called once in each process that has items to run."""


class TaskSummary(NamedTuple):
    """How many items of a task were up to date, and why the others were not."""

    name: str
    up_to_date: int
    outdated: dict[str, int]
    """Number of items by reason."""

    def __str__(self) -> str:
        """Return it as one line."""
        reasons = [f"{count:,} {reason}" for reason, count in sorted(self.outdated.items())]
        return f"{self.name}: {', '.join([f'{self.up_to_date:,} up to date', *reasons])}"


@dataclass(frozen=True, slots=True)
class Build:
    """One build: its database, its workers, and what was found out of date."""

    database: Database
    jobs: int
    """Processes; 0 means one for each core."""
    progress: workers.Progress
    program: str = ""
    """Fingerprint of the program: another version may produce another result."""
    _counts: dict[str, Counter[str | None]] = field(default_factory=dict)

    def fingerprint(self, *inputs: object) -> str:
        """Return the fingerprint of these inputs, and of the program."""
        return fingerprint((self.program, inputs)).hex()

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
        entries = dict(self.entries(task))
        order: list[str] = []
        outdated: list[Item] = []
        reasons: dict[str, str] = {}
        for item in items:
            order.append(item.key)
            if reason := self.why_outdated(task, entries.get(item.key), item.fingerprint, intact):
                outdated.append(item)
                reasons[item.key] = reason
        self._delete_removed(task, entries.keys() - set(order))
        self._delete(task.value_tables, task, entries.keys() & reasons.keys())
        completed = self._run(task, worker, outdated)
        for key in order:
            entry = next(completed) if key in reasons else entries.pop(key)
            yield ItemResult(key, task.decode(entry), entry.outputs, reasons.get(key))
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

    def why_outdated(
        self,
        task: Task[T],
        entry: Entry | None,
        now: str | None,
        intact: Set[str] = _NOTHING,
    ) -> str | None:
        """Return why an item is outdated, None if it is not; count it for `summaries`."""
        reason = why_outdated(entry, now, intact)
        self._counts.setdefault(task.name, Counter())[reason] += 1
        return reason

    def summaries(self) -> tuple[TaskSummary, ...]:
        """Return for each task how many items were up to date, in the order of the tasks."""
        return tuple(
            TaskSummary(
                name, counts[None], {reason: count for reason, count in counts.items() if reason}
            )
            for name, counts in self._counts.items()
        )

    def entry(self, task: Task[T], key: str) -> Entry | None:
        """Return the entry of an item, if there is one."""
        data = self.database.get(task.name, key)
        return None if data is None else decode_entry(data)

    def entries(self, task: Task[T]) -> Iterator[tuple[str, Entry]]:
        """Yield all keys with their entries, by key; a quarter of the cost of asking for each."""
        for key, data in self.database.items(task.name):
            yield key, decode_entry(data)

    def save(
        self,
        task: Task[T],
        key: str,
        now: str,
        result: T,
        outputs: tuple[str, ...] = (),
    ) -> None:
        """Save the entry of an item that was run outside of `run_outdated`."""
        entry = Entry(now, outputs, msgspec.Raw(encode(result)))
        self.database.put(task.name, [(key, encode(entry))])

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

    def _run(self, task: Task[T], worker: WorkerFactory, items: Sequence[Item]) -> Iterator[Entry]:
        """Run items, and yield their entries in order once these are committed."""
        self.database.commit()
        if not items:
            return
        fingerprints = {item.key: item.fingerprint or "" for item in items}
        work = (WorkItem(item.key, item.make_extra()) for item in items)
        total, done = len(items), 0
        jobs = 1 if task.in_parent else self.worker_count(total, task.min_batch)
        batches = workers.batches(work, task.batch_size)
        for outputs in workers.map_ordered(partial(_encoding, worker), batches, jobs):
            entries = [
                (output.key, Entry(fingerprints[output.key] * output.is_reusable, *output.entry))
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


class _EncodedOutput(NamedTuple):
    """An output on its way from a worker: the result is encoded there, where all cores work."""

    key: str
    is_reusable: bool
    paths: tuple[str, ...]
    result: bytes
    values: tuple[tuple[str, bytes], ...]

    @property
    def entry(self) -> tuple[tuple[str, ...], msgspec.Raw]:
        """Return the fields of its entry after the fingerprint."""
        return self.paths, msgspec.Raw(self.result)


def _encoding(worker: WorkerFactory) -> Callable[[Sequence[WorkItem]], list[_EncodedOutput]]:
    work = worker()

    def run(items: Sequence[WorkItem]) -> list[_EncodedOutput]:
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
