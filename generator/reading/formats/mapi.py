"""The properties of an Outlook message, by olefile.

A message is a folder of streams in an OLE file, named by the number of a property and its type;
attachments, and messages in messages, are folders in it ([MS-OXMSG]).
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import msgspec
from msgspec.structs import replace
from olefile import OleFileIO

from generator.reading.formats.decode_declared import decode_declared

SUBJECT, BODY, HTML, SENT = 0x0037, 0x1000, 0x1013, 0x0039
HEADERS, SENDER, SENDER_ADDRESS, RECIPIENTS = 0x007D, 0x0C1A, 0x0C1F, 0x0E04
ATTACHED, ATTACHED_NAME, ATTACHED_SHORT_NAME = 0x3701, 0x3707, 0x3704
ATTACHED_TYPE, ATTACHED_ID, ATTACHED_HIDDEN = 0x370E, 0x3712, 0x7FFE
"""Properties; `RECIPIENTS` names those to whom a letter is sent openly, and no others."""

_CODE_PAGE = 0x3FFD
_UNICODE, _BYTES, _BINARY, _FOLDER = "001F", "001E", "0102", "000D"
_PROPERTIES = "__properties_version1.0"
_ATTACHMENT = "__attach_version1.0_#"
_HEADER_OF_FILE, _HEADER_OF_MESSAGE, _HEADER_OF_ATTACHMENT = 32, 24, 8
"""Bytes before the first of the properties that have a fixed size."""

_ENTRY = struct.Struct("<HHI8s")
_FIRST_DAY = datetime(1601, 1, 1, tzinfo=UTC)


class OutlookItem(msgspec.Struct, frozen=True):
    """A message or an attachment."""

    ole: OleFileIO
    path: tuple[str, ...] = ()
    header: int = _HEADER_OF_FILE
    charset: str = "windows-1252"
    """Of letters that are not Unicode."""

    @classmethod
    def of(cls, ole: OleFileIO) -> OutlookItem:
        """Return the message that an OLE file is."""
        return cls(ole)._with_charset()

    def text(self, number: int) -> str:
        """Return a property that is a text; empty if it has none."""
        data = self._stream(number, _UNICODE)
        if data is not None:
            return data.decode("utf-16-le", "replace").replace("\0", "")
        decoding = decode_declared(self._stream(number, _BYTES) or b"", self.charset)
        return decoding.text.replace("\0", "") if decoding else ""

    def data(self, number: int) -> bytes:
        """Return a property that is bytes; empty if it has none."""
        return self._stream(number, _BINARY) or b""

    @property
    def sent(self) -> datetime | None:
        """Return when a message was sent; None if it does not say so."""
        ticks = int.from_bytes(self._fixed(SENT) or b"", "little")
        try:
            return _FIRST_DAY + timedelta(microseconds=ticks // 10) if ticks else None
        except OverflowError:
            return None

    @property
    def is_hidden(self) -> bool:
        """Whether an attachment is in no list, because it belongs to the text or to nobody."""
        return any((self._fixed(ATTACHED_HIDDEN) or b"")[:1])

    def attachments(self) -> Iterator[OutlookItem]:
        """Yield what is attached to a message."""
        depth = len(self.path)
        folders = self.ole.listdir(streams=False, storages=True)
        for folder in sorted(f for f in folders if tuple(f[:depth]) == self.path):
            if len(folder) == depth + 1 and folder[-1].startswith(_ATTACHMENT):
                yield replace(self, path=tuple(folder), header=_HEADER_OF_ATTACHMENT)

    @property
    def message(self) -> OutlookItem | None:
        """Return the message that an attachment is; None if it is a file."""
        path = (*self.path, f"__substg1.0_{ATTACHED:04X}{_FOLDER}")
        if not self.ole.exists(list(path)):
            return None
        return replace(self, path=path, header=_HEADER_OF_MESSAGE)._with_charset()

    def _with_charset(self) -> OutlookItem:
        number = int.from_bytes((self._fixed(_CODE_PAGE) or b"")[:4], "little")
        names = {0: self.charset, 65_001: "utf-8"}
        return replace(self, charset=names.get(number, f"windows-{number}"))

    def _fixed(self, number: int) -> bytes | None:
        """Return the eight bytes of a property with a fixed size."""
        data = self._bytes_of(_PROPERTIES) or b""
        whole = (len(data) - self.header) // _ENTRY.size * _ENTRY.size
        for _type, own, _flags, value in _ENTRY.iter_unpack(data[self.header :][: max(0, whole)]):
            if own == number:
                return bytes(value)
        return None

    def _stream(self, number: int, kind: str) -> bytes | None:
        return self._bytes_of(f"__substg1.0_{number:04X}{kind}")

    def _bytes_of(self, name: str) -> bytes | None:
        path = [*self.path, name]
        return self.ole.openstream(path).read() if self.ole.exists(path) else None
