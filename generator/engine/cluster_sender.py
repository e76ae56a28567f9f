"""What the processes of this computer do for a job on a cluster.

Each has a connection of its own. It reads what items need, sends it to the workers, and writes the
files that come back.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import CancelledError
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import msgspec

from generator.engine.cluster_paths import Folders
from generator.engine.jobs import Delivered, Job, Part, ReadSupplies, Supplies
from generator.engine.packed_files import unpack_files
from generator.engine.workers import WorkerDiedError
from generator.model import SeedbedError

if TYPE_CHECKING:
    from distributed import Client, Future

    from generator.engine.cluster_worker import Answer, SentSupplies

_MAX_BYTES_AHEAD = 64_000_000
"""Bytes of their supplies in one process; one item may have more."""

_CHECKS = 10
"""How often the number of workers is asked for while waiting for one."""

DASK_SETTINGS = {
    # Dask warns of large arguments because they stay in its scheduler; ours are soon released.
    "distributed.admin.large-graph-warning-threshold": "1GB",
    # A worker of a local cluster that died is given up unless another is there after 15 s; on a
    # busy computer it takes longer to start one, and then a build would wait for all of them.
    "distributed.deploy.lost-worker-timeout": "1 day",
}

_CONNECTION_ERRORS = (CancelledError, OSError, TimeoutError)
"""What Dask raises when the scheduler or the network fails."""


def no_workers(address: str) -> SeedbedError:
    """Return the error of a cluster without workers."""
    hint = "Start some (`dask worker`, with the same address); what was done is saved"
    return SeedbedError(f"the cluster at {address} has no workers", hint)


@contextmanager
def lost_connection(address: str, client: Client | None = None) -> Iterator[None]:
    """Raise SeedbedError if the scheduler or the network fails while the block runs."""
    try:
        yield
    except SeedbedError:
        raise
    except Exception as error:
        if not _is_lost(error, client):
            raise
        raise SeedbedError(
            f"the connection to the cluster at {address} was lost",
            "What was done is saved. Start its scheduler again, or build without a cluster",
        ) from error


@contextmanager
def lost_connection_ignored(client: Client) -> Iterator[None]:
    """Go on if the scheduler or the network fails while the block runs."""
    try:
        yield
    except Exception as error:
        if not _is_lost(error, client):
            raise


def _is_lost(error: Exception, client: Client | None) -> bool:
    """Whether an error means that a connection was lost.

    One that is closing or opened again fails with whatever the next statement of Dask meets: there
    is no scheduler (AttributeError), or no traceback to read (IndexError), as commands have
    none.
    """
    is_running = client is None or client.status == "running"
    return not is_running or isinstance(error, _CONNECTION_ERRORS)


def portable_supplies(supplies: Supplies, folders: Folders) -> SentSupplies:
    """Return supplies as a worker gets them."""
    from generator.engine.cluster_worker import SentSupplies

    files = ((folders.portable(path), data) for path, data in supplies.files.items())
    return SentSupplies(tuple(files), supplies.rows)


class Sender(msgspec.Struct, frozen=True):
    """One job, as the processes get it that send its items to the workers of a cluster."""

    address: str
    """Of the cluster, for messages."""
    scheduler: str
    """The address of its scheduler."""
    folders: Folders
    job: Job[Any, Any]
    plugin: str
    """Name of the plugin that has the job."""
    patience: float
    """Seconds to wait for a worker when all have left."""

    def connected(self) -> Callable[[Iterable[Needed]], list[list[Delivered[Any]]]]:
        """Connect this process, unless it is connected; return what has items worked on."""
        with lost_connection(self.address):
            run = _Run(_own_client(self.scheduler), self)
        return lambda needed: [*run.results(needed)]


def _own_client(scheduler: str) -> Client:
    """Return the connection of this process, which lasts until the process ends."""
    import dask.config
    from distributed import Client, default_client

    with suppress(ValueError):  # there is none
        client = default_client()
        if client.scheduler.address == scheduler and client.status == "running":
            return client
    dask.config.set(DASK_SETTINGS)
    return Client(scheduler)


class Needed(NamedTuple):
    """An item, and the function that reads its supplies."""

    item: Any
    read: ReadSupplies


class _Sent(NamedTuple):
    """An item that a worker has or will have."""

    needed: Needed
    future: Future | None
    """None if what it needs could not be read: it is worked on in this process."""
    size: int
    """Bytes of its supplies."""


def _size(waiting: Iterable[_Sent]) -> int:
    return sum(sent.size for sent in waiting)


class _Run(msgspec.Struct, frozen=True):
    """One job on the workers of a cluster."""

    client: Client
    sender: Sender

    def results(self, needed: Iterable[Needed]) -> Iterator[list[Delivered[Any]]]:
        """Yield the parts of each result in order, once its files are written.

        All items are sent before the first is done, unless their supplies are large.
        """
        waiting = deque[_Sent]()
        try:
            for item in needed:
                waiting.append(self._send(item))
                while _size(waiting) > _MAX_BYTES_AHEAD:
                    yield self._done(waiting.popleft())
            while waiting:
                yield self._done(waiting.popleft())
        finally:  # after an error the others are not needed
            with lost_connection_ignored(self.client):
                self.client.cancel([sent.future for sent in waiting if sent.future])

    def _send(self, needed: Needed) -> _Sent:
        try:
            supplies = needed.read()
        except OSError:
            return _Sent(needed, None, 0)
        return _Sent(needed, self._submit(needed.item, supplies), supplies.size)

    def _submit(self, item: Any, supplies: Supplies) -> Future:
        from generator.engine.cluster_worker import work_on

        sent = portable_supplies(supplies, self.sender.folders)
        with lost_connection(self.sender.address, self.client):
            return self.client.submit(work_on, self.sender.plugin, item, sent, pure=False)

    def _done(self, sent: _Sent) -> list[Delivered[Any]]:
        item, read = sent.needed
        if sent.future is None:
            return self.sender.job.prepare_delivering()(item)
        try:
            return self._delivered(sent.future)
        except WorkerDiedError:
            return self.sender.job.rescue(
                item, lambda smaller: self._delivered(self._submit(smaller, read()))
            )

    def _delivered(self, future: Future) -> list[Delivered[Any]]:
        """Wait for an answer, and write its files; raise the error in it."""
        answer = self._answer(future)
        files = unpack_files(answer.files) or [()] * len(answer.values)
        folder = self.sender.job.output_folder or Path()
        return [part.delivered(folder) for part in map(Part, answer.values, files)]

    def _answer(self, future: Future) -> Answer:
        """Wait for an answer; raise the error in it."""
        from distributed import KilledWorker

        with lost_connection(self.sender.address, self.client):
            try:
                answer = self._result(future)
            except KilledWorker as error:
                hint = "Most often memory ran out: give the workers of the cluster more"
                raise WorkerDiedError(f"workers died, one after another ({error})", hint) from error
        if answer.error:
            raise answer.error
        return answer

    def _result(self, future: Future) -> Answer:
        """Wait for an answer as long as there are workers, or others may come."""
        checks = 0  # in a row, that found no worker
        while checks < _CHECKS:
            with suppress(TimeoutError):
                answer: Answer = future.result(timeout=self.sender.patience / _CHECKS)
                return answer
            checks = 0 if self.client.nthreads() else checks + 1
        raise no_workers(self.sender.address)
