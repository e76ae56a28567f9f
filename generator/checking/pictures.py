"""The check of pictures: each is on the page and in the site, and tells nothing but what it shows.

Files are parsed here by their own formats, not by the library that wrote them.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator, Sequence

import msgspec

from generator.model.pictures import FoundPicture, Picture, picture_digest

_SIGNATURE = b"\x89PNG\r\n\x1a\n"
_PNG_CHUNKS = frozenset({b"IHDR", b"PLTE", b"IDAT", b"IEND"})

_JPEG_FRAMES = frozenset({0xC0, 0xC1, 0xC2})
"""Markers of the segment with the size."""

_JPEG_SEGMENTS = frozenset({0xDB, 0xC4, 0xDD, 0xE0}) | _JPEG_FRAMES
"""Markers of tables, the size and the header of JFIF; all others may hold what nobody sees."""

_SCAN = 0xDA
"""The marker before the picture itself."""


class PictureFile(msgspec.Struct, frozen=True):
    """What the bytes of a picture say."""

    width: int
    height: int
    has_other_data: bool
    """Whether there is more in it than the picture: a place, a camera, a smaller copy."""


def picture_faults(
    shown: Sequence[Picture], recorded: Sequence[Picture], found: Sequence[str]
) -> Iterator[str]:
    """Yield how the pictures of a page differ from those of its seed.

    `found` are the names of the pictures that the seed itself holds, as it was read again.
    """
    for number, picture in enumerate(recorded):
        if number >= len(shown) or _visible(shown[number]) != _visible(picture):
            yield f"the picture {picture.name} is not shown as it should be"
    if len(shown) > len(recorded):
        yield f"the picture {shown[len(recorded)].name} is not in the seed"
    own = [picture.file_name for picture in recorded if not picture.file]
    if sorted(own) != sorted(found):
        yield f"{len(own)} pictures are shown of the {len(found)} in the seed"


def file_faults(picture: Picture, data: bytes | None) -> Iterator[str]:
    """Yield what is wrong with the file of a picture in the site."""
    parsed = parse_picture(data) if data else None
    if parsed is None:
        yield f"the picture {picture.name} is not in the site"
    elif parsed.has_other_data:
        yield f"the picture {picture.name} holds more than what it shows"
    elif (parsed.width, parsed.height) != (picture.width, picture.height):
        yield f"the picture {picture.name} has another size"


def is_of_file(picture: Picture, data: bytes) -> bool:
    """Whether a picture was made of a file with these bytes."""
    return picture.file_name.partition(".")[0] == picture_digest(FoundPicture(data=data))


def parse_picture(data: bytes) -> PictureFile | None:
    """Return what a JPEG or PNG file says; None for anything else."""
    try:
        return _parse_png(data) if data.startswith(_SIGNATURE) else _parse_jpeg(data)
    except (struct.error, IndexError):
        return None


def _parse_png(data: bytes) -> PictureFile:
    width, height = struct.unpack(">II", data[16:24])
    position, kinds = len(_SIGNATURE), set[bytes]()
    while position < len(data):
        size, kind = struct.unpack(">I4s", data[position : position + 8])
        kinds.add(kind)
        position += size + 12
    return PictureFile(width, height, not kinds <= _PNG_CHUNKS or position != len(data))


def _parse_jpeg(data: bytes) -> PictureFile | None:
    if data[:2] != b"\xff\xd8":
        return None
    position, markers, width, height = 2, set[int](), 0, 0
    while data[position + 1] != _SCAN:
        marker, size = struct.unpack(">xBH", data[position : position + 4])
        markers.add(marker)
        if marker in _JPEG_FRAMES:
            height, width = struct.unpack(">HH", data[position + 5 : position + 9])
        position += size + 2
    return PictureFile(width, height, not markers <= _JPEG_SEGMENTS or data[-2:] != b"\xff\xd9")


def _visible(picture: Picture) -> Picture:
    """Return what a page can say of a picture."""
    return Picture(picture.name, picture.width, picture.height, " ".join(picture.text.split()))
