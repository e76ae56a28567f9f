"""Workers of a cluster: the processes of a Dask cluster, which do not see the project's folder.

Dask restarts a worker that died, and gives its items to others. That results come in the order of
the items, and that few of them wait, is our part. This computer alone reads and writes the project.
Processes beside this one do so, each with a connection of its own: they read what items need, send
it, and write the files that come back. So this process does no more than for a build without a
cluster. Certificates for TLS and time limits are Dask's own settings.
"""

from __future__ import annotations

import ipaddress
import time
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar
from urllib.parse import urlsplit
from uuid import uuid4

from msgspec.structs import replace

from generator.engine import workers
from generator.engine.cluster_paths import Folders
from generator.engine.cluster_sender import (
    DASK_SETTINGS,
    Needed,
    Sender,
    lost_connection,
    lost_connection_ignored,
    no_workers,
    portable_supplies,
)
from generator.engine.fingerprint import program_fingerprint
from generator.engine.jobs import (
    Delivered,
    Job,
    Supplies,
    no_supplies,
)
from generator.model import SeedbedError

if TYPE_CHECKING:
    from distributed import Client

    from generator.engine.cluster_worker import JobPlugin

T = TypeVar("T")
V = TypeVar("V")

_LOCAL = "local:"
"""Begins the address of a cluster on this computer: `local:4` has four workers."""

_MAX_AHEAD = 4
"""Items for each worker that are sent before the first is done; this bounds memory."""

_MAX_SENDERS = 4
"""Processes of this computer that send items and write files: each does so for some 200 documents
a second."""

_LARGER_BATCHES = 4
"""A task of Dask costs 5 ms of CPU, one of the processes of this computer 0.1 ms."""

_SECONDS_FOR_WORKERS = 10.0
"""Seconds to wait for the first worker of a cluster."""

_SECONDS_WITHOUT_WORKERS = 300.0
"""Seconds to wait for a worker when all have left: to start another computer takes minutes."""

_SECONDS_TO_NOTICE = 5.0
"""Seconds after which a scheduler knows that a worker has died."""


