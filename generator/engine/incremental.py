"""What is kept of each document between runs, and how the work for what is missing is dealt out.

Every shelf has a row for each document, under its path. A row tells of what it was made: while
that is the same, so is the row. Only the process of the run writes; workers look into the cache
for themselves, so that no text travels between processes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from generator.engine import workers
from generator.engine.database import Database
from generator.engine.entries import Entry, decode_entry, decode_result

NEAR = "near"
"""Of which withdrawn texts a document is a near copy; only the paths of their seeds."""

_CHUNK = 16
"""Items in a message between processes."""

Item = tuple[str, str, bytes]
"""A key, of what a row is to be made, and what a worker is to know besides."""

Output = tuple[str, tuple[tuple[str, bytes], ...]]
"""A key, and what a worker made for it, by shelf; last the row that says of what it is made."""

WorkerFactory = Callable[[], Callable[[Sequence[Item]], list[Output]]]
"""Gets a worker ready."""


@dataclass(frozen=True, slots=True)
class Build:
    """The shelves of one run, and the hands that fill them."""

    kept: Database
    jobs: int
    """Processes; 0 means one for each core."""
    progress: workers.Progress

    def entry(self, table: str, key: str) -> Entry | None:
        """Give a row, if there is one."""
        value = self.kept.get(table, key)
        return None if value is None else decode_entry(value)

    def entries(self, table: str) -> Iterator[tuple[str, Entry]]:
        """Give all rows of a shelf, by key: a quarter of the cost of asking for each."""
        for key, value in self.kept.items(table):
            yield key, decode_entry(value)

    def result(self, table: str, key: str, shape: Any) -> Any:
        """Give what a row holds, which must be there."""
        return decode_result(self.kept.need(table, key), shape)

    def worker_count(self, total: int, min_batch: int) -> int:
        """Tell how many processes so many items are worth, when one is worth so many of them."""
        count = total // (_CHUNK if self.jobs else min_batch)
        return max(1, min(self.jobs or workers.available_cores(), count))

    def run_outdated(
        self, stage: str, work: WorkerFactory, items: Iterable[Item], total: int, min_batch: int
    ) -> Iterator[Output]:
        """Have made what is missing, and keep it; less than `worth` is not worth a process.

        What was put in before is theirs to see who work.
        """
        self.kept.commit()
        jobs = self.worker_count(total, min_batch)
        done = 0
        for results in workers.map_ordered(work, workers.batches(items, _CHUNK), jobs):
            for key, values in results:
                for table, value in values:
                    self.kept.put(table, [(key, value)])
            self.kept.commit()
            done += len(results)
            self.progress(stage, done, total)
            yield from results
