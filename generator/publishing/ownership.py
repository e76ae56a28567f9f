"""Which files of a site's folder are Seedbed's: what others put there is never deleted."""

from __future__ import annotations

import json
import re
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from generator.files import file_size, folders, read_file, write_file
from generator.files.file_list import FileList, folder_number, list_path, read_list, write_list
from generator.files.folders import FolderNames
from generator.model import Problem, SeedbedError, coded_error

_MANIFEST = "search/manifest.bin"
"""The file by which a site of ours is known where no list of its files is left."""

_PERMIT = ".seedbed"
"""An empty file of this name says that our site may be put beside what is in a folder."""

_MADE = {
    "index of the search": r"search/[a-z]+/[a-z0-9]{8,}\.bin",
    "texts of a document": r"documents/.+/(text\.txt|source\.\w+|ledger\.json)",
    "citations of a document": r"documents/.+/cite\.(bib|ris|csl\.json)",
    "feed of a name": r"(people|organizations|places|authors)/.+/feed\.xml",
    "script or style of the theme": r"assets/.+\.[0-9a-f]{8}\.min\.(js|css)(\.map)?",
}
"""Rules for the paths of files that a site of ours has, and no other is likely to have."""

_OUR_THEME = b"assets/seedbed."
"""What stands in every page that our theme made."""

HOST_MARK = ".nojekyll"
"""The file at the top of a site that has GitHub Pages publish all others as they are."""

_TOLD = 5
"""Names that a refusal tells."""


@dataclass(frozen=True, slots=True)
class Place:
    """The folder of a site, and where the list of its files is kept."""

    site: Path
    list: Path

    @classmethod
    def of(cls, root: Path, site: Path) -> Place:
        """Return the place of a project's site."""
        return cls(site, list_path(root / ".seedbed", root, site))

    @property
    def listed(self) -> frozenset[str] | None:
        """The files that we wrote there; None where that is not known.

        The list holds for the folder of which it was made. For another one, that was copied or
        put in its place, it holds if that is a site of ours.
        """
        found = self.read()
        same = found and found.folder == folder_number(self.site)
        return found.files if found and (same or self.is_site) else None

    @property
    def is_site(self) -> bool:
        """Whether the folder holds a site that some project of Seedbed made."""
        manifest = self.site / _MANIFEST
        return manifest.is_file() and _is_manifest(read_file(manifest))

    @property
    def is_permitted(self) -> bool:
        """Whether somebody said that our site may be put beside what is in the folder."""
        return (self.site / _PERMIT).is_file()

    def read(self) -> FileList | None:
        """Return the list, whatever is in the folder now."""
        return read_list(self.list)

    def note(self, files: Iterable[str]) -> None:
        """Note that these files, and no others, are ours."""
        write_list(self.list, self.site, files)


def _is_manifest(data: bytes) -> bool:
    """Whether a file is the manifest of an index that our search reads."""
    try:
        unpacked = zlib.decompress(data)
        size = int.from_bytes(unpacked[:4], "little")
        found = json.loads(unpacked[4 : 4 + size])
    except (zlib.error, ValueError):
        return False
    return isinstance(found, dict) and found.keys() >= {"schema", "build", "entries", "files"}


def write_marker(site: Path) -> None:
    """Tell GitHub Pages to publish the files of a site as they are.

    It would run Jekyll over them otherwise, which leaves out `_headers` and every other name that
    begins so, and reads a seed with front matter as a template.
    """
    marker = site / HOST_MARK
    if not marker.exists():
        write_file(marker, b"")


def note_built(place: Place, docs: Path) -> None:
    """Note what is ours in a site's folder that MkDocs itself emptied and wrote.

    It leaves hidden files there; those that it wrote are in the docs folder, too, and the plugin
    has written an empty mark for the host.
    """
    found = folders.list_names(place.site).files
    place.note(path for path in found if not path.startswith(".") or _is_built(place, docs, path))


def _is_built(place: Place, docs: Path, path: str) -> bool:
    """Whether a hidden file comes from the docs folder, or is the plugin's mark."""
    mark = path == HOST_MARK and file_size(place.site / path) == 0
    return mark or not _differs(place.site, docs, path)


def is_made(path: str) -> bool:
    """Whether a file of a site of ours is so named as only ours are."""
    return any(re.fullmatch(rule, path) for rule in _MADE.values())


def _is_ours(site: Path, path: str) -> bool:
    """Whether a file of a site of ours is one that we made, as far as it tells itself."""
    page = path.endswith(".html") and not (site / path).is_symlink() and (site / path).is_file()
    return is_made(path) or (page and _OUR_THEME in read_file(site / path))


