"""Parallel rendering: MkDocs renders the pages of the navigation, workers render all others.

MkDocs uses its collection of files in two ways. For the navigation, the sitemap and links it
requests all pages or one. In its two rendering loops it requests the pages of an inclusion level.
The hook `on_files` replaces the collection by one that returns only the pages of the navigation for
the second kind of request.
"""

from __future__ import annotations

import logging
import os
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple, cast

from mkdocs.exceptions import BuildError
from mkdocs.structure.files import File, InclusionLevel
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page

from generator.engine import workers
from generator.engine.database import open_database
from generator.engine.fingerprint import program_fingerprint
from generator.engine.incremental import Build
from generator.engine.jobs import LOCAL_WORKERS, Workers
from generator.engine.tasks import TaskSummary
from generator.files.snapshot import Snapshot, file_stat, take_snapshot
from generator.model import PageCounts, Problem
from generator.publishing.fast_rendering.canary import Canary, sample
from generator.publishing.fast_rendering.page_renderer import DirectRenderer, can_translate
from generator.publishing.plugin_guards import PluginFailure
from generator.publishing.rendering.job import ConfigurationError
from generator.publishing.rendering.lazy_files import (
    FilePaths,
    LazyFiles,
    RevealedDocs,
)
from generator.publishing.rendering.lazy_pages import LazyPages
from generator.publishing.rendering.navigation_pages import NavigationPages
from generator.publishing.rendering.page_supplies import render_pages_job
from generator.publishing.rendering.rendered_pages import (
    RENDER_PAGES,
    RENDER_PREVIEW,
    RenderedPages,
    join_targets,
)
from generator.publishing.rendering.renderer import EPOCH, RenderedPage, Renderer
from generator.publishing.rendering.shared_inputs import (
    PAGES,
    config_fingerprint,
    shared_fingerprint,
)
from generator.publishing.rendering.template_cache import TemplateCache
from generator.publishing.rendering.write_site import (
    SiteFiles,
    own_and_other_files,
    rendered_file,
    rendered_folder,
)

if TYPE_CHECKING:
    import jinja2
    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.plugins import BasePlugin

_log = logging.getLogger("seedbed")

_BATCH_SIZE = 16
"""Pages per message between processes: few, so that all workers finish at about the same time."""

_BYTES_PER_WORKER = 2_000_000
"""Fewest bytes of Markdown per worker: starting one takes as long as rendering them, 1 s."""

_HARMLESS_EVENTS = frozenset(
    "startup shutdown serve config pre_build post_build build_error".split()
)
"""Events of plugins that do not change pages."""

_OWN_TEMPLATES = frozenset({"404.html", "sitemap.xml"})
"""The static templates of MkDocs and Material, which use only the addresses of all pages."""


@dataclass(frozen=True, slots=True)
class RenderOptions:
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
    rendered: Snapshot | None = None
    """A snapshot of the rendered pages of earlier builds, if it was taken."""
    workers: Workers = LOCAL_WORKERS


class RenderSummary(NamedTuple):
    """What was done for the pages outside the navigation."""

    pages: PageCounts
    tasks: tuple[TaskSummary, ...]
    """What was outdated, and why."""
    problems: tuple[Problem, ...]


