"""Addresses of pictures in texts: which lead to a file beside the text, and to which one."""

from __future__ import annotations

import posixpath
import re
from urllib.parse import unquote

REMOTE = "pictures on other sites"
"""The kind of pictures that are never fetched."""

_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:|//|\\\\")
_MAX_LENGTH = 1_000


def is_local(address: str) -> bool:
    """Whether an address may be that of a file beside a text; others are never fetched."""
    return 0 < len(address) <= _MAX_LENGTH and not _SCHEME.match(address)


def file_of(address: str, seed: str) -> str | None:
    """Return the path below the seeds folder of a picture that a seed names.

    None if it would lie outside of that folder.
    """
    path = unquote(re.split(r"[?#]", address, maxsplit=1)[0]).replace("\\", "/")
    whole = posixpath.normpath(posixpath.join(posixpath.dirname(seed), path))
    is_inside = not whole.startswith(("/", "../")) and whole not in {"..", "."}
    return whole if is_inside and whole.isprintable() else None
