"""The manifest of a new site, in the staging folder."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import partial
from operator import itemgetter
from pathlib import Path
from typing import NamedTuple

from generator.checking.manifest import MANIFEST, manifest_entry, write_manifest
from generator.engine.database import Database
from generator.engine.parallel_digests import compute_digests, digest_below
from generator.engine.saved_folders import SavedFolder, load_folders, save_folders
from generator.files.known_folders import look_again
from generator.files.snapshot import decode_listing, encode_listing, listed_names
from generator.model import SeedPath
from generator.publishing.mkdocs_build import BuildResult

_ENTRIES = "manifest entries"
"""Table of the entries of the files of each folder, in the order of its listing."""

_SEPARATOR = b",\n"


class WithManifest(NamedTuple):
    """A site that was built, with its manifest."""

    built: BuildResult
    digests: Mapping[str, str]
    """The digest of each data file but the manifest."""


def add_manifest(
    database: Database,
    site: Path,
    built: BuildResult,
    jobs: int,
    seeds: Mapping[SeedPath, str] | None,
) -> WithManifest:
    """Write the manifest of a site that was built; only files that changed are read for it.

    `seeds` are the digests of the seeds of its documents; None: they are not known.
    """
    saved = load_folders(database, _ENTRIES)
    current = _current_folders(_without_manifest(built.site.listings), saved, site, jobs)
    save_folders(database, _ENTRIES, saved, current)
    changed = {MANIFEST} if write_manifest(site, _in_order(current), seeds) else set()
    built = replace(
        built,
        site=look_again(built.site, [MANIFEST]).snapshot,
        changed_files=built.changed_files | changed,
    )
    return WithManifest(built, _data_digests(current))


def _without_manifest(listings: Mapping[str, bytes]) -> dict[str, bytes]:
    folder, _, name = MANIFEST.rpartition("/")
    files = decode_listing(listings[folder]) if folder in listings else {}
    files.pop(name, None)
    return {**listings, folder: encode_listing(files)}


def _current_folders(
    listings: Mapping[str, bytes], saved: Mapping[str, SavedFolder], site: Path, jobs: int
) -> dict[str, SavedFolder]:
    """Return the entries of all folders; files in which nothing changed are not read again."""
    folders = {
        folder: before
        for folder, listing in listings.items()
        if (before := saved.get(folder)) and before.listing == listing
    }
    valid = {
        folder: _valid_entries(saved.get(folder), listing)
        for folder, listing in listings.items()
        if folder not in folders
    }
    paths = [
        _path(folder, name)
        for folder, entries in valid.items()
        for name in listed_names(listings[folder])
        if name not in entries
    ]
    read = map(manifest_entry, paths, compute_digests(partial(digest_below, site), jobs, paths))
    for folder, entries in valid.items():
        listing = listings[folder]
        every = (entries.get(name) or next(read) for name in listed_names(listing))
        folders[folder] = SavedFolder(listing, _SEPARATOR.join(every))
    return folders


def _valid_entries(saved: SavedFolder | None, listing: bytes) -> dict[str, bytes]:
    """Return the saved entries of files of a folder that did not change since."""
    if saved is None:
        return {}
    now, before = decode_listing(listing), decode_listing(saved.listing)
    entries = _entries(saved).items()
    return {name: entry for name, entry in entries if now.get(name) == before[name]}


def _entries(folder: SavedFolder) -> dict[str, bytes]:
    """Return the entry of each file of a folder."""
    names = listed_names(folder.listing)
    return dict(zip(names, folder.value.split(_SEPARATOR) if names else (), strict=True))


def _in_order(folders: Mapping[str, SavedFolder]) -> Iterator[bytes]:
    """Yield all entries in the order of the paths, those of a folder without folders at once."""
    parents = {folder.rpartition("/")[0] for folder in folders}
    blocks: list[tuple[str, bytes]] = []
    for folder, saved in folders.items():
        if folder in parents:
            blocks += ((_path(folder, name), entry) for name, entry in _entries(saved).items())
        elif saved.value:
            blocks.append((f"{folder}/", saved.value))
    return (entries for _, entries in sorted(blocks, key=itemgetter(0)))


def _data_digests(folders: Mapping[str, SavedFolder]) -> dict[str, str]:
    """Return the digests of data files."""
    parent = MANIFEST.rpartition("/")[0]
    entries = (
        saved.value
        for folder, saved in folders.items()
        if folder == parent or folder.startswith(f"{parent}/")
    )
    digests: dict[str, str] = json.loads(b"{%s}" % _SEPARATOR.join(filter(None, entries)))
    return digests


def _path(folder: str, name: str) -> str:
    return f"{folder}/{name}" if folder else name
