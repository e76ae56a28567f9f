"""The `.seedbedignore` and `.gitignore` files of users: which files are not seeds.

Their patterns are those of Git, matched by `pathspec`. An ignore file applies to its own folder
and those below it; the deeper file wins. In a file the last pattern that matches decides, and
`!` negates a pattern.
"""

from __future__ import annotations

import codecs
import re
import unicodedata
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from generator.files.atomic import read_file
from generator.model import SeedbedError

if TYPE_CHECKING:
    from pathspec.pattern import RegexPattern

SEEDBED = ".seedbedignore"
GIT = ".gitignore"
NAMES = frozenset({SEEDBED, GIT})


class IgnoreFile(msgspec.Struct, frozen=True):
    """The patterns of one file."""

    name: str
    below: str
    """The path of its folder with a slash at the end; empty for the seeds folder itself."""
    patterns: tuple[RegexPattern, ...]

    def decides(self, path: str) -> bool | None:
        """Whether it ignores a path; None if no pattern matches. A folder ends with a slash.

        Files in an ignored folder are never looked up, so a pattern that matches a folder above
        the path says nothing about the path. Git does the same.
        """
        # An accented letter may be one character or two; Git treats both as equal.
        below = unicodedata.normalize("NFC", path.removeprefix(self.below))
        for pattern in reversed(self.patterns):
            if pattern.regex and _matches(pattern.regex, below):
                return pattern.include
        return None


def _matches(regex: re.Pattern[str], path: str) -> bool:
    """Whether a pattern matches the path itself, not only a folder above it."""
    if any(_ends(match, 0) for match in regex.finditer(path.rstrip("/"))):
        return True
    return path.endswith("/") and any(_ends(match, len(path)) for match in regex.finditer(path))


def _ends(match: re.Match[str], end: int) -> bool:
    """Whether the folder in a match ends at `end`; 0 asks whether no folder was matched."""
    folder = match.groupdict().get(_FOLDER)
    return match.end(_FOLDER) == end if folder else end == 0


_FOLDER = "ps_d"
"""The group of pathspec's regular expressions that matches the slash after a folder."""


def read_ignore_files(folder: Path, below: str, names: Iterable[str]) -> Iterator[IgnoreFile]:
    """Read the ignore files among the files `names` of the folder `below` the seeds folder.

    Raises SeedbedError when one cannot be read or parsed: it may name private files.
    """
    for name in sorted(NAMES.intersection(names)):
        path = folder / below / name
        composed = unicodedata.normalize("NFC", _read_text(path))
        lines = enumerate(re.split("\r?\n|\r", composed), start=1)
        patterns = (pattern for index, line in lines for pattern in _patterns(path, index, line))
        yield IgnoreFile(name, below, tuple(patterns))


def _read_text(path: Path) -> str:
    """Return the text of an ignore file: UTF-8, or UTF-16 as programs on Windows write it."""
    try:
        data = read_file(path)
    except OSError as error:
        hint = "Make it readable, or remove it"
        raise SeedbedError(f"{path} cannot be read ({error.strerror})", hint) from error
    is_utf16 = data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    try:
        text = data.decode("utf-16") if is_utf16 else data.decode("utf-8-sig", "surrogateescape")
    except UnicodeDecodeError:
        text = "\0"
    if "\0" in text:
        message = f"{path} is not a text in UTF-8, so it is unknown what it leaves out"
        raise SeedbedError(message, "Save it as UTF-8")
    return text


def _patterns(path: Path, number: int, line: str) -> Iterator[RegexPattern]:
    """Yield the pattern of a line; a comment or an empty line has none."""
    from pathspec import GitIgnoreSpec  # imported here because few projects need it

    try:
        patterns: Iterable[RegexPattern] = GitIgnoreSpec.from_lines([line]).patterns
    except (ValueError, re.error) as error:
        message = f"{path}:{number}: this is not a valid gitignore pattern"
        raise SeedbedError(message, "Correct the line") from error
    yield from (pattern for pattern in patterns if pattern.include is not None)
