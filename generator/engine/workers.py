"""Worker processes: results are ordered and streamed, and workers end with their parent.

Every process is spawned, as it must be on Windows and macOS, so nothing depends on what the parent
had in memory. A worker reads from a pipe of its own: when its parent ends, however it ends, the
pipe is closed and the worker ends too. `concurrent.futures` is not used because its workers share
one queue, hold both of its ends, and outlive a parent that was killed.
"""

from __future__ import annotations

import itertools
import os
import pickle
import signal
import traceback
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from multiprocessing import get_context, resource_tracker
from multiprocessing.connection import wait
from multiprocessing.context import SpawnProcess
from typing import Any, Protocol, TypeVar

from generator.model import SeedbedError

T = TypeVar("T")
R = TypeVar("R")

WorkerPool = dict[Any, SpawnProcess]
"""Each worker by the parent's end of its pipe, whose class depends on the system."""

Progress = Callable[[str, int, int], None]
"""Called with the stage, how many items are done, and how many there are (0 if unknown)."""

Count = Callable[[int, int], None]
"""Called with how many items are done, and how many there are."""

_MAX_AHEAD = 8
"""Items for each worker that may be sent before the first is done; this bounds memory."""


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


def map_ordered(
    prepare: Callable[[], Callable[[T], R]], items: Iterable[T], jobs: int
) -> Iterator[R]:
    """Yield the result for each item, in order, computed by `jobs` processes.

    `prepare` is called once in every process and returns the function that does the work; it, the
    items and the results are pickled. One job is a plain loop in this process. What the function
    raises is raised here, with the worker's traceback as its note. Raises SeedbedError if a worker
    dies.
    """
    if jobs <= 1:
        yield from map(prepare(), items)
        return
    with _pool(prepare, jobs) as pool:
        yield from _in_order(pool, enumerate(items))


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


def _answer(pool: WorkerPool, task: bytes) -> Any:
    return next(_in_order(pool, enumerate([task])))


def _caller() -> Callable[[bytes], bytes]:
    return lambda task: pickle.dumps(pickle.loads(task)())  # noqa: S301  (our own bytes)


@contextmanager
def _pool(prepare: Callable[[], Callable[[T], R]], jobs: int) -> Iterator[WorkerPool]:
    """Start the workers; end them when all is done, or at once after an error."""
    context = get_context("spawn")
    message = pickle.dumps(prepare)
    pool: WorkerPool = {}
    try:
        for _ in range(jobs):
            parent_end, worker_end = context.Pipe()
            process = context.Process(target=_work, args=(worker_end,), daemon=True)
            with _interrupts_blocked():
                process.start()
            worker_end.close()
            pool[parent_end] = process
        for connection in pool:  # now that all are starting: a long message waits for its reader
            _send(connection, pool, message)
        yield pool
    except BaseException:
        for process in pool.values():
            process.terminate()
        raise
    finally:
        for connection, process in pool.items():
            connection.close()
            process.join()


@contextmanager
def _interrupts_blocked() -> Iterator[None]:
    """Start processes with SIGINT blocked: Ctrl-C reaches the parent, which ends them.

    A worker can ignore SIGINT only once Python runs there; until then it would print a traceback.
    """
    if not hasattr(signal, "pthread_sigmask"):  # on Windows
        yield
        return
    resource_tracker.ensure_running()  # or it is started with the worker, and lets Ctrl-C through
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _in_order(pool: WorkerPool, items: Iterator[tuple[int, Any]]) -> Iterator[Any]:
    """Send each free worker one item, and yield results in the order of the items.

    A worker has one item at most: with two, both ends of a full pipe could wait for each other.
    """
    done: dict[int, Any] = {}
    busy: set[Any] = set()
    sent = due = 0
    while True:
        for connection in pool.keys() - busy:
            item = next(items, None) if sent < due + _MAX_AHEAD * len(pool) else None
            if item is not None:
                _send(connection, pool, pickle.dumps(item))
                busy.add(connection)
                sent += 1
        if not busy:
            return
        for connection in wait(list(busy)):
            number, value = _receive(connection, pool)
            done[number] = value
            busy.remove(connection)
        while due in done:
            yield done.pop(due)
            due += 1


def _send(connection: Any, pool: WorkerPool, message: bytes) -> None:
    try:
        connection.send_bytes(message)
    except OSError as error:
        raise _died(pool[connection]) from error


def _receive(connection: Any, pool: WorkerPool) -> tuple[int, Any]:
    try:
        number, value, error = connection.recv()
    except (EOFError, OSError) as ended:
        raise _died(pool[connection]) from ended
    if error is not None:
        raise error
    return number, value


def _died(process: SpawnProcess) -> SeedbedError:
    process.join(1)
    return SeedbedError(
        f"a worker process died (exit code {process.exitcode})",
        "Most often memory ran out: try again with `--jobs 1`",
    )


def _work(connection: Any) -> None:
    """Answer every item with its result or its error, until the pipe is closed."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent is interrupted, and ends this process
    work: Callable[[Any], Any] | None = None
    with suppress(EOFError, OSError):
        prepare: Callable[[], Callable[[Any], Any]] = connection.recv()
        while True:
            number, item = connection.recv()
            answer: tuple[int, Any, Exception | None]
            try:
                work = work or prepare()
                answer = number, work(item), None
            except Exception as error:
                answer = number, None, _portable(error)
            connection.send(answer)


def _portable(error: Exception) -> Exception:
    """Return an error that can be pickled, with its traceback as a note."""
    message = traceback.format_exc()
    error.add_note(message)
    try:
        pickle.loads(pickle.dumps(error))  # noqa: S301  (our own bytes, of a line ago)
    except Exception:
        return RuntimeError(message)
    return error
