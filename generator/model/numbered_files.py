"""Long data files are published as several numbered ones: their names, and what is in each.

`data/documents.csv` then becomes `data/documents-001.csv`, `data/documents-002.csv` and so on. The
name without a number is not used, so that nobody takes the first file for the whole.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from itertools import count, groupby, takewhile
from operator import itemgetter
from typing import TypeVar

T = TypeVar("T")


def numbered_path(path: str, number: int) -> str:
    """Return the path of a numbered file of the data file at a path; the first has the number 1."""
    folder, slash, name = path.rpartition("/")
    stem, dot, ending = name.partition(".")
    return f"{folder}{slash}{stem}-{number:03}{dot}{ending}"


def paths_in_files(path: str, files: int) -> tuple[str, ...]:
    """Return the paths of a data file that is published in this number of files."""
    if files == 1:
        return (path,)
    return tuple(numbered_path(path, number) for number in range(1, files + 1))


def existing_paths(path: str, exists: Callable[[str], bool]) -> tuple[str, ...]:
    """Return the paths at which a data file exists; none if it does not exist at all."""
    if exists(path):
        return (path,)
    return tuple(takewhile(exists, (numbered_path(path, number) for number in count(1))))


def divide(
    parts: Iterable[T], size: Callable[[T], int], limit: int | None
) -> Iterator[Iterator[T]]:
    """Yield the parts of each file, as many as the limit allows; a larger part has its own file.

    `size` gives the bytes of a part. Without a limit, all parts are in one file. The parts of a
    file must be taken before the next file is asked for.
    """
    for _, numbered in groupby(_with_file_numbers(parts, size, limit), itemgetter(0)):
        yield map(itemgetter(1), numbered)


def _with_file_numbers(
    parts: Iterable[T], size: Callable[[T], int], limit: int | None
) -> Iterator[tuple[int, T]]:
    number, total = 0, 0
    for part in parts:
        total += size(part)
        if limit is not None and total > limit:
            number, total = number + 1, size(part)
        yield number, part
