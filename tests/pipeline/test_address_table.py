"""The table of documents' addresses: what is saved of it is what it has."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from generator.engine.database_file import open_database
from generator.engine.incremental import Build
from generator.engine.workers import no_progress
from generator.model import Address, DocumentAddress, SeedPath
from generator.pipeline.address_table import (
    load_address_table,
    parse_address_table,
    save_address_table,
)
from generator.settings import Settings
from generator.writing.addresses.document_permalinks import dump

Rows = tuple[DocumentAddress, ...]

DAYS = (None, "2026-01-01", "2026-01-02")


def some_rows(chance: random.Random, before: Rows) -> Rows:
    """Return rows of which some are those before; 1,500 are saved as two values."""
    by_seed = {row.seed: row for row in before}
    for number in chance.sample(range(1_600), chance.choice([0, 1, 2, 1_500])):
        seed, address = SeedPath(f"{number}.txt"), Address(f"documents/2021/t-{number}/")
        by_seed[seed] = DocumentAddress(seed, address, (), "0" * 64, chance.choice(DAYS))
    for seed in chance.sample(sorted(by_seed), min(len(by_seed), chance.choice([0, 0, 1, 900]))):
        del by_seed[seed]
    return tuple(row for _, row in sorted(by_seed.items()))


def change_file(chance: random.Random, table: Path) -> None:
    """Change the table as another program may."""
    text = table.read_text("utf-8") if table.exists() else ""
    lines = text.splitlines()
    changed = [
        *(text, text, text, "", "\r\n".join([*lines, ""]), "\n".join([*lines[:-1], ""])),
        text.replace("documents/2021/", "documents/2022/", 1),
        text.replace("\n", "\r\n", 1),
    ]
    table.write_bytes(chance.choice(changed).encode())


@pytest.mark.parametrize("number", range(8))
def test_the_rows_are_those_of_the_file_whoever_changed_it(tmp_path: Path, number: int) -> None:
    """And after a run the file has the rows of the run, with any version of the program."""
    chance = random.Random(number)
    settings, table = Settings(tmp_path, tmp_path / "docs"), tmp_path / "addresses.csv"
    for _ in range(10):
        change_file(chance, table)
        with open_database(tmp_path / "cache.sqlite") as database:
            build = Build.start(database, chance.choice(["1", "1", "2"]), 1, no_progress)
            before = load_address_table(build, settings)
            assert before.rows == parse_address_table(settings)
            rows = some_rows(chance, before.rows)
            if chance.random() < 0.8:  # a preview does not save it
                save_address_table(build, settings, before, rows)
                data = table.read_bytes()
                assert data.replace(b"\r\n", b"\n") == dump(rows)
                assert data.count(b"\r\n") in {0, data.count(b"\n")}
                assert parse_address_table(settings) == rows


def test_a_table_that_nobody_changed_is_neither_parsed_nor_written(tmp_path: Path) -> None:
    """The rows that were saved are taken for those of the file."""
    settings, table = Settings(tmp_path, tmp_path / "docs"), tmp_path / "addresses.csv"
    rows = some_rows(random.Random(1), ())
    with open_database(tmp_path / "cache.sqlite") as database:
        build = Build.start(database, "1", 1, no_progress)
        save_address_table(build, settings, load_address_table(build, settings), rows)
        again = load_address_table(build, settings)
        assert again == (rows, True)
        table.unlink()
        save_address_table(build, settings, again, rows)
        assert not table.exists()
