"""Renders single pages of MkDocs from Markdown to HTML, in any process.

MkDocs renders in two loops, one over all Markdown and one over all templates, and keeps every
page in memory between them. A page outside the navigation depends only on the addresses of other
pages, so here each page is rendered completely and then released. The steps are those of MkDocs, in
its order, by its public names.
"""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec
from mkdocs.commands.build import get_context
from mkdocs.exceptions import BuildError
from mkdocs.structure.files import InclusionLevel
from mkdocs.structure.pages import Page
from msgspec.structs import replace

from generator.checking.hashes import hash_texts
from generator.engine.jobs import Part
from generator.model import OutputFile, PagePath
from generator.publishing.fast_rendering.canary import differs
from generator.publishing.fast_rendering.page_renderer import DirectRenderer
from generator.publishing.log_collector import LogCollector, silent_logs
from generator.publishing.plugin_guards import PluginFailure, guard_conversion
from generator.publishing.rendering.lazy_files import LazyFiles
from generator.publishing.rendering.write_site import rendered_file

if TYPE_CHECKING:
    import jinja2
    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.structure.nav import Navigation

EPOCH = "1980-01-01"
"""The date of a page. MkDocs would use today's, and output would not be reproducible."""


class LogMessage(msgspec.Struct, frozen=True):
    """A log message of MkDocs, sent by a worker to the parent process."""

    logger: str
    level: int
    text: str


class RenderedPage(msgspec.Struct, frozen=True):
    """A rendered page and its inputs."""

    path: str
    """The path of the Markdown below the docs folder."""
    output_path: str
    """The path of the HTML below the site folder."""
    digest: str
    """SHA-256 of the Markdown."""
    links: bytes
    """The hashes of the files that its links lead to."""
    messages: tuple[LogMessage, ...]
    failures: tuple[PluginFailure, ...]
    is_different: bool = False
    """Whether it was compared, and MkDocs renders it differently."""

    def log_messages(self) -> None:
        """Log the messages of MkDocs about it."""
        for message in self.messages:
            logging.getLogger(message.logger).log(message.level, message.text)


class Renderer(msgspec.Struct, frozen=True):
    """Renders pages with the inputs that all of them share."""

    config: MkDocsConfig
    env: jinja2.Environment
    nav: Navigation
    files: LazyFiles
    rendered_folder: Path
    """The folder that keeps rendered pages between builds."""
    direct: DirectRenderer | None = None
    """Renders pages faster; None if the project's settings do not allow it."""
    compared: frozenset[str] = frozenset()
    """The pages that are rendered by MkDocs too, by their paths below the docs folder."""

    @property
    def docs(self) -> Path:
        """The folder of the Markdown."""
        return Path(self.config.docs_dir)

    def __call__(self, paths: Iterable[str]) -> tuple[Part[RenderedPage], ...]:
        """Render pages, and release their memory but for the HTML.

        Raises BuildError, naming the page, if a page cannot be rendered.
        """
        with LogCollector(logging.INFO) as collector:
            pages = tuple(self._render(path, collector) for path in paths)
        self.files.forget_loaded()
        return pages

    def render(self, path: str) -> None:
        """Render and write one page, and log the messages of MkDocs about it."""
        [page] = self.render_all([path])
        page.log_messages()

    def render_all(self, paths: Iterable[str]) -> Iterator[RenderedPage]:
        """Render and write pages one by one, without logging their messages."""
        for path in paths:
            with LogCollector(logging.INFO) as collector:
                part = self._render(path, collector)
            yield part.delivered(self.rendered_folder).value

    def output(self, path: str) -> str:
        """Return a page as HTML, without writing it, and without the messages of MkDocs."""
        page = self._page(path)
        with silent_logs():
            return self._output(page, page.file.content_bytes)

    def html(self, source: OutputFile, pages: Iterable[str]) -> bytes:
        """Return a page that may be written later as HTML.

        It may lead to `pages`, which may be written later too. Messages are not logged.
        """
        level = InclusionLevel.NOT_IN_NAV.value
        new = {page: level for page in pages if page not in self.files.names}
        self.files.names = self.files.names.with_others(new)
        page = self._page(source.path)
        page.file.content_bytes = source.data
        with silent_logs():
            html = self._output(page, source.data)
        self.files.forget_loaded()
        return html.encode("utf-8", "xmlcharrefreplace")

    def by_mkdocs(self, path: str) -> str:
        """Return a page as MkDocs makes it, without writing it, and without messages."""
        return replace(self, direct=None).output(path)

    def _page(self, path: str) -> Page:
        file = self.files.get_file_from_path(path)
        if file is None:
            raise BuildError(f"'{path}' is not among the files of the site")
        page = file.page or Page(None, file, self.config)
        page.update_date = EPOCH
        return page

    def _render(self, path: str, collector: LogCollector) -> Part[RenderedPage]:
        collector.records.clear()
        page = self._page(path)
        file, failures = page.file, list[PluginFailure]()
        guard_conversion(page, failures.append)
        self.files.requested.clear()
        try:
            source = file.content_bytes
            output = self._output(page, source)
        except Exception as error:
            raise BuildError(f"Error rendering page '{path}': {error}") from error
        page.markdown = page.content = None
        rendered = RenderedPage(
            path=path,
            output_path=file.dest_uri,
            digest=hashlib.sha256(source).hexdigest(),
            links=hash_texts(sorted(self.files.requested)),
            messages=tuple(
                LogMessage(record.name, record.levelno, record.getMessage())
                for record in collector.records
            ),
            failures=tuple(failures),
            is_different=path in self.compared and differs(path, lambda _: output, self.by_mkdocs),
        )
        place = PagePath(rendered_file(file.dest_uri))
        html = output.encode("utf-8", "xmlcharrefreplace")
        return Part(rendered, (OutputFile(place, html),))

    def _output(self, page: Page, source: bytes) -> str:
        return self.direct.output(page, source) if self.direct else self._output_of_mkdocs(page)

    def _output_of_mkdocs(self, page: Page) -> str:
        config, plugins = self.config, self.config.plugins
        config._current_page = page  # for `!relative` in the options of extensions
        page = plugins.on_pre_page(page, config=config, files=self.files)
        page.read_source(config)
        page.markdown = plugins.on_page_markdown(
            page.markdown or "", page=page, config=config, files=self.files
        )
        page.render(config, self.files)
        page.content = plugins.on_page_content(
            page.content or "", page=page, config=config, files=self.files
        )
        page.active = True
        context = get_context(self.nav, [], config, page)
        template = self.env.get_template(page.meta.get("template", "main.html"))
        context = plugins.on_page_context(context, page=page, config=config, nav=self.nav)
        output = plugins.on_post_page(template.render(context), page=page, config=config)
        config._current_page = None
        return output
