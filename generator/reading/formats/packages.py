"""ZIP packages and the XML in them, within limits: DOCX, ODT, EPUB and XLSX are such packages.

Nothing is ever written to the disk, and the name of an entry is a label only.
"""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from xml.etree import ElementTree as ET
from xml.etree.ElementTree import Element

from generator.reading.formats import refusals

MAX_ENTRY = 100_000_000
"""Bytes of one entry, as of one seed."""

MAX_TOTAL = 1_000_000_000
"""Bytes of all entries that are read from a package."""

MAX_ENTRIES = 10_000
_MAX_RATIO = 200
"""How many times an entry may be larger than its packed bytes; text reaches 30."""

_SMALL = 5_000_000
"""Bytes up to which any ratio is harmless."""

_MAX_DEPTH = 250
"""Elements inside each other; a Word file with tables in tables has about forty."""


class Package:
    """A ZIP package in memory; it counts what was read from it."""

    def __init__(self, data: bytes) -> None:
        """Open a package; refuse a damaged one."""
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
        except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError) as error:
            raise refusals.is_damaged("it is no complete ZIP package") from error
        if len(self._zip.infolist()) > MAX_ENTRIES:
            raise refusals.is_too_large(f"has more than {MAX_ENTRIES:,} entries")
        self._left = MAX_TOTAL

    @property
    def entries(self) -> list[zipfile.ZipInfo]:
        """The entries in the order of the package."""
        return self._zip.infolist()

    def names(self) -> list[str]:
        """Return the names of the entries."""
        return self._zip.namelist()

    def read(self, name: str) -> bytes | None:
        """Return the bytes of an entry; None if there is none of this name."""
        try:
            return self.read_entry(self._zip.getinfo(name))
        except KeyError:
            return None

    def read_picture(self, name: str) -> bytes | None:
        """Return the bytes of a picture; none for one that unpacks to very much."""
        try:
            return self.read(name)
        except refusals.RefusedError:
            return b""

    def read_entry(self, entry: zipfile.ZipInfo) -> bytes:
        """Return the bytes of an entry; refuse what unpacks to very much."""
        if entry.flag_bits & 1:
            raise refusals.needs_password()
        limit = min(self._left, MAX_ENTRY)
        if entry.file_size > _SMALL:
            limit = min(limit, max(_SMALL, _MAX_RATIO * entry.compress_size))
        try:
            with self._zip.open(entry) as file:
                data = file.read(limit + 1)
        except (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError) as error:
            raise refusals.is_damaged(f"the entry {entry.filename!r}") from error
        if len(data) > limit:
            raise refusals.is_too_large("unpacks to far more than its size")
        self._left -= len(data)
        return data

    def xml(self, name: str) -> Element | None:
        """Return an entry as XML; None if there is none of this name."""
        data = self.read(name)
        return None if data is None else parse_xml(data)


class _NoDoctype(ET.TreeBuilder):
    """Refuses a document type: its entities could multiply, or name files of the system."""

    def doctype(self, *_arguments: object) -> None:
        """Refuse."""
        raise refusals.is_damaged("it declares XML entities, which no such file needs")


def parse_xml(data: bytes) -> Element:
    """Return XML as a tree; refuse a document type and very deep trees."""
    parser = ET.XMLParser(target=_NoDoctype())  # noqa: S314  (no document type, no entities)
    try:
        parser.feed(data)
        root: Element = parser.close()
    except (ET.ParseError, ValueError, LookupError) as error:
        raise refusals.is_damaged("its XML is not well-formed") from error
    if _is_deeper(root, _MAX_DEPTH):
        raise refusals.is_too_large("is nested too deeply")
    return root


def _is_deeper(root: Element, limit: int) -> bool:
    level, depth = [root], 0
    while level and depth <= limit:
        level = [child for element in level for child in element]
        depth += 1
    return bool(level)


def local_name(element: Element) -> str:
    """Return the name of an element without its namespace."""
    return element.tag.rpartition("}")[2]


def attribute(element: Element | None, name: str) -> str | None:
    """Return an attribute by its name without the namespace."""
    if element is None:
        return None
    for key, value in element.attrib.items():
        if key.rpartition("}")[2] == name:
            return value
    return None


def children(element: Element | None, *names: str) -> Iterator[Element]:
    """Yield the children with one of these names, or all."""
    for child in element if element is not None else ():
        if not names or local_name(child) in names:
            yield child


def child(element: Element | None, *path: str) -> Element | None:
    """Return the first child with this name, or the one that a path of names leads to."""
    for name in path:
        element = next(children(element, name), None)
    return element


def descendants(element: Element | None, name: str) -> Iterator[Element]:
    """Yield every element of this name, at any depth."""
    for node in element.iter() if element is not None else ():
        if local_name(node) == name:
            yield node


def small_number(words: str | None, default: int) -> int:
    """Return the number that an attribute states; `default` for none and for absurd ones."""
    return int(words) if words and re.fullmatch(r"(?a:\d{1,8})", words) else default
