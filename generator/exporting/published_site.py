"""A published site: the files that its build wrote, and no other that lies in its folder."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import msgspec
from slugify import slugify

from generator.checking.manifest import read_manifest
from generator.files import iterate_lines, read_file

_DOCUMENTS = "data/documents.jsonl"


class PublishedDocument(msgspec.Struct, frozen=True):
    """A document, as the site's data describe it."""

    path: str
    """Of its seed, below the folder of seeds."""
    address: str
    """Of its page, below the site."""
    title: str
    sha256: str
    """Of the seed."""
    words: int = 0
    authors: tuple[str, ...] = ()
    date: str | None = None
    """In EDTF."""
    language: str | None = None
    description: str | None = None
    rights: str | None = None

    @property
    def page(self) -> str:
        """The path of its page below the site."""
        return f"{self.address.removesuffix('index.html')}index.html"


@dataclass(frozen=True)
class PublishedSite:
    """A site in its folder, as its manifest lists it."""

    folder: Path
    name: str
    url: str
    """Its address, with a slash at its end; empty if it is not known."""
    base_path: str
    language: str

    @property
    def slug(self) -> str:
        """The name of the site as a name of files."""
        return slugify(self.name, max_length=60, word_boundary=True) or "site"

    @cached_property
    def digests(self) -> dict[str, str]:
        """The SHA-256 of each file, by its path below the site."""
        files = read_manifest(self.folder).files
        return {path: files[path] for path in sorted(files) if (self.folder / path).is_file()}

    @cached_property
    def documents(self) -> Sequence[PublishedDocument]:
        """The documents in the order of the site's data."""
        return tuple(self._documents())

    def _documents(self) -> Iterator[PublishedDocument]:
        path = self.folder / _DOCUMENTS
        for line in iterate_lines(path) if path.is_file() else ():
            yield msgspec.json.decode(line, type=PublishedDocument)

    def read(self, path: str) -> bytes:
        """Return the bytes of a file of the site."""
        return read_file(self.folder / path)
