"""What is kept of each document between runs, and how the work for what is missing is dealt out.

Every shelf has a row for each document, under its path. A row tells of what it was made: while
that is the same, so is the row. Only the process of the run writes; workers look into the cache
for themselves, so that no text travels between processes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache as once
from typing import Any

import msgspec

from generator import cache, workers
from generator.model import Document, Record

RECORDS = "records"
"""What reading a seed gave: its document without the text, and problems."""
DOCUMENTS = "documents"
"""Documents with their texts, as they were read."""
COUNTS = "counts"
CAPITALS = "capitals"
"""The counts with numbers for words."""
USAGES = "usages"
"""Which names a document uses how often, and a digest of its mentions."""
MENTIONS = "mentions"
TOKENS = "tokens"
NUMBERED = "numbered"
"""The same with numbers for words."""
PAGES = "pages"
"""The files that were written for a document."""
QUOTES = "quotes"
"""The sentences of a document, by whom they name."""
LINES = "lines"
"""A document's line in documents.jsonl."""
ROWS = "rows"
"""A document's rows in mentions.csv."""
CELLS = "cells"
"""A document's row in documents.csv."""
NEAR = "near"
"""Of which withdrawn texts a document is a near copy; only the paths of their seeds."""
OF_DOCUMENTS = (
    *(NEAR, RECORDS, DOCUMENTS, COUNTS, CAPITALS, TOKENS, NUMBERED, USAGES, MENTIONS),
    *(PAGES, QUOTES, LINES, ROWS, CELLS),
)

OF_READING = (CAPITALS, NUMBERED, RECORDS)
"""What goes before a seed is read anew: its record, which comes back when all else is kept that was
read, and what has no note of what it was made of: while it is there, it was made of that."""

_CHUNK = 16
"""Items in a message between processes."""

Item = tuple[str, str, bytes]
"""A key, of what a row is to be made, and what a worker is to know besides."""

Made = tuple[str, tuple[tuple[str, bytes], ...]]
"""A key, and what a worker made for it, by shelf; last the row that says of what it is made."""

Work = Callable[[], Callable[[Sequence[Item]], list[Made]]]
"""Gets a worker ready."""


class Row(msgspec.Struct, array_like=True):
    """What was made, and of what."""

    made_of: str
    mark: cache.Mark | None
    result: msgspec.Raw


@dataclass(frozen=True, slots=True)
class Shelves:
    """The shelves of one run, and the hands that fill them."""

    kept: cache.Cache
    jobs: int
    """Processes; 0 means one for each core."""
    progress: workers.Progress

    def row(self, shelf: str, key: str) -> Row | None:
        """Give a row, if there is one."""
        value = self.kept.get(shelf, key)
        return None if value is None else read_row(value)

    def rows(self, shelf: str) -> Iterator[tuple[str, Row]]:
        """Give all rows of a shelf, by key: a quarter of the cost of asking for each."""
        for key, value in self.kept.items(shelf):
            yield key, _ROW.decode(value)

    def value(self, shelf: str, key: str, shape: Any) -> Any:
        """Give what a row holds, which must be there."""
        return result(self.kept.need(shelf, key), shape)

    def hands(self, total: int, worth: int) -> int:
        """Tell how many processes so many items are worth, when one is worth so many of them."""
        many = total // (_CHUNK if self.jobs else worth)
        return max(1, min(self.jobs or workers.cores(), many))

    def fill(
        self, stage: str, work: Work, items: Iterable[Item], total: int, worth: int
    ) -> Iterator[Made]:
        """Have made what is missing, and keep it; less than `worth` is not worth a process.

        What was put in before is theirs to see who work.
        """
        self.kept.commit()
        jobs = self.hands(total, worth)
        done = 0
        for results in workers.deal(work, workers.chunks(items, _CHUNK), jobs):
            for key, values in results:
                for shelf, value in values:
                    self.kept.put(shelf, [(key, value)])
            self.kept.commit()
            done += len(results)
            self.progress(stage, done, total)
            yield from results


def row(made_of: str, result: object, mark: cache.Mark | None = None) -> bytes:
    """Write a row."""
    return encode(Row(made_of, mark, msgspec.Raw(encode(result))))


def read_row(row: bytes) -> Row:
    """Read a row."""
    return _ROW.decode(row)


def result(row: bytes, shape: Any) -> Any:
    """Give what a row holds."""
    return decoder(shape).decode(_ROW.decode(row).result)


def fetch(kept: cache.Cache, shelf: str, path: str, shape: Any) -> Any:
    """Read a value that has no row around it; it must be there."""
    return decoder(shape).decode(kept.need(shelf, path))


def document(kept: cache.Cache, record: Record) -> Document:
    """Give a document with its text; what its record says of it, as people may have, holds."""
    read: Document = fetch(kept, DOCUMENTS, record.source, Document)
    return replace(read, metadata=record.metadata)


@once
def decoder(shape: Any) -> msgspec.msgpack.Decoder[Any]:
    """Give what reads values of a shape."""
    return msgspec.msgpack.Decoder(shape)


encode = msgspec.msgpack.Encoder().encode
"""Writes any value of ours."""

_ROW = msgspec.msgpack.Decoder(Row)
