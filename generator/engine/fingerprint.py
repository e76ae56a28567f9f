"""Fingerprints: the digest of a value, and of the program itself."""

from __future__ import annotations

import hashlib
import sys
from functools import cache as once
from importlib.metadata import distributions
from pathlib import Path

from generator.engine.entries import encode

FINGERPRINT_SIZE = 16
"""Bytes of a fingerprint."""


@once
def program_fingerprint() -> str:
    """Give a digest of this program: every file of it, and the version of every package.

    It is taken once: what was loaded runs on, whatever becomes of its files.
    """
    versions = sorted(f"{package.name} {package.version}" for package in distributions())
    found = hashlib.sha256(f"{sys.version} {versions}".encode())
    folder = Path(__file__).parents[1]
    for path in sorted(folder.rglob("*")):
        if path.is_file() and path.suffix != ".pyc":
            found.update(f"{path.relative_to(folder).as_posix()} {path.stat().st_size} ".encode())
            found.update(path.read_bytes())
    return found.hexdigest()


def fingerprint(value: object) -> bytes:
    """Give a digest of any value of ours."""
    return hashlib.blake2b(encode(value), digest_size=FINGERPRINT_SIZE).digest()
