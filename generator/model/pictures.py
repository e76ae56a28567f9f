"""Pictures: as a reader finds them, and as a page shows them."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from itertools import islice

import msgspec

VERSION = 1
"""To be raised when the same picture is encoded as other bytes, so that its name changes too."""

SUFFIXES = frozenset({".bmp", ".gif", ".jpeg", ".jpg", ".png", ".tif", ".tiff", ".webp"})
"""Of picture files that a page can show."""

_DIGEST_LENGTH = 16


class Crop(msgspec.Struct, frozen=True):
    """How much of a picture its file cuts off at each side, in hundred-thousandths of its size."""

    left: int = 0
    top: int = 0
    right: int = 0
    bottom: int = 0


class FoundPicture(msgspec.Struct, frozen=True):
    """A picture in a file, or the address of one."""

    text: str = ""
    """Its alternative text; as in HTML, an empty one belongs to a picture without words."""
    data: bytes = b""
    """Its bytes; empty if the file only names it."""
    address: str | None = None
    """As the file names it, relative to its own folder; None if the file holds it."""
    crop: Crop = Crop()


class Picture(msgspec.Struct, frozen=True):
    """A picture as a page shows it."""

    name: str | None
    """Of its file beside the page: a digest of what it was made of, and a suffix. None as long as
    only its address is known."""
    width: int
    """In pixels, as shown."""
    height: int
    text: str = ""
    """Its alternative text."""
    address: str | None = None
    """As the seed names it, if it is a file of its own."""
    file: str | None = None
    """The path of this file below the seeds folder."""

    @property
    def file_name(self) -> str:
        """The name of its file; raises ValueError if it has none."""
        if self.name is None:
            raise ValueError(f"{self.address} has no file on the page")
        return self.name


class MeasuredPicture(msgspec.Struct, frozen=True):
    """A picture file as a page shows it, or why it cannot be shown."""

    picture: Picture | None = None
    reason: str | None = None


class Sheets(msgspec.Struct, frozen=True):
    """Pages of the same size that follow each other, as nearly all of a PDF do."""

    count: int
    width: int
    """In points."""
    height: int


class DocumentPictures(msgspec.Struct, frozen=True):
    """The pictures on the page of a document."""

    in_text: tuple[Picture, ...] = ()
    """By the numbers that marks have; those without a name are not shown."""
    facsimile: tuple[Picture, ...] = ()
    """Its sheets, in their order."""
    thumbnail: Picture | None = None
    """The first page of a PDF, if its sheets are not shown."""

    @property
    def all(self) -> tuple[Picture, ...]:
        """Return every picture that has a file."""
        others = () if self.thumbnail is None else (self.thumbnail,)
        return tuple(filter(_has_file, (*self.in_text, *self.facsimile, *others)))


def _has_file(picture: Picture) -> bool:
    return picture.name is not None


SHEET_SIDE = 1_600
"""Pixels of the longer side of a sheet; letters of eight points are then 18 pixels high."""

THUMBNAIL_SIDE = 320
"""Pixels of the longer side of a thumbnail."""

MAX_SHEETS = 120
"""Most pages of a facsimile; the page of a document has at most 20 kB of HTML besides its words."""


def sheet_pictures(digest: str, sheets: Sequence[Sheets], side: int, limit: int) -> list[Picture]:
    """Return the first pages of a PDF, at most `limit`, as pictures.

    `digest` is that of the file, `side` the pixels of the longer side of a picture.
    """
    sizes = (size for size in sheets for _ in range(min(size.count, limit)))
    return [_sheet(digest, number, size, side) for number, size in enumerate(islice(sizes, limit))]


def _sheet(digest: str, number: int, size: Sheets, side: int) -> Picture:
    words = f"{VERSION} {digest} {number} {side}"
    name = hashlib.sha256(words.encode()).hexdigest()[:_DIGEST_LENGTH]
    scale = side / max(size.width, size.height, 1)
    width, height = (max(1, round(points * scale)) for points in (size.width, size.height))
    return Picture(f"{name}.jpg", width, height)


def picture_digest(found: FoundPicture) -> str:
    """Return the name of a picture without its suffix: a digest of what it is made of."""
    digest = hashlib.sha256(f"{VERSION} {found.crop}".encode() + found.data)
    return digest.hexdigest()[:_DIGEST_LENGTH]
