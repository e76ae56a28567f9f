"""Which files of a site's folder Seedbed wrote; files of others there are never deleted."""

from __future__ import annotations

import json
import re
import zlib
from collections.abc import Iterable, Set
from pathlib import Path

import msgspec

from generator.files import file_size, folders, read_file, write_file
from generator.files.file_list import FileList, folder_number, list_path, read_list, write_list
from generator.files.folders import FolderEntries
from generator.files.names_by_folder import NamesByFolder, changed_names, missing_paths, names_of
from generator.files.snapshot import Snapshot, take_snapshot
from generator.model import Problem, SeedbedError, coded_error

_MANIFEST = "search/manifest.bin"
"""The file that identifies a site of ours if the list of its files is missing."""

_PERMIT = ".seedbed"
"""Name of an empty file that permits to publish our site beside other files of a folder."""

_GENERATED_PATHS = {
    "index of the search": r"search/[a-z]+/([a-z0-9]/)?[a-z0-9]{8,}\.bin",
    "texts of a document": r"documents/.+/(text\.txt|source\.\w+|ledger\.json|tei\.xml)",
    "citations of a document": r"documents/.+/cite\.(bib|ris|csl\.json)",
    "feed of a name": r"(people|organizations|places|authors|collections)/.+/feed\.xml",
    "script or style of the theme": r"assets/.+\.[0-9a-f]{8}\.min\.(js|css)(\.map)?",
}
"""Patterns of paths that a site of ours has and other sites are unlikely to have."""

_OUR_THEME = b"assets/seedbed."
"""Text in every page that our theme rendered."""

HOST_MARKER = ".nojekyll"
"""The file at the top of a site that makes GitHub Pages publish all others unchanged."""

_LISTED_NAMES = 5
"""Most names that a refusal lists."""


class SiteFolder(msgspec.Struct, frozen=True):
    """The folder of a site, and the file with the list of our files there."""

    site: Path
    list_file: Path

    @classmethod
    def for_site(cls, root: Path, site: Path) -> SiteFolder:
        """Return the folder of a project's site."""
        return cls(site, list_path(root / ".seedbed", root, site))

    @property
    def own_files(self) -> NamesByFolder | None:
        """The files that we wrote there; None if unknown.

        The list is valid for the folder it was written for. If that folder was copied or replaced,
        the list is valid only if the new folder is a site of ours.
        """
        file_list = self.read()
        same_folder = file_list and file_list.folder == folder_number(self.site)
        return file_list.names if file_list and (same_folder or self.is_site) else None

    @property
    def is_site(self) -> bool:
        """Whether the folder contains a site that Seedbed built, for this or another project."""
        manifest = self.site / _MANIFEST
        return manifest.is_file() and _is_manifest(read_file(manifest))

    @property
    def is_permitted(self) -> bool:
        """Whether the user permits our site beside other files in the folder."""
        return (self.site / _PERMIT).is_file()

    def read(self) -> FileList | None:
        """Read the list, whatever the folder contains now."""
        return read_list(self.list_file)

    def save(self, files: NamesByFolder) -> None:
        """Save the list: these files, and no others, are ours."""
        write_list(self.list_file, self.site, files)


def _is_manifest(data: bytes) -> bool:
    """Whether a file is the manifest of an index that our search reads."""
    try:
        unpacked = zlib.decompress(data)
        size = int.from_bytes(unpacked[:4], "little")
        header = json.loads(unpacked[4 : 4 + size])
    except (zlib.error, ValueError):
        return False
    return isinstance(header, dict) and header.keys() >= {"schema", "build", "entries", "files"}


def write_marker(site: Path) -> None:
    """Write the marker that makes GitHub Pages publish the files of a site unchanged.

    Without it, Jekyll leaves out `_headers` and every other name that starts with an underscore,
    and treats a seed with front matter as a template.
    """
    marker = site / HOST_MARKER
    if not marker.exists():
        write_file(marker, b"")


def save_built_files(folder: SiteFolder, docs: Path) -> None:
    """Save the list of our files in a site's folder that MkDocs itself emptied and wrote.

    MkDocs does not delete hidden files. A hidden file is ours if it is also in the docs folder, or
    if it is the empty marker for the host that the plugin wrote.
    """
    files = take_snapshot(folder.site).files
    own = (path for path in files if not path.startswith(".") or _is_built(folder, docs, path))
    folder.save(names_of(own))


def _is_built(folder: SiteFolder, docs: Path, path: str) -> bool:
    """Whether a hidden file comes from the docs folder, or is the plugin's marker."""
    is_marker = path == HOST_MARKER and file_size(folder.site / path) == 0
    return is_marker or not _differs(folder.site, docs, path)


def has_generated_path(path: str) -> bool:
    """Whether a path has a form that only files of our sites have."""
    return any(re.fullmatch(rule, path) for rule in _GENERATED_PATHS.values())


def _is_ours(site: Path, path: str) -> bool:
    """Whether a file of a site of ours is generated, judged by its path or its content."""
    is_page = path.endswith(".html") and not (site / path).is_symlink() and (site / path).is_file()
    return has_generated_path(path) or (is_page and _OUR_THEME in read_file(site / path))


