"""A toy task for the tests of the engine: a number becomes a file with its square."""

from __future__ import annotations

import os
from collections.abc import Generator, Mapping
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path

from generator.engine.batch_work import run_with_database
from generator.engine.database import Database
from generator.engine.database_file import open_database
from generator.engine.incremental import Build
from generator.engine.tasks import PROGRAM, Item, ItemResult, Items, Output, Task, Work, WorkItem
from generator.model import OutputFile, PagePath

KILLS = 666
"""The number whose worker dies."""

UNUSABLE = 13
"""The number whose result must not be used again."""

NAMES = "names"
"""Table of values that workers read."""

SQUARES = "squares"
"""Table of values that they produce."""

NOTES = "notes"
"""Table of a later task."""

SQUARE: Task[int] = Task(
    "square",
    "squaring",
    int,
    (PROGRAM, "the number", "the unit"),
    (SQUARES,),
    (NOTES,),
    batch_size=2,
    has_files=True,
)


def worker(database: Path) -> Work:
    """Return the function that makes a file with the square of a number and its name."""

    def square(database: Database, item: WorkItem) -> Output:
        number = int(item.extra)
        if number == KILLS:
            os._exit(9)
        name = (database.get(NAMES, item.key) or b"").decode()
        file = OutputFile(PagePath(f"{item.key}.txt"), f"{name}{number**2}".encode())
        values = ((SQUARES, str(number**2).encode()),)
        return Output(item.key, number**2, (file,), values, number != UNUSABLE)

    return run_with_database(database, square)


@dataclass
class Project:
    """A folder in which the task is run again and again."""

    folder: Path
    jobs: int = 1
    progress: list[tuple[str, int, int]] = field(default_factory=list)
    summary: str = ""
    unit: str = "m"
    task: Task[int] = SQUARE

    def __post_init__(self) -> None:
        """Make the folder of the files."""
        self.out.mkdir(exist_ok=True)

    @property
    def out(self) -> Path:
        """Return the folder of the files."""
        return self.folder / "out"

    @property
    def database(self) -> Path:
        """Return the path of the database."""
        return self.folder / "database.sqlite"

    def results(self, numbers: Mapping[str, int]) -> Generator[ItemResult[int], None, None]:
        """Yield the results of a build; all files that exist count as intact."""
        with open_database(self.database) as database:
            build = Build.start(
                database, "version 1", self.jobs, lambda *step: self.progress.append(step)
            )
            build = replace(build, output_folder=self.out)
            existing = {path.name for path in self.out.iterdir() if path.stat().st_mtime_ns}
            yield from build.run_outdated(
                self.task,
                partial(worker, self.database),
                items(build, numbers, self.unit),
                frozenset(existing),
            )
            self.summary = "; ".join(map(str, build.summaries()))

    def reasons(self, numbers: Mapping[str, int]) -> dict[str, str | None]:
        """Build, and return for each item why it was run."""
        completed = list(self.results(numbers))
        assert {item.key: item.result for item in completed} == {
            key: number**2 for key, number in numbers.items()
        }
        return {item.key: item.reason for item in completed}


def items(build: Build, numbers: Mapping[str, int], unit: str) -> Items:
    """Return an item for each number; one below zero has no fingerprint."""
    keys, values = [*numbers], [*numbers.values()]

    def item(position: int) -> Item:
        number = values[position]
        now = build.fingerprint(number, unit) if number >= 0 else None
        return Item(keys[position], now, str(number).encode)

    return Items(keys, build.fingerprint(unit), (values,), item)
