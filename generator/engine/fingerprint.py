"""Fingerprints: the digest of a value, of the program, and of everything that is installed."""

from __future__ import annotations

import hashlib
import sys
from functools import cache as once
from importlib.metadata import distributions
from pathlib import Path

from generator.engine.entries import encode
from generator.engine.installed_packages import all_versions, required_versions

FINGERPRINT_SIZE = 16
"""Bytes of the fingerprint of a value."""

_PACKAGE, _EXTRAS = "seedbed", ("spacy",)
"""This program, and its extras that change what a build makes."""


@once
def program_fingerprint() -> str:
    """Return a fingerprint of this program: of its files, and of the packages that it requires.

    Other packages that are installed do not count. It is computed once: code that was loaded does
    not change when its files do.
    """
    installed = list(distributions())
    versions = required_versions(_PACKAGE, _EXTRAS, installed) or all_versions(installed)
    digest = hashlib.sha256(f"{sys.version} {versions}".encode())
    folder = Path(__file__).parents[1]
    for path in sorted(folder.rglob("*")):
        if path.is_file() and path.suffix != ".pyc":
            digest.update(f"{path.relative_to(folder).as_posix()} {path.stat().st_size} ".encode())
            digest.update(path.read_bytes())
    return digest.hexdigest()


@once
def environment_fingerprint() -> str:
    """Return a fingerprint of every installed package, for code that may import any of them.

    Such code is that of plugins, hooks and themes of others, and of spaCy's pipelines.
    """
    versions = all_versions(distributions())
    return hashlib.sha256(f"{sys.version} {versions}".encode()).hexdigest()


def fingerprint(value: object) -> bytes:
    """Return a fingerprint of any value of the model."""
    return hashlib.blake2b(encode(value), digest_size=FINGERPRINT_SIZE).digest()