def require_ours(place: Place) -> None:
    """Raise SeedbedError when a site cannot be put into its folder, before anything is written.

    A folder that is empty but for hidden files is free; so is one that holds a site of ours.
    """
    site, state = place.site, place.list.parents[1]
    if state.resolve() in {site.resolve(), *site.resolve().parents}:
        raise coded_error(
            "E042",
            site,
            f"{state.name}/ is for what Seedbed itself needs",
            "Set `site_dir` in mkdocs.yml to another folder",
        )
    if site.exists() and not site.is_dir():
        raise coded_error("E042", site, "this is a file, and no folder", "Move it away")
    if site.is_mount():
        raise coded_error(
            "E042",
            site,
            "this folder cannot be exchanged, as it is a disk of its own",
            "Set `site_dir` in mkdocs.yml to a folder inside it",
        )
    found = [name for name in folders.top_level_names(site) if not name.startswith(".")]
    if found and not place.is_permitted and not place.is_site and place.listed is None:
        raise _refusal(site, found)


def _refusal(site: Path, names: list[str]) -> SeedbedError:
    more = f" and {len(names) - _TOLD:,} more" if len(names) > _TOLD else ""
    message = ", ".join(names[:_TOLD]) + more
    return coded_error(
        "E040",
        site,
        f"Seedbed has no record that it wrote what is in this folder: {message}",
        "Set `site_dir` in mkdocs.yml to another folder, or remove what you do not need; to keep"
        f" it beside the site, make an empty file {_PERMIT} in the folder",
    )


def others(
    place: Place, new: Path, ours: FolderNames, listed: frozenset[str] | None
) -> FolderNames:
    """Return what others put into the folder of a site, and what must be in the next one too.

    `new` is the next site, with files and folders that are `ours`; `listed` are those that we
    wrote before. Raises SeedbedError when a file of others is where one of ours belongs, or when
    it is unknown whose a file is.
    """
    found = folders.list_names(place.site)
    claimed = _claimed(place, found, ours.files) if listed is None else listed
    theirs = frozenset(
        path
        for path in found.files - claimed
        if path not in ours.files or _differs(place.site, new, path)
    )
    _require_room(place.site, theirs, ours)
    unknown = [path for path in theirs if not path.startswith(".")]
    if unknown and listed is None and not place.is_permitted:
        raise _refusal(place.site, sorted(unknown))
    above = frozenset(all_above(theirs))
    empty = found.folders - ours.folders - above
    if empty:
        empty -= ours.files.union(all_above(claimed))
    return FolderNames(theirs, above | empty)


def _claimed(place: Place, found: FolderNames, ours: frozenset[str]) -> frozenset[str]:
    """Return what is ours in a folder of which no list is left, if it holds a site of ours."""
    if not place.is_site:
        return frozenset()
    return ours | {path for path in found.files - ours if _is_ours(place.site, path)}


def _differs(site: Path, new: Path, path: str) -> bool:
    """Whether a file of the site is not the same as that of the next one."""
    there, other = site / path, new / path
    if there.is_symlink() or not there.is_file() or not other.is_file():
        return True
    if file_size(there) != file_size(other):
        return True
    return read_file(there) != read_file(other)


def _require_room(site: Path, theirs: frozenset[str], ours: FolderNames) -> None:
    """Raise SeedbedError when a file of others is where a file or a folder of ours belongs."""
    for path in sorted(theirs):
        if path in ours.files or path in ours.folders or not ours.files.isdisjoint(_above(path)):
            raise coded_error(
                "E041",
                site / path,
                "Seedbed did not write this, and a file of the site belongs there",
                "Move it away; what should be part of the site belongs in the docs folder",
            )


def _above(path: str) -> Iterator[str]:
    """Yield every folder in which a file is."""
    while path := path.rpartition("/")[0]:
        yield path


def all_above(paths: Iterable[str]) -> Iterator[str]:
    """Yield the folders in which any of these files is, each at least once."""
    level = {path.rpartition("/")[0] for path in paths} - {""}
    while level:
        yield from level
        level = {path.rpartition("/")[0] for path in level} - {""}


def strays(site: Path, theirs: Iterable[str], ours: frozenset[str]) -> tuple[Problem, ...]:
    """Return a message for each thing in the site's folder that is not ours, and is not hidden.

    `ours` are our folders.
    """
    tops = {_top(path, ours) for path in theirs if not path.startswith(".")}
    return tuple(
        Problem(
            "W070",
            f"{site.name}/{top}",
            "Seedbed did not write this; it stays in the site",
            "Move it to the docs folder, from where every site gets it, or remove it",
            severity="warning",
        )
        for top in sorted(tops)
    )


def _top(path: str, ours: frozenset[str]) -> str:
    """Return the highest folder above a file that is not ours, or the file itself."""
    return min((one for one in (path, *_above(path)) if one not in ours), key=len)
