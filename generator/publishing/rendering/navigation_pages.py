"""The pages of the navigation: MkDocs renders them itself, mostly without Python-Markdown."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec
from mkdocs.structure.pages import Page

from generator.files import generated_paths
from generator.publishing.fast_rendering.page_renderer import can_translate, convert_markdown
from generator.publishing.log_collector import silent_logs

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.structure.nav import Navigation

    from generator.publishing.fast_rendering.canary import Canary
    from generator.publishing.rendering.lazy_files import LazyFiles


class NavigationPages(msgspec.Struct, frozen=True):
    """The generated pages of the navigation.

    Pages that people write are left to MkDocs, which has messages about their anchors.
    """

    config: MkDocsConfig
    pages: tuple[Page, ...] = ()

    @classmethod
    def of_site(cls, nav: Navigation, config: MkDocsConfig) -> NavigationPages:
        """Have MkDocs translate the pages, as far as the settings allow."""
        if not can_translate(config):
            return cls(config)
        generated = {path.name for path in generated_paths(Path(config.docs_dir))}
        pages = [page for page in nav.pages if page.file.src_uri.split("/")[0] in generated]
        for page in pages:
            convert: Any = partial(convert_markdown, page)
            page.render = convert  # type: ignore[method-assign]
        return cls(config, tuple(pages))

    @property
    def paths(self) -> tuple[str, ...]:
        """Their paths below the docs folder."""
        return tuple(page.file.src_uri for page in self.pages)

    def one_of(self, build: int) -> tuple[str, ...]:
        """Return the path of one of them, of another in each build."""
        first = build % len(self.pages) if self.pages else 0
        return self.paths[first : first + 1]

    def compare_and_record(self, canary: Canary, files: LazyFiles, compared: Iterable[str]) -> bool:
        """Compare some of them with Python-Markdown's; return whether all are the same."""
        pages = dict(zip(self.paths, self.pages, strict=True))

        def by_mkdocs(path: str) -> str:
            with silent_logs():  # MkDocs has logged its messages already
                Page.render(pages[path], self.config, files)
            return _shown(pages[path])

        return canary.compare_and_record(compared, lambda path: _shown(pages[path]), by_mkdocs)

    def render_by_mkdocs(self, files: LazyFiles) -> None:
        """Render all of them with Python-Markdown, because pages of this site differ."""
        for page in self.pages:
            Page.render(page, self.config, files)


def _shown(page: Page) -> str:
    return f"{page.content}\n{page.toc}"
