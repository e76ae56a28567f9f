"""How a build is shared: MkDocs renders what the navigation shows, workers render all the rest.

MkDocs asks its collection of files in two ways. To make the navigation, the sitemap and the links
it asks for all pages or for one; in its two loops of rendering it asks for the pages of a level of
inclusion. A collection that answers the second question with its own share only is all that is
needed, and the hook `on_files` is there to give MkDocs another collection.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

from mkdocs.structure.files import File, Files, InclusionLevel
from mkdocs.structure.nav import Navigation

from generator import workers
from generator.publishing.rendering.order import ConfigurationError, Order, order
from generator.publishing.rendering.renderer import EPOCH, Rendered, Renderer

if TYPE_CHECKING:
    import jinja2
    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.plugins import BasePlugin

_log = logging.getLogger("seedbed")

_CHUNK = 16
"""Pages in a message between processes: small, so that no worker is the last one for long."""

_WORTH_A_WORKER = 100
"""Pages; a worker takes about a second to start, and a page some 5 milliseconds."""

_HARMLESS = frozenset(
    # What a plugin may do that touches no page.
    "startup shutdown serve config pre_build post_build build_error".split()
)

_OWN_TEMPLATES = frozenset({"404.html", "sitemap.xml"})
"""The static templates of MkDocs and Material; of all pages they ask for the address only."""


class Share(Files):
    """All files for whoever looks one up; a part of the pages for whoever renders."""

    def __init__(self, files: Files) -> None:
        super().__init__(files)
        self.elsewhere: frozenset[str] = frozenset()
        """The pages, by path, that MkDocs' own loops leave out."""
        self.nav = Navigation([], [])

    def documentation_pages(
        self, *, inclusion: Callable[[InclusionLevel], bool] | None = None
    ) -> list[File]:
        """List all pages, or those of this share that have a level of inclusion."""
        if inclusion is None:
            return list(super().documentation_pages())
        pages = super().documentation_pages(inclusion=inclusion)
        return [file for file in pages if file.src_uri not in self.elsewhere]


def shareable(files: Files, config: MkDocsConfig, ours: BasePlugin[Any]) -> bool:
    """Tell whether each page can be rendered on its own.

    It cannot where another plugin or hook has a hand in pages, where a template of the user's
    looks at all pages, or where anchors are to be held against each other while rendering.
    """
    return (
        type(files) is Files
        and not any(_strangers(config, ours))
        and not config.extra_templates
        and config.theme.static_templates <= _OWN_TEMPLATES
        and config.validation.links.anchors <= logging.INFO
    )


def part(files: Share, nav: Navigation) -> None:
    """Take all pages that the navigation does not show out of MkDocs' hands."""
    shown = {page.file.src_uri for page in nav.pages}
    pages = files.documentation_pages()
    files.nav = nav
    files.elsewhere = frozenset(file.src_uri for file in pages) - shown
    for file in pages:
        if file.page:
            file.page.update_date = EPOCH


def sensible_jobs(files: Share) -> int:
    """Give as many processes as there are cores, or as pages are worth."""
    return max(1, min(workers.cores(), len(files.elsewhere) // _WORTH_A_WORKER))


def render_elsewhere(
    files: Share, env: jinja2.Environment, config: MkDocsConfig, jobs: int
) -> None:
    """Render what was taken out of MkDocs' hands, in so many processes, and say what they say."""
    paths = sorted(files.elsewhere)
    where = f"{jobs} processes" if jobs > 1 else "this process"
    _log.info("Rendering %d pages in %s", len(paths), where)
    if jobs > 1:
        try:
            for page in _rendered(order(config, files.nav, files), paths, jobs):
                for message in page.messages:
                    logging.getLogger(message.logger).log(message.level, message.text)
        except ConfigurationError:
            jobs = 1
    if jobs == 1:
        Renderer(config, env, files.nav, files)(paths)


def _rendered(told: Order, paths: list[str], jobs: int) -> Iterator[Rendered]:
    for done in workers.deal(told.renderer, workers.chunks(paths, _CHUNK), jobs):
        yield from done


def _strangers(config: MkDocsConfig, ours: BasePlugin[Any]) -> Iterator[object]:
    for event, methods in config.plugins.events.items():
        if event not in _HARMLESS:
            yield from (method for method in methods if getattr(method, "__self__", None) != ours)
