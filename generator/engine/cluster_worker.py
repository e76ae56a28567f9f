"""What a worker of a cluster does: it works in a folder of its own, and sends back what it made.

Before an item, what the item needs is put into the folder; afterwards it is removed. Only the
processes of a cluster and `engine.cluster` import this module, which needs `seedbed[cluster]`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Lock
from typing import Any, NamedTuple

import msgspec
from distributed import Worker, WorkerPlugin, get_worker

from generator.engine.cluster_paths import Folders, PortablePath
from generator.engine.database_file import open_database
from generator.engine.fingerprint import program_fingerprint
from generator.engine.jobs import DatabaseRow, Part
from generator.engine.packed_files import pack_files
from generator.engine.worker_processes import portable_error
from generator.files import folders, write_file
from generator.model import SeedbedError


def other_program(worker: str) -> SeedbedError:
    """Return the error that a worker would not get the same results."""
    return SeedbedError(
        f"{worker} has another version of Seedbed, of Python, or of a package that Seedbed needs",
        "Install the same versions on all workers, and start them again",
    )


class SentSupplies(msgspec.Struct, frozen=True):
    """Files and database rows on their way to a worker."""

    files: tuple[tuple[PortablePath, bytes], ...]
    rows: tuple[DatabaseRow, ...]


class Answer(msgspec.Struct, frozen=True):
    """The result for an item, or why there is none."""

    values: tuple[Any, ...]
    """Of the parts of the result."""
    files: bytes
    """Their files, packed."""
    error: Exception | None = None

    @classmethod
    def of(cls, parts: Iterable[Part[Any]]) -> Answer:
        """Return the answer with the parts of a result."""
        made = tuple(parts)
        return cls(tuple(part.value for part in made), pack_files(part.files for part in made))


def work_on(plugin: str, item: object, supplies: SentSupplies) -> Answer:
    """Work on an item in this process, which is a worker of a cluster."""
    found: JobPlugin = get_worker().plugins[plugin]
    return found.work_on(item, supplies)


class _Work(NamedTuple):
    """A job that this worker is ready for."""

    run: Callable[[Any], Iterable[Part[Any]]]
    database: Path | None


@dataclass
class JobPlugin(WorkerPlugin):  # type: ignore[misc]
    """One job on a worker, with the folder in which it is done."""

    name: str
    program: str
    """The fingerprint that this program must have."""
    folders: int
    """How many folders the project has."""
    work: bytes
    """The pickled function `prepare`, and the path of the database."""
    shared: SentSupplies
    """What the work on every item reads."""
    _lock: Lock = field(init=False)
    _folder: TemporaryDirectory[str] = field(init=False)
    _ready: _Work | None = None

    def __getstate__(self) -> Mapping[str, Any]:
        """Return what is sent to the workers; each of them makes the rest."""
        return {name: value for name, value in vars(self).items() if not name.startswith("_")}

    def setup(self, worker: Worker) -> None:
        """Make the folder."""
        self._lock = Lock()
        self._folder = TemporaryDirectory(prefix="seedbed-", dir=worker.local_directory)

    def teardown(self, worker: Worker) -> None:  # noqa: ARG002  (the signature is Dask's)
        """Remove the folder."""
        self._ready = None
        self._folder.cleanup()

    def work_on(self, item: object, supplies: SentSupplies) -> Answer:
        """Return the result for an item, or the error; one item at a time, whatever the threads."""
        with self._lock:
            try:
                places = self._places()
                work = self._ready = self._ready or self._prepared(places)
                with _supplied(supplies, places, work.database):
                    return Answer.of(work.run(item))
            except Exception as error:
                return Answer((), b"", portable_error(error))

    def _places(self) -> Folders:
        numbers = map(str, range(self.folders))
        return Folders(tuple(Path(self._folder.name, number) for number in numbers))

    def _prepared(self, places: Folders) -> _Work:
        if program_fingerprint() != self.program:
            raise other_program("a worker of the cluster")
        prepare, database = places.loads(self.work)
        _put(self.shared, places, database)
        return _Work(prepare(), database)


@contextmanager
def _supplied(supplies: SentSupplies, places: Folders, database: Path | None) -> Iterator[None]:
    """Put what an item needs into the folder, and remove it afterwards."""
    try:
        _put(supplies, places, database)
        yield
    finally:
        folders.remove_files(places.path(place) for place, _ in supplies.files)
        if database and supplies.rows:
            with open_database(database) as opened:
                for row in supplies.rows:
                    opened.drop(row.table, [row.key])


def _put(supplies: SentSupplies, places: Folders, database: Path | None) -> None:
    for place, data in supplies.files:
        write_file(places.path(place), data)
    if database and supplies.rows:
        with open_database(database) as opened:
            for table, key, value in supplies.rows:
                opened.put(table, [(key, value)])