class ClusterWorkers:
    """The workers of a cluster; the connection is opened when it is first needed."""

    def __init__(self, address: str, folders: Folders, stack: ExitStack) -> None:
        self._address = address
        self._folders = folders
        self._stack = stack
        """Closes the connection."""
        self._client: Client | None = None

    def count(self, jobs: int) -> int:  # noqa: ARG002  (a limit for this computer)
        """Return the number of workers, at least two: one would mean a loop in this process."""
        client = self._connected()
        with lost_connection(self._address, client):
            return max(2, len(client.nthreads()))

    def batch_size(self, size: int, share: int = 0) -> int:  # noqa: ARG002  (tasks are expensive)
        """Return how many small items should travel together."""
        return size * _LARGER_BATCHES

    def map(self, job: Job[T, V], items: Iterable[T], jobs: int) -> Iterator[list[Delivered[V]]]:
        """Yield the parts of the result for each item; see `jobs.Workers`."""
        if jobs <= 1:
            yield from map(job.prepare_delivering(), items)
            return
        client = self._connected()
        senders = max(2, min(workers.available_cores(), _MAX_SENDERS))
        size = -(-_MAX_AHEAD * self.count(jobs) // senders)
        needed = (Needed(item, job.supplies(item)) for item in items)
        with _registered(client, self._address, self._folders, job) as plugin:
            sender = self._sender(client.scheduler.address, job, plugin)
            groups = workers.batches(needed, size)
            for results in workers.map_ordered(sender.connected, groups, senders):
                yield from results

    def _sender(self, scheduler: str, job: Job[Any, Any], plugin: str) -> Sender:
        own = replace(job, supplies=no_supplies, shared=Supplies())  # the others are not pickled
        return Sender(
            self._address, scheduler, self._folders, own, plugin, _SECONDS_WITHOUT_WORKERS
        )

    def _connected(self) -> Client:
        if self._client is None:
            self._client = self._stack.enter_context(_connection(self._address))
        return self._client


@contextmanager
def cluster_workers(address: str, folders: Iterable[Path]) -> Iterator[ClusterWorkers]:
    """Use a cluster: `tls://HOST:PORT`, `tcp://HOST:PORT`, or `local:N` for N processes here.

    `folders` are those of the project. Raises SeedbedError, at once or when the cluster is first
    needed, if it cannot be used.
    """
    _require_package()
    with ExitStack() as stack:
        yield ClusterWorkers(address, Folders(tuple(folders)), stack)


def _require_package() -> None:
    try:
        import distributed  # noqa: F401
    except ImportError as error:
        hint = "Install it (pip install seedbed[cluster]), or build without a cluster"
        raise SeedbedError("a cluster needs the package `distributed`", hint) from error


def is_open_network(address: str) -> bool:
    """Whether others on a network may read the texts, and run programs on the workers."""
    if not address.startswith("tcp:"):
        return False
    host = urlsplit(address).hostname or ""
    try:
        return not ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host != "localhost"


@contextmanager
def _connection(address: str) -> Iterator[Client]:
    """Connect to a cluster whose workers have this program; raise SeedbedError if that fails."""
    import dask.config
    from distributed import Client

    with ExitStack() as stack:
        stack.enter_context(dask.config.set(DASK_SETTINGS))
        try:
            client = Client(_scheduler(address, stack), set_as_default=False)
            stack.callback(_close, client)
        except (OSError, TypeError, ValueError, RuntimeError) as error:
            hint = "Check its address, its scheduler and the certificates for TLS"
            message = f"there is no connection to the cluster at {address}: {error}"
            raise SeedbedError(message, hint) from error
        _require_workers(client, address)
        yield client


def _close(client: Client) -> None:
    """Close a connection, also one that was lost and that Dask tries to open again just now."""
    with lost_connection_ignored(client):
        client.close()


def _scheduler(address: str, stack: ExitStack) -> Any:
    """Return what Dask connects to: an address, or a cluster that is started here."""
    from distributed import LocalCluster

    if not address.startswith(_LOCAL):
        return address
    count = int(address.removeprefix(_LOCAL))
    local = LocalCluster(n_workers=count, threads_per_worker=1, dashboard_address="127.0.0.1:0")
    return stack.enter_context(local)


def _require_workers(client: Client, address: str) -> None:
    """Raise SeedbedError if a cluster has no workers, or one with another program."""
    from generator.engine.cluster_worker import other_program

    try:
        client.wait_for_workers(1, timeout=_SECONDS_FOR_WORKERS)
        programs = client.run(program_fingerprint)
    except TimeoutError as error:
        raise no_workers(address) from error
    except ImportError as error:
        raise other_program(f"a worker of the cluster at {address}") from error
    for worker, program in sorted(programs.items()):
        if program != program_fingerprint():
            raise other_program(f"the worker {worker} of the cluster at {address}")


@contextmanager
def _registered(
    client: Client, address: str, folders: Folders, job: Job[Any, Any]
) -> Iterator[str]:
    """Send a job to all workers, also to those that start later; make them forget it at the end.

    Yields the name of the plugin that has the job.
    """
    plugin = job_plugin(job, folders)
    with lost_connection(address, client):
        try:
            client.register_plugin(plugin)
        except OSError:  # a worker that died just now; the scheduler soon knows
            time.sleep(_SECONDS_TO_NOTICE)
            client.register_plugin(plugin)
    try:
        yield plugin.name
    finally:
        with lost_connection_ignored(client):
            client.unregister_worker_plugin(plugin.name)


def job_plugin(job: Job[Any, Any], folders: Folders) -> JobPlugin:
    """Return a job as every worker gets it."""
    from generator.engine.cluster_worker import JobPlugin

    work = folders.dumps((job.prepare, job.database))
    shared = portable_supplies(job.shared, folders)
    name, count = f"seedbed-{uuid4()}", len(folders.roots)
    return JobPlugin(name, program_fingerprint(), count, work, shared)
