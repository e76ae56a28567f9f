"""Pictures: as a reader finds them, and as a page shows them."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

VERSION = 1
"""Changes with the bytes that are made of the same picture, and so does its name."""

_DIGEST_LENGTH = 16


@dataclass(frozen=True, slots=True)
class Crop:
    """How much of a picture its file cuts off at each side, in hundred-thousandths of its size."""

    left: int = 0
    top: int = 0
    right: int = 0
    bottom: int = 0


@dataclass(frozen=True, slots=True)
class FoundPicture:
    """A picture in a file, or the address of one."""

    text: str = ""
    """Its alternative text; empty if the file has none."""
    data: bytes = b""
    """Its bytes; empty if the file only names it."""
    address: str = ""
    """As the file names it, relative to its own folder."""
    crop: Crop = Crop()


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture as a page shows it."""

    name: str
    """Of its file beside the page: a digest of what it was made of, and a suffix; empty as long as
    it is only named."""
    width: int
    """In pixels, as shown."""
    height: int
    text: str = ""
    """Its alternative text."""
    address: str = ""
    """As the seed names it, if it is a file of its own."""
    file: str = ""
    """The path of this file below the seeds folder."""


@dataclass(frozen=True, slots=True)
class DocumentPictures:
    """The pictures on the page of a document."""

    in_text: tuple[Picture, ...] = ()
    """By the numbers that marks have; those without a name are not shown."""
    facsimile: tuple[Picture, ...] = ()
    """Its sheets, in their order."""


def picture_digest(found: FoundPicture) -> str:
    """Return the name of a picture without its suffix: a digest of what it is made of."""
    digest = hashlib.sha256(f"{VERSION} {found.crop}".encode() + found.data)
    return digest.hexdigest()[:_DIGEST_LENGTH]
