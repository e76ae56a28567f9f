"""The name of a file as words."""

from __future__ import annotations

import re

_ENCLOSED = re.compile(r"\.(?:eml|msg)/\d+-[^/]+\Z", re.IGNORECASE)
"""The end of the path of a file that is enclosed in a letter."""


def title_of_file(path: str) -> str:
    """Return the name of a file without its extension, or "Untitled" if nothing is left.

    A file that is enclosed in a letter loses the number that the letter gave it.
    """
    file = path.rpartition("/")[2]
    stem, _, extension = file.rpartition(".")
    name = (stem if stem and extension else file).strip(". ") or file
    if _ENCLOSED.search(path):
        name = name.partition("-")[2] or name
    return " ".join(name.replace("_", " ").split()) or "Untitled"
