"""One page of MkDocs at a time, in whatever process: from its Markdown to its HTML.

MkDocs renders in two loops, one over all Markdown and one over all templates, and keeps every
page in memory between them. A page that is not in the navigation needs nothing from its
neighbours but their addresses, so here each one is done from end to end and forgotten. The steps
are MkDocs' own, in its order, by its public names.
"""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from mkdocs.commands.build import get_context
from mkdocs.exceptions import BuildError
from mkdocs.structure.pages import Page

from generator.files import write_file
from generator.files.snapshot import FileStat, file_stat
from generator.publishing.rendering.lazy_files import LazyFiles

if TYPE_CHECKING:
    import jinja2
    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.structure.nav import Navigation

EPOCH = "1980-01-01"
"""The date of a page, for MkDocs, which would take today's: the same input gives the same bytes."""


@dataclass(frozen=True, slots=True)
class LogMessage:
    """What MkDocs had to say, on its way to the process that shows it."""

    logger: str
    level: int
    text: str


@dataclass(frozen=True, slots=True)
class RenderedPage:
    """A page that was rendered, and what it was made of."""

    path: str
    """Of its Markdown, below the docs folder."""
    place: str
    """Of its HTML, below the site folder."""
    source: FileStat | None
    digest: str
    """SHA-256 of the Markdown."""
    links: tuple[str, ...]
    """The files that its links lead to."""
    messages: tuple[LogMessage, ...]
    written: bool
    """Whether other bytes stood in its place before."""


@dataclass(frozen=True, slots=True)
class Renderer:
    """All that pages have in common."""

    config: MkDocsConfig
    env: jinja2.Environment
    nav: Navigation
    files: LazyFiles
    standing: Path
    """The folder in which the pages stand between builds."""

    @property
    def docs(self) -> Path:
        """The folder of the Markdown."""
        return Path(self.config.docs_dir)

    def __call__(self, paths: Iterable[str]) -> tuple[RenderedPage, ...]:
        """Render pages and write them into the standing folder, and let go of them.

        Raises BuildError, naming the page, when a page cannot be rendered.
        """
        done = tuple(self.render_all(paths))
        self.files.forget_loaded()
        return done

    def render(self, path: str) -> RenderedPage:
        """Render one page, and say what MkDocs says of it."""
        page = self._rendered(path)
        for message in page.messages:
            logging.getLogger(message.logger).log(message.level, message.text)
        return page

    def render_all(self, paths: Iterable[str]) -> Iterator[RenderedPage]:
        """Do the same one by one."""
        return map(self._rendered, paths)

    def _rendered(self, path: str) -> RenderedPage:
        file = self.files.get_file_from_path(path)
        if file is None:
            raise BuildError(f"'{path}' is not among the files of the site")
        source = file_stat(Path(file.abs_src_path)) if file.abs_src_path else None
        page = file.page or Page(None, file, self.config)
        self.files.asked.clear()
        with LogCollector() as listener:
            try:
                output = self._output(page)
            except Exception as error:
                raise BuildError(f"Error rendering page '{path}': {error}") from error
        written = write_file(
            self.standing / file.dest_uri, output.encode("utf-8", "xmlcharrefreplace")
        )
        page.markdown = page.content = None
        return RenderedPage(
            path=path,
            place=file.dest_uri,
            source=source,
            digest=hashlib.sha256(file.content_bytes).hexdigest(),
            links=tuple(sorted(self.files.asked)),
            messages=tuple(listener.messages),
            written=written,
        )

    def _output(self, page: Page) -> str:
        config, plugins = self.config, self.config.plugins
        page.update_date = EPOCH
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


class LogCollector(logging.Handler):
    """Collects what MkDocs says while it renders one page."""

    def __init__(self) -> None:
        super().__init__(logging.INFO)
        self.messages: list[LogMessage] = []

    def emit(self, record: logging.LogRecord) -> None:
        """Collect a message."""
        self.messages.append(LogMessage(record.name, record.levelno, record.getMessage()))

    def __enter__(self) -> LogCollector:
        logging.getLogger("mkdocs").addHandler(self)
        return self

    def __exit__(self, *_: object) -> None:
        logging.getLogger("mkdocs").removeHandler(self)
