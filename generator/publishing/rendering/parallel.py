"""Parallel rendering: MkDocs renders the pages of the navigation, workers render all others."""

from __future__ import annotations

import logging
import os
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, cast

import msgspec
from msgspec.structs import replace

from generator.engine import workers
from generator.engine.database import Database
from generator.engine.database_file import open_database
from generator.engine.fingerprint import program_fingerprint
from generator.engine.incremental import Build
from generator.engine.jobs import LOCAL_WORKERS, Workers
from generator.engine.tasks import TaskSummary
from generator.files.file_stats import file_stat
from generator.files.known_folders import rescan_files
from generator.files.snapshot import take_snapshot
from generator.model import PageCounts, Problem
from generator.pipeline.last_run import DATABASE_FILE
from generator.publishing.fast_rendering.canary import Canary, sample
from generator.publishing.fast_rendering.page_renderer import DirectRenderer, can_translate
from generator.publishing.plugin_guards import PluginFailure
from generator.publishing.rendering.job import ConfigurationError
from generator.publishing.rendering.navigation_files import NavigationFiles
from generator.publishing.rendering.page_supplies import render_pages_job
from generator.publishing.rendering.rendered_pages import (
    RENDER_PAGES,
    RENDER_PREVIEW,
    RenderedPages,
    link_targets,
)
from generator.publishing.rendering.renderer import RenderedPage, Renderer
from generator.publishing.rendering.shared_inputs import config_fingerprint, shared_fingerprint
from generator.publishing.rendering.template_cache import TemplateCache
from generator.publishing.rendering.write_site import Prescan, rendered_file, rendered_folder

if TYPE_CHECKING:
    import jinja2
    from mkdocs.config.defaults import MkDocsConfig

_log = logging.getLogger("seedbed")

_BATCH_SIZE = 16
"""Pages per message between processes: few, so that all workers finish at about the same time."""

_BYTES_PER_WORKER = 2_000_000
"""Fewest bytes of Markdown per worker: starting one takes as long as rendering them, 1 s."""


class RenderOptions(msgspec.Struct, frozen=True):
    """How the pages of a build are rendered."""

    state: Path
    """The project's `.seedbed` folder."""
    kind: str
    """`build` or `serve`: pages of a preview contain its address."""
    jobs: int
    """Number of processes; 0 means as many as there are cores, or fewer for little work."""
    count: workers.Count
    """Called with the number of rendered pages."""
    variables: Collection[str]
    """The variables that the theme's page templates use."""
    max_eager_pages: int | None
    """If more pages are outdated, all of them are rendered on request only; None: no limit."""
    report: Callable[[PluginFailure], None]
    """Called with each page on which an extension of Markdown fails."""
    prescan: Prescan = Prescan()
    """What is known of folders."""
    workers: Workers = LOCAL_WORKERS


class RenderSummary(NamedTuple):
    """What was done for the pages outside the navigation."""

    pages: PageCounts
    tasks: tuple[TaskSummary, ...]
    """What was outdated, and why."""
    problems: tuple[Problem, ...]


def render_in_workers(
    files: NavigationFiles, env: jinja2.Environment, config: MkDocsConfig, options: RenderOptions
) -> RenderSummary:
    """Render the outdated pages outside the navigation, and deliver all of them to the site."""
    summary = _render_outdated(files, env, config, options)
    # None: a page differed, which is recorded now, so the second call lets MkDocs render all.
    return summary or cast("RenderSummary", _render_outdated(files, env, config, options))


def _render_outdated(
    files: NavigationFiles, env: jinja2.Environment, config: MkDocsConfig, options: RenderOptions
) -> RenderSummary | None:
    """Render the outdated pages; None if MkDocs renders one of a sample differently."""
    pages, output_path = files.pages_outside_nav, files.output_path
    targets = link_targets(files.levels())
    with open_database(options.state.parent / DATABASE_FILE) as database:
        canary = Canary(database, shared_fingerprint(config, files.nav, options.variables))
        rendered_pages = _rendered_pages(database, files, canary, options)
        build, folder = rendered_pages.build, rendered_pages.folder
        snapshot = take_snapshot(folder, options.prescan.rendered)
        outdated = rendered_pages.outdated(pages, targets, snapshot, output_path)
        if options.prescan.changed is not None:
            folders = (path.rpartition("/")[0] for path in outdated)
            files.changed_folders = options.prescan.changed.union(folders)
        _cache_templates(env, config, options)
        renderer = _fastest(Renderer(config, env, files.nav, files, folder), canary)
        files.renderer = renderer
        if not renderer.direct:
            files.translated.render_by_mkdocs(files)
        elif _is_to_compare(canary, options):
            if not _agree_in_navigation(files, canary, build.number):
                return None
            renderer = replace(renderer, compared=frozenset(sample(outdated)))
        files.forget_loaded()
        if options.max_eager_pages is not None and len(outdated) > options.max_eager_pages:
            if not _agree_in_sample(renderer, canary):
                return None
            files.pending_pages = {output_path(path): path for path in outdated}
            outdated, renderer = [], files.renderer
        if not _render_and_save(outdated, renderer, rendered_pages, canary, options):
            return None
        written = [rendered_file(output_path(path)) for path in outdated]
        snapshot = rescan_files(snapshot, written).snapshot
        pending = len(files.pending_pages)
        removed = rendered_pages.finish(pages, pending, targets, snapshot, output_path)
        problems = canary.problems()
    files.rendered_folder = snapshot
    counts = PageCounts(len(outdated), len(pages) - len(outdated), removed)
    return RenderSummary(counts, build.summaries(), problems)


