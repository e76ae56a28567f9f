"""Pictures are small, whole, and hold nothing but what they show."""

from __future__ import annotations

import io
import struct
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from generator.checking.pictures import PictureFile, parse_picture
from generator.model.pictures import Crop, FoundPicture, Sheets, sheet_pictures
from generator.reading.pictures import UnusablePictureError, encode_picture, measure_picture
from tests.picture_files import CAMERA, drawing, opened, photograph, saved


@given(
    st.integers(16, 90),
    st.integers(16, 90),
    st.sampled_from(["1", "L", "LA", "P", "RGB", "RGBA", "CMYK", "I;16"]),
    st.sampled_from(["PNG", "JPEG", "GIF", "TIFF", "WEBP", "BMP"]),
)
def test_what_is_measured_is_what_is_written(width: int, height: int, mode: str, form: str) -> None:
    """Name and size are known before the file is made, and the check can read it."""
    try:
        data = saved(Image.new(mode, (width, height)), form)
    except (OSError, ValueError, KeyError):
        return  # the format has no such colours
    found = FoundPicture(data=data)
    picture = measure_picture(found)
    made = encode_picture(found)
    assert parse_picture(made) == PictureFile(picture.width, picture.height, has_other_data=False)
    assert opened(made).format == {"jpg": "JPEG", "png": "PNG"}[picture.file_name.partition(".")[2]]


def test_camera_and_place_are_left_out() -> None:
    """A photograph says nothing of where it was taken."""
    data = photograph()
    assert CAMERA.encode() in data
    made = encode_picture(FoundPicture(data=data))
    assert CAMERA.encode() not in made
    assert not opened(made).getexif()
    assert parse_picture(data) == PictureFile(120, 80, has_other_data=True)


def test_a_large_picture_becomes_small() -> None:
    """Its longer side is that of a dense screen."""
    found = FoundPicture(data=photograph(4_000, 1_000))
    picture = measure_picture(found)
    assert (picture.width, picture.height) == (1_600, 400)
    assert opened(encode_picture(found)).size == (1_600, 400)


def test_what_a_crop_cuts_off_is_gone() -> None:
    """The left half is red, and the crop cuts it off."""
    image = Image.new("RGB", (80, 40), "red")
    image.paste("white", (40, 0, 80, 40))
    found = FoundPicture(data=saved(image, "PNG"), crop=Crop(left=50_000))
    made = opened(encode_picture(found)).convert("RGB")
    assert made.size == (40, 40)
    assert made.getcolors() == [(1_600, (255, 255, 255))]


def test_what_is_transparent_is_gone() -> None:
    """Under a transparent part there may be the words that somebody erased."""
    image = Image.new("RGBA", (40, 40), (255, 0, 0, 0))
    made = opened(encode_picture(FoundPicture(data=saved(image, "PNG")))).convert("RGB")
    assert made.getcolors() == [(1_600, (255, 255, 255))]


def test_a_picture_is_turned_as_its_camera_says() -> None:
    """The orientation is in the metadata, which the site does not have."""
    exif = Image.Exif()
    exif[0x0112] = 6
    buffer = io.BytesIO()
    Image.new("RGB", (90, 30), "red").save(buffer, "JPEG", exif=exif)
    picture = measure_picture(FoundPicture(data=buffer.getvalue()))
    assert (picture.width, picture.height) == (30, 90)


def bomb(width: int, height: int) -> bytes:
    """Return a PNG that claims a size, and has no more than a few bytes."""
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    chunks = (b"IHDR" + header, b"IDAT" + zlib.compress(bytes(10_000)), b"IEND")
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(chunk) - 4) + chunk + struct.pack(">I", zlib.crc32(chunk))
        for chunk in chunks
    )


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (bomb(60_000, 60_000), "million pixels"),
        (bomb(300, 300), "damaged"),
        (photograph()[:600], "damaged"),
        (b"<html>", "damaged"),
        (b'<?xml version="1.0"?><svg onload="x()"/>', "SVG"),
        (b"\xd7\xcd\xc6\x9a" + bytes(60), "Windows drawing"),
        (b"\0\0\0\x18ftypheic" + bytes(60), "heif-convert"),
        (drawing(3, 3), "smaller than a letter"),
    ],
)
def test_what_cannot_be_shown_has_a_reason(data: bytes, reason: str) -> None:
    """The reason says what the picture is, and often what to do."""
    with pytest.raises(UnusablePictureError, match=reason):
        measure_picture(FoundPicture(data=data))


@given(st.binary(max_size=200))
def test_no_bytes_raise_another_error(data: bytes) -> None:
    """Also if they begin as a picture does."""
    for start in (b"", b"\xff\xd8\xff\xe0", b"\x89PNG\r\n\x1a\n", b"GIF89a", b"II*\0", b"RIFF"):
        with pytest.raises(UnusablePictureError):
            measure_picture(FoundPicture(data=start + data))


def test_pages_of_a_file_have_names_of_their_own() -> None:
    """They differ by file, page and size, and their number is limited."""
    sheets = (Sheets(2, 600, 800), Sheets(1, 800, 600))
    pages = sheet_pictures("a", sheets, 400, 3)
    assert [(page.width, page.height) for page in pages] == [(300, 400), (300, 400), (400, 300)]
    others = [*sheet_pictures("b", sheets, 400, 3), *sheet_pictures("a", sheets, 200, 3)]
    assert len({page.name for page in (*pages, *others)}) == 9
    assert len(sheet_pictures("a", (Sheets(10**9, 600, 800),), 400, 5)) == 5
