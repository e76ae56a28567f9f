"""RTF: its own tokens and groups; letters by the code page of their font.

Hidden and deleted words are counted and left out, notes come after the text, and destinations that
nobody knows are skipped, as the format asks of every reader.
"""

from __future__ import annotations

import re
from collections.abc import Callable

import msgspec
from msgspec.structs import replace

from generator.model.readings import ReadBlock, Reading
from generator.reading.formats import refusals
from generator.reading.formats.inline_text import InlineText
from generator.reading.formats.omissions import Omissions
from generator.reading.formats.rtf_colours import (
    PARAGRAPH_GROUNDS,
    PARTS,
    ColourTable,
    Ground,
    ground_of,
)
from generator.reading.formats.rtf_info import CREATED, FIELDS, RtfInfo
from generator.reading.formats.rtf_pictures import RtfPictures
from generator.reading.formats.rtf_state import (
    CHARSETS,
    HEADS,
    KNOWN,
    LOOKS,
    SIGNS,
    SKIPPED,
    SWITCHES,
    Link,
    State,
    is_codec,
    shape_of,
    switched,
    why_unseen,
    with_look,
)
from generator.reading.formats.rtf_tokens import Token, tokens
from generator.reading.formats.tables import table_block
from generator.reading.formats.word_fields import SILENT

READER = "rtf 3"

_MAX_DEPTH = 500

_HYPERLINK = re.compile(r'\s*HYPERLINK\s+"([^"]{1,2000})"')
"""The instruction of a field that is a link to another place than one of the file itself."""


class _Paragraph(msgspec.Struct):
    """The properties of the paragraph that is read."""

    style: int = 0
    outline: int = -1
    in_table: bool = False
    ground: Ground | None = None
    """What it stands on, if it is not the page."""
    marker: str = ""


def read_rtf(data: bytes) -> Reading:
    """Return the reading of an RTF file."""
    reader = _Reader()
    blocks = reader.read(data)
    return Reading(
        READER,
        blocks,
        tuple(reader.info.statements()),
        reader.omissions.result(),
        found=tuple(reader.pictures.marks.found),
    )


