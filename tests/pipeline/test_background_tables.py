"""Table files after a change: a file is written again if a part of it has other bytes."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from generator.engine.cache_entries import Run
from generator.engine.database import open_database
from generator.engine.incremental import Build
from generator.engine.outdated import CHANGED
from generator.engine.tasks import Item
from generator.engine.workers import no_progress
from generator.model import PagePath, SeedPath
from generator.pipeline.background_tables import TableFile, write_tables
from generator.pipeline.background_tasks import TABLE_FILES

FILE = TableFile(PagePath("data/documents.bib"), "parts", b"[", b",", b"]")


@pytest.mark.parametrize("new", [b"two", b"TWO", b"three", b""])
@pytest.mark.parametrize("limit", [None, 9])
def test_a_part_with_another_fingerprint_is_compared(
    tmp_path: Path, new: bytes, limit: int | None
) -> None:
    """The file is that of a fresh run, and it is said to have changed only if it did."""
    file = replace(FILE, limit=limit)
    before, after = (dict.fromkeys(map(SeedPath, "abc"), state) for state in ("1", "1"))
    after[SeedPath("b")] = "2"
    with open_database(tmp_path / "cache.sqlite") as database:
        build = Build.start(database, "test", 1, no_progress)
        database.put("parts", [("a", b"one"), ("b", b"two"), ("c", b"one")])
        database.commit()
        (first,) = write_tables(database.path, tmp_path, [file], frozenset(), before)
        item = Item(file.path, build.fingerprint())
        build.save(TABLE_FILES, item, first.layout, Run(1, CHANGED), tuple(first.files))
        database.put("parts", [("b", new)])
        database.commit()
        (updated,) = write_tables(database.path, tmp_path, [file], {file.path}, after)
        written = {path: (tmp_path / path).read_bytes() for path in updated.files}
        (fresh,) = write_tables(database.path, tmp_path / "fresh", [file], frozenset(), after)
    assert written == {path: (tmp_path / "fresh" / path).read_bytes() for path in fresh.files}
    assert updated.layout == fresh.layout
    assert any(updated.files.values()) == (new != b"two")
