"""Table files after a change: a file is written again if a part of it has other bytes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.engine.cache_entries import Entry, Run
from generator.engine.database import Database
from generator.engine.database_errors import DamagedError
from generator.engine.database_file import open_database
from generator.engine.encoding import encode
from generator.engine.entry_rows import put_entries
from generator.engine.fingerprint import fingerprint
from generator.engine.incremental import Build
from generator.engine.outdated import CHANGED
from generator.engine.tasks import Item, Items
from generator.engine.workers import no_progress
from generator.files import write_file
from generator.model import PagePath, SeedPath
from generator.pipeline.background_tables import (
    DocumentParts,
    PageFingerprints,
    PartField,
    PartFile,
    PartTable,
    TableFile,
    write_tables,
)
from generator.pipeline.background_tasks import DOCUMENT_PARTS, TABLE_FILES

FILE = TableFile(PagePath("data/documents.bib"), PartTable("parts"), b"[", b",", b"]")


def pages(states: Mapping[SeedPath, str]) -> PageFingerprints:
    """Return the fingerprints of the pages of documents in such states."""
    return PageFingerprints((*states,), b"".join(map(fingerprint, states.values())))


@pytest.mark.parametrize("new", [b"two", b"TWO", b"three", b""])
@pytest.mark.parametrize("limit", [None, 9])
def test_a_part_with_another_fingerprint_is_compared(
    tmp_path: Path, new: bytes, limit: int | None
) -> None:
    """The file is that of a fresh run, and it is said to have changed only if it did."""
    file = replace(FILE, limit=limit)
    before = {SeedPath(key): f"{key}1" for key in "abc"}
    after = before | {SeedPath("b"): "b2"}
    with open_database(tmp_path / "cache.sqlite") as database:
        build = Build.start(database, "test", 1, no_progress)
        database.put("parts", [("a", b"one"), ("b", b"two"), ("c", b"one")])
        database.commit()
        (first,) = write_tables(database.path, tmp_path, [file], frozenset(), pages(before))
        item = Item(file.path, build.fingerprint())
        build.save(TABLE_FILES, item, first.layout, Run(1, CHANGED), tuple(first.files))
        database.put("parts", [("b", new)])
        database.commit()
        (updated,) = write_tables(database.path, tmp_path, [file], {file.path}, pages(after))
        written = {path: (tmp_path / path).read_bytes() for path in updated.files}
        (fresh,) = write_tables(
            database.path, tmp_path / "fresh", [file], frozenset(), pages(after)
        )
    assert written == {path: (tmp_path / "fresh" / path).read_bytes() for path in fresh.files}
    assert updated.layout == fresh.layout
    assert any(updated.files.values()) == (new != b"two")


def test_a_table_is_written_whole_if_another_version_saved_its_layout(tmp_path: Path) -> None:
    """It may have saved something else."""
    with open_database(tmp_path / "cache.sqlite") as database:
        build = Build.start(database, "test", 1, no_progress)
        database.put("parts", [("a", b"one")])
        item = Item(FILE.path, build.fingerprint())
        build.save(TABLE_FILES, item, (b"", {"documents.bib": [["1"], [3]]}), Run(1, CHANGED))
        database.commit()
        states = pages({SeedPath("a"): "1"})
        (written,) = write_tables(database.path, tmp_path, [FILE], {FILE.path}, states)
    assert written.files == {FILE.path: True}
    assert (tmp_path / FILE.path).read_bytes() == b"[one]"


_LENGTHS = st.lists(st.integers(1, 70), min_size=1, max_size=3)


@settings(max_examples=20, deadline=None)
@given(_LENGTHS, st.sets(st.integers(0, 200)))
def test_parts_in_files_of_documents_are_those_that_they_have_now(
    lengths: list[int], edited: set[int]
) -> None:
    """However the entries with the paths of the files are divided into rows."""
    keys = [SeedPath(f"{number:03}") for number in range(sum(lengths))]
    with TemporaryDirectory() as folder, open_database(Path(folder, "cache.sqlite")) as database:
        for key in keys:
            write_file(f"{folder}/{key}/part.xml", f"<!><a>{key}".encode())
        rest = iter(keys)
        for length in lengths:
            _put_pages(database, [*islice(rest, length)])
        database.commit()
        part = PartFile("pages", "part.xml", b"<!><a>", b"<b>")
        file = TableFile(PagePath("all.xml"), part, b"[", b",", b"]")
        before = {key: f"{key} 1" for key in keys}
        (first,) = write_tables(database.path, Path(folder), [file], frozenset(), pages(before))
        parts = {key: f"<b>{key}" for key in keys}
        assert Path(folder, "all.xml").read_text() == f"[{','.join(parts.values())}]"
        build = Build.start(database, "test", 1, no_progress)
        build.save(TABLE_FILES, Item(file.path, build.fingerprint()), first.layout, Run(1, CHANGED))
        database.commit()
        changed = [key for key in keys if int(key) in edited]
        for key in changed:
            write_file(f"{folder}/{key}/part.xml", f"<!><a>{key} edited".encode())
        after = before | {key: f"{key} 2" for key in changed}
        parts |= {key: f"<b>{key} edited" for key in changed}
        write_tables(database.path, Path(folder), [file], {file.path}, pages(after))
        assert Path(folder, "all.xml").read_text() == f"[{','.join(parts.values())}]"


def _put_pages(database: Database, keys: Sequence[str]) -> None:
    """Save the entries of a task that wrote two files for each document."""
    result, run = msgspec.Raw(encode(None)), Run(1, CHANGED)
    paths = ((f"{key}/index.md", f"{key}/part.xml") for key in keys)
    entries = (Entry("1", b"", each, result, run) for each in paths)
    put_entries(database, "pages", Items.unknown(keys), entries)


def test_a_document_whose_files_are_not_known_means_a_damaged_database(tmp_path: Path) -> None:
    """The next run makes them again."""
    file = TableFile(PagePath("all.xml"), PartFile("pages", "part.xml", b"", b""))
    with open_database(tmp_path / "cache.sqlite") as database:
        _put_pages(database, ["a", "c"])
        database.commit()
        states = {SeedPath("b"): "1"}
        with pytest.raises(DamagedError):
            write_tables(database.path, tmp_path, [file], frozenset(), pages(states))


@pytest.mark.parametrize("field", DocumentParts.__struct_fields__)
def test_short_parts_of_a_document_are_in_one_value(tmp_path: Path, field: str) -> None:
    """Each is found by its name."""
    file = TableFile(PagePath("all"), PartField(field))
    with open_database(tmp_path / "cache.sqlite") as database:
        fields = (name.encode() for name in DocumentParts.__struct_fields__)
        database.put(DOCUMENT_PARTS, [("a", encode(DocumentParts(*fields)))])
        database.commit()
        write_tables(database.path, tmp_path, [file], frozenset(), pages({SeedPath("a"): "1"}))
    assert (tmp_path / "all").read_text() == field
