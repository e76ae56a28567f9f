"""The theme: ours, and the version of a copy that a project may have edited.

The scripts of the search read an index that the program writes. A project that is older than the
program may have scripts that cannot read it; then readers cannot search, and the site's owner does
not notice.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from generator.files import read_file
from generator.model import Problem

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig

THEME_VERSION = 1
"""Increased when a file of the theme is renamed or its interface to other files changes."""

RENAMED = {
    "colophon.html": "document-footer.html",
    "find.html": "search-box.html",
    "hub.html": "index-page.html",
    "lost.html": "not-found.html",
    "names.html": "entities.html",
    "order.html": "sort.html",
}
"""Templates below partials/: names before version 1 to current names."""

OWN_THEME = Path(__file__).parents[1] / "theme"
_CLIENT, _FORMAT, _OLD_ENGINE = (
    "assets/search.js",
    "assets/search-format.js",
    "assets/search-engine.js",
)
_CONSTANT = re.compile(rb"^(?:export )?const (SCHEMA|THEME_VERSION) = (\d+);", re.MULTILINE)


def add_theme(config: MkDocsConfig) -> None:
    """Add our theme between the project's own files and those of Material.

    So a project needs no copy of it, and each file that it has wins. Only of a copy of another
    version, our files win: with its templates, pages would lack what this version takes out of the
    texts, and these documents would not be published.
    """
    folders = config.theme.dirs
    own, custom = str(OWN_THEME), config.theme.custom_dir
    if config.theme.name == "material" and own not in folders:
        wins = custom is not None and not _is_other_version(Path(custom))
        folders.insert(int(wins), own)


def _is_other_version(folder: Path) -> bool:
    """Whether a folder is a copy of our theme of another version."""
    return (folder / _CLIENT).is_file() and _versions(folder) != _versions(OWN_THEME)


def incompatible_theme_files(folders: Iterable[Path], root: Path) -> Iterator[Problem]:
    """Yield a warning for each of a project's own theme folders that is a copy of another version.

    A theme without our search is not checked.
    """
    for folder in folders:
        shown = folder.relative_to(root) if folder.is_relative_to(root) else folder
        if not (folder / _CLIENT).is_file():
            continue
        if not _is_other_version(folder):
            yield from _unused_templates(folder, shown)
            continue
        message = (
            "this is a copy of the theme of another version of the program;"
            " of each file that the program has too, that of the program is used"
        )
        hint = (
            "Delete the files that you did not change: the program brings the theme; for the others"
            " copy the current ones with `seedbed theme eject` and apply your changes again"
        )
        name = _FORMAT if (folder / _FORMAT).is_file() else _OLD_ENGINE
        yield Problem("W061", (shown / name).as_posix(), message, hint, severity="warning")


def _unused_templates(folder: Path, shown: Path) -> Iterator[Problem]:
    """Yield a warning for each template that a renewed copy still has by its old name."""
    for old, new in RENAMED.items():
        if (folder / "partials" / old).is_file():
            message = f"no page uses this template, which is now named {new}"
            hint = f"Move your own changes to partials/{new}, and delete this file"
            path = (shown / "partials" / old).as_posix()
            yield Problem("W061", path, message, hint, severity="warning")


def _versions(folder: Path) -> dict[str, int]:
    """Return the versions in a theme's search scripts; before version 1 they are in the engine."""
    path = next(
        (folder / name for name in (_FORMAT, _OLD_ENGINE) if (folder / name).is_file()), None
    )
    constants = _CONSTANT.findall(read_file(path)) if path else []
    return {name.decode(): int(number) for name, number in constants}
