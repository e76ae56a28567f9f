"""The MkDocs plugin: hooks that only call plain functions.

With this plugin in mkdocs.yml, `mkdocs build` and `mkdocs serve` do everything on their own.
It is optional: a builder without it publishes the docs folder as it is.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import contextmanager, nullcontext
from functools import partial
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Literal

from mkdocs.config.base import Config
from mkdocs.exceptions import PluginError
from mkdocs.plugins import BasePlugin, event_priority

from generator.engine.database_file import repaired
from generator.engine.jobs import LOCAL_WORKERS, Workers
from generator.engine.tasks import TaskSummary
from generator.engine.workers import Count, no_count
from generator.files import (
    AUTHORITY,
    CORRECTIONS,
    METADATA,
    docs_list,
    generated_paths,
    project_lock,
    write_file,
)
from generator.files.snapshot import Snapshot, take_snapshot
from generator.model import PageCounts, Problem, PublishedDocuments, Report, SeedbedError
from generator.publishing import late_script, page_styles
from generator.publishing.lastmod import last_modified_days
from generator.publishing.mkdocs_build import settings_of
from generator.publishing.ownership import SiteFolder, save_built_files, write_marker
from generator.publishing.placeholder_url import report_placeholder
from generator.publishing.plugin_guards import PluginFailure, guard_handlers, guard_pages
from generator.publishing.preview import (
    MAX_EAGER_PAGES,
    LazyPreview,
    PreviewFiles,
    Render,
    readable_snapshot,
    watch_sources,
)
from generator.publishing.preview_server import (
    LAST_GOOD_STATE,
    Rebuild,
    install_guard,
    keep_watching,
)
from generator.publishing.problem_list import summarize
from generator.publishing.rendering.lazy_files import HiddenDocs, hide_docs
from generator.publishing.rendering.navigation_files import (
    NavigationFiles,
    can_render_apart,
    take_over_pages,
)
from generator.publishing.rendering.parallel import RenderOptions, render_in_workers
from generator.publishing.rendering.shared_inputs import project_theme_folders, used_variables
from generator.publishing.rendering.write_site import Prescan, SiteFiles, copy_into
from generator.publishing.short_scripts import write_short_scripts
from generator.publishing.sitemap_parts import divide, sitemap_context
from generator.publishing.theme_templates import hide_icons
from generator.publishing.theme_version import add_theme, incompatible_theme_files

if TYPE_CHECKING:
    import jinja2
    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.livereload import LiveReloadServer
    from mkdocs.structure.files import Files
    from mkdocs.structure.nav import Navigation
    from mkdocs.utils.templates import TemplateContext

EMPTY_FOLDER = ".seedbed/empty"
"""An empty folder that MkDocs lists instead of the docs folder."""

_DECISIONS = (CORRECTIONS, AUTHORITY, METADATA)
"""The files in which people decide."""

_log = logging.getLogger("seedbed")
"""Not below MkDocs' logger: with `--strict`, one bad seed would stop the build of all others."""


class _Options(Config):  # type: ignore[no-untyped-call]
    """No options: settings are in `extra.seedbed`, which every builder accepts."""


