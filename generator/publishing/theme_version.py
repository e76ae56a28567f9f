"""The theme of a project: a copy of ours, made when the project was begun, and people's own since.

The scripts of the search read an index that the program makes. A project that is older than the
program may have scripts that cannot read it; then readers search in vain, and only they see it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from generator.files import read_file
from generator.model import Problem

_OURS = Path(__file__).parents[1] / "theme"
_CLIENT, _ENGINE = "assets/search.js", "assets/search-engine.js"
_SCHEMA = re.compile(rb"^const SCHEMA = (\d+);", re.MULTILINE)


def incompatible_theme_files(folders: Iterable[Path], root: Path) -> Iterator[Problem]:
    """Tell which of a project's own theme folders search an index of another format than ours.

    A theme without our search is no matter of ours.
    """
    ours = _format(_OURS)
    for folder in folders:
        theirs = _format(folder)
        if (folder / _CLIENT).is_file() and theirs != ours:
            message = (
                f"the scripts of the search are of another version: they read format {theirs} of"
                f" the index, and it is made in format {ours}; readers cannot search"
            )
            hint = (
                "`seedbed new FOLDER` makes a project with the theme that fits: copy theme/"
                " from there, and take over changes of your own"
            )
            path = (folder.relative_to(root) if folder.is_relative_to(root) else folder) / _ENGINE
            yield Problem("W061", path.as_posix(), message, hint, severity="warning")


def _format(folder: Path) -> int:
    """Give the format of the index that a theme's search reads; 0 where it does not say."""
    engine = folder / _ENGINE
    match = _SCHEMA.search(read_file(engine)) if engine.is_file() else None
    return int(match[1]) if match else 0