def _rendered_pages(
    database: Database, files: NavigationFiles, canary: Canary, options: RenderOptions
) -> RenderedPages:
    """Return the rendered pages of earlier builds, with a build that updates them."""
    if database.was_reset:
        _log.warning("%s was damaged and is created again", database.path)
    build = Build.start(database, program_fingerprint(), options.jobs, workers.no_progress)
    task = RENDER_PREVIEW if options.kind == "serve" else RENDER_PAGES
    folder = rendered_folder(options.state, options.kind)
    return RenderedPages(build, task, files.docs, folder, canary.fingerprint)


def _render_and_save(
    paths: list[str],
    renderer: Renderer,
    rendered_pages: RenderedPages,
    canary: Canary,
    options: RenderOptions,
) -> bool:
    """Render pages and save them; return whether those to compare are as MkDocs renders them."""
    different: list[str] = []
    rendered = _with_differences(_render(paths, renderer, options), different)
    rendered_pages.save(_reported(rendered, len(paths), options))
    return canary.record(renderer.compared, different)


def _cache_templates(env: jinja2.Environment, config: MkDocsConfig, options: RenderOptions) -> None:
    """Keep compiled templates between builds; they change only with the program and settings."""
    env.bytecode_cache = TemplateCache(
        options.state / "templates", f"{program_fingerprint()} {config_fingerprint(config)}"
    )
    env.auto_reload = False  # Jinja would look at the file of each template on each page


def _is_to_compare(canary: Canary, options: RenderOptions) -> bool:
    """Whether pages are rendered both ways: that takes a sixth of a preview's time after an edit.

    So a preview does it only until some have agreed.
    """
    return options.kind != "serve" or not canary.has_agreed


def _agree_in_navigation(files: NavigationFiles, canary: Canary, number: int) -> bool:
    """Whether pages of the navigation are as MkDocs renders them: all at first, then one."""
    shown = files.translated
    compared = shown.one_of(number) if canary.has_agreed else shown.paths
    return shown.compare_and_record(canary, files, compared)


def _agree_in_sample(renderer: Renderer, canary: Canary) -> bool:
    """Whether the pages to compare are as MkDocs renders them."""
    return canary.compare_and_record(sorted(renderer.compared), renderer.output, renderer.by_mkdocs)


def _fastest(renderer: Renderer, canary: Canary) -> Renderer:
    """Return a renderer that leaves as little to MkDocs as the settings allow."""
    config, env, nav, files = renderer.config, renderer.env, renderer.nav, renderer.files
    if canary.different_page or not can_translate(config):
        return renderer
    return replace(renderer, direct=DirectRenderer.for_site(config, env, nav, files))


def _render(paths: list[str], renderer: Renderer, options: RenderOptions) -> Iterator[RenderedPage]:
    """Render pages in several processes if that pays, and log MkDocs' messages about them."""
    jobs = _worker_count(paths, renderer.docs, options)
    where = f"{jobs} processes" if jobs > 1 else "this process"
    _log.info("Rendering %d pages in %s", len(paths), where)
    if jobs == 1:
        yield from renderer.render_all(paths)
        return
    try:
        size = options.workers.batch_size(_BATCH_SIZE, len(paths) // jobs)
        batches = workers.batches(paths, size)
        for batch in options.workers.map(render_pages_job(renderer), batches, jobs):
            for page, _ in batch:
                page.log_messages()
                yield page
    except ConfigurationError as error:
        _log.info("%s, so this process renders all pages", error)
        if options.workers is LOCAL_WORKERS:
            yield from renderer.render_all(paths)
        else:
            yield from _render(paths, renderer, replace(options, workers=LOCAL_WORKERS))


def _worker_count(paths: Sequence[str], docs: Path, options: RenderOptions) -> int:
    """Return how many processes pay; files are looked at until there is work for all."""
    count = options.workers.count(options.jobs)
    if options.jobs:
        return max(1, min(count, len(paths) // _BATCH_SIZE))
    stats = (file_stat(f"{docs}{os.sep}{path}") for path in paths)
    total_bytes = 0
    for size in (status.size for status in stats if status):
        total_bytes += size
        if total_bytes >= count * _BYTES_PER_WORKER:
            break
    return max(1, min(count, total_bytes // _BYTES_PER_WORKER))


def _reported(
    pages: Iterable[RenderedPage], total: int, options: RenderOptions
) -> Iterator[RenderedPage]:
    """Yield pages, and report the failures on each and how many are done."""
    for index, page in enumerate(pages, 1):
        for failure in page.failures:
            options.report(failure)
        yield page
        options.count(index, total)


def _with_differences(
    pages: Iterable[RenderedPage], different: list[str]
) -> Iterator[RenderedPage]:
    """Yield pages; append the paths of those that MkDocs renders differently to `different`."""
    for page in pages:
        if page.is_different:
            different.append(page.path)
        yield page
