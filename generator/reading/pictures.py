"""Pictures for pages: small enough, and with nothing in them but what they show.

A picture is decoded and encoded again, so that no camera, place or earlier state of it is
published: of an animation only the first frame, of transparent parts nothing, of a cropped picture
what the crop leaves. Runs in a process with limits, since pictures of strangers are as hostile as
their texts.
"""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import TYPE_CHECKING

import msgspec

from generator.model.pictures import Crop, FoundPicture, Picture, picture_digest

if TYPE_CHECKING:
    from PIL import Image

MAX_SIDE = 1_600
"""Pixels of the longer side; a column of text has at most 700, or 1,400 on a dense screen."""

_MIN_SIDE = 16
"""Pixels of a side below which a picture is a dot, a bullet or a spy."""

_MAX_PIXELS = 100_000_000
"""Pixels to decode; a poster scanned with 300 dots an inch has 70 million."""

_FORMATS = ("JPEG", "PNG", "GIF", "WEBP", "BMP", "TIFF")
_FEW_COLOURS = 256
_QUALITY = 82
_WHOLE = 100_000
_SVG_HEAD = 1_000


class UnusablePictureError(Exception):
    """Why a picture cannot be shown, as its message says it."""

    def __init__(self, reason: str) -> None:
        """Take the reason, which follows "a picture was left out: "."""
        super().__init__(reason)
        self.reason = reason


class _Foreign(msgspec.Struct, frozen=True):
    """A kind of picture that is not read."""

    reason: str
    matches: Callable[[bytes], bool]


_FOREIGN = (
    _Foreign(
        "it is an SVG drawing, which may hold scripts; export it as PNG",
        lambda data: b"<svg" in data[:_SVG_HEAD].lower(),
    ),
    _Foreign(
        "it is a Windows drawing (EMF or WMF); paste it as a picture (PNG)",
        lambda data: data[:4] in {b"\x01\x00\x00\x00", b"\xd7\xcd\xc6\x9a", b"\x01\x00\x09\x00"},
    ),
    _Foreign(
        "it is an HEIC photograph; convert it: `heif-convert in.heic out.jpg`",
        lambda data: data[4:8] == b"ftyp" and data[8:12] in {b"heic", b"heix", b"mif1", b"avif"},
    ),
)
"""Kinds of pictures that files hold, and what to do with each."""


def measure_picture(found: FoundPicture) -> Picture:
    """Return how a picture is shown; raise UnusablePictureError if it cannot be."""
    image = open_picture(found.data, found.crop)
    width, height = _shown_size(image)
    return Picture(
        f"{picture_digest(found)}.{_suffix(image)}", width, height, found.text, found.address
    )


def encode_picture(found: FoundPicture) -> bytes:
    """Return the bytes of a picture as the site has it."""
    image = open_picture(found.data, found.crop)
    suffix = _suffix(image)
    if (size := _shown_size(image)) != image.size:
        image = image.convert("RGB" if image.mode != "L" else "L").resize(size, reducing_gap=2.0)
    return encoded(image, suffix)


def encoded(image: Image.Image, suffix: str) -> bytes:
    """Return an image as the bytes of a file, without metadata."""
    from PIL import Image

    target = io.BytesIO()
    image.info = {}  # profiles, comments and places would be written with it
    if suffix == "png":
        if image.mode not in {"L", "1"}:
            image = image.convert("RGB").quantize(_FEW_COLOURS, dither=Image.Dither.NONE)
            image.info = {}
        image.save(target, "PNG", optimize=True)
    else:
        image.save(target, "JPEG", quality=_QUALITY, progressive=True, optimize=True)
    return target.getvalue()


def open_picture(data: bytes, crop: Crop) -> Image.Image:
    """Return a picture as it is seen: turned, cropped, on white."""
    for foreign in _FOREIGN:
        if foreign.matches(data):
            raise UnusablePictureError(foreign.reason)
    try:
        return _on_white(_cropped(_decoded(data), crop))
    except UnusablePictureError:
        raise
    except MemoryError as error:
        raise UnusablePictureError("it needs more memory than allowed") from error
    except Exception as error:  # whatever a hostile file makes of the decoder
        raise UnusablePictureError("it is damaged, or no picture") from error


def _decoded(data: bytes) -> Image.Image:
    from PIL import ImageOps  # imported here: only pictures need it
    from PIL.Image import DecompressionBombError
    from PIL.Image import open as opened

    try:
        image: Image.Image = opened(io.BytesIO(data), formats=_FORMATS)
    except DecompressionBombError as error:
        raise _too_large() from error
    if image.format == "JPEG":
        image.draft("RGB" if image.mode != "L" else "L", (2 * MAX_SIDE, 2 * MAX_SIDE))
    if image.width * image.height > _MAX_PIXELS:
        raise _too_large()
    image.load()
    return ImageOps.exif_transpose(image)


def _too_large() -> UnusablePictureError:
    return UnusablePictureError(f"it has more than {_MAX_PIXELS // 1_000_000} million pixels")


def _cropped(image: Image.Image, crop: Crop) -> Image.Image:
    """Return the part of a picture that its file shows."""
    if crop == Crop():
        return image
    width, height = image.size
    left, top = width * crop.left // _WHOLE, height * crop.top // _WHOLE
    right = width - width * crop.right // _WHOLE
    bottom = height - height * crop.bottom // _WHOLE
    if right - left < _MIN_SIDE or bottom - top < _MIN_SIDE:
        raise UnusablePictureError("its file crops all of it")
    return image.crop((left, top, right, bottom))


def _on_white(image: Image.Image) -> Image.Image:
    """Return a picture without transparent parts, under which other colours may be."""
    from PIL import Image

    if min(image.size) < _MIN_SIDE:
        raise UnusablePictureError("it is smaller than a letter")
    if image.mode in {"L", "1"} and "transparency" not in image.info:
        return image.convert("L")
    if image.mode.startswith("I") or image.mode == "F":
        return _grey(image)
    if image.mode in {"LA", "PA", "RGBA", "RGBa", "La"} or "transparency" in image.info:
        layer = image.convert("RGBA")
        white = Image.new("RGBA", layer.size, "white")
        return Image.alpha_composite(white, layer).convert("RGB")
    return image.convert("RGB")


def _grey(image: Image.Image) -> Image.Image:
    """Return a picture of more than 256 greys with that many."""
    low, high = image.getextrema()
    if not isinstance(low, (int, float)) or not isinstance(high, (int, float)):
        raise UnusablePictureError("its colours have no known form")
    scale = 255 / max(1.0, high - low)
    return image.convert("F").point(lambda value: (value - low) * scale).convert("L")


def _shown_size(image: Image.Image) -> tuple[int, int]:
    factor = min(1.0, MAX_SIDE / max(image.size))
    return max(1, round(image.width * factor)), max(1, round(image.height * factor))


def _suffix(image: Image.Image) -> str:
    """Return the suffix of the format that fits: PNG for drawings, JPEG for photographs."""
    return "png" if image.getcolors(_FEW_COLOURS) and image.mode != "L" else "jpg"
