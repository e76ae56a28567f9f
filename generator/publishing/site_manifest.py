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
    digests = update_digests(database, _DIGESTS, paths, stats, lambda path: sha256(site / path))
    changed = {MANIFEST} if write_manifest(site, digests) else set()
    return replace(
        built,
        site=built.site.refreshed([MANIFEST]),
        changed_files=built.changed_files | changed,
    )
