"""The manifest of a new site, in the staging folder."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial
from itertools import chain
from pathlib import Path
from typing import NamedTuple

from generator.checking.manifest import MANIFEST, write_manifest
from generator.engine import workers
from generator.engine.database import Database
from generator.engine.file_digests import update_digests
from generator.files import sha256
from generator.publishing.mkdocs_build import BuildResult

_DIGESTS = "site digests"


_BATCH_SIZE = 256
"""Files per message between processes."""

_FILES_PER_WORKER = 2_000
"""Fewest files per worker: reading one takes 0.03 ms, and workers of earlier stages are waiting."""


class WithManifest(NamedTuple):
    """A site that was built, with its manifest."""

    built: BuildResult
    digests: Mapping[str, str]
    """The digest of each file but the manifest."""


def add_manifest(database: Database, site: Path, built: BuildResult, jobs: int) -> WithManifest:
    """Write the manifest of a site that was built; only files that changed are read for it."""
    stats = built.site.files
    paths = sorted(stats.keys() - {MANIFEST})
    named = [path for path in paths if _is_text(path)]  # the database has no other keys
    read = partial(_digests, site, jobs)
    digests = update_digests(database, _DIGESTS, named, stats, read)
    others = [path for path in paths if path not in digests]
    digests |= zip(others, read(others), strict=True)
    changed = {MANIFEST} if write_manifest(site, digests) else set()
    built = replace(
        built,
        site=built.site.refreshed([MANIFEST]),
        changed_files=built.changed_files | changed,
    )
    return WithManifest(built, digests)


def _digests(site: Path, jobs: int, paths: Sequence[str]) -> Iterator[str]:
    """Yield the digest of each file of a site, in order."""
    most = len(paths) // _FILES_PER_WORKER
    used = max(1, min(jobs or workers.available_cores(), most))
    batches = workers.batches(paths, _BATCH_SIZE)
    return chain.from_iterable(workers.map_ordered(partial(_reader, site), batches, used))


def _reader(site: Path) -> Callable[[Iterable[str]], list[str]]:
    return lambda paths: [sha256(site / path) for path in paths]


def _is_text(path: str) -> bool:
    """Whether a path is valid text; a file system may have names in another encoding."""
    return path.isascii() or not any("\ud800" <= letter <= "\udfff" for letter in path)
