"""Fingerprints: of a value, of the inputs of an item, of the program, of what is installed."""

from __future__ import annotations

import hashlib
import os
import struct
import sys
import zlib
from collections.abc import Iterable, Iterator
from functools import cache as once
from pathlib import Path
from typing import NamedTuple

from generator.engine.encoding import encode

FINGERPRINT_SIZE = 16
"""Bytes of the fingerprint of a value."""

_SHORT = 4
"""Bytes of the checksum of a single input, which only names what changed: 1 in 10^9 is missed."""


class Fingerprint(NamedTuple):
    """The fingerprint of everything that a result depends on; computed when it is asked for."""

    parts: tuple[bytes, ...]
    """The inputs, each as an encoded value or as its fingerprint."""

    @property
    def value(self) -> str:
        """Decides whether an item is outdated."""
        return hashlib.blake2b(b"".join(self.parts), digest_size=FINGERPRINT_SIZE).hexdigest()

    @property
    def inputs(self) -> bytes:
        """A checksum of each input, which tells only which of them changed."""
        return struct.pack(f">{len(self.parts)}I", *map(zlib.crc32, self.parts))

    def extended(self, *inputs: object) -> Fingerprint:
        """Return the fingerprint of these inputs too."""
        return Fingerprint((*self.parts, *map(encode, inputs)))

    def changed_inputs(self, other: bytes) -> tuple[int, ...]:
        """Return the positions of the inputs whose checksums differ from others."""
        inputs = self.inputs
        starts = range(0, len(inputs), _SHORT) if len(other) == len(inputs) else ()
        return tuple(
            start // _SHORT
            for start in starts
            if inputs[start : start + _SHORT] != other[start : start + _SHORT]
        )


_PACKAGE, _EXTRAS = "seedbed", ("spacy",)
"""This program, and its extras that change what a build makes."""


@once
def program_fingerprint() -> str:
    """Return a fingerprint of this program: of its files, and of the packages that it requires.

    Other packages that are installed do not count. It is computed once: code that was loaded does
    not change when its files do.
    """
    # Imported late, because it loads modules for 0.02 s that background processes do not need.
    from generator.engine.installed_packages import installed_versions, required_versions

    versions = required_versions(_PACKAGE, _EXTRAS) or installed_versions()
    digest = hashlib.sha256(f"{sys.version} {versions}".encode())
    folder = str(Path(__file__).parents[1])
    for path in _files(folder):
        with open(path, "rb") as file:  # noqa: PTH123  (a Path for each doubles the time)
            content = file.read()
        digest.update(f"{path.removeprefix(folder)} {len(content)} ".encode())
        digest.update(content)
    return digest.hexdigest()


def _files(folder: str) -> Iterator[str]:
    """Yield the paths of all files in a folder in a fixed order, except compiled code."""
    for parent, folders, names in os.walk(folder):
        folders.sort()
        yield from (f"{parent}/{name}" for name in sorted(names) if not name.endswith(".pyc"))


@once
def environment_fingerprint() -> str:
    """Return a fingerprint of every installed package, for code that may import any of them.

    Such code is that of plugins, hooks and themes of others, and of spaCy's pipelines.
    """
    from generator.engine.installed_packages import installed_versions  # late, as above

    return hashlib.sha256(f"{sys.version} {installed_versions()}".encode()).hexdigest()


def fingerprint(value: object) -> bytes:
    """Return a fingerprint of any value of the model."""
    return hashlib.blake2b(encode(value), digest_size=FINGERPRINT_SIZE).digest()


def combine(inputs: Iterable[bytes]) -> Fingerprint:
    """Return the fingerprint of inputs, each as an encoded value or as its fingerprint.

    Both have their own ends, so that no two lists of inputs become the same bytes.
    """
    return Fingerprint(tuple(inputs))
