"""The manifest of a new site, in the staging folder."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from generator.checking.manifest import MANIFEST, write_manifest
from generator.engine.database import Database
from generator.engine.file_digests import update_digests
from generator.files import sha256
from generator.publishing.mkdocs_build import BuildResult

_DIGESTS = "site digests"


def add_manifest(database: Database, site: Path, built: BuildResult) -> BuildResult:
    """Write the manifest of a site that was built; only files that changed are read for it."""
    stats = built.site.files
    paths = sorted(stats.keys() - {MANIFEST})
    named = [path for path in paths if _is_text(path)]  # the database has no other keys
    digests = update_digests(database, _DIGESTS, named, stats, lambda path: sha256(site / path))
    digests |= {path: sha256(site / path) for path in paths if path not in digests}
    changed = {MANIFEST} if write_manifest(site, digests) else set()
    return replace(
        built,
        site=built.site.refreshed([MANIFEST]),
        changed_files=built.changed_files | changed,
    )


def _is_text(path: str) -> bool:
    """Whether a path is valid text; a file system may have names in another encoding."""
    return path.isascii() or not any("\ud800" <= letter <= "\udfff" for letter in path)
