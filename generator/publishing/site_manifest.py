"""The manifest of a new site, in the staging folder."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from itertools import chain, islice
from json.encoder import encode_basestring_ascii as quoted
from operator import itemgetter
from pathlib import Path
from typing import NamedTuple

from msgspec.structs import replace

from generator.checking.manifest import MANIFEST, manifest_entry, write_manifest
from generator.engine.database import Database
from generator.engine.derived_values import ValueTable, derive
from generator.engine.parallel_digests import compute_digests, digest_below
from generator.files.file_stats import STAT_SIZE, FileStat
from generator.files.known_folders import rescan_files
from generator.files.listings import EMPTY_LISTING, decode_listing, encode_listing, listed_names
from generator.files.names_by_folder import in_folder
from generator.model import SeedPath
from generator.publishing.mkdocs_build import BuildResult

_ENTRIES = ValueTable("manifest entries", bytes)
"""The entry of each file, or those of all files of the folder of a page."""

_ANY_PROGRAM = b""
"""An entry follows from the file alone."""

_FOLDER, _, _NAME = MANIFEST.rpartition("/")

_PAGE = b"index.html"
"""The page of a folder."""

_MOST_TOGETHER = 32
"""Most files of the folder of a page that have one value: one that changed has all read again."""


class WithManifest(NamedTuple):
    """A site that was built, with its manifest."""

    built: BuildResult
    digests: Mapping[str, str]
    """The digest of each file in the folder of the manifest but the manifest, by its name."""


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
    beside = decode_listing(built.site.listings.get(_FOLDER, EMPTY_LISTING))
    beside.pop(_NAME, None)
    listings = {**built.site.listings, _FOLDER: encode_listing(beside)}
    # Quoted, a path with bytes that are no text is text too.
    states = {quoted(path): state for path, state in sorted(_states(listings), key=itemgetter(0))}
    entries = derive(
        database, _ENTRIES, _ANY_PROGRAM, states, partial(_read_entries, site, jobs, states)
    )
    changed = {MANIFEST} if write_manifest(site, entries.values(), seeds) else set()
    built = replace(
        built,
        site=rescan_files(built.site, [MANIFEST]).snapshot,
        changed_files=built.changed_files | changed,
    )
    known = b",".join(entries[quoted(in_folder(_FOLDER, name))] for name in beside)
    digests: dict[str, str] = json.loads(b"{%s}" % known)
    return WithManifest(built, dict(zip(beside, digests.values(), strict=True)))


def _states(listings: Mapping[str, bytes]) -> Iterator[tuple[str, bytes | FileStat]]:
    """Yield files by path with their stats, and folders of pages with their listings.

    The path of a folder ends with a slash, so in the order of the paths it is where its files are.
    """
    parents = {_FOLDER, *(folder.rpartition("/")[0] for folder in listings)}
    for folder, listing in listings.items():
        end = listing.index(b"/")
        is_small = len(listing) - end <= _MOST_TOGETHER * STAT_SIZE
        if is_small and _PAGE in listing[:end] and folder not in parents:
            yield f"{folder}/", listing
        else:
            yield from (
                (in_folder(folder, name), stat) for name, stat in decode_listing(listing).items()
            )


def _read_entries(
    site: Path, jobs: int, states: Mapping[str, bytes | FileStat], keys: Sequence[str]
) -> Iterator[bytes]:
    """Yield the entries of the files, or of the folders of pages, with these quoted paths."""
    files = [_files(json.loads(key), states[key]) for key in keys]
    paths = [*chain.from_iterable(files)]
    digests = compute_digests(partial(digest_below, site), jobs, paths)
    entries = map(manifest_entry, paths, digests)
    for each in files:
        yield b",\n".join(islice(entries, len(each)))


def _files(path: str, state: bytes | FileStat) -> list[str]:
    return [path + name for name in listed_names(state)] if isinstance(state, bytes) else [path]
