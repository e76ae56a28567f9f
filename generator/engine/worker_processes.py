"""Processes that wait for work: started, given one task after another, and ended.

Every process is spawned, as it must be on Windows and macOS, so nothing depends on what the parent
had in memory. A worker reads from a pipe of its own: when its parent ends, however it ends, the
pipe is closed and the worker ends too. `concurrent.futures` is not used because its workers share
one queue, hold both of its ends, and outlive a parent that was killed.
"""

from __future__ import annotations

import gc
import os
import pickle
import signal
import traceback
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from contextvars import ContextVar
from importlib import import_module
from multiprocessing import get_context, resource_tracker
from multiprocessing.context import SpawnProcess
from typing import Any

import msgspec

_IDLE: ContextVar[dict[Any, SpawnProcess] | None] = ContextVar("idle workers", default=None)
"""Workers that wait for another task, by the parent's ends of their pipes; None: none are kept."""


@contextmanager
def reused_workers() -> Iterator[None]:
    """Give the workers of one task to the next, in this thread, as long as the block runs.

    To start one costs more than half a second of CPU, for its imports and for the language model.
    """
    idle: dict[Any, SpawnProcess] = {}
    token = _IDLE.set(idle)
    try:
        yield
    finally:
        _IDLE.reset(token)
        end(idle)


def start_early(modules: Iterable[str]) -> None:
    """Start a worker for each module, which it loads while this process prepares the first task.

    A task takes the workers that were started last first. Without `reused_workers`, none is
    started.
    """
    idle = _IDLE.get()
    if idle is not None:
        for module in modules:
            connection, process = _started()
            idle[connection] = process
            with suppress(OSError):  # a worker that died is not taken
                connection.send_bytes(pickle.dumps(_Module(module)))


class _Module(msgspec.Struct, frozen=True):
    """What a worker is to load for its first task."""

    name: str


class Assignment(msgspec.Struct, frozen=True):
    """What a worker is to do from now on."""

    prepare: Callable[[], Callable[[Any], Any]]


def _no_work() -> Callable[[Any], Any]:
    """Stand for the work of a worker that has no task; it gets no item then."""
    raise NotImplementedError


def end(workers: Mapping[Any, SpawnProcess]) -> None:
    """Close the pipes of workers, which ends them, and wait for that."""
    for connection in workers:
        connection.close()
    for process in workers.values():
        process.join()


def acquire(count: int) -> dict[Any, SpawnProcess]:
    """Return workers by their pipes: those that are idle and alive, then new ones."""
    workers: dict[Any, SpawnProcess] = {}
    idle = _IDLE.get() or {}
    while idle and len(workers) < count:
        connection, process = idle.popitem()
        if process.is_alive():
            workers[connection] = process
        else:
            end({connection: process})
    return workers | dict(_started() for _ in range(count - len(workers)))


def release(workers: Mapping[Any, SpawnProcess]) -> None:
    """Keep workers for the next task, without the files that this one opened; or end them."""
    idle = _IDLE.get()
    if idle is None:
        end(workers)
        return
    for connection in workers:
        with suppress(OSError):  # a worker that died is found when it is to answer
            connection.send_bytes(pickle.dumps(Assignment(_no_work)))
    idle |= workers


def _started() -> tuple[Any, SpawnProcess]:
    """Start a worker; return it with the parent's end of its pipe."""
    context = get_context("spawn")
    parent_end, worker_end = context.Pipe()
    process = context.Process(target=_work, args=(worker_end, gc.get_threshold()), daemon=True)
    with _signals_blocked():
        process.start()
    worker_end.close()
    return parent_end, process


@contextmanager
def _signals_blocked() -> Iterator[None]:
    """Start processes with SIGINT and SIGTERM blocked: the parent gets them when all have started.

    A process that starts reads from the parent what it is to do; if the parent ended meanwhile, or
    if it got Ctrl-C before it can ignore that, it would print a traceback.
    """
    if not hasattr(signal, "pthread_sigmask"):  # on Windows
        yield
        return
    resource_tracker.ensure_running()  # or it is started with the worker, and lets Ctrl-C through
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT, signal.SIGTERM})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _work(connection: Any, gc_thresholds: tuple[int, int, int]) -> None:
    """Answer every item with its result or its error, until the pipe is closed.

    The thresholds of the garbage collector are those of the parent.
    """
    gc.set_threshold(*gc_thresholds)
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent is interrupted, and ends this process
    if hasattr(signal, "pthread_sigmask"):
        signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGTERM})
    assignment = Assignment(_no_work)
    work: Callable[[Any], Any] | None = None
    with suppress(EOFError, OSError):
        while True:
            item = connection.recv()
            if isinstance(item, _Module):
                import_module(item.name)
                continue
            if isinstance(item, Assignment):
                assignment, work = item, None
                continue
            answer: tuple[Any, Exception | None]
            try:
                work = work or assignment.prepare()
                answer = work(item), None
            except Exception as error:
                answer = None, portable_error(error)
            connection.send(answer)
    os._exit(0)  # the interpreter would free every value one by one, which takes 0.3 s


def portable_error(error: Exception) -> Exception:
    """Return an error that can be pickled, with its traceback as a note."""
    message = traceback.format_exc()
    error.add_note(message)
    try:
        pickle.loads(pickle.dumps(error))  # noqa: S301  (our own bytes, of a line ago)
    except Exception:
        return RuntimeError(message)
    return error