class NavigationFiles(LazyFiles):
    """All files for lookups, but only the pages of the navigation for MkDocs' rendering loops."""

    def __init__(
        self,
        revealed: RevealedDocs,
        docs: Snapshot,
        own_files: Path,
        config: MkDocsConfig,
        deliver: Callable[[SiteFiles], None],
    ) -> None:
        super().__init__(revealed.files, revealed.levels, FilePaths.from_config(config))
        self.nav = Navigation([], [])
        self.docs = docs
        """The snapshot of the docs folder."""
        self._own_files = own_files
        """The list of the files that Seedbed wrote into it."""
        self._config = config
        self.pages_outside_nav: frozenset[str] = frozenset()
        """The paths of pages that MkDocs' own loops leave out."""
        self.translated = NavigationPages(config)
        """The pages of the navigation that are translated, after `take_over_pages`."""
        self.all_pages: Sequence[File] = ()
        """All pages, after `take_over_pages`."""
        self.rendered: Mapping[str, str] = {}
        """The rendered pages: output path to rendered file."""
        self.pending_pages: Mapping[str, str] = {}
        """The pages to be rendered on request: output path to Markdown path."""
        self.renderer: Renderer | None = None
        """Renders one of them, and any other page."""
        self._deliver = deliver

    def documentation_pages(
        self, *, inclusion: Callable[[InclusionLevel], bool] | None = None
    ) -> Sequence[File]:
        """Return all pages, or those for MkDocs to render that have an inclusion level.

        Before `take_over_pages`, pages known by name only are left out.
        """
        if inclusion is None:
            return self.all_pages or super().documentation_pages()
        pages = super().documentation_pages(inclusion=inclusion)
        return [file for file in pages if file.src_uri not in self.pages_outside_nav]

    def page(self, path: str) -> File:
        """Return a page as MkDocs creates it."""
        file = self.get_file_from_path(path)
        if file is None:
            raise BuildError(f"'{path}' is not among the files of the site")
        if not file.page:
            Page(None, file, self._config).update_date = EPOCH
        return file

    def copy_static_files(
        self,
        dirty: bool = False,
        *,
        inclusion: Callable[[InclusionLevel], bool] = InclusionLevel.is_included,
    ) -> None:
        """Deliver the files that are not pages, and the pages that MkDocs does not render."""
        others: dict[str, str] = {}
        for file in self:
            if file.is_documentation_page() or not inclusion(file.inclusion):
                continue
            if file.abs_src_path:
                others[file.dest_uri] = file.abs_src_path
            else:
                file.copy_file(dirty)
        files = own_and_other_files(self.docs, self.names, others, self._own_files)
        self._deliver(replace(files, linked={**files.linked, **self.rendered}))


def can_render_apart(
    config: MkDocsConfig, own_plugin: BasePlugin[Any], variables: Collection[str]
) -> bool:
    """Whether each page can be rendered separately, by templates that use these variables.

    It cannot if another plugin or hook changes pages, if a template of the project uses all pages,
    or if MkDocs is to check anchors while rendering.
    """
    return (
        not any(_other_handlers(config, own_plugin))
        and not config.extra_templates
        and config.theme.static_templates <= _OWN_TEMPLATES
        and config.validation.links.anchors <= logging.INFO
        and PAGES not in variables
    )


def take_over_pages(files: NavigationFiles, nav: Navigation, config: MkDocsConfig) -> None:
    """Exclude all pages outside the navigation from MkDocs' rendering loops."""
    shown = {page.file.src_uri for page in nav.pages}
    for file in files.documentation_pages():
        if file.page:
            file.page.update_date = EPOCH
    pages = files.pages()
    files.nav, files.all_pages = nav, LazyPages(pages, files.page, config)
    files.pages_outside_nav = frozenset(pages) - shown
    files.translated = NavigationPages.of_site(nav, config)


def render_in_workers(
    files: NavigationFiles, env: jinja2.Environment, config: MkDocsConfig, options: RenderOptions
) -> RenderSummary:
    """Render the outdated pages outside the navigation, and deliver all of them to the site."""
    summary = _render_outdated(files, env, config, options)
    # If pages that this program renders differ from those of MkDocs, that is recorded now.
    return summary or cast("RenderSummary", _render_outdated(files, env, config, options))


