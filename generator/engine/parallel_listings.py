"""The files of many folders, looked at by several processes of this computer."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from itertools import chain
from pathlib import Path

from generator.engine import workers
from generator.files.known_folders import ListedFolder, ListFolders, list_folders

_BATCH_SIZE = 256
"""Folders per message between processes."""

_FOLDERS_PER_WORKER = 1_000
"""Fewest folders per worker: to list one with ten files takes 0.06 ms, and the workers that
wrote the files are waiting."""

_Listed = ListedFolder | None


def list_in_workers(jobs: int, now: int | None) -> ListFolders:
    """Return what lists folders at the time `now`, as `list_folders` does.

    0 jobs means one for each core.
    """
    return partial(_list_in_workers, jobs, now)


def _list_in_workers(
    jobs: int, now: int | None, root: Path, folders: Sequence[str]
) -> Iterator[_Listed]:
    most = len(folders) // _FOLDERS_PER_WORKER
    used = max(1, min(jobs or workers.available_cores(), most))
    batches = workers.batches(folders, _BATCH_SIZE)
    return chain.from_iterable(workers.map_ordered(partial(_lister, now, root), batches, used))


def _lister(now: int | None, root: Path) -> Callable[[Sequence[str]], list[_Listed]]:
    return partial(list_folders, now, root)
