"""Relations of a part of a Word file: the files and addresses that its elements name by an id."""

from __future__ import annotations

import posixpath

import msgspec

from generator.reading.formats.packages import Package, attribute, children


class Relations(msgspec.Struct, frozen=True):
    """The relations of one part, by id."""

    files: dict[str, str] = msgspec.field(default_factory=dict)
    """Names of entries of the package."""
    addresses: dict[str, str] = msgspec.field(default_factory=dict)
    """Targets outside of it."""

    @classmethod
    def parse(cls, package: Package, folder: str, part: str) -> Relations:
        """Return the relations of a part in a folder of the package."""
        relations = cls()
        name = f"_rels/{part}.rels"
        for relation in children(package.xml(f"{folder}/{name}" if folder else name)):
            key, target = attribute(relation, "Id") or "", attribute(relation, "Target") or ""
            if attribute(relation, "TargetMode") == "External":
                relations.addresses[key] = target
            else:
                path = posixpath.normpath(posixpath.join("/", folder, target))
                relations.files[key] = path.lstrip("/")
        return relations
