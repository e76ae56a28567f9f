"""Pictures of RTF: in the text, or as a property of a drawing.

A drawing without a picture and without words may cover pictures beside it, as in office files.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

import msgspec
from msgspec.structs import replace

from generator.model.pictures import Crop, FoundPicture
from generator.model.readings import ReadBlock
from generator.reading.formats.inline_text import InlineText
from generator.reading.formats.omissions import Omissions
from generator.reading.formats.picture_marks import PictureMarks
from generator.reading.formats.rtf_state import State

_NO_DIGITS = re.compile(rb"[^0-9A-Fa-f]+")
_WHOLE = 100_000
_ONE = 65_536
"""The whole of a picture in the crop of a drawing."""

_PICTURE_OF_DRAWING = "pib"
"""The property that holds it; another is what fills a shape."""

_MAX_PROPERTY = 2_000
"""Characters of a property; an alternative text has some hundred."""


class _Drawing(msgspec.Struct):
    """A picture or a shape while it is read."""

    state: State
    """What holds around it."""
    is_shape: bool = False
    has_words: bool = False
    properties: dict[str, str] = msgspec.field(default_factory=dict)
    pictures: list[FoundPicture] = msgspec.field(default_factory=list)

    @property
    def is_hidden(self) -> bool:
        """Whether its author hid or deleted it."""
        state = self.state
        return self.properties.get("fHidden") == "1" or state.is_hidden or state.is_deleted

    def described(self, picture: FoundPicture) -> FoundPicture:
        """Return a picture with its alternative text and what the drawing crops."""
        words = " ".join(self.properties.get("wzDescription", "").split())
        sides = (f"cropFrom{side}" for side in ("Left", "Top", "Right", "Bottom"))
        crop = Crop(*(_share(_number(self.properties.get(side, "")), _ONE) for side in sides))
        return replace(picture, text=words, crop=picture.crop if crop == Crop() else crop)


class RtfPictures(msgspec.Struct):
    """Follows the groups of pictures and drawings."""

    marks: PictureMarks = msgspec.field(default_factory=PictureMarks)
    _drawings: list[_Drawing] = msgspec.field(default_factory=list)
    _name: str = ""
    _value: str = ""
    _data: bytearray = msgspec.field(default_factory=bytearray)
    _is_binary: bool = False
    _sizes: Counter[str] = msgspec.field(default_factory=Counter)

    def opened(self, name: str, state: State) -> State | None:
        """Return the state in a group of a picture; None if the word begins none."""
        if state.destination == "skipped":
            return None
        if name in {"shp", "pict"} and not (name == "pict" and state.destination == "value"):
            self._drawings.append(_Drawing(state, is_shape=name == "shp"))
            state = replace(state, drawings=state.drawings + 1)
        if name == "pict":
            self._data, self._is_binary, self._sizes = bytearray(), False, Counter()
            return replace(state, destination="picture")
        destination = {"sp": "property", "sn": "name", "sv": "value", "picprop": "property"}
        if name in destination and state.drawings:
            self._name = "" if name == "sn" else self._name
            self._value = "" if name == "sv" else self._value
            return replace(state, destination=destination[name])
        if name == "shptxt" and self._drawings:
            self._drawings[-1].has_words = True
            if self._drawings[-1].is_hidden:
                return replace(state, destination="hidden")
        return state if name in {"shp", "shptxt"} else None

    def skip(self, name: str) -> None:
        """Note a destination that is skipped; drawings of Word 95 may cover something."""
        if name == "do":
            self.marks.add_shape()

    def add_words(self, part: str, words: str) -> None:
        """Add to the name or the value of a property."""
        if part == "name":
            self._name = (self._name + words)[:_MAX_PROPERTY]
        else:
            self._value = (self._value + words)[:_MAX_PROPERTY]

    def measure(self, name: str, number: int) -> None:
        """Note a size of the picture that is read."""
        self._sizes[name] = number

    def add_digits(self, data: bytes) -> None:
        """Add bytes that are written in hexadecimal."""
        if not self._is_binary:
            self._data += data

    def add_bytes(self, data: bytes) -> None:
        """Add bytes as they are."""
        self._data, self._is_binary = bytearray(data), True

    def close(self, before: State, after: State, text: InlineText, omissions: Omissions) -> None:
        """End a property, a picture or a drawing with its group."""
        if before.destination == "value" != after.destination and self._drawings:
            self._drawings[-1].properties[self._name.strip()] = self._value.strip()
        if before.destination == "picture" != after.destination and self._drawings:
            is_filling = after.destination == "value" and self._name.strip() != _PICTURE_OF_DRAWING
            if not is_filling:
                self._drawings[-1].pictures.append(self._picture())
        if before.drawings > after.drawings and self._drawings:
            self._end_drawing(self._drawings.pop(), text, omissions)

    def placed(
        self, blocks: Sequence[ReadBlock], notes: Sequence[ReadBlock], omissions: Omissions
    ) -> tuple[ReadBlock, ...]:
        """Return all blocks, with the pictures after the last one, and none that is covered."""
        return tuple(self.marks.uncovered((*self.marks.place_last(blocks), *notes), omissions))

    def _end_drawing(self, drawing: _Drawing, text: InlineText, omissions: Omissions) -> None:
        if not drawing.pictures:
            if drawing.is_shape and not drawing.has_words:
                self.marks.add_shape()
        elif drawing.is_hidden:
            omissions.count("hidden pictures", len(drawing.pictures))
        elif not drawing.state.is_shown or self.marks.is_full:
            omissions.count("pictures", len(drawing.pictures))
        else:
            for picture in drawing.pictures:
                self.marks.add(drawing.described(picture), text)

    def _picture(self) -> FoundPicture:
        if self._is_binary:
            return FoundPicture(data=bytes(self._data), crop=self._crop())
        digits = _NO_DIGITS.sub(b"", self._data)
        data = bytes.fromhex(digits[: len(digits) & ~1].decode("ascii"))
        return FoundPicture(data=data or b"none", crop=self._crop())

    def _crop(self) -> Crop:
        """Return what a picture is cut to; crop and size are in twentieths of a point."""
        width, height = self._sizes["picwgoal"], self._sizes["pichgoal"]
        lengths = {"l": width, "t": height, "r": width, "b": height}
        return Crop(
            *(_share(self._sizes[f"piccrop{side}"], size) for side, size in lengths.items())
        )


def _number(words: str) -> int:
    return int(words) if re.fullmatch(r"-?(?a:\d{1,9})", words) else 0


def _share(part: int, whole: int) -> int:
    """Return a share in hundred-thousandths; of an unknown whole all of it."""
    if part <= 0:
        return 0
    return min(_WHOLE, _WHOLE * part // whole) if whole > 0 else _WHOLE
