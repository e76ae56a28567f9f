"""How a build is shared: MkDocs renders what the navigation shows, workers render all the rest.

MkDocs asks its collection of files in two ways. To make the navigation, the sitemap and the links
it asks for all pages or for one; in its two loops of rendering it asks for the pages of a level of
inclusion. A collection that answers the second question with its own share only is all that is
needed, and the hook `on_files` is there to give MkDocs another collection.
"""

from __future__ import annotations

import logging
import os
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from mkdocs.exceptions import BuildError
from mkdocs.structure.files import File, InclusionLevel
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page

from generator.engine import workers
from generator.engine.database import open_database
from generator.engine.fingerprint import program_fingerprint
from generator.files.snapshot import Snapshot, file_stat, take_snapshot
from generator.model import PageCounts
from generator.publishing.rendering.job import ConfigurationError, make_job
from generator.publishing.rendering.lazy_files import FilePaths, LazyFiles, has_default_path
from generator.publishing.rendering.lazy_pages import LazyPages
from generator.publishing.rendering.rendered_pages import RenderedPages
from generator.publishing.rendering.renderer import EPOCH, RenderedPage, Renderer
from generator.publishing.rendering.shared_inputs import (
    PAGES,
    config_fingerprint,
    shared_fingerprint,
)
from generator.publishing.rendering.sync import SiteFiles, rendered_folder
from generator.publishing.rendering.template_cache import TemplateCache

if TYPE_CHECKING:
    import jinja2
    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.plugins import BasePlugin

_log = logging.getLogger("seedbed")

_CHUNK = 16
"""Pages in a message between processes: small, so that no worker is the last one for long."""

_WORTH_A_WORKER = 2_000_000
"""Bytes of Markdown; to start a worker costs as much as to render these: a second."""

_HARMLESS = frozenset(
    # What a plugin may do that touches no page.
    "startup shutdown serve config pre_build post_build build_error".split()
)

_OWN_TEMPLATES = frozenset({"404.html", "sitemap.xml"})
"""The static templates of MkDocs and Material; of all pages they ask for the address only."""


@dataclass(frozen=True, slots=True)
class RenderOptions:
    """How the work on a build is to be done."""

    state: Path
    """The folder of the project in which a run leaves what the next one can use."""
    kind: str
    """`build` or `serve`: pages of a preview carry its address."""
    jobs: int
    """How many processes; 0 means as many as there are cores, or as the work is worth."""
    count: workers.Count
    """Hears how many pages are rendered."""
    variables: Collection[str]
    """What the theme's templates of pages ask for."""
    at_once: int | None
    """If more pages than so many must be rendered, all of them wait until they are asked for."""
    seen: Snapshot | None = None
    """The pages that were rendered before, if somebody looked."""


class NavigationFiles(LazyFiles):
    """All files for whoever looks one up; a part of the pages for whoever renders."""

    def __init__(
        self,
        files: Iterable[File],
        names: Mapping[str, int],
        docs: Snapshot,
        config: MkDocsConfig,
        deliver: Callable[[SiteFiles], None],
    ) -> None:
        super().__init__(files, names, FilePaths.of(config))
        self.nav = Navigation([], [])
        self.docs = docs
        """The docs folder as it was walked."""
        self._config = config
        self.elsewhere: frozenset[str] = frozenset()
        """The pages, by path, that MkDocs' own loops leave out."""
        self.listed: Sequence[File] = ()
        """All pages, once they are shared out."""
        self.rendered: Mapping[str, str] = {}
        """Where these pages belong in the site, and where they stand once they are rendered."""
        self.later: Mapping[str, str] = {}
        """Those that wait to be rendered, by where they belong."""
        self.render: Callable[[str], object] = str
        """Renders one of them, by its path."""
        self._deliver = deliver

    def documentation_pages(
        self, *, inclusion: Callable[[InclusionLevel], bool] | None = None
    ) -> Sequence[File]:
        """List all pages, or those of this share that have a level of inclusion.

        Until the pages are shared out, those are left out of which only the name is known.
        """
        if inclusion is None:
            return self.listed or super().documentation_pages()
        pages = super().documentation_pages(inclusion=inclusion)
        return [file for file in pages if file.src_uri not in self.elsewhere]

    def page(self, path: str) -> File:
        """Give a page as MkDocs has it."""
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
        """Hand over what this share does not render: files that are no pages, and other pages."""
        docs = self._config.docs_dir
        copied = {
            name: f"{docs}{os.sep}{name}" for name in self.names if not has_default_path(name)
        }
        for file in self:
            if file.is_documentation_page() or not inclusion(file.inclusion):
                continue
            if file.abs_src_path:
                copied[file.dest_uri] = file.abs_src_path
            else:
                file.copy_file(dirty)
        self._deliver(SiteFiles(self.rendered, copied))