class _Reader(msgspec.Struct):
    """Follows groups and control words, and collects blocks."""

    omissions: Omissions = msgspec.field(default_factory=Omissions)
    pictures: RtfPictures = msgspec.field(default_factory=RtfPictures)
    colours: ColourTable = msgspec.field(default_factory=ColourTable)
    info: RtfInfo = msgspec.field(default_factory=RtfInfo)
    blocks: list[ReadBlock] = msgspec.field(default_factory=list)
    notes: list[ReadBlock] = msgspec.field(default_factory=list)
    _state: State = msgspec.field(default_factory=State)
    _stack: list[State] = msgspec.field(default_factory=list)
    _paragraph: _Paragraph = msgspec.field(default_factory=_Paragraph)
    _text: InlineText = msgspec.field(default_factory=InlineText)
    _around_note: list[InlineText] = msgspec.field(default_factory=list)
    _rows: list[list[InlineText]] = msgspec.field(default_factory=list)
    _cells: list[InlineText] = msgspec.field(default_factory=list)
    _bytes: bytearray = msgspec.field(default_factory=bytearray)
    _codec: str = "cp1252"
    _fonts: dict[int, str] = msgspec.field(default_factory=dict)
    _styles: dict[int, str] = msgspec.field(default_factory=dict)
    _style_words: str = ""
    _instruction: str = ""
    """Of the field that is read."""
    _to_skip: int = 0
    _surrogate: str = ""
    _group_start: bool = False

    def read(self, data: bytes) -> tuple[ReadBlock, ...]:
        """Return the blocks of a whole file, and its notes."""
        handlers: dict[str, Callable[[Token], None]] = {
            "open": self._open,
            "close": self._close,
            "word": self._word,
            "byte": self._byte,
            "text": self._plain,
            "binary": self._binary,
        }
        for token in tokens(data):
            if token.kind not in {"byte", "text"}:
                self._flush_bytes()
            handlers[token.kind](token)
        self._flush_bytes()
        self._end_paragraph()
        self._end_table()
        return self.pictures.placed(self.blocks, self.notes, self.omissions)

    def _open(self, _token: Token) -> None:
        if len(self._stack) > _MAX_DEPTH:
            raise refusals.is_too_large("is nested too deeply")
        self._stack.append(self._state)
        self._group_start = True

    def _close(self, _token: Token) -> None:
        before = self._state
        if self._stack:
            self._state = self._stack.pop()
        if before.destination == "stylesheet":
            self._end_style()
        self.pictures.close(before, self._state, self._text, self.omissions)
        if before.link and not self._state.link and before.link.text is self._text:
            self._text.link_from(before.link.start, before.link.address)
        if before.destination == "footnote" and self._state.destination != "footnote":
            self._end_note()
        self._to_skip = 0

    def _word(self, token: Token) -> None:
        is_start, self._group_start = self._group_start, token.name == "*"
        name, number = token.name, token.number
        if name == "*":
            self._state = replace(self._state, is_optional=is_start)
            return
        if name == "u":
            self._unicode(number or 0)
        elif name in SIGNS:
            self._add(SIGNS[name])
        elif self._is_in_skipped(name) or not self._begin_destination(name):
            self._change_state(name, number)
            if self._state.destination in {"text", "footnote"}:
                self._change_paragraph(name, number)
            elif self._state.destination == "stylesheet" and name == "s":
                self._paragraph.style = number or 0
        if self._state.is_optional:  # it is said of this word alone
            self._state = replace(self._state, is_optional=False)

    def _is_in_skipped(self, name: str) -> bool:
        """Whether a group is skipped with all groups in it, but for another form of its words."""
        return self._state.destination == "skipped" and name not in {"ud", *SKIPPED}

    def _begin_destination(self, name: str) -> bool:
        """Begin a group whose words are not those of the text; whether the word does that."""
        in_info = self._state.destination == "info" and self.info.begins(name)
        if name in {"fonttbl", "info", "stylesheet", "colortbl"} or in_info:
            self._state = replace(self._state, destination=name)
        elif name in {"upr", "ud"}:
            self._choose_form(name)
        elif name in HEADS:
            self._state = replace(self._state, destination="head")
            self.omissions.count("running heads")
        elif name == "annotation":
            self._state = replace(self._state, destination="comment")
        elif name == "footnote" and self._state.destination == "text":
            self._begin_note()
        elif name in {"listtext", "pntext"}:
            self._state = replace(self._state, destination="marker")
        elif name in {"fldinst", "fldrslt"}:
            self._begin_field(name)
        elif (opened := self.pictures.opened(name, self._state)) is not None:
            self._state = opened
        elif name in SKIPPED or (self._state.is_optional and name not in KNOWN):
            self._state = replace(self._state, destination="skipped")
            self.pictures.skip(name)
            self.colours.on_paper = self.colours.on_paper and name != "background"
        else:
            return False
        return True

    def _choose_form(self, name: str) -> None:
        """Skip the first of two forms of the same words, and read the one in Unicode."""
        form = self._state.other_form_of
        if name == "upr":
            before = self._state.destination
            self._state = replace(self._state, destination="skipped", other_form_of=before)
        elif form is not None:
            self._state = replace(self._state, destination=form, other_form_of=None)

    def _begin_field(self, name: str) -> None:
        """Begin the instruction of a field, or its words, which are a link if it says so."""
        if name == "fldinst":
            self._instruction = ""
            shown = self._state.destination == "text"
            destination = "instruction" if shown else "skipped"
            self._state = replace(self._state, destination=destination)
        elif match := _HYPERLINK.match(self._instruction):
            link = Link(self._text, self._text.length, match[1])
            self._state = replace(self._state, link=link)
        elif SILENT.match(self._instruction):
            self._state = replace(self._state, destination="hidden")

    def _change_state(self, name: str, number: int | None) -> None:
        if self._state.destination == "picture":
            self.pictures.measure(name, number or 0)
        elif name in SWITCHES:
            self._state = switched(self._state, name, is_on=number != 0)
        elif name == "f":
            self._state = replace(self._state, font=number or 0)
        elif name == "fcharset" and self._state.destination == "fonttbl":
            self._fonts[self._state.font] = CHARSETS.get(number or 0, self._codec)
        elif name == "ansicpg" and number:
            self._codec = f"cp{number}" if is_codec(f"cp{number}") else "cp1252"
        elif name == "uc":
            self._state = replace(self._state, skipped=max(0, min(10, number or 0)))
        elif self._state.destination == CREATED:
            self.info.set_created(name, number)
        elif name in PARTS:
            self.colours.set_part(name, number or 0)
        elif name in LOOKS:
            self._state = with_look(self._state, name, number)

    def _change_paragraph(self, name: str, number: int | None) -> None:
        if name in {"par", "sect", "page"}:
            self._end_paragraph()
        elif name == "pard":
            marker = self._paragraph.marker
            self._paragraph = _Paragraph(marker=marker)
        elif name == "s":
            self._paragraph.style = number or 0
        elif name == "outlinelevel":
            self._paragraph.outline = number or 0
        elif name in PARAGRAPH_GROUNDS:
            self._paragraph.ground = ground_of(name, number)
        elif name == "intbl":
            self._paragraph.in_table = True
        elif name in {"cell", "nestcell"}:
            self._cells.append(self._text)
            self._text = InlineText()
        elif name in {"row", "nestrow"}:
            self._rows.append(self._cells)
            self._cells = []

    def _byte(self, token: Token) -> None:
        self._group_start = False
        if self._to_skip:
            self._to_skip -= 1
            return
        self._bytes += token.data

    def _plain(self, token: Token) -> None:
        self._group_start = False
        if self._state.destination == "picture":
            self.pictures.add_digits(token.data)
            return
        data = token.data[self._to_skip :]
        self._to_skip = max(0, self._to_skip - len(token.data))
        self._bytes += data

    def _binary(self, token: Token) -> None:
        self._group_start = False
        if self._state.destination == "picture":
            self.pictures.add_bytes(token.data)

    def _unicode(self, number: int) -> None:
        character = chr(number % 0x10000)
        if "\ud800" <= character <= "\udbff":
            self._surrogate = character
        elif "\udc00" <= character <= "\udfff" and self._surrogate:
            pair = (self._surrogate + character).encode("utf-16-le", "surrogatepass")
            self._add(pair.decode("utf-16-le", "replace"))
            self._surrogate = ""
        else:
            self._add(character)
        self._to_skip = self._state.skipped

    def _flush_bytes(self) -> None:
        if self._bytes:
            data, self._bytes = bytes(self._bytes), bytearray()
            codec = self._fonts.get(self._state.font, self._codec)
            self._add(data.decode(codec if codec != "symbol" else "cp1252", "replace"))

    def _add(self, words: str) -> None:
        state = self._state
        if state.destination in FIELDS:
            self.info.add_words(state.destination, words)
        elif state.destination == "stylesheet":
            self._style_words += words
        elif state.destination == "colortbl":
            self.colours.end_colours(words)
        elif state.destination == "comment":
            self.omissions.add_words("words in comments", words)
        elif state.destination == "hidden":
            self.omissions.add_words("hidden words", words)
        elif state.destination == "marker" and not (state.is_hidden or state.is_deleted):
            self._paragraph.marker += words
        elif state.destination == "instruction":
            self._instruction += words
        elif state.destination in {"name", "value"}:
            self.pictures.add_words(state.destination, words)
        elif state.destination in {"text", "footnote"}:
            self._add_text(words)

    def _add_text(self, words: str) -> None:
        state = self._state
        why = why_unseen(state, self._ground(), self.colours)
        if why:
            self.omissions.add_words(why, words)
        else:
            if self._rows and words.strip() and not self._paragraph.in_table and not self._cells:
                self._end_table()
            self._text.add(words, emphasized=state.is_italic or state.is_bold)

    def _ground(self) -> Ground | None:
        """Return what words stand on; cells and drawings may have any ground."""
        is_elsewhere = self._paragraph.in_table or self._state.drawings
        return self._paragraph.ground or (Ground() if is_elsewhere else None)

    def _end_style(self) -> None:
        name = self._style_words.strip(" ;").lower()
        if name:
            self._styles[self._paragraph.style] = name
        self._style_words = ""
        self._paragraph.style = 0

    def _begin_note(self) -> None:
        if not self._state.is_shown:  # nor is its mark
            self._state = replace(self._state, destination="hidden")
            return
        number = str(len(self.notes) + 1)
        self._text.mark("noteref", f"[{number}]", number)
        self._around_note.append(self._text)
        self._text = InlineText()
        self._text.mark("marker", f"[{number}]", number)
        self._text.add(" ")
        self._state = replace(self._state, destination="footnote")

    def _end_note(self) -> None:
        block = self._text.block("note")
        if block is not None:
            self.notes.append(block)
        self._text = self._around_note.pop() if self._around_note else InlineText()

    def _end_paragraph(self) -> None:
        if self._state.destination == "footnote" or self._paragraph.in_table:
            self._text.add("\n" if self._state.destination == "footnote" else " ")
            return
        self._end_table()
        self.pictures.marks.paragraph += 1
        text, self._text = self._text, InlineText()
        if text.is_blank:
            self.pictures.marks.wait(text)
        marker, self._paragraph.marker = self._paragraph.marker.strip(), ""
        name = self._styles.get(self._paragraph.style, "")
        shape = shape_of(name, self._paragraph.outline, marker)
        if marker and not text.is_blank:
            whole = InlineText()
            whole.mark("marker", marker)
            whole.add(" ")
            whole.extend(text)
            text = whole
        block = text.block(shape.kind, shape.level)
        if block is not None:
            self._append(replace(block, is_title=name == "title", quoted="quot" in name))

    def _append(self, block: ReadBlock) -> None:
        self.blocks.append(self.pictures.marks.place_before(block))

    def _end_table(self) -> None:
        rows, self._rows = self._rows, []
        if self._cells:
            rows.append(self._cells)
            self._cells = []
        block = table_block(rows) if rows else None
        if block is not None:
            self._append(block)
        else:
            for cell in (cell for row in rows for cell in row):
                self.pictures.marks.wait(cell)
