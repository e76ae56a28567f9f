"""What holds inside a group of RTF, and the control words that say so."""

from __future__ import annotations

import codecs

import msgspec
from msgspec.structs import replace

from generator.model.blocks import BlockKind
from generator.reading.formats.inline_text import InlineText
from generator.reading.formats.rtf_colours import (
    WORD_GROUNDS,
    ColourTable,
    Ground,
    ground_of,
)

CHARSETS = {
    0: "cp1252", 2: "symbol", 77: "mac_roman", 128: "cp932", 129: "cp949", 130: "johab",
    134: "gb18030", 136: "cp950", 161: "cp1253", 162: "cp1254", 163: "cp1258", 177: "cp1255",
    178: "cp1256", 186: "cp1257", 204: "cp1251", 222: "cp874", 238: "cp1250", 254: "cp437",
    255: "cp850",
}  # fmt: skip
"""The code page of each `\\fcharset`."""

SIGNS = {
    "tab": "\t", "line": "\n", "emdash": "—", "endash": "–", "bullet": "•", "lquote": "‘",
    "rquote": "’", "ldblquote": "“", "rdblquote": "”", "emspace": " ", "enspace": " ", "~": "\xa0",
    "_": "\N{NON-BREAKING HYPHEN}", "-": "\N{SOFT HYPHEN}", "{": "{", "}": "}", "\\": "\\",
    "\n": "\n", "\r": "\n",
}  # fmt: skip

SKIPPED = frozenset(
    """
    datastore fontemb fontfile generator latentstyles listoverridetable listtable
    operator rsidtbl stylesheet template themedata xmlnstbl colorschememapping
    pgptbl pnseclvl filetbl revtbl bkmkstart bkmkend nonesttables nonshppict xe rxe txe tc tcn
    """.split()
)
HEADS = frozenset("header headerl headerr headerf footer footerl footerr footerf".split())
KNOWN = frozenset(
    """
    annotation field fldinst fldrslt footnote listtext picprop pntext shp shpinst shppict shptxt ud
    """.split()
)
"""Destinations whose words are read although they are marked as optional."""

USUAL_SIZE, MAX_TINY = 24, 2
"""Half points."""

SWITCHES = frozenset({"v", "deleted", "mvf", "i", "b", "plain"})
"""Control words that turn a property of words on, or with a 0 off; `plain` turns all off."""


class Link(msgspec.Struct, frozen=True):
    """Where the words of a link begin, and where it leads."""

    text: InlineText
    start: int
    address: str


class State(msgspec.Struct, frozen=True):
    """What holds inside a group."""

    destination: str = "text"
    font: int = 0
    skipped: int = 1
    """Characters that stand after a Unicode character for older programs."""
    is_hidden: bool = False
    is_deleted: bool = False
    is_italic: bool = False
    is_bold: bool = False
    colour: int = 0
    """Its number in the table of colours; 0 is the usual one."""
    ground: Ground | None = None
    """What the words stand on, if it is not what is below their paragraph."""
    size: int = USUAL_SIZE
    is_optional: bool = False
    drawings: int = 0
    """Drawings around it."""
    link: Link | None = None
    """The link around it."""
    other_form_of: str | None = None
    """The destination of words that follow in Unicode after a form for older programs."""

    @property
    def is_shown(self) -> bool:
        """Whether what stands here is shown."""
        return self.destination == "text" and not (self.is_hidden or self.is_deleted)


def switched(state: State, name: str, *, is_on: bool) -> State:
    """Return a state after one of `SWITCHES`."""
    if name == "v":
        return replace(state, is_hidden=is_on)
    if name in {"deleted", "mvf"}:  # or moved to another place
        return replace(state, is_deleted=is_on)
    if name == "i":
        return replace(state, is_italic=is_on)
    if name == "b":
        return replace(state, is_bold=is_on)
    return replace(
        state,
        is_hidden=False,
        is_deleted=False,
        is_italic=False,
        is_bold=False,
        colour=0,
        ground=None,
        size=USUAL_SIZE,
    )


LOOKS = frozenset({"cf", "fs", *WORD_GROUNDS})
"""Control words for the size, the colour or the ground of words."""


def with_look(state: State, name: str, number: int | None) -> State:
    """Return a state after one of `LOOKS`."""
    if name == "cf":
        return replace(state, colour=number or 0)
    if name == "fs":
        return replace(state, size=USUAL_SIZE if number is None else number)
    return replace(state, ground=ground_of(name, number))


def why_unseen(state: State, around: Ground | None, colours: ColourTable) -> str | None:
    """Return why nobody sees words on a ground, which is None on the page; None if somebody may."""
    if state.is_deleted:
        return "deleted words"
    if state.is_hidden:
        return "hidden words"
    if state.size <= MAX_TINY:
        return "words too small to see"
    is_lost = colours.is_lost(state.colour, state.ground or around)
    return "words without contrast" if is_lost else None


class Shape(msgspec.Struct, frozen=True):
    """What a paragraph is."""

    kind: BlockKind
    level: int = 0


def shape_of(style: str, outline: int, marker: str) -> Shape:
    """Return what a paragraph is by its style, its level in the outline (-1: none), its label."""
    if 0 <= outline < 9:
        return Shape("heading", min(5, outline + 1))
    if style.startswith("heading ") and style[8:9].isdecimal():
        return Shape("heading", max(1, min(5, int(style[8]))))
    if style in {"title", "subtitle"}:
        return Shape("heading", 1)
    return Shape("item") if marker else Shape("paragraph")


def is_codec(name: str) -> bool:
    """Whether Python knows a code page."""
    try:
        codecs.lookup(name)
    except LookupError:
        return False
    return True
