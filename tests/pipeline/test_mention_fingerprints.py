"""Fingerprints of the names in documents: those that are saved are those of a first run."""

from __future__ import annotations

from pathlib import Path

from generator.engine.database_file import open_database
from generator.pipeline.generate import generate
from generator.pipeline.last_run import DATABASE_FILE
from generator.publishing.mkdocs_build import load_project
from tests.support import RELEASED, make_project

SEEDS: dict[str, str | bytes] = {
    "a.txt": "A visit\n\nPedro Castillo met Mary Miller in Lima.\n",
    "b.txt": "A talk\n\nMary Miller thanked Ana Ruiz on Monday.\n",
    "c.txt": "A walk\n\nAna Ruiz left Lima with Pedro Castillo.\n",
}


def saved_after_run(config: Path) -> list[tuple[str, bytes]]:
    """Run, and return what is saved."""
    settings = load_project(config).settings
    generate(settings, RELEASED)
    with open_database(settings.root / DATABASE_FILE) as database:
        return [*database.items("fingerprints of documents")]


def test_what_is_saved_after_edits_is_that_of_a_first_run(tmp_path: Path) -> None:
    """Where names stay, change, and go with their document."""
    seeds = dict(SEEDS)
    config = make_project(tmp_path / "edited", seeds)
    edits: list[dict[str, str | bytes]] = [
        {},
        {"a.txt": "A visit\n\nOn Friday Pedro Castillo met Mary Miller in Lima.\n"},
        {"b.txt": "A talk\n\nMary Miller thanked Luis Arce and Ana Ruiz on Monday.\n"},
        {"corrections.yml": "documents:\n  c.txt:\n    withdrawn:\n      reason: A reason\n"},
    ]
    for edit in edits:
        seeds |= edit
        make_seeds(config.parent, edit)
        saved = saved_after_run(config)
    assert saved == saved_after_run(make_project(tmp_path / "first", seeds))
    assert b"b.txt" in saved[0][1]
    assert not any(b"c.txt" in block for _, block in saved)


def make_seeds(folder: Path, seeds: dict[str, str | bytes]) -> None:
    """Write seeds into a project."""
    for name, text in seeds.items():
        (folder / "seeds" / name).write_bytes(text.encode() if isinstance(text, str) else text)
