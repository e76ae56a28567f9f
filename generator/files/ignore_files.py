"""What people say in `.seedbedignore` and `.gitignore` files: which files are no seeds.

The patterns are gitignore's, read by `pathspec`. A file holds for its own folder and those below
it, the deeper one first; in a file the last pattern that matches decides, and `!` takes back.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from generator.model import SeedbedError

if TYPE_CHECKING:
    from pathspec.pattern import RegexPattern

SEEDBED = ".seedbedignore"
GIT = ".gitignore"
NAMES = frozenset({SEEDBED, GIT})


@dataclass(frozen=True, slots=True)
class IgnoreFile:
    """The patterns of one file."""

    name: str
    below: str
    """The path of its folder with a slash at the end; empty at the top of the seeds folder."""
    patterns: tuple[RegexPattern, ...]

    def decides(self, path: str) -> bool | None:
        """Whether it leaves a path out; None when it does not say. A folder ends with a slash.

        What lies in a folder that is left out is never asked for, so that a pattern that matches
        a folder above the path says nothing of the path: git does it so.
        """
        # Accents may be written in one character or in two; git knows of that too.
        below = unicodedata.normalize("NFC", path.removeprefix(self.below))
        for pattern in reversed(self.patterns):
            if pattern.regex and _names(pattern.regex, below):
                return pattern.include
        return None


def _names(regex: re.Pattern[str], path: str) -> bool:
    """Whether a pattern matches the path itself, and not only a folder above it."""
    if any(_ends(match, 0) for match in regex.finditer(path.rstrip("/"))):
        return True
    return path.endswith("/") and any(_ends(match, len(path)) for match in regex.finditer(path))


def _ends(match: re.Match[str], end: int) -> bool:
    """Whether the folder that a pattern matches ends here; 0: whether it matches no folder."""
    found = match.groupdict().get(_FOLDER)
    return match.end(_FOLDER) == end if found else end == 0


_FOLDER = "ps_d"
"""The group in which pathspec's regular expressions have the slash at the end of a folder."""


def read_ignore_files(folder: Path, below: str, names: Iterable[str]) -> Iterator[IgnoreFile]:
    """Read those of the files `names` that are ignore files, in the folder `below` the seeds'.

    Raises SeedbedError when one cannot be read or understood: it may name what must stay private.
    """
    for name in sorted(NAMES.intersection(names)):
        path = folder / below / name
        try:
            text = path.read_bytes().decode("utf-8-sig", "surrogateescape")
        except OSError as error:
            hint = "Give yourself the right to read it, or remove it"
            raise SeedbedError(f"{path} cannot be read ({error.strerror})", hint) from error
        composed = unicodedata.normalize("NFC", text)
        lines = enumerate(re.split("\r?\n|\r", composed), start=1)
        patterns = (one for index, line in lines for one in _patterns(path, index, line))
        yield IgnoreFile(name, below, tuple(patterns))


def _patterns(path: Path, number: int, line: str) -> Iterator[RegexPattern]:
    """Read one line; a comment or an empty one has no pattern."""
    from pathspec import GitIgnoreSpec  # here, because few projects need it

    try:
        found: Iterable[RegexPattern] = GitIgnoreSpec.from_lines([line]).patterns
    except (ValueError, re.error) as error:
        message = f"{path}:{number}: this is no pattern of gitignore's, and nobody can tell what it"
        raise SeedbedError(f"{message} leaves out", "Mend the line") from error
    yield from (pattern for pattern in found if pattern.include is not None)
