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

THEME_VERSION = 1
"""Raised when a file of the theme is renamed or speaks in another way with the others."""

_OURS = Path(__file__).parents[1] / "theme"
_CLIENT, _FORMAT, _OLD_ENGINE = (
    "assets/search.js",
    "assets/search-format.js",
    "assets/search-engine.js",
)
_CONSTANT = re.compile(rb"^(?:export )?const (SCHEMA|THEME_VERSION) = (\d+);", re.MULTILINE)


def incompatible_theme_files(folders: Iterable[Path], root: Path) -> Iterator[Problem]:
    """Yield a warning for each of a project's own theme folders that is a copy of another version.

    A theme without our search is its author's own and is not checked.
    """
    ours = _versions(_OURS)
    for folder in folders:
        theirs = _versions(folder)
        if not (folder / _CLIENT).is_file() or theirs == ours:
            continue
        if theirs.get("SCHEMA") != ours["SCHEMA"]:
            message = (
                f"the scripts of the search are of another version: they read format"
                f" {theirs.get('SCHEMA', 0)} of the index, and it is written in format"
                f" {ours['SCHEMA']}; readers cannot search"
            )
        else:
            message = (
                f"the theme is a copy of version {theirs.get('THEME_VERSION', 0)}, and this"
                f" program has version {ours['THEME_VERSION']}, in which files have other names;"
                " the copy works, but without what was corrected since"
            )
        hint = (
            "`seedbed new FOLDER` makes a project with the theme that fits: copy theme/"
            " from there, and take over changes of your own"
        )
        name = _FORMAT if (folder / _FORMAT).is_file() else _OLD_ENGINE
        path = (folder.relative_to(root) if folder.is_relative_to(root) else folder) / name
        yield Problem("W061", path.as_posix(), message, hint, severity="warning")


def _versions(folder: Path) -> dict[str, int]:
    """Return what a theme's search says of its version; themes before 1 say it in the engine."""
    path = next(
        (folder / name for name in (_FORMAT, _OLD_ENGINE) if (folder / name).is_file()), None
    )
    found = _CONSTANT.findall(read_file(path)) if path else []
    return {name.decode(): int(number) for name, number in found}
