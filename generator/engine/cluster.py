"""Workers of a cluster: the processes of a Dask cluster, which do not see the project's folder.

Dask restarts a worker that died, and gives its item to another one. Results in the order of the
items, and a bound on how many items wait, are ours. Every file is written by this process.
Certificates for TLS, and time limits, are Dask's own settings.
"""

from __future__ import annotations

import ipaddress
import itertools
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import CancelledError
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar
from urllib.parse import urlsplit
from uuid import uuid4

from generator.engine.fingerprint import program_fingerprint
from generator.engine.jobs import Done, Job, Supplies
from generator.engine.portable import Folders
from generator.engine.workers import WorkerDiedError
from generator.files import write_file
from generator.model import SeedbedError

if TYPE_CHECKING:
    from distributed import Client, Future

    from generator.engine.cluster_worker import Answer, SentSupplies

T = TypeVar("T")
R = TypeVar("R")

_LOCAL = "local:"
"""Begins the address of a cluster on this computer: `local:4` has four workers."""

_MAX_AHEAD = 4
"""Items for each worker that are sent before the first is done; this bounds memory."""

_NO_WORKERS = 10.0
"""Seconds to wait for the first worker of a cluster."""

_DASK_SETTINGS = {"distributed.admin.large-graph-warning-threshold": "1GB"}
"""Dask warns of large arguments, which stay in its scheduler: ours do only for a short time."""


class _Sent(NamedTuple):
    """An item that a worker has or will have."""

    item: Any
    future: Future


class _Session(NamedTuple):
    """A connection to a cluster whose workers are ready for this build."""

    client: Client
    desk: str
    """Name of the plugin with the folder of each worker."""


@dataclass(slots=True, eq=False)
class ClusterWorkers:
    """The workers of a cluster. The connection is opened when it is first needed."""

    address: str
    folders: Folders
    _open: ExitStack
    _session: _Session | None = None
    _jobs: Iterator[int] = field(default_factory=itertools.count)

    def count(self, jobs: int) -> int:  # noqa: ARG002  (the wish is about this computer)
        """Return the number of workers."""
        with _lost_connection(self.address):
            return len(self._connected().client.nthreads())

    def map(self, job: Job[T, R], items: Iterable[T], jobs: int) -> Iterator[Done[R]]:
        """Yield the result for each item; see `jobs.Workers`."""
        if jobs <= 1:
            yield from map(Done, map(job.prepare(), items))
            return
        run = _Run(self._connected(), self.address, self.folders, job, str(next(self._jobs)))
        yield from run.results(items, _MAX_AHEAD * self.count(jobs))

    def _connected(self) -> _Session:
        if self._session is None:
            self._session = self._open.enter_context(_session(self.address, self.folders))
        return self._session


@contextmanager
def cluster_workers(address: str, folders: Iterable[Path]) -> Iterator[ClusterWorkers]:
    """Use a cluster: `tcp://HOST:PORT`, `tls://HOST:PORT`, or `local:N` for N processes here.

    `folders` are those of the project. Raises SeedbedError, at once or when the cluster is first
    needed, if it cannot be used.
    """
    require_package()
    with ExitStack() as stack:
        yield ClusterWorkers(address, Folders(tuple(folders)), stack)


def require_package() -> None:
    """Raise SeedbedError if the extra `seedbed[cluster]` is not installed."""
    try:
        import distributed  # noqa: F401
    except ImportError as error:
        hint = "Install it (pip install seedbed[cluster]), or build without a cluster"
        raise SeedbedError("a cluster needs the package `distributed`", hint) from error


def is_open_network(address: str) -> bool:
    """Whether whoever reads the network can read the texts, and run programs on the workers."""
    if not address.startswith("tcp:"):
        return False
    host = urlsplit(address).hostname or ""
    try:
        return not ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host != "localhost"


@contextmanager
def _session(address: str, folders: Folders) -> Iterator[_Session]:
    """Connect, and give every worker a folder; raise SeedbedError if that fails."""
    from generator.engine.cluster_worker import WorkerDesk

    with _client(address) as client:
        with _lost_connection(address):
            client.wait_for_workers(1, timeout=_NO_WORKERS)
            _require_same_program(client, address)
            desk = WorkerDesk(f"seedbed-{uuid4()}", program_fingerprint(), len(folders.roots))
            client.register_plugin(desk)
        yield _Session(client, desk.name)
        client.unregister_worker_plugin(desk.name)


