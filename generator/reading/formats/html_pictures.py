"""Pictures of web pages and books: where they come from, and which belong to the text."""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Callable, Sequence

import msgspec
from msgspec.structs import replace
from selectolax.lexbor import LexborNode

from generator.model.blocks import Mark
from generator.model.pictures import FoundPicture
from generator.model.readings import ReadBlock
from generator.reading.formats.omissions import Omissions
from generator.reading.formats.picture_addresses import REMOTE, is_local
from generator.reading.formats.picture_marks import with_pictures_behind

ReadPicture = Callable[[str], bytes | None]
"""Returns the bytes of a picture by its address, and none if it is not there."""

_DATA = re.compile(r"\s*data:image/[\w.+-]{1,40}(?:;[\w=-]{1,40})*;base64,", re.IGNORECASE)
_MAX_PICTURES = 2_000

CONTENT_ID = "cid:"
"""What the addresses of pictures begin with that are parts of a letter (RFC 2392)."""


class StandingPicture(msgspec.Struct, frozen=True):
    """A picture that stands between blocks."""

    number: str
    path: Sequence[object]
    """The elements around it."""
    index: int
    """Of the block after it."""


class HtmlPictures(msgspec.Struct):
    """The pictures of a page; `read` opens those that are in a book or a letter."""

    omissions: Omissions
    read: ReadPicture | None = None
    found: list[FoundPicture] = msgspec.field(default_factory=list)

    def add(self, node: LexborNode) -> str | None:
        """Add the picture of an element and return its number; None if it is not to be had."""
        address = (node.attributes.get("src") or "").strip()
        text = " ".join((node.attributes.get("alt") or "").split())
        picture = self._picture(address, text)
        if picture is None or len(self.found) >= _MAX_PICTURES:
            return None
        self.found.append(picture)
        return str(len(self.found) - 1)

    def _picture(self, address: str, text: str) -> FoundPicture | None:
        inline = _DATA.match(address)
        if inline:
            return FoundPicture(text, _decoded(address[inline.end() :]))
        is_part = self.read is not None and address.startswith(CONTENT_ID)
        if not (is_part or is_local(address)):
            self.omissions.count(REMOTE)
            return None
        if self.read is None:
            return FoundPicture(text, address=address)
        data = self.read(address)
        if not data:
            self.omissions.count("pictures")
        return FoundPicture(text, data) if data else None


def with_standing_pictures(
    blocks: Sequence[ReadBlock],
    paths: Sequence[Sequence[object]],
    standing: Sequence[StandingPicture],
) -> tuple[ReadBlock, ...]:
    """Return blocks with the pictures between them that belong to the text.

    A picture belongs to that of its neighbours with which it shares more elements. It stands before
    the next block that the page shows, or after the last.
    """
    result = list(blocks)
    shown = [index for index, block in enumerate(blocks) if not block.removed_by]
    for picture in reversed(standing):
        neighbours = [i for i in (picture.index, picture.index - 1) if 0 <= i < len(blocks)]
        nearest = max(neighbours, key=lambda i: _common(paths[i], picture.path), default=None)
        if nearest is None or blocks[nearest].removed_by:
            continue
        mark = Mark("picture", 0, 0, picture.number)
        following = next((index for index in shown if index >= picture.index), None)
        if following is not None:
            result[following] = replace(result[following], marks=(mark, *result[following].marks))
        else:
            result[shown[-1]] = with_pictures_behind(result[shown[-1]], [mark])
    return tuple(result)


def _common(first: Sequence[object], second: Sequence[object]) -> int:
    """Return how many elements at the beginning of two paths are the same."""
    pairs = zip(first, second, strict=False)
    return next((n for n, (a, b) in enumerate(pairs) if a != b), min(len(first), len(second)))


def _decoded(words: str) -> bytes:
    """Return the bytes of an address that holds a picture; a damaged one has none of a picture."""
    try:
        return base64.b64decode("".join(words.split()))
    except (binascii.Error, ValueError):
        return b"damaged"
