"""What holds inside a group of RTF, and the control words that say so."""

from __future__ import annotations

import msgspec
from msgspec.structs import replace

from generator.model.blocks import BlockKind
from generator.reading.formats.inline_text import InlineText

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

SWITCHES = frozenset({"v", "deleted", "i", "b", "plain"})
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
    has_ground: bool = False
    """Whether the words stand on a colour."""
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
    if name == "deleted":
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
        has_ground=False,
    )


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
