"""What rendering reads, for a worker that does not see the project's folder."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import partial
from pathlib import Path

from generator.engine.jobs import Job, Supplies
from generator.files import find_files, read_file
from generator.publishing.rendering.job import make_job
from generator.publishing.rendering.renderer import RenderedPage, Renderer
from generator.publishing.rendering.shared_inputs import project_theme_folders


def render_pages_job(renderer: Renderer) -> Job[tuple[str, ...], RenderedPage]:
    """Return the job that renders pages, given by their paths below the docs folder."""
    job = make_job(renderer)
    return Job(
        job.renderer,
        renderer.rendered_folder,
        partial(partial, _supplies, renderer.docs),
        Supplies({path: read_file(path) for path in _shared_files(renderer, job.config_file)}),
    )


def _supplies(docs: Path, paths: Iterable[str]) -> Supplies:
    return Supplies({docs / path: read_file(docs / path) for path in paths})


def _shared_files(renderer: Renderer, config_file: Path) -> Iterator[Path]:
    """Yield the configuration, hooks, the project's theme, and the pages in the navigation."""
    yield config_file
    root = config_file.parent
    yield from (
        hook for name in renderer.config.hooks if (hook := root / name).is_relative_to(root)
    )
    for folder in project_theme_folders(renderer.config):
        if folder.is_relative_to(root):
            yield from (path for path in find_files(folder, "*") if path.suffix != ".pyc")
    yield from (renderer.docs / page.file.src_uri for page in renderer.nav.pages)
