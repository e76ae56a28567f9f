"""Data files on the disk that may be published as several numbered files."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path

from generator.files.atomic import (
    FileSlice,
    iterate_lines,
    open_table,
    replace_if_changed,
    write_blocks,
)
from generator.model.numbered_files import existing_paths, paths_in_files


def numbered_files(path: Path) -> list[Path]:
    """Return the files of the data file at a path; none if it does not exist."""
    names = existing_paths(path.name, lambda name: path.with_name(name).is_file())
    return [path.with_name(name) for name in names]


def iterate_all_lines(path: Path) -> Iterator[str]:
    """Yield the lines of all files of a data file, as `iterate_lines` does for one."""
    for file in numbered_files(path):
        yield from iterate_lines(file)


def table_rows(path: Path) -> Iterator[dict[str, str]]:
    """Yield the rows of a table in CSV, by the names of its columns; none if it does not exist."""
    for file in numbered_files(path):
        with open_table(file) as lines:
            yield from csv.DictReader(lines)


def write_numbered_files(
    target: Path, files: Iterable[Iterable[bytes | FileSlice] | None]
) -> dict[str, bool]:
    """Write a data file and return whether each of its files changed, by their names.

    Every slice is of an existing file in the same folder. No existing file is replaced before all
    new ones are written; files with other numbers stay. One part at a time is in memory. A file
    given as None stays as it is; then the data file must have had as many files.
    """
    target.parent.mkdir(parents=True, exist_ok=True)
    written: list[Path | None] = []
    try:
        for number, parts in enumerate(files, 1):
            part = target.with_name(f".{target.name}.{number}.part") if parts is not None else None
            written.append(part)
            if part and parts is not None:
                write_blocks(part, parts)
        names = paths_in_files(target.name, len(written))
        return {
            name: part is not None and replace_if_changed(part, target.with_name(name))
            for name, part in zip(names, written, strict=True)
        }
    finally:
        for part in filter(None, written):
            with suppress(FileNotFoundError):
                part.unlink()
