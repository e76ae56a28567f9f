"""A small Outlook message: an OLE file with a stream for each property."""

from __future__ import annotations

import struct

_SECTOR = 512
_END, _FREE, _FAT = 0xFFFFFFFE, 0xFFFFFFFF, 0xFFFFFFFD
_NONE = 0xFFFFFFFF
_STREAM, _ROOT = 2, 5
_LARGE = 2_100
"""Characters of a stream; smaller ones would stand in a stream of their own kind."""


def msg(subject: str, body: str, sender: str) -> bytes:
    """Return a message with these properties."""
    texts = {0x0037: subject, 0x1000: body, 0x0C1A: sender, 0x001A: "IPM.Note", 0x0042: sender}
    streams = {
        f"__substg1.0_{number:04X}001F": text.ljust(_LARGE).encode("utf-16-le")
        for number, text in texts.items()
    }
    entries = b"".join(struct.pack("<HHIII", 0x001F, number, 6, 2 * _LARGE, 0) for number in texts)
    streams["__properties_version1.0"] = bytes(32) + entries * 60
    return ole(streams)


def ole(streams: dict[str, bytes]) -> bytes:
    """Return an OLE file with these streams; all are in ordinary sectors."""
    fat: list[int] = [_FAT]
    sectors = b""
    starts: dict[str, int] = {}
    for name, data in streams.items():
        count = -(-len(data) // _SECTOR)
        starts[name] = len(fat)
        fat += [*range(len(fat) + 1, len(fat) + count), _END]
        sectors += data.ljust(count * _SECTOR, b"\0")
    names = sorted(streams, key=lambda name: (len(name), name))
    folder = _entry("Root Entry")
    for number, name in enumerate(names, 1):
        right = number + 1 if number < len(names) else _NONE
        folder += _entry(name, starts[name], len(streams[name]), right)
    count = -(-len(folder) // _SECTOR)
    first = len(fat)
    fat += [*range(first + 1, first + count), _END]
    sectors += folder.ljust(count * _SECTOR, b"\0")
    table = struct.pack(f"<{len(fat)}I", *fat).ljust(_SECTOR, b"\xff")
    header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16)
    header += struct.pack("<HHHHH6x", 0x3E, 3, 0xFFFE, 9, 6)
    header += struct.pack("<IIIIIIIIII", 0, 1, first, 0, 1, _END, 0, _END, 0, 0)
    return header.ljust(_SECTOR, b"\xff") + table + sectors


def _entry(name: str, start: int = _END, size: int = 0, right: int = _NONE) -> bytes:
    """Return an entry of the folder; without a start it is the root, and the first is its child."""
    is_root = start == _END
    encoded = name.encode("utf-16-le") + b"\0\0"
    kind, child = (_ROOT, 1) if is_root else (_STREAM, _NONE)
    head = encoded.ljust(64, b"\0") + struct.pack("<HBB", len(encoded), kind, 1)
    return head + struct.pack("<III36xIQ", _NONE, right, child, start, size)
