"""What a worker of a cluster does: it works in a folder of its own, and sends back what it wrote.

The folder has the project's files that an item needs, and is emptied after it. Imported only by the
processes of a cluster and by `engine.cluster`: it needs the extra `seedbed[cluster]`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Lock
from typing import Any, NamedTuple

from distributed import Worker, WorkerPlugin, get_worker

from generator.engine.database import open_database
from generator.engine.fingerprint import program_fingerprint
from generator.engine.jobs import Row
from generator.engine.portable import Folders, PortablePath
from generator.engine.workers import portable_error
from generator.files import folders, read_file, write_file
from generator.model import SeedbedError


def other_program(where: str) -> SeedbedError:
    """Return the error that a worker has another version of what makes the results."""
    return SeedbedError(
        f"{where} has another version of Seedbed, of Python, or of a package that Seedbed requires",
        "Install the same versions on all workers, and start them again",
    )


@dataclass(frozen=True, slots=True)
class SentSupplies:
    """The files and the rows that the work on an item reads."""

    files: tuple[tuple[PortablePath, bytes], ...]
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class SentJob:
    """A job as every worker gets it, once."""

    key: str
    """Names this job among those of a build."""
    desk: str
    """Name of the plugin with the worker's folder."""
    work: bytes
    """The pickled functions `prepare` and `outputs`, and the path of the database."""
    shared: SentSupplies


@dataclass(frozen=True, slots=True)
class Answer:
    """The result for an item, or why there is none."""

    result: Any
    error: Exception | None = None
    files: tuple[tuple[PortablePath, bytes], ...] = ()
    """What the work wrote."""


def work_on(job: SentJob, item: object, supplies: SentSupplies) -> Answer:
    """Work on an item in this process, which is a worker of a cluster."""
    desk: WorkerDesk = get_worker().plugins[job.desk]
    with desk.lock:  # a worker with several threads works on one item at a time
        return desk.work_on(job, item, supplies)


class _Work(NamedTuple):
    """A job that this worker is ready for."""

    key: str
    run: Callable[[Any], Any]
    outputs: Callable[[Any], Iterable[Path]]
    database: Path | None


@dataclass
class WorkerDesk(WorkerPlugin):  # type: ignore[misc]
    """The folder of a worker for one build, and the job that it is ready for."""

    name: str
    program: str
    """The fingerprint that this program must have."""
    folders: int
    """How many folders the project has."""
    lock: Lock = field(init=False)
    _folder: TemporaryDirectory[str] = field(init=False)
    _ready: _Work | None = None

    def __getstate__(self) -> Mapping[str, Any]:
        """Return what is sent to the workers: all but what each of them makes."""
        return {"name": self.name, "program": self.program, "folders": self.folders}

    def setup(self, worker: Worker) -> None:
        """Make the folder."""
        self.lock = Lock()
        self._folder = TemporaryDirectory(prefix="seedbed-", dir=worker.local_directory)

    def teardown(self, worker: Worker) -> None:  # noqa: ARG002  (the signature of Dask)
        """Remove the folder."""
        self._ready = None
        self._folder.cleanup()

    def work_on(self, job: SentJob, item: object, supplies: SentSupplies) -> Answer:
        """Return the result for an item, or the error."""
        places = Folders(
            tuple(Path(self._folder.name, str(number)) for number in range(self.folders))
        )
        try:
            work = self._prepared(job, places)
            with _supplied(supplies, places, work.database):
                result = work.run(item)
                return Answer(result, None, _taken(work.outputs(result), places))
        except Exception as error:
            return Answer(None, portable_error(error))

    def _prepared(self, job: SentJob, places: Folders) -> _Work:
        if self._ready is None or self._ready.key != job.key:
            if program_fingerprint() != self.program:
                raise other_program("a worker of the cluster")
            prepare, outputs, database = places.loads(job.work)
            _put(job.shared, places, database)
            self._ready = _Work(job.key, prepare(), outputs, database)
        return self._ready


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
                for table, key, _ in supplies.rows:
                    opened.drop(table, [key])


def _put(supplies: SentSupplies, places: Folders, database: Path | None) -> None:
    for place, data in supplies.files:
        write_file(places.path(place), data)
    if database:
        with open_database(database) as opened:
            for table, key, value in supplies.rows:
                opened.put(table, [(key, value)])


def _taken(paths: Iterable[Path], places: Folders) -> tuple[tuple[PortablePath, bytes], ...]:
    """Return files with their places, and remove them from this computer."""
    files = []
    for path in paths:
        place = places.portable(path)
        if place is None:
            raise ValueError(path)
        files.append((place, read_file(path)))
    folders.remove_files(places.path(place) for place, _ in files)
    return tuple(files)
