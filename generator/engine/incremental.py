"""Incremental builds: run a task only for those items whose inputs or outputs changed.

Only the parent process writes to the database. Workers of this computer read the committed values
that they need, so texts do not travel between processes; those of a cluster are sent them. An entry
is committed together with the values that belong to it, so a run that is killed leaves a database
which the next run can use.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field
from functools import partial
from itertools import chain
from pathlib import Path
from typing import Generic, NamedTuple, TypeVar

from generator.engine.batch_work import (
    BatchJob,
    EncodedOutput,
    make_batch_work,
    make_entry,
    read_supplies,
    rescue_batch,
)
from generator.engine.cache_entries import Entry, EntryRow, Run, decode_entry
from generator.engine.checked_rows import CheckedRow, checked_rows
from generator.engine.database import Database, open_existing
from generator.engine.encoding import decoder, encode
from generator.engine.entry_rows import (
    SavedEntries,
    delete_entries,
    entry_rows,
    load_entries,
    put_entries,
)
from generator.engine.fingerprint import Fingerprint, combine, fingerprint
from generator.engine.item_states import forget_states
from generator.engine.jobs import LOCAL_WORKERS, Job, ReadSupplies, Workers
from generator.engine.outdated import CHANGED, Paths, why_outdated
from generator.engine.outdated_items import OutdatedItems, match_items
from generator.engine.tasks import (
    CurrentRow,
    Item,
    ItemResult,
    Items,
    Task,
    TaskSummary,
    WorkerFactory,
    WorkItem,
)
from generator.engine.workers import Progress
from generator.engine.workers import batches as batch_items

T = TypeVar("T")

_NOTHING: frozenset[str] = frozenset()

_NUMBER_TABLE, _NUMBER_KEY = "builds", "number"
"""Where the number of the last build is saved."""

_MIN_ITEMS = 16
"""Fewest items per worker where a setting says how many workers there are."""

_ONLY = "all"
"""The key of the item of a task that has one."""


class NewResult(NamedTuple, Generic[T]):
    """The result for an item that was run outside of `run_outdated`."""

    item: Item
    result: T
    run: Run
    outputs: tuple[str, ...] = ()

    @property
    def entry(self) -> Entry:
        """Its entry."""
        return make_entry(self.item.fingerprint, self.outputs, encode(self.result), self.run)


@dataclass(frozen=True, slots=True)
class Build:
    """One build: its database, its workers, and what was found out of date."""

    database: Database
    jobs: int
    """Processes; 0 means one for each core."""
    progress: Progress
    program: bytes
    """Fingerprint of the program: another version may produce another result."""
    number: int
    """Counts the builds with this database."""
    workers: Workers = LOCAL_WORKERS
    """Do the work."""
    output_folder: Path = Path()
    """The folder below which outputs are."""
    _counts: dict[str, Counter[str | None]] = field(default_factory=partial(defaultdict, Counter))

    @classmethod
    def start(cls, database: Database, program: str, jobs: int, progress: Progress) -> Build:
        """Start the next build with a database; `program` identifies the program."""
        number = last_build_number(database) + 1
        database.put(_NUMBER_TABLE, [(_NUMBER_KEY, encode(number))])
        return cls(database, jobs, progress, fingerprint(program), number)

    def fingerprint(self, *inputs: object) -> Fingerprint:
        """Return the fingerprint of these inputs, and of the program."""
        return combine((self.program, *map(encode, inputs)))

    def run_outdated(
        self,
        task: Task[T],
        worker: WorkerFactory,
        items: Items,
        intact: Paths = _NOTHING,
    ) -> Iterator[ItemResult[T]]:
        """Yield the result for each item, in order; run the task only for outdated items.

        `intact` are the paths of files that are as the last run left them. Entries and values of
        items that are no longer there are deleted. What was saved before is visible to the workers.
        """
        for part in self.run_by_row(task, worker, items, intact):
            yield from part if isinstance(part, CurrentRow) else (part,)

    def run_by_row(
        self,
        task: Task[T],
        worker: WorkerFactory,
        items: Items,
        intact: Paths = _NOTHING,
    ) -> Iterator[CurrentRow[T] | ItemResult[T]]:
        """Run the task as `run_outdated` does; yield the results of an unchanged row together."""
        outdated = self.find_outdated(task, items, intact)
        completed = self._run(task, worker, outdated)
        for part in outdated.parts(task):
            if isinstance(part, str):
                entry, changed = next(completed)
                result, run = task.decode(entry), outdated.runs[part]
                yield ItemResult(part, result, entry.outputs, run, changed)
            else:
                yield part
        for _ in completed:  # lets the workers end in order
            pass

    def find_outdated(
        self,
        task: Task[T],
        items: Items,
        intact: Paths = _NOTHING,
        saved: SavedEntries | None = None,
    ) -> OutdatedItems:
        """Return the outdated items of a task; delete all that is saved of them.

        What is saved of items not among these is deleted too, also that of later tasks. `saved` are
        the entries of the task if they were loaded already.
        """
        saved = self.entries(task) if saved is None else saved
        matched = match_items(items, saved, intact)
        positions = chain.from_iterable(matched.others)
        others = {items.keys[position]: position for position in positions}
        if count := len(items.keys) - len(others):
            self._counts[task.name][None] += count
        runs: dict[str, Run] = {}
        for key, position in others.items():
            entry = matched.entries.get(key)
            inputs = items.make(position).fingerprint if entry else None
            if run := self.why_outdated(task, entry, inputs, intact):
                runs[key] = run
        removed = matched.entries.keys() - others.keys()
        changed = removed | (matched.entries.keys() & runs.keys())
        if changed or None in saved.rows.values():
            matched.put_in_new_rows(self.database, task.name, runs)
        self._delete_values(task, changed, removed)
        deleted = {key: matched.entries[key] for key in sorted(changed)}
        return OutdatedItems(matched, items.at([others[key] for key in runs]), runs, deleted)

    def why_outdated(
        self,
        task: Task[T],
        entry: Entry | None,
        inputs: Fingerprint | None,
        intact: Paths = _NOTHING,
    ) -> Run | None:
        """Return why an item is outdated, None if it is not; count it for `summaries`."""
        reason = why_outdated(entry, inputs, intact)
        self._counts[task.name][reason] += 1
        if reason is None:
            return None
        changed = (
            inputs.changed_inputs(entry.inputs) if entry and inputs and reason == CHANGED else ()
        )
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
        """Return the entry of an item that was saved alone, if this program reads it."""
        return decode_entry(self.database.get(task.name, key))

    def entries(self, task: Task[T]) -> SavedEntries:
        """Return all entries of a task, at a tenth of the cost of asking for each."""
        return load_entries(self.database, task.name)

    def reuse(self, task: Task[T], inputs: Fingerprint, make: Callable[[], T]) -> T:
        """Return the result of a task that has one item; make it only if its inputs changed.

        A later task that depends on the result is then up to date too.
        """
        entry = self.entry(task, _ONLY)
        run = self.why_outdated(task, entry, inputs)
        if entry and not run:
            return task.decode(entry)
        result = make()
        if run:
            self.save(task, Item(_ONLY, inputs), result, run)
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
        self.save_all(task, [NewResult(item, result, run, outputs)])

    def save_all(self, task: Task[T], results: Iterable[NewResult[T]]) -> None:
        """Save the entries of many items, at half the cost of saving each."""
        rows = (
            (result.item.key, encode(EntryRow.of([result.item.key], [result.entry])))
            for result in results
        )
        self.database.put(task.name, rows)

    def save_together(self, task: Task[T], items: Items, results: Iterable[NewResult[T]]) -> None:
        """Save the entries of outdated items, in order, that are never asked for one by one."""
        put_entries(self.database, task.name, items, (result.entry for result in results))

    def forget(self, task: Task[T], keys: Iterable[str]) -> None:
        """Delete all that is saved of items, also by later tasks."""
        if removed := set(keys):
            delete_entries(self.database, task.name, removed)
            self._delete_values(task, removed, removed)

    def worker_count(self, total: int, min_batch: int) -> int:
        """Return how many processes pay for so many items."""
        count = total // (_MIN_ITEMS if self.jobs else min_batch)
        return min(self.workers.count(self.jobs), count) if count > 1 else 1

    def _delete_values(self, task: Task[T], keys: Set[str], removed: Set[str]) -> None:
        """Delete the values of items; of removed ones also what later tasks saved."""
        for table in task.value_tables if keys else ():
            self.database.drop(table, sorted(keys))
        if removed and task.dependent_tables:
            forget_states(self.database, task.dependent_tables)
            self.database.erase_dropped()  # a withdrawn document may be among them
        for table in task.dependent_tables if removed else ():
            self.database.drop(table, sorted(removed))

    def _run(
        self, task: Task[T], worker: WorkerFactory, outdated: OutdatedItems
    ) -> Iterator[_Completed]:
        """Run items, and yield their entries in order; whatever reads the database finds them."""
        self.database.commit()
        total, done = len(outdated.items.keys), 0
        if not total:
            return
        sent, runs = dict[str, Item](), outdated.runs
        jobs = self.worker_count(total, task.min_batch)
        size = self.workers.batch_size(task.batch_size, total // jobs if jobs > 1 else 0)
        batches = batch_items(_work(outdated.items, sent), size)
        for delivered in self.workers.map(self._job(task, worker, sent), batches, jobs):
            completed = [
                _Completed(
                    output.entry(sent.pop(output.key).fingerprint, runs[output.key]), changed
                )
                for output, changed in delivered
            ]
            items = outdated.items.at(range(done, done + len(delivered)))
            self._save_batch(task, [output for output, _ in delivered], completed, items)
            done += len(delivered)
            self.progress(task.stage, done, total)
            yield from completed

    def _save_batch(
        self,
        task: Task[T],
        outputs: Sequence[EncodedOutput],
        completed: Sequence[_Completed],
        items: Items,
    ) -> None:
        """Save the values of a batch with the entries of its items, and commit them together."""
        rows = entry_rows(items, (item.entry for item in completed))
        self.database.save(
            [*chain.from_iterable(map(_values, outputs)), *checked_rows(task.name, rows)]
        )

    def _job(self, task: Task[T], worker: WorkerFactory, items: Mapping[str, Item]) -> BatchJob:
        return Job(
            partial(make_batch_work, worker),
            self.output_folder if task.has_files else None,
            partial(self._supplies, task, items),
            database=self.database.path,
            rescue=partial(rescue_batch, task),
        )

    def _supplies(
        self, task: Task[T], items: Mapping[str, Item], batch: Sequence[WorkItem]
    ) -> ReadSupplies:
        """Return the function that reads the supplies of a batch."""
        needs = [items[key].make_needs() for key, _ in batch]
        keys = {table: {key: None for key, _ in batch} for table in task.reads}
        for table, key in chain.from_iterable(needed.rows for needed in needs):
            keys.setdefault(table, {})[key] = None
        rows = {table: tuple(wanted) for table, wanted in keys.items()}
        files = tuple(dict.fromkeys(path for needed in needs for path in needed.files))
        return partial(read_supplies, self.database.path, files, rows)


class _Completed(NamedTuple):
    """The entry of an item that was run."""

    entry: Entry
    changed: tuple[str, ...]
    """The files whose bytes changed."""


def _values(output: EncodedOutput) -> Iterator[CheckedRow]:
    """Yield the values of an item as rows."""
    for (table, value), checksum in zip(output.values, output.checksums, strict=True):
        yield CheckedRow(table, output.key, value, checksum)


def _work(items: Items, sent: dict[str, Item]) -> Iterator[WorkItem]:
    """Yield the items as workers get them, and add each to those that are sent."""
    for position, key in enumerate(items.keys):
        item = sent[key] = items.make(position)
        yield WorkItem(key, item.make_extra())


def last_build_number(database: Database) -> int:
    """Return the number of the last build with a database; 0 if there was none."""
    data = database.get(_NUMBER_TABLE, _NUMBER_KEY)
    return decoder(int).decode(data) if data else 0


def peek_build_number(path: Path) -> int:
    """Return the same for a database that is not open anywhere; 0 if it is damaged."""
    try:
        with open_existing(path) as database:
            return last_build_number(database)
    except OSError:
        return 0
