"""Seedbed inside MkDocs: hooks that only call plain functions.

With this plugin in mkdocs.yml, `mkdocs build` and `mkdocs serve` do everything on their own.
Nothing depends on it: a builder that does not know it publishes the docs folder as it stands.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import contextmanager, nullcontext
from functools import partial
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Literal, cast

from mkdocs.config.base import Config
from mkdocs.exceptions import PluginError
from mkdocs.plugins import BasePlugin, event_priority

from generator.engine.database import repaired
from generator.engine.workers import Count, untold
from generator.files import CORRECTIONS, generated_paths, project_lock, take_seeds_snapshot
from generator.files.snapshot import Snapshot, take_snapshot
from generator.model import PageCounts, Report, SeedbedError
from generator.publishing import lastmod
from generator.publishing.guards import Failure, guard
from generator.publishing.mkdocs_build import settings_of
from generator.publishing.ownership import Place, note_built, write_marker
from generator.publishing.placeholders import placeholder
from generator.publishing.preview import AT_ONCE, LazyPreview, Render, watch_sources
from generator.publishing.preview_server import Rebuild, keep_watching, protect
from generator.publishing.problem_list import summarize
from generator.publishing.rendering.lazy_files import HiddenDocs, hide_docs
from generator.publishing.rendering.parallel import (
    NavigationFiles,
    RenderOptions,
    can_render_apart,
    render_in_workers,
    take_over_pages,
)
from generator.publishing.rendering.shared_inputs import project_theme_folders, used_variables
from generator.publishing.rendering.sync import (
    NO_PARTS,
    NOTHING_SEEN,
    Prescan,
    SiteFiles,
    copy_into,
)
from generator.publishing.theme_version import incompatible_theme_files

if TYPE_CHECKING:
    import jinja2
    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.livereload import LiveReloadServer
    from mkdocs.structure.files import Files
    from mkdocs.structure.nav import Navigation
    from mkdocs.utils.templates import TemplateContext

EMPTY = ".seedbed/empty"
"""What MkDocs lists in the place of the docs folder."""

_log = logging.getLogger("seedbed")
"""Not below MkDocs' own logger: one bad seed must not stop a strict build of all the others."""


class _Options(Config):  # type: ignore[no-untyped-call]
    """None: settings are in `extra.seedbed`, where every builder accepts them."""


