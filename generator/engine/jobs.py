"""Jobs: work on one item after another, by processes of this computer or by those of a cluster.

Processes of this computer read and write the project's folder. Those of a cluster do not see it, so
a job also says which files and database rows an item needs, and which files its result names.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Generic, NamedTuple, Protocol, TypeVar

from generator.engine import workers

T = TypeVar("T")
R = TypeVar("R")


class Row(NamedTuple):
    """A value of the database with its place."""

    table: str
    key: str
    value: bytes


@dataclass(frozen=True, slots=True)
class Supplies:
    """What the work on an item reads."""

    files: Mapping[Path, bytes] = field(default_factory=dict)
    """The bytes of files; one that does not exist is left out."""
    rows: tuple[Row, ...] = ()

    @property
    def size(self) -> int:
        """The number of bytes."""
        return sum(map(len, self.files.values())) + sum(len(row.value) for row in self.rows)


def no_supplies(_item: object) -> Supplies:
    """Return nothing."""
    return Supplies()


def no_outputs(_result: object) -> Iterable[Path]:
    """Return no files."""
    return ()


@dataclass(frozen=True, slots=True)
class Job(Generic[T, R]):
    """Work on one item after another."""

    prepare: Callable[[], Callable[[T], R]]
    """Called once in every process, and again after another job; returns what does the work."""
    supplies: Callable[[T], Supplies] = no_supplies
    """Returns what the work reads; called in this process, and only for a cluster.

    If it raises OSError, the item is worked on in this process.
    """
    outputs: Callable[[R], Iterable[Path]] = no_outputs
    """Returns the files that a result names; called where the work was done."""
    shared: Supplies = Supplies()
    """What the work on every item reads."""
    database: Path | None = None
    """The database in which the work finds its rows."""
    rescue: workers.Rescue[T, R] = workers.no_rescue


class Done(NamedTuple, Generic[R]):
    """The result for an item."""

    result: R
    unchanged: frozenset[Path] = frozenset()
    """Outputs with the same bytes as before, if the worker could not know that."""


class Workers(Protocol):
    """Processes that work on items."""

    def count(self, jobs: int) -> int:
        """Return how many processes there can be if the user asks for `jobs`; 0 is no wish."""

    def batch_size(self, size: int) -> int:
        """Return how many items travel together, where those of this computer get `size`."""

    def map(self, job: Job[T, R], items: Iterable[T], jobs: int) -> Iterator[Done[R]]:
        """Yield the result for each item, in order; items are taken as they are needed.

        One job is a plain loop in this process. What the work raises is raised here, with the
        worker's traceback as its note. If a worker dies, another takes its item; if workers die on
        it again and again, `rescue` is asked, as `workers.map_ordered` does.
        """


class LocalWorkers:
    """Processes of this computer."""

    def count(self, jobs: int) -> int:
        """Return what the user asks for, or the number of cores."""
        return jobs or workers.available_cores()

    def batch_size(self, size: int) -> int:
        """Return the same size."""
        return size

    def map(self, job: Job[T, R], items: Iterable[T], jobs: int) -> Iterator[Done[R]]:
        """Yield the result for each item; see `Workers`."""
        results: Iterator[Any] = workers.map_ordered(job.prepare, items, jobs, job.rescue)
        return map(Done, results)


LOCAL_WORKERS = LocalWorkers()
