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

from generator import cache, store
from generator.model import PageFigures, Report, SeedbedError
from generator.publishing import lastmod
from generator.publishing.guards import Failure, guard
from generator.publishing.messages import digest
from generator.publishing.ownership import Place, note_built, write_marker
from generator.publishing.placeholders import placeholder
from generator.publishing.preview import AT_ONCE, OnDemand, Render, watch_sources
from generator.publishing.rendering.common import asked_names, own_folders
from generator.publishing.rendering.listing import Hidden, hide
from generator.publishing.rendering.parts import NO_PARTS, NOTHING_SEEN, Parts, Seen, put
from generator.publishing.rendering.share import (
    Share,
    Terms,
    part,
    render_elsewhere,
    shareable,
)
from generator.publishing.serving import Rebuild, keep_watching, protect
from generator.publishing.site import settings_of
from generator.publishing.theme import unreadable
from generator.workers import Count, untold

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
    pages: PageFigures = PageFigures()
    command: str = "build"
    dirty: bool = False
    """Whether MkDocs leaves in the site's folder what it finds there."""
    jobs: int = 0
    """How many processes render; 0 leaves it to the settings."""
    held: bool = False
    """Whether our caller holds the project's lock, and generated the docs folder."""
    seen: Seen = NOTHING_SEEN
    """What our caller saw of the folders."""
    seeds: cache.Tree = cache.UNSEEN
    """The seeds as they lay there before they were read, if we generated."""
    variables: Collection[str] = ()
    """What the theme's templates of pages ask for."""
    hidden: Hidden | None = None
    """What we list in MkDocs' place, while it is hidden."""
    deliver: Callable[[Parts], None] | None = None
    """Who puts the site together; without anybody its parts go straight into the site's folder."""
    count: Count = staticmethod(untold)
    """Hears how many pages are rendered."""
    failures: list[Failure]
    """Which plugins failed on which pages of ours in this build."""
    folders: bool = True
    """Whether pages have the addresses of folders, as mkdocs.yml says."""
    parts: Parts = NO_PARTS
    """What a preview shows besides what MkDocs wrote."""
    later: Mapping[str, str] = MappingProxyType({})
    """The pages that a preview renders when they are asked for, by their place in the site."""
    render: Render = staticmethod(str)
    """Renders such a page."""

    def __init__(self) -> None:
        self.preview = OnDemand()
        self.failures = []

    @contextmanager
    def called(
        self, jobs: int, deliver: Callable[[Parts], None] | None, count: Count, seen: Seen
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
        owned = {path.relative_to(folder).as_posix() for path in store.owned_paths(folder)}
        guard(config, self, owned, self._failed)
        self.variables = asked_names(config, config.theme.get_env())
        if shareable(config, self, self.variables):
            docs = cache.walk(Path(config.docs_dir), docs)
            self.hidden = hide(config, docs, settings_of(config).root / EMPTY)

    def _failed(self, failure: Failure) -> None:
        """Note that a plugin failed; say so where nobody asks for it after the build."""
        self.failures.append(failure)
        if not self.held:
            _log.warning("%s", failure.problem())

    def _generate(self, config: MkDocsConfig) -> cache.Tree:
        """Generate for MkDocs alone; a preview makes no address last: its title may be a draft."""
        # Here, because a worker that renders pages loads this module, and has no use for it.
        from generator.losses import PREVIEW, STOP
        from generator.pipeline import forget_addresses, keep_addresses, run

        self.preview.begin()
        self.parts, self.later = NO_PARTS, {}
        keep, losses = (
            (forget_addresses, PREVIEW) if self.command == "serve" else (keep_addresses, STOP)
        )
        settings = settings_of(config)
        if self.command == "serve":
            # MkDocs reloads a preview by a script in the page, which the policy would forbid.
            config.extra.setdefault("seedbed", {})["security_policy"] = ""
        try:
            with store.locked(settings.root, self._waiting()):
                left = run(settings, keep=keep, losses=losses)
        except SeedbedError as error:
            raise PluginError(str(error)) from error
        self.report, self.seeds = left.report, left.seeds
        theirs = [*unreadable(own_folders(config), settings.root)]
        if self.command != "serve":
            theirs += placeholder(settings.site)
        for line in digest((*self.report.problems, *theirs)):
            _log.warning(line)
        return left.docs

    @event_priority(-100)
    def on_files(self, files: Files, /, *, config: MkDocsConfig) -> Files:
        """Share the pages out, where each can be rendered on its own."""
        hidden, self.hidden = self.hidden, None
        if hidden is None:
            return files
        found, names = hidden.found(files, config)
        return Share(found, names, hidden.tree, config, self.deliver or self._deliverer(config))

    @event_priority(-100)
    def on_nav(self, nav: Navigation, /, *, config: MkDocsConfig, files: Files) -> Navigation:
        """Leave to MkDocs' own loops what the navigation shows."""
        if isinstance(files, Share):
            part(files, nav, config)
        return nav

    @event_priority(-100)
    def on_env(
        self, env: jinja2.Environment, /, *, config: MkDocsConfig, files: Files
    ) -> jinja2.Environment:
        """Render all other pages, now that the navigation knows its titles."""
        if isinstance(files, Share):
            settings = settings_of(config)
            terms = Terms(
                settings.root / ".seedbed",
                self.command,
                self.jobs or settings.jobs,
                self.count,
                self.variables,
                AT_ONCE if self.command == "serve" else None,
                self.seen.rendered,
            )
            with nullcontext() if self.held else store.locked(settings.root, self._waiting()):
                render = partial(render_elsewhere, files, env, config, terms)
                self.pages = cache.repaired(render)
            self.later, self.render = files.later, files.render
        return env

    def on_template_context(
        self, context: TemplateContext, /, *, template_name: str, config: MkDocsConfig
    ) -> TemplateContext:
        """Tell the sitemap on which days documents changed."""
        if template_name != "sitemap.xml":
            return context
        days = lastmod.days(settings_of(config).root, Path(config.docs_dir))
        return cast("TemplateContext", {**context, "lastmod": days})

    @event_priority(-100)
    def on_post_build(self, *, config: MkDocsConfig) -> None:
        """Complete what MkDocs has written, and show the preview, or note what is ours."""
        write_marker(Path(config.site_dir))
        if not (self.held or self.dirty or self.command == "serve"):
            root, site = settings_of(config).root, Path(config.site_dir)
            note_built(Place.of(root, site), Path(config.docs_dir))
        parts = {**self.parts.copied, **self.parts.linked}
        self.preview.show(Path(config.site_dir), parts, self.later, self.render)

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
        if store.walk_seeds(settings.seeds) != self.seeds:
            rebuild()
        watch_sources(server, settings)
        self.preview.before(server)
        protect(server, config.dev_addr.host, rebuild)
        keep_watching(server)
        return server

    def _errors(self) -> Iterator[str]:
        """Give what the last run had to leave out, and what it could not read in corrections."""
        return digest(
            one
            for one in self.report.problems
            if one.severity == "error" or one.source.endswith(store.CORRECTIONS)
        )

    def _waiting(self) -> Callable[[str], None] | None:
        """Let a preview wait while another run works on the project; a build ends at once."""
        return _log.warning if self.command == "serve" else None

    def _deliverer(self, config: MkDocsConfig) -> Callable[[Parts], None]:
        if self.command == "serve":
            return partial(setattr, self, "parts")
        return partial(put, Path(config.site_dir), jobs=self.jobs or settings_of(config).jobs)