class SeedbedPlugin(BasePlugin[_Options]):  # type: ignore[no-untyped-call]
    """Generates the docs folder before MkDocs reads it, and watches the seeds during a preview."""

    report: Report = Report()
    pages: PageCounts = PageCounts()
    tasks: tuple[TaskSummary, ...] = ()
    """What was outdated when pages were rendered."""
    command: str = "build"
    dirty: bool = False
    """Whether MkDocs keeps existing files in the site's folder."""
    jobs: int = 0
    """Number of processes that render; 0 means as in the settings."""
    workers: Workers = LOCAL_WORKERS
    is_called_by_build: bool = False
    """Whether `build` is the caller, which holds the project lock and has generated the docs."""
    prescan: Prescan = Prescan()
    """Folders that the caller has scanned."""
    documents: PublishedDocuments | None = None
    """What is known of the documents, if the plugin generated the docs folder."""
    seeds_snapshot: Snapshot | None = None
    """The seeds before they were read, if the plugin generated the docs folder."""
    is_serving: bool = False
    """Whether a preview answers requests already, from the build before this one."""
    failure: str | None = None
    """Why the first run of a preview failed; None if it succeeded."""
    variables: Collection[str] = ()
    """The variables that the theme's page templates use."""
    hidden_docs: HiddenDocs | None = None
    """The docs folder while MkDocs lists an empty one."""
    deliver: Callable[[SiteFiles], None] | None = None
    """Receives the files of the site; if None, they are copied into the site's folder."""
    count: Count = staticmethod(no_count)
    """Called with the number of rendered pages."""
    failures: list[PluginFailure]
    """Failures of plugins on our pages in this build."""
    problems: tuple[Problem, ...] = ()
    """Other problems of rendering."""
    directory_urls: bool = True
    """The value of `use_directory_urls` in mkdocs.yml."""
    parts: SiteFiles = SiteFiles({}, {})
    """The files of a preview that MkDocs does not write."""
    pending_pages: Mapping[str, str] = MappingProxyType({})
    """Pages that a preview renders on request: output path to Markdown path."""
    render: Render = staticmethod(str)
    """Renders one of these pages."""
    outdated: Collection[str] = ()
    """The files of the docs folder that a preview makes again on request."""

    def __init__(self) -> None:
        self.preview = LazyPreview()
        self.failures = []

    @contextmanager
    def for_build(
        self,
        jobs: int,
        deliver: Callable[[SiteFiles], None] | None,
        count: Count,
        prescan: Prescan,
        workers: Workers = LOCAL_WORKERS,
    ) -> Iterator[None]:
        """Configure the plugin for a caller that holds the project lock and has generated.

        The previous values are restored afterwards, because MkDocs reuses a plugin.
        """
        previous = self.jobs, self.is_called_by_build, self.deliver, self.count, self.prescan
        self.jobs, self.is_called_by_build, self.deliver, self.count = jobs, True, deliver, count
        self.prescan, self.workers = prescan, workers
        try:
            yield
        finally:
            self.workers = LOCAL_WORKERS
            self.jobs, self.is_called_by_build, self.deliver, self.count, self.prescan = previous

    def on_startup(
        self, *, command: Literal["build", "gh-deploy", "serve"], dirty: bool, **_: object
    ) -> None:
        """Save the command. MkDocs keeps a plugin with this hook between rebuilds of a preview."""
        self.command, self.dirty = command, dirty
        self.is_serving, self.failure = False, None

    @event_priority(100)
    def on_config(self, config: MkDocsConfig) -> None:
        """Save the setting `use_directory_urls` before other plugins change it; add the theme."""
        add_theme(config)
        hide_icons(config.theme)
        config.extra[page_styles.FLAG] = True
        self.directory_urls = settings_of(config).site.directory_urls

    @event_priority(-100)
    def on_pre_build(self, *, config: MkDocsConfig) -> None:
        """Generate the docs folder, and hide it from MkDocs if pages can be rendered separately."""
        if (
            self.is_called_by_build
            and self.directory_urls != settings_of(config).site.directory_urls
        ):
            message = "a plugin or hook changes `use_directory_urls` after all links were written"
            raise SeedbedError(message, "Set `use_directory_urls: false` in mkdocs.yml")
        docs = self.prescan.docs if self.is_called_by_build else self._docs(config)
        self.hidden_docs, self.failures, self.problems = None, [], ()
        folder = Path(config.docs_dir)
        generated = {path.relative_to(folder).as_posix() for path in generated_paths(folder)}
        guard_handlers(config, self, generated, self._record_failure)
        self.variables = used_variables(config, config.theme.get_env())
        if can_render_apart(config, self, self.variables):
            late_script.set_flag(config)
            docs = take_snapshot(Path(config.docs_dir), docs)
            self.hidden_docs = hide_docs(config, docs, settings_of(config).root / EMPTY_FOLDER)

    def _record_failure(self, failure: PluginFailure) -> None:
        """Record a failure of a plugin; log it if no caller reports it after the build."""
        self.failures.append(failure)
        if not self.is_called_by_build:
            _log.warning("%s", failure.problem())

    def _docs(self, config: MkDocsConfig) -> Snapshot:
        """Generate the docs folder. If a preview's first run fails, use those of the last run."""
        try:
            return self._generate(config)
        except PluginError as error:
            seeds = settings_of(config).seeds
            if self.command != "serve" or self.is_serving or not seeds.is_dir():
                raise
            self.failure = str(error)
            _log.error("%s", error)
            _log.error(LAST_GOOD_STATE)
            self.seeds_snapshot = readable_snapshot(seeds)
            return take_snapshot(Path(config.docs_dir))

    def _generate(self, config: MkDocsConfig) -> Snapshot:
        """Generate for `mkdocs`; a preview saves no addresses, because titles may be drafts."""
        # Imported here: workers that render pages load this module and do not need it.
        from generator.pipeline.generate import generate
        from generator.pipeline.large_loss import PREVIEW, STOP
        from generator.pipeline.options import Options

        self.preview.block()
        self.documents = None
        self.parts, self.pending_pages = SiteFiles({}, {}), {}
        is_preview = self.command == "serve"
        options = Options(
            save_addresses=not is_preview,
            release=False,
            loss_policy=PREVIEW if is_preview else STOP,
            with_search=self.preview.is_search_open or not is_preview,
            with_lists=self.preview.is_list_open or not self.is_serving,
            with_state=self.preview.early_pages.has_desk,
            even_if_unchanged=self.preview.early_pages.needs_run,
        )
        settings = settings_of(config)
        if self.command == "serve":
            # MkDocs reloads a preview with an inline script, which the policy would block.
            config.extra.setdefault("seedbed", {})["security_policy"] = ""
        try:
            with project_lock(settings.root, self._waiting()):
                result = generate(settings, options)
        except SeedbedError as error:
            raise PluginError(str(error)) from error
        self.report, self.seeds_snapshot = result.report, result.seeds
        self.outdated, self.documents = result.outdated, result.documents
        self.preview.early_pages.set_state(result.state)
        problems = [*incompatible_theme_files(project_theme_folders(config), settings.root)]
        if self.command != "serve":
            problems += report_placeholder(settings.site)
        for line in summarize((*self.report.problems, *problems)):
            _log.warning(line)
        return result.docs.snapshot

    @event_priority(-100)
    def on_files(self, files: Files, /, *, config: MkDocsConfig) -> Files:
        """Replace the collection of files if pages can be rendered separately."""
        hidden, self.hidden_docs = self.hidden_docs, None
        if hidden is None:
            return files
        revealed = hidden.reveal(files, config)
        deliver = self.deliver or self._deliverer(config)
        own_files = docs_list(settings_of(config).root, Path(config.docs_dir))
        return NavigationFiles(revealed, hidden.snapshot, own_files, config, deliver)

    @event_priority(-100)
    def on_nav(self, nav: Navigation, /, *, config: MkDocsConfig, files: Files) -> Navigation:
        """Leave only the pages in the navigation to MkDocs."""
        if isinstance(files, NavigationFiles):
            take_over_pages(files, nav, config)
        guard_pages(files, self._record_failure)
        return nav

    @event_priority(-100)
    def on_env(
        self, env: jinja2.Environment, /, *, config: MkDocsConfig, files: Files
    ) -> jinja2.Environment:
        """Render all other pages; the titles in the navigation are known now."""
        if isinstance(files, NavigationFiles):
            settings = settings_of(config)
            options = RenderOptions(
                settings.root / ".seedbed",
                self.command,
                self.jobs or settings.jobs,
                self.count,
                self.variables,
                MAX_EAGER_PAGES if self.command == "serve" else None,
                self._record_failure,
                self.prescan,
                self.workers,
            )
            with (
                nullcontext()
                if self.is_called_by_build
                else project_lock(settings.root, self._waiting())
            ):
                render = partial(render_in_workers, files, env, config, options)
                summary = repaired(render)
            self.pages, self.tasks = summary.pages, summary.tasks
            self.problems = summary.problems
            if not self.is_called_by_build:
                for line in summarize(self.problems):
                    _log.warning(line)
            self.pending_pages, renderer = files.pending_pages, files.renderer
            self.preview.early_pages.renderer = renderer
            self.render = renderer.render if renderer else self.render
        return env

    def on_template_context(
        self, context: TemplateContext, /, *, template_name: str, config: MkDocsConfig
    ) -> TemplateContext:
        """Add the days on which documents changed to the context of the sitemap."""
        if template_name != "sitemap.xml":
            return context
        known = self.prescan.documents if self.is_called_by_build else self.documents
        where = settings_of(config).root, Path(config.docs_dir)
        return sitemap_context(context, known.days if known else last_modified_days(*where))

    def on_post_template(
        self, output_content: str, /, *, template_name: str, config: MkDocsConfig
    ) -> str:
        """Divide a sitemap that is too large for its protocol."""
        if template_name != "sitemap.xml":
            return output_content
        sitemap = divide(output_content, config.site_url or "")
        for name, text in sitemap.parts:
            write_file(Path(config.site_dir) / name, text.encode())
        return sitemap.text

    @event_priority(-100)
    def on_post_build(self, *, config: MkDocsConfig) -> None:
        """Complete the site: save the list of our files, and publish the preview."""
        write_marker(Path(config.site_dir))
        page_styles.write_page_styles(config)
        write_short_scripts(config)
        if not (self.is_called_by_build or self.dirty or self.command == "serve"):
            root, site = settings_of(config).root, Path(config.site_dir)
            save_built_files(SiteFolder.for_site(root, site), Path(config.docs_dir))
        parts = self.parts.sources()
        preview_files = PreviewFiles(parts, self.pending_pages, self.outdated)
        self.preview.publish(Path(config.site_dir), preview_files, self.render)

    def on_build_error(self, **_: object) -> None:
        """Let waiting requests continue if a rebuild failed."""
        self.preview.unblock()

    @event_priority(-100)  # other plugins may have replaced the builder
    def on_serve(
        self, server: LiveReloadServer, /, *, config: MkDocsConfig, builder: Callable[[], object]
    ) -> LiveReloadServer:
        """Rebuild when a seed or a hand-written page changes, but not when a page is generated.

        MkDocs starts to watch after the first build, so changes during that build are built here.
        """
        # Imported here: a build needs no desk, and loading it takes a tenth of a second.
        from generator.publishing.preview_desk import (
            KnownStates,
            SavedSeeds,
            desk_for,
            install_desk,
        )

        settings = settings_of(config)
        self.is_serving = True
        rebuild = Rebuild(builder, self._errors, self.failure)
        if readable_snapshot(settings.seeds) != self.seeds_snapshot:
            rebuild()
        own_changes = KnownStates()
        saved = SavedSeeds(settings.seeds, server, self.preview.early_pages)
        watch_sources(server, settings, own_changes.is_known, saved.show)
        self.preview.install(server)
        host = config.dev_addr.host
        if desk := desk_for(settings, host, server, own_changes, self.preview):
            install_desk(server, desk)
        install_guard(server, host, rebuild)
        keep_watching(server)
        return server

    def _errors(self) -> Iterator[str]:
        """Yield the errors of the last run, and all problems of what people decided."""
        return summarize(
            problem
            for problem in self.report.problems
            if problem.severity == "error" or problem.source.endswith(_DECISIONS)
        )

    def _waiting(self) -> Callable[[str], None] | None:
        """Return how to report waiting for the lock in a preview; None: a build fails at once."""
        return _log.warning if self.command == "serve" else None

    def _deliverer(self, config: MkDocsConfig) -> Callable[[SiteFiles], None]:
        if self.command == "serve":
            return partial(setattr, self, "parts")
        return partial(copy_into, Path(config.site_dir), jobs=self.jobs or settings_of(config).jobs)
