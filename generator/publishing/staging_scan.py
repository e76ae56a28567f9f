"""Look at the staging folder in the background, while the docs folder is generated."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from generator.engine import workers
from generator.files.snapshot import take_snapshot
from generator.files.staging_folder import StagingFolder
from generator.publishing.rendering.write_site import Prescan, PrescanResult, copy_site
from generator.publishing.site_folders import SiteFolders


class StartedPrescan(NamedTuple):
    """A scan of the staging folder in the background."""

    result: PrescanResult
    submit: workers.Submit | None
    """Gives more tasks to the same process; None while that copies the site, which takes long."""


def scan_staging(
    stage: StagingFolder, site: Path, rendered: Path, list_file: Path, database_file: Path
) -> Prescan:
    """Look at the staging folder and the rendered pages.

    A missing staging folder is created as a copy of the site, with the files in `list_file`.
    """
    if not stage.next.exists():
        copy_site(stage.next, site, list_file)
    known = SiteFolders.load(database_file)
    staging = known.look(stage.next, stage.folder, known.tree.save_count)
    return Prescan(staging=staging, rendered=take_snapshot(rendered))
