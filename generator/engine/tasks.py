"""Tasks: kinds of work, the items they are run for, and what a run produces for an item."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Generic, NamedTuple, TypeVar

from generator.engine.cache_entries import Entry, EntryRow, Run
from generator.engine.encoding import decoder, encode
from generator.engine.fingerprint import FINGERPRINT_SIZE, Fingerprint, combine
from generator.engine.outdated import REASONS
from generator.files.names_by_folder import JoinedPaths
from generator.model import OutputFile

T = TypeVar("T")

PROGRAM = "the program"
"""The first input of every task; `Build.fingerprint` adds it."""


@dataclass(frozen=True, slots=True)
class Task(Generic[T]):
    """One kind of work: what it is called, where its entries and values are, what it costs."""

    name: str
    """Name in `seedbed build --explain`, and of the table of its entries."""
    stage: str
    """Stage of the build that is shown while it runs."""
    result_type: Any
    """Type of the results, which `T` is too."""
    inputs: tuple[str, ...] = (PROGRAM,)
    """The names of its inputs, in the order of their fingerprints."""
    value_tables: tuple[str, ...] = ()
    """Tables of the values that it saves besides its entries; deleted before it runs again."""
    dependent_tables: tuple[str, ...] = ()
    """Tables of later tasks, whose values are deleted too when an item was removed."""
    min_batch: int = 100
    """Items for which starting a worker pays."""
    batch_size: int = 16
    """Items in a message between processes, and in a transaction."""
    result_if_lost: Callable[[str], T] | None = None
    """Returns the result for an item, by its key, that ends each process which works on it.

    None if the build cannot go on without a result.
    """
    has_files: bool = False
    """Whether its items have files."""
    reads: tuple[str, ...] = ()
    """Tables with a value for each of its items, by the same key, that its work reads."""

    def decode(self, entry: Entry) -> T:
        """Return the result of an entry."""
        result: T = decoder(self.result_type).decode(entry.result)
        return result

    def in_words(self, run: Run) -> str:
        """Return why an item was run, with the names of the inputs that changed."""
        count = len(self.inputs)  # another version of the program may have had more
        names = [self.inputs[index] for index in run.changed_inputs if index < count]
        return f"{run.reason}: {', '.join(names)}" if names else run.reason


class Needs(NamedTuple):
    """What the work on an item reads, besides what its task always reads."""

    files: tuple[Path, ...] = ()
    rows: tuple[tuple[str, str], ...] = ()
    """Tables of the database, each with a key."""


class Item(NamedTuple):
    """One thing that a task is run for."""

    key: str
    fingerprint: Fingerprint | None
    """Of everything that its result depends on; None if that is not known: it is run."""
    make_extra: Callable[[], bytes] = bytes
    """Returns what its worker must be sent besides the key; only called if the item is run."""
    make_needs: Callable[[], Needs] = Needs
    """Returns what it reads; only called if it is run by a worker that does not see the files."""


@dataclass(frozen=True, slots=True)
class Items:
    """The items of a task as columns, so that an item is made only if it may be outdated.

    Consecutive items are compared with a row of entries as a whole; if these differ, each item is
    made and compared with its entry.
    """

    keys: Sequence[str]
    common: Fingerprint | None
    """Of what all items depend on; None if it is not known: all are run."""
    columns: tuple[Sequence[object], ...]
    """All else that they depend on: each column has a short value for each item, in their order.

    An item with the same key and the same values as before must have the same fingerprint.
    """
    make: Callable[[int], Item]
    """Returns the item at a position."""

    @classmethod
    def of(cls, items: Iterable[Item]) -> Items:
        """Return columns of items that are made already."""
        made = tuple(items)
        inputs = [item.fingerprint and item.fingerprint.value for item in made]
        return cls([item.key for item in made], combine(()), (inputs,), made.__getitem__)

    @classmethod
    def unknown(cls, keys: Sequence[str]) -> Items:
        """Return items of which only the keys are known."""
        return cls(keys, None, (), lambda position: Item(keys[position], None))

    def at(self, positions: Sequence[int]) -> Items:
        """Return the items at these positions."""
        columns = [[column[position] for position in positions] for column in self.columns]
        keys = [self.keys[position] for position in positions]
        return Items(keys, self.common, tuple(columns), lambda index: self.make(positions[index]))

    def digest(self, start: int, stop: int) -> bytes:
        """Return one digest of the keys and inputs of consecutive items; empty if not known."""
        if self.common is None:
            return b""
        digest = hashlib.blake2b(b"".join(self.common.parts), digest_size=FINGERPRINT_SIZE)
        for column in (self.keys, *self.columns):
            digest.update(encode(column[start:stop]))
        return digest.digest()


class WorkItem(NamedTuple):
    """An item as a worker gets it."""

    key: str
    extra: bytes


class Output(NamedTuple):
    """What a worker produced for one item."""

    key: str
    result: object = None
    files: tuple[OutputFile, ...] = ()
    """Files below the output folder, which the build writes."""
    values: tuple[tuple[str, bytes], ...] = ()
    """Values by table."""
    is_reusable: bool = True
    """Whether later builds may use it; otherwise the item is run again by each of them."""


class ItemResult(NamedTuple, Generic[T]):
    """The result for one item, of this build or of an earlier one."""

    key: str
    result: T
    outputs: tuple[str, ...]
    run: Run | None
    """The run for the item in this build; None if it was up to date."""
    changed: tuple[str, ...] = ()
    """Its files whose bytes changed in this build."""

    @property
    def results(self) -> tuple[T]:
        """The result alone, as `CurrentRow.results` of one item."""
        return (self.result,)

    @property
    def reason(self) -> str | None:
        """Why the item was run; None if it was up to date."""
        return self.run.reason if self.run else None


@dataclass(frozen=True, slots=True)
class CurrentRow(Generic[T]):
    """The results of a row whose items were all up to date, decoded when they are asked for."""

    keys: Sequence[str]
    task: Task[T]
    row: EntryRow

    @property
    def results(self) -> list[T]:
        """The result of each item."""
        decode = decoder(list[self.task.result_type]).decode  # type: ignore[name-defined]
        results: list[T] = decode(self.row.results)
        return results

    @property
    def outputs(self) -> list[tuple[str, ...]]:
        """The outputs of each item."""
        return self.row.all_outputs()

    @property
    def paths(self) -> JoinedPaths:
        """The outputs of all items."""
        return self.row.paths

    def __iter__(self) -> Iterator[ItemResult[T]]:
        """Yield the result for each item."""
        for key, result, outputs in zip(self.keys, self.results, self.outputs, strict=True):
            yield ItemResult(key, result, outputs, None)


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
        reasons = [
            f"{self.outdated[reason]:,} {words}"
            for reason, words in REASONS.items()
            if reason in self.outdated
        ]
        return f"{self.name}: {', '.join([f'{self.up_to_date:,} up to date', *reasons])}"
