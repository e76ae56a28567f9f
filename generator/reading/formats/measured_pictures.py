"""The pictures of a reading as pages show them; those that cannot be shown are reported."""

from __future__ import annotations

from collections import Counter

from msgspec.structs import replace

from generator.model.origins import Omission
from generator.model.pictures import FoundPicture, Picture
from generator.model.readings import Reading, ReadWarning
from generator.reading.formats.picture_marks import shown_pictures, without_pictures
from generator.reading.pictures import (
    UnusablePictureError,
    encode_picture,
    measure_picture,
)

_TINY = "it is smaller than a letter"
_MAX_ENCODED = 500_000_000
"""Bytes of all encoded pictures of one file."""


def with_measured_pictures(reading: Reading) -> Reading:
    """Return a reading whose pictures have names and sizes, and none that cannot be shown."""
    if not reading.found:
        return reading
    pictures = [Picture(None, 0, 0)] * len(reading.found)
    reasons: dict[str, str] = {}
    for number, found in shown_pictures(reading).items():
        picture = _measured(found)
        if isinstance(picture, str):
            reasons[number] = picture
        else:
            pictures[int(number)] = picture
    return replace(
        reading,
        found=(),
        pictures=tuple(pictures),
        blocks=tuple(without_pictures(reading.blocks, frozenset(reasons))),
        omissions=_with_count(reading.omissions, len(reasons)),
        warnings=(*reading.warnings, *_warnings(reasons)),
    )


def encode_pictures(reading: Reading) -> dict[str, bytes]:
    """Return the files of the pictures that are shown, by their names."""
    files: dict[str, bytes] = {}
    size = 0
    for picture in shown_pictures(reading).values():
        measured = _measured(picture) if picture.data else ""
        if (
            isinstance(measured, Picture)
            and measured.file_name not in files
            and size < _MAX_ENCODED
        ):
            files[measured.file_name] = encode_picture(picture)
            size += len(files[measured.file_name])
    return files


def _measured(found: FoundPicture) -> Picture | str:
    """Return a picture as a page shows it, or the reason why it cannot."""
    if not found.data:
        return Picture(None, 0, 0, found.text, found.address)
    try:
        return measure_picture(found)
    except UnusablePictureError as error:
        return error.reason


def _with_count(omissions: tuple[Omission, ...], count: int) -> tuple[Omission, ...]:
    """Return omissions with more pictures, sorted by kind."""
    if not count:
        return omissions
    before = sum(omission.count for omission in omissions if omission.kind == "pictures")
    others = (omission for omission in omissions if omission.kind != "pictures")
    pictures = Omission("pictures", before + count)
    return tuple(sorted((*others, pictures), key=lambda omission: omission.kind))


def _warnings(reasons: dict[str, str]) -> list[ReadWarning]:
    """Return a warning for each reason but that of dots and bullets."""
    counts = Counter(reason for reason in reasons.values() if reason != _TINY)
    return [
        ReadWarning(
            "W115",
            f"{'a picture was' if count == 1 else f'{count:,} pictures were'} left out: {reason}",
            "The page has the words around it; put another picture in its place",
        )
        for reason, count in counts.items()
    ]
