"""Pictures of a Word file: where they stand, what they are cut to, what may lie over them."""

from __future__ import annotations

import re
from xml.etree.ElementTree import Element

import msgspec

from generator.model.pictures import Crop, FoundPicture
from generator.reading.formats.docx_relations import Relations
from generator.reading.formats.inline_text import InlineText
from generator.reading.formats.omissions import Omissions
from generator.reading.formats.packages import (
    Package,
    attribute,
    child,
    descendants,
    local_name,
)
from generator.reading.formats.picture_marks import COVERED, LINKED, PictureMarks

_NUMBER = re.compile(r"-?(?a:\d{1,7})")


class DocxPictures(msgspec.Struct):
    """Finds the pictures in drawings."""

    package: Package
    relations: Relations
    omissions: Omissions
    marks: PictureMarks = msgspec.field(default_factory=PictureMarks)
    is_on: bool = True
    """Whether the part that is read has the relations of the main document."""

    def read(self, drawing: Element, text: InlineText) -> None:
        """Add the pictures of a drawing without a text box."""
        pictures = [*descendants(drawing, "pic"), *descendants(drawing, "imagedata")]
        is_group = any(local_name(node) in {"wgp", "group"} for node in drawing.iter())
        if not pictures:
            self.marks.add_shape()
        elif is_group and (len(pictures) > 1 or _has_shape(drawing)):
            self.omissions.count(COVERED, len(pictures))
        else:
            for picture in pictures:
                self._add(picture, _description(drawing, picture), text)

    def _add(self, picture: Element, words: str | None, text: InlineText) -> None:
        key = _relation(picture)
        path = self.relations.files.get(key)
        data = self.package.read_picture(path) if path else None
        if data is None:
            self.omissions.count(LINKED)
        elif words is None or not data or not self.is_on or self.marks.is_full:
            self.omissions.count("pictures")
        else:
            self.marks.add(FoundPicture(words, data, crop=_crop(picture)), text)


def _relation(picture: Element) -> str:
    """Return the id of the file of a picture; empty for one outside of the package."""
    if local_name(picture) == "imagedata":
        return attribute(picture, "id") or ""
    blip = next(descendants(picture, "blip"), None)
    return attribute(blip, "embed") or ""


def _description(drawing: Element, picture: Element) -> str | None:
    """Return the alternative text of a picture; None if the picture is hidden."""
    if is_hidden_drawing(drawing):
        return None
    properties = next(descendants(drawing, "docPr"), None)
    shape = next(descendants(drawing, "shape"), None)
    words = (
        attribute(properties, "descr")
        or attribute(shape, "alt")
        or attribute(next(descendants(picture, "cNvPr"), None), "descr")
        or ""
    )
    return " ".join(words.split())


def is_hidden_drawing(drawing: Element) -> bool:
    """Whether Word does not show a drawing."""
    properties = next(descendants(drawing, "docPr"), None)
    shape = next(descendants(drawing, "shape"), None)
    style = (attribute(shape, "style") or "").replace(" ", "")
    return attribute(properties, "hidden") in {"1", "true"} or "visibility:hidden" in style


def _has_shape(drawing: Element) -> bool:
    shapes = ("wsp", "rect", "roundrect", "oval", "polyline", "line")
    return any(local_name(node) in shapes for node in drawing.iter())


def _crop(picture: Element) -> Crop:
    """Return what a picture is cut to; its file may still have what was cut off."""
    if local_name(picture) == "imagedata":
        names = ("cropleft", "croptop", "cropright", "cropbottom")
        return Crop(*(_vml_share(attribute(picture, name)) for name in names))
    rectangle = child(picture, "blipFill", "srcRect")
    sides = (attribute(rectangle, side) or "" for side in "ltrb")
    return Crop(*(_clipped(float(side)) if _NUMBER.fullmatch(side) else 0 for side in sides))


def _vml_share(value: str | None) -> int:
    """Return a share such as `0.25`, `16384f` (of 65,536) or `25%`."""
    match = re.fullmatch(r"(-?(?a:\d{0,7}\.?\d{0,7}))(f|%)?", value or "")
    if match is None or not match[1].strip("-."):
        return 0
    factor = {"f": 100_000 / 65_536, "%": 1_000.0}.get(match[2] or "", 100_000.0)
    return _clipped(float(match[1]) * factor)


def _clipped(share: float) -> int:
    return int(min(max(share, 0), 100_000))