def require_own_folder(folder: SiteFolder) -> None:
    """Raise SeedbedError if a site cannot be published to its folder, before anything is written.

    It can if the folder has no files except hidden ones, or contains a site of ours.
    """
    site, state = folder.site, folder.list_file.parents[1]
    if state.resolve() in {site.resolve(), *site.resolve().parents}:
        raise coded_error(
            "E042",
            site,
            f"{state.name}/ is reserved for Seedbed's own files",
            "Set `site_dir` in mkdocs.yml to another folder",
        )
    if site.exists() and not site.is_dir():
        raise coded_error("E042", site, "this is a file, not a folder", "Move it away")
    if site.is_mount():
        raise coded_error(
            "E042",
            site,
            "this folder is a mounted disk and cannot be replaced",
            "Set `site_dir` in mkdocs.yml to a folder inside it",
        )
    names = [name for name in folders.top_level_names(site) if not name.startswith(".")]
    if names and not folder.is_permitted and not folder.is_site and folder.own_files is None:
        raise _refusal(site, names)


def _refusal(site: Path, names: list[str]) -> SeedbedError:
    more = f" and {len(names) - _LISTED_NAMES:,} more" if len(names) > _LISTED_NAMES else ""
    message = ", ".join(names[:_LISTED_NAMES]) + more
    return coded_error(
        "E040",
        site,
        f"Seedbed has no record that it wrote what is in this folder: {message}",
        "Set `site_dir` in mkdocs.yml to another folder, or remove what you do not need; to keep"
        f" it beside the site, create an empty file {_PERMIT} in the folder",
    )


def foreign_files(
    folder: SiteFolder, site: Snapshot, new: Path, wanted: Snapshot, listed: NamesByFolder | None
) -> FolderEntries:
    """Return the files of others in the folder of a site, which must be copied to the new site.

    `site` is the folder as it is, `new` the new site, of which `wanted` was taken; `listed` are the
    files that we wrote before, if known. Raises SeedbedError if a file of others is in the way of
    one of ours, or if the owner of a file is unknown.
    """
    existing = site.names
    claimed = _claimed(folder, existing, wanted) if listed is None else listed
    foreign = frozenset(
        path
        for path in missing_paths(existing, claimed)
        if path not in wanted.files or _differs(folder.site, new, path)
    )
    _require_room(folder.site, foreign, wanted)
    unknown = [path for path in foreign if not path.startswith(".")]
    if unknown and listed is None and not folder.is_permitted:
        raise _refusal(folder.site, sorted(unknown))
    parents = folders.parent_folders(foreign)
    empty = site.folders - wanted.folders - parents
    if empty:
        ours = claimed.keys() | folders.parent_folders(f"{below}/" for below in claimed)
        empty = {path for path in empty - ours if not _meets_our_file(path, wanted)}
    return FolderEntries(foreign, parents | empty)


def _meets_our_file(path: str, wanted: Snapshot) -> bool:
    """Whether a path, or a folder above it, is that of a file of ours."""
    return any(way in wanted.files for way in (path, *folders.parent_folders([path])))


def _claimed(folder: SiteFolder, existing: NamesByFolder, wanted: Snapshot) -> NamesByFolder:
    """Return our files in a folder without a list, if it contains a site of ours."""
    if not folder.is_site:
        return {}
    others = missing_paths(existing, wanted.names)
    return changed_names(wanted.names, (path for path in others if _is_ours(folder.site, path)), ())


def _differs(site: Path, new: Path, path: str) -> bool:
    """Whether a file of the site differs from the same file of the new site."""
    current, other = site / path, new / path
    if current.is_symlink() or not current.is_file() or not other.is_file():
        return True
    if file_size(current) != file_size(other):
        return True
    return read_file(current) != read_file(other)


def _require_room(site: Path, foreign: frozenset[str], wanted: Snapshot) -> None:
    """Raise SeedbedError if a file of others is in the way of a file or folder of ours."""
    for path in sorted(foreign):
        if path in wanted.listings or _meets_our_file(path, wanted):
            raise coded_error(
                "E041",
                site / path,
                "Seedbed did not write this, and the site needs this path",
                "Move it away; put files that should be part of the site in the docs folder",
            )


def report_foreign_files(
    site: Path, foreign: Iterable[str], own_folders: Set[str]
) -> tuple[Problem, ...]:
    """Return a warning for each file or folder of others in a site's folder that is not hidden.

    `foreign` are the files of others, `own_folders` our folders.
    """
    tops = {_top(path, own_folders) for path in foreign if not path.startswith(".")}
    return tuple(
        Problem(
            "W070",
            f"{site.name}/{top}",
            "Seedbed did not write this; it stays in the site",
            "Move it to the docs folder, which every new site copies, or remove it",
            severity="warning",
        )
        for top in sorted(tops)
    )


def _top(path: str, own_folders: Set[str]) -> str:
    """Return the topmost parent folder of a file that is not ours, or the file itself."""
    return min(
        (name for name in (path, *folders.parent_folders([path])) if name not in own_folders),
        key=len,
    )
