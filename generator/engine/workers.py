"""Work in several processes: results come in order as they are ready, and a process may die.

How the processes are started and ended is in `engine.worker_processes`.
"""

from __future__ import annotations

import itertools
import os
import pickle
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import partial
from multiprocessing.connection import wait
from multiprocessing.context import SpawnProcess
from typing import Any, Protocol, TypeVar

from generator.engine.worker_processes import Assignment, acquire, end, release
from generator.model import SeedbedError

T = TypeVar("T")
R = TypeVar("R")

Progress = Callable[[str, int, int], None]
"""Called with the stage, how many items are done, and how many there are (0 if unknown)."""

Count = Callable[[int, int], None]
"""Called with how many items are done, and how many there are."""

_MAX_AHEAD = 8
"""Items for each worker that may be sent before the first is done; this bounds memory."""

_MAX_DEATHS = 2
"""Workers that may die on an item before it is run alone: the first may have had bad luck."""


def no_progress(_stage: str, _done: int, _total: int) -> None:
    """Report no progress."""


def no_count(_done: int, _total: int) -> None:
    """Report no progress."""


def available_cores() -> int:
    """Return the number of cores that this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def batches(items: Iterable[T], size: int) -> Iterator[tuple[T, ...]]:
    """Yield tuples of at most `size` items: sending each alone could cost more than its work."""
    stream = iter(items)
    while chunk := tuple(itertools.islice(stream, size)):
        yield chunk


class WorkerDiedError(SeedbedError):
    """A worker process ended before it answered."""


def _died(process: SpawnProcess) -> WorkerDiedError:
    process.join(1)
    message = f"a worker process died (exit code {process.exitcode})"
    return WorkerDiedError(message, "Most often memory ran out: try again with `--jobs 1`")


Rescue = Callable[[T, Callable[[T], R]], R]
"""Returns the result of an item on which two workers died, or raises an error.

It is called with the item and a function that runs a smaller one in a process of its own, which
raises WorkerDiedError if that process dies too.
"""


def no_rescue(item: T, run_alone: Callable[[T], R]) -> R:
    """Run the item once more; raise WorkerDiedError if that process dies too."""
    return run_alone(item)


def map_ordered(
    prepare: Callable[[], Callable[[T], R]],
    items: Iterable[T],
    jobs: int,
    rescue: Rescue[T, R] = no_rescue,
) -> Iterator[R]:
    """Yield the result for each item, in order, computed by `jobs` processes.

    `prepare` is called once in every process and returns the function that does the work; it, the
    items and the results are pickled. One job is a plain loop in this process. What the function
    raises is raised here, with the worker's traceback as its note. If a worker dies, another takes
    its place and its item; if that one dies too, `rescue` is asked.
    """
    if jobs <= 1:
        yield from map(prepare(), items)
        return
    with _pool(prepare, jobs) as pool:
        yield from _in_order(pool, items, lambda item: rescue(item, partial(_run_alone, prepare)))


def _run_alone(prepare: Callable[[], Callable[[T], R]], item: T) -> R:
    with _pool(prepare, 1) as pool:
        (connection,) = pool.workers
        pool.send(connection, item)
        result: R = pool.receive(connection)
        return result


class Submit(Protocol):
    """Starts a task in the background, and returns a function that waits for its result."""

    def __call__(self, task: Callable[[], R], /) -> Callable[[], R]:
        """Start the task when all earlier ones are done; its result can be asked for once."""


@contextmanager
def background(jobs: int) -> Iterator[Submit]:
    """Start one background process that runs submitted tasks in order.

    With one job there is no such process, and a task runs when its result is asked for. Errors are
    those of `map_ordered`, raised when the result is asked for.
    """
    if jobs <= 1:
        yield lambda task: task
        return
    with ThreadPoolExecutor(1) as thread, _pool(_caller, 1) as pool:

        def submit(task: Callable[[], R]) -> Callable[[], R]:
            # Sending a long message blocks until the worker reads it, so a thread does it. The task
            # is pickled before, so that its arguments need not stay in memory. The result stays
            # pickled until it is asked for, which takes a third of the space.
            started = [thread.submit(_answer, pool, pickle.dumps(task))]
            return lambda: pickle.loads(started.pop().result())  # noqa: S301  (as below)

        yield submit
        thread.shutdown()  # or a pipe is closed from which the thread still reads


def submit_before(submit: Submit, start_late: Callable[[], object]) -> Submit:
    """Return what submits tasks, and calls `start_late` once the result of one was taken.

    By then its caller has submitted the tasks for which it waits next.
    """

    def submit_task(task: Callable[[], R]) -> Callable[[], R]:
        result = submit(task)

        def wait() -> R:
            value = result()
            start_late()
            return value

        return wait

    return submit_task


def _answer(pool: WorkerPool, task: bytes) -> Any:
    (connection,) = pool.workers
    pool.send(connection, task)
    return pool.receive(connection)


def _caller() -> Callable[[bytes], bytes]:
    return lambda task: pickle.dumps(pickle.loads(task)())  # noqa: S301  (our own bytes)


class WorkerPool:
    """Worker processes, each by the parent's end of its pipe."""

    def __init__(self, prepare: Callable[[], Callable[[T], R]]) -> None:
        self.workers: dict[Any, SpawnProcess] = {}
        self.at_work: set[Any] = set()
        """The pipes of those that have not answered yet."""
        self._assignment = pickle.dumps(Assignment(prepare))

    def start(self, count: int) -> None:
        """Start more workers, or take those that are idle."""
        ready = acquire(count)
        self.workers |= ready
        for connection in ready:  # now that all are starting: a long message waits for its reader
            with suppress(OSError):  # a worker that died is found when it is to answer
                connection.send_bytes(self._assignment)

    def replace(self, connection: Any) -> None:
        """Start a worker in the place of one that died."""
        process = self.workers.pop(connection)
        self.at_work.discard(connection)
        connection.close()
        process.terminate()
        process.join()
        self.start(1)

    def send(self, connection: Any, item: object) -> None:
        """Send a worker an item; raise WorkerDiedError."""
        self.at_work.add(connection)
        try:
            connection.send_bytes(pickle.dumps(item))
        except OSError as error:
            raise _died(self.workers[connection]) from error

    def receive(self, connection: Any) -> Any:
        """Return a worker's result; raise its error, or WorkerDiedError."""
        try:
            result, error = connection.recv()
        except (EOFError, OSError) as ended:
            raise _died(self.workers[connection]) from ended
        self.at_work.discard(connection)
        if error is not None:
            raise error
        return result


