"""The word lists of the rules."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator.text import tables

LISTS = Path(tables.__file__).parent / "tables" / "names"


@pytest.mark.parametrize(
    "name", sorted(str(path.relative_to(LISTS)) for path in LISTS.rglob("*.txt"))
)
def test_no_entry_has_spaces_that_no_text_has(name: str) -> None:
    """They are read as they are, so an entry with other spaces would never be found."""
    for section, entries in tables.load_sections(name):
        assert [" ".join(entry.split()) for entry in entries] == entries, section
        assert all(entries), section