def can_render_apart(
    config: MkDocsConfig, ours: BasePlugin[Any], variables: Collection[str]
) -> bool:
    """Tell whether each page can be rendered on its own, by templates that ask for these variables.

    It cannot where another plugin or hook has a hand in pages, where a template of the user's
    looks at all pages, or where anchors are to be held against each other while rendering.
    """
    return (
        not any(_strangers(config, ours))
        and not config.extra_templates
        and config.theme.static_templates <= _OWN_TEMPLATES
        and config.validation.links.anchors <= logging.INFO
        and PAGES not in variables
    )


def take_over_pages(files: NavigationFiles, nav: Navigation, config: MkDocsConfig) -> None:
    """Take all pages that the navigation does not show out of MkDocs' hands."""
    shown = {page.file.src_uri for page in nav.pages}
    for file in files.documentation_pages():
        if file.page:
            file.page.update_date = EPOCH
    pages = files.pages()
    files.nav, files.listed = nav, LazyPages(pages, files.page, config)
    files.elsewhere = frozenset(pages) - shown


def render_in_workers(
    files: NavigationFiles, env: jinja2.Environment, config: MkDocsConfig, terms: RenderOptions
) -> PageCounts:
    """Put the pages that were taken out of MkDocs' hands into the site; render what changed."""
    standing = rendered_folder(terms.state, terms.kind)
    pages = {path: files.output_path(path) for path in sorted(files.elsewhere)}
    unpublished = (InclusionLevel.EXCLUDED.value, InclusionLevel.DRAFT.value)
    table = [path for path, level in files.levels().items() if level not in unpublished]
    digest = shared_fingerprint(config, files.nav, terms.variables)
    with open_database(terms.state / "cache.sqlite") as database:
        if database.was_reset:
            _log.warning("%s was damaged and is begun anew", terms.state / "cache.sqlite")
        record = RenderedPages(database, terms.kind, files.docs, standing, digest)
        before = take_snapshot(standing, terms.seen)
        changed = record.outdated(pages, table, before)
        env.bytecode_cache = TemplateCache(
            terms.state / "templates", f"{program_fingerprint()} {config_fingerprint(config)}"
        )
        here = Renderer(config, env, files.nav, files, standing)
        if terms.at_once is not None and len(changed) > terms.at_once:
            files.later, files.render = {pages[path]: path for path in changed}, here.render
            changed = []
        record.save(_counted(_rendered(changed, here, terms.jobs), len(changed), terms.count))
        removed = record.prune(pages, table, before)
    files.rendered = {place: str(standing / place) for place in pages.values()}
    return PageCounts(len(changed), len(pages) - len(changed), removed)


def _rendered(paths: list[str], here: Renderer, jobs: int) -> Iterator[RenderedPage]:
    """Render pages in as many processes as are wanted, and say what MkDocs says of them."""
    stats = (file_stat(here.docs / path) for path in paths)
    weight = sum(status.size for status in stats if status)
    min_batch = len(paths) // _CHUNK if jobs else weight // _WORTH_A_WORKER
    jobs = max(1, min(jobs or workers.available_cores(), min_batch))
    where = f"{jobs} processes" if jobs > 1 else "this process"
    _log.info("Rendering %d pages in %s", len(paths), where)
    if jobs == 1:
        yield from here.render_all(paths)
        return
    try:
        for done in workers.map_ordered(
            make_job(here).renderer, workers.batches(paths, _CHUNK), jobs
        ):
            for page in done:
                for message in page.messages:
                    logging.getLogger(message.logger).log(message.level, message.text)
                yield page
    except ConfigurationError:
        yield from here.render_all(paths)


def _counted(
    pages: Iterable[RenderedPage], total: int, count: workers.Count
) -> Iterator[RenderedPage]:
    for done, page in enumerate(pages, 1):
        yield page
        count(done, total)


def _strangers(config: MkDocsConfig, ours: BasePlugin[Any]) -> Iterator[object]:
    for event, methods in config.plugins.events.items():
        if event not in _HARMLESS:
            yield from (method for method in methods if getattr(method, "__self__", None) != ours)
