"""Scan the staging folder in the background, while the docs folder is generated."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from generator.engine import workers
from generator.files.snapshot import Snapshot, take_snapshot
from generator.files.staging_folder import StagingFolder
from generator.publishing.rendering.write_site import copy_site
from generator.publishing.site_folders import ScanChanges, SiteFolders


class StagingScan(NamedTuple):
    """What a scan found."""

    staging: ScanChanges
    """The folder in which the next site is built."""
    rendered: Snapshot
    """The rendered pages of earlier builds."""


class StartedPrescan(NamedTuple):
    """A scan of the staging folder in the background."""

    result: Callable[[], StagingScan]
    """Waits for it; nothing may be written there meanwhile."""
    submit: workers.Submit | None
    """Gives more tasks to the same process; None while that copies the site, which takes long."""


def scan_staging(
    stage: StagingFolder, site: Path, rendered: Path, list_file: Path, database_file: Path
) -> StagingScan:
    """Scan the staging folder and the rendered pages.

    A missing staging folder is created as a copy of the site, with the files in `list_file`.
    """
    if not stage.next.exists():
        copy_site(stage.next, site, list_file)
    known = SiteFolders.load(database_file)
    staging = known.scan(stage.next, stage.folder, known.tree.save_count)
    return StagingScan(known.changes(staging), take_snapshot(rendered))