class SeedbedPlugin(BasePlugin[_Options]):  # type: ignore[no-untyped-call]
    """Generates the docs folder before MkDocs reads it, and watches the seeds during a preview."""

    report: Report = Report()
    pages: PageCounts = PageCounts()
    command: str = "build"
    dirty: bool = False
    """Whether MkDocs leaves in the site's folder what it finds there."""
    jobs: int = 0
    """How many processes render; 0 leaves it to the settings."""
    held: bool = False
    """Whether our caller holds the project's lock, and generated the docs folder."""
    seen: Prescan = NOTHING_SEEN
    """What our caller saw of the folders."""
    seeds: Snapshot | None = None
    """The seeds as they lay there before they were read, if we generated."""
    variables: Collection[str] = ()
    """What the theme's templates of pages ask for."""
    hidden: HiddenDocs | None = None
    """What we list in MkDocs' place, while it is hidden."""
    deliver: Callable[[SiteFiles], None] | None = None
    """Who puts the site together; without anybody its parts go straight into the site's folder."""
    count: Count = staticmethod(untold)
    """Hears how many pages are rendered."""
    failures: list[Failure]
    """Which plugins failed on which pages of ours in this build."""
    folders: bool = True
    """Whether pages have the addresses of folders, as mkdocs.yml says."""
    parts: SiteFiles = NO_PARTS
    """What a preview shows besides what MkDocs wrote."""
    later: Mapping[str, str] = MappingProxyType({})
    """The pages that a preview renders when they are asked for, by their place in the site."""
    render: Render = staticmethod(str)
    """Renders such a page."""

    def __init__(self) -> None:
        self.preview = LazyPreview()
        self.failures = []

    @contextmanager
    def for_build(
        self, jobs: int, deliver: Callable[[SiteFiles], None] | None, count: Count, seen: Prescan
    ) -> Iterator[None]:
        """Serve a caller who holds the project's lock and generated everything.

        MkDocs keeps a plugin for all its builds.
        """
        before = self.jobs, self.held, self.deliver, self.count, self.seen
        self.jobs, self.held, self.deliver, self.count = jobs, True, deliver, count
        self.seen = seen
        try:
            yield
        finally:
            self.jobs, self.held, self.deliver, self.count, self.seen = before

    def on_startup(
        self, *, command: Literal["build", "gh-deploy", "serve"], dirty: bool, **_: object
    ) -> None:
        """Stay alive between the rebuilds of a preview, as MkDocs has plugins with this hook."""
        self.command, self.dirty = command, dirty

    @event_priority(100)
    def on_config(self, config: MkDocsConfig) -> None:
        """Note what mkdocs.yml says of addresses, before other plugins change it."""
        self.folders = settings_of(config).site.directory_urls

    @event_priority(-100)
    def on_pre_build(self, *, config: MkDocsConfig) -> None:
        """Turn the seeds into Markdown before MkDocs looks for it, and look in its place."""
        if self.held and self.folders != settings_of(config).site.directory_urls:
            told = "a plugin or hook changes `use_directory_urls` after all links were written"
            raise SeedbedError(told, "Say the same in mkdocs.yml: `use_directory_urls: false`")
        docs = self.seen.docs if self.held else self._generate(config)
        self.hidden, self.failures = None, []
        folder = Path(config.docs_dir)
        owned = {path.relative_to(folder).as_posix() for path in generated_paths(folder)}
        guard(config, self, owned, self._failed)
        self.variables = used_variables(config, config.theme.get_env())
        if can_render_apart(config, self, self.variables):
            docs = take_snapshot(Path(config.docs_dir), docs)
            self.hidden = hide_docs(config, docs, settings_of(config).root / EMPTY)

    def _failed(self, failure: Failure) -> None:
        """Note that a plugin failed; say so where nobody asks for it after the build."""
        self.failures.append(failure)
        if not self.held:
            _log.warning("%s", failure.problem())

    def _generate(self, config: MkDocsConfig) -> Snapshot:
        """Generate for MkDocs alone; a preview makes no address last: its title may be a draft."""
        # Here, because a worker that renders pages loads this module, and has no use for it.
        from generator.pipeline.losses import PREVIEW, STOP
        from generator.pipeline.options import Options
        from generator.pipeline.run import generate

        self.preview.block()
        self.parts, self.later = NO_PARTS, {}
        preview = self.command == "serve"
        options = Options(save_addresses=not preview, losses=PREVIEW if preview else STOP)
        settings = settings_of(config)
        if self.command == "serve":
            # MkDocs reloads a preview by a script in the page, which the policy would forbid.
            config.extra.setdefault("seedbed", {})["security_policy"] = ""
        try:
            with project_lock(settings.root, self._waiting()):
                left = generate(settings, options)
        except SeedbedError as error:
            raise PluginError(str(error)) from error
        self.report, self.seeds = left.report, left.seeds
        theirs = [*incompatible_theme_files(project_theme_folders(config), settings.root)]
        if self.command != "serve":
            theirs += placeholder(settings.site)
        for line in summarize((*self.report.problems, *theirs)):
            _log.warning(line)
        return left.docs

    @event_priority(-100)
    def on_files(self, files: Files, /, *, config: MkDocsConfig) -> Files:
        """Share the pages out, where each can be rendered on its own."""
        hidden, self.hidden = self.hidden, None
        if hidden is None:
            return files
        found, names = hidden.reveal(files, config)
        return NavigationFiles(
            found, names, hidden.tree, config, self.deliver or self._deliverer(config)
        )

    @event_priority(-100)
    def on_nav(self, nav: Navigation, /, *, config: MkDocsConfig, files: Files) -> Navigation:
        """Leave to MkDocs' own loops what the navigation shows."""
        if isinstance(files, NavigationFiles):
            take_over_pages(files, nav, config)
        return nav

    @event_priority(-100)
    def on_env(
        self, env: jinja2.Environment, /, *, config: MkDocsConfig, files: Files
    ) -> jinja2.Environment:
        """Render all other pages, now that the navigation knows its titles."""
        if isinstance(files, NavigationFiles):
            settings = settings_of(config)
            terms = RenderOptions(
                settings.root / ".seedbed",
                self.command,
                self.jobs or settings.jobs,
                self.count,
                self.variables,
                AT_ONCE if self.command == "serve" else None,
                self.seen.rendered,
            )
            with nullcontext() if self.held else project_lock(settings.root, self._waiting()):
                render = partial(render_in_workers, files, env, config, terms)
                self.pages = repaired(render)
            self.later, self.render = files.later, files.render
        return env

    def on_template_context(
        self, context: TemplateContext, /, *, template_name: str, config: MkDocsConfig
    ) -> TemplateContext:
        """Tell the sitemap on which days documents changed."""
        if template_name != "sitemap.xml":
            return context
        days = lastmod.last_modified_days(settings_of(config).root, Path(config.docs_dir))
        return cast("TemplateContext", {**context, "lastmod": days})

    @event_priority(-100)
    def on_post_build(self, *, config: MkDocsConfig) -> None:
        """Complete what MkDocs has written, and show the preview, or note what is ours."""
        write_marker(Path(config.site_dir))
        if not (self.held or self.dirty or self.command == "serve"):
            root, site = settings_of(config).root, Path(config.site_dir)
            note_built(Place.of(root, site), Path(config.docs_dir))
        parts = {**self.parts.copied, **self.parts.linked}
        self.preview.publish(Path(config.site_dir), parts, self.later, self.render)

    def on_build_error(self, **_: object) -> None:
        """Let nobody wait for a preview that does not come."""
        self.preview.go_on()

    @event_priority(-100)  # others may have given MkDocs its own builder to check
    def on_serve(
        self, server: LiveReloadServer, /, *, config: MkDocsConfig, builder: Callable[[], object]
    ) -> LiveReloadServer:
        """Rebuild when a seed or a hand-written page changes, not when we write one.

        MkDocs begins to watch when all is built: what was saved until then is built at once.
        """
        settings = settings_of(config)
        rebuild = Rebuild(builder, self._errors)
        if take_seeds_snapshot(settings.seeds) != self.seeds:
            rebuild()
        watch_sources(server, settings)
        self.preview.install(server)
        protect(server, config.dev_addr.host, rebuild)
        keep_watching(server)
        return server

    def _errors(self) -> Iterator[str]:
        """Give what the last run had to leave out, and what it could not read in corrections."""
        return summarize(
            problem
            for problem in self.report.problems
            if problem.severity == "error" or problem.source.endswith(CORRECTIONS)
        )

    def _waiting(self) -> Callable[[str], None] | None:
        """Let a preview wait while another run works on the project; a build ends at once."""
        return _log.warning if self.command == "serve" else None

    def _deliverer(self, config: MkDocsConfig) -> Callable[[SiteFiles], None]:
        if self.command == "serve":
            return partial(setattr, self, "parts")
        return partial(copy_into, Path(config.site_dir), jobs=self.jobs or settings_of(config).jobs)
