"""The program `tesseract`, which recognises the words in a picture, where the system has it."""

from __future__ import annotations

import os
import re
import shutil
import subprocess

import msgspec

_SECONDS = 120
"""For a page; one with 300 dots an inch takes two to four seconds."""

_VERSION = re.compile(rb"tesseract v?([\w.-]{1,40})")


class Tesseract(msgspec.Struct, frozen=True):
    """The installed program, and the languages that it is asked to read."""

    path: str
    version: str
    languages: str
    """As its option takes them: `eng+deu`."""
    missing: tuple[str, ...] = ()
    """Languages of which it has no data."""

    @property
    def name(self) -> str:
        """The program and the languages, on which the words depend."""
        return f"tesseract {self.version}, {self.languages}"

    def recognize(self, picture: bytes) -> bytes | None:
        """Return the words of a picture as rows of tab-separated values; None if it fails."""
        return _output([self.path, "stdin", "stdout", "-l", self.languages, "tsv"], picture)


def find_tesseract(languages: str) -> Tesseract | None:
    """Return the program if the system has it."""
    path = shutil.which("tesseract")
    if path is None:
        return None
    match = _VERSION.search(_output([path, "--version"]) or b"")
    known = (_output([path, "--list-langs"]) or b"").decode(errors="replace").split()
    missing = tuple(name for name in languages.split("+") if name not in known)
    return Tesseract(path, match[1].decode() if match else "?", languages, missing)


def recognition_key(ocr: str | None) -> str:
    """Return what recognised words depend on; empty if no program recognises any."""
    program = find_tesseract(ocr) if ocr else None
    return program.name if program and not program.missing else ""


def _output(command: list[str], data: bytes = b"") -> bytes | None:
    try:
        done = subprocess.run(  # noqa: S603  (a program of the system, and no words of a seed)
            command,
            input=data,
            capture_output=True,
            timeout=_SECONDS,
            check=False,
            env={**os.environ, "OMP_THREAD_LIMIT": "1"},
        )
    except (OSError, subprocess.SubprocessError):
        return None
    return done.stdout or done.stderr if done.returncode == 0 else None
