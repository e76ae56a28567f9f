"""Our scripts without comments: a quarter of what is sent of them.

Only a comment that has its lines for itself is taken out, so nothing else of a script is read.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

from generator.files import find_files, read_file, write_file
from generator.publishing.page_styles import published_file
from generator.publishing.theme_version import OWN_THEME

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig

_ASSETS = Path("assets")

_COMMENT = re.compile(r"^[ \t]*/\*(?:[^*]|\*(?!/))*\*/[ \t]*\n|^[ \t]*//[^\n]*\n", re.MULTILINE)
"""A comment that begins its first line and ends its last one."""


def write_short_scripts(config: MkDocsConfig) -> None:
    """Write our scripts into the site's folder; a script of the project has its place."""
    for own in find_files(OWN_THEME / _ASSETS, "*.js"):
        path = _ASSETS / own.name
        if published_file(config, path) == own:
            short = without_comment_lines(read_file(own).decode("utf-8"))
            write_file(Path(config.site_dir) / path, short.encode())


def without_comment_lines(script: str) -> str:
    """Return a script without the comments that have lines for themselves."""
    return _COMMENT.sub("", script)
