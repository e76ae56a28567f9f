"""Words that the rules look things up in: files in `tables/`, made by `tools/make_*.py`."""

from __future__ import annotations

from functools import cache
from importlib import resources


@cache
def load_lines(name: str) -> frozenset[str]:
    """Give the different lines of a table."""
    return frozenset(load_text(name).split("\n"))


def load_text(name: str) -> str:
    """Give a table as it stands in its file."""
    package = resources.files("generator.text")
    return package.joinpath("tables", name).read_bytes().decode()