@contextmanager
def _pool(prepare: Callable[[], Callable[[T], R]], jobs: int) -> Iterator[WorkerPool]:
    """Start the workers; end them or let others have them when all is done.

    After an error they are ended at once, as they may be at work. A caller may close this generator
    after the last result, as `zip` does: then all is done too.
    """
    pool = WorkerPool(prepare)
    try:
        pool.start(jobs)
        yield pool
    except BaseException as error:
        if pool.at_work or not isinstance(error, GeneratorExit):
            for process in pool.workers.values():
                process.terminate()
            end(pool.workers)
        else:
            release(pool.workers)
        raise
    release(pool.workers)


@dataclass(slots=True)
class _SentItem:
    """An item that a worker has, or is to get again."""

    number: int
    item: Any
    deaths: int = 0
    """The workers that died on it."""


def _in_order(
    pool: WorkerPool, items: Iterable[Any], rescue: Callable[[Any], Any]
) -> Iterator[Any]:
    """Send each free worker one item, and yield results in the order of the items.

    A worker has one item at most: with two, both ends of a full pipe could wait for each other. It
    gets the next one before results are yielded, so that it works while the caller uses them.
    """
    source = (_SentItem(number, item) for number, item in enumerate(items))
    again: deque[_SentItem] = deque()
    done: dict[int, Any] = {}
    busy: dict[Any, _SentItem] = {}
    ready: list[Any] = []
    due = 0
    while True:
        for connection in pool.workers.keys() - busy.keys():
            is_near = len(done) + len(busy) + len(again) < _MAX_AHEAD * len(pool.workers)
            sent = again.popleft() if again else next(source, None) if is_near else None
            if sent is not None:
                busy[connection] = sent
                with suppress(WorkerDiedError):  # found below: its pipe is at its end
                    pool.send(connection, sent.item)
        yield from ready
        if not busy:
            return
        for connection in wait(list(busy)):
            sent = busy.pop(connection)
            try:
                done[sent.number] = pool.receive(connection)
            except WorkerDiedError:
                pool.replace(connection)
                sent.deaths += 1
                if sent.deaths < _MAX_DEATHS:
                    again.append(sent)
                else:
                    done[sent.number] = rescue(sent.item)
        ready = [
            done.pop(number)
            for number in itertools.takewhile(done.__contains__, itertools.count(due))
        ]
        due += len(ready)
