"""Remove what builds wrote into a project, and nothing else."""

from __future__ import annotations

from pathlib import Path

import msgspec

from generator.files import (
    docs_list,
    folder_swap,
    folders,
    generated_paths,
    project_lock,
    remove_generated,
)
from generator.files.names_by_folder import paths_of
from generator.files.snapshot import take_snapshot
from generator.files.staging_folder import find_staging_folder
from generator.publishing.mkdocs_build import Project
from generator.publishing.ownership import SiteFolder


class CleanResult(msgspec.Struct, frozen=True):
    """The result of cleaning a project."""

    removed: int
    """Number of files and folders; a folder that is removed as a whole counts as one."""
    remaining: tuple[Path, ...]
    """Files of others in the site's folder and in folders of generated pages, and links."""


def clean(project: Project) -> CleanResult:
    """Remove the generated pages, the site and the project's state, but no files of others.

    Raises SeedbedError while another run is using the project.
    """
    root, site, docs = project.settings.root, project.site, project.settings.docs
    state = root / ".seedbed"
    with project_lock(root):
        stage = find_staging_folder(state, site)
        if stage.is_ours:
            folder_swap.restore(site, stage.old)
        removed = _clean_site(SiteFolder.for_site(root, site))
        if stage.is_ours:
            folders.remove(stage.folder)
        generated = generated_paths(docs)
        removed += remove_generated(docs, list_file=docs_list(root, docs))
    if not state.is_symlink():  # its target may have files of others
        folders.remove(state)
    remaining = [path for path in (*generated, state) if path.is_dir() or path.is_symlink()]
    remaining += [site / name for name in folders.top_level_names(site)]
    if site.is_symlink():
        remaining.append(site)
    return CleanResult(removed + 1, tuple(remaining))


def _clean_site(folder: SiteFolder) -> int:
    """Remove our files and then the empty folders; return the number of files."""
    existing = set(take_snapshot(folder.site).files)
    listed = existing.intersection(paths_of(folder.own_files or {}))
    own_files = {path for path in listed if not (folder.site / path).is_symlink()}
    folders.remove_files(folder.site / path for path in own_files)
    parents = sorted(folders.parent_folders(own_files), reverse=True)  # the deepest first
    folders.remove_if_empty(folder.site / path for path in parents)
    if own_files:
        folders.remove_if_empty([folder.site])
    return len(own_files)
