"""From the bytes of a file to the files of its pictures, whatever a decoder does.

A file is one that holds pictures, or a picture itself.
"""

from __future__ import annotations

from pathlib import PurePosixPath

import msgspec

from generator.model.pictures import SUFFIXES, FoundPicture, MeasuredPicture
from generator.reading.formats.detect import find_format
from generator.reading.formats.measured_pictures import encode_pictures
from generator.reading.formats.open_reading import load_reader
from generator.reading.pictures import UnusablePictureError, encode_picture, measure_picture

MEASURE_FUNCTION = "generator.reading.formats.open_pictures:measure_as_bytes"
ENCODE_FUNCTION = "generator.reading.formats.open_pictures:encode_as_bytes"
FACSIMILE_FUNCTION = "generator.reading.formats.pdf_page_pictures:facsimile_as_bytes"
THUMBNAIL_FUNCTION = "generator.reading.formats.pdf_page_pictures:thumbnail_as_bytes"
"""What a process with limits calls."""


def measure_as_bytes(_path: str, data: bytes) -> bytes:
    """Return how a picture is shown, or why it cannot be, encoded."""
    try:
        measured = MeasuredPicture(measure_picture(FoundPicture(data=data)))
    except UnusablePictureError as error:
        measured = MeasuredPicture(reason=error.reason)
    return msgspec.msgpack.encode(measured)


def encode_as_bytes(path: str, data: bytes) -> bytes:
    """Return the files of pictures by their names, encoded; none of a file that is damaged."""
    try:
        files = _files(path, data)
    except Exception:  # whatever a hostile file makes of a reader; its page tells why
        files = {}
    return msgspec.msgpack.encode(files)


def _files(path: str, data: bytes) -> dict[str, bytes]:
    if PurePosixPath(path).suffix.lower() in SUFFIXES:
        found = FoundPicture(data=data)
        return {measure_picture(found).file_name: encode_picture(found)}
    form = find_format(path, data)
    return encode_pictures(load_reader(form.reader)(data)) if form else {}
