"""The manifest of a site: SHA-256 of its files and seeds, with which a copy can be verified.

It has one entry in each line, in the order of the paths, and only seeds that the site publishes.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from itertools import islice
from json.encoder import encode_basestring_ascii as quoted
from pathlib import Path

import msgspec

from generator.checking.source_text import seed_source
from generator.files import read_file, sha256, table_rows, write_parts
from generator.files.snapshot import take_snapshot
from generator.model import PagePath, Problem, Seed, SeedbedError, SeedPath
from generator.text.formulas import unescape_formula

MANIFEST = PagePath("data/manifest.json")

_DOCUMENTS = "data/documents.csv"

_BATCH = 1_024
"""Entries that are encoded together."""


class Manifest(msgspec.Struct):
    """The digests that a manifest lists."""

    files: dict[str, str]
    seeds: dict[str, str]


class Verification(msgspec.Struct, frozen=True):
    """The result of comparing a site and its seeds with the manifest."""

    files: int
    seeds: int
    differences: tuple[Problem, ...]
    others: tuple[Problem, ...] = ()
    """Files of the site that the manifest does not list, as hosts add some."""


def write_manifest(
    site: Path, files: Iterable[bytes], seeds: Mapping[SeedPath, str] | None = None
) -> bool:
    """Write the manifest of a site with these entries of its files; return whether it changed.

    The entries are in the order of the paths, each alone or with others after a comma and a line
    break. `seeds` are the digests of seeds that the site publishes; None: its table is read.
    """
    digests = dict(_seed_digests(site / _DOCUMENTS)) if seeds is None else seeds
    entries = (manifest_entry(path, digests[path]) for path in sorted(digests))
    return write_parts(site / MANIFEST, _lines(files, entries))


def manifest_entry(path: str, digest: str) -> bytes:
    """Return what the manifest says about a file."""
    return f'{quoted(path)}: "{digest}"'.encode()


def _lines(files: Iterable[bytes], seeds: Iterable[bytes]) -> Iterator[bytes]:
    yield b'{"schema": 1,\n"algorithm": "SHA-256",\n"files": {'
    yield from _joined(files)
    yield b'},\n"seeds": {'
    yield from _joined(seeds)
    yield b"}}\n"


def _joined(entries: Iterable[bytes]) -> Iterator[bytes]:
    separator, rest = b"\n", iter(entries)
    while some := b",\n".join(islice(rest, _BATCH)):
        yield separator + some
        separator = b",\n"


def _seed_digests(table: Path) -> Iterator[tuple[SeedPath, str]]:
    """Yield the path and the digest of each seed that the site publishes."""
    for row in table_rows(table):
        yield SeedPath(unescape_formula(row["path"])), row["sha256"]


def verify(seeds: Path, site: Path) -> Verification:
    """Compare a folder of seeds and a site with the manifest of the site.

    No file is changed. Raises SeedbedError if the site has no manifest that can be read.
    """
    manifest = read_manifest(site)
    existing = take_snapshot(site).files.keys() - {MANIFEST}
    differences = (*_file_differences(site, manifest.files), *_seed_differences(seeds, manifest))
    others = tuple(
        Problem(
            *("W140", path, "the manifest does not list this file"),
            "If it is not yours, remove it",
            severity="warning",
        )
        for path in sorted(existing - manifest.files.keys())
    )
    return Verification(len(manifest.files), len(manifest.seeds), differences, others)


def read_manifest(site: Path) -> Manifest:
    """Return the manifest of a site; raise SeedbedError if there is none that can be read."""
    path = site / MANIFEST
    hint = "Build the site again, or name the folder of the whole site"
    try:
        # The reader of msgspec refuses names that are not valid text.
        manifest = msgspec.convert(json.loads(read_file(path)), Manifest)
    except FileNotFoundError:
        raise SeedbedError(f"there is no {path}", hint) from None
    except (ValueError, RecursionError, msgspec.ValidationError) as error:
        raise SeedbedError(f"{path} cannot be read: {error}", hint) from error
    if not manifest.files:
        raise SeedbedError(f"{path} lists no file, so nothing can be compared", hint)
    return manifest


def _file_differences(site: Path, files: Mapping[str, str]) -> Iterator[Problem]:
    for path, digest in files.items():
        file = site / path
        if not _is_inside(file, site):
            message = "the path leaves the site, or is none"
            yield Problem("E077", path, message, "Do not trust this site")
        elif not file.is_file():
            yield Problem("E077", path, "the file is missing", "Copy the site again")
        elif sha256(file) != digest:
            message = "the file is not the one that was built"
            yield Problem("E077", path, message, "Copy the site again, or ask who changed it")


def _seed_differences(seeds: Path, manifest: Manifest) -> Iterator[Problem]:
    source = seed_source(seeds, ocr=None)
    for path, digest in manifest.seeds.items():
        if not _is_inside(seeds / path, seeds):
            message = "the path leaves the seeds folder, or is none"
            yield Problem("E078", path, message, "Do not trust this site")
            continue
        seed = source(SeedPath(path))
        if not isinstance(seed, Seed):
            yield Problem("E078", path, "there is no such seed", "Look for it in another folder")
        elif seed.digest != digest:
            message = "the seed is not the one of which the page was made"
            yield Problem("E078", path, message, "Compare it with the site, or build it again")


def _is_inside(path: Path, folder: Path) -> bool:
    """Whether a path is one that a file in a folder can have."""
    try:
        path.lstat()
    except (FileNotFoundError, NotADirectoryError):  # a part of a container, or a missing file
        pass
    except (OSError, ValueError):  # too long, or with characters that no path has
        return False
    return path.resolve().is_relative_to(folder.resolve())
