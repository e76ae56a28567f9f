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
    """Matches the first bytes of the file, or bytes at any position."""
    max_size: int
    """Bytes; a larger file is a text that quotes such a file."""
    anywhere: bool = False
    """Whether the pattern may match at any position."""

    def matches(self, body: bytes) -> bool:
        """Whether a file with these bytes, without a byte order mark, is of this kind."""
        find = self.pattern.search if self.anywhere else self.pattern.match
        return len(body) <= self.max_size and find(body) is not None


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
            rb"[\s>]*+(?:-----BEGIN (?:[A-Z0-9]+ )*PRIVATE KEY(?: BLOCK)?-----\r?\n"
            rb"|---- BEGIN SSH2 (?:[A-Z]+ )?PRIVATE KEY ----\r?\n|PuTTY-User-Key-File-\d: )"
        ),
        65_536,
    ),
    RefusedFile(
        "a text with a private key in it",
        "E006",
        "Take the key out, or move the file out of the seeds folder; if it was ever published,"
        " make a new one",
        re.compile(
            rb"-----BEGIN (?:[A-Z0-9]{1,20} ){0,4}PRIVATE KEY(?: BLOCK)?-----[\s>|#*]*+"
            rb"(?:[\w-]++: [^\r\n]*+[\s>|#*]*+){0,6}[A-Za-z0-9+/]{40}"
            rb"|\bAGE-SECRET-KEY-1[0-9A-Z]{50}"
        ),
        100_000_000,
        anywhere=True,
    ),
    RefusedFile(
        "a list of a program's settings, with passwords or keys",
        "E006",
        "Move it out of the seeds folder; if it was ever published, make new passwords and keys",
        re.compile(
            rb"(?s:(?=.*?(?:KEY|TOKEN|SECRET|PASS|PWD|CREDENTIAL)[A-Z0-9_]{0,40}[ \t]?=))"
            rb"\s*+(?:(?:[#;][^\r\n]*+|(?:export )?[A-Z][A-Z0-9_]*+[ \t]?=[^\r\n]*+)\s*+)++\Z"
        ),
        65_536,
    ),
)


def detect_refused_file(data: bytes) -> RefusedFile | None:
    """Return the kind of refused file that `data` is; None if it may be a text."""
    body = data.removeprefix(b"\xef\xbb\xbf")
    if b"\0" in body[:64]:  # two or four bytes for each character
        body = body.removeprefix(b"\xff\xfe").removeprefix(b"\xfe\xff").replace(b"\0", b"")
    return next((kind for kind in REFUSED_FILES if kind.matches(body)), None)
