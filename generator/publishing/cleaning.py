"""What a build made is removed, and nothing else."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from generator.files import docs_list, folders, generated_paths, project_lock, remove_generated
from generator.files.staging import find_staging_folder
from generator.publishing.mkdocs_build import Project
from generator.publishing.ownership import Place, all_above


@dataclass(frozen=True, slots=True)
class Cleaned:
    """What became of the files of a project."""

    removed: int
    """Files and folders, a folder that is ours as a whole counted as one."""
    left: tuple[Path, ...]
    """What is still in the site's folder, or in folders of generated pages, as it is not ours."""


def clean(project: Project) -> Cleaned:
    """Remove the generated pages, the site and the project's state; all files of others stay.

    Raises SeedbedError while another run works on the project.
    """
    root, site, docs = project.settings.root, project.site, project.settings.docs
    state = root / ".seedbed"
    with project_lock(root):
        stage = find_staging_folder(state, site)
        if stage.is_ours:
            folders.restore(site, stage.old)
        removed = _clean_site(Place.of(root, site))
        if stage.is_ours:
            folders.remove(stage.folder)
        owned = generated_paths(docs)
        removed += remove_generated(docs, list_file=docs_list(root, docs))
    folders.remove(state)
    left = [path for path in owned if path.is_dir()]
    return Cleaned(removed + 1, (*left, *(site / name for name in folders.top_level_names(site))))


def _clean_site(place: Place) -> int:
    """Remove our files, and the folders that are empty then; return how many files."""
    ours = (place.listed or frozenset()) & folders.list_names(place.site).files
    folders.remove_files(place.site / path for path in ours)
    above = sorted(set(all_above(ours)), reverse=True)  # the deepest first
    folders.remove_if_empty(place.site / path for path in above)
    if ours:
        folders.remove_if_empty([place.site])
    return len(ours)
