"""Files that are no text but stand in for one, or must never be one: known by their bytes."""

from __future__ import annotations

import re
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class RefusedFile:
    """A kind of file that is refused, with what to do about it."""

    name: str
    """What the file is: "a pointer of Git LFS"."""
    code: str
    hint: str
    pattern: re.Pattern[bytes]
    """What its bytes begin with."""
    largest: int
    """Bytes; a larger file is a text that speaks of such files."""


_LFS = "Run `git lfs pull` in the folder of the repository"
_ANNEX = "Run `git annex get` on it, and then `git annex unlock`"

REFUSED_FILES: tuple[RefusedFile, ...] = (
    RefusedFile(
        "a pointer of Git LFS, which keeps the text elsewhere",
        "E005",
        _LFS,
        re.compile(
            rb"version https://(?:git-lfs\.github\.com|hawser\.github\.com)/spec/v1\r?\n"
            rb"(?:[a-z0-9.-]+ [^\r\n]*\r?\n)*?oid sha256:[0-9a-f]{64}\r?\n"
        ),
        1_024,
    ),
    RefusedFile(
        "a pointer of git-annex, which keeps the text elsewhere",
        "E005",
        _ANNEX,
        re.compile(rb"[/\\]annex[/\\]objects[/\\][A-Z0-9_]+(?:-[a-zA-Z]\d+)*--\S+\r?(?:\n|\Z)"),
        32_768,
    ),
    RefusedFile(
        "a link of git-annex that became a file, which keeps the text elsewhere",
        "E005",
        _ANNEX,
        re.compile(rb"(?:\.\.[/\\])*\.git[/\\]annex[/\\]objects[/\\]\S+\s*\Z"),
        4_096,
    ),
    RefusedFile(
        "a private key",
        "E006",
        "Move it out of the seeds folder; if it was ever published, make a new one",
        re.compile(
            rb"\s*(?:-----BEGIN (?:[A-Z0-9]+ )*PRIVATE KEY(?: BLOCK)?-----\r?\n"
            rb"|PuTTY-User-Key-File-\d: )"
        ),
        65_536,
    ),
)


def detect_refused_file(data: bytes) -> RefusedFile | None:
    """Return what a file's bytes are instead of a text; None when they may be a text."""
    body = data.removeprefix(b"\xef\xbb\xbf")
    found = (one for one in REFUSED_FILES if len(data) <= one.largest and one.pattern.match(body))
    return next(found, None)
