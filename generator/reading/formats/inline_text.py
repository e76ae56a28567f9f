"""The text of one block while a reader puts it together, with emphasis and marks.

Readers add words in the order of the file; positions are known to this class alone.
"""

from __future__ import annotations

import re

import msgspec
from msgspec.structs import replace

from generator.model.blocks import BlockKind, Mark, MarkKind, Span
from generator.model.readings import Cut, ReadBlock
from generator.reading.formats.edit_blocks import tidied
from generator.text.web_links import find_links, stated_target

_HTML_SPACES = re.compile(r"[ \t\r\n\f]+")

_PAGE_WORD = re.compile(
    r"\A(?:p|pp|pg|page|pag|p[aá]gina|s|seite)(?:\.\s*|\s+)(?=\[?\d|[ivxlc]+\Z)", re.IGNORECASE
)
"""What files write before the number of a page, and citations write again."""


class InlineText(msgspec.Struct):
    """Words of a block, collected in order."""

    _pieces: list[str] = msgspec.field(default_factory=list)
    _length: int = 0
    _emphasis: list[Span] = msgspec.field(default_factory=list)
    _marks: list[Mark] = msgspec.field(default_factory=list)
    _cuts: list[Cut] = msgspec.field(default_factory=list)

    @property
    def text(self) -> str:
        """The words so far."""
        return "".join(self._pieces)

    @property
    def ends_line(self) -> bool:
        """Whether the last character that is no space ends a line."""
        ends = (piece.rstrip(" \t")[-1:] for piece in reversed(self._pieces))
        return next(filter(None, ends), "") == "\n"

    @property
    def is_blank(self) -> bool:
        """Whether there is nothing to see yet."""
        return not any(piece.strip() for piece in self._pieces)

    @property
    def pictures(self) -> list[Mark]:
        """The marks of pictures so far."""
        return [mark for mark in self._marks if mark.kind == "picture"]

    def add(self, words: str, *, emphasized: bool = False, cut: str = "") -> None:
        """Add words; `cut` is the rule by which the page leaves them out."""
        start = self._append(words)
        if emphasized:
            self._emphasis.append(Span(start, self._length))
        if cut:
            self._cuts.append(Cut(start, self._length, cut))

    def add_collapsed(self, words: str, *, emphasized: bool = False, cut: str = "") -> None:
        """Add words of a format in which any white space is one space, as in HTML."""
        collapsed = _HTML_SPACES.sub(" ", words)
        last = self._pieces[-1][-1:] if self._pieces else ""
        if last in {"", " ", "\n"}:
            collapsed = collapsed.removeprefix(" ")
        if collapsed:
            self.add(collapsed, emphasized=emphasized, cut=cut)

    def mark(self, kind: MarkKind, words: str = "", value: str = "", sheet: int = 0) -> None:
        """Add words with a meaning of their own, or none for a picture."""
        start = self._append(words)
        self._marks.append(Mark(kind, start, self._length, value, sheet))

    def mark_page(self, label: str, sheet: int = 0) -> None:
        """Begin a page; `p. 4` and `Page 4` are page 4, and `fol. 4` is not."""
        words = " ".join(label.split())
        self.mark("page", value=_PAGE_WORD.sub("", words, count=1), sheet=sheet)

    @property
    def length(self) -> int:
        """The number of characters so far."""
        return self._length

    def link_from(self, start: int, address: str | None) -> None:
        """Make a link of the words from a position on, if the address can be followed.

        Words that print another address are no link: they would promise what they do not keep.
        """
        target = stated_target(address) if address else None
        position = start
        for line in self._text_from(start).split("\n") if target else ():
            words = line.strip()
            first = position + len(line) - len(line.lstrip())
            printed = {link.href for link in find_links(words)}
            if words and target and "\t" not in words and printed <= {target}:
                self._marks.append(Mark("link", first, first + len(words), target))
            position += len(line) + 1

    def _text_from(self, start: int) -> str:
        """Return the words from a position on; the beginning of a long text is not looked at."""
        missing, index = self._length - start, len(self._pieces)
        while missing > 0:
            index -= 1
            missing -= len(self._pieces[index])
        return "".join(self._pieces[index:])[-missing:]

    def extend(self, other: InlineText) -> None:
        """Add all that another text has, with its marks."""
        self.add_block(other._untidied("paragraph", 0))

    def add_block(self, block: ReadBlock) -> None:
        """Add the words of a finished block, with its marks."""
        start = self._append(block.text)
        self._emphasis += (Span(start + s.start, start + s.end) for s in block.emphasis)
        self._marks += (
            replace(mark, start=start + mark.start, end=start + mark.end) for mark in block.marks
        )
        self._cuts += (
            replace(cut, start=start + cut.start, end=start + cut.end) for cut in block.cuts
        )

    def block(self, kind: BlockKind, level: int = 0) -> ReadBlock | None:
        """Return the block, without white space at its edges; None if there is nothing to see."""
        if self.is_blank:
            return None
        return tidied(self._untidied(kind, level))

    def _untidied(self, kind: BlockKind, level: int) -> ReadBlock:
        is_set_apart = kind == "heading" and not self._has_plain_words()
        return ReadBlock(
            kind,
            self.text,
            () if is_set_apart else tuple(self._emphasis),
            tuple(self._marks),
            tuple(self._cuts),
            level,
        )

    def _has_plain_words(self) -> bool:
        """Whether some words are not emphasised; a heading that is so as a whole is bold anyway."""
        plain, end = [], 0
        for span in self._emphasis:
            plain.append(self.text[end : span.start])
            end = max(end, span.end)
        return bool("".join((*plain, self.text[end:])).strip())

    def _append(self, words: str) -> int:
        start = self._length
        if words:
            self._pieces.append(words)
            self._length += len(words)
        return start
