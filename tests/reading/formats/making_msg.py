"""Small Outlook messages: OLE files with a stream for each property."""

from __future__ import annotations

import struct
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

_SECTOR = 512
_TABLES = 8
"""Sectors of the table of sectors."""

_END, _FAT = 0xFFFFFFFE, 0xFFFFFFFD
_NONE = 0xFFFFFFFF
_STORAGE, _STREAM, _ROOT = 1, 2, 5
_LARGE = 4_200
"""Bytes of a stream; smaller ones would stand in a stream of their own kind."""

_SENT = 0x0039
_HIDDEN = 0x7FFE

Tree = Mapping[str, "bytes | Tree"]
"""Streams and folders of an OLE file."""


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file or a message inside a message."""

    name: str
    data: bytes | Tree
    content_id: str = ""
    is_hidden: bool = False

    def tree(self) -> Tree:
        """Return its streams."""
        kind = "0102" if isinstance(self.data, bytes) else "000D"
        data = _padded(self.data) if isinstance(self.data, bytes) else self.data
        fixed = {_HIDDEN: int(self.is_hidden).to_bytes(8, "little")}
        return {
            **_texts({0x3707: self.name, 0x3712: self.content_id}),
            f"__substg1.0_3701{kind}": data,
            "__properties_version1.0": _properties(8, fixed),
        }


@dataclass(frozen=True, slots=True)
class Letter:
    """A message; `properties` are further ones that are texts."""

    subject: str
    body: str
    sender: str
    html: bytes = b""
    ticks: int = 0
    properties: Mapping[int, str] = field(default_factory=dict)
    attachments: Sequence[Attachment] = ()

    def tree(self, header: int = 24) -> Tree:
        """Return its streams; a message inside of another one has a shorter header."""
        texts = {0x0037: self.subject, 0x1000: self.body, 0x0C1A: self.sender, **self.properties}
        attached = {
            f"__attach_version1.0_#{number:08X}": attachment.tree()
            for number, attachment in enumerate(self.attachments)
        }
        html = {"__substg1.0_10130102": _padded(self.html)} if self.html else {}
        properties = _properties(header, {_SENT: self.ticks.to_bytes(8, "little")})
        return {**_texts(texts), **html, "__properties_version1.0": properties, **attached}

    def file(self) -> bytes:
        """Return the message as a file."""
        return ole(self.tree(32))


def _texts(texts: Mapping[int, str]) -> dict[str, bytes]:
    return {
        f"__substg1.0_{number:04X}001F": _padded(text.encode("utf-16-le"), b"\0")
        for number, text in texts.items()
        if text
    }


def _padded(data: bytes, sign: bytes = b" ") -> bytes:
    return data.ljust(_LARGE, sign)


def _properties(header: int, fixed: Mapping[int, bytes]) -> bytes:
    entries = (struct.pack("<HHI8s", 0, number, 6, value) for number, value in fixed.items())
    other = struct.pack("<HHI8s", 3, 1, 6, b"")
    data = bytes(header) + b"".join(entries)
    return data + other * (-(len(data) - _LARGE) // len(other))


@dataclass(slots=True)
class _Disk:
    """The sectors of a file, the table of what follows what, and the entries of its folder."""

    fat: list[int] = field(default_factory=lambda: [_FAT] * _TABLES)
    sectors: bytearray = field(default_factory=bytearray)
    entries: list[bytes] = field(default_factory=list)

    def write(self, data: bytes) -> int:
        """Write data and return its first sector."""
        first, count = len(self.fat), max(1, -(-len(data) // _SECTOR))
        self.fat += [*range(first + 1, first + count), _END]
        self.sectors += data.ljust(count * _SECTOR, b"\0")
        return first

    def add(self, tree: Tree, name: str = "Root Entry", kind: int = _ROOT) -> int:
        """Add a folder with all that is in it, and return the number of its entry."""
        number = len(self.entries)
        self.entries.append(b"")
        right = _NONE
        for inner in sorted(tree, key=lambda name: (len(name), name.upper()), reverse=True):
            right = self._add_inner(inner, tree[inner], right)
        self.entries[number] = _entry(name, kind, child=right)
        return number

    def _add_inner(self, name: str, content: bytes | Tree, right: int) -> int:
        if isinstance(content, bytes):
            start = self.write(content)
            self.entries.append(_entry(name, _STREAM, right=right, start=start, size=len(content)))
            return len(self.entries) - 1
        number = self.add(content, name, _STORAGE)
        self.entries[number] = _with_right(self.entries[number], right)
        return number


def ole(tree: Tree) -> bytes:
    """Return an OLE file with these streams; all are in ordinary sectors."""
    disk = _Disk()
    disk.add(tree)
    first = disk.write(b"".join(disk.entries))
    assert len(disk.fat) <= _TABLES * _SECTOR // 4
    table = struct.pack(f"<{len(disk.fat)}I", *disk.fat).ljust(_TABLES * _SECTOR, b"\xff")
    header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16)
    header += struct.pack("<HHHHH6x", 0x3E, 3, 0xFFFE, 9, 6)
    header += struct.pack("<IIIIIIIII", 0, _TABLES, first, 0, 1, _END, 0, _END, 0)
    header += struct.pack(f"<{_TABLES}I", *range(_TABLES))
    return header.ljust(_SECTOR, b"\xff") + table + bytes(disk.sectors)


def _entry(
    name: str,
    kind: int,
    *,
    right: int = _NONE,
    child: int = _NONE,
    start: int = _END,
    size: int = 0,
) -> bytes:
    """Return an entry of the folder."""
    encoded = name.encode("utf-16-le") + b"\0\0"
    head = encoded.ljust(64, b"\0") + struct.pack("<HBB", len(encoded), kind, 1)
    return head + struct.pack("<III36xIQ", _NONE, right, child, start, size)


def _with_right(entry: bytes, right: int) -> bytes:
    return entry[:72] + struct.pack("<I", right) + entry[76:]
