"""Fingerprints: the digest of a value, and of the program itself."""

from __future__ import annotations

import hashlib
import sys
from functools import cache as once
from importlib.metadata import distributions
from pathlib import Path

from generator.engine.entries import encode

FINGERPRINT_SIZE = 16
"""Bytes of the fingerprint of a value."""


@once
def program_fingerprint() -> str:
    """Return a fingerprint of this program: of its files, and of the version of every package.

    It is computed once: code that was loaded does not change when its files do.
    """
    versions = sorted(f"{package.name} {package.version}" for package in distributions())
    digest = hashlib.sha256(f"{sys.version} {versions}".encode())
    folder = Path(__file__).parents[1]
    for path in sorted(folder.rglob("*")):
        if path.is_file() and path.suffix != ".pyc":
            digest.update(f"{path.relative_to(folder).as_posix()} {path.stat().st_size} ".encode())
            digest.update(path.read_bytes())
    return digest.hexdigest()


def fingerprint(value: object) -> bytes:
    """Return a fingerprint of any value of the model."""
    return hashlib.blake2b(encode(value), digest_size=FINGERPRINT_SIZE).digest()
