"""The templates of a theme without the folders of which MkDocs copies nothing.

Material has 11,000 icons in a hidden folder. MkDocs lists them in each build, to leave them out.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from jinja2 import FileSystemLoader

if TYPE_CHECKING:
    import jinja2
    from mkdocs.theme import Theme


class VisibleTemplates(FileSystemLoader):
    """Loads every template, but lists none in a hidden folder."""

    def list_templates(self) -> list[str]:
        """Return the paths of all templates outside of hidden folders, sorted."""
        return sorted({name for folder in self.searchpath for name in _visible(folder)})


def _visible(folder: str) -> Iterator[str]:
    for path, folders, names in os.walk(folder):
        folders[:] = [name for name in folders if not name.startswith(".")]
        for name in names:
            yield Path(path, name).relative_to(folder).as_posix()


def hide_icons(theme: Theme) -> None:
    """Have the environments of a theme list no hidden templates."""
    make: Any = theme.get_env

    def get_env() -> jinja2.Environment:
        env: jinja2.Environment = make()
        env.loader = VisibleTemplates(theme.dirs)
        return env

    theme.get_env = get_env  # type: ignore[method-assign]
