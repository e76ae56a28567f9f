"""The theme of a project: a copy of ours, made when the project was begun, and edited since.

The scripts of the search read an index that the program writes. A project that is older than the
program may have scripts that cannot read it; then readers cannot search, and the site's owner does
not notice.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from generator.files import read_file
from generator.model import Problem

THEME_VERSION = 1
"""Raised when a file of the theme is renamed or speaks in another way with the others."""

RENAMED = {
    "colophon.html": "document-footer.html",
    "find.html": "search-box.html",
    "hub.html": "index-page.html",
    "lost.html": "not-found.html",
    "names.html": "entities.html",
    "order.html": "sort.html",
}
"""Templates below partials/ by their names before version 1."""

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
        shown = folder.relative_to(root) if folder.is_relative_to(root) else folder
        if not (folder / _CLIENT).is_file():
            continue
        if theirs == ours:
            yield from _unused_templates(folder, shown)
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
        yield Problem("W061", (shown / name).as_posix(), message, hint, severity="warning")


def _unused_templates(folder: Path, shown: Path) -> Iterator[Problem]:
    """Yield a warning for each template that a renewed copy still has by its old name."""
    for old, new in RENAMED.items():
        if (folder / "partials" / old).is_file():
            message = f"no page uses this template: its name is {new} now"
            hint = f"Move changes of your own to partials/{new}, and delete this file"
            path = (shown / "partials" / old).as_posix()
            yield Problem("W061", path, message, hint, severity="warning")


def _versions(folder: Path) -> dict[str, int]:
    """Return what a theme's search says of its version; themes before 1 say it in the engine."""
    path = next(
        (folder / name for name in (_FORMAT, _OLD_ENGINE) if (folder / name).is_file()), None
    )
    found = _CONSTANT.findall(read_file(path)) if path else []
    return {name.decode(): int(number) for name, number in found}
