"""Names of parts: safe as the end of a path, different from each other, and of a kind to read."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from pathlib import PurePosixPath

from generator.model.readings import Part
from generator.reading.formats.detect import PICTURES, has_reader
from generator.reading.formats.omissions import Omissions

_MAX_NAME = 120
"""Characters of a name; longer ones are no file's on any system."""

_UNSAFE = re.compile(r'[\x00-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2066-\u2069<>:"|?*\\]+')
_TEXT = frozenset({".txt", ".text", ""})


def safe_name(name: str) -> str:
    """Return the last part of a file's name without characters that mean something in a path."""
    words = unicodedata.normalize("NFC", name.replace("\\", "/")).rpartition("/")[2]
    words = " ".join(_UNSAFE.sub(" ", words).split()).strip(". ")
    stem, dot, suffix = words.rpartition(".")
    if len(words) > _MAX_NAME and stem and len(suffix) < 10:
        return f"{stem[: _MAX_NAME - len(suffix)]}{dot}{suffix}"
    return words[:_MAX_NAME]


def name_for_rules(name: str) -> str:
    """Return a safe name with the dot at its beginning, if it has one, because it hides a file."""
    last = name.replace("\\", "/").rpartition("/")[2]
    return ("." if last.startswith(".") else "") + safe_name(last)


def readable_parts(
    parts: Iterable[Part], omissions: Omissions, pictures: frozenset[str] = frozenset()
) -> Iterator[Part]:
    """Yield the parts that can be documents, each under a name of its own; count the others.

    `pictures` are the suffixes of pictures that are yielded too, because documents may show them.
    """
    taken: dict[str, int] = {}
    for part in parts:
        suffix = PurePosixPath(part.name).suffix.lower()
        if suffix in PICTURES and suffix not in pictures:
            omissions.count("pictures")
        elif suffix in _TEXT or suffix in pictures or has_reader(part.name):
            yield Part(_different(part.name, taken), part.data)
        else:
            omissions.count("files of other kinds")


def _different(name: str, taken: dict[str, int]) -> str:
    """Return a name that no other part has; `taken` are the names until now, with their counts."""
    path, own = PurePosixPath(name), name
    while own in taken:
        taken[name] += 1
        own = f"{path.with_suffix('')} ({taken[name]}){path.suffix}"
    taken[own] = 1
    return own
