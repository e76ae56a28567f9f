"""Files that must not become documents: pointers to a text stored elsewhere, and private keys.

They are recognised by their bytes, so that no suffix and no correction can publish them.
"""

from __future__ import annotations

import re
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class RefusedFile:
    """A kind of file that is refused, with the message about it."""

    name: str
    """For the message: "a Git LFS pointer"."""
    code: str
    hint: str
    pattern: re.Pattern[bytes]
    """Matches the first bytes of the file."""
    max_size: int
    """Bytes; a larger file is a text that quotes such a file."""


_LFS = "Run `git lfs pull` in the folder of the repository"
_ANNEX = "Run `git annex get` on it, and then `git annex unlock`"

REFUSED_FILES: tuple[RefusedFile, ...] = (
    RefusedFile(
        "a Git LFS pointer, not the text itself",
        "E005",
        _LFS,
        re.compile(
            rb"version https://(?:git-lfs\.github\.com|hawser\.github\.com)/spec/v1\r?\n"
            rb"(?:[a-z0-9.-]+ [^\r\n]*\r?\n)*?oid sha256:[0-9a-f]{64}\r?\n"
        ),
        1_024,
    ),
    RefusedFile(
        "a git-annex pointer, not the text itself",
        "E005",
        _ANNEX,
        re.compile(rb"[/\\]annex[/\\]objects[/\\][A-Z0-9_]+(?:-[a-zA-Z]\d+)*--\S+\r?(?:\n|\Z)"),
        32_768,
    ),
    RefusedFile(
        "a git-annex link that was saved as a file, not the text itself",
        "E005",
        _ANNEX,
        re.compile(rb"(?:\.\.[/\\])*\.git[/\\]annex[/\\]objects[/\\]\S+\s*\Z"),
        4_096,
    ),
    RefusedFile(
        "a private key",
        "E006",
        "Move it out of the seeds folder; if it was ever published, replace it with a new key",
        re.compile(
            rb"\s*(?:-----BEGIN (?:[A-Z0-9]+ )*PRIVATE KEY(?: BLOCK)?-----\r?\n"
            rb"|PuTTY-User-Key-File-\d: )"
        ),
        65_536,
    ),
)


def detect_refused_file(data: bytes) -> RefusedFile | None:
    """Return the kind of refused file that `data` is; None if it may be a text."""
    body = data.removeprefix(b"\xef\xbb\xbf")
    for kind in REFUSED_FILES:
        if len(data) <= kind.max_size and kind.pattern.match(body):
            return kind
    return None
