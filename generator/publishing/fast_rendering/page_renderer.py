"""Renders a page without Python-Markdown, as far as its text and the settings allow."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import msgspec
from mkdocs.commands.build import get_context
from mkdocs.structure.pages import Page
from mkdocs.structure.toc import get_toc

from generator.checking.front_matter import OtherFrontMatterError, read_page
from generator.publishing.fast_rendering.links import Links
from generator.publishing.fast_rendering.markdown_blocks import EXTENSIONS, translate
from generator.publishing.fast_rendering.markdown_inline import OtherMarkdownError
from generator.publishing.fast_rendering.prerendered_templates import TEMPLATE, PageShapes

if TYPE_CHECKING:
    import jinja2
    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.structure.nav import Navigation

    from generator.publishing.rendering.lazy_files import LazyFiles


def can_translate(config: MkDocsConfig) -> bool:
    """Whether `translate` knows all extensions of Markdown, and none has options.

    Plugins and hooks that change pages are not checked here: with them MkDocs renders all pages
    itself (`rendering.navigation_files.can_render_apart`).
    """
    return frozenset(config.markdown_extensions) == EXTENSIONS and not config.mdx_configs


def convert_markdown(page: Page, config: MkDocsConfig, files: LazyFiles) -> None:
    """Set the HTML and the table of contents of a page whose Markdown was read."""
    try:
        translated = translate(page.markdown or "", Links.of_page(page.file, files.url).resolve)
    except OtherMarkdownError:
        Page.render(page, config, files)
    else:
        page.content = translated.html
        page.toc = get_toc(translated.contents)


class DirectRenderer(msgspec.Struct, frozen=True):
    """Renders pages outside the navigation, and leaves to MkDocs what is not certain."""

    config: MkDocsConfig
    nav: Navigation
    files: LazyFiles
    shapes: PageShapes

    @classmethod
    def for_site(
        cls, config: MkDocsConfig, env: jinja2.Environment, nav: Navigation, files: LazyFiles
    ) -> DirectRenderer:
        """Return a renderer with the templates of a site."""
        return cls(config, nav, files, PageShapes(env, nav))

    def output(self, page: Page, source: bytes) -> str:
        """Return a page as MkDocs renders it if no plugin and no hook changes it.

        `source` are the bytes of its file.
        """
        self._read(page, source)
        convert_markdown(page, self.config, self.files)
        page.active = True
        context: Any = get_context(self.nav, [], self.config, page)
        template = page.meta.get("template", TEMPLATE)
        if template == TEMPLATE:
            return self.shapes.render(context)
        return str(self.shapes.env.get_template(template).render(context))

    def _read(self, page: Page, source: bytes) -> None:
        try:
            text = read_page(source.decode())
        except (OtherFrontMatterError, UnicodeDecodeError):
            page.read_source(self.config)
        else:
            page.meta, page.markdown = text.meta, text.markdown