def _render_outdated(
    files: NavigationFiles, env: jinja2.Environment, config: MkDocsConfig, options: RenderOptions
) -> RenderSummary | None:
    """Render the outdated pages; return None if a sample of them is not as MkDocs renders it."""
    folder = rendered_folder(options.state, options.kind)
    pages = {path: files.output_path(path) for path in sorted(files.pages_outside_nav)}
    unpublished = (InclusionLevel.EXCLUDED.value, InclusionLevel.DRAFT.value)
    levels = files.levels().items()
    targets = join_targets(path for path, level in levels if level not in unpublished)
    with open_database(options.state / "cache.sqlite") as database:
        if database.was_reset:
            _log.warning("%s was damaged and is created again", options.state / "cache.sqlite")
        build = Build.start(database, program_fingerprint(), options.jobs, workers.no_progress)
        task = RENDER_PREVIEW if options.kind == "serve" else RENDER_PAGES
        canary = Canary(database, shared_fingerprint(config, files.nav, options.variables))
        rendered_pages = RenderedPages(build, task, files.docs, folder, canary.fingerprint)
        snapshot = take_snapshot(folder, options.rendered)
        rendered_files = {path: rendered_file(path) for path in pages.values()}
        outdated = rendered_pages.outdated(pages, targets, snapshot, rendered_files)
        _cache_templates(env, config, options)
        renderer = _fastest(Renderer(config, env, files.nav, files, folder), canary)
        if not renderer.direct:
            files.translated.render_by_mkdocs(files)
        elif _is_to_compare(canary, options):
            if not _agree_in_navigation(files, canary, build.number):
                return None
            renderer = replace(renderer, compared=frozenset(sample(outdated)))
        files.forget_loaded()
        files.renderer = replace(renderer, compared=frozenset())
        if options.max_eager_pages is not None and len(outdated) > options.max_eager_pages:
            if not canary.agree(sorted(renderer.compared), renderer.output, renderer.by_mkdocs):
                return None
            renderer = replace(renderer, compared=frozenset())
            files.pending_pages = {pages[path]: path for path in outdated}
            outdated = []
        different: list[str] = []
        rendered = _with_differences(_render(outdated, renderer, options), different)
        rendered_pages.save(_reported(rendered, len(outdated), options))
        if not canary.record(renderer.compared, different):
            return None
        removed = rendered_pages.prune(rendered_files.values(), targets, snapshot)
        problems = canary.problems()
    files.rendered = {path: f"{folder}{os.sep}{file}" for path, file in rendered_files.items()}
    counts = PageCounts(len(outdated), len(pages) - len(outdated), removed)
    return RenderSummary(counts, build.summaries(), problems)


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
    return shown.agree(canary, files, compared)


def _fastest(renderer: Renderer, canary: Canary) -> Renderer:
    """Return a renderer that leaves as little to MkDocs as the settings allow."""
    config, env, nav, files = renderer.config, renderer.env, renderer.nav, renderer.files
    if canary.different_page or not can_translate(config):
        return renderer
    return replace(renderer, direct=DirectRenderer.for_site(config, env, nav, files))


def _render(paths: list[str], renderer: Renderer, options: RenderOptions) -> Iterator[RenderedPage]:
    """Render pages in several processes if that pays, and log MkDocs' messages about them."""
    stats = (file_stat(renderer.docs / path) for path in paths)
    total_bytes = sum(status.size for status in stats if status)
    most = len(paths) // _BATCH_SIZE if options.jobs else total_bytes // _BYTES_PER_WORKER
    jobs = min(options.workers.count(options.jobs), most) if most > 1 else 1
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
                for message in page.messages:
                    logging.getLogger(message.logger).log(message.level, message.text)
                yield page
    except ConfigurationError as error:
        _log.info("%s, so this process renders all pages", error)
        if options.workers is LOCAL_WORKERS:
            yield from renderer.render_all(paths)
        else:
            yield from _render(paths, renderer, replace(options, workers=LOCAL_WORKERS))


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
    """Yield pages, and add to a list those of which MkDocs makes other ones."""
    for page in pages:
        if page.is_different:
            different.append(page.path)
        yield page


def _other_handlers(config: MkDocsConfig, own_plugin: BasePlugin[Any]) -> Iterator[object]:
    for event, handlers in config.plugins.events.items():
        if event not in _HARMLESS_EVENTS:
            yield from (
                handler for handler in handlers if getattr(handler, "__self__", None) != own_plugin
            )
