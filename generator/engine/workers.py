"""Work dealt out to processes: ordered, streaming, and gone with the process that asked for it.

Every process starts afresh (`spawn`), as it must on Windows and macOS, so that nothing depends on
what the parent had in memory. A worker listens to a pipe of its own: when its parent ends, however
it ends, the pipe ends too, and so does the worker. That is why this is no pool of
`concurrent.futures`, whose workers share one queue, hold both of its ends, and outlive a parent
that was killed.
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

Crew = dict[Any, SpawnProcess]
"""Each worker by our end of its pipe, whose class is another one on every system."""

Progress = Callable[[str, int, int], None]
"""Called with the stage, how many are done, and how many there are; none where nobody knows."""

Count = Callable[[int, int], None]
"""Called with how many are done, and how many there are."""

_AHEAD = 8
"""How many items a worker's share may be ahead of the first that is not done: bounds memory."""


def silent(_stage: str, _done: int, _total: int) -> None:
    """Tell nobody how far anything is."""


def untold(_done: int, _total: int) -> None:
    """Tell nobody how much is done."""


def available_cores() -> int:
    """Count the cores that this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def batches(items: Iterable[T], size: int) -> Iterator[tuple[T, ...]]:
    """Cut a stream into tuples, so that a message between processes is worth its cost."""
    stream = iter(items)
    while chunk := tuple(itertools.islice(stream, size)):
        yield chunk


def map_ordered(
    prepare: Callable[[], Callable[[T], R]], items: Iterable[T], jobs: int
) -> Iterator[R]:
    """Give what the work makes of every item, in the order of the items, from so many processes.

    `prepare` is called once in every process and gives the function that does the work; it, the
    items and the results are pickled on their way. One job is a plain loop in this process. What
    the work raises is raised here, with the worker's traceback as its note. Raises SeedbedError
    when a worker dies.
    """
    if jobs <= 1:
        yield from map(prepare(), items)
        return
    with _pool(prepare, jobs) as crew:
        yield from _in_order(crew, enumerate(items))


class Submit(Protocol):
    """Has something done aside, and gives what waits for the result."""

    def __call__(self, task: Callable[[], R], /) -> Callable[[], R]:
        """Begin, when all that was begun before is done; the result is given once, and not kept."""


@contextmanager
def background(jobs: int) -> Iterator[Submit]:
    """Have things done in a process of its own, one after the other.

    With one job there is no such process, and a thing is done when somebody asks for its result.
    Raises as `deal` does, when the result is asked for.
    """
    if jobs <= 1:
        yield lambda task: task
        return
    with ThreadPoolExecutor(1) as thread, _pool(_caller, 1) as crew:

        def begin(task: Callable[[], R]) -> Callable[[], R]:
            # A long message waits until the worker reads it, and so does the thread that sends it.
            # It is pickled before, so that what the task is made of need not stay in memory. And
            # the result stays pickled until it is asked for, which takes a third of the space.
            begun = [thread.submit(_answer, crew, pickle.dumps(task))]
            return lambda: pickle.loads(begun.pop().result())  # noqa: S301  (as below)

        yield begin
        thread.shutdown()  # nobody closes a pipe from which the thread still reads


def _answer(crew: Crew, task: bytes) -> Any:
    return next(_in_order(crew, enumerate([task])))


def _caller() -> Callable[[bytes], bytes]:
    return lambda task: pickle.dumps(pickle.loads(task)())  # noqa: S301  (our own bytes)


@contextmanager
def _pool(prepare: Callable[[], Callable[[T], R]], jobs: int) -> Iterator[Crew]:
    """Start the workers; end them when all is done, or at once when something went wrong."""
    context = get_context("spawn")
    told = pickle.dumps(prepare)
    crew: Crew = {}
    try:
        for _ in range(jobs):
            ours, theirs = context.Pipe()
            process = context.Process(target=_work, args=(theirs,), daemon=True)
            with _deaf():
                process.start()
            theirs.close()
            crew[ours] = process
        for connection in crew:  # now that all are starting: a long message waits for its reader
            _send(connection, crew, told)
        yield crew
    except BaseException:
        for process in crew.values():
            process.terminate()
        raise
    finally:
        for connection, process in crew.items():
            connection.close()
            process.join()


@contextmanager
def _deaf() -> Iterator[None]:
    """Let what is started meanwhile never hear of Ctrl-C: its parent does, and ends it.

    A worker can ignore it only when Python runs there, and what it loads until then would say
    where it was interrupted.
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


def _in_order(crew: Crew, items: Iterator[tuple[int, Any]]) -> Iterator[Any]:
    """Deal one item at a time to whoever is free, and hold results back until their turn.

    A worker has one item at most: with two, both ends of a full pipe could wait for each other.
    """
    done: dict[int, Any] = {}
    busy: set[Any] = set()
    given = due = 0
    while True:
        for connection in crew.keys() - busy:
            item = next(items, None) if given < due + _AHEAD * len(crew) else None
            if item is not None:
                _send(connection, crew, pickle.dumps(item))
                busy.add(connection)
                given += 1
        if not busy:
            return
        for connection in wait(list(busy)):
            number, value = _receive(connection, crew)
            done[number] = value
            busy.remove(connection)
        while due in done:
            yield done.pop(due)
            due += 1


def _send(connection: Any, crew: Crew, message: bytes) -> None:
    try:
        connection.send_bytes(message)
    except OSError as error:
        raise _died(crew[connection]) from error


def _receive(connection: Any, crew: Crew) -> tuple[int, Any]:
    try:
        number, value, error = connection.recv()
    except (EOFError, OSError) as ended:
        raise _died(crew[connection]) from ended
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
    """Live as a worker: until the pipe ends, answer every item with its result or its error."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent is interrupted, and ends us
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
    """Make an error fit to travel: with its traceback as text, and of a class that unpickles."""
    message = traceback.format_exc()
    error.add_note(message)
    try:
        pickle.loads(pickle.dumps(error))  # noqa: S301  (our own bytes, of a line ago)
    except Exception:
        return RuntimeError(message)
    return error
