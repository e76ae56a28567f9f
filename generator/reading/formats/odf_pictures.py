"""Pictures of a LibreOffice text."""

from __future__ import annotations

import base64
import binascii
from urllib.parse import unquote
from xml.etree.ElementTree import Element

import msgspec

from generator.model.pictures import FoundPicture
from generator.reading.formats.inline_text import InlineText
from generator.reading.formats.omissions import Omissions
from generator.reading.formats.packages import Package, attribute, child, children
from generator.reading.formats.picture_marks import LINKED, PictureMarks

SHAPES = frozenset(
    {"circle", "custom-shape", "ellipse", "g", "path", "polygon", "rect", "regular-polygon"}
)
"""Elements of drawings that can cover something; lines cannot."""

_CROPPED = "cropped pictures"


def is_picture(frame: Element) -> bool:
    """Whether a frame holds a picture, and neither a text nor an object with a preview."""
    return child(frame, "image") is not None and child(frame, "object") is None


class OdfPictures(msgspec.Struct):
    """Finds the pictures in frames."""

    package: Package | None = None
    """None for a text in one file, which holds its pictures itself."""
    marks: PictureMarks = msgspec.field(default_factory=PictureMarks)

    def read(
        self, frame: Element, text: InlineText, omissions: Omissions, *, is_cropped: bool
    ) -> None:
        """Add the picture of a frame; a frame may have it in several forms.

        A cropped one is left out: its file has the whole, and the crop is in units of paper.
        """
        if is_cropped:
            omissions.count(_CROPPED)
            return
        forms = list(map(self._data, children(frame, "image")))
        data = next(filter(None, forms), b"" if b"" in forms else None)
        if data is None:
            omissions.count(LINKED)
        elif not data or self.marks.is_full:
            omissions.count("pictures")
        else:
            self.marks.add(FoundPicture(_description(frame), data), text)

    def _data(self, image: Element) -> bytes | None:
        inside = child(image, "binary-data")
        if inside is not None:
            try:
                return base64.b64decode("".join(inside.itertext()))
            except binascii.Error:
                return None
        path = unquote(attribute(image, "href") or "").removeprefix("./")
        return self.package.read_picture(path) if self.package else None


def _description(frame: Element) -> str:
    """Return the alternative text: the long form if there is one."""
    texts = (child(frame, name) for name in ("desc", "title"))
    words = (" ".join("".join(text.itertext()).split()) for text in texts if text is not None)
    return next(filter(None, words), "")
