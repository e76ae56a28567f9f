"""The name of a file as words."""

from __future__ import annotations

import re
from pathlib import PurePosixPath

_ENCLOSED = re.compile(r"\.(?:eml|msg)/\d+-[^/]+\Z", re.IGNORECASE)
"""The end of the path of a file that is enclosed in a letter."""


def title_of_file(path: str) -> str:
    """Return the name of a file without its extension, or "Untitled" if nothing is left.

    A file that is enclosed in a letter loses the number that the letter gave it.
    """
    name = PurePosixPath(path).stem.strip(". ") or PurePosixPath(path).name
    if _ENCLOSED.search(path):
        name = name.partition("-")[2] or name
    return re.sub(r"[\s_]+", " ", name).strip() or "Untitled"
