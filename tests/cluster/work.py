"""Functions that the workers of a cluster run in tests."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import TypeVar

from generator.engine.database import open_readonly
from generator.engine.jobs import DatabaseRow, Job, Part, Supplies
from generator.model import OutputFile, PagePath
from tests.engine.worker_functions import double

T = TypeVar("T")
V = TypeVar("V")


def job_of(prepare: Callable[[], Callable[[T], V]]) -> Job[T, V]:
    """Return a job whose results have one part without files."""
    return Job(partial(_one_part, prepare))


def _one_part(prepare: Callable[[], Callable[[T], V]]) -> Callable[[T], Iterable[Part[V]]]:
    work = prepare()
    return lambda item: [Part(work(item))]


def doubling_each() -> Callable[[Sequence[int]], Iterator[Part[int]]]:
    """Return a function that doubles several numbers."""
    return lambda numbers: map(Part, map(double, numbers))


def supplies(folder: Path, name: str) -> Supplies:
    """Return a file, and a word from the database."""
    return Supplies(
        {folder / name: (folder / name).read_bytes()},
        (DatabaseRow("words", name, name.upper().encode()),),
    )


def copying(folder: Path, database: Path) -> Callable[[str], Iterable[Part[str]]]:
    """Return a function that makes a copy of a file, and returns which files it saw.

    The copy has the rules before it, and a word from the database.
    """
    rules = (folder / "rules.txt").read_text()

    def copy(name: str) -> list[Part[str]]:
        seen = sorted(path.name for path in folder.iterdir() if path.is_file())
        with open_readonly(database) as opened:
            word = opened.need("words", name).decode()
        text = f"{rules} {word} {(folder / name).read_text()}"
        file = OutputFile(PagePath(f"out/{name}"), text.encode())
        return [Part(", ".join([name, *seen]), (file,))]

    return copy
