"""Pictures in a letter.

Those that its HTML shows stand there; attached ones, and those of an HTML form that is not read,
stand after the words. A picture that belongs to the HTML and is not shown there is counted.
"""

from __future__ import annotations

from collections.abc import Sequence
from email.message import Message
from urllib.parse import unquote

import msgspec

from generator.model.pictures import FoundPicture
from generator.model.readings import ReadBlock
from generator.reading.formats.html_notes import with_notes
from generator.reading.formats.html_pictures import (
    CONTENT_ID,
    HtmlPictures,
    with_standing_pictures,
)
from generator.reading.formats.html_walk import HtmlWalk
from generator.reading.formats.mail_parts import id_of, is_attached, payload_of
from generator.reading.formats.omissions import Omissions
from generator.reading.formats.picture_marks import PictureMarks


class MailPictures(msgspec.Struct):
    """Collects the pictures of one letter; `by_id` has those that its HTML can name."""

    omissions: Omissions
    by_id: dict[str, Message] = msgspec.field(default_factory=dict)
    marks: PictureMarks = msgspec.field(default_factory=PictureMarks)
    _shown: set[str] = msgspec.field(default_factory=set)
    """The ids of pictures that the HTML shows."""

    def read_html(self, html: str) -> tuple[ReadBlock, ...]:
        """Return the blocks of a letter in HTML, with its pictures."""
        walk = HtmlWalk(
            self.omissions, HtmlPictures(self.omissions, self._by_address, self.marks.found)
        )
        found = list(with_notes(walk.read(html)))
        if not found:
            self.marks.wait_for(picture.number for picture in walk.standing)
        blocks = [block.block for block in found]
        paths = [block.path for block in found]
        return self.place_before(with_standing_pictures(blocks, paths, walk.standing))

    def add_of_unread_html(self, html: str) -> None:
        """Let the pictures of a form that is not read wait for the end of the letter."""
        if CONTENT_ID in html or "data:image/" in html:
            pictures = HtmlPictures(Omissions(), self._by_address)
            HtmlWalk(Omissions(), pictures).read(html)
            for picture in dict.fromkeys(pictures.found):
                self._add(picture)

    def add_attached(self, message: Message) -> None:
        """Let an attached picture wait for the next words or the end; HTML has its own."""
        content_id = id_of(message)
        is_own = content_id is None or is_attached(message)
        if is_own and content_id not in self._shown:
            self._add(FoundPicture(data=payload_of(message)))

    def place_last(self, blocks: Sequence[ReadBlock]) -> tuple[ReadBlock, ...]:
        """Return all blocks of the letter, the last with the pictures after it."""
        unnamed = (self.by_id[content_id] for content_id in self.by_id.keys() - self._shown)
        self.omissions.count("pictures", sum(not is_attached(picture) for picture in unnamed))
        if not blocks:
            self.omissions.count("pictures", len(self.marks.found))
        return self.marks.place_last(blocks)

    def place_before(self, blocks: tuple[ReadBlock, ...]) -> tuple[ReadBlock, ...]:
        """Return the blocks of a text, the first with the pictures before it."""
        return (self.marks.place_before(blocks[0]), *blocks[1:]) if blocks else ()

    def _add(self, picture: FoundPicture) -> None:
        if not picture.data or self.marks.is_full:
            self.omissions.count("pictures")
            return
        self.marks.wait_for([str(len(self.marks.found))])
        self.marks.found.append(picture)

    def _by_address(self, address: str) -> bytes | None:
        content_id = unquote(address.removeprefix(CONTENT_ID))
        message = self.by_id.get(content_id) if address.startswith(CONTENT_ID) else None
        if message is None:
            return None
        self._shown.add(content_id)
        return payload_of(message)
