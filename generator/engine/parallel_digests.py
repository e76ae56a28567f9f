"""Digests of many files, computed by several processes of this computer."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from itertools import chain
from pathlib import Path
from typing import TypeVar

from generator.engine import workers
from generator.files import sha256

_BATCH_SIZE = 256
"""Files per message between processes."""

_FILES_PER_WORKER = 2_000
"""Fewest files per worker: reading one takes 0.03 ms, and most workers are waiting anyway."""

_BYTES_PER_WORKER = 50_000_000
"""Fewest bytes of long files per worker: a gigabyte takes a second."""

D = TypeVar("D", bound=str | None)


def compute_digests(
    digest_of: Callable[[str], D], jobs: int, paths: Sequence[str], size: int | None = None
) -> Iterator[D]:
    """Yield the digest of each file, in order; 0 jobs means one for each core.

    `digest_of` returns the digest of the file at a path; it is pickled. `size` is the number of
    bytes of all files if these are long.
    """
    most = len(paths) // _FILES_PER_WORKER if size is None else size // _BYTES_PER_WORKER
    used = max(1, min(jobs or workers.available_cores(), most))
    batches = workers.batches(paths, _BATCH_SIZE if size is None else 1)
    return chain.from_iterable(workers.map_ordered(partial(_reader, digest_of), batches, used))


def digest_below(folder: Path, path: str) -> str:
    """Return the SHA-256 of a file below a folder; raises OSError if it cannot be read."""
    return sha256(folder / path)


def _reader(digest_of: Callable[[str], D]) -> Callable[[Sequence[str]], list[D]]:
    return lambda paths: [*map(digest_of, paths)]
