"""Functions that the workers of a cluster run in tests."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

from generator.engine.database import open_readonly


def copying(folder: Path, database: Path) -> Callable[[str], str]:
    """Return a function that writes a copy of a file, and returns which files it saw.

    The copy has the rules before it, and a word from the database.
    """
    rules = (folder / "rules.txt").read_text()

    def copy(name: str) -> str:
        seen = sorted(path.name for path in folder.iterdir() if path.is_file())
        with open_readonly(database) as opened:
            word = opened.need("words", name).decode()
        copied = folder / "out" / name
        copied.parent.mkdir(exist_ok=True)
        copied.write_text(f"{rules} {word} {(folder / name).read_text()}")
        return ", ".join([name, *seen])

    return copy


def copied_files(folder: Path, result: str) -> Iterator[Path]:
    """Yield the file that `copying` wrote."""
    yield folder / "out" / result.partition(", ")[0]
