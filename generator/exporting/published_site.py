"""A published site: the files that its build wrote, and no other in its folder."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from uuid import NAMESPACE_URL, UUID, uuid5

import msgspec
from slugify import slugify

from generator.checking.manifest import read_manifest
from generator.files import build_date, iterate_all_lines, read_file

_DOCUMENTS = "data/documents.jsonl"
_FEED = "feed.xml"
_FEED_ID = re.compile(r"<id>urn:uuid:([0-9a-f-]{36})</id>")
_FEED_UPDATED = re.compile(r"<updated>(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ)</updated>")


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
    url: str | None
    """Its address, with a slash at its end; None if it is not known."""
    base_path: str
    language: str
    description: str | None = None
    publisher: str | None = None

    @property
    def slug(self) -> str:
        """The name of the site as a name of files."""
        return slugify(self.name, max_length=60, word_boundary=True) or "site"

    @property
    def feed_id(self) -> UUID:
        """The identifier of the site in its feed; without one, it follows from the address."""
        found = _FEED_ID.search(self._feed)
        return UUID(found[1]) if found else uuid5(NAMESPACE_URL, self.url or self.name)

    @property
    def updated(self) -> str:
        """When the newest document was added, by the feed; the day of the export for drafts."""
        found = _FEED_UPDATED.search(self._feed) if "<entry>" in self._feed else None
        return found[1] if found else f"{build_date()}T00:00:00Z"

    @cached_property
    def _feed(self) -> str:
        return self.read(_FEED).decode() if _FEED in self.digests else ""

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
        for line in iterate_all_lines(self.folder / _DOCUMENTS):
            yield msgspec.json.decode(line, type=PublishedDocument)

    def read(self, path: str) -> bytes:
        """Return the bytes of a file of the site."""
        return read_file(self.folder / path)
