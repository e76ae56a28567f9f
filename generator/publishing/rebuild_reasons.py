"""Why one seed or page was built again."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from urllib.parse import unquote, urlsplit

from generator.checking.verified_pages import VERIFY_PAGES
from generator.engine.database_file import open_database
from generator.engine.rebuild_reasons import explain_items
from generator.engine.tasks import TaskSummary
from generator.pipeline.build_tasks import TASKS
from generator.pipeline.last_run import DATABASE_FILE
from generator.publishing.mkdocs_build import Project
from generator.publishing.rendering.rendered_pages import RENDER_PAGES

_TASKS = (*TASKS, RENDER_PAGES, VERIFY_PAGES)


def explain_tasks(
    project: Project, path: str, since: int, tasks: Iterable[TaskSummary]
) -> list[str]:
    """Return what `--explain` prints: a line for each task if its path is empty."""
    if path:
        return explain_path(project, path, since)
    return [str(task) for task in tasks] or ["All tasks are up to date."]


def explain_path(project: Project, path: str, since: int) -> list[str]:
    """Return a line for each task that has to do with a seed or a page.

    The page may be given by its Markdown, by its file in the site, or by its address. `since` is
    the number of the last build before the one to be explained.
    """
    names = set(_names(project, path))
    with open_database(project.settings.root / DATABASE_FILE) as database:
        lines = list(explain_items(database, _TASKS, names, since))
    hint = "name a seed, a page below docs/ or the site's folder, or an address of the site"
    return lines or [f"{path}: no build knows this seed or page; {hint}"]


def _names(project: Project, path: str) -> Iterator[str]:
    """Yield the paths that a seed or page may have below the folder of its kind."""
    settings = project.settings
    yield path.strip("/")
    for folder in (settings.seeds, settings.docs, project.site):
        absolute = Path(path).absolute()
        if absolute.is_relative_to(folder):
            yield absolute.relative_to(folder).as_posix()
    address = unquote(urlsplit(path).path).removeprefix(settings.site.base_path).strip("/")
    yield address
    yield f"{address}/index.md".strip("/")