@contextmanager
def _client(address: str) -> Iterator[Client]:
    import dask.config
    from distributed import Client, LocalCluster

    with ExitStack() as stack:
        # It warns that large arguments stay in the scheduler: ours do for the time of a task.
        stack.enter_context(
            dask.config.set({"distributed.admin.large-graph-warning-threshold": "1GB"})
        )
        place: Any = address
        if address.startswith(_LOCAL):
            number = int(address.removeprefix(_LOCAL))
            place = stack.enter_context(
                LocalCluster(n_workers=number, threads_per_worker=1, dashboard_address=None)
            )
        try:
            client = Client(place, set_as_default=False)
        except (OSError, TypeError, ValueError, RuntimeError) as error:
            hint = (
                "Check the address, the scheduler and the certificates, or build without a cluster"
            )
            message = f"no connection to the cluster at {address}: {error}"
            raise SeedbedError(message, hint) from error
        yield stack.enter_context(client)


def _require_same_program(client: Client, address: str) -> None:
    from generator.engine.cluster_worker import other_program

    try:
        programs = client.run(program_fingerprint)
    except ImportError as error:
        raise other_program(f"a worker of the cluster at {address}") from error
    for worker, found in sorted(programs.items()):
        if found != program_fingerprint():
            raise other_program(f"the worker {worker} of the cluster at {address}")


@contextmanager
def _lost_connection(address: str) -> Iterator[None]:
    """Raise SeedbedError if the scheduler, or the network, fails while the block runs."""
    try:
        yield
    except (CancelledError, OSError, TimeoutError) as error:
        raise SeedbedError(
            f"the connection to the cluster at {address} was lost",
            "What was done is saved. Start its scheduler again, or build without a cluster",
        ) from error


class _Run:
    """One job on the workers of a cluster."""

    def __init__(
        self, session: _Session, address: str, folders: Folders, job: Job[Any, Any], key: str
    ) -> None:
        from generator.engine.cluster_worker import SentJob

        self._client, self._address, self._folders, self._job = (
            session.client,
            address,
            folders,
            job,
        )
        work = folders.dumps((job.prepare, job.outputs, job.database))
        sent = SentJob(key, session.desk, work, self._portable(job.shared))
        with _lost_connection(address):
            self._sent_job = self._client.scatter(sent, broadcast=True, hash=False)

    def results(self, items: Iterable[Any], ahead: int) -> Iterator[Done[Any]]:
        """Yield results in order; at most `ahead` items are sent before the first is done."""
        stream, waiting = iter(items), deque[_Sent]()
        while True:
            for item in itertools.islice(stream, ahead - len(waiting)):
                waiting.append(self._send(item))
            if not waiting:
                return
            yield self._done(waiting.popleft())

    def _send(self, item: Any) -> _Sent:
        from generator.engine.cluster_worker import work_on

        supplies = self._portable(self._job.supplies(item))
        with _lost_connection(self._address):
            future = self._client.submit(work_on, self._sent_job, item, supplies, pure=False)
        return _Sent(item, future)

    def _done(self, sent: _Sent) -> Done[Any]:
        try:
            answer = self._answer(sent.future)
        except WorkerDiedError:
            return Done(self._job.rescue(sent.item, self._run_alone))
        return self._written(answer)

    def _run_alone(self, item: Any) -> Any:
        return self._written(self._answer(self._send(item).future)).result

    def _answer(self, future: Future) -> Answer:
        """Wait for an answer; raise the error in it."""
        from distributed import KilledWorker

        with _lost_connection(self._address):
            try:
                answer: Answer = future.result()
            except KilledWorker as error:
                hint = "Most often memory ran out: give the workers more"
                raise WorkerDiedError(f"workers of the cluster died: {error}", hint) from error
        future.release()
        if answer.error:
            raise answer.error
        return answer

    def _written(self, answer: Answer) -> Done[Any]:
        """Write the files of an answer, and tell which of them had the same bytes before."""
        paths = [(self._folders.path(place), data) for place, data in answer.files]
        return Done(
            answer.result,
            frozenset(path for path, data in paths if not write_file(path, data)),
        )

    def _portable(self, supplies: Supplies) -> SentSupplies:
        from generator.engine.cluster_worker import SentSupplies

        files = []
        for path, data in supplies.files.items():
            place = self._folders.portable(path)
            if place is None:
                raise ValueError(path)
            files.append((place, data))
        return SentSupplies(tuple(files), supplies.rows)
