"""A site as a bag for archives, by BagIt 1.0 (RFC 8493), in a ZIP file with one folder."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, field

from generator import __version__
from generator.checking.manifest import MANIFEST
from generator.exporting.published_site import PublishedSite
from generator.files.archives import ArchiveEntry
from generator.model import coded_error

_DECLARATION = "BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n"


@dataclass
class _Payload:
    """What the manifest of a bag says of the files that were added."""

    size: int = 0
    lines: list[str] = field(default_factory=list)

    def add(self, path: str, data: bytes) -> None:
        """Add a file."""
        self.size += len(data)
        self.lines.append(_line(f"data/{path}", data))


def bag_entries(site: PublishedSite, folder: str) -> Iterator[ArchiveEntry]:
    """Yield the files of a bag whose payload is the site as it is published.

    Raises SeedbedError if a file is not the one that was built.
    """
    payload = _Payload()
    for path, digest in (*site.digests.items(), (MANIFEST, None)):
        data = site.read(path)
        if digest is not None and hashlib.sha256(data).hexdigest() != digest:
            message = "the file is not the one that was built"
            raise coded_error("E077", path, message, "Remove it, and build the site again")
        payload.add(path, data)
        yield ArchiveEntry(f"{folder}/data/{path}", data)
    tags = {
        "bagit.txt": _DECLARATION,
        "bag-info.txt": "".join(_information(site, payload)),
        "manifest-sha256.txt": "".join(sorted(payload.lines)),
    }
    tags["tagmanifest-sha256.txt"] = "".join(
        _line(name, text.encode()) for name, text in tags.items()
    )
    for name, text in tags.items():
        yield ArchiveEntry(f"{folder}/{name}", text.encode())


def _information(site: PublishedSite, payload: _Payload) -> Iterator[str]:
    values = {
        "Source-Organization": site.publisher,
        "External-Description": site.description or site.name,
        "External-Identifier": site.url,
        "Bag-Software-Agent": f"Seedbed {__version__}",
        "Payload-Oxum": f"{payload.size}.{len(payload.lines)}",
    }
    for label, value in values.items():
        if value:
            yield f"{label}: {' '.join(value.split())}\n"


def _line(path: str, data: bytes) -> str:
    """Return a line of a manifest, in which a path is written as the standard asks."""
    name = path.replace("%", "%25").replace("\n", "%0A").replace("\r", "%0D")
    return f"{hashlib.sha256(data).hexdigest()}  {name}\n"
