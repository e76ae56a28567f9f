"""The version of a project's theme, which is a copy of own_format and may have been changed since.

The scripts of the search read an index that the program writes. In a project that is older than
the program, the scripts may be unable to read it. Then only readers would notice that the search
finds nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from generator.files import read_file
from generator.model import Problem

_OWN_THEME = Path(__file__).parents[1] / "theme"
_CLIENT, _ENGINE = "assets/search.js", "assets/search-engine.js"
_SCHEMA = re.compile(rb"^const SCHEMA = (\d+);", re.MULTILINE)


def incompatible_theme_files(folders: Iterable[Path], root: Path) -> Iterator[Problem]:
    """Yield a problem for each of a project's theme folders whose search reads another format.

    A theme without our search is not checked.
    """
    own_format = _format(_OWN_THEME)
    for folder in folders:
        theme_format = _format(folder)
        if (folder / _CLIENT).is_file() and theme_format != own_format:
            message = (
                f"the search scripts have another version: they read format {theme_format} of"
                f" the index, but it has format {own_format}; readers cannot search"
            )
            hint = (
                "`seedbed new FOLDER` creates a project with the current theme: copy its theme/"
                " and apply your own changes again"
            )
            path = (folder.relative_to(root) if folder.is_relative_to(root) else folder) / _ENGINE
            yield Problem("W061", path.as_posix(), message, hint, severity="warning")


def _format(folder: Path) -> int:
    """Return the index format that a theme's search reads; 0 if it does not say."""
    engine = folder / _ENGINE
    match = _SCHEMA.search(read_file(engine)) if engine.is_file() else None
    return int(match[1]) if match else 0
