"""Jobs: work on one item after another, by processes of this computer or by those of a cluster.

Processes of this computer read and write the project's folder. Those of a cluster do not see it, so
a job also says which files and database rows an item needs, and returns its files with its results.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Generic, NamedTuple, Protocol, TypeVar

import msgspec

from generator.engine import workers
from generator.files import write_file
from generator.model import OutputFile

T = TypeVar("T")
V = TypeVar("V")


_LARGER_BATCHES = 4
"""A batch has a transaction and a message of its own."""

_BATCHES_FOR_A_WORKER = 16
"""With fewer, a worker could wait long for the last batch of another."""


class DatabaseRow(NamedTuple):
    """A value of the database with its place."""

    table: str
    key: str
    value: bytes


@dataclass(frozen=True, slots=True)
class Supplies:
    """What the work on an item reads."""

    files: Mapping[Path, bytes] = field(default_factory=dict)
    """The bytes of files; one that does not exist is left out."""
    rows: tuple[DatabaseRow, ...] = ()

    @property
    def size(self) -> int:
        """The number of bytes."""
        return sum(map(len, self.files.values())) + sum(len(row.value) for row in self.rows)


ReadSupplies = Callable[[], Supplies]
"""Reads what the work on an item needs, in any process of this computer."""


def no_supplies(_item: object) -> ReadSupplies:
    """Return the function that reads nothing."""
    return Supplies


class Delivered(NamedTuple, Generic[V]):
    """A value whose files are written."""

    value: V
    changed: tuple[str, ...] = ()
    """The paths of those files whose bytes changed."""


class Part(NamedTuple, Generic[V]):
    """A part of the result for an item: a value with its files, which are not yet written."""

    value: V
    files: tuple[OutputFile, ...] = ()

    def delivered(self, folder: Path) -> Delivered[V]:
        """Write the files below a folder; return the value."""
        return Delivered(self.value, write_files(folder, self.files))


def write_files(folder: Path, files: Iterable[OutputFile]) -> tuple[str, ...]:
    """Write files below a folder; return the paths of those whose bytes changed."""
    return tuple([file.path for file in files if write_file(f"{folder}/{file.path}", file.data)])


class Job(msgspec.Struct, Generic[T, V], frozen=True):
    """Work on one item after another."""

    prepare: Callable[[], Callable[[T], Iterable[Part[V]]]]
    """Returns the function that does the work; called in every process, also after another job."""
    output_folder: Path | None = None
    """The folder of the files; None if there are none."""
    supplies: Callable[[T], ReadSupplies] = no_supplies
    """Returns the function that reads the supplies of an item.

    It is called in this process, and only for a cluster. What it returns is pickled. If that raises
    OSError, the item is worked on by this computer.
    """
    shared: Supplies = Supplies()
    """What the work on every item reads."""
    database: Path | None = None
    """The database in which the work finds its rows."""
    rescue: workers.Rescue[T, list[Delivered[V]]] = workers.no_rescue

    def prepare_delivering(self) -> Callable[[T], list[Delivered[V]]]:
        """Return the function that does the work, and writes each file once it is made."""
        return _delivering(self.prepare, self.output_folder)


def _delivering(
    prepare: Callable[[], Callable[[T], Iterable[Part[V]]]], folder: Path | None
) -> Callable[[T], list[Delivered[V]]]:
    work, place = prepare(), folder or Path()
    return lambda item: [part.delivered(place) for part in work(item)]


class Workers(Protocol):
    """Processes that work on items."""

    def count(self, jobs: int) -> int:
        """Return how many processes there can be if the user asks for `jobs`; 0: no limit given."""

    def batch_size(self, size: int, share: int = 0) -> int:
        """Return how many items travel together: `size`, or more if the work on each is small.

        `share` is the number of items for each worker, 0 if it is not known.
        """

    def map(self, job: Job[T, V], items: Iterable[T], jobs: int) -> Iterator[list[Delivered[V]]]:
        """Yield the parts of each item's result, in order; items are taken as they are needed.

        One job is a plain loop in this process. What the work raises is raised here, with the
        worker's traceback as its note. If a worker dies, another takes its item; if workers die on
        it again and again, `rescue` is asked, as `workers.map_ordered` does.
        """


class LocalWorkers:
    """Processes of this computer."""

    def count(self, jobs: int) -> int:
        """Return what the user asks for, or the number of cores."""
        return jobs or workers.available_cores()

    def batch_size(self, size: int, share: int = 0) -> int:
        """Return up to four times the size where each worker has many batches."""
        return max(size, min(size * _LARGER_BATCHES, share // _BATCHES_FOR_A_WORKER))

    def map(self, job: Job[T, V], items: Iterable[T], jobs: int) -> Iterator[list[Delivered[V]]]:
        """Yield the parts of the result for each item; see `Workers`."""
        prepare = partial(_delivering, job.prepare, job.output_folder)
        return workers.map_ordered(prepare, items, jobs, job.rescue)


LOCAL_WORKERS = LocalWorkers()
