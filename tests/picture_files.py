"""Pictures made for tests, with what a camera writes into them."""

from __future__ import annotations

import io

from PIL import Image, ImageDraw

CAMERA = "Camera of Ana"


def photograph(width: int = 120, height: int = 80, colour: str = "navy") -> bytes:
    """Return a JPEG of many colours that says which camera took it, and where."""
    image = Image.linear_gradient("L").resize((width, height)).convert("RGB")
    ImageDraw.Draw(image).rectangle((10, 10, width // 2, height // 2), fill=colour)
    exif = Image.Exif()
    exif[0x010F] = CAMERA
    exif[0x8825] = {1: "N", 2: (52.0, 30.0, 0.0), 3: "E", 4: (4.0, 30.0, 0.0)}
    buffer = io.BytesIO()
    image.save(buffer, "JPEG", exif=exif, comment=CAMERA.encode())
    return buffer.getvalue()


def drawing(width: int = 60, height: int = 40, colour: str = "red") -> bytes:
    """Return a PNG of two colours."""
    image = Image.new("RGB", (width, height), "white")
    ImageDraw.Draw(image).rectangle((width // 2, 0, width, height), fill=colour)
    return saved(image, "PNG")


def saved(image: Image.Image, form: str) -> bytes:
    """Return an image as a file."""
    buffer = io.BytesIO()
    image.save(buffer, form)
    return buffer.getvalue()


def opened(data: bytes) -> Image.Image:
    """Return the image in a file."""
    return Image.open(io.BytesIO(data))
