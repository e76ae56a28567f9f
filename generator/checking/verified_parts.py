"""Parts of data files that passed an earlier check: a build reads again only what changed.

A file of the whole corpus changes with every seed, and nearly all of its parts, one for each
document, stay as they were. A part is valid while its bytes and the words on the page are the same.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from generator.engine.encoding import decoder, encode
from generator.engine.incremental import Build
from generator.model import SeedPath

_TABLE = "verified parts of data"
_DIGEST_SIZE = 16
"""Bytes: two parts of one corpus never have the same digest by chance."""


class _Part(NamedTuple):
    """The document of a part, and the hash of the words on its page."""

    source: SeedPath
    text: bytes


class _Saved(NamedTuple):
    """The parts of a file that were valid, by their digests; for one version of the program."""

    program: bytes
    parts: dict[bytes, _Part]


@dataclass(frozen=True, slots=True)
class VerifiedParts:
    """The parts of one data file."""

    texts: Mapping[SeedPath, bytes]
    """The hash of the words on each page."""
    saved: Mapping[bytes, _Part] = field(default_factory=dict)
    found: dict[bytes, _Part] = field(default_factory=dict)
    """Those that are valid now."""

    def source(self, data: bytes, check: Callable[[bytes], SeedPath]) -> SeedPath:
        """Return the document of a part, which `check` reads unless it was valid before."""
        digest = hashlib.blake2b(data, digest_size=_DIGEST_SIZE).digest()
        part = self.saved.get(digest)
        if part is None or self.texts.get(part.source) != part.text:
            source = check(data)
            part = _Part(source, self.texts[source])
        self.found[digest] = part
        return part.source


def load_parts(build: Build, name: str, texts: Mapping[SeedPath, bytes]) -> VerifiedParts:
    """Return the parts of a file that were valid in the last build with this program."""
    data = build.database.get(_TABLE, name)
    saved = decoder(_Saved).decode(data) if data else None
    is_current = saved is not None and saved.program == build.program
    return VerifiedParts(texts, saved.parts if saved and is_current else {})


def save_parts(build: Build, name: str, parts: VerifiedParts) -> None:
    """Save the parts of a file that are valid now, if there are others than before."""
    if parts.found != parts.saved:
        build.database.put(_TABLE, [(name, encode(_Saved(build.program, parts.found)))])
